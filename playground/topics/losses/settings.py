"""The settings of the page on losses, and what is computed from them."""

from __future__ import annotations

from typing import Any

import numpy as np

from playground.cost import Bounded, Work
from playground.declare import Declared, param
from playground.language import mark
from playground.networks.datasets import blobs, iris, split
from playground.optimizers import Optimizer
from playground.optimizers.gradient_descent import GradientDescent
from playground.shelf import remembered
from playground.simulation import simulate
from playground.surfaces import Surface
from playground.theory import plain
from playground.topics.losses import experiment as L
from playground.topics.race import race_of

CLASSES = ("1", "2", "3")
CROSS, SQUARED = L.LOSSES
STARTS = np.linspace(0.25, 12, 48)
"""How wrong: the logits are (−a, a)."""


UPDATE = 0.4e-3
"""Seconds in which one update is made in every descent of the page."""


class LogitLosses(Bounded, Declared, family=True):
    """Two losses on one softmax, from the same wrong answer."""

    sizes = ("steps",)

    wrong: float = param(
        10.0,
        0.5,
        12,
        "a",
        "Both start at the logits (−a, a), where the second class is the wrong one.",
        valid="[0, 300]",
        words="wrong start",
    )
    optimizer: Optimizer = param(GradientDescent(lr=1.0))
    steps: int = param(
        1000,
        10,
        10_000,
        "T",
        "Number of updates.",
        scale="log",
        valid="[1, 10000]",
        words="updates",
    )
    first: float = param(
        3.0, -10, 10, "z_1", "Logit of class 1.", valid="[-1000, 1000]", words="first logit"
    )
    second: float = param(
        1.0, -10, 10, "z_2", "Logit of class 2.", valid="[-1000, 1000]", words="second logit"
    )
    third: float = param(
        -3.0, -10, 10, "z_3", "Logit of class 3.", valid="[-1000, 1000]", words="third logit"
    )
    right: str = param("1", choices=CLASSES, help="The right class.", words="right class")

    def work(self) -> Work:
        """Both losses from the one start and from all."""
        return Work(1 + UPDATE * self.steps, 800 * self.steps)

    @property
    def start(self) -> tuple[float, float]:
        return (-self.wrong, self.wrong)

    @property
    def logits(self) -> np.ndarray:
        return np.array([self.first, self.second, self.third])

    @property
    def right_class(self) -> int:
        return CLASSES.index(self.right)

    def ways(self) -> dict[str, L.Rescue]:
        return {each.loss: each for each in _ways(self.start, self.optimizer, self.steps)}

    def path(self, loss: str) -> np.ndarray:
        """The logits ``(2, T+1)`` until the right one is the larger."""
        each = self.ways()[loss]
        steps = self.steps if np.isnan(each.steps) else int(each.steps)
        return _path(L.LOSSES[loss], self.optimizer, self.start, steps)

    def race(self, loss: str) -> Any:
        """The same descent on the Trajectories page."""
        return race_of(L.LOSSES[loss], [self.optimizer], self.steps, self.start)

    @property
    def code(self) -> str:
        return f"""from playground import *
from playground.networks.datasets import blobs
from playground.topics.losses.experiment import codings, cross_entropy, softmax, squared_error
from playground.topics.losses.experiment import steps_to_right

for way in steps_to_right({self.start}, {self.optimizer!r}, {self.steps}):
    print(way)
z = {self.logits.tolist()}
print(softmax(z), cross_entropy(z, {self.right_class}), squared_error(z, {self.right_class}))
print(codings(blobs(300), blobs(3000, seed=1)))"""


@remembered
def _ways(start: tuple[float, float], optimizer: Optimizer, steps: int) -> tuple[L.Rescue, ...]:
    return tuple(L.steps_to_right(start, optimizer, steps))


@remembered
def _path(
    surface: Surface, optimizer: Optimizer, start: tuple[float, float], steps: int
) -> np.ndarray:
    return simulate(surface, optimizer, start, steps).x.T


def slopes(probability: np.ndarray) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Length of the gradient where the right class has probability p: measured and closed form."""
    margin = np.log(probability) - np.log1p(-probability)
    points = np.array([margin / 2, -margin / 2])
    wrong = 1 - probability
    closed = {CROSS: 2**0.5 * wrong, SQUARED: 4 * 2**0.5 * probability * wrong**2}
    return {
        name: (np.hypot(*surface.gradient(points)), closed[name])
        for name, surface in L.LOSSES.items()
    }


@remembered
def rescues(optimizer: Optimizer, steps: int) -> dict[str, np.ndarray]:
    """Updates until the right class wins, for every start of `STARTS`."""
    return {
        name: L.rescue_time(surface, STARTS, optimizer, steps) for name, surface in L.LOSSES.items()
    }


def flow_times(optimizer: Optimizer) -> dict[str, np.ndarray] | None:
    """The same for plain descent with ever smaller steps, in closed form; None for others.

    The margin d = y − x falls from 2a to 0 by d′ = −2η σ(d) (cross-entropy) or
    d′ = −8η σ(d)² σ(−d) (squared error); the times are the integrals of dd/|d′|.
    """
    if not plain(optimizer):
        return None
    d = 2 * STARTS
    cross = (d + 1 - np.exp(-d)) / 2
    squared = (3 * d + np.expm1(d) - 3 * np.expm1(-d) - np.expm1(-2 * d) / 2) / 8
    with np.errstate(over="ignore"):  # a step of nothing takes for ever
        return {CROSS: cross / optimizer.lr, SQUARED: squared / optimizer.lr}


def gradients(s: LogitLosses) -> dict[str, np.ndarray]:
    """∂/∂z of both losses ``(3,)``: p − y, and 2 p (p − y − Σ (p − y) p)."""
    p, y = L.softmax(s.logits), L.one_hot([s.right_class], 3)[0]
    away = p - y
    return {CROSS: away, SQUARED: 2 * p * (away - (away * p).sum())}


@remembered
def codings() -> dict[str, list[L.Coding]]:
    """Three clouds in a triangle, and three species of iris."""
    return {
        mark("three clouds in a triangle"): L.codings(blobs(300), blobs(3000, seed=1)),
        mark("irises"): L.codings(*split(iris())),
    }
