"""Where the ends of N descents lead to, and how far that is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from playground.diagnosis import lines
from playground.diagnosis.decayed import Decayed
from playground.diagnosis.path import norm
from playground.diagnosis.place import in_plane
from playground.diagnosis.quantity import mean, quantity, some
from playground.diagnosis.stride import Stride
from playground.types import Array, Mask


@dataclass(frozen=True, eq=False)
class Ahead(Stride):
    """Paths, and the minimum or the target of Newton's step ahead of each."""

    @quantity
    def ahead(self) -> Array:
        """The way still to go: Newton's, corrected by the nearest known minimum."""
        known = np.where(self.nearest.distance > 0, self.nearest.distance, np.inf)
        if self.ground.floor:  # any point of which will do, and only samples of it are known
            known = np.where(self._floor_below, np.minimum(known, self.local.across), known)
        newton, far = self.local.distance, np.isinf(known)
        ahead = np.where(far, newton, np.maximum(newton, known))
        # Behind an inflection Newton's target is none.
        ahead = np.where(~far & (newton > lines.INFLECTION * known), known, ahead)
        ahead = np.where(self._floor_below, known, ahead)
        way_back = self.length * (1.0 + self.end_outside)
        ahead = np.minimum(np.where(self.local.low > 0, ahead, known), way_back)
        return np.where(self._leads_to_another, newton, ahead)

    @quantity
    def _leads_to_another(self) -> Mask:
        """Whether Newton's step leads to a minimum nearer than all that are known: no slope there.

        Those outside the window are not known.
        """
        far = self.nearest.distance if len(self.ground.minima) else np.full(self.count, np.inf)
        nearer = (self.local.low > 0) & (self.local.distance < lines.TO_AND_FRO * far)
        return np.asarray(nearer & self.leads_to_level) if some(nearer) else nearer

    @quantity
    def target(self) -> Array:
        """Where Newton's step leads, to a minimum or not."""
        return self.end - in_plane(self.local, self.local.step)

    @quantity
    def slope_there(self) -> Array:
        """The slope at that target."""
        return Decayed(self.surface, self.decay).gradient(self.target)

    @quantity
    def leads_to_level(self) -> Mask:
        """Whether there is next to no slope where Newton's step leads."""
        return np.asarray(norm(self.slope_there) < lines.FLATTER * self.last_size)

    @quantity
    def _floor_below(self) -> Mask:
        """Whether what is left of the loss is what a step across a valley with a floor takes."""
        if not self.ground.floor:
            return np.zeros(self.count, dtype=bool)
        high = self.local.high
        takes = 0.5 * high * self.local.across**2
        near = (takes < 2 * self.remaining) & (self.remaining < 2 * takes)
        return np.asarray(near & (high > lines.VALLEY * np.abs(self.local.low)))

    @quantity
    def hover(self) -> Array:
        """Mean loss of the last quarter above where the end leads to."""
        level = np.where(self.local.low > 0, self.last_loss - self.local.excess, self.low)
        level = np.maximum(level, self.low)  # beside a tip Newton's step leads below all there is
        return mean(self.loss(slice(-(self.n // lines.QUARTER) - 1, None))) - level

    @quantity
    def goal(self) -> Array:
        """Where the end leads to: Newton's target if the loss curves up there, else the end."""
        near = (self.local.low > 0) & (self.local.distance < self.length)
        return self.end - in_plane(self.local, np.where(near, self.local.step, 0.0))

    @quantity
    def leads_to_a_known_one(self) -> Mask:
        """Whether Newton's step leads nearer to a known minimum, which then tells what is left."""
        if not len(self.ground.minima):
            return np.zeros(self.count, dtype=bool)
        near = self.ground.minima[self.nearest.number].T
        return np.asarray(norm(self.goal - near) < lines.TO_AND_FRO * self.nearest.distance)

    def modal(self, stretch: slice, middle: Array) -> Array:
        """A stretch of the path in the modes of the end about a point ``(2, k, N)``."""
        p, v = self.points(stretch) - middle[:, None], self.local.vectors
        return np.array([p[0] * v[0, i] + p[1] * v[1, i] for i in (0, 1)])
