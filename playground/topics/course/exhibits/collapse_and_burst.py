"""What becomes of a run whose steps are divided by what it has seen: a leap, a collapse, a goal."""

from __future__ import annotations

import numpy as np

from playground import theory
from playground.diagnosis.leaps import Leap
from playground.diagnosis.rules import of_one
from playground.diagnosis.way import Way
from playground.shelf import remembered
from playground.simulation import Run
from playground.topics.course.exhibits.races import OF_RUN, of_run
from playground.topics.race import diagnosis
from playground.words import percent

OUTSIDE = 1.5
"""Sizes of the window from its middle, beyond which a run has left."""
EIGHTH = 8
"""A slope is early after this part of a run."""
SHRUNK = 0.5
"""A factor that has shrunk is below this share of what it was."""


@remembered
def _leaps(run: Run) -> list[Leap]:
    """The bursts of a run, in order; none if the diagnosis tells of none."""
    told = "burst" in diagnosis(run).labels
    return of_one(Way, run, run.surface.span).leaps[0] if told else []


def _outside(run: Run, t: int) -> float:
    """How far a point is from the middle of the window, in sizes of the window."""
    x0, x1, y0, y1 = run.surface.span
    x, y = run.x[t].tolist()
    return max(abs(2 * x - x0 - x1) / (x1 - x0), abs(2 * y - y0 - y1) / (y1 - y0)) / 2


@of_run
def _fate(run: Run) -> str:
    """How a way along a valley ends: ``leaves``, ``bursts``, ``arrives``, or ``short`` of it."""
    out = _outside(run, run.finite - 1)
    if run.finite <= run.steps or out > max(OUTSIDE, _outside(run, 0)):
        return "leaves"
    if _leaps(run):
        return "bursts"
    there = run.surface.minima() and OF_RUN["arrived"](run) is not None
    return "arrives" if there else "short"


@of_run
def _leap_at(run: Run) -> int | None:
    """The step at which the slope is largest in the first burst."""
    return next((leap.peak for leap in _leaps(run)), None)


@of_run
def _leap_height(run: Run) -> float | None:
    """How many times as large as before the slope is in the first burst."""
    return next((leap.height for leap in _leaps(run)), None)


@of_run
def _leap_count(run: Run) -> int:
    return len(_leaps(run))


@of_run
def _past_limit(run: Run) -> int | None:
    """The first update at which η·λ is above the limit of the rule; None if it is after a leap."""
    limit = theory.stability_limit(run.optimizer, run.surface, run.x[0])
    past = np.flatnonzero(theory.sharpness(run)[: run.finite - 1] > limit)
    leap = OF_RUN["leap_at"](run)
    if not past.size or (isinstance(leap, int) and past[0] >= leap):
        return None
    return int(past[0])


@of_run
def _way_left(run: Run) -> str | None:
    """The share of its way to the minimum that is left; None where no minimum is known."""
    minima = np.array(run.surface.minima())
    if not minima.size or run.finite <= run.steps:
        return None
    goal = minima[np.hypot(*(minima[:, :2] - run.x[-1]).T).argmin(), :2]
    begun = float(np.hypot(*(run.x[0] - goal)))
    return percent(float(np.hypot(*(run.x[-1] - goal))) / begun) if begun else None


@of_run
def _factor_left(run: Run) -> str | None:
    """What is left of the factor before the slope of x; None if it has not shrunk."""
    first, last = run.effective_lr[[0, -1], 0]
    return percent(float(last / first)) if 0 < last < SHRUNK * first else None


@of_run
def _early(run: Run) -> int:
    """The step at which an early slope is taken."""
    return run.steps // EIGHTH


@of_run
def _slope_kept(run: Run) -> str | None:
    """The slope at the end as a share of the early one; None if that was none."""
    early, late = np.hypot(*run.gradient[[run.steps // EIGHTH, -1]].T)
    return percent(float(late / early)) if early > 0 and np.isfinite(late) else None
