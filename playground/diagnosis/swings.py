"""Swings along a line: how far past the place where the slope along it is zero."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from playground.diagnosis import lines
from playground.types import Array


class Swing(NamedTuple):
    """A stretch on the other side of where the slope along a mode is zero, of one descent."""

    begin: float
    """How far from there the run started, along the mode."""
    beyond: float
    """How far to the other side it went."""
    first: int
    last: int
    mode: int

    @property
    def share(self) -> float:
        return self.beyond / self.begin


def about(swing: Swing, c: Array, zero: float) -> Swing | None:
    """The swing measured from another place; None if it is none about that.

    It has at least three points beyond, and went on outwards after it came across, as only
    inertia does: a single step across may be the doing of its rate.  It came from the farthest
    point of the stretch before.
    """
    on = 1.0 if zero > c[swing.first - 1] else -1.0
    away = on * (c - zero)
    peak = swing.first + int(away[swing.first : swing.last + 1].argmax())
    before = np.flatnonzero(away[:peak] <= 0)
    after = np.flatnonzero(away[peak:] <= 0)
    if not before.size or away[peak] <= 0:
        return None
    first, last = int(before[-1]) + 1, peak + int(after[0]) - 1 if after.size else len(c) - 1
    across = np.flatnonzero(away[: first - 1] > 0)
    begin = float(-away[int(across[-1]) + 1 if across.size else 0 : first].min())
    beyond = float(away[first : last + 1].max())
    began_there = abs(c[0] - zero) <= lines.SWING * beyond  # stirred from it, by its decay say
    if last - first < 2 or peak == first or began_there or not beyond > lines.SWING * begin > 0:
        return None
    return Swing(begin, beyond, first, last, swing.mode)


def zero_between(c: Array, slope: Array) -> float:
    """Where along a line, given by its coordinate, the slope changes its sign for the first time.

    It does between the ends of the line; where it jumps, that is the place.
    """
    i = int((np.sign(slope) != np.sign(slope[0])).argmax()) or len(c) - 1
    before, after = float(slope[i - 1]), float(slope[i])
    return float(c[i - 1] + (c[i] - c[i - 1]) * before / (before - after))


def swings(c: Array, slope: Array, mode: int) -> list[Swing]:
    """Every swing of a coordinate, from its values and the slope along it at them ``(n+1,)``.

    Of three points and more, back by itself or up to the end: not over a ridge into the next
    valley, and not by the first step, which has no inertia.
    """
    side = np.zeros(len(c) + 2, dtype=bool)
    side[1:-1] = slope < 0 if slope[0] > 0 else slope > 0
    first, after = np.flatnonzero(side[1:] != side[:-1]).reshape(-1, 2).T
    long = (first >= 2) & (after - first > 2)
    first, after = first[long], after[long]
    if not first.size:
        return []
    left, entered = slope[first - 1], slope[first]
    zero = c[first - 1] + (c[first] - c[first - 1]) * left / (left - entered)
    on = np.sign(zero - c[0])
    padded = np.append(c, c[-1])
    stretches = np.column_stack([first, after]).ravel()
    ends = np.maximum.reduceat(padded, stretches)[::2], np.minimum.reduceat(padded, stretches)[::2]
    beyond, begin = on * (np.where(on > 0, *ends) - zero), on * (zero - c[0])
    by_inertia = on * (zero - c[1]) > lines.NO_WAY * begin
    back = on * (padded[after] - c[after - 1]) <= 0
    seen = by_inertia & back & (beyond > lines.SWING * begin) & (begin > 0)
    found = zip(begin[seen], beyond[seen], first[seen], after[seen] - 1, strict=True)
    return [Swing(float(a), float(b), int(i), int(j), mode) for a, b, i, j in found]
