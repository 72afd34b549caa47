"""A network while it learns: what the browser needs to ask it by itself, at every update.

The message is one zlib stream of little-endian arrays, of N points, K updates and P parameters:

- table (cells + 2, degree + 1) float64: the activation, in pieces;
- steps (K,) uint32: the updates that are sent;
- points (N, 2) float32 and classes (N,) uint8;
- three planes (P K,) uint8: the bytes, the lowest first, of the differences of every parameter
  from update to update, even if up and odd if down.

A parameter is sent with the eleven digits of two that a half-precision number has, and the range
of a float32: a training that blows up is sent as well as one that learns.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from playground.player.packing import doubles, floats

LARGEST = 3e38
"""The largest parameter that can be sent."""
DROPPED = 13
"""Digits of two at the end of a float32 that are not sent."""
MOST = 100_000
"""Bytes of a message; what would be longer has fewer updates."""
FEW = 24
"""Updates that are always sent."""
NUMBERS = 400_000
"""Parameters × updates that are sent at most, but for those few."""


@dataclass(frozen=True, eq=False)
class Learner:
    """A network at every update, and the plane of its inputs.

    sizes: numbers of inputs (2), of the units of every hidden layer, and of outputs.
    head: what the outputs mean, by the name of its loss.
    reach, table: the activation in pieces between −reach and reach, and the lines beyond.
    weights: (T+1, P), layer after layer: W row by row, then b; none beyond `LARGEST`.
    window: (x0, x1, y0, y1) of the plane that is shown.
    points, classes: (N, 2) and (N,) examples, of which the first `training` are learnt.
    colours: of the classes; the second and the first are those of positive and negative weights.
    """

    sizes: Sequence[int]
    head: str
    reach: float
    table: np.ndarray
    weights: np.ndarray
    window: tuple[float, float, float, float]
    points: np.ndarray
    classes: np.ndarray
    training: int
    colours: Sequence[str]

    @cached_property
    def packed(self) -> tuple[dict[str, Any], bytes]:
        """The header and the stream."""
        steps, body = self._within(MOST)
        header = {
            "sizes": [int(size) for size in self.sizes],
            "head": self.head,
            "reach": float(self.reach),
            "table": list(self.table.shape),
            "window": [float(edge) for edge in self.window],
            "training": self.training,
            "count": len(self.points),
            "steps": len(steps),
            "colours": list(self.colours),
            "bytes": len(body),
        }
        return header, body

    def _within(self, most: int) -> tuple[np.ndarray, bytes]:
        """As many updates as fit, evenly spaced, the first and the last among them."""
        every, size = self.weights.shape
        count = min(every, max(FEW, NUMBERS // size))
        while True:
            steps = np.unique(np.linspace(0, every - 1, count).round().astype(int))
            parts = [
                doubles(self.table),
                steps.astype("<u4").tobytes(),
                floats(self.points),
                np.asarray(self.classes, "u1").tobytes(),
                differences(self.weights[steps]),
            ]
            body = zlib.compress(b"".join(parts), 6)
            if len(body) <= most or count <= FEW:
                return steps, body
            count = max(int(0.9 * count * most / len(body)), FEW)


def differences(weights: np.ndarray) -> bytes:
    """The three planes of parameters ``(K, P)``."""
    codes = rounded(weights).T.astype(np.int64)
    change = np.diff(codes, axis=1, prepend=0).ravel()
    folded = (np.abs(change) * 2 - (change < 0)).astype("<u4")
    return np.ascontiguousarray(folded.view("u1").reshape(-1, 4)[:, :3].T).tobytes()


def rounded(weights: np.ndarray) -> np.ndarray:
    """The digits of two that are sent of every parameter, as whole numbers."""
    single = np.asarray(weights, "<f4").view("<u4")
    return np.asarray((single + np.uint32(1 << (DROPPED - 1))) >> np.uint32(DROPPED))
