"""Two features of very different size, and the small data sets."""

import numpy as np
import pytest

import playground as pg
from playground.networks import datasets
from playground.networks.linear import LinearRegression
from playground.topics.normalisation.experiment import (
    WAYS,
    Transform,
    compare,
    drift,
    normalise,
    two_features,
)


@pytest.fixture(scope="module")
def ways():
    return {each.way: each for each in compare(two_features())}


KAPPA = {
    "raw": 6.5e6,
    "centred": 1.06e6,
    "scaled": 76,
    "standardised": 1.14,
    "divided by the variance": 1.06e6,
    "min–max": 32,
}
STEPS = {"scaled": 132, "standardised": 1, "min–max": 56}


@pytest.mark.parametrize("way", WAYS)
def test_condition_numbers(ways, way):
    each = ways[way]
    assert each.kappa == pytest.approx(KAPPA[way], rel=0.01)
    if way != "raw":  # squaring A costs half the digits
        assert each.kappa == pytest.approx(np.linalg.cond(each.loss.a) ** 2, rel=1e-9)
    assert each.largest_lr == pytest.approx(2 / np.linalg.eigvalsh(each.loss.hessian())[-1])


def test_dividing_by_the_variance_changes_nothing(ways):
    """(x − μ)/σ² leaves the ratio of the sizes where it was, only upside down."""
    ratio = ways["divided by the variance"].kappa / ways["centred"].kappa
    assert ratio == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize("way", WAYS)
def test_steps_to_a_thousandth(ways, way):
    each = ways[way]
    if way not in STEPS:
        assert each.steps() > 2e5
        return
    assert each.steps() == STEPS[way]
    w, first = np.zeros(3), float(each.loss.excess(np.zeros(3)))
    for t in range(1, STEPS[way] + 1):  # the count by walking
        w = w - each.best_lr * each.loss.gradient(w)
        assert (each.loss.excess(w) <= 1e-3 * first) == (t == STEPS[way])
        assert each.loss.excess(w) == pytest.approx(float(each.excess(each.best_lr, t)), rel=1e-6)


def test_largest_steps(ways):
    assert ways["raw"].largest_lr == pytest.approx(5.5e-6, rel=0.01)
    assert ways["standardised"].largest_lr == pytest.approx(1.88, rel=0.01)
    assert ways["raw"].steps(lr=0.1) == np.inf
    assert ways["raw"].excess(0.1, 5) > 1e30 * ways["raw"].excess(0.1, 0)


@pytest.mark.parametrize("way", ["raw", "standardised", "min–max"])
def test_the_bowl_is_the_slice_of_the_loss(ways, way):
    each = ways[way]
    rng = np.random.default_rng(0)
    error = rng.standard_normal((2, 5)) / each.transform.scale[:, None]
    bias = np.full((1, 5), each.loss.optimum[2])
    w = np.concatenate([error + each.center[:, None], bias])
    np.testing.assert_allclose(each.surface(error), each.loss.excess(w), rtol=1e-9)
    run = pg.simulate(each.surface, pg.GradientDescent(lr=each.largest_lr / 2), (1.0, 1.0), 20)
    assert run.f[-1] < run.f[0]


def test_the_test_set_gets_the_training_statistics():
    said = drift(two_features(), two_features(seed=2, shift=530))
    assert said.with_training_statistics == pytest.approx(0.0108, rel=0.1)
    assert said.with_own_statistics == pytest.approx(24.8, rel=0.05)
    assert said.with_own_statistics == pytest.approx(said.predicted, rel=0.01)


def test_an_unknown_way_is_refused():
    with pytest.raises(ValueError, match="way must be one of"):
        normalise(two_features(20), "whitened")
    with pytest.raises(ValueError, match="way must be one of"):
        Transform.fit(np.ones((3, 2)), "")


def test_linear_regression_agrees_with_differences_and_with_lapack():
    rng = np.random.default_rng(0)
    loss = LinearRegression.with_bias(rng.standard_normal((40, 3)), rng.standard_normal(40))
    w, d = rng.standard_normal((4, 6)), rng.standard_normal((4, 6))
    slope = (loss(w + 1e-6 * d) - loss(w - 1e-6 * d)) / 2e-6
    np.testing.assert_allclose(slope, (loss.gradient(w) * d).sum(axis=0), rtol=1e-6, atol=1e-8)
    np.testing.assert_allclose(loss.gradients(w[:, 0]).mean(axis=0), loss.gradient(w)[:, 0])
    np.testing.assert_allclose(loss.gradient(loss.optimum), 0, atol=1e-14)
    np.testing.assert_allclose(loss.excess(w), loss(w) - loss(loss.optimum), rtol=1e-10)


# ---- data sets ------------------------------------------------------------------------------


def test_iris_is_fishers_table():
    """Sums of the columns as published with the table (R's `iris`)."""
    data = datasets.iris()
    np.testing.assert_allclose(data.inputs.sum(axis=0), [876.5, 458.6, 563.7, 179.9])
    np.testing.assert_allclose(
        data.inputs[[0, 34, 37, 149]],
        [
            [5.1, 3.5, 1.4, 0.2],
            [4.9, 3.1, 1.5, 0.2],
            [4.9, 3.6, 1.4, 0.1],
            [5.9, 3.0, 5.1, 1.8],
        ],
    )
    means = [data.inputs[data.targets == k].mean(axis=0) for k in range(3)]
    np.testing.assert_allclose(means[2], [6.588, 2.974, 5.552, 2.026])


@pytest.mark.parametrize("name", datasets.CLASSIC)
def test_classic_data_are_seeded_and_balanced(name):
    make = datasets.CLASSIC[name]
    data = make(n=120, noise=0.1, seed=3)
    assert data.inputs.shape == (120, 2)
    assert len(set(np.bincount(data.targets))) == 1
    np.testing.assert_array_equal(data.inputs, make(n=120, noise=0.1, seed=3).inputs)
    assert not np.array_equal(data.inputs, make(n=120, noise=0.1, seed=4).inputs)
    with pytest.raises(ValueError, match="classes need"):
        datasets.moons(1)


@pytest.mark.parametrize("name", ["moons", "circles", "spirals"])
def test_neighbours_on_a_curve_without_noise_share_their_class(name):
    inputs, label = datasets.CLASSIC[name](n=120, noise=0.0)
    away = np.linalg.norm(inputs[:, None] - inputs, axis=-1) + np.diag(np.full(120, np.inf))
    assert (label[away.argmin(axis=1)] == label).mean() > 0.95


def test_moons_and_circles_have_their_shape():
    inputs, label = datasets.moons(200, noise=0.0)
    np.testing.assert_allclose(np.linalg.norm(inputs[label == 0], axis=1), 1)
    np.testing.assert_allclose(np.linalg.norm(inputs[label == 1] - [1, 0.5], axis=1), 1)
    inputs, label = datasets.circles(200, noise=0.0)
    np.testing.assert_allclose(np.linalg.norm(inputs, axis=1), np.where(label, 0.5, 1.0))


def test_split_shares_out_every_example_once():
    first, second = datasets.split(datasets.iris(), 0.7, seed=1)
    assert (len(first.inputs), len(second.inputs)) == (105, 45)
    both = np.concatenate([first.inputs, second.inputs])
    np.testing.assert_allclose(both.sum(axis=0), datasets.iris().inputs.sum(axis=0))
