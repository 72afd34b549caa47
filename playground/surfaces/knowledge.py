"""What is known of a surface's minima, and how: proven, found by a search, or not at all."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple, Protocol

import numpy as np

from playground.surfaces import beyond
from playground.surfaces.critical import CriticalPoint, find_critical_points
from playground.surfaces.falls import falls_without_end
from playground.surfaces.landscape import Landscape, Window, diagonal, inside

BEYOND = 16
"""So many minima outside the window are kept."""


class Studied(Landscape, Protocol):
    """A surface as it is studied here: what it says of itself, beside heights and derivatives."""

    def __hash__(self) -> int: ...

    @property
    def holds_lowest(self) -> bool: ...

    @property
    def unbounded_below(self) -> bool: ...

    def lower_bound(self) -> float: ...

    def is_convex(self) -> bool: ...


class Knowledge(NamedTuple):
    """What may be said of the lowest point of a surface."""

    lowest: str
    """``minimum``: there is one, it is in `minima()`.  ``none``: none was found.
    ``unbounded``: the surface falls without end."""
    proven: bool
    """Whether that is certain: from a closed form, a bound that is attained, convexity, or what
    is published of the surface.  Else it is what a search found, or a fall as far as followed."""


class Survey(NamedTuple):
    """Everything a search in and around a window brings to light."""

    points: tuple[CriticalPoint, ...]
    """Critical points inside the window, kinks and a sample of a flat floor included."""
    minima: tuple[CriticalPoint, ...]
    """The minima inside the window, and those beyond it that are lower."""
    knowledge: Knowledge


@lru_cache(maxsize=256)
def survey(surface: Studied, window: Window) -> Survey:
    """Search a window and the ground around it.

    A surface whose window is known to hold the lowest minimum is searched beyond it only where no
    minimum lies inside, which extreme parameters may do.
    """
    points = list(find_critical_points(surface, window))
    if surface.stationary() is not None:
        return _told_by_closed_form(surface, window, points)
    minima = [point for point in points if point.is_minimum]
    if surface.unbounded_below or (surface.holds_lowest and minima):
        lowest = "unbounded" if surface.unbounded_below else "minimum"
        return Survey(tuple(points), tuple(minima), Knowledge(lowest, True))
    ends = beyond.explore(surface, window)
    bounded = surface.lower_bound() > -np.inf
    falls = not bounded and falls_without_end(surface, window, ends)
    found = [q for q in beyond.settled(surface, ends, window) if _new(q, points, window)]
    found += beyond.floor(surface, ends, window, surface.lower_bound()) if bounded else []
    within = [q for q in found if inside(window, np.array(q)[:, None])[0]]
    points, minima = [*points, *within], [*minima, *within]
    if not falls:
        level = min((q.f for q in minima), default=np.inf)
        slack = 1e-9 * max(abs(level), 1e-9, _relief(surface, window, level)) if minima else 0.0
        outside = [q for q in found if q not in within and q.f < level - slack]
        minima = sorted([*minima, *outside[:BEYOND]], key=lambda q: q.f)
    return Survey(
        tuple(sorted(points, key=lambda q: q.f)),
        tuple(sorted(minima, key=lambda q: q.f)),
        _judged(surface, minima, falls),
    )


def _told_by_closed_form(surface: Studied, window: Window, points: list[CriticalPoint]) -> Survey:
    """All critical points are known; should no minimum be in the window, those outside count."""
    within = [point for point in points if inside(window, np.array(point)[:, None])[0]]
    minima = [point for point in within if point.is_minimum]
    minima = minima or [point for point in points if point.is_minimum]
    lowest = "unbounded" if surface.unbounded_below else "minimum" if minima else "none"
    return Survey(tuple(within), tuple(minima), Knowledge(lowest, True))


def _relief(surface: Studied, window: Window, level: float) -> float:
    """How far the usual ground of a window is above a level."""
    x0, x1, y0, y1 = window
    f = surface(np.array(np.meshgrid(np.linspace(x0, x1, 9), np.linspace(y0, y1, 9))))
    return float(np.median(f[np.isfinite(f)])) - level if np.isfinite(f).any() else 0.0


def _new(point: CriticalPoint, known: list[CriticalPoint], window: Window) -> bool:
    """Whether a point is none of those already known, nor one more of a valley's floor."""
    apart = 2e-2 if point.kind == "degenerate" else 1e-4
    apart *= max(diagonal(window), np.hypot(*point))
    return bool(beyond.new(np.array(point)[:, None], known, apart)[0])


def _judged(surface: Studied, minima: list[CriticalPoint], falls: bool) -> Knowledge:
    """The claim that what was found allows."""
    if falls:
        return Knowledge("unbounded", False)
    if not minima:
        return Knowledge("none", False)
    attained = minima[0].f <= surface.lower_bound() + 1e-12 * (1.0 + abs(minima[0].f))
    return Knowledge("minimum", attained or surface.is_convex())
