"""Runs whose gradients are noisy: what is due to the noise, by the same run without it."""

from __future__ import annotations

import math

import numpy as np

from playground.diagnosis import fixes, lines
from playground.diagnosis.finding import Finding
from playground.diagnosis.future import Future
from playground.diagnosis.motion import spread_of
from playground.diagnosis.outcome import CONVERGED, IN_PROGRESS, NOISE_FLOOR, STEP_COLLAPSE
from playground.diagnosis.pace import Pace
from playground.diagnosis.path import norm
from playground.diagnosis.progress import collapsed, tell_collapse
from playground.diagnosis.quantity import mean, median, once
from playground.diagnosis.rule import Rule, asked, never
from playground.diagnosis.trial import ENDS_LOWER
from playground.language import tr
from playground.types import Array, Mask
from playground.words import apart, count, number, percent


@once
def judged_by_noise(e: Pace) -> Mask:
    """Whether noise is what decides: it is there, as large as the gradients, and the rate alive.

    After a decay of the rate, where it came to rest is for the other rules.
    """
    return asked(e, _noisy, _alive, _calm, _curves_up) if e.n >= lines.NOISE_STEPS else never(e)


def _noisy(e: Pace) -> Mask:
    return e.noise > 0


def _alive(e: Pace) -> Mask:
    found: Mask = e.lr[-1] > lines.RATE_ALIVE * e.lr.max(axis=0)
    return found


def _calm(e: Pace) -> Mask:
    bounces = e.flipping > lines.NOISE_FLIPS
    most = np.where(bounces, lines.NOISE_BOUNCING, lines.NOISE_GRADIENT)
    return median(e.late_size[1:]) <= most * e.noise


def _curves_up(e: Pace) -> Mask:
    found: Mask = ~np.isnan(e.shares[0])
    return found


def on_the_floor(e: Pace) -> Mask:
    return asked(e, judged_by_noise, _calm_without)


def _calm_without(e: Pace) -> Mask:
    """Whether it is noise that keeps it moving: without it no step throws it and nothing swings."""
    quiet = e.quiet.amplitude < lines.OWED_TO_NOISE * e.amplitude
    return quiet & (_unrest_without(e) < lines.OWED_TO_NOISE) & _keeps_its_height(e)


def _keeps_its_height(e: Pace) -> Mask:
    """Whether the last quarter is not far below the one before, as of what came down only then."""
    q = e.n // lines.QUARTER
    before, last = (mean(e.loss(at)) for at in (slice(-2 * q - 1, -q - 1), slice(-q - 1, None)))
    found: Mask = last - e.low > lines.COMES_DOWN_BY * (before - e.low)
    return found


def _unrest_without(e: Pace) -> Array:
    """What the loss still falls by without the noise, as a share of what it adds."""
    added = mean(_of_half(e)) - e.quiet.least
    found: Array = (e.quiet.mean - e.quiet.least) / np.maximum(added, lines.TINY)
    return np.where(added > 0, found, np.inf)


def _of_half(e: Pace) -> Array:
    """Loss of the second half."""
    return e.loss(slice(e.n // 2, None))


def arrived_in_noise(e: Pace) -> Mask:
    return asked(e, judged_by_noise, lambda e: e.hover_of_half < lines.NOISE_ARRIVED * e.fall)


def worn_down(e: Pace) -> Mask:
    """Whether it has stopped short: noise wears down the steps of rules that count flips."""
    return asked(e, judged_by_noise, lambda e: e.amplitude <= lines.STILL * e.travelled, collapsed)


def hardly_gets_on(e: Pace) -> Mask:
    return asked(e, judged_by_noise, collapsed)


def on_its_way_in_noise(e: Pace) -> Mask:
    """Whether its mean slope counts for more than its unrest; what bounces is for other rules."""
    return asked(e, judged_by_noise, lambda e: e.shares[0] >= e.shares[1])


def tell_floor(e: Pace) -> Finding:
    return fixes.finding(
        e,
        NOISE_FLOOR,
        lambda: _hovering(e),
        ("fall without noise / height noise adds", _unrest_without(e).item(), lines.OWED_TO_NOISE),
        (e.n // 2, e.n),
        fixes.brake(e),
        ENDS_LOWER,
    )


def _hovering(e: Pace) -> str:
    begin = tr("It has reached the floor that gradient noise sets")
    now = float(_of_half(e).mean())
    added = now - e.quiet.mean.item()
    later = float(np.mean(Future.of(e).loss[1:]))
    falls = later < now - lines.SINKS * added
    if (e.hover_of_half > e.first_loss - e.low).all():
        begin = tr("Gradient noise has lifted it above its start")
    elif falls:
        begin = tr("Gradient noise holds it up")
    elif not later <= now + added:  # what it would come to is no floor yet, or none
        begin = tr("Gradient noise throws it about")
    if _led_elsewhere(e):
        begin = tr("Gradient noise has led it elsewhere")
    here, there = apart(now, later)
    more = tr(
        "Its loss is {} on average, and {} over the next {} steps.",
        *(here, there, count(lines.LOOK_AHEAD)),
    )
    if not math.isfinite(later):
        more = tr("Carried on it leaves.")
    return tr(
        "{begin}: over the second half the loss is on average {added} above that of the same run "
        "without noise. {more}",
        begin=begin,
        added=number(added),
        more=more,
    )


def _led_elsewhere(e: Pace) -> bool:
    """Whether the same run without noise ends in another place, farther than this one strays."""
    half = slice(e.n // 2, None)
    still = e.without_noise.x[half].mean(axis=0)
    strays, middle = spread_of(e.points(half))
    away = norm(middle[:, 0] - still)
    return bool(away > max(strays.item(), lines.BESIDE * e.length))


def tell_noise_arrived(e: Pace) -> Finding:
    share = (e.hover_of_half / e.fall).item()
    return Finding(
        CONVERGED,
        tr(
            "It has arrived in spite of the noise: only {} of the drop is left, on average over "
            "its second half.",
            percent(share),
        ),
        "share of the drop left",
        share,
        lines.NOISE_ARRIVED,
        (e.n // 2, e.n),
    )


def tell_descent(e: Pace) -> Finding:
    bias, variance = e.shares[:, 0].tolist()
    return Finding(
        IN_PROGRESS,
        lambda: _descending(e),
        "loss owed to the mean gradient",
        bias,
        variance,
        (e.n // 2, e.n),
    )


def _descending(e: Pace) -> str:
    quarter = e.n // lines.QUARTER
    before, now = e.loss(slice(-2 * quarter, -quarter)), e.loss(slice(-quarter, None))
    if not np.ptp(e.points(), axis=1).any():
        return tr("It has not moved: next to where it is, its steps are too short for a number.")
    now_on_average, then = apart(float(now.mean()), float(before.mean()))
    begin = tr(
        "It is under way: over its last quarter its loss is {} on average, over the one before {}",
        *(now_on_average, then),
    )
    still, own = e.quiet.mean.item(), float(_of_half(e).mean())
    if not math.isfinite(still):
        return tr("{}. Without its noise it leaves.", begin)
    here, there = apart(own, still)
    without = tr("it would be the same") if here == there else tr("it would be {}", there)
    return tr(
        "{begin}. Over the second half its loss is {here} on average; without its noise {without}.",
        begin=begin,
        here=here,
        without=without,
    )


RULES = (
    Rule(CONVERGED, arrived_in_noise, tell_noise_arrived),
    Rule(STEP_COLLAPSE, worn_down, tell_collapse),
    Rule(NOISE_FLOOR, on_the_floor, tell_floor),
    Rule(STEP_COLLAPSE, hardly_gets_on, tell_collapse),
    Rule(IN_PROGRESS, on_its_way_in_noise, tell_descent),
)
