"""Runs that arrived nowhere and keep moving: noise, the edge of stability, bounces, cycles."""

from __future__ import annotations

import math

import numpy as np

from playground.diagnosis import fixes, motion
from playground.diagnosis.evidence import Evidence
from playground.diagnosis.finding import Finding
from playground.words import number, percent


def noise_floor(e: Evidence) -> Finding | None:
    bias, variance = e.noise_shares
    if math.isnan(bias):
        return None
    if e.run.lr[-1] <= 0.05 * e.run.lr.max():
        return None  # the rate has decayed: where it came to rest is for the other rules
    half = (e.n // 2, e.n)
    mean = float(e.f[e.n // 2 :].mean()) - e.low
    if bias < variance:
        return Finding(
            "noise_floor",
            f"It has reached the floor that gradient noise sets: over the second half the loss "
            f"hovers {number(mean)} above the lowest; the mean gradient accounts for "
            f"{number(bias)} of it, the random part for {number(variance)}. More steps will not "
            "help; a decaying rate will.",
            "loss owed to the mean gradient",
            bias,
            variance,
            half,
            fixes.brake(e),
        )
    if mean < 1e-4 * e.fall:
        return Finding(
            "converged",
            f"It has arrived in spite of the noise: only {percent(mean / e.fall)} of the drop is "
            "left.",
            "share of the drop left",
            mean / e.fall,
            1e-4,
            half,
        )
    return Finding(
        "in_progress",
        f"It is still on its way down: the mean gradient accounts for {number(bias)} of the "
        f"remaining loss, the noise for {number(variance)}.",
        "loss owed to the mean gradient",
        bias,
        variance,
        half,
    )


def edge_of_stability(e: Evidence) -> Finding | None:
    """The curvature has risen to what the step allows, and stays there.

    Of rules with one rate only: an adaptive rule brings its own preconditioned sharpness to the
    limit wherever it circles (Cohen et al. 2022), which is a limit cycle and said there.
    """
    if e.adaptive or not math.isfinite(e.limit) or e.n < 50:
        return None
    half, rate = e.n // 2, e.run.lr[: e.n]
    hovers = float(np.median(e.sharpness[half:]))
    if not 0.925 < hovers / e.limit < 1.125 or e.sharpness.max() <= e.limit or e.at_a_tip:
        return None
    curvature = e.sharpness / rate
    early = curvature[: max(e.n // 5, 1)]
    if not early.min() * np.median(rate[half:]) < 0.9 * e.limit:
        return None  # the schedule raised the rate, not the ground its curvature
    if not np.median(e.size[-e.fifth :]) > 1e-3 * np.median(e.size[: e.fifth]):
        return None
    return Finding(
        "edge_of_stability",
        f"The ground became sharper along the way, λ_max from {number(early.min())} to "
        f"{number(float(np.median(curvature[half:])))}, until the step just fits: η·λ_max hovers "
        f"at {number(hovers)}, the limit is {number(e.limit)}. The loss is bounded but uneven, "
        "and sharper ground ahead stays out of reach until the step is smaller.",
        "η·λ_max, median of the second half",
        hovers,
        e.limit,
        (half, e.n),
        fixes.under_the_limit(e, 1.5 * e.limit),
    )


def bouncing(e: Evidence) -> Finding | None:
    if e.n < 4:
        return None
    flipping = e.flipping > 0.55
    if flipping and e.end.eigenvalues[0] > 0:
        alive = e.end.excess > 0.01 * e.fall or _far_flips(e)
    else:
        flipping = flipping and e.hold > 0.6
        alive = e.size[-1] > 0.1 * e.size[: max(e.n // 10, 1)].max()
    if flipping and alive:
        return _oscillating(e)
    if motion.sustained(e):
        return _oscillating(e) if e.hover > 0.01 * e.fall else _limit_cycle(e)
    return None


def _far_flips(e: Evidence) -> bool:
    """Whether it flips at every step by more than 1 % of the way: a bounce still converging."""
    far = abs(float(e.end.step[1])) > 0.01 * e.travelled
    return far and e.flipping == 1 and e.linear


def _oscillating(e: Evidence) -> Finding:
    shrink = motion.growth_per_step(e)
    steps = (e.n - e.fifth, e.n)
    if e.at_a_tip:
        change = fixes.brake(e)
        return Finding(
            "oscillating",
            f"It bounces about the tip of a cone: the slope there stays at |g| = "
            f"{number(e.size[-1])} however near, so steps of a fixed rate never shorten. A "
            f"decaying rate, {change!r}, does it.",
            "share of flips",
            e.flipping,
            0.55,
            steps,
            change,
        )
    if math.isfinite(e.limit) and e.gauge > e.limit:
        change = fixes.under_the_limit(e, e.gauge)
        return Finding(
            "oscillating",
            f"It bounces between the valley walls: {motion.compared(e, e.gauge)}, so each step "
            f"lands on the other side about as high as before. The loss hardly changes while |g| "
            f"= {number(e.size[-1])}: not a critical point. {fixes.in_words(e, change)} ends it.",
            "η·λ_max",
            e.gauge,
            e.limit,
            steps,
            change,
        )
    change = fixes.under_the_limit(e, math.nan)
    if e.flipping > 0.9 and shrink < 1 and not e.adaptive:
        change = fixes.under_the_limit(e, 1.8 * e.gauge)
        return Finding(
            "oscillating",
            f"A converging oscillation: it bounces from wall to wall, and as "
            f"{motion.compared(e, e.gauge)}, every step keeps {_kept(e, shrink)} of the distance "
            f"to the floor. |g| is still {number(e.size[-1])}. {fixes.in_words(e, change)} stops "
            "the bounce.",
            "η·λ_max",
            e.gauge,
            e.limit,
            steps,
            change,
        )
    return Finding(
        "oscillating",
        f"It keeps bouncing, {number(e.hover)} above where it leads, and |g| = "
        f"{number(e.size[-1])}: not a critical point. Its steps are too long for the valley; "
        f"{fixes.in_words(e, change)} calms it.",
        "share of flips",
        e.flipping,
        0.55,
        steps,
        change,
    )


def _kept(e: Evidence, shrink: float) -> str:
    """The factor per step; of plain descent the exact one."""
    if type(e.optimizer).__name__ == "GradientDescent":
        return f"|1 − η·λ| = {number(abs(1 - e.gauge))}"
    return percent(shrink)


def _limit_cycle(e: Evidence) -> Finding:
    change = fixes.brake(e)
    why = "because its last steps are as long as the first"
    hovers = float(np.median(e.sharpness[e.n // 2 :]))
    if e.adaptive and 0.925 < hovers / e.limit < 1.125:
        why = (
            f"as its step per parameter grows until η·λ_max hovers at the limit, "
            f"{number(hovers)} (adaptive edge of stability)"
        )
    return Finding(
        "limit_cycle",
        f"It circles the minimum without coming closer: within {number(e.amplitude)} of it, step "
        f"after step, {why}. A decaying rate, {change!r}, ends it.",
        "amplitude / way travelled",
        e.amplitude / e.travelled,
        1e-3,
        (e.n - e.fifth, e.n),
        change,
    )
