"""What a surface is: a height over the plane, with its exact gradient and Hessian."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any, ClassVar

import numpy as np

from playground.declare import Declared
from playground.giving_way import give_way
from playground.surfaces.critical import CriticalPoint
from playground.surfaces.knowledge import Knowledge, Survey, survey
from playground.types import Array, ArrayLike, Real


class Surface(Declared, family=True):
    """A loss over two parameters.

    A subclass writes three methods on plain coordinates, floats or arrays that broadcast:
    `height(x, y)`, `slope(x, y)` = (f_x, f_y) and `curvature(x, y)` = (f_xx, f_xy, f_yy).
    This class turns them into the protocol on points, coordinate axis first: ``p (2, ...)``.
    """

    span: ClassVar[tuple[float, float, float, float]] = (-3, 3, -3, 3)
    """The window (x0, x1, y0, y1) in which the surface shows what it is for."""
    start: ClassVar[tuple[float, float]] = (-2.0, 1.0)
    formula: ClassVar[str]
    """LaTeX of f(x, y)."""
    source: ClassVar[str] = ""
    """Where it comes from."""
    known_by_class = True  # Bowl.kappa: a page has one surface
    group: ClassVar[str] = "Your own"
    """Heading under which menus list it; `order` keeps a group together."""
    unbounded_below: ClassVar[bool] = False
    """Whether it falls without end somewhere: then a run that diverges may be right to do so."""
    quadratic: ClassVar[bool] = False
    """Whether its Hessian is the same everywhere."""
    holds_lowest: ClassVar[bool] = True
    """Whether `span` is known to hold the lowest minimum; else it is looked for beyond it too."""

    @abstractmethod
    def height(self, x: Real, y: Real) -> Real:
        """f(x, y)."""

    @abstractmethod
    def slope(self, x: Real, y: Real) -> tuple[Real, Real]:
        """(f_x, f_y)."""

    @abstractmethod
    def curvature(self, x: Real, y: Real) -> tuple[Real, Real, Real]:
        """(f_xx, f_xy, f_yy)."""

    def __call__(self, p: ArrayLike) -> Any:
        """Heights ``(...)`` of the points ``p (2, ...)``."""
        give_way()
        x, y = _coordinates(p)
        with np.errstate(all="ignore"):
            return _stack([self.height(x, y)], x, y)[0]

    def gradient(self, p: ArrayLike) -> Array:
        """Gradients ``(2, ...)`` at the points ``p (2, ...)``."""
        give_way()
        x, y = _coordinates(p)
        with np.errstate(all="ignore"):
            return _stack(self.slope(x, y), x, y)

    def hessian(self, p: ArrayLike) -> Array:
        """Hessians ``(2, 2, ...)`` at the points ``p (2, ...)``."""
        give_way()
        x, y = _coordinates(p)
        with np.errstate(all="ignore"):
            xx, xy, yy = self.curvature(x, y)
            flat = _stack([xx, xy, xy, yy], x, y)
        return flat.reshape(2, 2, *flat.shape[1:])

    def stationary(self) -> Array | None:
        """Points ``(2, K)`` of zero gradient where a closed form knows them all, else None.

        Without a closed form they are searched for: see `playground.surfaces.knowledge`.
        """
        return None

    def lower_bound(self) -> float:
        """A height below which it certainly never is; −inf where none is known."""
        return -np.inf

    def is_convex(self) -> bool:
        """Whether it is certainly convex; then every minimum is the lowest."""
        return False

    def critical_points(self) -> tuple[CriticalPoint, ...]:
        """Points of zero gradient inside the span, classified, lowest first.

        Where they form a whole curve (the floor of a valley) or a flat area at the bottom, the
        result is a sample of it; other flat areas have none.  A kink that no neighbour is lower
        than counts as one.  Raises `ValueError` for array-valued parameters.
        """
        return self._survey().points

    def minima(self) -> tuple[CriticalPoint, ...]:
        """The known points with no lower neighbour, lowest first.

        They are the minima of `critical_points()` and those found beyond the span that are lower.
        How sure it is that the first is the lowest of all says `knowledge()`.
        """
        return self._survey().minima

    def knowledge(self) -> Knowledge:
        """What may be claimed of the lowest point: a minimum, none, or a fall without end."""
        return self._survey().knowledge

    def _survey(self) -> Survey:
        if self.shape():
            raise ValueError("critical points are of one surface, not of a batch of parameters.")
        return survey(self, self.span)

    def lowest(self) -> float:
        """The height of the lowest minimum, NaN where there is none."""
        minima = self.minima()
        return minima[0].f if minima else float("nan")

    def excess(self, f: Array) -> Array:
        """f − f* of the heights `f (...)` above the lowest minimum, 0 where only rounding is left.

        NaN where the surface has no minimum.
        """
        lowest = self.lowest()
        with np.errstate(all="ignore"):
            above, size = f - lowest, np.maximum(np.abs(f), abs(lowest))
            return np.where(np.abs(above) <= 4 * np.spacing(size), 0.0, above)

    def distance_to_minimum(self, p: ArrayLike) -> Array:
        """Distances ``(...)`` of the points ``p (2, ...)`` to the nearest minimum, NaN if none.

        Of minima that form a curve or an area only a sample is known: a point without slope at
        the height of the lowest is one of them.
        """
        x, y = _coordinates(p)
        minima = self.minima()
        if not minima:
            return np.full(np.shape(x), np.nan)
        with np.errstate(all="ignore"):
            away = np.min([np.hypot(x - a, y - b) for a, b in minima], axis=0)
            if minima[0].kind != "degenerate":
                return np.asarray(away)
            level = (self(p) == minima[0].f) & (self.gradient(p) == 0).all(axis=0)
            return np.asarray(np.where(level, 0.0, away))


def _coordinates(p: ArrayLike) -> tuple[Array, Array]:
    points = np.asarray(p)
    if points.shape[:1] != (2,):
        raise ValueError(f"a point has shape (2,) and N points (2, N); got shape {points.shape}.")
    x, y = points if points.dtype.kind in "fc" else points.astype(float)
    return x, y


def _stack(values: Sequence[Real], *like: Real) -> Array:
    """Rows of one array, each broadcast to the common shape of `values` and `like`."""
    if type(like[0]) is np.float64 and not any(map(np.ndim, values)):
        one = np.array(values)  # of one point, which a search asks for again and again
        if one.dtype == np.float64:
            return one
    same = np.shape(like[0])
    if all(isinstance(v, np.ndarray) and v.shape == same for v in (*values, *like)):
        return np.array(values)  # nothing to broadcast, at every step of every batch
    shape = np.broadcast_shapes(*map(np.shape, values), *map(np.shape, like))
    out = np.empty((len(values), *shape), dtype=np.result_type(*values, *like))
    for row, value in zip(out, values, strict=True) if shape else ():
        row[...] = value
    if not shape:
        out[:] = values
    return out
