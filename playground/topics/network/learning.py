"""Trainings that learn: as far as noise or the edge lets them, at rest, bouncing, under way."""

from __future__ import annotations

import math

import numpy as np

from playground.diagnosis.finding import Finding, Fix
from playground.diagnosis.fixes import LONGER, MARGIN, MOST_FACTOR
from playground.diagnosis.outcome import (
    BURST,
    CONVERGED,
    EDGE_OF_STABILITY,
    IN_PROGRESS,
    NOISE_FLOOR,
    OSCILLATING,
    SADDLE,
    SLOW,
)
from playground.diagnosis.rule import Rule
from playground.topics.network import lines
from playground.topics.network.lost import PER_PARAMETER, diverged, ended, said
from playground.topics.network.signs import Signs
from playground.words import number, percent, steps_in_words


def at_the_noise_floor(s: Signs) -> bool:
    alive = s.trace.lr[-1] >= lines.RATE_ALIVE * s.trace.lr.max()
    batch = bool(s.trace.settings.batch)
    return bool(batch and alive and s.noise >= lines.NOISE and s.fall <= lines.NOISE_FALL)


def tell_floor(s: Signs) -> Finding:
    return said(
        s,
        NOISE_FLOOR,
        f"It has reached the floor that its batches of {s.trace.settings.batch} set: the loss "
        f"hovers about {number(ended(s))}, and the noise of a batch is {number(s.noise)} times "
        "as large as the slope.",
        ("batch noise / slope", s.noise, lines.NOISE),
        s.calmer(),
    )


def _late(s: Signs) -> np.ndarray:
    return s.gauge[len(s.gauge) // 2 :]


def _hovers(s: Signs) -> float:
    return float(np.median(_late(s)))


def at_the_edge(s: Signs) -> bool:
    n = len(s.gauge)
    if s.trace.settings.batch or n < lines.GAUGES or s.quiet < lines.EDGE_ALIVE:
        return False
    begins = s.gauge[: n // lines.FIFTH].min() < lines.EDGE_BEGINS
    return bool(begins and s.gauge.max() > 2 and lines.EDGE_BELOW < _hovers(s) < lines.EDGE_ABOVE)


def tell_edge(s: Signs) -> Finding:
    hovers, scale, gauge = _hovers(s), s.trace.limit / 2, float(s.gauge[0])
    late = _late(s)
    begun = (
        "The loss grew sharper until the step just fits: η·λ_max rose"
        if gauge < hovers
        else "The first steps were too long and led to flatter ground: η·λ_max fell"
    )
    rises = float(np.mean(np.diff(s.f) > 0))
    return said(
        s,
        EDGE_OF_STABILITY,
        f"{begun} from {number(gauge * scale)} to the limit {number(s.trace.limit)}, and is about "
        f"it in its second half: {number(hovers * scale)} in the median, between "
        f"{number(late.min() * scale)} and {number(late.max() * scale)}. The loss rises in "
        f"{percent(rises)} of the updates and still fell from {number(s.f[0])} to "
        f"{number(s.f[-1])}.",
        ("η·λ_max, median of the second half", hovers * scale, s.trace.limit),
    )


# ---- at rest ----------------------------------------------------------------------------------


def at_rest(s: Signs) -> bool:
    return s.quiet <= lines.QUIET and abs(s.fall) <= lines.REST_FALL


def at_a_saddle(s: Signs) -> bool:
    left = at_rest(s) and s.f[-1] > lines.UNLEARNT * s.f[0]
    return bool(left and s.lowest_curvature < -lines.BENDS_DOWN)


def tell_saddle(s: Signs) -> Finding:
    return said(
        s,
        SADDLE,
        f"It stands where the slope vanishes, |∇f| = {number(s.size[-1])}, but the loss curves "
        f"down along some direction: λ_min is {number(s.lowest_curvature)} of λ_max.",
        ("λ_min / λ_max", s.lowest_curvature, -lines.BENDS_DOWN),
        s.with_lr(LONGER * s.optimizer.lr),
        "{change} leaves it sooner.",
    )


def tell_rest(s: Signs) -> Finding:
    return said(
        s,
        CONVERGED,
        f"It has arrived at {number(s.f[-1])}: over the last fifth the loss fell by "
        f"{percent(1 - math.exp(-s.fall))}, and the slope is {percent(s.quiet)} of what it was, "
        f"|∇f| = {number(s.size[-1])}.",
        ("slope / first slope", s.quiet, lines.QUIET),
    )


# ---- bouncing ---------------------------------------------------------------------------------


def _late_gauge(s: Signs) -> float:
    return float(np.median(s.gauge[-len(s.gauge) // lines.FIFTH :])) if len(s.gauge) else math.nan


def bounces(s: Signs) -> bool:
    too_large = len(s.gauge) > lines.GAUGES and _late_gauge(s) > 2
    alive = s.quiet > lines.STRONG or too_large
    settled = s.fall <= lines.REST_FALL
    return not s.trace.settings.batch and s.flips > lines.FLIPS and settled and alive


def tell_bounce(s: Signs) -> Finding:
    top = _late_gauge(s)
    against = (
        f" with η·λ_max = {number(top * s.trace.limit / 2)} against the limit "
        f"{number(s.trace.limit)}"
        if math.isfinite(top)
        else ""
    )
    return said(
        s,
        OSCILLATING,
        f"It bounces between the walls: {percent(s.flips)} of the last gradients oppose the one "
        f"before{against}, and |∇f| is still {number(s.size[-1])}.",
        ("share of flips", s.flips, lines.FLIPS),
        s.calmer(),
    )


def above_the_limit(s: Signs) -> float:
    return float(np.mean(s.gauge > 2)) if len(s.gauge) > lines.GAUGES else 0.0


def is_thrown(s: Signs) -> bool:
    settled = s.fall <= lines.REST_FALL
    return not s.trace.settings.batch and settled and above_the_limit(s) > lines.ABOVE


def tell_throws(s: Signs) -> Finding:
    share, scale = above_the_limit(s), s.trace.limit / 2
    return said(
        s,
        OSCILLATING,
        f"The step throws it from wall to wall: η·λ_max lay above the limit {number(s.trace.limit)}"
        f" at {percent(share)} of the updates measured, at {number(s.gauge.max() * scale)} at most,"
        f" and the loss, {number(ended(s))} in the median, has stopped falling.",
        ("share of updates above the limit", share, lines.ABOVE),
        s.below_the_limit(),
    )


# ---- under way --------------------------------------------------------------------------------


PACE = "updates to halve the loss / updates made"


def _pace(s: Signs) -> float:
    return s.halving / max(s.last, 1)


def under_way(s: Signs) -> bool:
    return _pace(s) <= lines.SLOW


def tell_progress(s: Signs) -> Finding:
    how = "and healthy" if s.flips <= lines.FLIPS else "from wall to wall"
    return said(
        s,
        IN_PROGRESS,
        f"It is on its way {how}: the loss is {number(s.f[-1])}, at first {number(s.f[0])}; at "
        f"this pace it halves in {steps_in_words(s.halving)} more.",
        (PACE, _pace(s), lines.SLOW),
    )


def tell_slow(s: Signs) -> Finding:
    room = s.trace.limiting_lr()
    change: Fix = PER_PARAMETER
    if room is not None and MARGIN * room > 2 * s.optimizer.lr:
        change = s.with_lr(min(MARGIN * room, MOST_FACTOR * s.optimizer.lr))
    top, late = "", _late_gauge(s)  # what it met before is behind it
    if math.isfinite(late):
        top = (
            f"; η·λ_max is {number(late * s.trace.limit / 2)} now and the limit "
            f"{number(s.trace.limit)}"
        )
    far = "it has stopped falling"
    if math.isfinite(s.halving):
        far = f"to halve it would take {steps_in_words(s.halving)}"
    return said(
        s,
        SLOW,
        f"It creeps: the loss is {number(s.f[-1])}, and {far}{top}.",
        (PACE, _pace(s), lines.SLOW),
        None if change == s.optimizer else change,
    )


# ---- the event --------------------------------------------------------------------------------


def leapt(s: Signs) -> bool:
    return s.leap[1] >= lines.BURST and not diverged(s)


def tell_leap(s: Signs) -> Finding:
    at, times = s.leap
    story = f"At update {at} the gradient leapt to {number(times)} times its usual size"
    before, after = s.gauge_about(at)
    if math.isfinite(before) and math.isfinite(after):
        story += (
            f": η·λ_max had come to {number(before)}, the limit is {number(s.trace.limit)}, and "
            f"the leap led to ground where it is {number(after)}"
        )
    measure = "gradient / its median of the updates before", times, lines.BURST
    return said(s, BURST, f"{story}; the training recovered by itself.", measure)


LEAP = Rule(BURST, leapt, tell_leap)
RULES = (
    Rule(NOISE_FLOOR, at_the_noise_floor, tell_floor),
    Rule(EDGE_OF_STABILITY, at_the_edge, tell_edge),
    Rule(SADDLE, at_a_saddle, tell_saddle),
    Rule(CONVERGED, at_rest, tell_rest),
    Rule(OSCILLATING, bounces, tell_bounce),
    Rule(OSCILLATING, is_thrown, tell_throws),
    Rule(IN_PROGRESS, under_way, tell_progress),
    Rule(SLOW, lambda s: True, tell_slow),
)
