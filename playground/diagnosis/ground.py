"""What is known of the landscape before a run: its critical points and its lowest level."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from scipy.optimize import bisect

from playground.diagnosis import lines
from playground.diagnosis.decayed import Decayed
from playground.surfaces import Surface
from playground.surfaces.critical import CriticalPoint
from playground.surfaces.knowledge import Knowledge, Survey, survey
from playground.theory.curvature import symmetric_modes
from playground.types import Array

Window = tuple[float, float, float, float]


REMEMBERED = 256
"""Surfaces and windows whose ground is kept."""
STRETCH = 1e-3
"""Windows: as far both ways x⁴ has risen by more than rounding, and level ground has not."""


class Ground(NamedTuple):
    """Facts of the function that is descended, inside a window: decay included."""

    minima: np.ndarray
    """Positions ``(M, 2)``, lowest first."""
    heights: np.ndarray
    """Losses at the minima ``(M,)``."""
    tips: np.ndarray
    """Which minima are tips of a cone, without a Hessian ``(M,)``."""
    others: np.ndarray
    """Saddles and maxima ``(S, 2)``."""
    shoulders: np.ndarray
    """Points of zero slope on the way down, flat one way and a valley the other ``(K, 2)``."""
    floor: bool
    """Whether some minima are no single points: the floor of a valley."""
    level: np.ndarray
    """Which minima are single points without curvature, where Newton's step is too short."""
    rims: np.ndarray
    """Between which two points every minimum is as low, for those a straight stretch ``(M, 2, 2)``;
    twice the minimum itself for all others."""
    lowest: float
    """The lowest known loss: of the minima and, where it falls towards the rim, of the window."""
    unbounded: bool
    """Whether the loss has no lower bound at all."""
    knowledge: Knowledge
    """What may be claimed of the lowest point."""
    tolerance: float
    """Losses nearer than this are equal."""

    def feet(self, p: Array) -> Array:
        """The points of the minima that are nearest to ``p (2, N)``: ``(2, M, N)``."""
        begin, end = self.rims.transpose(1, 2, 0)[..., None]
        along, ahead = end - begin, p[:, None] - begin
        share = (ahead * along).sum(axis=0) / np.maximum((along * along).sum(axis=0), lines.TINY)
        return np.asarray(begin + np.clip(share, 0.0, 1.0) * along)

    def off_stretches(self, p: Array) -> Array:
        """How far ``p (2, N)`` are from the nearest stretch of level minima; infinite without."""
        level = self.feet(p)[:, self.level]
        return np.asarray(np.hypot(*(p[:, None] - level)).min(axis=0, initial=np.inf))

    def but_rounding(self, height: float) -> float:
        """A height, and 0 of one that is rounding beside the relief."""
        return 0.0 if abs(height) <= lines.ROUNDED * self.relief else height

    @property
    def relief(self) -> float:
        """How far the usual ground of the window is above the lowest."""
        return self.tolerance / lines.EQUAL


@lru_cache(maxsize=REMEMBERED)
def ground_of(surface: Surface, window: Window, decay: float = 0.0) -> Ground:
    """The ground of f + ½w|x|², w the coupled decay."""
    x0, x1, y0, y1 = window
    function: Surface | Decayed = Decayed(surface, decay) if decay else surface
    points, minima, knowledge = _found(surface, decay)
    rest = [q for q in points if not q.is_minimum]
    x, y = np.linspace(x0, x1, lines.RIM), np.linspace(y0, y1, lines.RIM)
    rim = function(np.array(np.meshgrid(x, y)))
    rim = rim[np.isfinite(rim)]
    heights = np.array([q.f for q in minima])
    seen = np.concatenate([heights, rim, [q.f for q in rest]])
    lowest = float(seen.min()) if seen.size else 0.0
    spread = float(np.median(rim) - lowest) if rim.size else 1.0
    above = heights.min() + lines.EQUAL * spread if heights.size else -np.inf
    level = [q for q in rest if _shoulder(function, q)]
    shoulders = [q for q in level if not q.f <= above]  # as low as a minimum it is of its floor
    others = [q for q in rest if q not in level]
    tips = np.array([_tip(function, surface.span, q) for q in minima], dtype=bool)
    flat = np.array([q.kind == "degenerate" for q in minima], dtype=bool) & ~tips
    floor = flat & _has_company(heights, flat, lines.EQUAL * spread)
    bent = np.array([np.isfinite(function.hessian(np.array(q))).all() for q in minima], dtype=bool)
    level_minima = flat & ~floor & bent
    rims = [
        _rims(function, surface.span, q) if stretch else (q, q)
        for q, stretch in zip(minima, level_minima, strict=True)
    ]
    return Ground(
        np.array(minima).reshape(-1, 2),
        heights,
        tips,
        np.array(others).reshape(-1, 2),
        np.array(shoulders).reshape(-1, 2),
        bool(floor.any()),
        level_minima,
        np.array(rims).reshape(-1, 2, 2),
        lowest,
        knowledge.lowest == "unbounded",
        knowledge,
        lines.EQUAL * spread,
    )


def _found(surface: Surface, decay: float) -> Survey:
    if decay:
        return survey(Decayed(surface, decay), surface.span)
    return Survey(surface.critical_points(), surface.minima(), surface.knowledge())


def _has_company(heights: np.ndarray, flat: np.ndarray, tolerance: float) -> np.ndarray:
    """Which minima have others without curvature as low: a sample of one floor."""
    near = np.abs(heights[:, None] - heights) <= tolerance
    company: np.ndarray = (near & flat).sum(axis=1) > 1
    return company


def _tip(function: Surface | Decayed, window: Window, q: CriticalPoint) -> bool:
    """Whether the slope does not fade towards the minimum: a tenth as far, it is still half."""
    x0, x1, y0, y1 = window
    offset = lines.TIP_AWAY * np.array([x1 - x0, y1 - y0])
    away = np.array(q)[:, None] + np.outer(offset, (1.0, lines.TIP_NEARER))
    far, near = function.gradient(away).T
    return bool(np.hypot(*near) > 0.5 * np.hypot(*far))


def _rims(function: Surface | Decayed, window: Window, q: CriticalPoint) -> tuple[Array, Array]:
    """How far the ground is level to the last digits, both ways along the flat direction."""
    x0, x1, y0, y1 = window
    p, along = np.array(q), np.linalg.eigh(function.hessian(np.array(q)))[1][:, 0]
    level = q.f + lines.LOOK_BACK * np.spacing(np.abs(q.f))
    far = np.hypot(x1 - x0, y1 - y0)

    def rim(u: Array) -> Array:
        def rises(t: float) -> float:
            return -1.0 if function(p + t * u) <= level else 1.0

        reach = STRETCH * far
        if rises(reach) > 0:
            return p
        while rises(reach) < 0 and reach < far:
            reach *= 2
        if rises(reach) > 0:
            reach = bisect(rises, 0.0, reach)
        return np.asarray(p + u * reach)

    return rim(-along), rim(along)


def _shoulder(function: Surface | Decayed, q: CriticalPoint) -> bool:
    h = function.hessian(np.array(q))
    top = symmetric_modes(h[0, 0], h[0, 1], h[1, 1]).eigenvalues[1]
    return q.kind == "degenerate" and bool(top > 0)
