"""What the page on losses shows: its settings, its computations, its words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from playground.declare import Declared, param
from playground.networks.datasets import blobs, iris, split
from playground.optimizers import Optimizer
from playground.optimizers.gradient_descent import GradientDescent
from playground.simulation import simulate
from playground.surfaces import Surface
from playground.topics.losses import experiment as L
from playground.topics.race import race_of

CLASSES = ("1", "2", "3")
CROSS, SQUARED = L.LOSSES
STARTS = np.linspace(0.25, 12, 48)
"""How wrong: the logits are (−a, a)."""


class LogitLosses(Declared, family=True):
    """Two losses on one softmax, from the same wrong answer."""

    wrong: float = param(
        10.0,
        0.5,
        12,
        "a",
        "Both start at the logits (−a, a), where the second class is the wrong one.",
        valid="[0, 300]",
    )
    optimizer: Optimizer = param(GradientDescent(lr=1.0))
    steps: int = param(1000, 10, 10_000, "T", "Number of updates.", scale="log", valid="[1, 10000]")
    first: float = param(3.0, -10, 10, "z_1", "Logit of class 1.", valid="[-1000, 1000]")
    second: float = param(1.0, -10, 10, "z_2", "Logit of class 2.", valid="[-1000, 1000]")
    third: float = param(-3.0, -10, 10, "z_3", "Logit of class 3.", valid="[-1000, 1000]")
    right: str = param("1", choices=CLASSES, help="The right class.")

    @property
    def start(self) -> tuple[float, float]:
        return (-self.wrong, self.wrong)

    @property
    def logits(self) -> np.ndarray:
        return np.array([self.first, self.second, self.third])

    @property
    def right_class(self) -> int:
        return CLASSES.index(self.right)

    def ways(self) -> dict[str, L.Way]:
        return {way.loss: way for way in _ways(self.start, self.optimizer, self.steps)}

    def path(self, loss: str) -> np.ndarray:
        """The logits ``(2, T+1)`` until the right one is the larger."""
        way = self.ways()[loss]
        steps = self.steps if np.isnan(way.steps) else int(way.steps)
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


@lru_cache(maxsize=128)
def _ways(start: tuple[float, float], optimizer: Optimizer, steps: int) -> tuple[L.Way, ...]:
    return tuple(L.steps_to_right(start, optimizer, steps))


@lru_cache(maxsize=128)
def _path(
    surface: Surface, optimizer: Optimizer, start: tuple[float, float], steps: int
) -> np.ndarray:
    return simulate(surface, optimizer, start, steps).x.T


def verdict(s: LogitLosses) -> tuple[str, bool | None, str]:
    """Which loss finds the way back, and the slopes that decide it."""
    cross, squared = s.ways()[CROSS], s.ways()[SQUARED]
    slopes = (
        f"At the start the slope of the squared error is {squared.gradient:.3g}, that of the "
        f"cross-entropy {cross.gradient:.4g} of at most {2**0.5:.4g}."
    )
    if np.isnan(cross.steps):
        other = "nor does" if np.isnan(squared.steps) else "but so does"
        told = f" after {squared.steps:.0f}" if np.isfinite(squared.steps) else ""
        said = (
            f"The cross-entropy does not turn the answer right within {s.steps} updates, {other} "
            f"the squared error{told}. {slopes}"
        )
        return "not yet", False, said
    came = f"The cross-entropy turns the answer right after {cross.steps:.0f} updates"
    if np.isnan(squared.steps):
        moved = float(np.hypot(squared.end[0] - s.start[0], squared.end[1] - s.start[1]))
        return (
            "stalls",
            False,
            (
                f"{came}; the squared error has not after {s.steps}, and moved by "
                f"{moved:.2g}. {slopes}"
            ),
        )
    ratio = squared.steps / max(cross.steps, 1)
    label, good = ("lags", None) if ratio > 3 else ("both arrive", True)
    return (
        label,
        good,
        (
            f"{came}, the squared error after {squared.steps:.0f}, {ratio:.3g} times "
            f"as many. {slopes}"
        ),
    )


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


@lru_cache(maxsize=64)
def rescues(optimizer: Optimizer, steps: int) -> dict[str, np.ndarray]:
    """Updates until the right class wins, for every start of `STARTS`."""
    return {
        name: L.rescue_time(surface, STARTS, optimizer, steps) for name, surface in L.LOSSES.items()
    }


def flow_times(optimizer: Optimizer) -> dict[str, np.ndarray] | None:
    """The same for gradient descent with ever smaller steps, in closed form; None for others.

    The margin d = y − x falls from 2a to 0 by d′ = −2η σ(d) (cross-entropy) or
    d′ = −8η σ(d)² σ(−d) (squared error); the times are the integrals of dd/|d′|.
    """
    if type(optimizer) is not GradientDescent or optimizer.weight_decay:
        return None
    d = 2 * STARTS
    cross = (d + 1 - np.exp(-d)) / 2
    squared = (3 * d + np.expm1(d) - 3 * np.expm1(-d) - np.expm1(-2 * d) / 2) / 8
    return {CROSS: cross / optimizer.lr, SQUARED: squared / optimizer.lr}


# ---- one-hot and softmax --------------------------------------------------------------------


def gradients(s: LogitLosses) -> dict[str, np.ndarray]:
    """∂/∂z of both losses ``(3,)``: p − y, and 2 p (p − y − Σ (p − y) p)."""
    p, y = L.softmax(s.logits), L.one_hot([s.right_class], 3)[0]
    away = p - y
    return {CROSS: away, SQUARED: 2 * p * (away - (away * p).sum())}


def softmax_table(s: LogitLosses) -> tuple[list[str], list[list[str]]]:
    p, y, g = L.softmax(s.logits), L.one_hot([s.right_class], 3)[0], gradients(s)
    head = ["class", "logit", "softmax p", "one-hot y", f"slope, {CROSS}", f"slope, {SQUARED}"]
    return head, [
        [
            name,
            f"{s.logits[k]:g}",
            f"{p[k]:.4g}",
            f"{y[k]:.0f}",
            f"{g[CROSS][k]:.3g}",
            f"{g[SQUARED][k]:.3g}",
        ]
        for k, name in enumerate(CLASSES)
    ]


def softmax_words(s: LogitLosses) -> str:
    z, p = s.logits, L.softmax(s.logits)
    return (
        f"Cross-entropy −log p = {L.cross_entropy(z, s.right_class):.4g}, squared error "
        f"{L.squared_error(z, s.right_class):.4g}; the right class has p = {p[s.right_class]:.4g}."
    )


@lru_cache(maxsize=1)
def codings() -> dict[str, list[L.Coding]]:
    """Three clouds in a triangle, and three species of iris."""
    return {
        "three clouds in a triangle": L.codings(blobs(300), blobs(3000, seed=1)),
        "irises": L.codings(*split(iris())),
    }


def coding_table() -> tuple[list[str], list[list[str]]]:
    sets = list(codings().values())
    rows = [[a.name, *(f"{each[k].accuracy:.1%}" for each in sets)] for k, a in enumerate(sets[0])]
    return ["classes written as", *codings()], rows


def numbers(s: LogitLosses) -> Mapping[str, Any]:
    """The columns of the download."""
    columns: dict[str, Any] = {"a": STARTS}
    flow = flow_times(s.optimizer) or {}
    for name, values in rescues(s.optimizer, s.steps).items():
        columns[f"updates, {name}"] = values
        if name in flow:
            columns[f"updates, {name}, theory"] = flow[name]
        x, y = s.path(name)
        columns |= {f"x, {name}": x, f"y, {name}": y}
    return columns
