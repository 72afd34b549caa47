"""What comes after the end of one run, for its sentences: the same descent carried on."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from playground.diagnosis import lines
from playground.diagnosis.carried_on import carried_on
from playground.diagnosis.decayed import Decayed
from playground.diagnosis.downhill import downhill
from playground.diagnosis.pace import Pace
from playground.diagnosis.path import norm
from playground.diagnosis.say import rate_ended
from playground.types import Array, Mask
from playground.words import count, number, steps_in_words

ALONG = 201
"""So many points of a straight way are looked at."""


@dataclass(frozen=True, eq=False)
class Future:
    """The way on of a single run, as far as it is looked at."""

    e: Pace

    @cached_property
    def own(self) -> bool:
        """Whether the schedule has a length of its own, and goes on."""
        problem, t = self.e.run.problem, np.arange(self.e.n)
        long = problem.steps + lines.LOOK_AHEAD
        return np.array_equal(problem.schedule(t, problem.steps), problem.schedule(t, long))

    @cached_property
    def ended(self) -> bool:
        """Whether the schedule was made for this length and has brought the rate to its end."""
        return not self.own and rate_ended(self.e)

    @cached_property
    def points(self) -> Array:
        """The end, and what follows ``(2, K+1)``."""
        problem = self.e.run.problem
        return carried_on(problem, self.e.n + lines.LOOK_AHEAD, held=not self.own)[self.e.n :].T

    @cached_property
    def loss(self) -> Array:
        """Loss of `points` ``(K+1,)``, decay included."""
        function = Decayed(self.e.surface, float(self.e.decay[0]))
        found: Array = np.asarray(function(self.points))
        return found

    @cached_property
    def rest(self) -> Array | None:
        """The minimum that the way down from the end leads to ``(2,)``; None if none is found."""
        e = self.e
        function, end = Decayed(e.surface, float(e.decay[0])), e.end[:, 0]
        near = e.ground.minima[e.nearest.number[0]] if len(e.ground.minima) else None
        if e.pull[0] and near is not None:  # which may lead it elsewhere than the slope does
            away = norm(e.ground.minima.T - self.points[:, -1:])
            if away.min() <= lines.AT_CRITICAL * e.length:
                return np.asarray(e.ground.minima[away.argmin()])
        sampled = e.ground.floor  # of a floor only samples are known, one of them beside it
        if near is not None and not sampled and self._beside(e.end[:, 0]):
            return np.asarray(near)
        found = downhill(function, end, e.length)
        if not (found.success and np.isfinite(found.x).all() and found.fun <= function(end)):
            deeper = near is not None and found.fun < function(near) - e.ground.tolerance
            return None if e.ground.unbounded and deeper else near
        if sampled:
            return self._first_as_low(found.x, function)
        as_low = near is not None and found.fun - function(near) <= np.spacing(e.ground.relief)
        if near is not None and not as_low and self._beside(found.x):
            return np.asarray(near)
        return np.asarray(found.x)

    def _first_as_low(self, p: Array, function: Decayed) -> Array:
        """The first point of the straight way from the end that lies on the floor `p` is on."""
        line = self.e.end + (p - self.e.end[:, 0])[:, None] * np.linspace(0, 1, ALONG)
        low = function(line) <= function(p) + lines.FLOOR * self.e.fall
        return np.asarray(line[:, low.argmax()])

    @property
    def falls_on(self) -> bool:
        """Whether the way down leads past every minimum, on a surface without a floor."""
        return self.rest is None and self.e.ground.unbounded

    def _beside(self, p: Array) -> bool:
        """Whether a point is as good as at the minimum nearest to the end."""
        near = self.e.ground.minima[self.e.nearest.number[0]]
        return bool(norm(p - near) <= lines.BESIDE * self.e.length)

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
    def comes(self) -> float:
        """Updates until it is within 1 % of the way of its rest; infinite if not in sight."""
        return first_update(self._there)

    @cached_property
    def needed(self) -> float:
        """Updates until it is there and stays for a while: inertia may carry it through."""
        return self._stays(self._there)

    def _stays(self, there: Mask) -> float:
        stay = max(lines.SOME, self.e.n // lines.QUARTER)
        away = np.cumsum(np.append(0, ~there))
        return first_update(away[stay + 1 :] == away[: -stay - 1])

    @cached_property
    def _there(self) -> Mask:
        """At which of `points` it is within 1 % of the way of its rest ``(K+1,)``."""
        if self.rest is None:
            return np.zeros(self.points.shape[1], dtype=bool)
        way = max(self.made, min(self.left, self.e.length), lines.LEAST_WAY * self.e.length)
        there: Mask = norm(self.points - self.rest[:, None]) <= lines.ARRIVED * way
        if self.e.ground.floor:
            there |= self.loss - self.e.low <= lines.FLOOR * self.e.fall
        return there

    @property
    def width(self) -> float:
        """The amplitude after as many updates again, of as many points as that of the end."""
        p = self.points[:, : max(self.e.n, self.e.tail) + 1][:, -self.e.tail :]
        return float(norm(p - p.mean(axis=1, keepdims=True)).max())

    @cached_property
    def recedes(self) -> float:
        """How far from its rest it is at last, if that is farther than now; else 0."""
        if self.rest is None or math.isfinite(self.comes):
            return 0.0
        late = self.points[:, -len(self.loss) // lines.QUARTER :]
        away = float(norm(late - self.rest[:, None]).max())
        return away if self.left < away < math.inf else 0.0

    @property
    def stands(self) -> bool:
        """Whether it hardly moves any more in the later half of what is looked at."""
        late = self.points[:, self.points.shape[1] // 2 :]
        return bool(norm(late - late[:, -1:]).max() <= lines.BESIDE * self.e.length)

    @property
    def levels_off(self) -> bool:
        """Whether far out along the way it takes the loss falls towards a level, or no more."""
        last, middle = self.points[:, -1], self.points[:, self.points.shape[1] // 2]
        far = self.e.length * np.geomspace(1, lines.DOMAIN, 1 + lines.QUARTER)
        p = last[:, None] + ((last - middle) / norm(last - middle))[:, None] * far
        if self.stands:
            return False  # and the way from here is not known
        drops = -np.diff(Decayed(self.e.surface, float(self.e.decay[0]))(p))
        most = np.maximum(drops[:-1], 0) * far[0] / far[1] + np.spacing(self.e.ground.relief)
        return bool((np.abs(drops[1:]) <= most).all())

    def leaves(self, p: Array) -> float:
        """Updates until it is 1 % of the window away from a point; infinite if not in sight."""
        return first_update(norm(self.points - p[:, None]) > lines.AT_CRITICAL * self.e.length)

    def reaches(self, p: Array) -> float:
        """Updates until it stays within 1 % of the window of a point; infinite if not in sight."""
        return self._stays(norm(self.points - p[:, None]) <= lines.AT_CRITICAL * self.e.length)

    @property
    def outlook(self) -> str:
        """When it is there, from the run carried on."""
        w = float(self.e.pull[0])
        beyond = self.rest is not None and np.abs(self.rest).max() * w > 1 + lines.ROUNDING
        if beyond and math.isinf(self.comes):
            return (
                "its decay keeps it from there: it pulls every |xᵢ| to no more than about "
                f"1/λ = {number(1 / w)}"
            )
        lost = first_update(~np.isfinite(self.loss))
        gone = first_update(norm(self.points - self.points[:, :1]) > lines.DOMAIN * self.e.length)
        if math.isinf(self.needed) and gone < lost:
            return f"carried on it is thrown out of sight in {steps_in_words(gone)}"
        if math.isinf(self.needed) and math.isfinite(lost):
            return f"carried on it leaves the ground that is defined in {steps_in_words(lost)}"
        if self.recedes:
            return (
                f"carried on for {count(lines.LOOK_AHEAD)} steps it is up to "
                f"{number(self.recedes)} away at last"
            )
        if self.comes == self.needed:
            return f"it would take {in_words(self.needed)}"
        stays = f"but does not stay within {count(lines.LOOK_AHEAD)} steps"
        if math.isfinite(self.needed):
            lasts = self._there[int(self.needed) :].all()
            stays = f"and would stay{'' if lasts else ' a while'} after {in_words(self.needed)}"
        if self.comes == 0:
            return f"it is within 1 % of the way now, {stays}"
        return f"it would come by in {in_words(self.comes)}, {stays.replace('would stay', 'stay')}"

    @property
    def goes_down(self) -> bool:
        """Whether it is on average lower in as many updates again, or after, than at last."""
        n, quarter = self.e.n, self.e.n // lines.QUARTER
        later = math.nan
        if n < len(self.loss):
            later = float(min(np.mean(self.loss[1 : n + 1]), np.mean(self.loss[n : 2 * n + 1])))
        last = float(np.mean(self.e.f[-quarter - 1 :, 0]))
        return later < last if math.isfinite(later) else bool(np.nanmin(self.loss) < last)

    @property
    def way(self) -> str:
        """What is made and what is to go."""
        return f"{number(self.made)} made, {number(self.left)} to go"


def first_update(holds: Mask) -> float:
    """The first update at which something holds; infinite if it never does."""
    return float(holds.argmax()) if holds.any() else math.inf


def in_words(steps: float) -> str:
    """A number of steps from a run carried on."""
    if math.isfinite(steps):
        return steps_in_words(steps)
    return f"more than {count(lines.LOOK_AHEAD)} steps"
