"""Initialisations: the declared variance, lengths that stay, and PyTorch's draws."""

import numpy as np
import pytest
from scipy.stats import ks_2samp

from playground.networks import Initialisation
from playground.networks.initialisations import (
    FreeVariance,
    He,
    LeCun,
    Normal,
    Orthogonal,
    Xavier,
    Zeros,
    rotation,
)


@pytest.mark.parametrize("cls", Initialisation.all.values())
def test_weights_have_the_variance_that_is_declared(cls):
    w = cls().weights(400, 300, np.random.default_rng(0))
    assert w.shape == (300, 400)
    assert w.var() == pytest.approx(cls().variance(400, 300), rel=0.02)


def test_variances_are_the_formulas():
    n = 30, 60
    assert LeCun().variance(*n) == 1 / 30
    assert Xavier().variance(*n) == 2 / 90  # the sum, not the product 2/(30·60)
    assert He().variance(*n) == 2 / 30
    assert Normal(std=0.5).variance(*n) == 0.25
    assert FreeVariance(c=3.0).variance(*n) == 3 / 30
    assert Zeros().variance(*n) == 0


TORCH = {
    "PyTorchDefault": lambda torch, w: torch.nn.Linear(*w.shape[::-1]).weight,
    "XavierUniform": lambda torch, w: torch.nn.init.xavier_uniform_(w),
    "HeUniform": lambda torch, w: torch.nn.init.kaiming_uniform_(w, nonlinearity="relu"),
    "Xavier": lambda torch, w: torch.nn.init.xavier_normal_(w),
    "He": lambda torch, w: torch.nn.init.kaiming_normal_(w, nonlinearity="relu"),
}


@pytest.mark.parametrize("name", TORCH)
@pytest.mark.parametrize("shape", [(300, 400), (400, 100)])
def test_weights_are_distributed_as_those_of_torch(name, shape):
    """Kolmogorov and Smirnov's distance of two samples exceeds 2.2 √(2/n) once in 10 000."""
    torch = pytest.importorskip("torch")
    torch.manual_seed(0)
    theirs = TORCH[name](torch, torch.empty(shape)).detach().numpy().ravel()
    ours = Initialisation.all[name]().weights(*shape[::-1], np.random.default_rng(0)).ravel()
    assert ks_2samp(ours, theirs).statistic < 2.2 * np.sqrt(2 / ours.size)


@pytest.mark.parametrize("name", ["PyTorchDefault", "XavierUniform", "HeUniform"])
def test_a_uniform_draw_fills_its_range_and_no_more(name):
    n_in, n_out = 60, 50
    made = Initialisation.all[name]()
    bound = np.sqrt(3 * made.variance(n_in, n_out))
    size = np.abs(made.weights(n_in, n_out, np.random.default_rng(3))).max()
    assert 0.99 * bound < size <= bound
    if name == "PyTorchDefault":
        assert bound == pytest.approx(1 / np.sqrt(n_in))


def test_initialisations_of_one_shape_share_one_draw():
    w = [
        Initialisation.all[name]().weights(20, 10, np.random.default_rng(1))
        for name in ("XavierUniform", "HeUniform", "PyTorchDefault")
    ]
    for other in w[1:]:
        ratio = other / w[0]
        np.testing.assert_allclose(ratio, ratio.flat[0])


@pytest.mark.parametrize("shape", [(8, 8), (5, 9), (9, 5), (200, 200)])
def test_an_orthogonal_layer_keeps_lengths(shape):
    w = Orthogonal(gain=2.0).weights(shape[1], shape[0], np.random.default_rng(1))
    small = w @ w.T if shape[0] <= shape[1] else w.T @ w
    np.testing.assert_allclose(small, 4 * np.eye(min(shape)), atol=1e-11)


def test_a_rotation_has_no_preferred_direction():
    """The first column is uniform on the sphere, also in sign: mean 0, mean square 1/n."""
    rng = np.random.default_rng(2)
    corner = np.array([rotation(rng.standard_normal((6, 6)))[0, 0] for _ in range(3000)])
    assert corner.mean() == pytest.approx(0, abs=0.03)
    assert (corner**2).mean() == pytest.approx(1 / 6, rel=0.06)
