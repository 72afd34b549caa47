"""What happened in the training of a network, in the words of the diagnosis of descents.

A network has no known minima and too many directions to look at each, so the rules ask what can be
measured: loss, gradient, sharpness against the limit, and whether the units differ at all.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from playground.networks import Initialisation
from playground.optimizers import Optimizer
from playground.topics.network.signs import MARGIN, Fix, Signs
from playground.topics.network.training import Trace
from playground.words import number, percent, steps_in_words


@dataclass(frozen=True)
class Verdict:
    """The outcome of a training with its evidence."""

    label: str
    """From `playground.diagnosis.LABELS`."""
    sentence: str
    quantity: str
    """What was measured."""
    measured: float
    threshold: float
    """The line that decided."""
    fix: Fix = None
    """A changed optimizer, schedule or initialisation; None if nothing needs fixing."""


def verdict(trace: Trace) -> Verdict:
    """The outcome: the first rule that holds; the last one always does."""
    signs = Signs(trace)
    return next(found for rule in RULES if (found := rule(signs)))


def burst(trace: Trace) -> Verdict | None:
    """An event beside the outcome: the highest leap of the gradient that healed by itself."""
    s = Signs(trace)
    at, times = s.leap
    if times < 5 or diverged(s):
        return None
    sentence = f"At update {at} the gradient leapt to {number(times)} times its usual size"
    before, after = s.gauge_about(at)
    if math.isfinite(before) and math.isfinite(after):
        sentence += (
            f": η·λ_max had come to {number(before)}, the limit is {number(trace.limit)}, and the "
            f"leap led to ground where it is {number(after)}"
        )
    return Verdict(
        "burst",
        f"{sentence}; the training recovered by itself.",
        "gradient / its median of the 50 updates before",
        times,
        5.0,
    )


def diverged(s: Signs) -> Verdict | None:
    ended, begun = float(np.median(s.f[-s.fifth :])), float(s.f[0])
    over = s.trace.finite <= s.trace.steps
    if not over and ended <= 2 * begun:
        return None
    change = s.below_the_limit()
    what = (
        f"Loss or weights are no longer finite from update {s.trace.finite} on"
        if over
        else f"The loss ended at {number(ended)}, above the {number(begun)} it began with"
    )
    first = s.gauge[0] * s.trace.limit / 2 if len(s.gauge) else math.nan
    why = (
        f": η·λ_max was {number(first)} at the first update and the limit is "
        f"{number(s.trace.limit)}"
        if first > s.trace.limit
        else ""
    )
    return Verdict(
        "diverged",
        f"{what}{why}. Try {change!r}.",
        "final loss over the first",
        math.inf if over else ended / begun,
        2.0,
        change,
    )


def plateau(s: Signs) -> Verdict | None:
    if s.reach >= 0.02:
        return None
    change: Fix = None
    if s.difference < 1e-9:
        change = _initialisation(s)
        return Verdict(
            "plateau",
            f"Nothing is learnt: the loss stays at {number(s.f[-1])} with |∇f| = "
            f"{number(s.size[-1])}, because all units of a layer are the same (their weights "
            f"differ by {number(s.difference)}), so they get the same gradient and stay the same. "
            f"Start from {change!r}.",
            "slope × usual weights / loss",
            s.reach,
            0.02,
            change,
        )
    if s.dead > 0.5 and s.f[-1] > 0.1 * s.f[0]:
        change = s.below_the_limit()
        why = (
            f"{percent(s.dead)} of the hidden units give the same whatever the example, so no "
            "gradient passes them"
        )
    elif s.f[-1] > 0.9 * s.f[0]:
        change = _initialisation(s)
        why = "the weights are too small to pass a signal"
        if s.weights > 0.5:
            change = Optimizer.all["Adam"](lr=0.02)
            why = "steps in proportion to so small a slope lead nowhere"
    if change is None:
        return None
    return Verdict(
        "plateau",
        f"It stands on a plateau: the loss is {number(s.f[-1])} and the slope only "
        f"{number(s.size[-1])}, which over the length of usual weights would win "
        f"{percent(s.reach)} of it; {why}. Try {change!r}.",
        "slope × usual weights / loss",
        s.reach,
        0.02,
        change,
    )


def _initialisation(s: Signs) -> Initialisation:
    name = "He" if s.trace.settings.activation.homogeneous else "Xavier"
    return Initialisation.all[name]()


def noise_floor(s: Signs) -> Verdict | None:
    lr = s.trace.lr
    if not s.trace.settings.batch or lr[-1] < 0.05 * lr.max() or s.noise < 1 or s.fall > 0.1:
        return None
    change = s.calmer()
    return Verdict(
        "noise_floor",
        f"It has reached the floor that its batches of {s.trace.settings.batch} set: the loss "
        f"hovers about {number(np.median(s.f[-s.fifth :]))}, and the noise of a batch is "
        f"{number(s.noise)} times as large as the slope. Try {change!r}, or larger batches.",
        "batch noise / slope",
        s.noise,
        1.0,
        change,
    )


def edge_of_stability(s: Signs) -> Verdict | None:
    if s.trace.settings.batch or len(s.gauge) < 20 or s.quiet < 1e-3:
        return None
    n = len(s.gauge)
    hovers = float(np.median(s.gauge[n // 2 :]))
    if not (s.gauge[: n // 5].min() < 1.8 and s.gauge.max() > 2 and 1.85 < hovers < 2.25):
        return None
    scale, first = s.trace.limit / 2, float(s.gauge[0])
    begun = (
        "The loss grew sharper until the step just fits: η·λ_max rose"
        if first < hovers
        else "The first steps were too long and led to flatter ground: η·λ_max fell"
    )
    rises = float(np.mean(np.diff(s.f) > 0))
    return Verdict(
        "edge_of_stability",
        f"{begun} from {number(first * scale)} and keeps about the limit "
        f"{number(s.trace.limit)}, at {number(hovers * scale)} in the median. The loss rises in "
        f"{percent(rises)} of the updates and still fell from {number(s.f[0])} to "
        f"{number(s.f[-1])}.",
        "η·λ_max, median of the second half",
        hovers * scale,
        s.trace.limit,
    )


def at_rest(s: Signs) -> Verdict | None:
    if s.quiet > 0.01 or abs(s.fall) > 0.05:
        return None
    if s.f[-1] > 0.1 * s.f[0] and s.lowest_curvature < -0.05:
        change = s.with_lr(4 * s.optimizer.lr)
        return Verdict(
            "saddle",
            f"It stands where the slope vanishes, |∇f| = {number(s.size[-1])}, but the loss "
            f"curves down along some direction: λ_min is {number(s.lowest_curvature)} of λ_max. "
            f"Noise from small batches or {change!r} leaves it sooner.",
            "λ_min / λ_max",
            s.lowest_curvature,
            -0.05,
            change,
        )
    return Verdict(
        "converged",
        f"It has arrived at {number(s.f[-1])}: over the last fifth the loss fell by "
        f"{percent(1 - math.exp(-s.fall))}, and the slope is {percent(s.quiet)} of what it was, "
        f"|∇f| = {number(s.size[-1])}.",
        "slope / first slope",
        s.quiet,
        0.01,
    )


def oscillating(s: Signs) -> Verdict | None:
    alive = s.quiet > 0.1 or (len(s.gauge) > 20 and np.median(s.gauge[-len(s.gauge) // 5 :]) > 2)
    if s.trace.settings.batch or s.flips <= 0.6 or s.fall > 0.05 or not alive:
        return None
    change = s.calmer()
    top = float(np.median(s.gauge[-len(s.gauge) // 5 :])) if len(s.gauge) else math.nan
    against = (
        f" with η·λ_max = {number(top * s.trace.limit / 2)} against the limit "
        f"{number(s.trace.limit)}"
        if math.isfinite(top)
        else ""
    )
    return Verdict(
        "oscillating",
        f"It bounces between the walls: {percent(s.flips)} of the last gradients oppose the one "
        f"before{against}, and |∇f| is still {number(s.size[-1])}. Try {change!r}.",
        "share of flips",
        s.flips,
        0.6,
        change,
    )


def under_way(s: Signs) -> Verdict:
    ratio = s.halving / max(s.last, 1)
    if ratio <= 3:
        how = "and healthy" if s.flips <= 0.6 else "from wall to wall"
        return Verdict(
            "in_progress",
            f"It is on its way {how}: the loss is {number(s.f[-1])}, at first "
            f"{number(s.f[0])}; at this pace it halves in {steps_in_words(s.halving)} more.",
            "updates to halve the loss / updates made",
            ratio,
            3.0,
        )
    room = s.trace.limiting_lr()
    change: Optimizer
    if room is not None and MARGIN * room > 2 * s.optimizer.lr:
        change = s.with_lr(min(MARGIN * room, 10 * s.optimizer.lr))
    else:
        change = Optimizer.all["Adam"](lr=0.02)
    top = (
        f"; η·λ_max is at most {number(s.gauge.max() * s.trace.limit / 2)} and the limit "
        f"{number(s.trace.limit)}"
        if len(s.gauge) and np.isfinite(s.gauge).all()
        else ""
    )
    return Verdict(
        "slow",
        f"It creeps: the loss is {number(s.f[-1])}, and to halve it would take "
        f"{steps_in_words(s.halving)}{top}. Try {change!r}.",
        "updates to halve the loss / updates made",
        ratio,
        3.0,
        None if change == s.optimizer else change,
    )


RULES: tuple[Callable[[Signs], Verdict | None], ...] = (
    diverged,
    plateau,
    noise_floor,
    edge_of_stability,
    at_rest,
    oscillating,
    under_way,
)
"""In the order in which they are asked."""
