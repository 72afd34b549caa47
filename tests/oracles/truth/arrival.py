"""How many steps a run really needs, by going on."""

from __future__ import annotations

import math

import numpy as np

from tests.oracles.truth.facts import Facts
from tests.oracles.truth.flow import root_beside

BEYOND = 100
"""A run is carried on for so many of its lengths before it is called endless."""
LONGEST = 200_000
"""Updates that are affordable; an estimate beyond a third of them is not refuted."""


def steps_to_come(facts: Facts, tell: tuple[float, float] = (1.0, 1.0)) -> list[float]:
    """Answers to “how many more”: to 1 % of the way, to 1 % of the drop, to or from a saddle.

    Infinite where the run does not get there in three times what is told, or a hundred lengths.
    """
    T = facts.T
    run = facts.setting.longer(_length(T, tell))
    with np.errstate(all="ignore"):
        f = facts.F(run.x.T)
        answers = []
        if facts.rest is not None:
            away = np.hypot(*(run.x - facts.rest.x).T)
            for share in (0.01, 0.003, 0.03):
                answers.append(first(away <= share * facts.way, T))
            answers.append(first(f - facts.rest.f <= 0.01 * facts.fall, T))
        low = min(facts.low, float(np.nanmin(f)))
        answers.append(first(f - low <= 0.01 * (f[0] - low), T))
        q = root_beside(facts.F, facts.end, 0.5 * facts.L)
        if q is not None:
            from_saddle = np.hypot(*(run.x - q).T)
            answers.append(first(from_saddle <= 0.01 * facts.L, T))
            answers.append(first(from_saddle >= 0.01 * facts.L, T))
    return answers


def _length(T: int, tell: tuple[float, float]) -> int:
    """Updates in all that decide about a told number of steps to come, as far as is affordable."""
    want = 3.1 * tell[1] if math.isfinite(tell[1]) else BEYOND * T
    return int(min(max(T + want, 3 * T, 200), LONGEST))


def first(there: np.ndarray, T: int = 0) -> float:
    """Steps after T until it is there; infinite if never."""
    found = np.flatnonzero(there[T:])
    return float(found[0]) if len(found) else math.inf


def estimate_holds(facts: Facts, told: tuple[float, float], factor: float = 3.0) -> bool:
    """Whether a told range of steps is within a factor of one of the true answers."""
    low, high = told
    if math.isfinite(high) and 3 * high > LONGEST:
        return True
    for truth in steps_to_come(facts, told):
        if math.isinf(low):
            if truth > 30 * max(facts.T, 1):
                return True
        elif low / factor <= max(truth, 1.0) <= high * factor:
            return True
    return False
