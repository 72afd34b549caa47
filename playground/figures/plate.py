"""Where everything stands in a picture of a race: its map, and the legend beside it or above."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from playground.figures.ink import text_width, wrapped
from playground.figures.strokes import Box

USUAL = (960, 640)
"""Pixels of a picture in which all has its own size; letters and lines grow and shrink with it."""
LEAST_UNIT, MOST_UNIT = 0.7, 4.0
TITLE, COUNT, NAME, SMALL, LABEL = 14, 20, 15, 13, 13
"""Letters: of the surface, the step, a runner's name, its value and the ticks, the border."""
PAD, GAP, LINE = 18, 24, 1.4
"""Air around, between map and legend; a line of text, in letters."""
BELOW, TICK, AXIS = 40, 4, 18
"""What the axis below the map takes, a tick, and the name of the axis on the left."""
SAMPLE = 34
"""A sample of a line in the legend."""
COLUMN = 0.36
"""Share of the width that a legend beside the map may take."""
EQUAL = 2.5
"""A plane that is longer or narrower than this is not shown with equal axes; as in `places.js`."""
LEAST_MAP = 80
"""Pixels of a map's side below which nothing is seen on it."""


class Row(NamedTuple):
    """A runner in the legend."""

    place: tuple[float, float]
    """The left end of its sample, on the line of its name's first letters."""
    lines: tuple[str, ...]
    """Its name."""
    value: tuple[float, float]
    """Where its value begins."""


class Plate(NamedTuple):
    """The places of everything, in pixels."""

    size: tuple[int, int]
    unit: float
    frame: tuple[int, int, int, int]
    """Of the map: left, right, top, bottom."""
    equal: bool
    """Whether a length is as long along both axes."""
    title: tuple[float, float, str]
    """Of the surface's name, with the anchor of the text."""
    counter: tuple[float, float]
    """Of the step."""
    rows: tuple[Row, ...]

    @property
    def box(self) -> Box:
        """The frame as numbers."""
        left, right, top, bottom = self.frame
        return float(left), float(right), float(top), float(bottom)


class _Legend(NamedTuple):
    """One of the ways in which a legend can stand."""

    beside: bool
    columns: int
    column: float
    names: tuple[tuple[str, ...], ...]
    height: float
    heads: float
    """Of what stands above the names."""


def laid_out(
    size: tuple[int, int],
    aspect: float,
    title: str,
    names: Sequence[str],
    values: Sequence[str],
    numbers: Sequence[str],
) -> Plate:
    """The arrangement in which the map is largest.

    aspect: the width of the plane over its height.
    values: the longest that is ever told of each runner.
    numbers: of the axis on the left.
    Raises `ValueError` for a size in which no map can be seen beside the names.
    """
    unit = min(max(min(size[0] / USUAL[0], size[1] / USUAL[1]), LEAST_UNIT), MOST_UNIT)
    ways = [_beside(size, unit, title, names, values), _above(size, unit, names, values)]
    left = max(text_width(text, SMALL * unit) for text in numbers) + (2 * TICK + AXIS) * unit
    best = max((_plate(size, unit, aspect, left, way) for way in ways), key=_area)
    left, right, top, bottom = best.frame
    if not _area(best) or min(right - left, bottom - top) < LEAST_MAP:
        raise ValueError(
            f"A picture of {size[0]} × {size[1]} pixels has no room for a map beside "
            f"{len(names)} names; make it larger."
        )
    return best


def _area(plate: Plate) -> int:
    """Pixels of the map, none where a legend does not fit."""
    left, right, top, bottom = plate.frame
    fits = all(row.value[1] < plate.size[1] for row in plate.rows)
    return fits * max(right - left, 0) * max(bottom - top, 0)


def _beside(
    size: tuple[int, int], unit: float, title: str, names: Sequence[str], values: Sequence[str]
) -> _Legend:
    wide = _widest(unit, names, values)
    column = min(max(wide, text_width(title, TITLE * unit)), COLUMN * size[0])
    lines = tuple(tuple(wrapped(n, NAME * unit, column - SAMPLE * unit)) for n in names)
    heads = (TITLE * LINE + COUNT * LINE + PAD / 2) * unit
    return _Legend(True, 1, column, lines, heads + sum(_tall(one, unit) for one in lines), heads)


def _above(
    size: tuple[int, int], unit: float, names: Sequence[str], values: Sequence[str]
) -> _Legend:
    room = size[0] - 2 * PAD * unit
    column = min(_widest(unit, names, values) + GAP * unit, room)
    columns = max(min(int(room // column), len(names)), 1)
    lines = tuple(tuple(wrapped(n, NAME * unit, column - SAMPLE * unit)) for n in names)
    heads = (COUNT * LINE + PAD / 4) * unit
    ranks = [lines[k : k + columns] for k in range(0, len(lines), columns)]
    tall = sum(max(_tall(one, unit) for one in rank) for rank in ranks)
    return _Legend(False, columns, room / columns, lines, heads + tall, heads)


def _widest(unit: float, names: Sequence[str], values: Sequence[str]) -> float:
    told = [text_width(name, NAME * unit) for name in names]
    told += [text_width(value, SMALL * unit) for value in values]
    return SAMPLE * unit + max(told)


def _tall(lines: Sequence[str], unit: float) -> float:
    """Pixels of a runner in the legend, with the air below."""
    return (NAME * LINE * len(lines) + SMALL * LINE + PAD / 2) * unit


def _plate(size: tuple[int, int], unit: float, aspect: float, left: float, way: _Legend) -> Plate:
    pad, gap, below = PAD * unit, GAP * unit, BELOW * unit
    width = size[0] - 2 * pad - left - (way.column + gap if way.beside else 0)
    height = size[1] - 1.5 * pad - below - (0 if way.beside else way.height)
    equal = 1 / EQUAL <= aspect <= EQUAL
    if equal:
        scale = min(width / aspect, height)
        width, height = scale * aspect, scale
    spare = size[0] - left - width - (way.column + gap if way.beside else 0)
    x = spare / 2 + left
    at = pad if way.beside else pad / 2
    at += max(size[1] - at - height - pad / 2 - below - (0 if way.beside else way.height), 0) / 2
    y = at if way.beside else at + way.height
    frame = round(x), round(x + width), round(y), round(y + height)
    begin = x + width + gap if way.beside else pad
    if way.beside:  # level with the map, unless it is longer
        at = max(min(at, size[1] - pad - way.height), pad / 2)
    rows = _rows(way, begin, at + way.heads, unit)
    if way.beside:
        name, counter = (begin, at + TITLE * unit, "ls"), at + (TITLE * LINE + COUNT) * unit
    else:
        name, counter = (size[0] - pad, at + COUNT * unit, "rs"), at + COUNT * unit
    return Plate(size, unit, frame, equal, name, (begin, counter), rows)


def _rows(way: _Legend, x: float, y: float, unit: float) -> tuple[Row, ...]:
    rows = []
    for begin in range(0, len(way.names), way.columns):
        rank = way.names[begin : begin + way.columns]
        for k, lines in enumerate(rank):
            left = x + k * way.column
            base = y + NAME * unit
            value = base + (NAME * LINE * (len(lines) - 1) + SMALL * LINE) * unit
            rows.append(Row((left, base), lines, (left + SAMPLE * unit, value)))
        y += max(_tall(one, unit) for one in rank)
    return tuple(rows)
