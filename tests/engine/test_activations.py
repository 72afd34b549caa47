"""Activations: derivatives, claims and moments, and PyTorch's values."""

import numpy as np
import pytest

from playground.networks import Activation
from playground.networks.activations import GELU, Identity, LeakyReLU, ReLU, Sigmoid, Tanh

ACTIVATIONS = list(Activation.all.values())


@pytest.mark.parametrize("cls", ACTIVATIONS)
def test_a_derivative_is_the_limit_of_the_difference_quotient(cls):
    z = np.array([-20.3, -3.1, -0.7, -1e-3, 0.4, 2.2, 15.0])
    quotient = (cls()(z + 1e-6) - cls()(z - 1e-6)) / 2e-6
    np.testing.assert_allclose(cls().derivative(z), quotient, atol=2e-9)


@pytest.mark.parametrize("cls", ACTIVATIONS)
def test_a_complex_argument_carries_the_derivative(cls):
    z = np.array([-5.1, -0.7, 0.4, 9.2])
    carried = cls()(z + 1e-30j).imag / 1e-30
    np.testing.assert_allclose(carried, cls().derivative(z), rtol=1e-13, atol=1e-15)


@pytest.mark.parametrize("cls", ACTIVATIONS)
def test_an_activation_keeps_single_precision(cls):
    z = np.linspace(-2, 2, 5, dtype=np.float32)
    assert cls()(z).dtype == cls().derivative(z).dtype == np.float32


@pytest.mark.parametrize("cls", ACTIVATIONS)
def test_homogeneous_means_that_a_scale_passes_through(cls):
    z = np.linspace(-3, 3, 31)
    passes = np.allclose(cls()(2.5 * z), 2.5 * cls()(z), rtol=1e-14, atol=0)
    assert passes == cls.homogeneous


@pytest.mark.parametrize("cls", ACTIVATIONS)
def test_saturating_means_flat_on_both_sides(cls):
    flat = np.all(np.abs(cls().derivative(np.array([-40.0, 40.0]))) < 1e-15)
    assert flat == cls.saturates


@pytest.mark.parametrize("cls", ACTIVATIONS)
def test_kinked_means_that_the_slope_jumps_at_zero(cls):
    below, above = cls().derivative(np.array([-1e-9, 1e-9]))
    assert (abs(above - below) > 1e-3) == cls.kinked


def test_activations_are_those_of_pytorch():
    torch = pytest.importorskip("torch")
    z = np.linspace(-6, 6, 41)
    pairs = [
        (Identity(), torch.nn.Identity()),
        (Tanh(), torch.tanh),
        (Sigmoid(), torch.sigmoid),
        (ReLU(), torch.relu),
        (LeakyReLU(negative_slope=0.2), torch.nn.LeakyReLU(0.2)),
        (GELU(), torch.nn.GELU()),
    ]
    for ours, theirs in pairs:
        t = torch.tensor(z, requires_grad=True)
        value = theirs(t)
        value.sum().backward()
        np.testing.assert_allclose(ours(z), value.detach(), atol=1e-15, rtol=1e-13)
        np.testing.assert_allclose(ours.derivative(z), t.grad, atol=1e-15, rtol=1e-12)


def test_moments_of_relu_and_tanh_are_the_integrals():
    from scipy.integrate import quad
    from scipy.stats import norm

    assert ReLU().moments(3.0) == pytest.approx((1.5, 0.5), rel=1e-14)
    for q in (0.01, 1.0, 250.0):
        second = quad(lambda x, q=q: np.tanh(np.sqrt(q) * x) ** 2 * norm.pdf(x), -9, 9)[0]
        slope = quad(lambda x, q=q: np.cosh(np.sqrt(q) * x) ** -4 * norm.pdf(x), -9, 9)[0]
        assert Tanh().moments(q) == pytest.approx((second, slope), rel=1e-7)


def test_the_gain_of_relu_is_he():
    assert ReLU().gain == pytest.approx(np.sqrt(2), rel=1e-14)
    assert LeakyReLU(negative_slope=0.3).gain == pytest.approx(np.sqrt(2 / 1.09), rel=1e-14)
    assert Identity().gain == pytest.approx(1, rel=1e-14)
