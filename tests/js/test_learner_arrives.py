"""What the browser's own forward pass says is what Python's says, for every activation and loss."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import playground as pg
from playground.networks import MLP, Activation
from playground.networks.heads import HEADS
from playground.networks.pieces import REACH, pieces
from playground.player import Learner, SurfaceMap
from playground.player.learner import DROPPED, FEW, LARGEST, MOST, rounded
from playground.topics.network.panel.network import Shown
from playground.topics.network.settings import RealNetwork
from playground.topics.network.training import trained
from tests.support.node import NODE, Reader, numbers

pytestmark = pytest.mark.skipif(NODE is None, reason="Node is not installed")

TOLERANCE = 1e-6
ACTIVATIONS = {name: kind() for name, kind in Activation.all.items()}
ACTIVATIONS["LeakyReLU of 10"] = Activation.all["LeakyReLU"](negative_slope=10)


@pytest.fixture(scope="module")
def read() -> Iterator[Reader]:
    reader = Reader()
    yield reader
    reader.close()


def learner_of(mlp: MLP, weights: np.ndarray, points: np.ndarray) -> Learner:
    table = pieces(mlp.activation)
    window = (-1.0, 1.0, -1.0, 1.0)
    classes = np.zeros(len(points))
    return Learner(mlp.sizes, mlp.loss, REACH, table, weights, window, points, classes, 1, ["#000"])


def answered(read: Reader, learner: Learner) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The updates that came ``(K,)``, their parameters ``(K, P)``, and the scores ``(K, N, k)``."""
    ground = SurfaceMap((0, 1, 0, 1), b"", learner=learner)
    got = read("answers", ground.message)
    steps = numbers(got["steps"]).astype(int)
    weights = numbers(got["weights"]).reshape(len(steps), -1)
    scores = np.array([numbers(row) for row in got["scores"]])
    return steps, weights, scores.reshape(len(steps), len(learner.points), -1)


def expected(mlp: MLP, p: np.ndarray, points: np.ndarray) -> np.ndarray:
    with np.errstate(all="ignore"):
        said = mlp.predict(p, points)
    return np.stack([1 - said, said], axis=-1) if said.ndim == 1 else said


@pytest.mark.parametrize("loss", HEADS)
@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_browser_says_what_python_says(read, name, loss):
    """Small, usual and large weights, one output and three, none to three hidden layers."""
    random = np.random.default_rng(1)
    points = random.uniform(-3, 3, (50, 2)).astype(np.float32).astype(float)
    for hidden in [(), (5,), (16, 16), (4, 3, 4)]:
        for outputs in (1, 3) if loss != "softmax" else (2, 3):
            mlp = MLP((2, *hidden, outputs), ACTIVATIONS[name], loss)
            sizes = np.array([0.0, 0.1, 1.0, 3.0, 30.0])
            weights = random.standard_normal((5, mlp.size)) * sizes[:, None]
            steps, p, scores = answered(read, learner_of(mlp, weights, points))
            assert steps.tolist() == [0, 1, 2, 3, 4]
            np.testing.assert_allclose(p, weights, rtol=2.0**-11, atol=1e-30)
            for got, at in zip(scores, p, strict=True):
                want = expected(mlp, at, points)
                scale = 1 if loss != "squared" else max(1.0, float(np.abs(want).max()))
                np.testing.assert_allclose(got, want, atol=TOLERANCE * scale)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_an_activation_is_its_pieces_near_its_kinks_and_far_out(read, name):
    """One unit without a bias shows the activation itself, times one."""
    z = np.array([0.0, 1e-6, 0.1, 0.249, 0.25, 1.0, 7.3, 15.99, 23.9, 24.0, 24.1, 40.0, 1e4, 1e9])
    points = np.stack([np.concatenate([-z, z]), np.zeros(2 * len(z))], axis=1)
    points = points.astype(np.float32).astype(float)
    mlp = MLP((2, 1, 1), ACTIVATIONS[name], "squared")
    _, _, scores = answered(read, learner_of(mlp, np.array([[1.0, 0, 0, 1, 0]]), points))
    want = np.asarray(ACTIVATIONS[name](points[:, 0]))
    np.testing.assert_allclose(scores[0, :, 1], want, rtol=1e-6, atol=2e-7)


@settings(deadline=None, max_examples=40)
@given(arrays(float, (4, 3), elements=st.floats(-LARGEST, LARGEST)))
def test_any_finite_parameter_arrives(read, weights):
    mlp = MLP((2, 1), Activation.all["Identity"](), "squared")
    _, got, _ = answered(read, learner_of(mlp, weights, np.zeros((1, 2))))
    codes = rounded(weights) << np.uint32(DROPPED)
    np.testing.assert_array_equal(got, codes.view("<f4").astype(float))
    np.testing.assert_allclose(got, weights, rtol=2.0**-11, atol=2.0**-126)


@pytest.mark.parametrize(
    "s",
    [
        RealNetwork(steps=60, width=4),
        RealNetwork(steps=60, width=4, data="blobs"),
        RealNetwork(steps=60, width=4, data="blobs", cost="squared error"),
        RealNetwork(steps=60, width=4, layers=0),
        RealNetwork(steps=60, cost="squared error", optimizer=pg.GradientDescent(lr=1e30)),
    ],
    ids=str,
)
def test_a_training_is_told_update_by_update(read, s):
    shown = Shown(trained(s))
    trace, learner = shown.trace, shown.ground.learner
    steps, p, scores = answered(read, learner)
    sent = (np.abs(trace.p) <= LARGEST).all(axis=1)[: trace.finite]
    np.testing.assert_array_equal(steps, np.flatnonzero(sent))
    np.testing.assert_allclose(p, trace.p[steps], rtol=2.0**-11, atol=1e-30)
    points = learner.points.astype(np.float32).astype(float)
    with np.errstate(all="ignore"):
        want = np.array([trace.scores(at, points) for at in p])
    scale = np.abs(want).max(axis=(1, 2), keepdims=True).clip(1)
    np.testing.assert_allclose(scores / scale, want / scale, atol=TOLERANCE)


def test_a_message_has_its_size_and_its_first_and_last_update():
    random = np.random.default_rng(0)
    for size, updates in ((9, 2000), (337, 1001), (4288, 101), (16897, 30)):
        weights = np.cumsum(random.standard_normal((updates, size)), axis=0)
        mlp = MLP((2, 1), Activation.all["Identity"](), "squared")
        header, body = learner_of(mlp, weights, np.zeros((1, 2))).packed
        assert len(body) <= MOST or header["steps"] == FEW
        assert FEW <= header["steps"] <= updates
