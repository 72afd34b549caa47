"""To which minimum the ground leads from the end of a run."""

from __future__ import annotations

import numpy as np
from scipy.optimize import minimize_scalar

from playground.diagnosis import lines
from playground.diagnosis.decayed import Decayed
from playground.diagnosis.downhill import across, downhill
from playground.diagnosis.pace import Pace
from playground.diagnosis.path import norm
from playground.surfaces.critical import polished
from playground.types import Array, Mask

ALONG, FINER = 401, 2
"""So many points of a straight way are looked at, and again between two of them."""
SAMPLES = 0.1
"""Windows: samples of a floor are nearer to each other than this."""


def led(e: Pace, last: Array) -> tuple[Array | None, bool]:
    """The minimum that the way down from the end leads to ``(2,)``, and whether it does.

    Else it is only the nearest one known, or None.  last: where the run carried on ends
    ``(2, 1)``; decay may lead it elsewhere than the slope does.
    """
    function, end = Decayed(e.surface, float(e.decay[0])), e.end[:, 0]
    near = e.ground.feet(e.end)[:, e.nearest.number[0], 0] if len(e.ground.minima) else None
    if near is not None and not e.ground.floor:
        feet = e.ground.feet(last)[..., 0]
        away = norm(feet - last)
        known, way = feet[:, away.argmin()], norm(last[:, 0] - end)
        as_low = abs(function(last[:, 0]) - function(known)) <= np.spacing(e.ground.relief)
        if as_low and away.min() > lines.ARRIVED * way:  # it may be a whole stretch
            return last[:, 0], True
        goes = bool(e.pull[0]) or not _beside(e, end)
        if goes and away.min() <= lines.AT_CRITICAL * e.length:
            return np.asarray(known), True
    level = near is not None and bool(e.ground.level[e.nearest.number[0]])
    if near is not None and level:
        below = across(function, end, e.length)
        if _level_between(function, below, near):
            return min(below, near, key=lambda q: float(norm(q - end))), True
    if near is not None and e.ground.floor:
        return nearest_of_floor(e, end), False
    if near is not None and _beside(e, end):
        return np.asarray(near), True
    found = downhill(function, end, e.length)
    if near is not None and found.success and _parts(e, function, found.x, last[:, 0]):
        return near, False
    seen = np.isfinite(found.x).all() and found.fun <= function(end)
    if not (seen and (found.success or _in_a_pit(e, found.x))):  # it may have no digits to win
        deeper = near is not None and found.fun < function(near) - e.ground.tolerance
        return None if e.ground.unbounded and deeper else near, False
    faded = np.abs(function.hessian(found.x)).max() * e.length**2 <= lines.ROUNDED * e.ground.relief
    if near is None and (faded or not _in_a_pit(e, found.x, lines.NO_WAY)):
        return None, False  # the search came to rest where the slope has faded
    if near is not None and faded and not _beside(e, found.x):
        return near, False  # on level ground that is no floor
    as_low = near is not None and found.fun - function(near) <= np.spacing(e.ground.relief)
    if near is not None and (level or not as_low) and _beside(e, found.x):
        return np.asarray(near), True
    return np.asarray(found.x), True


def critical_point(e: Pace) -> Array:
    """Where Newton's steps lead that begin at the end ``(2,)``: one alone falls a little short."""
    function = Decayed(e.surface, float(e.decay[0]))
    return polished(function, e.target, e.local.distance, 0.0)[:, 0]


def _parts(e: Pace, function: Decayed, here: Array, last: Array) -> bool:
    """Whether the way down from where it is carried on to leads to another minimum than `here`.

    As beside a ridge, along which it goes on.
    """
    if not np.isfinite(last).all() or e.outside(last[:, None]).item() > 0:
        return False
    there = downhill(function, last, e.length)
    return bool(there.success and norm(here - there.x) > lines.BESIDE * e.length)


def _level_between(function: Decayed, a: Array, b: Array) -> bool:
    """Whether the ground between two points is as level as at the second."""
    line = a[:, None] + (b - a)[:, None] * np.linspace(0, 1, lines.WALLS)
    return bool(_as_level(function, line, b).all())


def nearest_of_floor(e: Pace, end: Array) -> Array:
    """The point of a valley's floor nearest to a point, of which only samples are known.

    Along the floor from sample to sample, until the nearest point lies between two of them.
    """
    function = Decayed(e.surface, float(e.decay[0]))
    found = np.asarray(e.ground.minima[norm(e.ground.minima.T - end[:, None]).argmin()])
    floor = function(found) + e.ground.tolerance
    with np.errstate(all="ignore"):
        for _ in range(lines.RIM):
            t, there = _nearer(function, found, end, e.length)
            if not (norm(there - end) < norm(found - end) and function(there) <= floor):
                break
            found = there
            if abs(t) < lines.SLACKENS:
                break
        p = downhill(function, end, e.length).x  # as down to the rim of level ground
        begin, low = end, np.zeros((0, 2))
        for _ in range(FINER):  # where the line comes down to it, nearer and nearer
            line = begin[:, None] + (p - begin)[:, None] * np.linspace(0, 1, ALONG)
            first = int((function(line) <= floor).argmax())
            if not first:
                break
            begin, p = line[:, first - 1], line[:, first]
            low = p[None]
    beside = np.column_stack([found, *(across(function, q, e.length) for q in (end, *low))])
    as_low = beside[:, function(beside) <= floor]
    return np.asarray(as_low[:, norm(as_low - end[:, None]).argmin()])


def over_the_floor(e: Pace, points: Array) -> Array:
    """How far points ``(2, K)`` are from a floor: it is ½λd² below them at a slope of λd."""
    function = Decayed(e.surface, float(e.decay[0]))
    slope, low = norm(function.gradient(points)), e.low.item()
    over = function(points) - low
    over = np.where(over <= lines.LOOK_BACK * np.spacing(abs(low)), 0.0, over)  # is rounding
    return np.asarray(2 * over / np.maximum(slope, lines.TINY))


def _nearer(function: Decayed, p: Array, end: Array, length: float) -> tuple[float, Array]:
    """The point of the floor beside `p` that is nearest to the end; from −1 to 1 along a sample."""
    along = SAMPLES * length * np.linalg.eigh(function.hessian(p))[1][:, 0]

    def there(t: float) -> Array:
        return across(function, p + t * along, length)

    best = float(minimize_scalar(lambda t: norm(there(t) - end), bounds=(-1, 1)).x)
    return best, there(best)


def _as_level(function: Decayed, points: Array, p: Array) -> Mask:
    """Where the loss is that of a point, to the last digits."""
    level = function(p)
    found: Mask = function(points) <= level + lines.LOOK_BACK * np.spacing(np.abs(level))
    return found


def _in_a_pit(e: Pace, p: Array, within: float = lines.BESIDE) -> bool:
    """Whether Newton's step leads no further, in windows, from where the loss curves up."""
    place, function = p[:, None], Decayed(e.surface, float(e.decay[0]))
    local = e.local_at(place, function.gradient(place))
    return bool(local.low[0] >= 0 and local.distance[0] <= within * e.length)


def _beside(e: Pace, p: Array) -> bool:
    """Whether a point is as good as at the minimum nearest to the end."""
    near = e.ground.feet(p[:, None])[:, e.nearest.number[0], 0]
    return bool(norm(p - near) <= lines.BESIDE * e.length)
