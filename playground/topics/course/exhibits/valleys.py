"""Two valleys and the ridge between them: on which side a runner ends, and whether it is a law."""

from __future__ import annotations

import numpy as np

from playground.shelf import remembered
from playground.simulation import Run, simulate
from playground.topics.course.exhibits.races import of_run
from playground.words import percent

ROW = 441
"""Starts in the row from edge to edge of the map over which crossings are counted."""
AS_DEEP = 1e-6
"""Difference of two minima up to which neither is the deeper."""
STILL = 1e-3
"""Share of the first slope below which a runner stands."""


def _ridge(run: Run) -> float | None:
    """The x of the saddle between the two lowest minima; None where there are no two."""
    minima = [x for x, _ in run.surface.minima()[:2]]
    if len(minima) < 2:
        return None
    return next((x for x, _ in _saddles(run) if min(minima) < x < max(minima)), None)


def _saddles(run: Run) -> list[tuple[float, float]]:
    return [(p[0], p[1]) for p in run.surface.critical_points() if p.kind == "saddle"]


def _sides(run: Run, ridge: float) -> np.ndarray:
    """On which side of the ridge a runner is at every point, −1 or 1; those on it are left out."""
    sides = np.sign(run.x[: run.finite, 0] - ridge)
    return sides[sides != 0]


def _over(run: Run) -> int | None:
    ridge = _ridge(run)
    return None if ridge is None else int(np.count_nonzero(np.diff(_sides(run, ridge))))


@of_run
def _passages(run: Run) -> int | None:
    """How often it comes over the ridge between the two lowest minima."""
    return _over(run)


@of_run
def _passage(run: Run) -> str:
    """What the ridge is to it: it stays on its side, ends on the other, or comes back."""
    times = _over(run)
    if not times:
        return "stays"
    return "through" if times % 2 else "back"


def _ends_deep(run: Run) -> bool | None:
    """Whether it ends on the deeper side; None where neither is deeper, or it ends on no side."""
    ridge, lowest = _ridge(run), run.surface.minima()
    if ridge is None or lowest[1].f - lowest[0].f < AS_DEEP or run.finite <= run.steps:
        return None
    side = np.sign(run.x[-1, 0] - ridge)
    return bool(side == np.sign(lowest[0][0] - ridge)) if side else None


@of_run
def _deep_loss(run: Run) -> float | None:
    """The loss at the end, if that is on the side of the deeper minimum."""
    return float(run.f[-1]) if _ends_deep(run) is True else None


@of_run
def _shallow_loss(run: Run) -> float | None:
    """The loss at the end, if that is on the side of the shallower minimum."""
    return float(run.f[-1]) if _ends_deep(run) is False else None


@of_run
def _last_loss(run: Run) -> float | None:
    """The loss at the end; None if it has left the numbers before."""
    return float(run.f[-1]) if run.finite > run.steps else None


@of_run
def _saddle_slope(run: Run) -> float | None:
    """The slope at the end, if it stands where the ground falls away to two sides."""
    if run.finite <= run.steps:
        return None
    slope, first = np.hypot(*run.gradient[-1]), np.hypot(*run.gradient[0])
    falls = np.linalg.eigvalsh(run.surface.hessian(run.x[-1]))[0] < 0
    return float(slope) if falls and slope <= STILL * first else None


@of_run
def _rescued(run: Run) -> str | None:
    """Of a row of starts through its own: what share of the shallower side leaves it."""
    shares = _crossed(run)
    return percent(shares[0]) if shares else None


@of_run
def _lost(run: Run) -> str | None:
    """Of a row of starts through its own: what share of the deeper side leaves it."""
    shares = _crossed(run)
    return percent(shares[1]) if shares else None


@remembered
def _crossed(run: Run) -> tuple[float, float] | None:
    """Both shares; None where no side is the deeper, or a start ends nowhere."""
    ridge, lowest = _ridge(run), run.surface.minima()
    if ridge is None or lowest[1].f - lowest[0].f < AS_DEEP:
        return None
    p, row = run.problem, np.linspace(*run.surface.span[:2], ROW)
    starts = np.array([row, np.full(ROW, run.x[0, 1])])
    many = simulate(p.surface, p.optimizer, starts, p.steps, p.schedule, p.noise, p.seed, p.clip)
    if not np.isfinite(many.x[-1]).all():
        return None
    deep = np.sign(lowest[0][0] - ridge)
    begins, ends = (np.sign(x - ridge) == deep for x in (row, many.x[-1, 0]))
    return float(ends[~begins].mean()), float((~ends[begins]).mean())
