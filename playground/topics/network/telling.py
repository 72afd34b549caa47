"""What is told of trainings that learn: a sentence, its number, and the change that may help."""

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
from playground.language import tr
from playground.topics.network import learning, lines
from playground.topics.network.learning import above_the_limit, hovers, late_gauge, late_half, pace
from playground.topics.network.lost import PER_PARAMETER, ended, said
from playground.topics.network.signs import Signs
from playground.words import number, percent, steps_in_words


def tell_floor(s: Signs) -> Finding:
    return said(
        s,
        NOISE_FLOOR,
        tr(
            "It has reached the floor that its batches of {} set: the loss hovers about {}, and "
            "the noise of a batch is {} times as large as the slope.",
            *(s.trace.settings.batch, number(ended(s)), number(s.noise)),
        ),
        ("batch noise / slope", s.noise, lines.NOISE),
        s.calmer(),
    )


def tell_edge(s: Signs) -> Finding:
    about, scale, gauge = hovers(s), s.trace.limit / 2, float(s.gauge[0])
    late = late_half(s)
    ends = number(gauge * scale), number(s.trace.limit)
    if gauge < about:
        begun = tr(
            "The loss grew sharper until the step just fits: η·λ_max rose from {} to the limit {}",
            *ends,
        )
    else:
        begun = tr(
            "The first steps were too long and led to flatter ground: η·λ_max fell from {} to the "
            "limit {}",
            *ends,
        )
    rises = float(np.mean(np.diff(s.f) > 0))
    return said(
        s,
        EDGE_OF_STABILITY,
        tr(
            "{}, and is about it in its second half: {} in the median, between {} and {}. The loss "
            "rises in {} of the updates and still fell from {} to {}.",
            *(begun, number(about * scale)),
            *(number(late.min() * scale), number(late.max() * scale)),
            *(percent(rises), number(s.f[0]), number(s.f[-1])),
        ),
        ("η·λ_max, median of the second half", about * scale, s.trace.limit),
    )


def tell_saddle(s: Signs) -> Finding:
    return said(
        s,
        SADDLE,
        tr(
            "It stands where the slope vanishes, |∇f| = {}, but the loss curves down along some "
            "direction: λ_min is {} of λ_max.",
            *(number(s.size[-1]), number(s.lowest_curvature)),
        ),
        ("λ_min / λ_max", s.lowest_curvature, -lines.BENDS_DOWN),
        s.with_lr(LONGER * s.optimizer.lr),
        tr("{change} leaves it sooner."),
    )


def tell_rest(s: Signs) -> Finding:
    return said(
        s,
        CONVERGED,
        tr(
            "It has arrived at {}: over the last fifth the loss fell by {}, and the slope is {} of "
            "what it was, |∇f| = {}.",
            *(number(s.f[-1]), percent(1 - math.exp(-s.fall))),
            *(percent(s.quiet), number(s.size[-1])),
        ),
        ("slope / first slope", s.quiet, lines.QUIET),
    )


def tell_bounce(s: Signs) -> Finding:
    top, flips, slope = late_gauge(s), percent(s.flips), number(s.size[-1])
    if math.isfinite(top):
        story = tr(
            "It bounces between the walls: {} of the last gradients oppose the one before with "
            "η·λ_max = {} against the limit {}, and |∇f| is still {}.",
            *(flips, number(top * s.trace.limit / 2), number(s.trace.limit), slope),
        )
    else:
        story = tr(
            "It bounces between the walls: {} of the last gradients oppose the one before, and "
            "|∇f| is still {}.",
            *(flips, slope),
        )
    return said(
        s,
        OSCILLATING,
        story,
        ("share of flips", s.flips, lines.FLIPS),
        s.calmer(),
    )


def tell_throws(s: Signs) -> Finding:
    share, scale = above_the_limit(s), s.trace.limit / 2
    return said(
        s,
        OSCILLATING,
        tr(
            "The step throws it from wall to wall: η·λ_max lay above the limit {} at {} of the "
            "updates measured, at {} at most, and the loss, {} in the median, has stopped falling.",
            *(number(s.trace.limit), percent(share)),
            *(number(s.gauge.max() * scale), number(ended(s))),
        ),
        ("share of updates above the limit", share, lines.ABOVE),
        s.below_the_limit(),
    )


PACE = "updates to halve the loss / updates made"


def tell_progress(s: Signs) -> Finding:
    healthy = s.flips <= lines.FLIPS
    return said(
        s,
        IN_PROGRESS,
        tr(
            "It is on its way {}: the loss is {}, at first {}; at this pace it halves in {} more.",
            tr("and healthy") if healthy else tr("from wall to wall"),
            *(number(s.f[-1]), number(s.f[0]), steps_in_words(s.halving)),
        ),
        (PACE, pace(s), lines.SLOW),
    )


def tell_slow(s: Signs) -> Finding:
    room = s.trace.limiting_lr()
    change: Fix = PER_PARAMETER
    if room is not None and MARGIN * room > 2 * s.optimizer.lr:
        change = s.with_lr(min(MARGIN * room, MOST_FACTOR * s.optimizer.lr))
    far = tr("it has stopped falling")
    if math.isfinite(s.halving):
        far = tr("to halve it would take {}", steps_in_words(s.halving))
    story = tr("It creeps: the loss is {}, and {}", number(s.f[-1]), far)
    late = late_gauge(s)  # what it met before is behind it
    if math.isfinite(late):
        story = tr(
            "{}; η·λ_max is {} now and the limit {}",
            *(story, number(late * s.trace.limit / 2), number(s.trace.limit)),
        )
    return said(
        s,
        SLOW,
        f"{story}.",
        (PACE, pace(s), lines.SLOW),
        None if change == s.optimizer else change,
    )


def tell_leap(s: Signs) -> Finding:
    at, times = s.leap
    story = tr("At update {} the gradient leapt to {} times its usual size", at, number(times))
    before, after = s.gauge_about(at)
    if math.isfinite(before) and math.isfinite(after):
        story = tr(
            "{}: η·λ_max had come to {}, the limit is {}, and the leap led to ground where it is "
            "{}",
            *(story, number(before), number(s.trace.limit), number(after)),
        )
    measure = "gradient / its median of the updates before", times, lines.BURST
    return said(s, BURST, tr("{}; the training recovered by itself.", story), measure)


LEAP = Rule(BURST, learning.leapt, tell_leap)
"""An event beside the outcome."""
RULES = (
    Rule(NOISE_FLOOR, learning.at_the_noise_floor, tell_floor),
    Rule(EDGE_OF_STABILITY, learning.at_the_edge, tell_edge),
    Rule(SADDLE, learning.at_a_saddle, tell_saddle),
    Rule(CONVERGED, learning.at_rest, tell_rest),
    Rule(OSCILLATING, learning.bounces, tell_bounce),
    Rule(OSCILLATING, learning.is_thrown, tell_throws),
    Rule(IN_PROGRESS, learning.under_way, tell_progress),
    Rule(SLOW, lambda s: True, tell_slow),
)
