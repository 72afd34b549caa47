"""Two features of very different size: what subtracting and dividing does to the bowl.

x₁ lies in [1, 1000], x₂ in [0, 1], and a line is fitted with a bias.  The loss is a quadratic, so
its condition number and the number of steps gradient descent needs follow exactly.
Source: Ng, Improving Deep Neural Networks, week 1 (whose slide divides by σ²; σ is right);
LeCun, Bottou, Orr & Müller 1998, Efficient BackProp, section 4.3.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from playground.language import mark
from playground.networks import Data
from playground.networks.linear import LinearRegression
from playground.surfaces.quadratic import Quadratic
from playground.words import setting

WAYS = {
    mark("raw"): "x",
    mark("centred"): r"x - \mu",
    mark("scaled"): r"x / \sigma",
    mark("standardised"): r"(x - \mu) / \sigma",
    mark("divided by the variance"): r"(x - \mu) / \sigma^2",
    mark("min–max"): r"(x - \min) / (\max - \min)",
}
"""The ways to transform a feature, with their LaTeX."""

FOREVER = 2**50
"""Updates that nobody makes; beyond, rounding takes 1 − ηλ for 1."""


def two_features(m: int = 500, seed: int = 0, shift: float = 0.0) -> Data:
    """Inputs ``(m, 2)``: x₁ even in [1, 1000] (+ `shift`), x₂ in [0, 1]; noise of sd 0.1.

    y = 0.01 x₁ + 3 x₂ + 2 + noise, targets ``(m,)``.
    """
    rng = np.random.default_rng(seed)
    x1, x2 = rng.uniform(1, 1000, m) + shift, rng.uniform(0, 1, m)
    return Data(np.column_stack([x1, x2]), 0.01 * x1 + 3 * x2 + 2 + 0.1 * rng.standard_normal(m))


@dataclass(frozen=True, eq=False)
class Transform:
    """x → (x − shift)/scale, feature by feature; both ``(d,)``."""

    shift: np.ndarray
    scale: np.ndarray

    @classmethod
    def fit(cls, inputs: np.ndarray, way: str) -> Transform:
        """The transform whose statistics are those of `inputs (n, d)`; see `WAYS`."""
        if way not in WAYS:
            raise ValueError(f"way must be one of {', '.join(WAYS)}; got {way!r}.")
        none, one = np.zeros(inputs.shape[1]), np.ones(inputs.shape[1])
        mean, sd = inputs.mean(axis=0), inputs.std(axis=0)
        low, high = inputs.min(axis=0), inputs.max(axis=0)
        return {
            "raw": cls(none, one),
            "centred": cls(mean, one),
            "scaled": cls(none, sd),
            "standardised": cls(mean, sd),
            "divided by the variance": cls(mean, sd**2),
            "min–max": cls(low, high - low),
        }[way]

    def __call__(self, inputs: np.ndarray) -> np.ndarray:
        return (inputs - self.shift) / self.scale


@dataclass(frozen=True, eq=False)
class Normalised:
    """The same regression after one of the ways."""

    way: str
    transform: Transform
    loss: LinearRegression
    """Over (w₁, w₂, b), features as transformed."""

    @property
    def kappa(self) -> float:
        return self.loss.kappa

    @property
    def largest_lr(self) -> float:
        return self.loss.largest_lr

    @property
    def best_lr(self) -> float:
        return self.loss.best_lr

    @cached_property
    def surface(self) -> Quadratic:
        """The bowl over the errors (w₁ − w₁*, w₂ − w₂*), the bias at its best: usable anywhere.

        Its height is the loss above the least one; add `center` to its points to get weights.
        """
        h = self.loss.hessian()
        return Quadratic(a=float(h[0, 0]), b=float(h[1, 1]), c=float(h[0, 1]))

    @property
    def center(self) -> np.ndarray:
        """The best weights ``(2,)``."""
        return self.loss.optimum[:2]

    def excess(self, lr: float, t: Any, start: Any = None) -> np.ndarray:
        """Loss above the least one after t updates of gradient descent, exactly, ``(T,)``.

        e(t) = ½ Σᵢ λᵢ (1 − ηλᵢ)²ᵗ cᵢ², with cᵢ the start's error along eigenvector i.  The start
        is w = 0, as one begins.
        """
        values, vectors = self.loss.modes
        start = np.zeros(len(values)) if start is None else np.asarray(start, dtype=float)
        c = vectors.T @ (start - self.loss.optimum)
        with np.errstate(over="ignore"):
            shrunk = (1 - lr * values) ** (2 * np.asarray(t, dtype=float)[..., None])
            return (shrunk * values * c * c).sum(axis=-1) / 2

    def steps(self, share: float = 1e-3, lr: float | None = None) -> float:
        """Updates until the excess loss is at most `share` of the start's; inf if it never is.

        At the best learning rate unless one is given.  No mode grows below 2/λ_max, so the excess
        falls and the first such step is found by bisection.
        """
        lr = self.best_lr if lr is None else lr
        if lr >= self.largest_lr:
            return np.inf
        wanted = share * float(self.excess(lr, 0))
        high = 1
        while self.excess(lr, high) > wanted:
            high *= 2
            if high > FOREVER:
                return np.inf
        low = high // 2
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self.excess(lr, middle) > wanted else (low, middle)
        return float(high)


def normalise(data: Data, way: str = "standardised") -> Normalised:
    """The regression of `data` with its features transformed by their own statistics."""
    transform = Transform.fit(data.inputs, way)
    loss = LinearRegression.with_bias(transform(data.inputs), data.targets)
    return Normalised(way, transform, loss)


def compare(data: Data) -> list[Normalised]:
    """All the ways on the same data, in the order of `WAYS`."""
    return [normalise(data, way) for way in WAYS]


@dataclass(frozen=True)
class Drift:
    """Mean squared errors on a test set whose inputs have wandered off."""

    with_training_statistics: float
    with_own_statistics: float
    predicted: float
    """Of the wrong way: (Σ w (μ' − μ))² + Σ (w (σ' − σ))² more than the right way has."""


def drift(train: Data, test: Data) -> Drift:
    """A standardised model tested with the training's statistics and with the test set's own.

    Idea: the transform is part of the model.  Fitted anew on the test set, it removes the very
    difference that the model should have seen.  The prediction takes features as uncorrelated.
    """
    model = normalise(train)
    own = Transform.fit(test.inputs, "standardised")

    def error(transform: Transform) -> float:
        said = transform(test.inputs) @ model.loss.optimum[:-1] + model.loss.optimum[-1]
        return float(np.mean((said - test.targets) ** 2))

    right = error(model.transform)
    weights = model.loss.optimum[:-1] / model.transform.scale
    gap = np.sum(weights * (own.shift - model.transform.shift)) ** 2
    gap += np.sum((weights * (own.scale - model.transform.scale)) ** 2)
    return Drift(right, error(own), float(gap) + right)


def partly(data: Data, centred: float, power: float) -> Normalised:
    """The regression of x → (x − cμ)/σˢ: from raw (0, 0) to standardised (1, 1) without a jump.

    (1, 2) divides by the variance.  The bowl over the weights turns round on the way.
    """
    mean, sd = data.inputs.mean(axis=0), data.inputs.std(axis=0)
    transform = Transform(centred * mean, sd**power)
    loss = LinearRegression.with_bias(transform(data.inputs), data.targets)
    return Normalised(f"(x − {setting(centred)} μ)/σ^{setting(power)}", transform, loss)
