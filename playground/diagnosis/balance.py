"""Runs that rest where something holds them: at the minimum they start from, or by weight decay."""

from __future__ import annotations

import numpy as np

from playground.diagnosis import lines
from playground.diagnosis.begun import begun
from playground.diagnosis.finding import Finding
from playground.diagnosis.future import Future
from playground.diagnosis.outcome import CONVERGED, LOCAL_MINIMUM
from playground.diagnosis.pace import Pace
from playground.diagnosis.path import norm
from playground.diagnosis.quantity import once, some
from playground.diagnosis.rest import arrived, of_decay
from playground.diagnosis.rule import Rule, asked, never
from playground.diagnosis.say import kind_of_minimum
from playground.language import tr
from playground.surfaces.landscape import FLAT_FOUND
from playground.types import Array, Mask
from playground.words import count, number, setting

# ---- a start at a minimum -----------------------------------------------------------------------


@once
def rests_from_the_start(e: Pace) -> Mask:
    """Whether it starts where the slope is zero but for rounding, in a pit, and stays there.

    A rule that divides by the slope makes steps of that rounding: they are no motion.
    """
    if not e.n or e.left:
        return never(e)
    return asked(e, begins_at_rest, _stays_in_the_pit)


def begins_at_rest(e: Pace) -> Mask:
    """Whether the slope of the start is zero but for rounding."""
    small = norm(e.slope(0)) <= lines.ROUNDED * e.ground.relief / e.length
    found: Mask = small & (e.noise <= lines.ROUNDED * e.ground.relief / e.length)
    return found


def _stays_in_the_pit(e: Pace) -> Mask:
    begin = e.local_at(e.start, e.slope(0))
    pit = begin.low > FLAT_FOUND * begin.high  # more level than that a shelf may be, too
    if len(e.ground.minima):
        pit |= e.first_loss - e.low <= e.ground.tolerance  # on the floor of a valley
    strays = norm(e.points() - e.start[:, None]).max(axis=0)
    pulled = (e.pull != 0) & (norm(e.start) != 0)
    reach = np.where(pulled, lines.STIRRED_BY_DECAY, lines.STIRRED) * e.length
    stays: Mask = pit & (strays <= reach)
    return stays


def _in_a_higher_one(e: Pace) -> Mask:
    found: Mask = e.first_loss - e.ground.lowest > e.ground.tolerance
    return found


def starts_high(e: Pace) -> Mask:
    return asked(e, rests_from_the_start, _in_a_higher_one)


def tell_start(e: Pace) -> Finding:
    high = bool(starts_high(e).item())
    what = tr("a minimum that is not the lowest") if high else kind_of_minimum(e)
    if high and not e.ground.heights.min() < e.first_loss.item() - e.ground.tolerance:
        what = tr("a minimum (elsewhere lower ground is known)")
    strays = float(norm(e.points() - e.start[:, None]).max())
    return Finding(
        LOCAL_MINIMUM if high else CONVERGED,
        f"{begun(e, what, strays)}{of_decay(e)}",
        tr("way from the start / window"),
        strays / e.length,
        lines.STIRRED,
        (0, e.n),
    )


# ---- held by decay ------------------------------------------------------------------------------


def _pull(e: Pace) -> Array:
    """The decay that pulls beside what the rule sees: decoupled, or behind a clipped gradient."""
    return e.pull + np.where(e.cut_late, e.decay, 0.0)


def _pulled(e: Pace) -> Array:
    """By how much that decay alone would have moved it in the last updates."""
    k = min(lines.SOME, e.n)
    rate: Array = e.lr[-k:].sum(axis=0)
    return rate * _pull(e) * norm(e.end)


def held_by_decay(e: Pace) -> Mask:
    """Whether it rests where decay pulls back as hard as the rule pushes on.

    Such a place depends on the decay w and not on the rate: in |x_i| ≤ 1/w rules whose steps are
    of one size minimise f (Xie & Li 2024, arXiv:2404.04454; Chen et al. 2024, arXiv:2310.05898).
    Coupled decay is added to a gradient that was clipped to c, so it holds where w|x| = c.
    """
    if e.n < lines.SOME or not some(_pull(e) > 0):
        return never(e)
    return asked(e, _balanced, _pushed_out, _nearly_there, lambda e: ~arrived(e))


def _balanced(e: Pace) -> Mask:
    pulled = _pulled(e)
    moves = e.moved(min(lines.SOME, e.n))
    still = e.amplitude <= lines.STILL * e.travelled
    alive = lines.BALANCED * pulled > lines.SINGULAR * norm(e.end)  # else the rate has ended
    found: Mask = alive & (moves <= lines.BALANCED * pulled) & (e.noise == 0) & still
    return found


def _pushed_out(e: Pace) -> Mask:
    """Whether the slope pushes away from zero where it ends; if not, stale momentum does."""
    found: Mask = (e.slope(e.n) * e.end).sum(axis=0) < 0
    return found


def _still_to_drift(e: Pace) -> Array:
    """What is left of its drift, shrinking as it does now, over the way."""
    k = max(min(e.fifth, e.n // 2), 1)
    now, before = e.moved(k), e.moved(2 * k, k)
    less = np.where(now < before, before - now, 0.0)
    left = np.where(less > 0, now * now / np.maximum(less, lines.TINY), np.inf)
    share: Array = left / e.travelled
    return np.where(now <= lines.NO_WAY * e.travelled, 0.0, share)


def _nearly_there(e: Pace) -> Mask:
    found: Mask = _still_to_drift(e) <= lines.ARRIVED
    return found


def tell_held(e: Pace) -> Finding:
    return Finding(
        CONVERGED,
        lambda: tr(
            "{rests}{far}: with λ = {decay}, {held}. {slope}",
            rests=_rests(e),
            far=_far(e),
            decay=setting(_pull(e).item()),
            held=_held(e),
            slope=_slope_there(e),
        ),
        tr("way of the last updates / pull of the decay"),
        float((e.moved(min(lines.SOME, e.n)) / _pulled(e)).item()),
        lines.BALANCED,
        (max(e.n - lines.SOME, 0), e.n),
    )


def _behind_clipping(e: Pace) -> bool:
    return not some(e.pull > 0)


def _far(e: Pace) -> str:
    """How far it is from the minimum of what it descends."""
    what, away = "f + ½λ|x|²" if _behind_clipping(e) else "f", e.nearest.distance.item()
    if not np.isfinite(away):
        return ""
    return tr(", {} from the nearest minimum of {}", number(away), what)


def _held(e: Pace) -> str:
    """What holds the decay in balance."""
    if _behind_clipping(e):
        return tr(
            "added behind the clipping, it pulls back as hard as the clipped gradient pushes on"
        )
    w = _pull(e).item()
    if float(np.abs(e.end).max()) > lines.AT_THE_RIM / w:
        return tr(
            "decoupled from the rule, it pulls every |xᵢ| to no more than about 1/λ = {}",
            number(1 / w),
        )
    return tr("decoupled from the rule, it pulls back as hard as the rule pushes on")


def _slope_there(e: Pace) -> str:
    """The slope where it is held, and what would let it go further, where it is held for good."""
    slope = number(e.last_size.item())
    if _behind_clipping(e):
        if _drifts_in(e):
            return tr("The slope of it there is {}.", slope)
        return tr(
            "The slope of it there is {}; a smaller λ or a larger c lets it go further.", slope
        )
    if _drifts_in(e):
        return tr("The slope there is {}.", slope)
    return tr("The slope there is {}; a smaller λ lets it go further.", slope)


def _strays(e: Pace) -> float:
    """How far the run carried on strays from its end."""
    after = Future.of(e)
    strays = norm(after.points - after.points[:, :1]).max()
    return float(np.nan_to_num(strays, nan=np.inf))


def _drifts_in(e: Pace) -> bool:
    """Whether it still comes nearer to the minimum that decay would keep it from."""
    points = Future.of(e).points
    if not np.isfinite(away := e.nearest.distance.item()):
        return False
    at_last = e.nearest_of(e.ground.minima, points[:, -1:]).distance.item()
    return bool(at_last < lines.SLACKENS * away)


def _rests(e: Pace) -> str:
    """Whether decay holds it where it is, as far as it is carried on."""
    strays = _strays(e)
    if strays > lines.ARRIVED * e.travelled.item() or _drifts_in(e):
        return tr(
            "It hardly moves, and carried on for {} steps strays up to {} from here",
            count(lines.LOOK_AHEAD),
            number(strays),
        )
    if _still_to_drift(e).item() > lines.STILL:
        return tr("It is, within 1 % of its way, where weight decay holds it")
    return tr("It rests where weight decay holds it")


FIRST = (
    Rule(LOCAL_MINIMUM, starts_high, tell_start),
    Rule(CONVERGED, rests_from_the_start, tell_start),
)
RULES = (Rule(CONVERGED, held_by_decay, tell_held),)
