"""How long the first steps are, and where noise leads who makes them at full length."""

from __future__ import annotations

import numpy as np

from playground.shelf import remembered
from playground.simulation import Run, simulate
from playground.topics.course.exhibits.races import OF_RUN, of_race, of_run
from playground.topics.race import Race
from playground.words import percent

SAME = 0.05
"""Share by which a step may differ from a learning rate and is as long."""
DRAWS = 200
"""How often the noise is drawn."""
APART = 0.05
"""Share of the draws by which one must stay more often than another."""


@of_run
def _first_length(run: Run) -> str:
    """Whether the first step is ``shorter``, the ``same`` or ``longer`` than a learning rate."""
    length = OF_RUN["first_step"](run)
    assert isinstance(length, float)
    if abs(length - 1) <= SAME:
        return "same"
    return "longer" if length > 1 else "shorter"


def _lengths(run: Run) -> np.ndarray:
    """The longest coordinate of every step, in learning rates ``(T,)``."""
    lengths: np.ndarray = np.abs(np.diff(run.x[: run.finite], axis=0)).max(axis=1)
    return lengths / run.optimizer.values()["lr"]


@of_run
def _longest_at(run: Run) -> int | None:
    """The step that is the longest; None if that is the first."""
    return int(_lengths(run).argmax()) + 1 if _lengths(run).argmax() else None


@of_run
def _longest_step(run: Run) -> float | None:
    """Its length in learning rates; None if it is the first."""
    return float(_lengths(run).max()) if _lengths(run).argmax() else None


@remembered
def _loyal(run: Run) -> float:
    """The share of many draws of its noise that end on the side of the ridge where it began."""
    p = run.problem
    many = np.arange(DRAWS)
    terms = p.surface, p.optimizer, run.x[0], p.steps, p.schedule, float(p.noise), many, p.clip
    return float(np.mean(simulate(*terms).x[-1, 0] * run.x[0, 0] > 0))


@of_run
def _stays(run: Run) -> str:
    """How often it stays on its side of the ridge, as a share of many draws."""
    return percent(_loyal(run))


@of_race
def _draws(race: Race) -> int:
    """How often the noise is drawn."""
    return DRAWS


@of_race
def _loyalest(race: Race) -> str:
    """The slot of the runner that stays on its side most often; ``alike`` if none stands out."""
    shares = {slot: _loyal(run) for slot, run in race.runs().items()}
    first, *others = sorted(shares, key=lambda slot: -shares[slot])
    return "alike" if any(shares[first] - shares[o] < APART for o in others) else first
