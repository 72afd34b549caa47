"""The evidence of events: what happened in the middle of a path."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from playground.diagnosis import lines
from playground.diagnosis.leaps import Leap, leaps
from playground.diagnosis.motion import opposed
from playground.diagnosis.pace import Pace
from playground.diagnosis.path import norm
from playground.diagnosis.place import Nearest
from playground.diagnosis.quantity import quantity
from playground.diagnosis.swings import Swing, about, swings, zero_between
from playground.theory.curvature import symmetric_modes
from playground.types import Array, Mask


@dataclass(frozen=True, eq=False)
class Way(Pace):
    """What is asked of the middle of the path, beside its end."""

    @quantity
    def uphill(self) -> Array:
        """Share of steps that climb by inertia: the step points along the gradient."""
        found: Array = np.count_nonzero(self.leads_up, axis=0) / self.n
        return found

    @quantity
    def swings(self) -> tuple[Swing | None, ...]:
        """The furthest swing of each descent past where the slope along a mode turns."""
        return tuple(self._swing(i) for i in range(self.count))

    def _swing(self, lane: int) -> Swing | None:
        p, g, v = self.points()[..., lane], self.slope(slice(None))[..., lane], self.local.vectors
        least = lines.SWING * float(norm(p[:, -1:] - p[:, :1]).item())
        found: list[Swing] = []
        valley = self.local.high[lane] > lines.VALLEY * self.local.low[lane]
        for mode in (0, 1):
            if self.about_a_minimum[lane] or (mode and valley):  # else there are no walls to pass
                found += swings(v[:, mode, lane] @ p, v[:, mode, lane] @ g, mode)
        if found and not self.about_a_minimum[lane]:
            found = self._in_a_straight_valley(found, lane)
        for swing in sorted(found, key=lambda s: s.beyond, reverse=True):
            seen = None if self._led_on(swing, lane) else self._measured(swing, lane)
            if seen and seen.begin > max(least, lines.NO_WAY * self.length):
                return seen
        return None

    def _led_on(self, swing: Swing, lane: int) -> bool:
        """Whether something else than inertia led it across: its decay, or a burst."""
        decay = self.pull[lane] and swing.last == self.n
        return bool(decay) or any(_thrown(swing, leap) for leap in self.leaps[lane])

    def _measured(self, swing: Swing, lane: int) -> Swing | None:
        """The swing about the minimum, or else about where the slope is zero between two points."""
        p, u = self.points()[..., lane], self.local.vectors[:, swing.mode, lane]
        if self.about_a_minimum[lane]:
            seen = about(swing, u @ p, float(u @ self._minimum(lane)))
            if seen is None or (seen.mode and self.comes_by(seen, lane)):
                return seen
            if not seen.mode:  # along a valley that turns, passing the level of it is no swing
                beside = self._away(seen.first, seen.first, lane) <= lines.TO_AND_FRO * seen.beyond
                return seen if beside or self._in_a_straight_valley([seen], lane) else None
        c, (a, b) = u @ p, p[:, swing.first - 1 : swing.first + 1].T
        zero = self._turns(a, b, u, lane)
        seen = about(swing, c, zero)
        if seen is None:
            return None
        beyond = slice(seen.first, seen.last + 1)
        level = self._as_far(seen.begin, p, c - zero, slice(seen.first), u, lane)
        return seen if level and self._as_far(seen.beyond, p, c - zero, beyond, u, lane) else None

    def _turns(self, a: Array, b: Array, u: Array, lane: int) -> float:
        """Where along `u` the slope along it turns first, on the line between two points."""
        line = a[:, None] + (b - a)[:, None] * np.linspace(0.0, 1.0, lines.WALLS)
        slope = u @ (self.surface.gradient(line) + self.decay[lane] * line)
        return zero_between(u @ line, slope)

    def _as_far(
        self, away: float, p: Array, off: Array, stretch: slice, u: Array, lane: int
    ) -> bool:
        """Whether the floor is as far, along `u`, where it is said to have been so far off it.

        off: the way along `u` of every point from where the slope turned as it came across.
        """
        k = range(len(off))[stretch][int(np.abs(np.abs(off[stretch]) - away).argmin())]
        turns = self._turns(p[:, k], p[:, k] - 2 * off[k] * u, u, lane)
        return bool(abs(abs(turns - u @ p[:, k]) - away) <= lines.AS_WIDE * away)

    def comes_by(self, swing: Swing, lane: int) -> bool:
        """Whether it passes the minimum it leads to nearer than it swings beyond."""
        return self._away(swing.first, swing.last, lane) <= swing.beyond

    def _away(self, first: int, last: int, lane: int) -> float:
        """How near it comes to the minimum it leads to, as it crosses and up to a step."""
        p = self.points(slice(first - 1, last + 1))[..., lane]
        return float(norm(p - self._minimum(lane)[:, None]).min())

    def _minimum(self, lane: int) -> Array:
        """The known minimum that one descent leads to ``(2,)``, of those about a minimum."""
        return np.asarray(self.ground.minima[self._goal.number[lane]])

    @quantity
    def _goal(self) -> Nearest:
        """The known minimum nearest to where each end leads."""
        return self.nearest_of(self.ground.minima, self.goal)

    def _in_a_straight_valley(self, found: list[Swing], lane: int) -> list[Swing]:
        """The swings between walls that stand as those at the end."""
        p = self.points()[..., lane]
        modes = symmetric_modes(*self.surface.hessian(p)[[0, 0, 1], [0, 1, 1]])
        same = np.abs(self.local.vectors[:, 1, lane] @ modes.vectors[:, 1]) > lines.SAME_WAY
        return [s for s in found if same[s.first - 1 : s.last + 1].all()]

    @quantity
    def about_a_minimum(self) -> Mask:
        """Whether it leads to one place; of a floor only samples are known."""
        if self.ground.floor:
            return np.zeros(self.count, dtype=bool)
        near: Mask = self._goal.distance <= lines.BESIDE * self.length
        return near

    @quantity
    def leaps(self) -> tuple[list[Leap], ...]:
        """The bursts of each descent, in turn."""
        flips = opposed(self.slope(slice(None)))
        lanes = range(self.count)
        return tuple(leaps(self.size[:, i], self.f[:, i], flips[:, i]) for i in lanes)


def _thrown(swing: Swing, leap: Leap) -> bool:
    """Whether a swing belongs to a burst or rings after it: that is thrown, not carried."""
    begin, end = leap.peak - lines.BURST_REASON, leap.end + lines.QUIET
    return begin <= swing.last and swing.first <= end
