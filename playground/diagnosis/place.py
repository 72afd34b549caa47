"""The place where N descents ended: curvature, critical points, levels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from playground.diagnosis import lines
from playground.diagnosis.motion import Motion
from playground.diagnosis.path import norm
from playground.diagnosis.quantity import Index, quantity, some
from playground.theory.curvature import symmetric_modes
from playground.types import Array, Mask


class Local(NamedTuple):
    """The loss near N points, to second order."""

    low: Array
    """The smaller eigenvalue of the Hessian."""
    high: Array
    vectors: Array
    """``vectors[:, i]`` is the unit eigenvector of mode i ``(2, 2, N)``."""
    step: Array
    """Newton's step to the critical point of the local quadratic, in modes ``(2, N)``."""
    distance: Array
    """Its length."""
    excess: Array
    """What the loss would fall by on the way: ½ gᵀH⁻¹g."""
    across: Array
    """Newton's step along the steeper mode alone."""


class Nearest(NamedTuple):
    """The nearest of some points."""

    distance: Array
    number: Index


class Drawn(NamedTuple):
    """A saddle that shapes the path: the loss bends down, and Newton's step leads to it."""

    factor: Array
    """By which the distance to it has changed per step over the last fifth: below 1 it comes
    nearer; NaN where there is none."""
    distance: Array
    number: Index


@dataclass(frozen=True, eq=False)
class Place(Motion):
    """Paths, and the surface under their ends."""

    @quantity
    def local(self) -> Local:
        """The end."""
        return self.local_at(self.end, self.late[:, -1])

    def local_at(self, p: Array, g: Array) -> Local:
        h = self.surface.hessian(p)
        (low, high), v = symmetric_modes(h[0, 0] + self.decay, h[0, 1], h[1, 1] + self.decay)
        values = np.array([low, high])
        bends = np.abs(values)
        along = np.array([g[0] * v[0, 0] + g[1] * v[1, 0], g[0] * v[0, 1] + g[1] * v[1, 1]])
        flat = bends <= lines.SINGULAR * bends.max(axis=0)
        low, high = values = np.where(flat, 0.0, values)
        nowhere = np.where(along == 0, 0.0, np.inf)
        step = np.where(flat, nowhere, along / np.where(flat, 1.0, values))
        distance, gain = norm(step), 0.5 * (step[0] * along[0] + step[1] * along[1])
        excess = np.where(np.isfinite(distance), gain, np.inf)
        across = np.abs(np.where(bends[0] >= bends[1], step[0], step[1]))
        return Local(low, high, v, step, distance, excess, across)

    def nearest_of(self, points: Array, p: Array) -> Nearest:
        """The nearest of `points (M, 2)` to each `p (2, N)`; (inf, −1) if there is none."""
        if not len(points):
            return Nearest(np.full(self.count, np.inf), np.full(self.count, -1))
        away = np.hypot(points[:, 0, None] - p[0], points[:, 1, None] - p[1])
        index = away.argmin(axis=0)
        return Nearest(away.min(axis=0), index)

    @quantity
    def nearest(self) -> Nearest:
        """The nearest known minimum to the end: a point, or any of a stretch."""
        if not some(self.ground.level):
            return self.nearest_of(self.ground.minima, self.end)
        away = norm(self.end[:, None] - self.ground.feet(self.end))
        return Nearest(away.min(axis=0), away.argmin(axis=0))

    @quantity
    def low(self) -> Array:
        """The lowest known loss f*, or less if the run found less."""
        level: Array = np.fmin(self.ground.lowest, np.fmin.reduce(self.f))
        return level

    @quantity
    def fall(self) -> Array:
        """Loss of the start above the lowest, f₀ − f*; of a start that has no drop, of the highest.

        What stirs a run from a minimum is then measured by how high it was stirred.
        """
        drop: Array = self.first_loss - self.low
        none = drop <= lines.ROUNDED * self.ground.relief
        if some(none):
            drop = np.where(none, np.fmax.reduce(self.f) - self.low, drop)
        return np.maximum(drop, lines.TINY)

    @quantity
    def remaining(self) -> Array:
        """Loss of the end above the lowest."""
        return self.last_loss - self.low

    @quantity
    def travelled(self) -> Array:
        """The scale of the way, D: start to end, or what is left of it where H is positive."""
        way = norm(self.end - self.start)
        bent = (self.local.low > 0) & ~self.at_a_tip
        ahead = np.where(bent, np.minimum(self.local.distance, self.length), 0.0)
        return np.maximum(np.maximum(way, ahead), lines.LEAST_WAY * self.length)

    def beside(self, points: Array, near: float = lines.BESIDE) -> Mask:
        """Whether the end is at one of some known critical points, so many windows from it."""
        return self.nearest_of(points, self.end).distance <= near * self.length

    @quantity
    def at_a_tip(self) -> Mask:
        """Whether the minimum it is at is a tip: slopes do not fade, no Newton step leads there."""
        near, i = self.nearest
        if not some(self.ground.tips):
            return np.zeros(self.count, dtype=bool)
        return self.ground.tips[i] & (near < lines.BESIDE * self.length)

    @quantity
    def at_a_level_minimum(self) -> Mask:
        """Whether the way leads to a minimum without curvature: Newton's step falls short of it.

        At a minimum like x⁴ it covers a third of the way, and curvature tells of no scale.
        """
        near, i = self.nearest
        if not some(self.ground.level):
            return np.zeros(self.count, dtype=bool)
        here: Mask = self.ground.level[i] & (near < lines.LEVEL_REACH * self.local.distance)
        return here | (self.ground.level[i] & (near < lines.BESIDE * self.length))

    @quantity
    def at_one_point(self) -> Mask:
        """Whether the minimum it is at is a single point: no point of a floor or of a crease.

        Of those only samples are known, and the way to a sample is at least the way to it.
        """
        bent = self.local.low > 0
        return np.asarray((bent | self.at_a_tip) & np.logical_not(self.ground.floor))

    @quantity
    def on_a_floor(self) -> Mask:
        """Whether it lies on the floor of a valley whose lowest points are no single point."""
        if not self.ground.floor:
            return np.zeros(self.count, dtype=bool)
        return (self.local.across <= lines.ARRIVED * self.travelled) & (
            self.remaining <= lines.FLOOR * self.fall
        )

    @quantity
    def on_a_shoulder(self) -> Mask:
        """Whether it stands where the slope vanishes on the way down: neither pit nor saddle."""
        if not len(self.ground.shoulders):
            return np.zeros(self.count, dtype=bool)
        still = self.amplitude <= lines.SHOULDER_STILL * self.length
        return still & self.beside(self.ground.shoulders, lines.AT_CRITICAL)

    @quantity
    def drawn(self) -> Drawn:
        others, local = self.ground.others, self.local
        if not len(others):
            return Drawn(np.full(self.count, np.nan), *self.nearest_of(others, self.end))
        miss, index = self.nearest_of(others, self.end - in_plane(local, local.step))
        q = others[index].T
        before, now = norm(self.points(-1 - self.fifth) - q), norm(self.end - q)
        here = (local.low < 0) & (miss < lines.BESIDE * self.length)
        here &= (now > 0) & (before > 0) & (now != before)
        factor = np.exp(np.log(now / before) / max(self.fifth, 1))
        return Drawn(np.where(here, factor, np.nan), now, index)


def in_plane(local: Local, step: Array) -> Array:
    """A vector given in modes, in the coordinates of the plane ``(2, N)``."""
    v = local.vectors
    return np.array([v[0, 0] * step[0] + v[0, 1] * step[1], v[1, 0] * step[0] + v[1, 1] * step[1]])
