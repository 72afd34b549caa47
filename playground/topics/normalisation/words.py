"""What the normalisation page shows: its settings, its computations, its words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from playground.declare import Declared, param
from playground.networks import Data
from playground.networks.linear import Descent, descend
from playground.topics.normalisation.experiment import (
    Drift,
    Normalised,
    Transform,
    compare,
    drift,
    normalise,
    partly,
    two_features,
)

PICK = "normalisation-way"
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


class Scales(Declared, family=True):
    """How two features of very different size are transformed before the training."""

    centred: float = param(
        0.0, 0, 1, "c", "Share of the mean μ that is subtracted.", valid="[0, 1]"
    )
    power: float = param(
        0.0,
        0,
        2,
        "s",
        "Power of σ that is divided by: 0 leaves the scale, 1 standardises, 2 is the variance.",
        valid="[0, 2]",
    )
    step: float = param(
        1.0,
        0.1,
        1.5,
        r"\eta/\eta_\mathrm{best}",
        "Learning rate as a share of the best one of each way.",
        valid="(0, 3]",
    )
    steps: int = param(
        100, 10, 1000, "T", "Updates of gradient descent.", scale="log", valid="[1, 10000]"
    )
    shift: float = param(
        530.0,
        0,
        1000,
        help="How much larger the first feature is in the test set.",
        valid="[0, 100000]",
    )
    examples: int = param(
        500, 50, 2000, "m", "Training examples.", scale="log", valid="[10, 10000]", more=True
    )
    seed: int = param(0, 0, 99, help="Which random draw.", valid="[0, 1000000]", more=True)

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
        return descend(problem.loss, len(problem.loss.y), self.lr(problem), self.steps)

    @property
    def code(self) -> str:
        return f"""from playground.networks.linear import descend
from playground.topics.normalisation.experiment import compare, drift, partly, two_features

data = two_features(m={self.examples}, seed={self.seed})
one = partly(data, centred={self.centred:g}, power={self.power:g})
print(one.kappa, one.largest_lr, one.best_lr)
run = descend(one.loss, batch={self.examples}, lr={self.step:g} * one.best_lr, updates={self.steps})
print(run.excess[-1] / run.excess[0])                     # measured
print(one.excess({self.step:g} * one.best_lr, {self.steps}) / one.excess(0, 0))   # predicted
for way in compare(data):
    print(way.way, way.kappa, way.largest_lr, way.steps())
test = two_features(m={self.examples}, seed={self.seed + 1}, shift={self.shift:g})
print(drift(data, test))"""


_data = lru_cache(maxsize=64)(lambda m, seed, shift: two_features(m, seed, shift))
_partly = lru_cache(maxsize=64)(
    lambda m, seed, centred, power: partly(_data(m, seed, 0.0), centred, power)
)


class Race(NamedTuple):
    """One way to transform, and gradient descent after it."""

    name: str
    problem: Normalised
    run: Descent
    theory: np.ndarray
    """Predicted excess loss after every update, ``(T+1,)``."""


def race(s: Scales) -> list[Race]:
    """The place of the sliders first, then every named way."""
    return list(_race(s.replace(shift=0.0)))


@lru_cache(maxsize=32)
def _race(s: Scales) -> tuple[Race, ...]:
    ways = [(s.way or "yours", s.problem())]
    ways += [(n.way, n) for n in compare(s.data()) if n.way != s.way]
    return tuple(
        Race(name, n, s.ran(n), n.excess(s.lr(n), np.arange(s.steps + 1))) for name, n in ways
    )


def verdict(s: Scales, mine: Race) -> tuple[str, bool | None, str]:
    """Label, whether it is good, and one sentence with the number and its threshold."""
    n, lr = mine.problem, s.lr(mine.problem)
    left = mine.run.excess[-1] / mine.run.excess[0]
    if lr >= n.largest_lr:
        said = (
            f"η = {lr:.3g} is above the largest stable step 2/λ_max = {n.largest_lr:.3g}: every "
            f"update multiplies the error across the valley by {lr / n.largest_lr * 2 - 1:.3g}."
        )
        return "diverges", False, said
    arrived = mine.run.updates_to(SHARE * mine.run.excess[0])
    round_ = f"The bowl is √κ = {n.kappa**0.5:.3g} times as long as it is wide"
    if np.isfinite(arrived):
        said = (
            f"{round_}; gradient descent needs {count(arrived)} of {s.steps} updates until "
            f"{SHARE:.1%} of the excess loss is left."
        )
        return "arrives", True, said
    said = (
        f"{round_}: after {s.steps} updates {left:.2%} of the excess loss is left; {SHARE:.1%} "
        f"takes {count(n.steps(SHARE, lr))} updates. The steep direction limits the step, "
        "the flat one has to wait."
    )
    return "stretched", False, said


def count(n: float) -> str:
    """A number of updates."""
    return f"{n:.0f}" if n < 1e5 else f"{n:.2g}"


def ways_table(s: Scales, runs: list[Race]) -> tuple[list[str], list[list[str]]]:
    """κ, the largest step and the updates of every way."""
    head = ["way", "κ", "largest stable η", "η here", "updates, predicted", "updates, measured"]
    rows = []
    for k, each in enumerate(runs):
        n, lr = each.problem, s.lr(each.problem)
        arrived = each.run.updates_to(SHARE * each.run.excess[0])
        needed = n.steps(SHARE, lr)
        rows.append(
            [
                f"**{each.name}**" if k == 0 else each.name,
                f"{n.kappa:.3g}",
                f"{n.largest_lr:.3g}",
                f"{lr:.3g}",
                "never: it diverges" if np.isinf(needed) else count(needed),
                f"more than {s.steps}" if np.isnan(arrived) else count(arrived),
            ]
        )
    return head, rows


def kappas(s: Scales) -> dict[float, np.ndarray]:
    """κ along the powers, for no centring, the slider's, and full centring."""
    return {
        c: np.array([_partly(s.examples, s.seed, c, float(p)).kappa for p in POWERS])
        for c in sorted({0.0, s.centred, 1.0})
    }


# ---- the test set ---------------------------------------------------------------------------


def answers(s: Scales) -> dict[str, np.ndarray]:
    """What the standardised model says of the test set under both statistics, and the truth."""
    model, test = normalise(s.data()), s.test()
    weights, own = model.loss.optimum, Transform.fit(test.inputs, "standardised")
    said = {"training statistics": model.transform, "its own statistics": own}
    found = {name: t(test.inputs) @ weights[:-1] + weights[-1] for name, t in said.items()}
    return {"truth": test.targets, **found}


@lru_cache(maxsize=32)
def drifts(examples: int, seed: int) -> tuple[Drift, ...]:
    """The errors of both ways along the shifts."""
    s = Scales(examples=examples, seed=seed)
    return tuple(drift(s.data(), s.test(float(shift))) for shift in SHIFTS)


def test_words(s: Scales) -> tuple[bool, str]:
    """What happened at this shift."""
    d = drift(s.data(), s.test())
    right, wrong = d.with_training_statistics, d.with_own_statistics
    return wrong < 2 * right, (
        f"With μ and σ of the training set the mean squared error is {right:.3g}; with those of "
        f"the test set it is {wrong:.3g} (predicted {d.predicted:.3g}), {wrong / right:.3g} times "
        "as much."
    )


def numbers(runs: list[Race]) -> Mapping[str, Any]:
    """The columns of the download."""
    columns: dict[str, Any] = {"update": runs[0].run.updates}
    for each in runs:
        columns[f"{each.name}, measured"] = each.run.excess
        columns[f"{each.name}, theory"] = each.theory
    return columns
