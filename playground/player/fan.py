"""The fan: every position of a knob answered at once, so that a hand need not wait for an answer.

Its message is a header followed by one zlib stream of arrays, all little-endian: N lanes, T steps.

- final, low, high (N,) float64: the loss at the last finite point of each lane, and the smallest
  and largest (or their logarithms), between which its losses are fractions;
- outcome (N,) uint16: the place of each lane's ending in the header;
- place (F,) uint32 and far (F, 2) float64: the points that are told exactly, and their places in
  the row of all points;
- x, y (points,) and loss (N (T+1),) uint16, each as its difference to the one before;
- hot (N, ⌈T/8⌉) uint8: a bit for every update that was above the stability limit.

A coordinate is sent as `code`: near the window a fraction of it, farther away the logarithm of its
distance, so that a run that flies across the window on its way out is seen to do so.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from playground.language import tr
from playground.player.packing import doubles, join

NEAR = 2.0
"""So many windows from the middle of the window a coordinate is still sent as a fraction."""
WHOLE = 2**14 - 1
"""The largest fraction: a pixel of a map holds several."""
FARTHEST = 2**16 - 1
DISTANCES = (FARTHEST - WHOLE) // 2
"""Codes beyond the fractions on either side."""
RATE = np.log(1e300) / DISTANCES
"""Of the logarithm of a distance between two codes."""
NO_LOSS = 2**12 - 1
"""Stands for a loss that cannot be drawn; all others are below, more than a chart has pixels."""


class Ending(NamedTuple):
    """How a descent ended: one word, one sentence, and the colour of both."""

    noun: str
    words: str
    colour: str


class Tick(NamedTuple):
    """A value of the knob that has a name."""

    value: float
    label: str


@dataclass(frozen=True)
class Knob:
    """A parameter of a track that can be set in the player.

    symbol, label: its symbol, and its name in words, without markup.
    ends: of the `count` positions of its slider, spaced by `scale`, rounded to `digits`.
    valid: the ends of the ground of a typed value, None for infinity, and whether they belong to
        it; `allowed` says it in words.
    fan: the name of the fan that answers it.
    """

    param: str
    symbol: str
    label: str
    value: float
    ends: tuple[float, float]
    scale: str
    count: int
    digits: int
    valid: tuple[float | None, float | None, bool, bool]
    allowed: str
    fan: str


@dataclass(frozen=True, eq=False)
class Fan:
    """What a descent would be at every position of one of its knobs.

    id: its name, of everything but the knob's own value.
    values: (N,) the positions, ascending.
    path: (T+1, 2, N).
    loss: (T+1, N) of the first chart, drawn over the logarithm where it is `log`.
    hot: (T, N) whether an update was above the stability limit.
    endings: of each lane.
    """

    id: str
    window: tuple[float, float, float, float]
    values: np.ndarray
    path: np.ndarray
    loss: np.ndarray
    log: bool
    hot: np.ndarray
    endings: Sequence[Ending]
    ticks: Sequence[Tick] = ()

    def message(self) -> bytes:
        """The bytes the browser gets."""
        kinds = list(dict.fromkeys(self.endings))
        alive = self._alive()  # (N, T+1)
        codes, exact = coded(np.moveaxis(self.path, -1, 0), self.window)  # (N, T+1, 2)
        steps = np.diff(codes, axis=1, prepend=0)[alive]
        places = np.flatnonzero(exact[alive])
        final, low, high, losses = self._losses(alive)
        arrays = [
            *(doubles(part) for part in (final, low, high)),
            np.array([kinds.index(ending) for ending in self.endings], "<u2").tobytes(),
            places.astype("<u4").tobytes(),
            doubles(np.moveaxis(self.path, -1, 0)[alive][places]),
            *(steps[:, axis].astype("<u2").tobytes() for axis in (0, 1)),
            losses.astype("<u2").tobytes(),
            np.packbits(self.hot.T, axis=1, bitorder="little").tobytes(),
        ]
        ends = alive.sum(axis=1).tolist()
        header: dict[str, Any] = {
            "id": self.id,
            "window": [float(edge) for edge in self.window],
            "values": [float(value) for value in self.values],
            "stops": [
                [i, max(end - 1, 0), not_finite(end)]
                for i, end in enumerate(ends)
                if end < len(self.path)
            ],
            "endings": [list(kind) for kind in kinds],
            "ticks": [[float(value), label] for value, label in self.ticks],
            "steps": len(self.path) - 1,
            "exact": len(places),
            "near": NEAR,
            "whole": WHOLE,
            "distances": DISTANCES,
            "rate": RATE,
            "noLoss": NO_LOSS,
            "log": self.log,
        }
        return join(header, [zlib.compress(b"".join(arrays), 1)])

    def _alive(self) -> np.ndarray:
        """The points up to the last before which all is finite ``(N, T+1)``; the first always."""
        finite = np.isfinite(self.path).all(axis=1) & np.isfinite(self.loss)
        finite[0] = True
        alive: np.ndarray = np.logical_and.accumulate(finite, axis=0).T
        return alive

    def _losses(self, alive: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Final loss, range and fractions ``(N, T+1)`` as differences, of every lane."""
        last = alive.sum(axis=1) - 1
        final = np.take_along_axis(self.loss, last[None], axis=0)[0]
        with np.errstate(all="ignore"):
            height = np.where(alive.T, np.log10(self.loss) if self.log else self.loss, np.nan)
            drawn = np.isfinite(height)
            low = np.min(np.where(drawn, height, np.inf), axis=0)
            high = np.max(np.where(drawn, height, -np.inf), axis=0)
            low, high = (np.where(np.isfinite(edge), edge, 0.0) for edge in (low, high))
            scale = np.maximum(np.maximum(np.abs(low), np.abs(high)), np.finfo(float).tiny)
            size = high / scale - low / scale  # a difference of doubles may be none
            share = (height / scale - low / scale) / np.where(size > 0, size, 1.0)
            fraction = np.round(share * (NO_LOSS - 1))
        lanes = np.where(drawn, fraction, NO_LOSS).T.astype(np.int64)
        return final, low, high, np.diff(lanes, axis=1, prepend=0)


def coded(path: np.ndarray, window: Sequence[float]) -> tuple[np.ndarray, np.ndarray]:
    """The codes of the points ``(N, T+1, 2)``, and which of them must be told exactly.

    Those are the far ones beside a near one: the line between them is seen, and its direction.
    """
    x0, x1, y0, y1 = window
    middle, size = np.array([x0 + x1, y0 + y1]) / 2, np.array([x1 - x0, y1 - y0])
    with np.errstate(all="ignore"):
        away = np.nan_to_num((path - middle) / size, posinf=np.finfo(float).max)
        near = np.abs(away) <= NEAR
        fraction = np.round((away / NEAR + 1) / 2 * WHOLE)
        distance = np.minimum(np.round(np.log(np.abs(away) / NEAR) / RATE), DISTANCES - 1)
    beyond = WHOLE + 1 + np.where(away < 0, DISTANCES, 0) + distance
    codes = np.where(near, fraction, beyond).astype(np.int64)
    inside = near.all(axis=-1)
    beside = np.zeros_like(inside)
    beside[:, 1:] |= inside[:, :-1]
    beside[:, :-1] |= inside[:, 1:]
    return codes, beside & ~inside


def not_finite(step: int) -> str:
    """What is said of a track that leaves the numbers."""
    return tr("not finite from step {}", step)
