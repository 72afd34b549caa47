"""How a runner moves at the end: whether a loss that stands still means a place without slope."""

from __future__ import annotations

import numpy as np

from playground.simulation import Run
from playground.topics.course.exhibits.races import of_run

LATE = 0.1
"""Half the share of the steps that are late: their number is even, as a bounce has two sides."""
RISE = 0.01
"""Share by which the loss of a runner that climbs exceeds what it was in the steps before."""
GONE, LARGE = 0.01, 0.1
"""Shares of the first slope: below the one it is as good as zero, above the other it is large."""


def _late(run: Run) -> int:
    return min(2 * max(round(LATE * run.steps), 1), run.steps)


def _slopes(run: Run) -> np.ndarray:
    lengths: np.ndarray = np.hypot(*run.gradient[: run.finite].T)
    return lengths


def _turns(run: Run) -> int:
    g = run.gradient[-_late(run) - 1 :]
    with np.errstate(invalid="ignore", over="ignore"):  # of what has left the numbers
        return int(np.count_nonzero((g[1:] * g[:-1]).sum(axis=1) < 0))


def _width(run: Run) -> float:
    return float(np.ptp(run.x[-_late(run) - 1 :, 1]))


@of_run
def _late_steps(run: Run) -> int:
    """How many steps are late: about the last fifth."""
    return _late(run)


@of_run
def _late_turns(run: Run) -> int:
    """In how many of the late steps the slope that it leads to opposes the one it follows."""
    return _turns(run)


@of_run
def _late_change(run: Run) -> float | None:
    """By what share of its largest the loss differs among the late steps; None if it is zero."""
    late = run.f[-_late(run) - 1 :]
    return float(np.ptp(late) / late.max()) if late.max() > 0 else None


@of_run
def _bounce_width(run: Run) -> float:
    """How far y reaches from its lowest to its highest in the late steps."""
    return _width(run)


@of_run
def _bounce(run: Run) -> float:
    """Half of that: of a bounce about the middle, how far from it."""
    return _width(run) / 2


@of_run
def _wall_factor(run: Run) -> float:
    """What a step of descent multiplies the distance by along the steepest direction at the end."""
    steepest = np.linalg.eigvalsh(run.surface.hessian(run.x[run.finite - 1]))[-1]
    return float(1 - run.optimizer.values()["lr"] * steepest)


@of_run
def _late_motion(run: Run) -> str | None:
    """What the late steps do, by loss, slope and direction; None of a run that has no late ones.

    The loss gets above all it was in as many steps before: it climbs.  Hardly any slope is left:
    it rests.  Less than half of the slopes oppose the one before: it walks.  Else it bounces, or
    settles where the slope is no longer large.
    """
    late = _late(run)
    if run.finite <= run.steps:
        return "climbs"
    before, after = run.f[-late - 1 : -(late // 2)], run.f[-(late // 2) :]
    if not before.size:
        return None
    if after.max() > (1 + RISE) * before.max():
        return "climbs"
    slopes = _slopes(run)
    if slopes[-1] <= GONE * slopes[0]:
        return "rests"
    if _turns(run) < late / 2:
        return "walks"
    return "bounces" if slopes[-1] > LARGE * slopes[0] else "settles"
