"""Whether a surface falls without end, as far as it can be followed."""

from __future__ import annotations

import numpy as np

from playground.surfaces.beyond import FACTORS, Descents
from playground.surfaces.landscape import Landscape, Window, diagonal
from playground.types import Array

DECADES = 30
"""Rays are followed over so many powers of ten of the window, to poles over half as many."""


def falls_without_end(surface: Landscape, window: Window, ends: Descents) -> bool:
    """Along a ray, along a descent, from box to box, or into a pole: lower and lower."""
    x0, x1, y0, y1 = window
    middle, scale = np.array([(x0 + x1) / 2, (y0 + y1) / 2]), diagonal(window)
    with np.errstate(all="ignore"):
        grid = np.array(np.meshgrid(np.linspace(x0, x1, 41), np.linspace(y0, y1, 41)))
        near = surface(grid)
        near = near[np.isfinite(near)]
        if not near.size:
            return False
        depth = float(near.min() - np.ptp(near))
        if (ends.f == -np.inf).any() or (near == -np.inf).any():
            return True
        return (
            bool(never_flattens(*_along_rays(surface, middle, scale), depth).any())
            or _from_box_to_box(surface, middle, scale, ends, depth)
            or _into_a_pole(surface, ends, scale, depth)
        )


def _along_rays(surface: Landscape, middle: Array, scale: float) -> tuple[Array, Array]:
    """Heights ``(rays, K)`` and slopes outwards, on 360 generic rays and the 8 of the compass.

    A generic ray keeps off the directions in which large terms cancel to rounding.
    """
    angle = np.concatenate([np.arange(360) * 2.399963, np.arange(8) * np.pi / 4])
    way = np.array([np.cos(angle), np.sin(angle)])
    way[np.abs(way) < 1e-15] = 0.0
    radius = scale * 10.0 ** np.arange(0, DECADES, 0.5)
    p = middle[:, None, None] + way[:, :, None] * radius
    return surface(p), (surface.gradient(p) * way[:, :, None]).sum(axis=0)


def never_flattens(heights: Array, slopes: Array, depth: float) -> Array:
    """Which of the sequences ``(N, K)``, at distances that grow by a factor, fall for ever.

    The later half only falls, below the `depth` of all that is near, and the last quarter falls
    at least half as much as the one before: towards a limit it would fall ever less.
    """
    known = np.isfinite(heights) | (heights == -np.inf)
    count = np.where(known.all(axis=1), heights.shape[1], np.argmin(known, axis=1))
    count = np.minimum(count, np.where((low := heights == -np.inf).any(1), low.argmax(1), count))
    falls = np.zeros(len(heights), dtype=bool)
    for n in sorted(set(count[count >= 8].tolist())):
        rows = np.flatnonzero(count == n)
        h, s = heights[rows, :n], slopes[rows, :n]
        half, quarter = n // 2, n // 4
        drops = -np.diff(h[:, half - 1 :], axis=1)
        last = h[:, n - 1 - quarter] - h[:, n - 1]
        before = h[:, n - 1 - 2 * quarter] - h[:, n - 1 - quarter]
        falls[rows] = (
            (drops > 0).all(axis=1)
            & (s[:, half:] < 0).all(axis=1)
            & (h[:, n - 1] < depth)
            & (last >= 0.5 * before)
        )
    return falls


def _from_box_to_box(
    surface: Landscape, middle: Array, scale: float, ends: Descents, depth: float
) -> bool:
    """Whether ever larger boxes hold ever lower ground: x·sin(x), or a valley that leads off."""
    lowest = np.array([np.min(ends.f[ends.box == k], initial=np.inf) for k in range(len(FACTORS))])
    drops = -np.diff(lowest[-4:])
    if not (np.isfinite(drops).all() and (drops > 0).all() and lowest[-1] < depth):
        return False
    if drops[-1] < 1e-6 * (depth - lowest[-1]):  # all came to one kink, but for rounding
        return False
    # A fall without slopes is rounding: y − (1 + y) far out.
    angle = np.arange(64) * 2.399963
    rim = middle[:, None] + 0.3 * scale * FACTORS[-1] * np.array([np.cos(angle), np.sin(angle)])
    reach = scale * FACTORS[-1] * np.nanmax(np.hypot(*surface.gradient(rim)))
    return bool(drops[-1] >= 0.5 * drops[-2] and reach >= drops[-1])


def _into_a_pole(surface: Landscape, ends: Descents, scale: float, depth: float) -> bool:
    """Whether a descent that stopped has stopped only because the numbers run out."""
    order = np.argsort(ends.f, kind="stable")[: min(8, np.count_nonzero(ends.f < depth))]
    angle = np.linspace(0, 2 * np.pi, 16, endpoint=False)
    way = np.array([np.cos(angle), np.sin(angle)])
    way[np.abs(way) < 1e-15] = 0.0
    for q in ends.p[:, order].T:
        distance = scale * 10.0 ** -np.arange(0, DECADES / 2, 0.5)
        p = q[:, None, None] + way[:, :, None] * distance
        heights = surface(p)
        inwards = -(surface.gradient(p) * way[:, :, None]).sum(axis=0)
        # Where rounding ends the approach, the numbers stop falling: judged are those before.
        if never_flattens(heights[:, :22], inwards[:, :22], depth).any():
            return True
    return False
