"""The window of a typed formula, and where its descents start: given, or proposed.

Nobody has chosen a window for a formula that was just typed.  Proposed is the usual one, ±3, grown
until it holds the lowest minimum that is found, and cut to where the formula is defined.
"""

from __future__ import annotations

import math
import re

import numpy as np

from playground.language import tr
from playground.surfaces.knowledge import Studied, survey
from playground.surfaces.landscape import Window
from playground.types import Array, Mask

USUAL: Window = (-3.0, 3.0, -3.0, 3.0)
START = np.array([0.1, 13 / 15])
"""Where a start lies in its window, as shares of the width and the height."""
LARGEST = 1e12
LATTICE = 61


def to_window(text: str) -> Window | None:
    """The window a text such as ``-5,10,0,15`` stands for, None if it is empty.

    Raises `ValueError` for anything but four numbers that leave room between them.
    """
    if not text.strip():
        return None
    try:
        parts = re.split(r"\s*[,;]\s*|\s+", text.strip(" ,;()[]"))
        x0, x1, y0, y1 = map(float, parts)
        for low, high in ((x0, x1), (y0, y1)):
            size = max(abs(low), abs(high))
            if not (size <= LARGEST and high - low >= 1e-9 * max(size, 1e-9)):
                raise ValueError
    except ValueError:
        said = tr(
            "Formula: window must be four numbers x0, x1, y0, y1, such as -3,3,-3,3, with x0 below"
            " x1 and y0 below y1 and none above {:g} in size, or empty; got {!r}.",
            LARGEST,
            text[:40],
        )
        raise ValueError(said) from None
    return x0, x1, y0, y1


def propose_window(surface: Studied) -> Window:
    """A window that shows what the surface is about, wherever that is."""
    window = _defined_box(surface)
    lowest = survey(surface, window).minima[:1]
    if lowest:
        window = _grown(window, lowest[0])
    return _cut(surface, window)


def propose_start(surface: Studied, window: Window) -> tuple[float, float]:
    """The usual place in the window, or the nearest where value and slope are finite."""
    x0, x1, y0, y1 = window
    corner, size = np.array([x0, y0]), np.array([x1 - x0, y1 - y0])
    usual = _rounded(corner + START * size, size)
    if _defined(surface, usual[:, None]).all():
        return float(usual[0]), float(usual[1])
    grid = _lattice(window)
    defined = _defined(surface, grid)
    safe = defined.copy()  # all four neighbours are defined too
    safe[[0, -1], :] = safe[:, [0, -1]] = False
    for axis, step in ((0, 1), (0, -1), (1, 1), (1, -1)):
        safe &= np.roll(defined, step, axis)
    safe = safe if safe.any() else defined
    away = np.hypot(*((grid - usual[:, None, None]) / size[:, None, None]))
    exact = grid.reshape(2, -1)[:, np.argmin(np.where(safe, away, np.inf))]
    near = _rounded(exact, size)
    x, y = near if _defined(surface, near[:, None]).all() else exact
    return float(x), float(y)


def _defined_box(surface: Studied) -> Window:
    """The usual window, or the first one larger or smaller in which something is defined."""
    for factor in (1.0, 8.0, 0.125, 64.0, 0.015625, 512.0, 4096.0, 32768.0):
        window = (-3 * factor, 3 * factor, -3 * factor, 3 * factor)
        if _defined(surface, _lattice(window)).any():
            return window
    return USUAL


def _grown(window: Window, point: tuple[float, float]) -> Window:
    """The window, with the point well inside."""
    sides = []
    for low, high, c in zip(window[::2], window[1::2], point, strict=True):
        if not low <= c <= high:
            margin = 0.15 * (max(high, c) - min(low, c))
            low, high = (c - margin, high) if c < low else (low, c + margin)
            step = 10.0 ** math.floor(math.log10(high - low) - 1)
            ends = step * math.floor(low / step), step * math.ceil(high / step)
            low, high = (float(f"{end:.12g}") for end in ends)
        sides += [low, high]
    x0, x1, y0, y1 = sides
    return x0, x1, y0, y1


def _cut(surface: Studied, window: Window) -> Window:
    """The window without the margins in which nothing is defined."""
    grid = _lattice(window)
    defined = _defined(surface, grid)
    if not defined.any():
        return window
    x0, x1 = _sides(surface, grid[0, 0], grid[1, :, 0], np.asarray(defined.any(axis=0)), 0)
    y0, y1 = _sides(surface, grid[1, :, 0], grid[0, 0], np.asarray(defined.any(axis=1)), 1)
    return (x0, x1, y0, y1) if x0 < x1 and y0 < y1 else window


def _sides(
    surface: Studied, along: Array, across: Array, some: Mask, axis: int
) -> tuple[float, float]:
    """Where along an axis the first and the last line with `some` defined points lie."""
    width = along[-1] - along[0]
    first, last = np.flatnonzero(some)[[0, -1]]
    sides = []
    for line, outer in ((first, first - 1), (last, last + 1)):
        side = along[line]
        if 0 <= outer < LATTICE:  # the domain ends between two lines
            side = _rounded(_edge(surface, side, along[outer], across, axis), width)
        sides.append(float(side))
    return sides[0], sides[1]


def _edge(surface: Studied, inside: float, outside: float, across: Array, axis: int) -> Array:
    """The coordinate between two at which all of a line becomes undefined."""
    for _ in range(40):
        middle = 0.5 * (inside + outside)
        line = np.stack([np.full(across.shape, middle), across])
        if _defined(surface, line[::-1] if axis else line).any():
            inside = middle
        else:
            outside = middle
    return np.array(inside)


def _lattice(window: Window) -> Array:
    x0, x1, y0, y1 = window
    return np.array(np.meshgrid(np.linspace(x0, x1, LATTICE), np.linspace(y0, y1, LATTICE)))


def _defined(surface: Studied, p: Array) -> Mask:
    """Where value and gradient are finite."""
    with np.errstate(all="ignore"):
        defined = np.isfinite(surface(p)) & np.isfinite(surface.gradient(p)).all(axis=0)
    return np.asarray(defined)


def _rounded(value: Array, width: Array) -> Array:
    """The values to a hundredth of the width, in as few digits."""
    digits = 2 - np.floor(np.log10(width)).astype(int)
    return np.array(np.vectorize(lambda v, n: round(float(v), int(n)) + 0.0)(value, digits))
