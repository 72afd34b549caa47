"""Where the gradient vanishes: found by Newton's method, classified by the Hessian."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import numpy as np

if TYPE_CHECKING:
    from playground.surfaces.base import Surface

FLAT = 1e-7
"""An eigenvalue below this share of the largest one counts as zero."""


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


def find_critical_points(surface: Surface, lattice: int = 61) -> tuple[CriticalPoint, ...]:
    """All critical points inside the span that Newton's method reaches from a lattice of starts."""
    x0, x1, y0, y1 = surface.span
    grid = np.meshgrid(np.linspace(x0, x1, lattice), np.linspace(y0, y1, lattice))
    p = np.array(grid).reshape(2, -1)
    diagonal = float(np.hypot(x1 - x0, y1 - y0))
    typical = float(np.nanmedian(np.linalg.norm(surface.gradient(p), axis=0))) or 1.0
    for _ in range(100):
        p = p - np.clip(_newton_step(surface, p), -diagonal / 10, diagonal / 10)
    size = np.linalg.norm(surface.gradient(p), axis=0)
    x, y = p
    edge = 1e-9 * diagonal
    inside = (x >= x0 - edge) & (x <= x1 + edge) & (y >= y0 - edge) & (y <= y1 + edge)
    p = p[:, inside & (size < 1e-9 * typical)]
    points = [classify(surface, q, diagonal) for q in _distinct(surface, p, diagonal)]
    return tuple(sorted(points, key=lambda point: point.f))


def classify(surface: Surface, q: np.ndarray, diagonal: float) -> CriticalPoint:
    """What kind of critical point `q (2,)` is."""
    low, high = np.linalg.eigvalsh(surface.hessian(q))
    if min(abs(low), abs(high)) <= FLAT * max(abs(low), abs(high)):
        kind = "degenerate"
    else:
        kind = "minimum" if low > 0 else "maximum" if high < 0 else "saddle"
    f = float(surface(q))
    angle = np.linspace(0, 2 * np.pi, 720, endpoint=False)
    ring = q[:, None] + 1e-3 * diagonal * np.array([np.cos(angle), np.sin(angle)])
    around = surface(ring)
    lowest = bool(np.min(around) >= f - 1e-12 * np.max(np.abs(around - f)))
    return CriticalPoint(*q, f, kind, kind == "minimum" or (kind == "degenerate" and lowest))


def _newton_step(surface: Surface, p: np.ndarray) -> np.ndarray:
    """H⁺ g, by the eigenvectors of each symmetric 2 × 2 Hessian; flat directions stay put."""
    g, hessian = surface.gradient(p), np.moveaxis(surface.hessian(p), -1, 0)
    good = np.isfinite(g).all(axis=0) & np.isfinite(hessian).all(axis=(1, 2))
    values, vectors = np.linalg.eigh(np.where(good[:, None, None], hessian, np.eye(2)))
    along = np.einsum("nij,in->nj", vectors, np.where(good, g, 0.0))
    flat = np.abs(values) <= 1e-14 * np.abs(values).max(axis=1, keepdims=True)
    along = np.where(flat, 0.0, along / np.where(flat, 1.0, values))
    return np.einsum("nij,nj->in", vectors, along)


def _distinct(surface: Surface, p: np.ndarray, diagonal: float) -> list[np.ndarray]:
    """One point per cluster, the one of smallest gradient; a valley floor keeps a sample."""
    order = np.argsort(np.linalg.norm(surface.gradient(p), axis=0), kind="stable")
    kept: list[np.ndarray] = []
    for q in p[:, order].T:
        low, high = sorted(np.abs(np.linalg.eigvalsh(surface.hessian(q))))
        apart = diagonal * (2e-2 if low <= FLAT * high else 1e-5)
        if all(np.hypot(*(q - other)) > apart for other in kept):
            kept.append(q)
    return kept
