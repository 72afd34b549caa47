"""`basins(...) -> Basins`: from which start a descent ends in which minimum."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from playground.clipping import Clipping, NoClipping
from playground.optimizers import Optimizer
from playground.schedules import Constant, Schedule
from playground.simulation import simulate
from playground.surfaces import Surface

CHUNK = 1000
"""Descents whose paths are held in memory at once."""


@dataclass(frozen=True, eq=False)
class Basins:
    """Where every start of a grid ended; row i, column j is the start ``(x[j], y[i])``."""

    x: np.ndarray  # (nx,)
    y: np.ndarray  # (ny,)
    minima: np.ndarray  # (2, k), lowest first
    heights: np.ndarray  # (k,)
    which: np.ndarray
    """Number of the minimum the descent ended in, ``(ny, nx)``; −1 where it ended in none."""
    steps: np.ndarray
    """Updates after which it stayed within the radius of that minimum, ``(ny, nx)``; else NaN."""
    radius: float
    finite: np.ndarray  # (ny, nx): whether the numbers stayed finite

    def share(self) -> np.ndarray:
        """Share of all starts that ended in each minimum, ``(k,)``."""
        return np.array([np.mean(self.which == k) for k in range(len(self.heights))])


def basins(
    surface: Surface,
    optimizer: Optimizer,
    x: Any = None,
    y: Any = None,
    steps: int = 1000,
    schedule: Schedule = Constant(),
    radius: float | None = None,
    progress: Callable[[float], object] | None = None,
    clip: Clipping = NoClipping(),
) -> Basins:
    """Descend from every start of the grid `x (nx,)` × `y (ny,)`, by default 61 × 61 of the span.

    A descent ends in a minimum if its last point lies within `radius` of it (default: 2 % of the
    span's diagonal).  The steps count until it *stays* there: momentum passes through a minimum
    at full speed.  Compare two optimizers with `rescue`.
    """
    x0, x1, y0, y1 = surface.span
    x = np.linspace(x0, x1, 61) if x is None else np.asarray(x, dtype=float)
    y = np.linspace(y0, y1, 61) if y is None else np.asarray(y, dtype=float)
    radius = 0.02 * float(np.hypot(x1 - x0, y1 - y0)) if radius is None else radius
    found = surface.minima()
    minima = np.array([tuple(point) for point in found]).reshape(-1, 2).T
    starts = np.array(np.meshgrid(x, y)).reshape(2, -1)
    n = starts.shape[1]
    which, settled = np.full(n, -1), np.full(n, np.nan)
    finite = np.zeros(n, dtype=bool)
    for a in range(0, n, CHUNK):
        lanes = slice(a, a + CHUNK)
        path = simulate(surface, optimizer, starts[:, lanes], steps, schedule, clip=clip).x
        which[lanes], settled[lanes] = _settle(path, minima, radius)
        finite[lanes] = np.isfinite(path[-1]).all(axis=0)
        if progress is not None:
            progress(min(1.0, (a + CHUNK) / n))
    shape = len(y), len(x)
    heights = np.array([point.f for point in found])
    return Basins(
        x,
        y,
        minima,
        heights,
        which.reshape(shape),
        settled.reshape(shape),
        radius,
        finite.reshape(shape),
    )


def _settle(path: np.ndarray, minima: np.ndarray, radius: float) -> tuple[np.ndarray, np.ndarray]:
    """Minimum each path ``(T+1, 2, n)`` ended in and the step from which it stayed there."""
    n = path.shape[2]
    which, settled = np.full(n, -1), np.full(n, np.nan)
    if not minima.size:
        return which, settled
    with np.errstate(all="ignore"):
        away = np.hypot(*(path[-1, :, None] - minima[:, :, None]))  # (k, n)
    away = np.where(np.isnan(away), np.inf, away)
    lanes = np.flatnonzero(away.min(axis=0) <= radius)
    which[lanes] = away.argmin(axis=0)[lanes]
    x, y = path[:, 0, lanes], path[:, 1, lanes]
    qx, qy = minima[:, which[lanes]]
    inside = np.hypot(x - qx, y - qy) <= radius
    last_outside = len(path) - 1 - np.argmax(~inside[::-1], axis=0)
    settled[lanes] = np.where(inside.all(axis=0), 0, last_outside + 1)
    return which, settled


@dataclass(frozen=True)
class Exchange:
    """What a second optimizer changes for the starts a first one served well or badly."""

    rescued: float
    """Share of the starts not brought to the lowest minimum by the first that the second brings;
    NaN where the first brings all of them."""
    lost: float
    """Share of the starts the first brought to the lowest minimum that the second does not; NaN
    where it brought none."""
    before: float
    """Share of all starts that the first brings to the lowest minimum."""
    after: float


def rescue(first: Basins, second: Basins) -> Exchange:
    """Compare two basin maps over the same starts: inertia helps some starts and harms others."""
    good, now = first.which == 0, second.which == 0
    return Exchange(
        rescued=_share(now[~good]),
        lost=_share(~now[good]),
        before=float(np.mean(good)),
        after=float(np.mean(now)),
    )


def _share(which: np.ndarray) -> float:
    return float(np.mean(which)) if which.size else np.nan
