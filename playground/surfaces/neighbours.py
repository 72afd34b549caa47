"""Whether a point without slope has lower ground beside it, or at the end of its valley."""

from __future__ import annotations

from typing import Any

import numpy as np

from playground.surfaces.landscape import FLAT_FOUND, UNDERFLOW, Landscape
from playground.types import Array, Mask

ULPS = 4
"""Heights that differ by no more units in the last place are the same, along a round valley say."""


def none_lower(surface: Landscape, p: Array, scale: float) -> Mask:
    """Which of ``p (2, N)`` have no lower neighbour, but for what round-off may feign.

    On two small circles the height is not only sampled: between two samples where it turns from
    falling to rising the lowest point is closed in on, so that no thin valley is stepped over,
    nor the ground at the edge of the domain, where √x falls ever more steeply.
    """
    if not p.shape[1]:
        return np.zeros(0, dtype=bool)
    angle = np.linspace(0, 2 * np.pi, 720, endpoint=False)
    point, radius = np.arange(p.shape[1])[:, None, None], np.array([[1e-3], [1e-4]]) * scale
    point, radius, low = np.broadcast_arrays(point, radius, angle)
    high = low + 2 * np.pi / 720

    def turning(angle: Any) -> Any:
        """The slope along the circle."""
        g_x, g_y = surface.gradient(on_circle(angle))
        return -np.sin(angle) * g_x + np.cos(angle) * g_y

    def on_circle(angle: Any) -> Any:
        return p[:, point] + radius * np.array([np.cos(angle), np.sin(angle)])

    with np.errstate(all="ignore"):
        sampled = surface(on_circle(low)).reshape(-1, 1440) - surface(p)[:, None]
        slope = turning(low)
        # Inwards it is taken to fall towards the edge of the domain, and to rise behind it.
        slope = np.where(np.isnan(slope), np.inf, slope)
        after = np.roll(slope, -1, axis=-1)
        valley = (slope < 0) & (after > 0)
        begins = np.isinf(slope) & np.isfinite(after)
        low, high = np.where(begins, high, low), np.where(begins, low, high)
        valley |= begins | (np.isfinite(slope) & np.isinf(after))
        point, radius = point[valley], radius[valley]
        low, high = low[valley], high[valley]
        edge = np.isnan(turning(high))
        for _ in range(50):
            middle = 0.5 * (low + high)
            falls = turning(middle)
            falls = np.where(edge, ~np.isnan(falls), falls < 0)
            low, high = np.where(falls, middle, low), np.where(falls, high, middle)
        closed_in = surface(on_circle(low)) - surface(p)[point]
    lowest = np.where(np.isfinite(sampled), sampled, np.inf).min(axis=1, initial=np.inf)
    np.minimum.at(lowest, point, np.where(np.isfinite(closed_in), closed_in, np.inf))
    highest = np.where(np.isfinite(sampled), np.abs(sampled), 0.0).max(axis=1, initial=0.0)
    with np.errstate(over="ignore"):  # beyond the largest number there is no next one
        rounding = 1e-12 * highest + ULPS * np.spacing(np.abs(surface(p)))
    return np.asarray(np.isfinite(lowest) & (lowest >= -rounding))


def falling(surface: Landscape, p: Array, scale: float) -> Mask:
    """Which of ``p (2, N)`` lie in a valley whose floor falls too little to be seen at one point.

    The floor of exp(−x) + y² is level to rounding for x > 32 and to the last bit for x > 745.  But
    the slope along it points the same way far and wide, or becomes zero by running out of numbers.
    The slope is looked at around the point and around the foot of the origin on the floor's line.
    """
    values, vectors = np.linalg.eigh(
        np.nan_to_num(np.moveaxis(surface.hessian(p), -1, 0), posinf=0.0, neginf=0.0)
    )
    size = np.abs(values)
    level = size.min(axis=1, initial=np.inf) <= FLAT_FOUND * size.max(axis=1, initial=0.0)
    farthest = np.abs(p).max(initial=0)
    flat = np.argmin(size, axis=1)
    along = vectors[np.arange(len(flat)), :, flat].T
    level[level] = _falls_along(surface, p[:, level], along[:, level], scale, farthest)
    return np.asarray(level)


def _falls_along(surface: Landscape, p: Array, along: Array, scale: float, farthest: float) -> Mask:
    """Which of ``p (2, N)`` lie on a floor that falls for ever in the direction ``along (2, N)``.

    farthest: how far from the origin the points are among which these were found.
    """
    if not p.shape[1]:
        return np.zeros(0, dtype=bool)
    powers = np.arange(-4, 2 + np.ceil(np.log2(1 + farthest / scale)))
    away = np.concatenate([-(scale * 2.0**powers)[::-1], [0.0], scale * 2.0**powers])
    foot = -(along * p).sum(axis=0)[:, None]
    away = np.sort(np.hstack([np.broadcast_to(away, (p.shape[1], len(away))), foot + away]))

    def slope(distance: Any) -> Any:
        """Along the flat direction, at distances ``(N, K)``."""
        gradient = surface.gradient(p[..., None] + along[..., None] * distance)
        return (gradient * along[..., None]).sum(axis=0)

    with np.errstate(all="ignore"):
        slopes = slope(away)
        one_way = ~((slopes < 0).any(axis=1) & (slopes > 0).any(axis=1))
        changes = (slopes[:, 1:] == 0) != (slopes[:, :-1] == 0)
        changes &= ~np.isnan(slopes[:, 1:] + slopes[:, :-1])
        middle = away[:, 1:] + away[:, :-1]
        runs_out = np.zeros(p.shape[1], dtype=bool)
        for side in (middle <= 0, middle >= 0):  # beyond one of them may be a pole
            seen = changes & side
            if not seen.any():
                continue
            lane, nearest = (
                np.arange(p.shape[1]),
                np.argmin(np.where(seen, np.abs(middle), np.inf), axis=1),
            )
            one, other = away[lane, nearest][:, None], away[lane, nearest + 1][:, None]
            swap = slope(one) != 0
            edge = _edge(slope, np.where(swap, other, one), np.where(swap, one, other))
            faint = (np.abs(slope(edge)) < UNDERFLOW) | (np.abs(edge) > 10 * scale)
            runs_out |= seen.any(axis=1) & faint[:, 0]
    return np.asarray(one_way & ((slopes != 0).all(axis=1) | runs_out))


def _edge(slope: Any, zero: Array, there: Array) -> Array:
    """The distances, between some without slope and some with, where the slope sets in."""
    for _ in range(60):
        middle = 0.5 * (zero + there)
        none = slope(middle) == 0
        zero, there = np.where(none, middle, zero), np.where(none, there, middle)
    return there
