"""Schedules that only fall: in steps, exponentially, or by a power of time."""

from typing import Any

import numpy as np

from playground.declare import param
from playground.maths import power, sqrt
from playground.schedules.base import Schedule, Steps, lambda_lr, length, whole_run
from playground.types import Array, Real


def _gamma(default: float, scale: str = "linear") -> Any:
    return param(
        default,
        0,
        1,
        r"\gamma",
        "What multiplies the rate each time.",
        scale=scale,
        valid="(0, inf)",
        words="factor",
    )


class StepDecay(Schedule):
    """The rate drops by the same factor every so many updates."""

    order = 1
    formula = r"\gamma^{\lfloor t / k \rfloor}"

    every: int = whole_run(
        "k", "Updates between two drops.", default=50, words="updates between drops"
    )
    gamma: float = _gamma(0.5)

    def factor(self, t: Array, steps: Real) -> Real:
        return power(self.gamma, t // length(self.every, steps))

    def scheduler(self, steps: Steps, lr: float | str) -> str:
        return f"StepLR(optimizer, step_size={self.every or steps}, gamma={self.gamma!r})"


class MultiStep(Schedule):
    """The rate drops by the same factor at updates you name.

    The update with the number of a milestone is already the smaller one.
    """

    order = 2
    formula = r"\gamma^{\#\{m \le t\}}"

    milestones: tuple[int, ...] = param(
        (100, 150), 0, 1000, "m", "Update numbers at which the rate drops.", valid="[0, inf)"
    )
    gamma: float = _gamma(0.1)

    def factor(self, t: Array, steps: Real) -> Real:
        drops = sum((np.where(t >= m, 1.0, 0.0) for m in self.milestones), np.zeros(np.shape(t)))
        return power(self.gamma, drops)

    def scheduler(self, steps: Steps, lr: float | str) -> str:
        return f"MultiStepLR(optimizer, milestones={[*self.milestones]}, gamma={self.gamma!r})"


class Exponential(Schedule):
    """The rate falls by the same share in every update."""

    order = 3
    formula = r"\gamma^t"

    gamma: float = _gamma(0.98, "decay")

    def factor(self, t: Array, steps: Real) -> Real:
        return power(self.gamma, t)

    def scheduler(self, steps: Steps, lr: float | str) -> str:
        return f"ExponentialLR(optimizer, gamma={self.gamma!r})"


class InverseTime(Schedule):
    """The rate falls like one over time: the classical decay for noisy gradients."""

    order = 4
    formula = r"\frac{1}{1 + k t}"
    source = "Robbins & Monro 1951, Annals of Mathematical Statistics 22:400"

    k: float = param(
        0.05,
        1e-4,
        1,
        "k",
        "How fast the rate falls; it is halved after 1/k updates.",
        scale="log",
        valid="[0, inf)",
        words="speed of the fall",
    )

    def factor(self, t: Array, steps: Real) -> Real:
        return 1 / (1 + self.k * t)

    def scheduler(self, steps: Steps, lr: float | str) -> str:
        return lambda_lr(f"1 / (1 + {self.k!r} * t)")


class InverseSqrt(Schedule):
    """The rate falls like one over the square root of time.

    With t₀ = 1 it turns `MeanSquareAdagrad` into `Adagrad`.
    """

    order = 5
    formula = r"\left(1 + \frac{t}{t_0}\right)^{-1/2}"

    t0: float = param(
        1.0,
        0.1,
        1000,
        "t_0",
        "Updates until the fall is felt.",
        scale="log",
        words="updates before the fall",
    )

    def factor(self, t: Array, steps: Real) -> Real:
        return 1 / sqrt(1 + t / self.t0)

    def scheduler(self, steps: Steps, lr: float | str) -> str:
        return lambda_lr(f"(1 + t / {self.t0!r}) ** -0.5")


class Polynomial(Schedule):
    """The rate falls to exactly zero along a power of the time that is left: 1 is a line."""

    order = 6
    formula = r"\left(1 - \frac{\min(t, T)}{T}\right)^p"

    power: float = param(1.0, 0.25, 4, "p", "Shape of the fall; 1 is a line.", valid="[0, inf)")
    total: int = whole_run("T", "Updates until zero.", words="length of the fall")

    def factor(self, t: Array, steps: Real) -> Real:
        total = length(self.total, steps)
        return power(1 - np.minimum(t, total) / total, self.power)

    def scheduler(self, steps: Steps, lr: float | str) -> str:
        return f"PolynomialLR(optimizer, total_iters={self.total or steps}, power={self.power!r})"
