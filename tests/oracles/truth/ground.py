"""Where a function rests: minima by SciPy from many starts, near and far, past poles and kinks."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from scipy import optimize

from tests.oracles.truth.function import Descended

SCALES = (1.0, 6.0, 40.0)
"""Boxes that are searched, in windows."""
LATTICE, STARTS = 121, 24
"""Lattice points a side, and starts taken from each box, the lowest."""


class Rest(NamedTuple):
    """A point with no lower neighbour."""

    x: np.ndarray
    f: float


class Known(NamedTuple):
    """What a search found of a function."""

    rests: tuple[Rest, ...]
    """Minima, lowest first; of a flat floor a sample."""
    unbounded: bool
    """Whether it falls without end along some ray."""
    infimum: float
    """The lowest that was seen anywhere: of the minima, and far out along the rays."""

    @property
    def lowest(self) -> float:
        return self.rests[0].f if self.rests else self.infimum

    @property
    def fades(self) -> bool:
        """Whether it falls below every minimum towards infinity, without being unbounded."""
        if not self.rests:
            return not self.unbounded
        return not self.unbounded and self.infimum < self.lowest - 1e-9 * (1 + abs(self.lowest))

    def nearest(self, p: np.ndarray) -> tuple[float, Rest | None]:
        """Distance to the nearest minimum, and which it is."""
        if not self.rests:
            return np.inf, None
        best = min(self.rests, key=lambda r: float(np.hypot(*(r.x - p))))
        return float(np.hypot(*(best.x - p))), best


@lru_cache(maxsize=512)
def search(function: Descended, along: tuple[tuple[float, float], ...] = ()) -> Known:
    """Minima from lattices of growing boxes and from the points `along` a path."""
    starts = [np.array(p) for p in along if np.isfinite(p).all()]
    with np.errstate(all="ignore"):
        for scale in SCALES:
            starts += _pits(function, scale)
        found = [polished(function, p) for p in starts]
        rests = _distinct(function, [r for r in found if r and is_rest(function, r)])
        rests = tuple(r for r in rests if not fading_rim(function, r, rests))
        unbounded, far, size = _rays(function)
    if rests and rests[0].f < -1e9 * size:  # the edge of a pole is no minimum
        unbounded, rests = True, tuple(r for r in rests if r.f >= -1e9 * size)
    low = min([far, *(r.f for r in rests)])
    return Known(rests, unbounded, low)


def _pits(function: Descended, scale: float) -> list[np.ndarray]:
    """Lattice points lower than their neighbours, the lowest ones."""
    x0, x1, y0, y1 = function.surface.span
    (cx, cy), half = function.centre, 0.5 * scale * np.array([x1 - x0, y1 - y0])
    xs = np.linspace(cx - half[0], cx + half[0], LATTICE)
    ys = np.linspace(cy - half[1], cy + half[1], LATTICE)
    grid = np.array(np.meshgrid(xs, ys))
    f = function(grid)
    f = np.where(np.isnan(f), np.inf, f)
    padded = np.pad(f, 1, constant_values=np.inf)
    around = [
        padded[1 + i : 1 + i + LATTICE, 1 + j : 1 + j + LATTICE]
        for i in (-1, 0, 1)
        for j in (-1, 0, 1)
        if i or j
    ]
    pit = np.isfinite(f) & (f <= np.min(around, axis=0))
    places = np.argwhere(pit)
    order = np.argsort(f[pit])[:STARTS]
    return [grid[:, i, j] for i, j in places[order]]


def polished(function: Descended, start: np.ndarray) -> Rest | None:
    """The rest that a line search from `start` finds; None where it runs away."""
    if not np.isfinite(function(start)):
        return None
    scale = function.length

    def value(p: np.ndarray) -> float:
        f = float(function(p))
        return f if np.isfinite(f) else 1e300

    def slope(p: np.ndarray) -> np.ndarray:
        return np.nan_to_num(function.gradient(p), posinf=1e150, neginf=-1e150)

    found = optimize.minimize(
        value, start, jac=slope, method="BFGS", options={"gtol": 1e-10, "maxiter": 150}
    )
    x = found.x if np.isfinite(found.x).all() and found.fun <= value(start) else start
    simplex = x + 1e-3 * scale * np.array([[0, 0], [1, 0], [0, 1]])
    options = {"xatol": 1e-12 * scale, "fatol": 0, "initial_simplex": simplex, "maxfev": 400}
    kink = optimize.minimize(value, x, method="Nelder-Mead", options=options)
    x = kink.x if kink.fun < value(x) else x
    x = newton(function, x)
    if np.hypot(*(x - function.centre)) > SCALES[-1] * scale:
        return None
    return Rest(x, float(function(x)))


def newton(function: Descended, x: np.ndarray) -> np.ndarray:
    """The last digits, where the Hessian is positive and the slope goes down."""
    for _ in range(4):
        g, h = function.gradient(x), function.hessian(x)
        if not (np.isfinite(h).all() and np.linalg.det(h) > 0 and np.trace(h) > 0):
            break
        new = x - np.linalg.solve(h, g)
        if not np.hypot(*function.gradient(new)) < np.hypot(*g):
            break
        x = new
    return x


def is_rest(function: Descended, rest: Rest) -> bool:
    """Whether no point on circles around is lower, nor any further along the valley it lies in."""
    angle = np.linspace(0, 2 * np.pi, 90, endpoint=False)
    circle = np.array([np.cos(angle), np.sin(angle)])
    tolerance = 1e-13 * (1 + abs(rest.f))
    for radius in (1e-6, 1e-5, 1e-4):
        around = function(rest.x[:, None] + radius * function.length * circle)
        around = around[np.isfinite(around)]
        if not len(around) or around.min() < rest.f - tolerance - 1e-9 * np.ptp(around):
            return False
    if level(function, rest):
        return _has_kinks(function)  # else a plateau or a rim on which only round-off is left
    return not _valley_falls(function, rest, tolerance)


def fading_rim(function: Descended, rest: Rest, rests: tuple[Rest, ...]) -> bool:
    """Whether it is a place far out where a slope that never ends has faded into round-off."""

    def degenerate(r: Rest) -> bool:
        values = function.eigenvalues(r.x)
        return not values[0] > 1e-9 * values[1] and not np.isnan(values).any()

    def outside(r: Rest) -> bool:
        return bool(np.hypot(*(r.x - function.centre)) > 1.5 * function.length)

    if _has_kinks(function) or not (degenerate(rest) and outside(rest)):
        return False
    floors = [r for r in rests if degenerate(r) and not outside(r)]
    return not any(abs(r.f - rest.f) < 1e-12 for r in floors)


def level(function: Descended, rest: Rest) -> bool:
    """Whether nothing rises within a thirtieth of the window, measured by what rises beyond."""
    angle = np.linspace(0, 2 * np.pi, 90, endpoint=False)
    circle = function.length * np.array([np.cos(angle), np.sin(angle)])
    near, far = (function(rest.x[:, None] + r * circle) for r in (0.03, 1.0))
    near, far = near[np.isfinite(near)], far[np.isfinite(far)]
    rise = np.ptp(np.append(near, rest.f))
    return bool(rise <= 1e-9 * np.ptp(np.append(far, rest.f)))


def _has_kinks(function: Descended) -> bool:
    """Whether the formula may have floors that are exactly flat."""
    text = str(function.surface.values().get("text", ""))
    return any(name in text for name in ("max", "min", "abs"))


def _valley_falls(function: Descended, rest: Rest, tolerance: float) -> bool:
    """Whether going along the flattest direction, and then down across it, leads lower."""
    h = function.hessian(rest.x)
    if not np.isfinite(h).all():
        return False
    (low, high), vectors = np.linalg.eigh(h)
    if low > 1e-6 * high or not high > 0:
        return False
    for way in (-0.05, -0.01, 0.01, 0.05):
        p = rest.x + way * function.length * vectors[:, 0]
        for _ in range(6):
            bend = vectors[:, 1] @ function.hessian(p) @ vectors[:, 1]
            if not bend > 0:
                break
            p = p - (function.gradient(p) @ vectors[:, 1]) / bend * vectors[:, 1]
        if function(p) < rest.f - tolerance:
            return True
    return False


def _distinct(function: Descended, rests: list[Rest]) -> tuple[Rest, ...]:
    kept: list[Rest] = []
    for rest in sorted(rests, key=lambda r: r.f):
        if all(np.hypot(*(rest.x - other.x)) > 1e-4 * function.length for other in kept):
            kept.append(rest)
    return tuple(kept)


def _rays(function: Descended) -> tuple[bool, float, float]:
    """Whether it falls for ever along some ray, the lowest value far out, and the usual size."""
    angle = np.linspace(0, 2 * np.pi, 720, endpoint=False)
    radius = function.length * np.geomspace(1, 1e4, 33)[:, None]
    circle = np.array([np.cos(angle), np.sin(angle)])[:, None, :]
    f = function(function.centre[:, None, None] + radius * circle)
    far = np.where(np.isnan(f), np.inf, f)
    size = 1 + float(np.nanmedian(np.abs(np.where(np.isfinite(f[0]), f[0], np.nan))))
    near = f[:8][np.isfinite(f[:8])]
    usual = np.quantile(near, 0.01) if near.size else np.inf  # not the depth of some pole
    falling = (far[-1] < far[-9] - size) & (far[-9] < far[-17]) & (far[-1] < usual)
    finite = far[np.isfinite(far)]
    lowest = float(finite.min()) if finite.size else np.inf
    return bool(falling.any() or np.isneginf(far).any()), lowest, size
