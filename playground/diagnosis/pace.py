"""How fast N descents are at their end, and what is left to go."""

from __future__ import annotations

import sys
from dataclasses import dataclass

import numpy as np

from playground.diagnosis import lines
from playground.diagnosis.ahead import Ahead
from playground.diagnosis.path import norm
from playground.diagnosis.quantity import mean, quantity, some
from playground.theory.quadratic import roots
from playground.types import Array, Mask


@dataclass(frozen=True, eq=False)
class Pace(Ahead):
    """The evidence of the rules: paths, the surface under them, and the pace."""

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
        """At the pace of the last fifth: exponentially, or as a power of time where it slackens."""
        k, goal = self.fifth, lines.ARRIVED * self.fall
        below = self.below_the_end
        left, before = self.remaining + below, self.loss(-1 - k) - self.low + below
        pace = np.where(before > left, np.log(before / left) / k, 0.0)
        far = np.log(np.maximum(left / goal, 1.0))
        needed = far / pace
        if 2 * k <= self.n:
            earlier = np.log((self.loss(-1 - 2 * k) - self.low + below) / before) / k
            by_power = self.n * np.expm1(far / (pace * self.n))
            needed = np.where(pace < lines.SLACKENS * earlier, by_power, needed)
        return np.where(left <= goal, 0.0, needed)

    @quantity
    def below_the_end(self) -> Array:
        """What a run that ends lower than all that is known may still fall by.

        As much as is left of a fall that shrinks from fifth to fifth as it does now.
        """
        k = self.fifth
        if 2 * k > self.n:
            return np.zeros(self.count)
        f = self.loss(-1)
        now, before = self.loss(-1 - k) - f, self.loss(-1 - 2 * k) - self.loss(-1 - k)
        falls = (f <= self.low) & (now > 0) & (now < before)
        return np.where(falls, now * now / np.where(falls, before - now, 1.0), 0.0)

    def _to_a_minimum(self) -> Array:
        d, target = self.ahead, lines.ARRIVED * self.travelled
        speed = self.moved(self.fifth) / self.fifth
        needed = np.where(speed == 0, np.inf, self._by_way(d, target, speed))
        if self.linear:
            least = np.maximum(self._by_loss(target), self._by_modes(target))
            needed = np.maximum(needed, np.where(self.cut_late, needed, least))
        elif len(self.ground.minima):
            needed = np.maximum(needed, self._by_coordinate(target))
        # Down no hill, and away from where one would arrive: as Newton's steps on a plateau.
        before = self.nearest_of(self.ground.minima, self.points(-1 - self.fifth)).distance
        away = (self.nearest.distance > before) & (self.last_loss >= self.loss(-1 - self.fifth))
        lost = ((self.local.low <= 0) & away) | self.climbs
        needed = np.where(lost | self.settles_at_a_saddle, np.inf, needed)
        there = (d <= target) & (speed > 0)
        return np.where(there | self.on_a_floor, 0.0, needed)  # along a floor nothing is left

    def _by_coordinate(self, target: Array) -> Array:
        """Of a rule with a step per parameter the time of the one that takes longest."""
        way = np.abs(self.end - self.ground.minima[self.nearest.number].T)
        before = np.abs(self.points(-1 - self.fifth) - self.ground.minima[self.nearest.number].T)
        nearer = (before - way) / self.fifth
        counts = (way > target) & (nearer > lines.SLOWING * nearer.max(axis=0))
        times = np.where(counts, way / np.where(counts, nearer, 1.0), 0.0)
        return np.asarray(times.max(axis=0))

    @quantity
    def climbs(self) -> Mask:
        """Whether every step of the last fifth led uphill, and no inertia is to blame."""
        if not self.n:
            return np.zeros(self.count, dtype=bool)
        f = self.loss(slice(-self.fifth - 1, None))
        rises = np.asarray((f[1:] > f[:-1]).all(axis=0))
        return rises & (self.each(self.optimizer.inertia) == 0) if some(rises) else rises

    def _by_way(self, d: Array, target: Array, speed: Array) -> Array:
        """At constant speed, slowing down in proportion, or leaving at a growing speed."""
        half = max(self.fifth // 2, 1)
        late = self.moved(half) / half
        early = self.moved(2 * half, half) / half if 2 * half <= self.n else late
        alive = (early > 0) & (late > 0)
        slowing = np.where(alive, np.log(early / late) / half, np.inf)
        # Only steps in proportion to the slope grow with it.
        leaves = (slowing < -lines.STEADY) & (not self.adaptive)
        leaves &= self.local.low <= -lines.DOWNHILL * np.abs(self.local.high)
        constant = np.where(leaves, np.log1p(d * -slowing / late) / -slowing, d / late)
        fading = np.log(d / target) * d / np.maximum(speed, late)
        return np.where(slowing > lines.SLOWING * late / d, fading, constant)

    def _by_loss(self, target: Array) -> Array:
        """Of a linear rule the loss is the better clock, as its slowest mode is what is left."""
        now = self.local.excess
        goal = 0.5 * self.local.low * target * target
        before = self.loss(-1 - self.fifth) - self.last_loss + now
        falls = np.where(before > now, np.log(before / now) / self.fifth, 0.0)
        return np.where((self.local.low > 0) & (now > goal), np.log(now / goal) / falls, 0.0)

    def _by_modes(self, target: Array) -> Array:
        """Of a linear rule the time its slowest mode takes at least, by the roots of its recursion.

        A fast mode hides it while both are on their way, and a swing may pass the goal.
        """
        if not some(self.local.low > 0):
            return np.zeros(self.count)
        rate = np.clip(mean(self.lr[-self.fifth :]), lines.TINY, sys.float_info.max)  # it may be 0
        rule = self.optimizer.replace(lr=rate)
        times = []
        for curvature, way in zip((self.local.low, self.local.high), self.local.step, strict=True):
            keeps = np.abs(roots(rule, curvature)).max(axis=0)
            way = np.abs(way)
            left = np.log(np.where(way > target, way / target, 1.0))
            times.append(np.where((keeps > 0) & (keeps < 1), left / -np.log(keeps), 0.0))
        # Where Newton's step leads beyond the minimum, the ground ahead is steeper than here.
        within = self.local.distance <= lines.AS_QUADRATIC * self.nearest.distance
        near = (self.local.low > 0) & (self.local.distance < self.length) & within
        return np.where(near, np.maximum(*times), 0.0)

    @quantity
    def settles_at_a_saddle(self) -> Mask:
        """Whether it nears the saddle that draws it also along the way down, as Newton does."""
        if not len(self.ground.others):
            return np.zeros(self.count, dtype=bool)
        q, u = self.ground.others[self.drawn.number].T, self.local.vectors[:, 0]
        now, before = (
            np.abs(u[0] * d[0] + u[1] * d[1])
            for d in (self.end - q, self.points(-1 - self.fifth) - q)
        )
        passes = self.moved(1) > self.drawn.distance
        found: Mask = (self.drawn.factor < 1) & (now <= before) & ~passes
        return found

    @quantity
    def ringing(self) -> Mask:
        """Whether a mode still swings through the goal, less and less."""
        if self.n < lines.SOME:
            return np.zeros(self.count, dtype=bool)
        near = self.way_to_the_middle <= lines.RING_NEAR * self.travelled
        found = np.zeros(self.count, dtype=bool)
        if some(near):
            found[near] = self.part(near)._rings()
        return found

    @quantity
    def way_to_the_middle(self) -> Array:
        """To what it may swing about: the known minimum beside it, else Newton's target."""
        near, curved = self.nearest.distance, (self.local.low > 0) & ~self.at_a_level_minimum
        newton = np.where(curved, self.local.distance, np.inf)
        return np.where(near <= lines.RING_NEAR * self.travelled, near, newton)

    @quantity
    def middle(self) -> Array:
        if not len(self.ground.minima):
            return self.goal
        known = self.nearest.distance <= lines.RING_NEAR * self.travelled
        return np.where(known, self.ground.minima[self.nearest.number].T, self.goal)

    def _rings(self) -> Mask:
        p = self.points(slice(-self.fifth - 1, None))
        path = mean(norm(p[:, 1:] - p[:, :-1]))
        z = self.modal(slice(self.n // 2, None), self.middle)
        middle = z.shape[1] // 2
        crossings = np.add.accumulate(z[:, :-1] * z[:, 1:] < 0, axis=1, dtype=np.intp)
        # What came in before its only crossing was no swing yet.
        swung = crossings >= np.maximum(crossings[:, -1:] - 1, 1)
        late = np.where(swung[:, middle - 1 :], np.abs(z[:, middle:]), 0.0)
        before, after = np.abs(z[:, :middle]).max(axis=1), late.max(axis=1)
        dies = (after > lines.RING * self.travelled) & (after < before)
        if not self.linear:  # at the scale of its strides it is kept up
            dies &= after > lines.LAST_STRIDES * path
        swing, rest = np.where(dies, after, 0.0).max(axis=0), np.where(dies, 0.0, np.abs(z[:, -1]))
        reach = path * lines.RING_REACH * self.n
        found: Mask = (reach > self.way_to_the_middle) & (rest.max(axis=0) < swing)
        return found
