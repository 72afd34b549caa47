"""`tune(...)`: the learning rate a runner deserves, found with the same budget for everyone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from playground.clipping import Clipping, NoClipping
from playground.optimizers import Optimizer
from playground.schedules import Constant, Schedule
from playground.simulation import Run, simulate
from playground.surfaces import Surface

LOW, HIGH = 1e-6, 10.0
"""The range of learning rates that is tried, the same for every rule."""
BUDGET = 57
"""Learning rates tried per runner: eight per decade."""
ARRIVED = 1e-3
"""Share of the excess at the start at which a run counts as arrived."""
ROUNDING = 1e-12
"""Share of the excess at the start below which two losses differ by rounding only."""


@dataclass(frozen=True, eq=False)
class Tuning:
    """One descent per value of a parameter, all of the same length."""

    values: np.ndarray  # (budget,): ascending
    excess: np.ndarray
    """Final loss above the lowest minimum, ``(budget,)``; inf where it is not finite.

    On a surface without a minimum the final loss itself.
    """
    arrival: np.ndarray
    """Updates until a thousandth of the excess at the start is left, ``(budget,)``; inf: never."""
    steps: int
    rounding: float
    """Excess below which losses count as equal; −inf on a surface without a minimum."""

    @property
    def best(self) -> int | None:
        """Place of the best: lowest excess, then earliest arrival; None if none stayed finite."""
        if not np.isfinite(self.excess).any():
            return None
        return int(np.lexsort((self.arrival, np.maximum(self.excess, self.rounding)))[0])

    @property
    def gradients(self) -> int:
        """Gradient evaluations the search cost."""
        return len(self.values) * self.steps


def candidates(budget: int = BUDGET) -> np.ndarray:
    """The learning rates tried ``(budget,)``: even on a log scale, three digits, the same for all.

    Raises `ValueError` unless the budget is a whole number of at least 2.
    """
    if int(budget) != budget or budget < 2:
        raise ValueError(f"budget must be a whole number, at least 2; got {budget!r}.")
    return np.array([float(f"{lr:.3g}") for lr in np.geomspace(LOW, HIGH, int(budget))])


def tune(
    surface: Surface,
    optimizer: Optimizer,
    start: Any = None,
    steps: int = 200,
    schedule: Schedule = Constant(),
    noise: float = 0.0,
    seed: int = 0,
    clip: Clipping = NoClipping(),
    budget: int = BUDGET,
) -> tuple[Optimizer, Tuning]:
    """The optimizer with the best of `budget` log-spaced learning rates, and what each one gave.

    One batched simulation, everything but the learning rate as given.  The best ends with the
    lowest excess loss; among equals (losses below 1e-12 of the excess at the start are) the one
    that arrived first.  If no candidate stays finite the optimizer comes back unchanged.
    """
    values = candidates(budget)
    sweep = optimizer.replace(lr=values)
    record = record_of(simulate(surface, sweep, start, steps, schedule, noise, seed, clip), values)
    best = record.best
    return (optimizer if best is None else optimizer.replace(lr=float(values[best]))), record


def record_of(run: Run, values: np.ndarray) -> Tuning:
    """What every value of a swept parameter gave, by the batch ``(budget,)`` that swept it."""
    minima = run.surface.minima()
    lowest = minima[0].f if minima else 0.0  # without a minimum any lower loss is better
    with np.errstate(invalid="ignore"):
        excess = run.f - lowest
        inside = excess <= ARRIVED * excess[0] if minima else np.zeros(excess.shape, dtype=bool)
    arrival = np.where(inside.any(axis=0), inside.argmax(axis=0), np.inf)
    final = np.where(run.finite == run.steps + 1, excess[-1], np.inf)
    rounding = ROUNDING * float(excess[0, 0]) if minima else -np.inf
    return Tuning(values, final, arrival, run.steps, rounding)
