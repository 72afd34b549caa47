"""Runs that arrived nowhere and keep moving: bounces and cycles."""

from __future__ import annotations

import math

import numpy as np

from playground.diagnosis import fixes, lines
from playground.diagnosis.balance import begins_at_rest
from playground.diagnosis.bounce import (
    circling,
    crosses_too_steep,
    dies_away,
    gauged_where,
    keeps_bouncing,
    loss_of_late,
    moves,
    turned_round,
    why_it_bounces,
)
from playground.diagnosis.cycle import cycles, no_lower
from playground.diagnosis.finding import Finding
from playground.diagnosis.outcome import LIMIT_CYCLE, OSCILLATING
from playground.diagnosis.pace import Pace
from playground.diagnosis.path import norm
from playground.diagnosis.quantity import every, mean, some
from playground.diagnosis.rule import Rule, asked, never
from playground.diagnosis.say import compared, growth_per_step, steepest_late
from playground.diagnosis.trial import ENDS_LOWER
from playground.language import tr
from playground.theory.quadratic import roots
from playground.types import Array, Mask
from playground.words import count, number, percent


def comes_to_rest(e: Pace) -> str:
    """What a change against unrest is tried for; of a start at rest there is no way to share."""
    if begins_at_rest(e).item():
        return ENDS_LOWER
    if some(e.pull + e.decay * e.clips > 0):
        return tr(
            "{{change}} comes within 1 % of a minimum or of where its decay holds it and stays, "
            "carried on for {} steps.",
            count(lines.STAYS),
        )
    return tr(
        "{{change}} comes within 1 % of a minimum and stays, carried on for {} steps.",
        count(lines.STAYS),
    )


# ---- bouncing ---------------------------------------------------------------------------------


def bounces(e: Pace) -> Mask:
    """From wall to wall, far above the minimum."""
    if e.n < lines.BOUNCE_STEPS:
        return never(e)
    high = asked(e, _flips, _keeps_high) | asked(e, cycles, _hovers_high, _still_high)
    return high | asked(e, _strides_over, no_lower, _hovers_high, _still_high)


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


def _still_high(e: Pace) -> Mask:
    """Whether it is high at the end of its last quarter as well: one throw is no bounce."""
    late = e.loss(slice(-(e.n // lines.TWENTIETH) - 2, None)).max(axis=0)
    level = mean(e.loss(slice(-(e.n // lines.QUARTER) - 1, None))) - e.hover
    return np.asarray(late - level > lines.HIGH * e.fall)


def _strides_over(e: Pace) -> Mask:
    """Whether its steps are longer than the way to what is below it, and lead to and fro."""
    return np.asarray((_path_of_late(e) > e.fifth * e.ahead) & _turns_round(e))


def _turns_round(e: Pace) -> Mask:
    """Whether the steps of its last fifth lead to and fro, and not on."""
    return np.asarray(e.moved(e.fifth) < lines.TO_AND_FRO * _path_of_late(e))


def _path_of_late(e: Pace) -> Array:
    p = e.points(slice(-e.fifth - 1, None))
    length: Array = norm(p[:, 1:] - p[:, :-1]).sum(axis=0)
    return length


# ---- told of one run --------------------------------------------------------------------------


def tell_bounce(e: Pace) -> Finding:
    limit, gauge = e.limit.item(), e.gauge.item()
    # Decay bends what lies beside a tip.
    if e.at_a_tip and _turns_round(e) and not e.decay.item():
        return _tell_tip(e)
    if math.isfinite(limit) and gauge > limit > 0 and crosses_too_steep(e):
        return fixes.finding(
            e,
            OSCILLATING,
            lambda: _bounces_off_walls(e, gauge, limit),
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


def _bounces_off_walls(e: Pace, gauge: float, limit: float) -> str:
    return tr(
        "{moves}: {gauged}, {turned}; {high}, and |g| = {slope}: not a critical point.",
        moves=moves(e, tr(" between the valley walls")),
        gauged=f"{gauged_where(e)}{compared(gauge, limit)}",
        turned=turned_round(e),
        high=loss_of_late(e),
        slope=number(e.last_size.item()),
    )


def _tell_tip(e: Pace) -> Finding:
    slope = number(e.last_size.item())
    story = tr(
        "It bounces about a tip, where slopes do not fade: |g| is still {} beside it.", slope
    )
    if e.linear and not np.ptp(e.lr):
        story = tr(
            "It bounces about a tip, where slopes do not fade: |g| is still {} beside it, so steps "
            "of a fixed rate never shorten.",
            slope,
        )
    return fixes.finding(
        e,
        OSCILLATING,
        story,
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
        return tr(", and each step keeps |1 − η·λ| = {} of it", number(abs(1 - gauge)))
    kept = np.abs(roots(e.optimizer.replace(lr=e.lr[-1, 0]), e.local.high)).max()
    return tr(", and it shrinks by {} per step on average", percent(1 - float(kept)))


def _tell_converging(e: Pace, gauge: float, limit: float) -> Finding:
    dies = tr(
        "A converging oscillation: it bounces from wall to wall, as {}{}. |g| is still {}.",
        f"{gauged_where(e)}{compared(gauge, limit)}",
        *(_keeps(e, gauge), number(e.last_size.item())),
    )
    return fixes.finding(
        e,
        OSCILLATING,
        lambda: dies if dies_away(e) and steepest_late(e) < limit else keeps_bouncing(e),
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
