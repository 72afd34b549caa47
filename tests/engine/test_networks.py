"""Networks: the loss is a surface like any other, and agrees with PyTorch's."""

import numpy as np
import pytest

from playground.networks import MLP, Activation
from playground.networks.activations import GELU, ReLU, Tanh
from playground.networks.initialisations import (
    He,
)

ACTIVATIONS = list(Activation.all.values())
LOSSES = {"logistic": 1, "squared": 2, "softmax": 3}


def examples(loss, n=7, d=2, seed=0):
    rng = np.random.default_rng(seed)
    inputs = rng.standard_normal((n, d))
    if loss == "squared":
        return inputs, rng.standard_normal((n, 2))
    return inputs, rng.integers(2 if loss == "logistic" else 3, size=n)


def network(activation, loss, weight_decay=0.0, seeds=0):
    mlp = MLP((2, 5, 4, LOSSES[loss]), activation, loss)
    return mlp.loss_on(*examples(loss), weight_decay), mlp.init(He(), seeds)


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("cls", ACTIVATIONS)
def test_value_and_gradient_are_those_of_pytorch(cls, loss):
    torch = pytest.importorskip("torch")
    f, p = network(cls(), loss, weight_decay=0.3)
    value, gradient = by_torch(torch, f, p)
    assert f(p) == pytest.approx(value, rel=1e-13)
    np.testing.assert_allclose(f.gradient(p), gradient, rtol=1e-10, atol=1e-14)


def by_torch(torch, f, p):
    """Value and gradient of a `Loss` by autograd, written independently of it."""
    t = torch.tensor(p, requires_grad=True)
    signal, at, penalty = torch.tensor(f.inputs), 0, 0.0
    phi = {
        "Identity": lambda z: z,
        "Tanh": torch.tanh,
        "Sigmoid": torch.sigmoid,
        "ReLU": torch.relu,
        "LeakyReLU": torch.nn.LeakyReLU(0.01),
        "GELU": torch.nn.GELU(),
    }[type(f.mlp.activation).__name__]
    for i, (n, m) in enumerate(zip(f.mlp.sizes, f.mlp.sizes[1:], strict=False)):
        if f.masks is not None and f.masks[i] is not None:
            signal = signal * torch.tensor(f.masks[i])
        w = t[at : at + n * m].reshape(m, n)
        b = t[at + n * m : at + n * m + m]
        at += n * m + m
        penalty = penalty + f.weight_decay / 2 * (w**2).sum()
        signal = torch.nn.functional.linear(signal, w, b)
        if i < len(f.mlp.sizes) - 2:
            signal = phi(signal)
    y = torch.tensor(f.targets)
    cost = {
        "logistic": lambda: torch.nn.functional.binary_cross_entropy_with_logits(signal, y),
        "squared": lambda: ((signal - y) ** 2).sum(dim=1).mean() / 2,
        "softmax": lambda: torch.nn.functional.cross_entropy(signal, y),
    }[f.mlp.loss]()
    whole = cost + penalty
    whole.backward()
    return whole.item(), t.grad.numpy()


@pytest.mark.parametrize("loss", LOSSES)
def test_the_hessian_is_the_derivative_of_the_gradient(loss):
    f, p = network(GELU(), loss, weight_decay=0.3)
    v = np.random.default_rng(3).standard_normal(p.shape)
    quotient = (f.gradient(p + 1e-5 * v) - f.gradient(p - 1e-5 * v)) / 2e-5
    np.testing.assert_allclose(f.hvp(p, v), quotient, atol=1e-8)
    np.testing.assert_allclose(f.hessian(p) @ v, f.hvp(p, v), atol=1e-12)


def test_the_hessian_is_that_of_pytorch():
    torch = pytest.importorskip("torch")
    f, p = network(Tanh(), "logistic")
    layers = [(2, 5), (5, 4), (4, 1)]

    def g(t):
        signal, at = torch.tensor(f.inputs), 0
        for n, m in layers:
            w, b = t[at : at + n * m].reshape(m, n), t[at + n * m : at + n * m + m]
            at += n * m + m
            signal = signal @ w.T + b
            signal = torch.tanh(signal) if m > 1 else signal
        y = torch.tensor(f.targets)
        return torch.nn.functional.binary_cross_entropy_with_logits(signal, y)

    theirs = torch.autograd.functional.hessian(g, torch.tensor(p))
    np.testing.assert_allclose(f.hessian(p), theirs, atol=1e-14)


@pytest.mark.parametrize("loss", LOSSES)
def test_many_networks_at_once_are_the_single_ones(loss, monkeypatch):
    f, p = network(Tanh(), loss, weight_decay=np.array([0.0, 0.1, 0.2, 0.3]), seeds=range(4))
    alone = [network(Tanh(), loss, w, seed)[0] for seed, w in enumerate((0.0, 0.1, 0.2, 0.3))]
    for block in (1 << 20, 80):  # all runs at once, and two at a time
        monkeypatch.setattr("playground.networks.loss.BLOCK", block)
        for run, single in enumerate(alone):
            assert f(p)[run] == pytest.approx(single(p[:, run]), rel=1e-13)
            np.testing.assert_allclose(
                f.gradient(p)[:, run], single.gradient(p[:, run]), rtol=1e-11, atol=1e-15
            )
    assert f.hessian(p).shape == (*p.shape[:1], *p.shape)


def test_pack_is_the_inverse_of_unpack():
    mlp = MLP((3, 4, 2), ReLU(), "squared")
    for shape in ((mlp.size,), (mlp.size, 5), (mlp.size, 5, 2)):
        p = np.random.default_rng(0).standard_normal(shape)
        np.testing.assert_array_equal(mlp.pack(mlp.unpack(p)), p)
    w, b = mlp.unpack(p)[0]
    assert (w.shape, b.shape) == ((5, 2, 4, 3), (5, 2, 4))


def test_extreme_outputs_cost_what_they_should_and_overflow_nothing():
    mlp = MLP((1, 1), loss="logistic")
    wrong = mlp.loss_on([[1.0]], [0])
    assert wrong(np.array([800.0, 0])) == pytest.approx(800)
    assert wrong(np.array([-800.0, 0])) == 0
    assert wrong.gradient(np.array([-40.0, 0]))[0] == pytest.approx(np.exp(-40), rel=1e-12)
    wide = MLP((1, 3), loss="softmax").loss_on([[1.0]], [0])
    assert wide(np.array([0, 900.0, -900, 0, 0, 0])) == pytest.approx(900)


def test_single_precision_stays_single():
    f, p = network(Tanh(), "softmax", weight_decay=0.1)
    low = p.astype(np.float32)
    assert f(low).dtype == f.gradient(low).dtype == np.float32
    np.testing.assert_allclose(f.gradient(low), f.gradient(p), rtol=1e-3, atol=1e-6)


def test_predictions_and_errors_are_counted_by_hand():
    mlp = MLP((1, 1), loss="logistic")
    p, inputs = np.array([1.0, 0.0]), [[-1.0], [2.0], [3.0], [-4.0]]
    np.testing.assert_allclose(mlp.predict(p, inputs), 1 / (1 + np.exp([1, -2, -3, 4])))
    assert mlp.error(p, inputs, [0, 1, 0, 0]) == 0.25
    line = MLP((1, 1), loss="squared")
    assert line.error(p, inputs, [0, 2, 3, -4]) == 0.25  # (−1 − 0)²/4
    three = MLP((1, 3), loss="softmax")
    q = np.array([1.0, 0, -1, 0, 0, 0])
    assert three.predict(q, inputs).shape == (4, 3)
    assert three.error(q, inputs, [2, 0, 0, 0]) == 0.25


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: MLP((2,)), "sizes"),
        (lambda: MLP((2, 0, 1)), "sizes"),
        (lambda: MLP((2, 1.5, 1)), "sizes"),
        (lambda: MLP((2, 1), loss="hinge"), "loss"),
        (lambda: MLP((2, 1)).loss_on(np.zeros((3, 5)), [0, 0, 1]), "inputs"),
        (lambda: MLP((2, 1)).loss_on(np.zeros((3, 2)), [0, 0]), "targets"),
        (lambda: MLP((2, 1)).loss_on(np.zeros((3, 2)), [0, 0, 2]), "0 or 1"),
        (lambda: MLP((2, 3), loss="softmax").loss_on(np.zeros((2, 2)), [0, 3]), "classes"),
        (lambda: MLP((2, 1)).unpack(np.zeros(4)), "parameters"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_name(make, said):
    with pytest.raises(ValueError, match=said):
        make()
