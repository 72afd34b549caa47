"""How N descents move at their end: flipping, held, drifting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from playground.diagnosis import lines
from playground.diagnosis.path import Path, norm
from playground.diagnosis.quantity import mean, quantity
from playground.types import Array, Mask


class Spread(NamedTuple):
    """Largest distance of a stretch of points from their mean, and the mean ``(2, N)``."""

    amplitude: Array
    middle: Array
    amplitude_before: Array
    middle_before: Array


@dataclass(frozen=True, eq=False)
class Motion(Path):
    """Paths, and the unrest of their ends."""

    @property
    def tail(self) -> int:
        """Points whose spread is the amplitude: the last twentieth, at least ten."""
        return max(lines.SOME, self.n // lines.TWENTIETH)

    @quantity
    def flipping(self) -> Array:
        """Share of the last fifth at which consecutive gradients oppose each other."""
        g = self.late
        if not self.n:
            return np.zeros(self.count)
        found: Array = np.count_nonzero(opposed(g), axis=0) / self.fifth
        return found

    @quantity
    def spread(self) -> Spread:
        """Of the tail and of the stretch before it."""
        k, end = self.tail, self.n + 1
        return Spread(
            *spread_of(self.points(slice(-k, None))),
            *spread_of(self.points(slice(max(end - 2 * k, 0), max(end - k, 1)))),
        )

    @quantity
    def amplitude(self) -> Array:
        """Largest distance of the tail's points from their mean."""
        return self.spread.amplitude

    @quantity
    def hold(self) -> Array:
        """Amplitude over that of the stretch before: 1 is held, below 1 shrinking."""
        before = self.spread.amplitude_before
        return np.where(before != 0, self.amplitude / before, 0.0)

    @quantity
    def drift(self) -> Array:
        """How far the mean of the tail is from that of the stretch before."""
        return norm(self.spread.middle - self.spread.middle_before)

    def wall_slope(self, stretch: slice) -> Array:
        """Slope along the last stride: of a bounce, from wall to wall ``(k, N)``."""
        stride = self.end - self.points(-2)
        length = norm(stride)
        u, g = stride / np.where(length > 0, length, 1.0), self.slope(stretch)
        return np.where(length > 0, np.abs(g[0] * u[0] + g[1] * u[1]), norm(g))


def opposed(gradients: Array) -> Mask:
    """Whether consecutive gradients ``(2, k+1, N)`` oppose each other ``(k, N)``."""
    before, after = gradients[:, :-1], gradients[:, 1:]
    found: Mask = before[0] * after[0] + before[1] * after[1] < 0
    return found


def spread_of(points: Array) -> tuple[Array, Array]:
    """Largest distance of points ``(2, k, N)`` from their mean, and the mean ``(2, N)``."""
    middle = mean(points, axis=1)
    d = points - middle[:, None]
    return np.sqrt((d[0] * d[0] + d[1] * d[1]).max(axis=0)), middle
