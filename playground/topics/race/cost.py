"""What a race costs, in seconds of a reference core, and how long it may be."""

from __future__ import annotations

from typing import Any

import numpy as np

from playground.cost import SECONDS, Work, time_in_words
from playground.diagnosis.trial import trials_of
from playground.language import tr
from playground.simulation.cost import Dear, survey_seconds

READ = 20e-6
"""Of one point of a run in its diagnosis and on the stage."""
SEARCHED = 0.25
"""Share of the trials that is made, over all runners: a search ends with the first that helps."""
KEPT = 1300.0
"""Bytes that are kept of a point, as numbers of Python: it, its height, gradients and, for the most
part, the states of the rule."""


def race_work(race: Any, steps: int) -> Work:
    """Every run of a race of so many updates, its diagnosis, and the trials of what may help."""
    tried = SEARCHED * trials_of(steps, bool(np.any(race.conditions.noise)))
    seconds = survey_seconds(race.surface)
    for _, runner in race.entries():
        dear = Dear.of(race.surface, runner.optimizer, runner.clip)
        seconds += steps * ((1 + tried) * dear.alone + READ)
    return Work(seconds, KEPT * steps)


def most_steps(race: Any, steps: int) -> int:
    """The most updates that a race may have, up to those asked for; 1 at least."""
    if race_work(race, steps).fits:
        return steps
    low, high = 1, steps
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if race_work(race, middle).fits else (low, middle)
    return low


def bound_in_words(race: Any) -> str:
    """That no update more is to be had, where it is so; else nothing."""
    if race_work(race, race.conditions.steps + 1).fits:
        return ""
    return tr(
        "With these runners on this surface at most {} updates: one visitor may ask for {} of "
        "computing.",
        *(race.conditions.steps, time_in_words(SECONDS)),
    )
