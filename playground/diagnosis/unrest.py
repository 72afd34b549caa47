"""Runs that arrived nowhere and keep moving: noise, the edge of stability, bounces, cycles."""

from __future__ import annotations

import math

import numpy as np

from playground.diagnosis import fixes, motion
from playground.diagnosis.evidence import Evidence
from playground.diagnosis.finding import Finding, number, percent


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
            "loss owed to the mean gradient", bias, variance, half, fixes.brake(e),
        )  # fmt: skip
    if mean < 1e-4 * e.fall:
        return Finding(
            "converged",
            f"It has arrived in spite of the noise: only {percent(mean / e.fall)} of the drop is "
            "left.",
            "share of the drop left", mean / e.fall, 1e-4, half,
        )  # fmt: skip
    return Finding(
        "in_progress",
        f"It is still on its way down: the mean gradient accounts for {number(bias)} of the "
        f"remaining loss, the noise for {number(variance)}.",
        "loss owed to the mean gradient", bias, variance, half,
    )  # fmt: skip


def edge_of_stability(e: Evidence) -> Finding | None:
    if e.adaptive or not math.isfinite(e.limit) or e.n < 50:
        return None
    s = e.sharpness * (2 / e.limit)
    hovers = float(np.median(s[e.n // 2 :]))
    rose = s[: max(e.n // 5, 1)].min() < 1.8 and s.max() > 2
    alive = np.median(e.size[-e.fifth :]) > 1e-3 * np.median(e.size[: e.fifth])
    if e.at_a_tip or not (alive and rose and 1.85 < hovers < 2.25):
        return None
    return Finding(
        "edge_of_stability",
        f"The curvature rose along the way until the step just fits, η·λ_max from "
        f"{number(e.sharpness[0])} to {number(hovers * e.limit / 2)}, and hovers at the limit "
        f"{number(e.limit)}: the loss is bounded and uneven, and sharper ground ahead stays out "
        "of reach until the step is smaller.",
        "η·λ_max, median of the second half", hovers * e.limit / 2, e.limit, (e.n // 2, e.n),
        fixes.under_the_limit(e, 1.5 * e.limit),
    )  # fmt: skip


def bouncing(e: Evidence) -> Finding | None:
    if e.n < 4:
        return None
    flipping = e.flipping > 0.55
    if flipping and e.end.eigenvalues[0] > 0:
        alive = e.end.excess > 0.01 * e.fall
    else:
        flipping = flipping and e.hold > 0.6
        alive = e.size[-1] > 0.1 * e.size[: max(e.n // 10, 1)].max()
    if flipping and alive:
        return _oscillating(e)
    if motion.sustained(e):
        return _oscillating(e) if e.hover > 0.01 * e.fall else _limit_cycle(e)
    return None


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
            "share of flips", e.flipping, 0.55, steps, change,
        )  # fmt: skip
    if math.isfinite(e.limit) and e.gauge > e.limit:
        change = fixes.under_the_limit(e, e.gauge)
        return Finding(
            "oscillating",
            f"It bounces between the valley walls: η·λ_max = {number(e.gauge)} between them is "
            f"above {number(e.limit)}, so each step lands on the other side as high as before. "
            f"The loss is flat while |g| = {number(e.size[-1])}: not a critical point. η = "
            f"{number(change.lr)} instead of {number(e.optimizer.lr)} ends it.",
            "η·λ_max", e.gauge, e.limit, steps, change,
        )  # fmt: skip
    change = fixes.under_the_limit(e, math.nan)
    if e.flipping > 0.9 and shrink < 1 and not e.adaptive:
        change = fixes.under_the_limit(e, 1.8 * e.gauge)
        return Finding(
            "oscillating",
            f"It bounces from wall to wall and converges only slowly: η·λ_max = {number(e.gauge)} "
            f"is just below the limit {number(e.limit)}, so every step keeps {percent(shrink)} of "
            f"the height; |g| is still {number(e.size[-1])}. η = {number(change.lr)} would stop "
            "the bounce.",
            "η·λ_max", e.gauge, e.limit, steps, change,
        )  # fmt: skip
    return Finding(
        "oscillating",
        f"It keeps bouncing, {number(e.hover)} above where it leads, and |g| = "
        f"{number(e.size[-1])}: not a critical point. The steps are too long for the valley; "
        f"η = {number(change.lr)} instead of {number(e.optimizer.lr)} calms it.",
        "share of flips", e.flipping, 0.55, steps, change,
    )  # fmt: skip


def _limit_cycle(e: Evidence) -> Finding:
    change = fixes.brake(e)
    return Finding(
        "limit_cycle",
        f"It circles the minimum without coming closer: within {number(e.amplitude)} of it, step "
        f"after step, because the last steps are as long as the first. A decaying rate, "
        f"{change!r}, ends it.",
        "amplitude / way travelled", e.amplitude / e.travelled, 1e-3, (e.n - e.fifth, e.n), change,
    )  # fmt: skip
