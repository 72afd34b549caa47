"""How fast N descents are at their end, and what is left to go."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from playground.diagnosis import lines
from playground.diagnosis.evidence import Evidence
from playground.diagnosis.path import norm
from playground.diagnosis.place import in_plane
from playground.diagnosis.quantity import Index, mean, quantity, some
from playground.types import Array, Mask


@dataclass(frozen=True, eq=False)
class Pace(Evidence):
    """The evidence of the rules: paths, the surface under them, and the pace."""

    @quantity
    def ahead(self) -> Array:
        """The way still to go: Newton's, corrected by the nearest known minimum."""
        known = np.where(self.nearest.distance > 0, self.nearest.distance, np.inf)
        newton, far = self.local.distance, np.isinf(known)
        ahead = np.where(far, newton, np.maximum(newton, known))
        # Behind an inflection Newton's target is none.
        ahead = np.where(~far & (newton > lines.INFLECTION * known), known, ahead)
        return np.minimum(np.where(self.local.low > 0, ahead, known), self.length)

    @quantity
    def hover(self) -> Array:
        """Mean loss of the last quarter above where the end leads to."""
        level = np.where(self.local.low > 0, self.last_loss - self.local.excess, self.low)
        return mean(self.loss(slice(-(self.n // lines.QUARTER) - 1, None))) - level

    @quantity
    def goal(self) -> Array:
        """Where the end leads to: Newton's target if the loss curves up there, else the end."""
        near = (self.local.low > 0) & (self.local.distance < self.length)
        return self.end - in_plane(self.local, np.where(near, self.local.step, 0.0))

    def modal(self, stretch: slice) -> Array:
        """A stretch of the path in the modes of the end about the goal ``(2, k, N)``."""
        p, v = self.points(stretch) - self.goal[:, None], self.local.vectors
        return np.array([p[0] * v[0, i] + p[1] * v[1, i] for i in (0, 1)])

    def moved(self, late: int, early: int = 0) -> Array:
        """Distance from `late` updates before the end to `early` before it."""
        now = self.end if early == 0 else self.points(-1 - early)
        return norm(now - self.points(-1 - late))

    @quantity
    def needed(self) -> Array:
        """Updates until it is there at the pace of the last fifth.

        Where there is no minimum: to the saddle that draws it, or until 99 % of the drop is done.
        """
        if not self.n:
            return np.full(self.count, np.inf)
        if len(self.ground.minima):
            return self._to_a_minimum()
        without = self._to_a_minimum() if self.ground.unbounded else self._to_the_bottom()
        return np.where(self.drawn.factor < 1, self.to_the_saddle, without)

    @quantity
    def to_the_saddle(self) -> Array:
        """Updates until it is within 1 % of the window of the saddle that draws it."""
        way = self.drawn.distance / (lines.AT_CRITICAL * self.length)
        return np.log(np.maximum(way, 1)) / -np.log(self.drawn.factor)

    def _to_the_bottom(self) -> Array:
        left, before = self.remaining, self.loss(-1 - self.fifth) - self.low
        goal = lines.ARRIVED * self.fall
        pace = np.where(before > left, np.log(before / left) / self.fifth, 0.0)
        return np.where(left <= goal, 0.0, np.log(left / goal) / pace)

    def _to_a_minimum(self) -> Array:
        d, target = self.ahead, lines.ARRIVED * self.travelled
        speed = self.moved(self.fifth) / self.fifth
        needed = np.where(speed == 0, np.inf, self._by_way(d, target, speed))
        if self.linear:
            by_loss = np.where(self.cut_late, needed, self._by_loss(target))
            needed = np.maximum(needed, by_loss)
        return np.where((d <= target) & (speed > 0), 0.0, needed)

    def _by_way(self, d: Array, target: Array, speed: Array) -> Array:
        """At constant speed, slowing down in proportion, or leaving at a growing speed."""
        half = max(self.fifth // 2, 1)
        late = self.moved(half) / half
        early = self.moved(2 * half, half) / half if 2 * half <= self.n else late
        alive = (early > 0) & (late > 0)
        slowing = np.where(alive, np.log(early / late) / half, np.inf)
        leaves = (slowing < -lines.STEADY) & (
            self.local.low <= -lines.DOWNHILL * np.abs(self.local.high)
        )
        constant = np.where(leaves, np.log1p(d * -slowing / late) / -slowing, d / late)
        return np.where(
            slowing > lines.SLOWING * late / d, np.log(d / target) * d / speed, constant
        )

    def _by_loss(self, target: Array) -> Array:
        """Of a linear rule the loss is the better clock, as its slowest mode is what is left."""
        now = self.local.excess
        goal = 0.5 * self.local.low * target * target
        before = self.loss(-1 - self.fifth) - self.last_loss + now
        falls = np.where(before > now, np.log(before / now) / self.fifth, 0.0)
        return np.where((self.local.low > 0) & (now > goal), np.log(now / goal) / falls, 0.0)

    # ---- the effective step -----------------------------------------------------------------

    @quantity
    def to_go(self) -> Index:
        """The coordinate along which most of the way is left."""
        step = np.where(np.isfinite(self.local.step), self.local.step, 1.0)
        found: Index = np.abs(in_plane(self.local, step)).argmax(axis=0)
        return found

    @quantity
    def collapse(self) -> Array:
        """By how much the effective step along the direction still to go has fallen."""
        first = min(max(self.n // lines.TWENTIETH, lines.FIRST_STEPS), self.n)
        updates = np.array([*range(min(first, self.n - 1)), self.n - 1])
        if self.adaptive:
            rates = self.own.effective_lr_of(updates.tolist()).reshape(len(updates), 2, -1)
            rate = np.where(self.to_go == 0, rates[:, 0], rates[:, 1])
            rate = rate * self.optimizer.start_up(1.0 + updates[:, None])
        else:
            rate = self.lr[updates]
        found: Array = rate[:first].max(axis=0) / np.maximum(rate[-1], lines.TINY)
        return found

    @quantity
    def ringing(self) -> Mask:
        """Whether a mode still swings through the goal, less and less."""
        if self.n < lines.SOME:
            return np.zeros(self.count, dtype=bool)
        local = self.local
        near = (local.low > 0) & (local.distance <= lines.RING_NEAR * self.travelled)
        found = np.zeros(self.count, dtype=bool)
        if some(near):
            found[near] = self.part(near)._rings()
        return found

    def _rings(self) -> Mask:
        p = self.points(slice(-self.fifth - 1, None))
        path = mean(norm(p[:, 1:] - p[:, :-1]))
        z = self.modal(slice(self.n // 2, None))
        middle = z.shape[1] // 2
        swings = (z[:, :-1] * z[:, 1:] < 0).any(axis=1)
        before, after = np.abs(z[:, :middle]).max(axis=1), np.abs(z[:, middle:]).max(axis=1)
        dies = swings & (after > lines.RING * self.travelled) & (after < before)
        found: Mask = (path * lines.RING_REACH * self.n > self.local.distance) & dies.any(axis=0)
        return found
