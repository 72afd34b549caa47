"""The quiet map: a surface as a pale picture of one hue with thin level lines."""

from __future__ import annotations

import base64
import struct
import zlib
from collections.abc import Sequence
from typing import Any, NamedTuple

import contourpy
import numpy as np

from playground.figures.theme import GROUND, channels
from playground.language import tr
from playground.shelf import remembered
from playground.surfaces import Surface
from playground.surfaces.critical import CriticalPoint

Window = tuple[float, float, float, float]
SHADES = 96
LEVELS = 14
WITHIN = 3e-4
"""Share of the window by which a level line may be off: a third of a pixel on a large map."""
PASSES = 3
MARKED = 250
"""Critical points that are marked on a map at most, the lowest first."""


class Map(NamedTuple):
    """A drawn surface: a PNG with a transparent valley floor, so it lies on any background."""

    window: Window
    picture: bytes
    levels: tuple[np.ndarray, ...]
    """Level lines, each ``(M, 2)``."""
    scale: str
    """In which its shades grow with the height, in words."""

    @property
    def address(self) -> str:
        """The picture as an address that holds it."""
        return f"data:image/png;base64,{base64.b64encode(self.picture).decode()}"

    def layer(self) -> dict[str, Any]:
        """The picture as Plotly lays it below the traces of a chart."""
        x0, x1, y0, y1 = self.window
        return {
            "source": self.address,
            "xref": "x",
            "yref": "y",
            "x": x0,
            "y": y1,
            "sizex": x1 - x0,
            "sizey": y1 - y0,
            "sizing": "stretch",
            "layer": "below",
        }


@remembered
def draw_surface(surface: Surface, window: Window | None = None, size: int = 200) -> Map:
    """The map of a surface over a window (its span by default), `size` samples a side."""
    window = window or surface.span
    x, y = np.linspace(*window[:2], size), np.linspace(*window[2:], size)
    with np.errstate(all="ignore"):
        heights = np.broadcast_to(surface.height(x[None], y[:, None]), (size, size))
    return draw_heights(heights, window)


def marked_points(surface: Surface) -> list[CriticalPoint]:
    """The critical points that a map shows.

    The floor of a valley is a curve of degenerate ones, which the level lines show better.
    """
    points = surface.critical_points()
    isolated = [point for point in points if point.kind != "degenerate"]
    return list(points if len(points) - len(isolated) <= 4 else isolated)[:MARKED]


def draw_heights(heights: np.ndarray, window: Window) -> Map:
    """The map of heights ``(ny, nx)`` on a regular grid, lowest y first; NaN stays empty."""
    shade, scale = toned(heights)
    ny, nx = heights.shape
    x, y = np.linspace(*window[:2], nx), np.linspace(*window[2:], ny)
    levels = (np.arange(LEVELS) + 0.5) / LEVELS
    lines = sparse_lines(level_lines(x, y, shade, levels), window)
    return Map(window, png(shade[::-1]), tuple(line.astype(np.float32) for line in lines), scale)


def level_lines(
    x: np.ndarray, y: np.ndarray, heights: np.ndarray, levels: Sequence[float] | np.ndarray
) -> list[np.ndarray]:
    """The lines, each ``(M, 2)``, on which `heights (ny, nx)` has one of the levels."""
    lines = contourpy.contour_generator(x, y, np.ma.masked_invalid(heights))
    return [np.asarray(line) for level in levels for line in lines.lines(level)]


def sparse_lines(lines: Sequence[np.ndarray], window: Window) -> list[np.ndarray]:
    """Lines ``(M, 2)`` with fewer points, nowhere farther than `WITHIN` of the window from them.

    In every pass each second point may go, if it lies as near to the chord of its neighbours as
    the pass's part of `WITHIN` allows; a later pass moves a chord no farther than its own ends.
    """
    if not lines:
        return []
    size = np.array([window[1] - window[0], window[3] - window[2]])
    points = np.concatenate(lines)
    line = np.repeat(np.arange(len(lines)), [len(one) for one in lines])
    for _ in range(PASSES):
        first = np.searchsorted(line, np.arange(len(lines)))
        place = np.arange(len(line)) - first[line]
        inner = np.flatnonzero((place[1:-1] % 2 == 1) & (line[2:] == line[1:-1])) + 1
        before, here, after = (points[inner + k] / size for k in (-1, 0, 1))
        chord, away = after - before, here - before
        square = np.einsum("ij,ij->i", chord, chord)
        along = np.einsum("ij,ij->i", away, chord) / np.where(square > 0, square, 1.0)
        foot = np.clip(along, 0.0, 1.0)[:, None] * chord
        near = np.hypot(*(away - foot).T) <= WITHIN / PASSES
        kept = np.ones(len(line), dtype=bool)
        kept[inner[near]] = False
        points, line = points[kept], line[kept]
    return np.split(points, np.searchsorted(line, np.arange(1, len(lines))))


def with_gaps(lines: Sequence[np.ndarray]) -> np.ndarray:
    """Lines ``(M, 2)`` as one ``(N, 2)`` with gaps between them: one trace is drawn much faster."""
    gap = np.full((1, 2), np.nan, np.float32)
    return np.concatenate([part for line in lines for part in (line, gap)] or [gap])


def tone(heights: np.ndarray) -> np.ndarray:
    """Heights mapped to 0…1 so that half of the picture lies below 0.5."""
    return toned(heights)[0]


def toned(heights: np.ndarray) -> tuple[np.ndarray, str]:
    """The tones of heights, and in which scale they are.

    The map is t = log(1 + h/s) / log(1 + M/s) of the height h above the lowest point, M the
    highest; s makes the median come out at one half, as far as doubles reach.  Where the median is
    more than half of the maximum the map stays linear.
    """
    finite = np.isfinite(heights)
    if not finite.any():
        return np.full(heights.shape, np.nan), tr("linear scale")
    _, size = np.frexp(np.abs(heights[finite]).max())
    h = np.ldexp(np.where(finite, heights, np.nan), -size)  # at most 1: differences are finite
    h -= np.nanmin(h)
    top, middle = float(np.nanmax(h)), float(np.nanmedian(h))
    if top == 0:
        return h, tr("linear scale")
    if not 0 < middle < top / 2.02:
        return h / top, tr("linear scale")
    scale = max(middle * middle / (top - 2 * middle), 1e-300 * top)
    return np.log1p(h / scale) / np.log1p(top / scale), tr("log scale")


def png(shade: np.ndarray) -> bytes:
    """An indexed PNG of shades 0…1, first row on top, whose opacity grows with the shade."""
    ny, nx = shade.shape
    index = np.where(np.isnan(shade), SHADES, np.rint(np.nan_to_num(shade) * (SHADES - 1)))
    rows = np.zeros((ny, nx + 1), np.uint8)  # each row starts with filter type 0
    rows[:, 1:] = index
    alpha = bytes(int(120 * (i / (SHADES - 1)) ** 1.1) for i in range(SHADES)) + b"\0"
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(kind, data)
        for kind, data in (
            (b"IHDR", struct.pack(">IIBBBBB", nx, ny, 8, 3, 0, 0, 0)),
            (b"PLTE", bytes(channels(GROUND)) * (SHADES + 1)),
            (b"tRNS", alpha),
            (b"IDAT", zlib.compress(rows.tobytes(), 9)),
            (b"IEND", b""),
        )
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
