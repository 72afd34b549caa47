"""Paths in pixels: what of them is inside a frame, cut into the strokes in which they are drawn.

The same geometry as the player's (`geometry.js`, `trail.js`), for all steps at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from playground.figures.theme import Dash

Box = tuple[float, float, float, float]
BLURRED = 1e7
"""Pixels from the frame beyond which the ends of a step are not sure to a pixel."""
DASHES: dict[Dash, tuple[int, ...]] = {
    "solid": (),
    "dot": (2, 4),
    "dash": (8, 5),
    "longdash": (14, 6),
    "dashdot": (8, 4, 2, 4),
    "longdashdot": (14, 4, 2, 4),
}
"""Plotly's names in pixels that are drawn and left out in turn; as in `theme.js`."""


class Strokes(NamedTuple):
    """Straight strokes in the order of the steps, M of them."""

    ends: np.ndarray
    """``(M, 4)``: from x, y to x, y."""
    step: np.ndarray
    """``(M,)``: the step that makes each; k + 1 for that from point k to the next."""
    goes_on: np.ndarray
    """``(M,)``: whether it begins where the one before it ends."""

    def between(self, before: int, until: int) -> Strokes:
        """Those that are drawn after a step and up to another."""
        first, end = np.searchsorted(self.step, [before, until], side="right")
        return Strokes(self.ends[first:end], self.step[first:end], self.goes_on[first:end])


def clipped(pieces: np.ndarray, box: Sequence[float]) -> tuple[np.ndarray, np.ndarray]:
    """The shares of the pieces ``(n, 4)`` between which they are in a box; first > last: nowhere.

    box: left, right, low, high.
    """
    left, right, low, high = box
    ax, ay, bx, by = pieces.T
    first, last = np.zeros(len(pieces)), np.ones(len(pieces))
    for along, room in (
        (ax - bx, ax - left),
        (bx - ax, right - ax),
        (ay - by, ay - low),
        (by - ay, high - ay),
    ):
        with np.errstate(all="ignore"):
            t = room / along
        first = np.where(along < 0, np.maximum(first, t), first)
        last = np.where(along > 0, np.minimum(last, t), last)
        last = np.where((along == 0) & (room < 0), -1.0, last)
    return first, last


def trail_of(points: np.ndarray, box: Box, dash: Dash = "solid", unit: float = 1.0) -> Strokes:
    """The strokes of a path ``(N, 2)`` inside a box, dashed along it; a dash is in `unit` pixels.

    Where a path leaves the box its line is cut at the border, and its dashes begin anew where it
    comes back.
    """
    pieces, step = _flown(np.hstack([points[:-1], points[1:]]))
    first, last = clipped(pieces, box)
    seen = first <= last
    pieces, step, first, last = pieces[seen], step[seen], first[seen, None], last[seen, None]
    begin, way = pieces[:, :2], pieces[:, 2:] - pieces[:, :2]
    ends = np.hstack([begin + first * way, begin + last * way])
    follows = np.diff(step, prepend=-1) == 1
    touching = (first[:, 0] == 0) & (np.concatenate([[0.0], last[:-1, 0]]) == 1)
    whole = Strokes(ends, step + 1, follows & touching)
    return _dashed(whole, unit * np.array(DASHES[dash], dtype=float)) if DASHES[dash] else whole


def _flown(pieces: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The pieces as far as it is known where they go, and which they are.

    An end that is far away is taken nearer along the piece; between two of them digits are missing.
    """
    with np.errstate(all="ignore"):
        near = np.abs(pieces).reshape(-1, 2, 2).max(axis=2) <= BLURRED
        way = pieces[:, 2:] - pieces[:, :2]
        long = np.hypot(*way.T)
        part = np.minimum(BLURRED / np.where(long > 0, long, 1.0), 1.0)[:, None]
        known = np.flatnonzero(near.any(axis=1) & np.isfinite(long))
        out = np.where(near[:, 1:], pieces[:, 2:], pieces[:, :2] + part * way)
        back = np.where(near[:, :1], pieces[:, :2], pieces[:, 2:] - part * way)
    return np.hstack([back, out])[known], known


def _dashed(whole: Strokes, pattern: np.ndarray) -> Strokes:
    """The strokes with gaps; the pattern goes on where a stroke does."""
    ends, step, goes_on = whole
    long = np.hypot(*(ends[:, 2:] - ends[:, :2]).T)
    after = np.cumsum(long)
    begun = np.flatnonzero(~goes_on)
    line = np.cumsum(~goes_on) - 1
    low = after - long - (after - long)[begun][line] if len(ends) else after
    period, edges = pattern.sum(), np.concatenate([[0.0], np.cumsum(pattern)])
    cycle = np.floor(low / period)
    many = (np.floor((low + long) / period) - cycle + 1).astype(int)
    piece = np.repeat(np.arange(len(ends)), many)
    turn = np.arange(len(piece)) - np.repeat(np.cumsum(many) - many, many) + cycle[piece]
    found = []
    for on, off in zip(edges[0::2], edges[1::2], strict=False):
        begin = np.maximum(turn * period + on, low[piece])
        end = np.minimum(turn * period + off, low[piece] + long[piece])
        there = begin < end
        rows = np.stack([piece, begin - low[piece], end - low[piece]], axis=1)[there]
        found.append(rows)
    rows = np.concatenate(found)
    rows = rows[np.lexsort((rows[:, 1], rows[:, 0]))]
    of = rows[:, 0].astype(int)
    way = (ends[of, 2:] - ends[of, :2]) / long[of, None]
    dashes = np.hstack([ends[of, :2] + rows[:, [1]] * way, ends[of, :2] + rows[:, [2]] * way])
    bends = goes_on[of] & (rows[:, 1] == 0)
    return Strokes(dashes, step[of], bends & (np.diff(of, prepend=-2) == 1))


def covered(strokes: Strokes, wide: float) -> float:
    """How much of the ground that strokes cross is under their ink, above 1 where they overlap."""
    if not len(strokes.ends):
        return 0.0
    corners = strokes.ends.reshape(-1, 2)
    across, up = np.ptp(corners, axis=0) + wide
    long = np.hypot(*(strokes.ends[:, 2:] - strokes.ends[:, :2]).T).sum()
    return float(wide * long / (across * up))


def ways_out(points: np.ndarray, box: Box) -> np.ndarray:
    """For every point of a path the step by which it left the box for the time being.

    -1 while it is inside, -2 while it never was.
    """
    left, right, low, high = box
    x, y = points.T
    here = (x >= left) & (x <= right) & (y >= low) & (y <= high)
    order = np.arange(len(points))
    last = np.maximum.accumulate(np.where(here, order, -1))
    return np.where(last < 0, -2, np.where(last == order, -1, last + 1))


def leaving(a: np.ndarray, b: np.ndarray, box: Box) -> tuple[np.ndarray, np.ndarray]:
    """Where the way from a to b leaves a box, and its direction there, of length 1."""
    size = np.abs(np.concatenate([a, b])).max()
    way = b / size - a / size
    ends, _ = _flown(np.concatenate([a, b])[None])
    ends = ends if len(ends) else np.concatenate([a, b])[None]
    _, last = clipped(ends, box)
    place = ends[0, :2] + max(float(last[0]), 0.0) * (ends[0, 2:] - ends[0, :2])
    left, right, low, high = box
    return np.clip(place, (left, low), (right, high)), way / (np.hypot(*way) or 1.0)
