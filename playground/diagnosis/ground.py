"""What is known of the landscape before a run: its critical points and its lowest level."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from playground.diagnosis import lines
from playground.surfaces import Surface
from playground.surfaces.critical import CriticalPoint
from playground.theory.curvature import modes

Window = tuple[float, float, float, float]


REMEMBERED = 256
"""Surfaces and windows whose ground is kept."""


class Ground(NamedTuple):
    """Facts of a surface inside a window."""

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
    """Whether some minima are degenerate: the floor of a valley."""
    lowest: float
    """The lowest known loss: of the minima and, where it falls towards the rim, of the window."""
    unbounded: bool
    """Whether the loss has no lower bound at all."""
    tolerance: float
    """Losses nearer than this are equal."""


@lru_cache(maxsize=REMEMBERED)
def ground_of(surface: Surface, window: Window) -> Ground:
    x0, x1, y0, y1 = window
    minima = surface.minima()
    rest = [q for q in surface.critical_points() if not q.is_minimum]
    shoulders = [q for q in rest if _shoulder(surface, q)]
    others = [q for q in rest if q not in shoulders]
    x, y = np.linspace(x0, x1, lines.RIM), np.linspace(y0, y1, lines.RIM)
    rim = surface(np.array(np.meshgrid(x, y)))
    rim = rim[np.isfinite(rim)]
    heights = np.array([q.f for q in minima])
    known = np.concatenate([heights, rim, [q.f for q in rest]])
    lowest = float(known.min()) if known.size else 0.0
    spread = float(np.median(rim) - lowest) if rim.size else 1.0
    return Ground(
        np.array(minima).reshape(-1, 2),
        heights,
        np.array([_tip(surface, q) for q in minima]),
        np.array(others).reshape(-1, 2),
        np.array(shoulders).reshape(-1, 2),
        any(_floor(surface, q) for q in minima),
        lowest,
        surface.unbounded_below,
        lines.EQUAL * spread,
    )


def _tip(surface: Surface, q: CriticalPoint) -> bool:
    """Whether the slope does not fade towards the minimum: a tenth as far, it is still half."""
    x0, x1, y0, y1 = surface.span
    offset = lines.TIP_AWAY * np.array([x1 - x0, y1 - y0])
    far, near = surface.gradient(np.array(q)[:, None] + np.outer(offset, (1.0, lines.TIP_NEARER))).T
    return bool(np.hypot(*near) > 0.5 * np.hypot(*far))


def _floor(surface: Surface, q: CriticalPoint) -> bool:
    return q.kind == "degenerate" and not _tip(surface, q)


def _shoulder(surface: Surface, q: CriticalPoint) -> bool:
    return q.kind == "degenerate" and bool(modes(surface, np.array(q)).eigenvalues[1] > 0)
