"""What stands still in a picture of a race: the map with its axes, and the names in the legend."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import numpy as np
from PIL import Image

from playground.figures.ground import Map, marked_points
from playground.figures.ink import Pen, inscribe, text_width
from playground.figures.plate import NAME, SAMPLE, SMALL, TICK, TITLE, Plate
from playground.figures.strokes import trail_of
from playground.figures.theme import Scheme, Stroke, blend
from playground.figures.ticks import ticks
from playground.language import tr
from playground.surfaces import Surface
from playground.words import alike

LEVEL_OPACITY, MARK_OPACITY, QUIET = 0.22, 0.75, 0.72
"""Of the ink: level lines, critical points, and texts of second rank; as in the player."""
LEVEL_WIDE, LINE_WIDE, CASING = 0.9, 2.6, 5.4
"""Pixels of a level line, of a path, and of the paper below it."""
CASED = 0.85
"""Opacity of that paper."""
MOST_TICKS = 6
STAR = np.array(
    [
        *((0, -7), (1.7, -2.3), (6.7, -2.2), (2.7, 0.9), (4.1, 5.7)),
        *((0, 2.8), (-4.1, 5.7), (-2.7, 0.9), (-6.7, -2.2), (-1.7, -2.3)),
    ]
)
"""A minimum, as `marks.js` draws it."""


def to_pixels(points: np.ndarray, plate: Plate, window: Sequence[float]) -> np.ndarray:
    """Points ``(n, 2)`` of the plane as pixels of the picture."""
    x0, x1, y0, y1 = (edge / 2 for edge in window)  # whose length is a number, however large
    left, right, top, bottom = plate.frame
    with np.errstate(all="ignore"):
        across = (points[:, 0] / 2 - x0) / (x1 - x0)
        up = (points[:, 1] / 2 - y0) / (y1 - y0)
        return np.stack([left + across * (right - left), bottom + up * (top - bottom)], axis=1)


def still_picture(
    plate: Plate,
    ground: Map,
    surface: Surface,
    strokes: Sequence[Stroke],
    look: Scheme,
) -> Image.Image:
    """The picture without anything that moves."""
    picture = Image.new("RGB", plate.size, look.paper)
    left, right, top, bottom = plate.frame
    field = Image.open(BytesIO(ground.picture)).convert("RGBA")
    field = field.resize((right - left, bottom - top), Image.Resampling.BICUBIC)
    picture.paste(field, (left, top), field)
    _levels(picture, plate, ground, look)
    _marks(picture, plate, ground, surface, look)
    _axes(picture, plate, ground, look)
    _names(picture, plate, surface, strokes, look)
    return picture


def _levels(picture: Image.Image, plate: Plate, ground: Map, look: Scheme) -> None:
    left, right, top, bottom = plate.frame
    pen = Pen(left, top, right, bottom)
    for line in ground.levels:
        points = to_pixels(line.astype(float), plate, ground.window)
        pen.lines(trail_of(points, plate.box), LEVEL_WIDE * plate.unit)
    pen.onto(picture, look.ink, LEVEL_OPACITY)


def _marks(picture: Image.Image, plate: Plate, ground: Map, surface: Surface, look: Scheme) -> None:
    left, right, top, bottom = plate.box
    unit = plate.unit
    for point in marked_points(surface):
        ((x, y),) = to_pixels(np.array([point], dtype=float), plate, ground.window)
        if not (left <= x <= right and top <= y <= bottom):
            continue
        pen = Pen.around(x, y, 9 * unit)
        if point.kind == "minimum":
            pen.shape(np.array([x, y]) + unit * STAR)
        else:
            for line in _sign(point.kind):
                corners = np.array([x, y]) + unit * line
                pen.lines(trail_of(corners, plate.box), 1.5 * unit)
        pen.onto(picture, look.ink, MARK_OPACITY)


def _sign(kind: str) -> list[np.ndarray]:
    """The lines of a critical point that is no minimum."""
    if kind == "saddle":
        return [np.array([(-4, -4), (4, 4)]), np.array([(-4, 4), (4, -4)])]
    if kind == "maximum":
        return [np.array([(0, -5), (5, 4), (-5, 4), (0, -5), (5, 4)])]
    turn = np.linspace(0, 2 * np.pi, 25)
    return [4 * np.stack([np.cos(turn), np.sin(turn)], axis=1)]


def _axes(picture: Image.Image, plate: Plate, ground: Map, look: Scheme) -> None:
    unit, size = plate.unit, SMALL * plate.unit
    left, right, top, bottom = plate.frame
    quiet, line = blend(look.paper, look.ink, QUIET), blend(look.paper, look.ink, 0.25)
    x0, x1, y0, y1 = ground.window
    long, thick = TICK * unit, max(round(unit), 1)
    across, texts = _roomy(x0, x1, right - left, size)
    places = np.stack([across, np.full(len(across), y0)], axis=1)
    for (x, _), text in zip(to_pixels(places, plate, ground.window), texts, strict=True):
        picture.paste(line, (round(x), bottom, round(x) + thick, bottom + round(long)))
        inscribe(picture, (x, bottom + 2 * long + size), text, size, quiet, "ms")
    up, texts = numbers_up(y0, y1)
    places = np.stack([np.full(len(up), x0), up], axis=1)
    for (_, y), text in zip(to_pixels(places, plate, ground.window), texts, strict=True):
        picture.paste(line, (left - round(long), round(y), left, round(y) + thick))
        inscribe(picture, (left - 2 * long, y), text, size, quiet, "rm")
    base = bottom + 2 * long + 2.25 * size
    inscribe(picture, ((left + right) / 2, base), "x", size, quiet, "ms")
    wide = max(text_width(text, size) for text in texts) + (0.6 * size)
    inscribe(picture, (left - 2 * long - wide, (top + bottom) / 2), "y", size, quiet, "rm")
    if not plate.equal:
        words = tr("The axes have different scales.")
        inscribe(picture, (right, base), words, size, quiet, "rs")


def numbers_up(low: float, high: float) -> tuple[np.ndarray, list[str]]:
    """Round values of the axis on the left, and how they are written."""
    found = ticks(low, high, most=MOST_TICKS)
    return found, alike(found)


def _roomy(low: float, high: float, room: float, size: float) -> tuple[np.ndarray, list[str]]:
    """Round values whose texts leave half of a room free, in letters of a size."""
    for most in range(MOST_TICKS, 1, -1):
        found = ticks(low, high, most=most)
        texts = alike(found)
        if sum(text_width(text, size) for text in texts) <= room / 2:
            break
    return found, texts


def _names(
    picture: Image.Image, plate: Plate, surface: Surface, strokes: Sequence[Stroke], look: Scheme
) -> None:
    unit = plate.unit
    x, y, anchor = plate.title
    quiet = blend(look.paper, look.ink, QUIET)
    inscribe(picture, (x, y), surface.label(), TITLE * unit, quiet, anchor)
    for stroke, row in zip(strokes, plate.rows, strict=True):
        x, y = row.place
        middle = y - 0.35 * NAME * unit
        pen = Pen(
            int(x), int(middle - 4 * unit), int(x + SAMPLE * unit), int(middle + 4 * unit) + 2
        )
        ends = np.array([(x, middle), (x + (SAMPLE - 8) * unit, middle)])
        edge = (x - 1, x + SAMPLE * unit, y - 99, y + 99)
        pen.lines(trail_of(ends, edge, stroke.dash, unit), (LINE_WIDE + 0.6) * unit)
        pen.onto(picture, stroke.colour)
        for k, line in enumerate(row.lines):
            place = x + SAMPLE * unit, y + 1.4 * k * NAME * unit
            inscribe(picture, place, line, NAME * unit, look.ink)
