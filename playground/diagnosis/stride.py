"""The effective step of N descents along the way still to go."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from playground.diagnosis import lines
from playground.diagnosis.evidence import Evidence
from playground.diagnosis.place import in_plane
from playground.diagnosis.quantity import Index, quantity
from playground.types import Array


@dataclass(frozen=True, eq=False)
class Stride(Evidence):
    """Paths, and what multiplies the slopes that are still to be gone down."""

    @quantity
    def to_go(self) -> Index:
        """The coordinate along which most of the way is left."""
        way = in_plane(self.local, np.where(np.isfinite(self.local.step), self.local.step, 1.0))
        if len(self.ground.minima):  # which Newton's step may lead away from, or nowhere
            near = (self.local.low > 0) & (self.local.distance < self.length)
            way = np.where(near, way, self.end - self.ground.minima[self.nearest.number].T)
        found: Index = np.abs(way).argmax(axis=0)
        return found

    @quantity
    def collapse(self) -> Array:
        """By how much the effective step along the direction still to go has fallen."""
        first = min(max(self.n // lines.TWENTIETH, lines.FIRST_STEPS), self.n)
        updates = np.array([*range(min(first, self.n - 1)), self.n - 1])
        if self.adaptive:
            rates = self.own.effective_lr_of(updates.tolist()).reshape(len(updates), 2, -1)
            rate = np.where(self.to_go == 0, rates[:, 0], rates[:, 1])
            rate = rate * np.minimum(self.optimizer.start_up(1.0 + updates[:, None]), 1.0)
        else:
            rate = self.lr[updates]
        return np.asarray(np.fmax.reduce(rate[:first]) / np.maximum(rate[-1], lines.TINY))
