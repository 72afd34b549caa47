"""What becomes of a run whose steps are divided by what it has seen: a leap, a collapse, a goal."""

from __future__ import annotations

import numpy as np

from playground import theory
from playground.simulation import Run
from playground.topics.course.exhibits.inertia import FAR
from playground.topics.course.exhibits.races import OF_RUN, found, of_run
from playground.words import percent

BURST = "burst"
EIGHTH = 8
"""A slope is early after this part of a run."""
SHRUNK = 0.5
"""A factor that has shrunk is below this share of what it was."""


@of_run
def _fate(run: Run) -> str:
    """How a way along a valley ends: ``leaves``, ``bursts``, ``arrives``, or ``short`` of it."""
    gone = np.abs(run.x[run.finite - 1]).max() > FAR * np.abs(run.x[0]).max()
    if run.finite <= run.steps or gone:
        return "leaves"
    if BURST in found(run).labels:
        return "bursts"
    there = run.surface.minima() and OF_RUN["arrived"](run) is not None
    return "arrives" if there else "short"


@of_run
def _leap_at(run: Run) -> int | None:
    """The step at which the slope is largest in the largest burst."""
    for finding in found(run).findings:
        if finding.label == BURST:
            first, last = finding.steps
            size = np.hypot(*run.gradient[first : last + 1].T)
            return first + int(size.argmax())
    return None


@of_run
def _leap_height(run: Run) -> float | None:
    """How many times as large as before the slope is in the largest burst."""
    heights = [float(f.measured) for f in found(run).findings if f.label == BURST]
    return heights[0] if heights else None


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
