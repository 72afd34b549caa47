"""Activations: what a unit makes of its input, and how fast it does so."""

from __future__ import annotations

import math
from abc import abstractmethod
from typing import Any, ClassVar

import numpy as np

from playground.declare import Declared, param


class Activation(Declared, family=True):
    """A function φ applied to every pre-activation z alone.

    A subclass writes `value(z)` and `slope(z, a)`, where a = φ(z) is handed in because several
    derivatives are cheapest from it.  Both keep the precision of z, and accept complex z, whose
    imaginary part carries a derivative (see `Loss.hvp`).
    """

    formula: ClassVar[str]
    source: ClassVar[str] = ""
    homogeneous: ClassVar[bool] = False
    """Whether φ(cz) = c φ(z) for every c > 0: then the scale of the weights passes through."""
    saturates: ClassVar[bool] = False
    """Whether φ′ → 0 on both sides, so that a unit can be saturated."""
    kinked: ClassVar[bool] = False
    """Whether φ′ jumps at 0, so that a difference across it is no derivative."""

    seam = r"(?<=[a-z])(?=[A-Z][a-z])"  # as the literature spells it: ReLU is one word

    @abstractmethod
    def value(self, z: Any) -> Any:
        """φ(z), of the shape of z."""

    @abstractmethod
    def slope(self, z: Any, a: Any) -> Any:
        """φ′(z), given a = φ(z)."""

    def __call__(self, z: Any) -> Any:
        """φ(z), of the shape of z."""
        return self.value(np.asarray(z))

    def derivative(self, z: Any) -> Any:
        """φ′(z), of the shape of z."""
        z = np.asarray(z)
        return self.slope(z, self.value(z))

    def moments(self, q: Any) -> tuple[Any, Any]:
        """E[φ(z)²] and E[φ′(z)²] for z normal with mean 0 and variance `q (...)`.

        Midpoint rule on ±12 standard deviations: exact to round-off for smooth φ, because the
        integrand vanishes at both ends, and exact by symmetry for a kink at 0.
        """
        q = np.asarray(q, dtype=float)
        with np.errstate(all="ignore"):
            z = np.sqrt(q)[..., None] * NODES
            a = self.value(z)
            second, slope = a**2 @ WEIGHTS, np.asarray(self.slope(z, a)) ** 2 @ WEIGHTS
        return second, slope

    @property
    def gain(self) -> float:
        """1/√E[φ(ξ)²], ξ standard normal: the factor on LeCun's weights that keeps variance 1.

        √2 for ReLU: He's initialisation.
        """
        return float(1 / np.sqrt(self.moments(1.0)[0]))


_STEP = 1 / 256
NODES = np.arange(-12 + _STEP / 2, 12, _STEP)
WEIGHTS = _STEP / math.sqrt(2 * math.pi) * np.exp(-(NODES**2) / 2)
"""Nodes and weights of the expectation over a standard normal variable."""


class Identity(Activation):
    """No activation at all: the network stays linear, however deep."""

    order = 0
    homogeneous = True
    formula = r"\varphi(z) = z"

    def value(self, z: Any) -> Any:
        return z

    def slope(self, z: Any, a: Any) -> Any:
        return np.ones_like(z)


class Tanh(Activation):
    """An S between −1 and 1 with slope 1 in the middle; flat, and so saturated, beyond ±3."""

    order = 1
    saturates = True
    formula = r"\varphi(z) = \tanh z"
    source = "LeCun et al. 1998, Efficient BackProp"

    def value(self, z: Any) -> Any:
        return np.tanh(z)

    def slope(self, z: Any, a: Any) -> Any:
        return 1 - a * a


class Sigmoid(Activation):
    """An S between 0 and 1 whose slope is at most 1/4: gradients shrink in every layer."""

    order = 2
    saturates = True
    formula = r"\varphi(z) = \frac{1}{1 + e^{-z}}"
    source = "Rumelhart, Hinton & Williams 1986, Nature 323:533"

    def value(self, z: Any) -> Any:
        return logistic(z)

    def slope(self, z: Any, a: Any) -> Any:
        return a * (1 - a)


class ReLU(Activation):
    """Negative inputs become 0, positive ones pass: half of the signal is lost in each layer."""

    order = 3
    homogeneous = kinked = True
    formula = r"\varphi(z) = \max(z, 0)"
    source = "Nair & Hinton 2010, ICML; He et al. 2015, arXiv:1502.01852"

    def value(self, z: Any) -> Any:
        return np.where(z.real <= 0, 0, z)  # NaN stays NaN: an overflow must not look like silence

    def slope(self, z: Any, a: Any) -> Any:
        return (~(z.real <= 0)).astype(z.dtype)


class LeakyReLU(Activation):
    """Like ReLU, but negative inputs keep a small slope, so that no unit can die."""

    order = 4
    homogeneous = kinked = True
    formula = r"\varphi(z) = \max(z, 0) + \alpha \min(z, 0)"
    source = "Maas, Hannun & Ng 2013, ICML workshop"

    negative_slope: float = param(
        0.01,
        0,
        1,
        r"\alpha",
        "Slope for negative inputs.",
        valid="[-10, 10]",
        words="slope below zero",
    )

    def value(self, z: Any) -> Any:
        return np.where(z.real > 0, z, self.negative_slope * z)

    def slope(self, z: Any, a: Any) -> Any:
        return np.where(z.real > 0, 1, self.negative_slope).astype(z.dtype)


class GELU(Activation):
    """A smooth ReLU: the input times the chance that a standard normal number lies below it.

    The exact form with the normal distribution function Φ, not the tanh approximation.
    """

    order = 5
    formula = r"\varphi(z) = z\,\Phi(z)"
    source = "Hendrycks & Gimpel 2016, arXiv:1606.08415"

    def value(self, z: Any) -> Any:
        return z * _normal_below(z)

    def slope(self, z: Any, a: Any) -> Any:
        return _normal_below(z) + z * np.exp(-z * z / 2) * (1 / math.sqrt(2 * math.pi))


def logistic(z: np.ndarray) -> np.ndarray:
    """1/(1 + e^−z) without overflow and with full relative precision on both sides."""
    negative = z.real < 0
    e = np.exp(np.where(negative, z, -z))
    return np.asarray(np.where(negative, e, 1) / (1 + e))


def softplus(z: Any) -> Any:
    """log(1 + eᶻ) without overflow."""
    negative = z.real < 0
    return np.where(negative, 0, z) + np.log1p(np.exp(np.where(negative, z, -z)))


def _normal_below(z: Any) -> Any:
    """Φ(z) = ½ erfc(−z/√2), precise in the left tail too."""
    from scipy.special import erfc

    return 0.5 * erfc(-z * math.sqrt(0.5))
