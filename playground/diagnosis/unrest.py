"""Runs that arrived nowhere and keep moving: bounces and cycles."""

from __future__ import annotations

import math

import numpy as np

from playground.diagnosis import fixes, lines
from playground.diagnosis.bounce import (
    circling,
    gauged_where,
    height_above,
    keeps_bouncing,
    narrows,
    thrown_how,
    why_it_bounces,
)
from playground.diagnosis.finding import Finding
from playground.diagnosis.motion import opposed
from playground.diagnosis.outcome import LIMIT_CYCLE, OSCILLATING
from playground.diagnosis.pace import Pace
from playground.diagnosis.path import norm
from playground.diagnosis.quantity import every, mean, once, some
from playground.diagnosis.rule import Rule, asked, never
from playground.diagnosis.say import compared, growth_per_step
from playground.theory.quadratic import roots
from playground.types import Array, Mask
from playground.words import number, percent


def comes_to_rest(e: Pace) -> str:
    """What a change against unrest is tried for."""
    held = " or of where its decay holds it" if some(e.pull + e.decay * e.clips > 0) else ""
    return f"{{change}} comes within 1 % of a minimum{held} and stays."


# ---- bouncing ---------------------------------------------------------------------------------


def bounces(e: Pace) -> Mask:
    """From wall to wall, far above the minimum."""
    if e.n < lines.BOUNCE_STEPS:
        return never(e)
    high = asked(e, _flips, _keeps_high) | asked(e, cycles, _hovers_high)
    return high | asked(e, _strides_over, _no_lower, _hovers_high)


def _flips(e: Pace) -> Mask:
    return e.flipping > lines.FLIPPING


def _keeps_high(e: Pace) -> Mask:
    """In a valley by what the loss would fall by, elsewhere by amplitude and slope."""
    high = e.local.excess > lines.HIGH * e.fall
    if e.linear:  # one that flips at every step, and far: a bounce still converging
        far = np.abs(e.local.step[1]) > lines.ARRIVED * e.travelled
        high |= far & (e.flipping == 1) & np.logical_not(e.cut_late)
    valley = e.local.low > 0
    if every(valley):
        return high
    early = norm(e.slope(slice(max(e.n // lines.TENTH, 1)))).max(axis=0)
    held = (e.hold > lines.HELD) & (e.last_size > lines.STRONG * early)
    return np.where(valley, high, held)


def _hovers_high(e: Pace) -> Mask:
    return e.hover > lines.HIGH * e.fall


@once
def cycles(e: Pace) -> Mask:
    """A cycle that neither shrinks nor moves on."""
    if e.n < lines.BOUNCE_STEPS:
        return never(e)
    return asked(e, _wide, _kept_up, lambda e: _circles(e) | _repeats(e) | _gains_nothing(e))


def _wide(e: Pace) -> Mask:
    return e.amplitude > lines.CYCLE * e.travelled


def _kept_up(e: Pace) -> Mask:
    """Whether it was as wide before the very end: a burst that has just begun is no cycle."""
    p = e.points(slice(-e.fifth - 1, -(e.fifth // 2)))
    found: Mask = np.ptp(p, axis=1).max(axis=0) > lines.KEPT_UP * e.amplitude
    return found


def _circles(e: Pace) -> Mask:
    """About a minimum, at the scale of the step."""
    there = (e.local.low > 0) & (e.local.excess < lines.HIGH * e.fall)
    held = (e.hold > lines.HELD) & (e.hold < lines.HELD_AT_MOST)
    return there & held & (e.flipping > lines.CYCLE_FLIPS) & (e.drift < e.amplitude)


def _repeats(e: Pace) -> Mask:
    """Of any period: the last quarter of the path is as wide as the one before, and there."""
    q = e.n // lines.QUARTER
    if q < lines.SOME:
        return never(e)
    before, after = e.points(slice(-2 * q - 1, -q - 1)), e.points(slice(-q - 1, None))
    spans, middle = np.ptp(after, axis=1), mean(after, axis=1)
    a, b = np.ptp(before, axis=1).max(axis=0), spans.max(axis=0)
    still = norm(mean(before, axis=1) - middle) < lines.CYCLE_DRIFT * b
    held = np.zeros(e.count, dtype=bool)
    swing = after - middle[:, None]
    turns = np.count_nonzero(swing[:, 1:] * swing[:, :-1] < 0, axis=1)
    turning = np.where(spans[0] >= spans[1], turns[0], turns[1]) >= lines.TURNS
    if e.linear:  # a slow swing of a linear rule dies out; walls or bent ground keep one up
        held = (b > lines.BOUNCE_SHRUNK * a) & (b < lines.BOUNCE_GROWN * a)
        dies = e.each(e.optimizer.kept_velocity) ** (q / 2) < lines.HELD
        held &= (_quarter_flips(e, q) > lines.BOUNCE_FLIPS) | (dies & turning)
    if not e.linear or some(e.cut_late):
        turning &= (b > lines.CYCLE_SHRUNK * a) & (b < lines.CYCLE_GROWN * a)
        held = np.where(e.cut_late, turning, held) if e.linear else turning
    # A burst behind it is no cycle.
    return np.asarray(still & held & (e.amplitude > lines.CYCLE * b))


def _gains_nothing(e: Pace) -> Mask:
    return asked(e, _no_lower, _flips_for_long, _stays_about)


def _stays_about(e: Pace) -> Mask:
    """Whether the halves of its last quarter are in one place, beside how wide it is."""
    p = e.points(slice(-(e.n // lines.QUARTER) - 1, None))
    early, late = p[:, : p.shape[1] // 2], p[:, p.shape[1] // 2 :]
    moves = norm(mean(late, axis=1) - mean(early, axis=1))
    return np.asarray(moves < lines.CYCLE_DRIFT * np.ptp(p, axis=1).max(axis=0))


def _flips_for_long(e: Pace) -> Mask:
    return np.minimum(e.flipping, _quarter_flips(e, e.n // lines.QUARTER)) > lines.FLIPPING


@once
def _no_lower(e: Pace) -> Mask:
    """Whether its loss lies no lower than a quarter of the run before."""
    q = e.n // lines.QUARTER
    if e.n < lines.SOME:
        return never(e)
    before = mean(e.loss(slice(-2 * q - 1, -q))) - e.low
    now = mean(e.loss(slice(-q - 1, None))) - e.low
    found: Mask = now > lines.NO_LOWER * before
    return found


def _strides_over(e: Pace) -> Mask:
    """Whether its steps are longer than the way to what is below it, and lead to and fro."""
    p = e.points(slice(-e.fifth - 1, None))
    path = norm(p[:, 1:] - p[:, :-1]).sum(axis=0)
    turns = e.moved(e.fifth) < lines.TO_AND_FRO * path
    return np.asarray((path > e.fifth * e.ahead) & turns)


def _quarter_flips(e: Pace, q: int) -> Array:
    return np.asarray(np.count_nonzero(opposed(e.slope(slice(-q - 1, None))), axis=0) / q)


# ---- told of one run --------------------------------------------------------------------------


def tell_bounce(e: Pace) -> Finding:
    limit, gauge = e.limit.item(), e.gauge.item()
    if e.at_a_tip:
        return _tell_tip(e)
    if math.isfinite(limit) and gauge > limit:
        return fixes.finding(
            e,
            OSCILLATING,
            lambda: (
                f"It bounces between the valley walls: {gauged_where(e)}{compared(gauge, limit)}, "
                f"{thrown_how(e)}. On average it lies {height_above(e)}, and |g| = "
                f"{number(e.last_size.item())}: not a critical point."
            ),
            ("η·λ_max", gauge, limit),
            (e.n - e.fifth, e.n),
            fixes.under_the_limit(e, gauge),
            comes_to_rest(e),
        )
    shrink = growth_per_step(e)
    nearly_all = e.flipping.item() > lines.NEARLY_ALL_FLIPS
    if shrink < 1 and 0 < gauge < limit and (e.linear or (nearly_all and not e.adaptive)):
        return _tell_converging(e, gauge, limit)
    return fixes.finding(
        e,
        OSCILLATING,
        lambda: keeps_bouncing(e),
        ("share of flips", e.flipping.item(), lines.FLIPPING),
        (e.n - e.fifth, e.n),
        fixes.under_the_limit(e, math.nan),
        comes_to_rest(e),
        because=lambda change: why_it_bounces(e, change),
    )


def _tell_tip(e: Pace) -> Finding:
    return fixes.finding(
        e,
        OSCILLATING,
        "It bounces about a tip, where slopes do not fade: |g| is still "
        f"{number(e.last_size.item())} beside it"
        + (", so steps of a fixed rate never shorten." if e.linear and not np.ptp(e.lr) else "."),
        ("share of flips", e.flipping.item(), lines.FLIPPING),
        (e.n - e.fifth, e.n),
        fixes.brake(e),
        comes_to_rest(e),
    )


def _keeps(e: Pace, gauge: float) -> str:
    """What each step keeps of the bounce: known where the walls are the same everywhere."""
    if not e.surface.quadratic or e.lr[-1, 0] != e.lr[-e.fifth, 0]:
        return ""
    if e.plain:
        return f", and each step keeps |1 − η·λ| = {number(abs(1 - gauge))} of it"
    kept = np.abs(roots(e.optimizer.replace(lr=e.lr[-1, 0]), e.local.high)).max()
    return f", and it shrinks by {percent(1 - float(kept))} per step on average"


def _tell_converging(e: Pace, gauge: float, limit: float) -> Finding:
    dies = (
        f"A converging oscillation: it bounces from wall to wall, as {gauged_where(e)}"
        f"{compared(gauge, limit)}{_keeps(e, gauge)}. |g| is still {number(e.last_size.item())}."
    )
    return fixes.finding(
        e,
        OSCILLATING,
        lambda: dies if narrows(e) else keeps_bouncing(e),
        ("η·λ_max", gauge, limit),
        (e.n - e.fifth, e.n),
        fixes.under_the_limit(e, fixes.BOUNCE_ROOM * gauge),
        comes_to_rest(e),
    )


def tell_cycle(e: Pace) -> Finding:
    return fixes.finding(
        e,
        LIMIT_CYCLE,
        lambda: circling(e),
        ("amplitude / way travelled", e.amplitude.item() / e.travelled.item(), lines.CYCLE),
        (e.n - e.fifth, e.n),
        fixes.brake(e),
        comes_to_rest(e),
    )


RULES = (Rule(OSCILLATING, bounces, tell_bounce), Rule(LIMIT_CYCLE, cycles, tell_cycle))
