"""What a search of a surface needs to know of it, and the plane geometry of its windows."""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np

from playground.types import Array, ArrayLike, Mask

FLAT_EXACT, FLAT_FOUND = 1e-13, 1e-7
"""An eigenvalue below this share of the largest one counts as zero: at a point known in closed
form, and at one found by iteration, which stands where a double root is only known to 8 digits."""

UNDERFLOW = 1e-100
"""Slopes below this, also as a share of the steepest, are what an underflow leaves on a plateau."""

Window = tuple[float, float, float, float]
"""(x0, x1, y0, y1)."""


class Landscape(Protocol):
    """What is asked of a surface here: heights and derivatives at ``p (2, ...)``."""

    def __call__(self, p: ArrayLike) -> Any: ...

    def gradient(self, p: ArrayLike) -> Array: ...

    def hessian(self, p: ArrayLike) -> Array: ...

    def stationary(self) -> Array | None: ...


def eigenvalues(surface: Landscape, p: Array) -> Array:
    """Eigenvalues ``(N, 2)`` of the Hessians at ``p (2, N)``, ascending; 0 for what is infinite."""
    hessian = np.moveaxis(surface.hessian(p), -1, 0)
    values: Array = np.linalg.eigvalsh(np.nan_to_num(hessian, posinf=0.0, neginf=0.0))
    return values


def thinned(p: Array, distance: Array | float) -> Array:
    """The points ``p (2, N)`` without those nearer to an earlier one than its `distance (N,)`."""
    kept, room = [], np.broadcast_to(distance, p.shape[1:])
    while p.shape[1]:
        kept.append(p[:, 0])
        other = np.hypot(*(p - p[:, :1])) > room[0]
        p, room = p[:, other], room[other]
    points: Array = np.array(kept, dtype=float).reshape(-1, 2).T
    return points


def inside(window: Window, p: Array) -> Mask:
    """Which points ``p (2, N)`` lie in the window, its rim included."""
    x0, x1, y0, y1 = window
    x, y = p
    edge = 1e-9 * diagonal(window)
    within: Mask = (x >= x0 - edge) & (x <= x1 + edge) & (y >= y0 - edge) & (y <= y1 + edge)
    return within


def diagonal(window: Window) -> float:
    x0, x1, y0, y1 = window
    return float(np.hypot(x1 - x0, y1 - y0))
