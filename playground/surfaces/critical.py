"""Where the gradient vanishes: found by Newton's method, classified by the Hessian."""

from __future__ import annotations

from typing import Any, Protocol, Self

import numpy as np

from playground.types import Array, ArrayLike, Mask

FLAT_EXACT, FLAT_FOUND = 1e-13, 1e-7
"""An eigenvalue below this share of the largest one counts as zero: at a point known in closed
form, and at one found by iteration, which stands where a double root is only known to 8 digits."""

UNDERFLOW = 1e-100
"""Slopes below this share of the steepest are those of a plateau, where only round-off is left."""


class Landscape(Protocol):
    """What is asked of a surface here: heights and derivatives at ``p (2, ...)`` in a window."""

    @property
    def span(self) -> tuple[float, float, float, float]: ...

    def __call__(self, p: ArrayLike) -> Any: ...

    def gradient(self, p: ArrayLike) -> Array: ...

    def hessian(self, p: ArrayLike) -> Array: ...

    def stationary(self) -> Array | None: ...


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


def find_critical_points(surface: Landscape) -> tuple[CriticalPoint, ...]:
    """All critical points inside the span, from the surface's closed form or by `search`."""
    known = surface.stationary()
    p, flat = (search(surface), FLAT_FOUND) if known is None else (known, FLAT_EXACT)
    points = [classify(surface, q, flat) for q in p[:, _inside(surface, p)].T]
    return tuple(sorted(points, key=lambda point: point.f))


def classify(surface: Landscape, q: Array, flat: float = FLAT_FOUND) -> CriticalPoint:
    """What kind of critical point `q (2,)` is."""
    hessian = surface.hessian(q)
    low, high = np.linalg.eigvalsh(np.nan_to_num(hessian, posinf=0.0, neginf=0.0))
    undefined = not np.isfinite(hessian).all()  # the tip of a cone, say
    if undefined or min(abs(low), abs(high)) <= flat * max(abs(low), abs(high)):
        kind = "degenerate"
    else:
        kind = "minimum" if low > 0 else "maximum" if high < 0 else "saddle"
    f = float(surface(q))
    is_minimum = kind == "minimum"
    if kind == "degenerate":  # no neighbour lower, but for what round-off may feign
        around = surface(_ring(surface, q[:, None], 720)) - f
        is_minimum = bool(np.min(around) >= -1e-12 * np.max(np.abs(around)))
    return CriticalPoint(q[0], q[1], f, kind, is_minimum)


def search(surface: Landscape, lattice: int = 61) -> Array:
    """Points ``(2, K)`` of zero gradient that Newton's method reaches from a lattice of starts.

    Steps are at most a tenth of the window, so that no start is thrown past its neighbours.  A
    point is kept where the steps have come to rest and the gradient is a millionth of what it is
    a thousandth of the window away: plateaus, where the gradient is small everywhere, are not.
    """
    x0, x1, y0, y1 = surface.span
    diagonal = _diagonal(surface)
    grid = np.meshgrid(np.linspace(x0, x1, lattice), np.linspace(y0, y1, lattice))
    p = starts = np.array(grid).reshape(2, -1)
    with np.errstate(all="ignore"):
        for _ in range(60):
            step = np.clip(_newton_step(surface, p), -diagonal / 10, diagonal / 10)
            p = p - step
        at_rest = np.abs(step).max(axis=0) < 1e-7 * diagonal
    p = p[:, at_rest & _inside(surface, p)]
    size = _length(surface.gradient(p))
    around = np.max(_length(surface.gradient(_ring(surface, p[..., None], 16))), axis=-1)
    steepest = np.max(_length(surface.gradient(starts)))
    good = (size < 1e-6 * around) & (around > UNDERFLOW * steepest)
    p, size = p[:, good], size[good]
    return _distinct(surface, p[:, np.argsort(size, kind="stable")])


def _newton_step(surface: Landscape, p: Array) -> Array:
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


def _distinct(surface: Landscape, p: Array) -> Array:
    """One point per cluster, the first; of a curve of points (a valley floor) a sample."""
    curvatures = np.abs(np.linalg.eigvalsh(np.moveaxis(surface.hessian(p), -1, 0)))
    flat = curvatures.min(axis=1) <= FLAT_FOUND * curvatures.max(axis=1)
    apart = _diagonal(surface) * np.where(flat, 2e-2, 1e-5)
    kept = []
    while p.shape[1]:
        kept.append(p[:, 0])
        other = np.hypot(*(p - p[:, :1])) > apart[0]
        p, apart = p[:, other], apart[other]
    return np.array(kept).reshape(-1, 2).T


def _length(gradients: Array) -> Array:
    """|g| of gradients ``(2, ...)``, 0 where it is undefined."""
    with np.errstate(over="ignore", invalid="ignore"):
        length: Array = np.nan_to_num(np.linalg.norm(gradients, axis=0))
    return length


def _inside(surface: Landscape, p: Array) -> Mask:
    x0, x1, y0, y1 = surface.span
    x, y = p
    edge = 1e-9 * _diagonal(surface)
    inside: Mask = (x >= x0 - edge) & (x <= x1 + edge) & (y >= y0 - edge) & (y <= y1 + edge)
    return inside


def _diagonal(surface: Landscape) -> float:
    x0, x1, y0, y1 = surface.span
    return float(np.hypot(x1 - x0, y1 - y0))


def _ring(surface: Landscape, p: Array, points: int) -> Array:
    """``(2, ..., points)`` on a circle of a thousandth of the window around each p (2, ..., 1)."""
    angle = np.linspace(0, 2 * np.pi, points, endpoint=False)
    return p + 1e-3 * _diagonal(surface) * np.array([np.cos(angle), np.sin(angle)]).reshape(
        2, *[1] * (p.ndim - 2), points
    )
