"""The settings of the normalisation page, and what is computed from them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from playground.cost import Bounded, Work
from playground.declare import Declared, param
from playground.glossary import SEED
from playground.language import mark
from playground.networks import Data
from playground.networks.linear import Descent, sgd
from playground.shelf import remembered
from playground.topics.normalisation.experiment import (
    WAYS,
    Drift,
    Normalised,
    Transform,
    compare,
    drift,
    normalise,
    partly,
    two_features,
)

SHARE = 1e-3
"""Of the excess loss at the start: there the descent has arrived."""
PLACES = {
    "raw": (0.0, 0.0),
    "centred": (1.0, 0.0),
    "scaled": (0.0, 1.0),
    "standardised": (1.0, 1.0),
    "divided by the variance": (1.0, 2.0),
}
"""The ways that the two sliders can reach: (centred, power)."""
POWERS = np.linspace(0, 2, 81)
SHIFTS = np.linspace(0, 1000, 41)


UPDATE, EXAMPLE, FITTED = 15e-6, 18e-9, 60e-9
"""Seconds: an update's calls and each of its examples, and each example of a spectrum."""


class Scales(Bounded, Declared, family=True):
    """How two features of very different size are transformed before the training."""

    sizes = ("steps", "examples")

    centred: float = param(
        0.0,
        0,
        1,
        "c",
        "Share of the mean μ that is subtracted.",
        valid="[0, 1]",
        words="share of the mean taken off",
    )
    power: float = param(
        0.0,
        0,
        2,
        "s",
        "Power of σ that is divided by: 0 leaves the scale, 1 standardises, 2 is the variance.",
        valid="[0, 2]",
        words="power of the spread",
    )
    step: float = param(
        1.0,
        0.1,
        1.5,
        r"\eta/\eta^*",
        "Learning rate as a share of the best one of each way.",
        valid="[1e-6, 3]",
        words="share of the best rate",
    )
    steps: int = param(
        100,
        10,
        1000,
        "T",
        "Updates of gradient descent.",
        scale="log",
        valid="[1, 10000]",
        words="updates",
    )
    shift: float = param(
        530.0,
        0,
        1000,
        help="How much larger the first feature is in the test set.",
        valid="[0, 100000]",
        words="shift of the test set",
    )
    examples: int = param(
        500, 50, 2000, "m", "Training examples.", scale="log", valid="[10, 10000]", more=True
    )
    seed: int = param(0, 0, 99, SEED, "Which random draw.", valid="[0, 1000000]", more=True)

    def work(self) -> Work:
        """A descent for every way, and the spectra along the powers and shifts."""
        descents = (len(WAYS) + 1) * self.steps * (UPDATE + EXAMPLE * self.examples)
        fitted = (3 * len(POWERS) + 4 * len(SHIFTS)) * (UPDATE + FITTED * self.examples)
        return Work(descents + fitted, 8 * (len(WAYS) + 1) * (5 * self.steps + 8 * self.examples))

    @property
    def way(self) -> str | None:
        """The name of this place, if it has one."""
        here = (self.centred, self.power)
        return next((name for name, place in PLACES.items() if place == here), None)

    def data(self) -> Data:
        return _data(self.examples, self.seed, 0.0)

    def test(self, shift: float | None = None) -> Data:
        """Fresh examples whose first feature has wandered off."""
        return _data(self.examples, self.seed + 1, self.shift if shift is None else shift)

    def problem(self) -> Normalised:
        return _partly(self.examples, self.seed, self.centred, self.power)

    def lr(self, problem: Normalised) -> float:
        return self.step * problem.best_lr

    def ran(self, problem: Normalised) -> Descent:
        """Gradient descent itself, on all examples from w = 0."""
        return sgd(problem.loss, len(problem.loss.y), self.lr(problem), self.steps)

    @property
    def code(self) -> str:
        return f"""from playground.networks.linear import sgd
from playground.topics.normalisation.experiment import compare, drift, partly, two_features

data = two_features(m={self.examples}, seed={self.seed})
one = partly(data, centred={self.centred!r}, power={self.power!r})
print(one.kappa, one.largest_lr, one.best_lr)
run = sgd(one.loss, batch={self.examples}, lr={self.step!r} * one.best_lr, updates={self.steps})
print(run.excess[-1] / run.excess[0])                     # measured
print(one.excess({self.step!r} * one.best_lr, {self.steps}) / one.excess(0, 0))   # predicted
for way in compare(data):
    print(way.way, way.kappa, way.largest_lr, way.steps())
test = two_features(m={self.examples}, seed={self.seed + 1}, shift={self.shift!r})
print(drift(data, test))"""


@remembered
def _data(m: int, seed: int, shift: float) -> Data:
    return two_features(m, seed, shift)


@remembered
def _partly(m: int, seed: int, centred: float, power: float) -> Normalised:
    return partly(_data(m, seed, 0.0), centred, power)


class Descended(NamedTuple):
    """One way to transform, and gradient descent after it."""

    name: str
    problem: Normalised
    run: Descent
    theory: np.ndarray
    """Predicted excess loss after every update, ``(T+1,)``."""


def descents(s: Scales) -> list[Descended]:
    """The place of the sliders first, then every named way."""
    named = _descended(s.replace(shift=0.0, centred=0.0, power=0.0))
    return [_mine(s.replace(shift=0.0)), *(each for each in named if each.name != s.way)]


@remembered
def _mine(s: Scales) -> Descended:
    return _after(s, s.way or mark("yours"), s.problem())


@remembered
def _descended(s: Scales) -> tuple[Descended, ...]:
    return tuple(_after(s, each.way, each) for each in compare(s.data()))


def _after(s: Scales, name: str, n: Normalised) -> Descended:
    return Descended(name, n, s.ran(n), n.excess(s.lr(n), np.arange(s.steps + 1)))


def kappas(s: Scales) -> dict[float, np.ndarray]:
    """κ along the powers, for no centring, the slider's, and full centring."""
    return {c: _kappas(s.examples, s.seed, c) for c in sorted({0.0, s.centred, 1.0})}


@remembered
def _kappas(examples: int, seed: int, centred: float) -> np.ndarray:
    data = _data(examples, seed, 0.0)
    return np.array([partly(data, centred, float(power)).kappa for power in POWERS])


@remembered
def answers(s: Scales) -> dict[str, np.ndarray]:
    """What the standardised model says of the test set under both statistics, and the truth."""
    model, test = normalise(s.data()), s.test()
    weights, own = model.loss.optimum, Transform.fit(test.inputs, "standardised")
    said = {mark("training statistics"): model.transform, mark("its own statistics"): own}
    found = {name: t(test.inputs) @ weights[:-1] + weights[-1] for name, t in said.items()}
    return {"truth": test.targets, **found}


@remembered
def drifts(examples: int, seed: int) -> tuple[Drift, ...]:
    """The errors of both ways along the shifts."""
    s = Scales(examples=examples, seed=seed)
    return tuple(drift(s.data(), s.test(float(shift))) for shift in SHIFTS)
