"""The effective step of N descents along the way still to go."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from playground.diagnosis import lines
from playground.diagnosis.evidence import Evidence
from playground.diagnosis.place import in_plane
from playground.diagnosis.quantity import Index, quantity, some
from playground.types import Array, Mask


@dataclass(frozen=True, eq=False)
class Stride(Evidence):
    """Paths, and what multiplies the slopes that are still to be gone down."""

    @quantity
    def to_go(self) -> Index:
        """The coordinate along which most of the way is left."""
        step = np.where(np.isfinite(self.local.step), self.local.step, 1.0)
        if self.ground.floor:  # to which it leads across
            step = step * np.array([[0.0], [1.0]])
        way = in_plane(self.local, step)
        if len(self.ground.minima):  # which Newton's step may lead away from, or nowhere
            near = (self.local.low > 0) & (self.local.distance < self.length)
            way = np.where(near, way, self.end - self.ground.minima[self.nearest.number].T)
        found: Index = np.abs(way).argmax(axis=0)
        return found

    @cached_property
    def moments(self) -> list[int]:
        """Updates whose rates are compared: the first ones, some of the first half, the last."""
        first = min(max(self.n // lines.TWENTIETH, lines.FIRST_STEPS), self.n)
        later = np.linspace(first, self.n // 2, lines.RATES_SEEN).astype(int)  # after a warm-up
        seen = {*range(first), *later.tolist()}
        begin = sorted(k for k in seen if k < self.n - 1) or [self.n - 1]
        return [*begin, self.n - 1]

    @quantity
    def rates_then(self) -> Array:
        """Effective rate along the direction still to go, at those moments ``(K, N)``."""
        if not self.adaptive:
            return self.lr[self.moments]
        rates = self.own.effective_lr_of(self.moments).reshape(len(self.moments), 2, -1)
        rate = np.where(self.to_go == 0, rates[:, 0], rates[:, 1])
        begun = 1.0 + np.array(self.moments)[:, None]
        return np.asarray(rate * np.minimum(self.optimizer.start_up(begun), 1.0))

    def along(self, p: Array, s: Array, updates: slice) -> Array:
        """η·λ along steps ``s (2, k, N)`` from places ``p (2, k, N)``, with rates of updates.

        sᵀHs / sᵀP⁻¹s with the effective rates P: no more than η·λ_max, and as much only along the
        steepest mode.
        """
        h, rates = self.surface.hessian(p), self.rates(updates).swapaxes(0, 1)
        curved = s[0] * s[0] * h[0, 0] + 2 * s[0] * s[1] * h[0, 1] + s[1] * s[1] * h[1, 1]
        with np.errstate(all="ignore"):
            cost = np.where(s == 0, 0.0, s * s / rates)
            found: Array = (curved + self.decay * (s * s).sum(axis=0)) / (cost[0] + cost[1])
        return found

    @quantity
    def leads_up(self) -> Mask:
        """Whether each update points along the gradient it starts at ``(n, N)``."""
        p, g = self.points(), self.slope(slice(None))
        up = (p[0, 1:] - p[0, :-1]) * g[0, :-1] + (p[1, 1:] - p[1, :-1]) * g[1, :-1]
        return np.asarray(up > 0)

    @quantity
    def collapse(self) -> Array:
        """By how much the effective step along the direction still to go has fallen."""
        rate = self.rates_then
        most = np.fmax.reduce(rate[:-1])
        if some(self.noise > 0):  # the first gradients of which may be small by chance
            known = np.isfinite(rate[:-1]).any(axis=0)  # of a rule that has no rate yet none is
            usual = np.nanmedian(np.where(known, rate[:-1], 0.0), axis=0)
            most = np.where(known & (self.noise > 0), usual, most)
        return np.asarray(most / np.maximum(rate[-1], lines.TINY))
