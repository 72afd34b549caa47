"""To which minimum the ground leads from the end of a run."""

from __future__ import annotations

import numpy as np

from playground.diagnosis import lines
from playground.diagnosis.decayed import Decayed
from playground.diagnosis.downhill import across, downhill
from playground.diagnosis.pace import Pace
from playground.diagnosis.path import norm
from playground.types import Array, Mask

ALONG = 401
"""So many points of a straight way are looked at."""


def led(e: Pace, last: Array) -> tuple[Array | None, bool]:
    """The minimum that the way down from the end leads to ``(2,)``, and whether it does.

    Else it is only the nearest one known, or None.  last: where the run carried on ends
    ``(2, 1)``; decay may lead it elsewhere than the slope does.
    """
    function, end = Decayed(e.surface, float(e.decay[0])), e.end[:, 0]
    near = e.ground.minima[e.nearest.number[0]] if len(e.ground.minima) else None
    if e.pull[0] and near is not None and not e.ground.floor:
        away = norm(e.ground.minima.T - last)
        if away.min() <= lines.AT_CRITICAL * e.length:
            return np.asarray(e.ground.minima[away.argmin()]), True
    level = near is not None and bool(e.ground.level[e.nearest.number[0]])
    if near is not None and level:
        near = _nearest_as_level(e, function, near)
        below = across(function, end, e.length)
        if _level_between(function, below, near):
            return min(below, near, key=lambda q: float(norm(q - end))), True
    sampled = e.ground.floor  # of a floor only samples are known, one of them beside it
    if near is not None and not sampled and _beside(e, e.end[:, 0]):
        return np.asarray(near), True
    found = downhill(function, end, e.length)
    if not (found.success and np.isfinite(found.x).all() and found.fun <= function(end)):
        deeper = near is not None and found.fun < function(near) - e.ground.tolerance
        return None if e.ground.unbounded and deeper else near, False
    if sampled:
        return _straight_down(e, function, found.x), True
    if near is None and not _in_a_pit(e, found.x):
        return None, False  # the search came to rest where the slope has faded
    as_low = near is not None and found.fun - function(near) <= np.spacing(e.ground.relief)
    if near is not None and (level or not as_low) and _beside(e, found.x):
        return np.asarray(near), True
    return np.asarray(found.x), True


def _level_between(function: Decayed, a: Array, b: Array) -> bool:
    """Whether the ground between two points is as level as at the second."""
    line = a[:, None] + (b - a)[:, None] * np.linspace(0, 1, lines.WALLS)
    return bool(_as_level(function, line, b).all())


def _straight_down(e: Pace, function: Decayed, p: Array) -> Array:
    """The point of a valley's floor that the way across the valley leads to; else `p`."""
    found = across(function, e.end[:, 0], e.length)
    if function(found) <= function(p) + lines.FLOOR * e.fall:
        return found
    line = e.end + (p - e.end[:, 0])[:, None] * np.linspace(0, 1, ALONG)
    return np.asarray(line[:, _as_level(function, line, p).argmax()])


def _nearest_as_level(e: Pace, function: Decayed, near: Array) -> Array:
    """The point of level ground about a minimum without curvature that is nearest to the end."""
    values, vectors = np.linalg.eigh(function.hessian(near))
    u = vectors[:, int(np.abs(values).argmin())]
    line = near[:, None] + u[:, None] * (u @ (e.end[:, 0] - near)) * np.linspace(0, 1, ALONG)
    return np.asarray(line[:, np.flatnonzero(_as_level(function, line, near))[-1]])


def _as_level(function: Decayed, points: Array, p: Array) -> Mask:
    """Where the loss is that of a point, to the last digits."""
    level = function(p)
    found: Mask = function(points) <= level + lines.LOOK_BACK * np.spacing(np.abs(level))
    return found


def _in_a_pit(e: Pace, p: Array) -> bool:
    """Whether Newton's step leads no further from a point where the loss curves up."""
    place, function = p[:, None], Decayed(e.surface, float(e.decay[0]))
    local = e.local_at(place, function.gradient(place))
    return bool(local.low[0] >= 0 and local.distance[0] <= lines.BESIDE * e.length)


def _beside(e: Pace, p: Array) -> bool:
    """Whether a point is as good as at the minimum nearest to the end."""
    near = e.ground.minima[e.nearest.number[0]]
    return bool(norm(p - near) <= lines.BESIDE * e.length)
