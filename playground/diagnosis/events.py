"""Events: what happened on the way, beside the outcome."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from playground.diagnosis import fixes, lines
from playground.diagnosis.changes import without_swing
from playground.diagnosis.finding import Finding, Fix
from playground.diagnosis.leaps import Leap, leaps
from playground.diagnosis.motion import opposed
from playground.diagnosis.outcome import BURST, OVERSHOOT, RISE
from playground.diagnosis.pace import Pace
from playground.diagnosis.path import norm
from playground.diagnosis.quantity import every, quantity, some
from playground.diagnosis.rule import Rule, never
from playground.diagnosis.say import compared, steepest
from playground.diagnosis.swings import Swing, about, swings, zero_between
from playground.diagnosis.trial import again
from playground.optimizers.base import Optimizer
from playground.theory.curvature import symmetric_modes
from playground.types import Array, Mask
from playground.words import apart, number, percent, point


@dataclass(frozen=True, eq=False)
class Way(Pace):
    """The evidence of events: what happened in the middle of the path."""

    @quantity
    def uphill(self) -> Array:
        """Share of steps that climb by inertia: the step points along the gradient."""
        p, g = self.points(), self.slope(slice(None))
        climb = (p[0, 1:] - p[0, :-1]) * g[0, :-1] + (p[1, 1:] - p[1, :-1]) * g[1, :-1]
        found: Array = np.count_nonzero(climb > 0, axis=0) / self.n
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
            if self._about_a_minimum[lane] or (mode and valley):  # else there are no walls to pass
                found += swings(v[:, mode, lane] @ p, v[:, mode, lane] @ g, mode)
        if found and not self._about_a_minimum[lane]:
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
        if self._about_a_minimum[lane]:
            near = self.nearest_of(self.ground.minima, self.goal).number[lane]
            return about(swing, u @ p, float(u @ self.ground.minima[near]))
        a, b = p[:, swing.first - 1, None], p[:, swing.first, None]
        line = a + (b - a) * np.linspace(0.0, 1.0, lines.WALLS)
        slope = u @ (self.surface.gradient(line) + self.decay[lane] * line)
        return about(swing, u @ p, zero_between(u @ line, slope))

    def _in_a_straight_valley(self, found: list[Swing], lane: int) -> list[Swing]:
        """The swings between walls that stand as those at the end."""
        p = self.points()[..., lane]
        modes = symmetric_modes(*self.surface.hessian(p)[[0, 0, 1], [0, 1, 1]])
        same = np.abs(self.local.vectors[:, 1, lane] @ modes.vectors[:, 1]) > lines.SAME_WAY
        return [s for s in found if same[s.first - 1 : s.last + 1].all()]

    @quantity
    def _about_a_minimum(self) -> Mask:
        to_minimum = self.nearest_of(self.ground.minima, self.goal).distance
        near: Mask = to_minimum <= lines.BESIDE * self.length
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


# ---- overshoot --------------------------------------------------------------------------------


def swings_over(e: Way) -> Mask:
    """A mode crosses the minimum, stays across for three steps and more, and climbs there.

    Only inertia climbs: a rule without memory never steps along the gradient.
    """
    if e.n < lines.EVENT_STEPS:
        return never(e)
    holds: Mask = (e.noise == 0) & (e.local.low > 0)
    if some(holds):
        holds &= e.uphill > lines.CLIMBS
    if some(holds):
        holds &= np.array([swing is not None for swing in e.swings])
    return holds


def _seen(e: Way) -> Swing:
    """The swing of a single run of which the rule holds."""
    (swing,) = e.swings
    assert swing is not None
    return swing


def tell_overshoot(e: Way) -> Finding:
    swing = _seen(e)
    change = _calmer(e, (e.local.low, e.local.high)[swing.mode].item())
    calm = change.kept_velocity if change else 0.0
    return fixes.finding(
        e,
        OVERSHOOT,
        lambda: _swung(e),
        ("swing / start", swing.share, lines.SWING),
        (swing.first, swing.last),
        (change,) if change else (),
        f"{{change}} would not swing along {_direction(e, swing.mode)}: up to "
        f"μ = (1 − √(ηλ))² = {number(calm)} none does.",
        lower=False,
    )


def _swung(e: Way) -> str:
    swing = _seen(e)
    return (
        f"Inertia carried it past {_passed(e)}: along {_direction(e, swing.mode)} it swung "
        f"{number(swing.beyond)} to the other side, {percent(swing.share)} of the "
        f"{number(swing.begin)} it came from, from step {swing.first} to {swing.last}; "
        f"{percent(e.uphill.item())} of all its steps begin uphill."
    )


def _passed(e: Way) -> str:
    """What the swing was about: a minimum, if it came nearer to one than it swung beyond."""
    swing = _seen(e)
    minimum = e.goal if not len(e.ground.minima) else e.ground.minima[_nearest(e)][:, None]
    away = norm(e.points(slice(swing.first - 1, swing.last + 1)) - minimum[:, None])
    near = e._about_a_minimum.item() and float(away.min()) <= swing.beyond
    return "the minimum" if near else "the floor of its valley"


def _nearest(e: Way) -> int:
    """The number of the known minimum nearest to where the end leads."""
    return int(e.nearest_of(e.ground.minima, e.goal).number.item())


def _direction(e: Way, mode: int) -> str:
    """The unit vector of a mode, its larger component positive."""
    u = e.local.vectors[:, mode, 0]
    return point(u * np.sign(u[np.abs(u).argmax()]))


def _calmer(e: Way, eigenvalue: float) -> Optimizer | None:
    """The heavy ball that would not swing, if it has less momentum than this one.

    The formula is that of a quadratic; of other ground the curvature at the end says nothing.
    """
    if not e.surface.quadratic:
        return None
    calm = without_swing(e.optimizer, eigenvalue)
    return calm if calm and calm.kept_velocity < e.optimizer.kept_velocity else None


# ---- burst ------------------------------------------------------------------------------------


def bursts(e: Way) -> Mask:
    """The gradient leaps up after a quiet stretch, flipping, and falls back by itself."""
    if e.n < lines.BURST_STEPS or every(e.noise > 0):
        return never(e)
    found: Mask = (e.noise == 0) & np.array([bool(leaps) for leaps in e.leaps])
    return found


def tell_burst(e: Way) -> Finding:
    (found,) = e.leaps
    peak, end, height = max(found, key=lambda leap: leap.height)
    more = " It was not the only burst." if len(found) > 1 else ""
    first = max(peak - lines.BURST_REASON, 0)
    return fixes.finding(
        e,
        BURST,
        lambda: (
            f"At step {peak} the gradient burst to {number(height)} times its quiet size and had "
            f"fallen back below {percent(lines.CALMED)} of that by step {end}"
            f"{_why(e, first, peak)}.{more}"
        ),
        ("|g| over its median before", height, lines.BURST),
        (first, end),
        (change for change in fixes.calmer(e) if change and _lowers(e, change, peak)),
        "{change} counters it.",
        kept=lambda found: not {BURST, RISE} & set(found.labels) and found.lasting,
        lower=False,
    )


def _lowers(e: Way, change: Fix, peak: int) -> bool:
    """Whether the slope rises half as high at most where the burst was, and after."""
    begin = max(peak - lines.BURST_REASON, 0)
    size = norm(again(e.run, change).gradient[begin:].T)
    return bool(size.max() <= lines.TO_AND_FRO * e.size[peak, 0])


def _why(e: Way, first: int, peak: int) -> str:
    """What its gauge did in the updates before the peak, from where it had been."""
    gauge, limit = steepest(e, slice(first, peak + 1)), e.limit.item()
    if limit <= 0:
        return f": {compared(gauge, limit)}"
    before = float(np.median(e.sharpness[max(first - lines.BURST_REASON, 0) : first + 1, 0]))
    rises = e.sharpness[peak - lines.FLIPS_SEEN : peak, 0]
    measured, bound = apart(gauge, limit)
    if (rises > limit).all():  # one that leaps up and down by itself tells nothing
        verb = "had risen to" if before < limit else "was up to"
        return f": η·λ_max {verb} {measured}, past the limit {bound}"
    if limit > gauge > lines.AS_PREDICTED * before:
        return f": it ran into steeper ground, η·λ_max up to {number(gauge)}"
    return ""


RULES: tuple[Rule[Way], ...] = (
    Rule(OVERSHOOT, swings_over, tell_overshoot),
    Rule(BURST, bursts, tell_burst),
)
