"""Where the gradient vanishes: found by Newton's method, classified by the Hessian."""

from __future__ import annotations

from typing import Self

import numpy as np

from playground.surfaces.landscape import (
    FLAT_EXACT,
    FLAT_FOUND,
    UNDERFLOW,
    Landscape,
    Window,
    diagonal,
    eigenvalues,
    inside,
    thinned,
)
from playground.surfaces.neighbours import falling, none_lower
from playground.types import Array


class CriticalPoint(tuple[float, float]):
    """A point (x, y) of zero gradient; unpacks like any point and knows what it is.

    `kind` is ``minimum``, ``maximum``, ``saddle`` or ``degenerate`` (a zero eigenvalue: the
    Hessian does not decide), `f` the height, `is_minimum` whether no neighbour is lower, which
    a degenerate point (the floor of a valley, say) may be as well.
    """

    f: float
    kind: str
    is_minimum: bool

    def __new__(cls, x: float, y: float, f: float, kind: str, is_minimum: bool) -> Self:
        self = super().__new__(cls, (float(x), float(y)))
        self.f, self.kind, self.is_minimum = float(f), kind, is_minimum
        return self

    def __repr__(self) -> str:
        return f"{self.kind} at ({self[0]:.6g}, {self[1]:.6g}), f = {self.f:.6g}"


def find_critical_points(surface: Landscape, window: Window) -> tuple[CriticalPoint, ...]:
    """All critical points: of a closed form everywhere, of `search` inside the window."""
    known = surface.stationary()
    p, flat = (search(surface, window), FLAT_FOUND) if known is None else (known, FLAT_EXACT)
    points = classify(surface, p[:, np.isfinite(surface(p))], diagonal(window), flat)
    return tuple(sorted(points, key=lambda point: point.f))


def classify(
    surface: Landscape, p: Array, scale: float, flat: float = FLAT_FOUND
) -> list[CriticalPoint]:
    """What kinds of critical points ``p (2, N)`` are, where features have the size `scale`."""
    undefined = ~np.isfinite(surface.hessian(p)).all(axis=(0, 1))  # the tip of a cone, say
    low, high = eigenvalues(surface, p).T
    small = np.minimum(np.abs(low), np.abs(high)) <= flat * np.maximum(np.abs(low), np.abs(high))
    kinds = np.where(low > 0, "minimum", np.where(high < 0, "maximum", "saddle"))
    kinds = np.where(undefined | small, "degenerate", kinds)
    lowest = kinds == "minimum"
    degenerate = kinds == "degenerate"
    lowest[degenerate] = none_lower(surface, p[:, degenerate], scale)
    rows = zip(p.T, surface(p), kinds, lowest, strict=True)
    return [CriticalPoint(x, y, f, str(kind), bool(holds)) for (x, y), f, kind, holds in rows]


def search(surface: Landscape, window: Window, lattice: int = 61) -> Array:
    """Points ``(2, K)`` of zero gradient that Newton's method reaches from a lattice of starts.

    Steps are at most a tenth of the window, so that no start is thrown past its neighbours.
    """
    x0, x1, y0, y1 = window
    longest = diagonal(window) / 10
    grid = np.meshgrid(np.linspace(x0, x1, lattice), np.linspace(y0, y1, lattice))
    starts = np.array(grid).reshape(2, -1)
    p, on = starts.copy(), np.arange(starts.shape[1])
    at_rest = np.zeros(len(on), dtype=bool)
    with np.errstate(all="ignore"):
        for _ in range(60):
            step = np.clip(newton_step(surface, p[:, on]), -longest, longest)
            p[:, on] -= step
            size = np.abs(step).max(axis=0)
            at_rest[on] = size < 1e-6 * longest
            on = on[size > 1e-15 * longest]
            if not on.size:
                break
    steepest = np.max(_length(surface.gradient(starts)))
    return critical(surface, p[:, at_rest & inside(window, p)], diagonal(window), steepest)


def critical(surface: Landscape, p: Array, scale: float, steepest: float = 1.0) -> Array:
    """Of the points ``p (2, N)`` at rest those that are critical, one of each cluster.

    The gradient there is a millionth of what it is a thousandth of the `scale` away: plateaus,
    where the gradient is small everywhere, are not.
    """
    p = p[:, np.isfinite(surface(p)) & np.isfinite(surface.gradient(p)).all(axis=0)]
    size = _length(surface.gradient(p))
    around = np.max(_length(surface.gradient(_ring(p[..., None], scale, 16))), axis=-1)
    good = (size < 1e-6 * around) & (around > UNDERFLOW * min(steepest, 1.0))
    good &= around * 1e-3 * scale > 1e-16 * np.abs(surface(p))  # the rise is no rounding
    p, size = p[:, good], size[good]
    p = _distinct(surface, p[:, np.argsort(size, kind="stable")], scale)
    with np.errstate(all="ignore"):
        p = cleaned(surface, polished(surface, p, np.inf, 1e-15 * scale), scale)
    return p[:, ~falling(surface, p, scale)]


def cleaned(surface: Landscape, p: Array, scale: float) -> Array:
    """Points ``(2, N)`` with 0 for what is below the last digit of the scale, if no higher there.

    It is where a search gave up, and no place.
    """
    clean = np.where(np.abs(p) < np.spacing(scale), 0.0, p)
    return np.where(surface(clean) <= surface(p), clean, p)


def polished(surface: Landscape, p: Array, before: Array | float, least: float) -> Array:
    """Newton's steps from ``p (2, N)``, as long as each is shorter than the one before.

    Without curvature each leaves two thirds of the way.  before: the length of the step that led to
    `p`; least: what is no longer a step.
    """
    while True:
        step = newton_step(surface, p)
        length = np.hypot(*step)
        going = (length < before) & (length > least)
        if not going.any():
            return p
        p, before = p - np.where(going, step, 0.0), np.where(going, length, 0.0)


def newton_step(surface: Landscape, p: Array) -> Array:
    """H⁺ g of each symmetric 2 × 2 Hessian; flat directions stay put, and so does what is NaN."""
    g_x, g_y = surface.gradient(p)
    (a, c), (_, b) = surface.hessian(p)
    det, square = a * b - c * c, a * a + b * b + 2.0 * (c * c)
    full = np.abs(det) > 1e-14 * square
    # The inverse is adj(H)/det; of a Hessian of rank one, the pseudo-inverse is H/|H|².
    by_rank = np.where(full, det, square)
    step = (
        np.where(
            full, [b * g_x - c * g_y, a * g_y - c * g_x], [a * g_x + c * g_y, c * g_x + b * g_y]
        )
        / by_rank
    )
    return np.where(np.isfinite(step), step, 0.0)


def _distinct(surface: Landscape, p: Array, scale: float) -> Array:
    """One point per cluster, the first; of a curve of points (a valley floor) a sample."""
    curvatures = np.abs(eigenvalues(surface, p))
    flat = curvatures.min(axis=1) <= FLAT_FOUND * curvatures.max(axis=1)
    return thinned(p, scale * np.where(flat, 2e-2, 1e-5))


def _length(gradients: Array) -> Array:
    """|g| of gradients ``(2, ...)``, 0 where it is undefined or infinite."""
    with np.errstate(over="ignore", invalid="ignore"):
        length = np.linalg.norm(gradients, axis=0)
    return np.where(np.isfinite(length), length, 0.0)


def _ring(p: Array, scale: float, points: int) -> Array:
    """``(2, ..., points)`` on a circle of a thousandth of the scale around each p (2, ..., 1)."""
    angle = np.linspace(0, 2 * np.pi, points, endpoint=False)
    return p + 1e-3 * scale * np.array([np.cos(angle), np.sin(angle)]).reshape(
        2, *[1] * (p.ndim - 2), points
    )
