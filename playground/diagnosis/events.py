"""Events: what happened on the way, beside the outcome."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from playground.diagnosis import fixes, lines
from playground.diagnosis.finding import Finding
from playground.diagnosis.motion import opposed
from playground.diagnosis.outcome import BURST, OVERSHOOT
from playground.diagnosis.pace import Pace
from playground.diagnosis.path import norm
from playground.diagnosis.quantity import Index, every, median, quantity, some
from playground.diagnosis.rule import Rule, never
from playground.diagnosis.say import compared, steepest
from playground.optimizers.base import Optimizer
from playground.types import Array, Mask
from playground.words import apart, number, percent, point


class Across(NamedTuple):
    """The furthest swing to the other side of the minimum along a mode, of N descents."""

    share: Array
    """Of the starting distance along the mode; 0 where there is none."""
    first: Index
    last: Index
    mode: Index


class Leap(NamedTuple):
    """A burst of one descent."""

    peak: int
    end: int
    height: float
    """|g| over its median before."""


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
    def across(self) -> Across:
        z = self.modal(slice(None), self.goal)
        begin, far = z[:, 0], np.maximum(norm(z[:, 0]), lines.TINY)
        none = np.zeros(self.count, dtype=np.intp)
        best = Across(np.zeros(self.count), none, none, none)
        to_minimum = self.nearest_of(self.ground.minima, self.goal).distance
        about_one = to_minimum <= lines.BESIDE * self.length
        for mode in (0, 1):
            side = z[mode] / np.where(begin[mode] != 0, -begin[mode], 1.0)
            share = side.max(axis=0)
            holds = (np.abs(begin[mode]) > lines.SWING * far) & (share > best.share)
            holds &= (share > lines.SWING) & (far > lines.NO_WAY * self.length)
            # Of no minimum only the walls are passed; decay may have shifted the goal.
            holds &= about_one | (mode == 1)
            holds &= (self.pull == 0) | (np.abs(begin[mode]) > to_minimum)
            if some(holds):
                first, last = _stay(side > 0, side.argmax(axis=0))
                holds &= (last - first >= 2) & (first > 1)  # the first step has no inertia
                found = Across(share, first, last, np.full(self.count, mode))
                best = Across(*(np.where(holds, *pair) for pair in zip(found, best, strict=True)))
        return best

    @quantity
    def leaps(self) -> tuple[list[Leap], ...]:
        """The bursts of each descent, in turn."""
        flips = opposed(self.slope(slice(None)))
        lanes = range(self.count)
        return tuple(_leaps(self.size[:, i], self.f[:, i], flips[:, i]) for i in lanes)


def _stay(across: Mask, peak: Index) -> tuple[Index, Index]:
    """The unbroken stretch on the other side around the peak."""
    t = np.arange(len(across))[:, None]
    here = ~across
    first = np.where(here & (t < peak), t, -1).max(axis=0) + 1
    last = np.where(here & (t >= peak), t, len(across)).min(axis=0) - 1
    return first, last


# ---- overshoot --------------------------------------------------------------------------------


def swings_over(e: Way) -> Mask:
    """A mode crosses the minimum, stays across for three steps and more, and climbs there.

    Only inertia climbs: a rule without memory never steps along the gradient.
    """
    if e.n < lines.EVENT_STEPS:
        return never(e)
    holds = (e.noise == 0) & (e.local.low > 0)
    if some(holds):
        holds &= e.uphill > lines.CLIMBS
    found: Mask = holds & (e.across.share > 0) if some(holds) else holds
    return found


def tell_overshoot(e: Way) -> Finding:
    share, (first, last, mode) = e.across.share.item(), (i.item() for i in e.across[1:])
    change = _calmer(e, (e.local.low, e.local.high)[mode].item())
    calm = change.kept_velocity if change else 0.0
    return fixes.finding(
        e,
        OVERSHOOT,
        lambda: _swing(e),
        ("swing / start", share, lines.SWING),
        (first, last),
        (change,) if change else (),
        f"{{change}} would not swing: up to μ = (1 − √(ηλ))² = {number(calm)} none does.",
        lower=False,
    )


def _swing(e: Way) -> str:
    share, (first, last, mode) = e.across.share.item(), (i.item() for i in e.across[1:])
    begin = _along(e, mode)
    return (
        f"Inertia carried it past {_passed(e)}: along {_direction(e, mode)} it swung "
        f"{number(share * begin)} to the other side, {percent(share)} of the {number(begin)} it "
        f"came from, from step {first} to {last}, climbing in {percent(e.uphill.item())} of all "
        "steps."
    )


def _passed(e: Way) -> str:
    """What the swing was about: a minimum, if it came nearer to one than it swung beyond."""
    share, (first, last, mode) = e.across.share.item(), (i.item() for i in e.across[1:])
    away = norm(e.points() - e.goal[:, None])[:, 0]
    minimum = e.nearest_of(e.ground.minima, e.goal).distance.item() <= lines.BESIDE * e.length
    near = away[first - 1 : last + 1].min() <= share * _along(e, mode)
    return "the minimum" if minimum and near else "the floor of its valley"


def _along(e: Way, mode: int) -> float:
    """How far from the goal it started along a mode."""
    return float(abs(e.modal(slice(1), e.goal)[mode].item()))


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
    calm = fixes.without_swing(e.optimizer, eigenvalue)
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
    times = f" It happened {len(found)} times." if len(found) > 1 else ""
    first = max(peak - lines.BURST_REASON, 0)
    return fixes.finding(
        e,
        BURST,
        lambda: (
            f"At step {peak} the gradient burst to {number(height)} times its quiet size and "
            f"calmed down again by step {end}: {_why(e, steepest(e, slice(first, peak + 1)))}."
            f"{times}"
        ),
        ("|g| over its median before", height, lines.BURST),
        (first, end),
        fixes.calmer(e),
        "{change} counters it.",
        lower=False,
    )


def _why(e: Way, gauge: float) -> str:
    if e.limit.item() <= 0:
        return compared(gauge, e.limit.item())
    if gauge > e.limit.item():
        measured, limit = apart(gauge, e.limit.item())
        return f"η·λ_max had risen to {measured}, past the limit {limit}"
    return f"it ran into steeper ground, η·λ_max up to {number(gauge)}"


def _leaps(size: Array, f: Array, flips: Mask) -> list[Leap]:
    """Every burst of one descent."""
    found: list[Leap] = []
    peaks = _peaks(size, f, flips)
    before = size[np.maximum(peaks[:, None] - np.arange(1, lines.QUIET + 1), 0)]
    k = lines.CALM_STEPS
    for peak, quiet in zip(peaks.tolist(), median(before.T).tolist(), strict=True):
        if size[peak] <= lines.BURST * quiet or (found and peak <= found[-1].end):
            continue
        peak += int(size[peak : peak + k].argmax())
        below = size[peak:] < lines.CALMED * size[peak]
        if len(below) < k:
            continue
        runs = np.convolve(below, np.ones(k), "valid") == k
        if runs.any():
            found.append(Leap(peak, peak + int(runs.argmax()), float(size[peak] / quiet)))
    return found


def _peaks(size: Array, f: Array, flips: Mask) -> Index:
    """Moments at which |g| is higher than beside, after flips and a rise of the loss."""
    begin, look = lines.BURST_BEGIN, lines.FLIPS_SEEN
    so_far = np.concatenate([[0], np.cumsum(flips)])
    t = np.arange(begin, len(size))
    top = size[t] >= np.maximum(size[t - 1], np.append(size[begin + 1 :], 0))
    flipped = so_far[t] - so_far[t - look] >= lines.FLIPS_BEFORE
    before = np.minimum(f[t - lines.RISE_BACK[0]], f[t - lines.RISE_BACK[1]])
    found: Index = t[top & flipped & (f[t] - before > lines.RISE * np.ptp(f))]
    return found


RULES: tuple[Rule[Way], ...] = (
    Rule(OVERSHOOT, swings_over, tell_overshoot),
    Rule(BURST, bursts, tell_burst),
)
