"""The ground outside the window: minima far off and at kinks, falls without end, flat floors.

Many descents start on lattices inside the window and in boxes around it that grow up to half a
million windows.  Each takes saddle-free Newton steps (Dauphin et al. 2014,
arXiv:1406.2572) of a trust radius that doubles while the height falls and shrinks when it does
not, so it crosses plains quickly, follows valleys, stops at kinks and never climbs.  What it
cannot find it does not deny: see `playground.surfaces.knowledge` for what may be claimed.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from playground.surfaces.critical import CriticalPoint, classify, cleaned, critical, newton_step
from playground.surfaces.landscape import UNDERFLOW, Landscape, Window, diagonal, inside, thinned
from playground.surfaces.neighbours import none_lower
from playground.types import Array, Mask

FACTORS = np.array([1, 2, 4, 16, 128, 1024, 8192, 65536, 524288])
STEPS = 60
NEAR = 8
"""So many of the lowest descents that ended in the window are looked at in any case."""
FARTHEST = 1e7
"""Of the window; farther out a float is coarser than the circles of `critical.none_lower`."""


class Descents(NamedTuple):
    """Where descents ended: points ``(2, N)``, heights, trust radii, start boxes ``(N,)``."""

    p: Array
    f: Array
    radius: Array
    box: NDArray[np.intp]


def explore(surface: Landscape, window: Window) -> Descents:
    """Descents from the window and from the growing boxes around it."""
    p, box = _starts(window)
    scale = diagonal(window)
    with np.errstate(all="ignore"):
        f = surface(p)
        defined = f < np.inf  # −inf included: there it falls without end
        p, f, box = p[:, defined], f[defined], box[defined]
        radius = 0.1 * scale * FACTORS[box]
        on = np.arange(len(f))
        for _ in range(STEPS):
            p[:, on], f[on], radius[on] = _descend(surface, p[:, on], f[on], radius[on])
            on = on[radius[on] > 1e-12 * np.maximum(scale, np.hypot(*p[:, on]))]
            if not on.size:
                break
    return Descents(p, f, radius, box)


def _starts(window: Window) -> tuple[Array, NDArray[np.intp]]:
    """Starts ``(2, N)``, inside and in the rings of the boxes, and the number of their box."""
    x0, x1, y0, y1 = window
    # Off the axes and the diagonals, where a descent would keep to a ridge by symmetry.
    parts = [_uneven(11)]
    for near in FACTORS[1:] <= 4:
        lattice = _uneven(9 if near else 6)
        parts.append(lattice[:, np.abs(lattice).max(axis=0) > 0.2])
    middle, size = np.array([[x0 + x1], [y0 + y1]]) / 2, np.array([[x1 - x0], [y1 - y0]])
    box = np.repeat(np.arange(len(FACTORS)), [part.shape[1] for part in parts])
    return middle + size * FACTORS[box] * np.hstack(parts), box


def _uneven(n: int) -> Array:
    """A lattice ``(2, n²)`` of the square ±½, a little uneven."""
    side = (np.arange(n) + 0.5 + 0.1 * np.sin(np.arange(n))) / n
    return np.array(np.meshgrid(side, side * 0.98 + 0.013)).reshape(2, -1) - 0.5


def _descend(surface: Landscape, p: Array, f: Array, radius: Array) -> tuple[Array, Array, Array]:
    """One step of every descent: taken where it is lower, else only the radius shrinks."""
    step = _saddle_free(surface, p, radius)
    length = np.hypot(*step)
    tried = p + step
    height = surface(tried)
    lower = height < f
    wide = length > 0.4 * radius
    grown = np.where(lower, np.where(wide, 2 * radius, radius), np.minimum(radius, length) / 4)
    return np.where(lower, tried, p), np.where(lower, height, f), grown


def _saddle_free(surface: Landscape, p: Array, radius: Array) -> Array:
    """−(|H| + μ)⁻¹ g, with μ such that the step keeps within the radius."""
    g = np.nan_to_num(surface.gradient(p), posinf=1e300, neginf=-1e300)
    (a, c), (_, b) = np.nan_to_num(surface.hessian(p), posinf=0.0, neginf=0.0)
    angle = 0.5 * np.arctan2(2 * c, a - b)
    mean, spread = 0.5 * (a + b), np.hypot(0.5 * (a - b), c)
    cos, sin = np.cos(angle), np.sin(angle)
    along = np.array([cos * g[0] + sin * g[1], -sin * g[0] + cos * g[1]])
    curved = np.abs([mean + spread, mean - spread])
    size = np.hypot(*g)
    full = along / curved
    within = np.hypot(*full) <= radius
    damped = np.where(within, full, along / (curved + size / radius))
    damped = np.nan_to_num(damped, nan=0.0, posinf=0.0, neginf=0.0)
    return -np.array([cos * damped[0] - sin * damped[1], sin * damped[0] + cos * damped[1]])


def settled(surface: Landscape, ends: Descents, window: Window) -> list[CriticalPoint]:
    """The minima, smooth ones and kinks, at which descents have come to rest, lowest first."""
    scale = diagonal(window)
    near = np.isfinite(ends.f) & (np.hypot(*ends.p) < FARTHEST * scale)
    order = np.flatnonzero(near)[np.argsort(ends.f[near], kind="stable")]
    here = order[inside(window, ends.p[:, order])][:NEAR]  # lest a floor is known far out alone
    order = np.concatenate([here, order])
    p = thinned(ends.p[:, order], 1e-3 * np.maximum(scale, np.hypot(*ends.p[:, order])))[:, :64]
    with np.errstate(all="ignore"):
        q = p
        for _ in range(30):
            q = q - np.clip(newton_step(surface, q), -0.1 * scale, 0.1 * scale)
        still = np.abs(newton_step(surface, q)).max(axis=0) < 1e-7 * scale
        close = np.hypot(*(q - p)) < 0.1 * np.maximum(scale, np.hypot(*p))
        found = classify(surface, critical(surface, q[:, still & close], scale), scale)
        found = [point for point in found if point.is_minimum]
        found += _kinks(surface, p[:, new(p, found, 1e-2 * scale)], found, scale)
    return sorted(found, key=lambda point: point.f)


def new(p: Array, known: list[CriticalPoint], distance: float) -> Mask:
    """Which of the points ``p (2, N)`` are farther than that from all that are known."""
    away = [np.hypot(p[0] - q[0], p[1] - q[1]) for q in known]
    return np.min(away, axis=0, initial=np.inf) > distance if away else np.full(p.shape[1], True)


def _kinks(
    surface: Landscape, p: Array, smooth: list[CriticalPoint], scale: float
) -> list[CriticalPoint]:
    """Minima without a gradient: the lowest ends, polished by a pattern search, that hold."""
    if not p.size:
        return []
    began = p[:, :24]
    p = _pattern_search(surface, began, 1e-2 * scale)
    p = cleaned(surface, _along_the_axes(surface, p, began, 1e-4 * scale), scale)
    p = thinned(p[:, np.argsort(surface(p), kind="stable")], 1e-4 * scale)
    p = p[:, new(p, smooth, 1e-4 * scale) & (np.hypot(*p) < FARTHEST * scale)]
    p = p[:, none_lower(surface, p, scale) & _sharp(surface, p, scale)]
    rows = zip(p.T, surface(p), strict=True)
    return [CriticalPoint(x, y, f, "degenerate", True) for (x, y), f in rows]


def _sharp(surface: Landscape, p: Array, scale: float) -> Mask:
    """Where the ground rises all around, with a slope that does not fade near by.

    At a smooth minimum it fades, towards a pole it grows tenfold.  At the edge of the domain, as
    of √x at 0, only the ground inside is asked.
    """
    way = _compass(0.3, 32)
    around = p[..., None, None] + (np.array([[1e-4], [1e-5]]) * scale * way[:, None])[:, None]
    defined = np.isfinite(surface(around))
    gradient = np.where(defined, surface.gradient(around), 0.0)
    slopes, outwards = np.hypot(*gradient), (gradient * way[:, None, None]).sum(axis=0)
    near, nearer = slopes.max(axis=-1).T
    rises = (outwards >= -1e-6 * slopes.max(axis=-1, keepdims=True)).all(axis=(1, 2))
    seen = np.isfinite(surface(p)) & defined.any(axis=-1).all(axis=-1)
    return np.asarray(seen & rises & (nearer > 0.3 * near) & (nearer < 8 * near) & (near > 0))


def _pattern_search(surface: Landscape, p: Array, radius: float) -> Array:
    """Points ``(2, N)`` each moved to the lowest of 128 neighbours until none is lower."""
    p = p.copy()
    f, size, drift = surface(p), np.full(p.shape[1], radius), np.zeros_like(p)
    on = np.arange(p.shape[1])
    for k in range(120):
        q = p[:, on]
        around = q[..., None] + size[on, None] * _compass(k, 128)[:, None, :]
        around = np.concatenate([around, (q + 2 * drift[:, on])[..., None]], axis=-1)
        heights = np.where(np.isnan(h := surface(around)), np.inf, h)
        best = np.argmin(heights, axis=-1)
        lane = np.arange(len(on))
        lower = heights[lane, best] < f[on]
        p[:, on] = np.where(lower, around[:, lane, best], q)
        drift[:, on] = p[:, on] - q
        f[on] = np.where(lower, heights[lane, best], f[on])
        size[on] = np.where(lower, size[on], size[on] / 3)
        on = on[(around != q[..., None]).any(axis=(0, 2))]  # the others have no neighbours left
        if not on.size:
            break
    return p


def _along_the_axes(surface: Landscape, p: Array, began: Array, radius: float) -> Array:
    """The same along each axis in turn: the edges of a domain, of √x say, are often parallel.

    A way from where it `began` that has gained nothing, as along a floor, is taken back.
    """
    f = surface(p)
    for axis in np.eye(2, dtype=bool)[:, :, None]:
        back = np.where(axis, began, p)
        p = np.where(surface(back) <= f, back, p)
    for k in range(60):
        before = p
        for way in np.eye(2)[:, :, None]:
            step = 0.5**k * radius * way
            for tried in (p - step, p + step):
                height = surface(tried)
                lower = height < f
                p, f = np.where(lower, tried, p), np.where(lower, height, f)
        if (p == before).all() and (p + 0.5**k * radius == p).all():
            break  # a step is less than rounding
    return p


def _compass(turn: float, points: int) -> Array:
    """Directions ``(2, points)``, turned by a golden angle at every call."""
    angle = 2.399963 * turn + np.linspace(0, 2 * np.pi, points, endpoint=False)
    return np.array([np.cos(angle), np.sin(angle)])


def floor(surface: Landscape, ends: Descents, window: Window, lowest: float) -> list[CriticalPoint]:
    """A sample of a flat area at the bottom: height at most `lowest`, gradient and Hessian 0.

    `lowest` is a bound that the surface attains; elsewhere level ground may be rounding.
    """
    x0, x1, y0, y1 = window
    lattice = np.array(np.meshgrid(np.linspace(x0, x1, 33), np.linspace(y0, y1, 33)))
    p = np.hstack([lattice.reshape(2, -1), ends.p])
    with np.errstate(all="ignore"):
        f, still = surface(p), (surface.gradient(p) == 0).all(axis=0)
        bottom = np.min(f, initial=np.inf, where=np.isfinite(f))
        level = (f == bottom) & still & (surface.hessian(p) == 0).all(axis=(0, 1))
        rest = p[:, np.isfinite(f) & (f > bottom)]
        if bottom > lowest or not level.any() or not rest.size:
            return []
        p = thinned(p[:, level], 5e-2 * diagonal(window))[:, :64]
        beside = surface(p[..., None] + 1e-3 * diagonal(window) * _compass(0, 8)[:, None])
        p = p[:, (beside == bottom).all(axis=1)]
        p = p[:, _has_edge(surface, p, rest, bottom)]
    return [CriticalPoint(x, y, bottom, "degenerate", True) for x, y in p.T]


def _has_edge(surface: Landscape, p: Array, rest: Array, bottom: float) -> Mask:
    """Where the floor ends at an edge; where exp only runs out of numbers there is none."""
    nearest = np.argmin(np.hypot(*(rest[:, None, :] - p[..., None])), axis=-1)
    low, high = p, rest[:, nearest]
    for _ in range(60):
        middle = 0.5 * (low + high)
        level = (surface(middle) == bottom) & (surface.gradient(middle) == 0).all(axis=0)
        low, high = np.where(level, middle, low), np.where(level, high, middle)
    return np.asarray(np.hypot(*surface.gradient(high)) > UNDERFLOW)
