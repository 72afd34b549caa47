"""What comes after the end of one run, for its sentences: the same descent carried on."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np

from playground.diagnosis import lines
from playground.diagnosis.carried_on import carried_on, first_update, for_the_rest
from playground.diagnosis.decayed import Decayed
from playground.diagnosis.led import led, over_the_floor
from playground.diagnosis.pace import Pace
from playground.diagnosis.path import norm
from playground.types import Array, Mask


@dataclass(frozen=True, eq=False)
class Future:
    """The way on of a single run, as far as it is looked at."""

    e: Pace
    ahead: int = lines.LOOK_AHEAD
    """Updates that are looked ahead."""

    @classmethod
    def of(cls, e: Pace, ahead: int = lines.LOOK_AHEAD) -> Self:
        """The future of a run, carried on once however many sentences ask for it."""
        kept = vars(e).setdefault("futures", {})
        if ahead not in kept:
            kept[ahead] = cls(e, ahead)
        found: Self = kept[ahead]
        return found

    @property
    def own(self) -> bool:
        """Whether the schedule has a length of its own, and goes on."""
        return bool(self.e.goes_on.item())

    @cached_property
    def ended(self) -> bool:
        """Whether the schedule has ended the rate: what is to come is next to nothing."""
        rate, n = self.e.lr[:, 0], self.e.n
        if not (low := bool(n and rate[-1] < lines.ENDED * rate.max())) or not self.own:
            return low
        share = self.e.run.problem.schedule(np.arange(n + self.ahead), n)
        return bool(share[n:].sum() < lines.ENDED * share[:n].sum())

    @cached_property
    def points(self) -> Array:
        """The end, and what follows ``(2, K+1)``."""
        return carried_on(self.e.run, self.e.n + self.ahead, held=not self.own).x[self.e.n :].T

    @cached_property
    def loss(self) -> Array:
        """Loss of `points` ``(K+1,)``, decay included."""
        function = Decayed(self.e.surface, float(self.e.decay[0]))
        found: Array = np.asarray(function(self.points))
        return found

    @property
    def rest(self) -> Array | None:
        """The minimum that the way down from the end leads to ``(2,)``; None if none is found."""
        return self._led[0]

    @cached_property
    def level(self) -> float | None:
        """Loss at its rest, decay included."""
        if self.rest is None:
            return None
        return float(Decayed(self.e.surface, float(self.e.decay[0]))(self.rest))

    @cached_property
    def _led(self) -> tuple[Array | None, bool]:
        return led(self.e, self.points[:, -1:])

    @property
    def sure(self) -> bool:
        """Whether the way down leads to `rest`; else it is only the nearest minimum known."""
        return self._led[1]

    @property
    def falls_on(self) -> bool:
        """Whether the way down leads past every minimum, on a surface without a floor."""
        return self.rest is None and self.e.ground.unbounded

    @cached_property
    def left(self) -> float:
        """The way to it, or as much as is known of it."""
        if self.rest is None:
            return float(self.e.ahead[0])
        return float(norm(self.rest - self.e.end[:, 0]))

    @cached_property
    def made(self) -> float:
        return float(norm(self.e.end - self.e.start)[0])

    @property
    def stays(self) -> bool:
        """Whether it is there, and does not leave, as far as is looked ahead."""
        return bool(self._there.all())

    @property
    def out(self) -> float:
        """Updates until it is no longer within 1 % of the way of its rest."""
        return first_update(~self._there)

    @property
    def comes(self) -> float:
        """Updates until it is within 1 % of the way of its rest; infinite if not in sight."""
        return first_update(self._there)

    @cached_property
    def needed(self) -> float:
        """Updates until it is there and stays for a while: inertia may carry it through."""
        return self._stays(self._there)

    @property
    def since(self) -> float:
        """The update from which on it is there for all the rest that is looked at."""
        return for_the_rest(self._there)

    @property
    def for_good(self) -> float:
        """The same, if that is long: a quarter of what is looked at."""
        stay = max(self.ahead // lines.QUARTER, self.e.n // lines.QUARTER)
        return self.since if self.since + stay < len(self._there) else math.inf

    def _stays(self, there: Mask) -> float:
        stay = max(lines.SOME, self.e.n // lines.QUARTER)
        away = np.cumsum(np.append(0, ~there))
        return first_update(away[stay + 1 :] == away[: -stay - 1])

    @cached_property
    def _there(self) -> Mask:
        """At which of `points` it is within 1 % of the way of its rest ``(K+1,)``."""
        if self.rest is None:
            return np.zeros(self.points.shape[1], dtype=bool)
        return np.asarray(self.off <= self.within)

    @property
    def within(self) -> float:
        """How near is there: 1 % of the way from the start to its rest."""
        way = math.inf if self.rest is None else float(norm(self.rest - self.e.start[:, 0]))
        return lines.ARRIVED * max(way, lines.LEAST_WAY * self.e.length)

    @cached_property
    def off(self) -> Array:
        """How far `points` are from its rest, or from the floor it is a point of ``(K+1,)``."""
        floor = self.e.ground.floor
        return np.minimum(self.away, over_the_floor(self.e, self.points)) if floor else self.away

    @property
    def over(self) -> bool:
        """Whether its schedule has ended, and it does not get there on what is left of it."""
        on = self.at_last < lines.HELD * self.left
        return self.ended and math.isinf(self.needed) and not on

    @property
    def width(self) -> float:
        """The amplitude after as many updates again, of as many points as that of the end."""
        p = self.points[:, : max(self.e.n, self.e.tail) + 1][:, -self.e.tail :]
        return float(norm(p - p.mean(axis=1, keepdims=True)).max())

    @cached_property
    def away_at_last(self) -> float:
        """How far from its rest it is at most in the last quarter of what is looked at."""
        if self.rest is None:
            return math.inf
        return float(self.away[-(len(self.away) // lines.QUARTER) :].max())

    @property
    def recedes(self) -> float:
        """How far from its rest it is at last, if it never comes and that is farther; else 0."""
        farther = self.left < self.at_last < math.inf and math.isinf(self.comes)
        return self.at_last if farther else 0.0

    @property
    def stride(self) -> float:
        """The last step of what is looked at."""
        return float(norm(self.points[:, -1] - self.points[:, -2]))

    @cached_property
    def away(self) -> Array:
        """How far `points` are from its rest, or a stretch of rests; infinite without one."""
        if self.rest is None:
            return np.full(self.points.shape[1], math.inf)
        stretches = self.e.ground.off_stretches(self.points)
        return np.minimum(norm(self.points - self.rest[:, None]), stretches)

    @property
    def nearest(self) -> float:
        return float(self.away.min())

    @property
    def at_last(self) -> float:
        """How far it is from its rest at the end of what is looked at."""
        return float(self.away[-1])

    @property
    def stops_short(self) -> bool:
        """Whether it does not come, and has stopped to come nearer, or has turned away."""
        q = len(self.away) // lines.QUARTER
        before, last = float(self.away[-2 * q : -q].min()), float(self.away[-q:].min())
        # It may be slow, but has not stopped.
        stopped = last >= lines.STOPS * before or self.nearest < lines.SLACKENS * last
        return stopped and math.isinf(self.comes) and last < math.inf

    @property
    def leads_higher(self) -> bool:
        """Whether the minimum it leads to is not the lowest that is known."""
        heights, here = self.e.ground.heights, self.level
        if here is None or not len(heights):
            return False
        return here - float(heights.min()) > self.e.ground.tolerance

    @property
    def stands(self) -> bool:
        """Whether it hardly moves any more in the later half of what is looked at."""
        late = self.points[:, self.points.shape[1] // 2 :]
        middle = late.shape[1] // 2
        near = norm(late - late[:, -1:]).max() <= lines.BESIDE * self.e.length
        before, after = norm(late[:, middle] - late[:, 0]), norm(late[:, -1] - late[:, middle])
        return bool(near and after <= lines.SLACKENS * before)

    def leaves(self, p: Array) -> float:
        """Updates until it is 1 % of the window away from a point for good; infinite if not so."""
        return for_the_rest(~(norm(self.points - p[:, None]) <= lines.AT_CRITICAL * self.e.length))

    def reaches(self, p: Array) -> float:
        """Updates until it stays within 1 % of the window of a point; infinite if not in sight."""
        return self._stays(norm(self.points - p[:, None]) <= lines.AT_CRITICAL * self.e.length)

    @cached_property
    def later(self) -> float:
        """Its mean loss in as many updates again, or after; of many the least that is looked at."""
        n, later = self.e.n, math.nan
        if n < len(self.loss):
            later = float(min(np.mean(self.loss[1 : n + 1]), np.mean(self.loss[n : 2 * n + 1])))
        return later if math.isfinite(later) else float(np.nanmin(self.loss))

    @property
    def goes_down(self) -> bool:
        """Whether it is then lower than over its last quarter."""
        late = max(self.e.n // lines.QUARTER, lines.FIRST_STEPS - 1) + 1
        return self.later < float(np.mean(self.e.f[-late:, 0]))
