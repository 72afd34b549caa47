"""What moves in a picture of a race: the paths so far, their heads, and where they left the map."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PIL import Image

from playground.figures.ink import Pen, inscribe, text_width
from playground.figures.plate import LABEL, LINE, Plate
from playground.figures.stills import CASED, CASING, LINE_WIDE
from playground.figures.strokes import covered, leaving, trail_of, ways_out
from playground.figures.theme import PAPER, Scheme, Stroke
from playground.language import tr

BLOCK, FRESH = 0.2, 40
"""Share of the ground under a line from which on it is a block, in which only so many of its last
steps keep their ink; as in `flatview.js`."""
PALE, PALE_WIDE = 0.45, 1.5
FEW, DOT = 120, 2.4
"""Up to so many steps on the map have a dot each, of this radius."""
HEAD, RIM, CORE = 7.0, 0.8, 2.7
RING, RING_WIDE, RING_CASING = 9.0, 2.0, 5.0
ARROW = np.array([(0, 0), (-13, -6.5), (-10, 0), (-13, 6.5)])
CROSS = 6.0
BESIDE = 17
"""Pixels between an arrow and its words."""


class Trail:
    """One path in a picture, drawn a little further from frame to frame."""

    def __init__(self, points: np.ndarray, stroke: Stroke, plate: Plate, gone: bool) -> None:
        """points: the pixels of its finite steps, ``(N, 2)``; gone: whether others come then."""
        self.gone = gone
        self.points, self.colour, self.unit = points, stroke.colour, plate.unit
        self.last = len(points) - 1
        self.exits = ways_out(points, plate.box)
        left, right, top, bottom = plate.frame
        self.frame = (left, top, right, bottom)
        whole, unit = trail_of(points, plate.box), plate.unit
        ink = covered(whole, LINE_WIDE * unit)
        self.strokes = (
            whole if stroke.dash == "solid" else trail_of(points, plate.box, stroke.dash, unit)
        )
        self.whole = whole
        self.dense = self.last > FRESH and ink > BLOCK
        self.few = int((self.exits == -1).sum()) <= FEW
        self.casing, self.line = Pen(*self.frame), Pen(*self.frame)
        self.drawn = -1

    def draw(self, picture: Image.Image, t: int, look: Scheme) -> None:
        """The path up to step t, which is not before the one that was drawn last."""
        unit = self.unit
        new = self.strokes.between(self.drawn, t)
        self.casing.lines(self.whole.between(self.drawn, t), CASING * unit)
        wide, opacity = (PALE_WIDE, PALE) if self.dense else (LINE_WIDE, 1.0)
        self.line.lines(new, wide * unit)
        if self.few:
            made = np.arange(self.drawn + 1, min(t, self.last) + 1)
            self.line.discs(self.points[made[self.exits[made] == -1]], DOT * unit)
        self.drawn = t
        self.casing.onto(picture, look.paper, CASED)
        self.line.onto(picture, self.colour, opacity)
        if self.dense:
            fresh = Pen(*self.frame)
            fresh.lines(self.strokes.between(min(t, self.last) - FRESH, t), LINE_WIDE * unit)
            fresh.onto(picture, self.colour)

    def inside(self, t: int) -> bool:
        """Whether its head is on the map."""
        return bool(self.exits[min(t, self.last)] == -1)

    def over(self, t: int) -> bool:
        """Whether it has left the numbers."""
        return self.gone and t > self.last

    def head(self, t: int) -> tuple[float, float]:
        """The pixel of its last finite step."""
        x, y = self.points[min(t, self.last)]
        return float(x), float(y)


def draw_starts(picture: Image.Image, trails: Sequence[Trail], plate: Plate, look: Scheme) -> None:
    """A ring where paths begin."""
    begins = {tuple(trail.points[0].tolist()): None for trail in trails if trail.inside(0)}
    unit = plate.unit
    for x, y in begins:
        for colour, wide in ((look.paper, RING_CASING), (look.ink, RING_WIDE)):
            pen = Pen.around(x, y, (RING + RING_CASING) * unit)
            pen.ring((x, y), RING * unit, wide * unit)
            pen.onto(picture, colour)


def draw_heads(
    picture: Image.Image,
    trails: Sequence[Trail],
    t: int,
    plate: Plate,
    look: Scheme,
) -> None:
    """Where the paths are at step t: a head on the map, or an arrow at its border with words."""
    labels = _Labels(picture, plate, look)
    here = [trail for trail in trails if trail.inside(t)]
    for trail in (trail for trail in trails if trail not in here):
        spot, words = _exit(trail, t, plate)
        _arrow(picture, trail, *spot, look)
        labels.write(words, *spot[0])
    for trail in here:  # above all words
        _head(picture, trail, *trail.head(t), look)
        if trail.over(t):
            _cross(picture, trail, *trail.head(t), look)


def _head(picture: Image.Image, trail: Trail, x: float, y: float, look: Scheme) -> None:
    unit = trail.unit
    rings = ((look.paper, HEAD + RIM), (trail.colour, HEAD - RIM), (PAPER, CORE))
    for colour, radius in rings:
        pen = Pen.around(x, y, (HEAD + 2) * unit)
        pen.discs(np.array([(x, y)]), radius * unit)
        pen.onto(picture, colour)


def _cross(picture: Image.Image, trail: Trail, x: float, y: float, look: Scheme) -> None:
    reach = CROSS * trail.unit
    around = (x - 2 * reach, x + 2 * reach, y - 2 * reach, y + 2 * reach)
    for colour, wide in ((look.paper, 5.0), (trail.colour, 3.0)):
        pen = Pen.around(x, y, 2 * reach)
        for side in (1, -1):
            ends = np.array([(x - reach, y - side * reach), (x + reach, y + side * reach)])
            pen.lines(trail_of(ends, around), wide * trail.unit)
        pen.onto(picture, colour)


def _exit(trail: Trail, t: int, plate: Plate) -> tuple[tuple[np.ndarray, np.ndarray], str]:
    """Where a path is outside, as a place and a direction at the border, and when it went."""
    step, left = int(trail.exits[min(t, trail.last)]), tr("outside the frame")
    if step > 0:
        left = tr("left the frame at step {}", step)
        return leaving(trail.points[step - 1], trail.points[step], plate.box), left
    x0, x1, y0, y1 = plate.box
    middle = np.array([(x0 + x1) / 2, (y0 + y1) / 2])
    return leaving(middle, trail.points[min(t, trail.last)], plate.box), left


def _arrow(
    picture: Image.Image, trail: Trail, place: np.ndarray, way: np.ndarray, look: Scheme
) -> None:
    turned = trail.unit * ARROW @ np.array([way, (-way[1], way[0])])
    for colour, grown in ((look.paper, 1.2), (trail.colour, 0.0)):
        pen = Pen.around(float(place[0]), float(place[1]), 18 * trail.unit)
        pen.shape(place + turned, grown * trail.unit)
        pen.onto(picture, colour)


class _Labels:
    """Words beside places at the border, clear of each other."""

    def __init__(self, picture: Image.Image, plate: Plate, look: Scheme) -> None:
        self.picture, self.plate, self.look = picture, plate, look
        self.taken: list[tuple[float, float, float]] = []  # left, right and base of each line

    def write(self, text: str, x: float, y: float) -> None:
        """A text beside a place, towards the middle."""
        left, right, top, bottom = self.plate.box
        unit, size = self.plate.unit, LABEL * self.plate.unit
        wide, tall = text_width(text, size), LINE * size
        side = -1 if x > (left + right) / 2 else 1
        begin = x + side * BESIDE * unit - (wide if side < 0 else 0)
        begin = max(min(begin, right - 6 * unit - wide), left + 6 * unit)
        base = min(max(y + 0.35 * size, top + 1.2 * size), bottom - 8 * unit)
        step = -tall if base > (top + bottom) / 2 else tall
        while self._crowded(begin, wide, base, tall):
            base += step
        self.taken.append((begin, begin + wide, base))
        inscribe(self.picture, (begin, base), text, size, self.look.ink, "ls", self.look.paper)

    def _crowded(self, begin: float, wide: float, base: float, tall: float) -> bool:
        return any(
            begin < right and left < begin + wide and abs(other - base) < tall - 0.5
            for left, right, other in self.taken
        )
