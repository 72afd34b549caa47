"""Shapes and texts in a picture of pixels, smooth at their edges."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from playground.figures.strokes import Strokes

SHARP = 4
"""So many times larger a shape is drawn, each way, before it is reduced to pixels."""
FONT = Path(__file__).with_name("fonts") / "DejaVuSans.ttf"
"""Pillow's own font has neither Greek letters nor a minus sign."""
SMALLEST = 8
"""Pixels of letters below which nobody reads them."""


class Pen:
    """Shapes of one colour inside a box of a picture, to which more can be added later."""

    def __init__(self, left: int, top: int, right: int, bottom: int) -> None:
        """The box in whole pixels of the picture; what is outside is cut off."""
        self.corner, size = (left, top), (max(right - left, 1), max(bottom - top, 1))
        self._large = Image.new("L", (SHARP * size[0], SHARP * size[1]))
        self._draw = ImageDraw.Draw(self._large)
        self._mask = Image.new("L", size)

    @classmethod
    def around(cls, x: float, y: float, reach: float) -> Pen:
        """One for a mark at a place, as large as it."""
        left, top = int(np.floor(x - reach)), int(np.floor(y - reach))
        return cls(left, top, int(x + reach) + 2, int(y + reach) + 2)

    def lines(self, strokes: Strokes, width: float, opacity: float = 1.0) -> None:
        """Strokes with round joints."""
        ends, wide, ink = self._inside(strokes.ends), max(round(SHARP * width), 1), _ink(opacity)
        for stroke in ends.tolist():
            self._draw.line(stroke, ink, wide)
        self._discs(ends[strokes.goes_on, :2], SHARP * width / 2, ink)
        self._reduce(ends, width)

    def discs(self, centres: np.ndarray, radius: float, opacity: float = 1.0) -> None:
        """Discs around points ``(n, 2)``."""
        at = self._inside(np.asarray(centres, dtype=float).reshape(-1, 2))
        self._discs(at, SHARP * radius, _ink(opacity))
        self._reduce(at, 2 * radius)

    def ring(self, centre: Sequence[float], radius: float, width: float) -> None:
        """A circle whose line has its middle at the radius."""
        at = self._inside(np.array([centre], dtype=float))
        self._discs(at, SHARP * (radius + width / 2), 255)
        self._discs(at, SHARP * (radius - width / 2), 0)
        self._reduce(at, 2 * radius + width)

    def shape(self, corners: np.ndarray, grown: float = 0.0) -> None:
        """A polygon ``(n, 2)``, wider by so many pixels on all sides."""
        at = self._inside(np.asarray(corners, dtype=float))
        self._draw.polygon(at.ravel().tolist(), 255)
        if grown:
            closed = np.hstack([at, np.roll(at, -1, axis=0)])
            for side in closed.tolist():
                self._draw.line(side, 255, round(2 * SHARP * grown))
            self._discs(at, SHARP * grown, 255)
        self._reduce(at, 2 * grown)

    def onto(self, picture: Image.Image, colour: str, opacity: float = 1.0) -> None:
        """Put the shapes into a picture, in a colour."""
        mask = (
            self._mask
            if opacity == 1
            else self._mask.point([round(v * opacity) for v in range(256)])
        )
        picture.paste(colour, self.corner, mask)

    def _inside(self, points: np.ndarray) -> np.ndarray:
        """Pixels of the picture as those of the large drawing, whose middle is at the half."""
        return SHARP * (points - np.resize(self.corner, points.shape[1])) - 0.5

    def _discs(self, centres: np.ndarray, radius: float, ink: int) -> None:
        boxes = np.hstack([centres - radius, centres + radius]).reshape(-1, 4)
        for box in boxes.tolist():
            self._draw.ellipse(box, ink)

    def _reduce(self, points: np.ndarray, width: float) -> None:
        """Take over what has been drawn around points of the large drawing."""
        if not len(points):
            return
        corners = points.reshape(-1, 2) / SHARP
        low = np.floor(corners.min(axis=0) - width).astype(int) - 1
        high = np.ceil(corners.max(axis=0) + width).astype(int) + 2
        (left, top), size = np.maximum(low, 0), self._mask.size
        right, bottom = np.minimum(high, size)
        if left < right and top < bottom:
            edges = (SHARP * int(edge) for edge in (left, top, right, bottom))
            box: Any = tuple(edges)
            self._mask.paste(self._large.reduce(SHARP, box), (int(left), int(top)))


def _ink(opacity: float) -> int:
    return round(255 * opacity)


@cache
def font(size: float) -> ImageFont.FreeTypeFont:
    """The letters, so many pixels large; with the same places wherever Pillow runs."""
    return ImageFont.truetype(FONT, max(size, SMALLEST), layout_engine=ImageFont.Layout.BASIC)


def text_width(text: str, size: float) -> float:
    """Pixels of a text in one line."""
    return font(size).getlength(text)


def wrapped(text: str, size: float, room: float) -> list[str]:
    """A text in lines that fit, broken at spaces; a word that is too long ends in an ellipsis."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".lstrip()
        if text_width(longer, size) <= room or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return [_shortened(line, size, room) for line in lines]


def _shortened(line: str, size: float, room: float) -> str:
    if text_width(line, size) <= room:
        return line
    kept = next((n for n in range(len(line), 0, -1) if text_width(f"{line[:n]}…", size) <= room), 0)
    return f"{line[:kept]}…"


def inscribe(
    picture: Image.Image,
    place: Sequence[float],
    text: str,
    size: float,
    colour: str,
    anchor: str = "ls",
    halo: str | None = None,
) -> None:
    """A text whose anchor (Pillow's: left, middle, right; baseline, middle) is at a place.

    halo: the colour of an edge around the letters, which sets them off whatever they stand on.
    """
    draw, edge = ImageDraw.Draw(picture), round(size / 7) if halo else 0
    draw.text(
        (place[0], place[1]), text, colour, font(size), anchor, stroke_width=edge, stroke_fill=halo
    )
