"""The outcome of a run: rules in the order in which they are asked; the first that holds wins.

Each rule returns a `Finding` with its evidence, or None.
"""

from __future__ import annotations

import math

import numpy as np

from playground.diagnosis import fixes, motion
from playground.diagnosis.evidence import Evidence
from playground.diagnosis.finding import Finding, number, percent, steps_in_words


def outcome(e: Evidence) -> Finding:
    """The first rule that holds; the last one always does."""
    return next(finding for rule in RULES if (finding := rule(e)))


# ---- 1. diverged ----------------------------------------------------------------------------


def diverged(e: Evidence) -> Finding | None:
    if motion.falling_forever(e):
        return _surface_to_blame(e)
    if e.left:
        return _left(e)
    if motion.runaway(e) or motion.growing_bounce(e):
        return _step_to_blame(e)
    return None


def _surface_to_blame(e: Evidence) -> Finding:
    below = e.ground.lowest - float(e.f[-1])
    first = int((e.outside > 0).argmax())
    return Finding(
        "diverged",
        "The surface has no lowest point and the run follows it down: the loss is "
        f"{number(e.f[-1])}, {number(below)} below anything in the window. The surface is "
        "unbounded below, so this is not the step's fault and no setting would stop it.",
        "loss below the window's lowest", below, 0.0, (first, e.n),
    )  # fmt: skip


def _left(e: Evidence) -> Finding:
    x = e.run.x[min(e.last + 1, e.run.steps)]
    if np.isfinite(x).all() and np.abs(x).max() < e.length * 100:
        return Finding(
            "diverged",
            f"At step {e.last + 1} it stepped to ({number(x[0])}, {number(x[1])}), where the loss "
            "is not defined.",
            "step at which the loss is undefined", e.last + 1, e.run.steps, (e.last, e.last + 1),
            fixes.under_the_limit(e, math.nan),
        )  # fmt: skip
    small = float(e.size[-1]) < 10 * float(np.median(e.size)) and e.outside[-1] == 0
    if small and np.isnan(x).any():
        why = (" The centred second moment v − m² has become slightly negative by rounding."
               if e.optimizer.values().get("centered") else "")  # fmt: skip
        return Finding(
            "diverged",
            f"At step {e.last + 1} the point stopped being a number although nothing was growing: "
            f"the gradient before was {number(e.size[-1])}.{why}",
            "|g| before", float(e.size[-1]), math.inf, (e.last, e.last + 1),
            fixes.under_the_limit(e, math.nan),
        )  # fmt: skip
    return _step_to_blame(e)


def _step_to_blame(e: Evidence) -> Finding:
    inside = e.outside <= 0.0
    last_inside = int(np.flatnonzero(inside)[-1]) if inside.any() else 0
    k = min(max(last_inside, 1), e.n) if e.n else 0
    gauge = float(np.nanmax(e.sharpness[: k + 1])) if e.n else math.inf
    fate = (f"it is gone by step {e.last + 1}" if e.left
            else f"the loss is {number(e.f[-1])} after {e.n} steps and rising")  # fmt: skip
    growth = _growth(e)
    if math.isfinite(e.limit) and gauge > e.limit:
        reason = (f"The step is too large for the steepest wall: η·λ_max = {number(gauge)} is "
                  f"above the limit {number(e.limit)}")  # fmt: skip
        threshold = e.limit
    else:
        reason = f"The steps are too long for this surface: η·λ_max reaches {number(gauge)}"
        threshold = e.limit
    change = fixes.under_the_limit(e, gauge)
    grows = f"the gradient grows {number(growth)}-fold per step"
    if type(e.optimizer).__name__ == "GradientDescent" and gauge > 2:
        grows = (f"each step multiplies the distance to the floor by |1 − η·λ| = "
                 f"{number(gauge - 1)} (measured: {number(growth)})")  # fmt: skip
    return Finding(
        "diverged",
        f"{reason}, so {grows}, and {fate}. η = {number(change.lr)} instead of "
        f"{number(e.optimizer.lr)} would hold.",
        "η·λ_max", gauge, threshold, (k, e.n), change,
    )  # fmt: skip


def _growth(e: Evidence) -> float:
    """Typical factor of |g| per step over the last steps before the end."""
    size = e.size[-min(e.fifth, 20) - 1 :]
    with np.errstate(all="ignore"):
        ratio = size[1:] / size[:-1]
    ratio = ratio[np.isfinite(ratio) & (ratio > 0)]
    return float(np.exp(np.log(ratio).mean())) if ratio.size else math.inf


# ---- 2. noise -------------------------------------------------------------------------------


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


# ---- 3. edge of stability -------------------------------------------------------------------


def edge_of_stability(e: Evidence) -> Finding | None:
    if e.adaptive or not math.isfinite(e.limit) or e.n < 50:
        return None
    s = e.sharpness * (2 / e.limit)
    hovers = float(np.median(s[e.n // 2 :]))
    at_a_tip = len(e.ground.tips) and e.nearest[0] < 0.02 * e.length and e.ground.tips[e.nearest[1]]
    if at_a_tip or not (s[: max(e.n // 5, 1)].min() < 1.8 and 1.85 < hovers < 2.25 and s.max() > 2):
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


# ---- 4. plateau -----------------------------------------------------------------------------


def plateau(e: Evidence) -> Finding | None:
    remaining = float(e.f[-1]) - e.low
    reach = float(e.size[-1]) * e.length
    bend = 0.5 * float(np.abs(e.end.eigenvalues).max()) * e.length**2
    flat = reach < 0.02 * remaining and bend < 0.5 * remaining
    if not (flat or e.on_a_shoulder):
        return None
    change = fixes.longer_reach(e)
    return Finding(
        "plateau",
        f"It lies on a plateau: the slope |g| = {number(e.size[-1])} times the whole window is "
        f"{percent(reach / remaining) if remaining > 0 else number(reach)} of the loss that "
        "remains, and no minimum is near. Steps in proportion to the slope hardly move; a rule "
        f"that divides by the slope, {change!r}, does.",
        "slope × window / remaining loss", reach / max(remaining, 1e-300), 0.02,
        _standing_since(e), change,
    )  # fmt: skip


# ---- 5. arrived -----------------------------------------------------------------------------


def arrived(e: Evidence) -> Finding | None:
    """Standing at a minimum: the lowest, or one that is not."""
    end, (near, i) = e.end, e.nearest
    known = near <= 0.01 * e.travelled
    newton = end.eigenvalues[0] > 0 and end.distance <= 0.01 * e.travelled
    if not ((newton or known or e.on_a_floor) and motion.stands(e)):
        return None
    left = min(end.distance, near) if newton or known else end.distance_across
    level = e.ground.heights[i] if known and not e.decay else float(e.f[-1]) - end.excess
    margin = e.ground.tolerance if known else max(e.ground.tolerance, 0.01 * e.fall)
    share = left / e.travelled
    if e.on_a_floor and not (newton or known):
        level = float(e.f[-1])
    if level - e.low > margin:
        return Finding(
            "local_minimum",
            f"It stands in a minimum, but not the lowest: the loss here is {number(level)}, the "
            f"lowest known is {number(e.low)}. Nothing local says so; try another start or more "
            "inertia.",
            "loss above the lowest", level - e.low, margin, _standing_since(e), fixes.inertia(e),
        )  # fmt: skip
    return Finding(
        "converged",
        f"It has arrived at the lowest minimum: {number(left)} is left of a way of "
        f"{number(e.travelled)}, the slope is {number(e.size[-1])}, and {_curvatures(e)}.",
        "way left / way travelled", share, 0.01, _standing_since(e),
    )  # fmt: skip


def _curvatures(e: Evidence) -> str:
    low, high = e.end.eigenvalues
    if e.on_a_floor:
        return f"the valley's floor is level (across it the curvature is {number(high)})"
    if not low > 0:
        return "no neighbour is lower"
    return f"both curvatures are positive ({number(low)} and {number(high)})"


def _standing_since(e: Evidence) -> tuple[int, int]:
    """The stretch at the end during which it stays within 1 % of the way."""
    away = np.flatnonzero(np.hypot(*(e.x - e.x[-1]).T) > 0.01 * e.travelled)
    return (int(away[-1]) + 1 if len(away) else 0, e.n)


# ---- 6. saddle ------------------------------------------------------------------------------


def saddle(e: Evidence) -> Finding | None:
    low, high = (float(v) for v in e.end.eigenvalues)
    if not (low < -1e-6 * abs(high) and e.amplitude < 0.01 * e.length):
        return None
    if not (e.end.distance <= 0.01 * e.length and (e.decay > 0 or e.beside_known)):
        return None
    what = "a saddle" if high > 0 else "a maximum"
    return Finding(
        "saddle",
        f"It stands at {what}, not at a minimum: the slope is {number(e.size[-1])}, but along "
        f"one direction the curvature is {number(low)}, so the loss falls there. "
        + _way_out(e, low),
        "smallest curvature", low, 0.0, _standing_since(e), fixes.inertia(e),
    )  # fmt: skip


def _way_out(e: Evidence, low: float) -> str:
    distance = abs(float(e.end.step[0]))
    if distance == 0:
        return "Exactly on its ridge nothing but noise moves it."
    if e.adaptive or not math.isfinite(e.limit):
        return f"It is {number(distance)} off the ridge and will leave as this grows."
    factor = 1 + float(e.run.lr[-1]) * -low
    if factor == 1:
        return f"It is {number(distance)} off the ridge, and the rate is zero."
    wait = max(math.log(0.01 * e.length / distance), 0.0) / math.log(factor)
    return (f"It is {number(distance)} off the ridge, which plain descent multiplies by "
            f"{factor:.4g} per step: {steps_in_words(wait)} to leave; inertia is faster.")  # fmt: skip


# ---- 7., 8. oscillating, limit cycle ----------------------------------------------------------


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
    shrink = _growth(e)
    steps = (e.n - e.fifth, e.n)
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


# ---- 9., 10. not finished ---------------------------------------------------------------------


def unfinished(e: Evidence) -> Finding:
    if not e.n:
        return Finding("in_progress", "No step has been made yet.", "steps made", 0, 0, (0, 0))
    needed = motion.steps_needed(e)
    steps = (max(e.n - e.fifth, 0), e.n)
    ratio = needed / max(e.n, 1)
    rings = motion.ringing_down(e)
    if needed <= 3 * e.n or rings:
        swing = (f" It flips from wall to wall and keeps {percent(_growth(e))} of the slope per "
                 "step." if e.flipping > 0.55 else " It still swings through, less and less.")
        return Finding(
            "in_progress",
            f"It is on its way and healthy: {number(e.ahead)} to go of {number(e.travelled)}."
            + (swing if rings else f" At this pace it needs {steps_in_words(needed)} more."),
            "steps needed / steps made", ratio, 3.0, steps,
        )  # fmt: skip
    fall = motion.collapse(e)
    if fall > 2.5:
        change = fixes.release_brake(e, fall)
        return Finding(
            "step_collapse",
            f"Its step has collapsed: the effective rate along the way still to go is "
            f"{number(fall)} times smaller than at first, while the slope is {number(e.size[-1])} "
            f"(at first {number(e.size[0])}); {number(e.ahead)} of the way is left and would take "
            f"{steps_in_words(needed)}. {change!r} gives the step back.",
            "fall of the effective rate", fall, 2.5, (0, e.n), change,
        )  # fmt: skip
    change = fixes.faster(e, min(max(ratio, 2.0), 10.0))
    if not len(e.ground.minima) and not e.ground.unbounded:
        return Finding(
            "slow",
            "There is no minimum in the window to arrive at: the loss keeps falling, ever more "
            f"slowly, from {number(e.f[0])} to {number(e.f[-1])}, by {number(_last_fall(e))} in "
            f"the last step. Try {change!r}.",
            "steps needed / steps made", ratio, 3.0, steps, change,
        )  # fmt: skip
    return Finding(
        "slow",
        f"It creeps: {number(e.ahead)} is left and at this pace takes {steps_in_words(needed)}, "
        f"{_times(ratio)} what it has made. {_why_slow(e)} Try {change!r}.",
        "steps needed / steps made", ratio, 3.0, steps, change,
    )  # fmt: skip


def _last_fall(e: Evidence) -> float:
    return float(e.f[-2] - e.f[-1])


def _times(ratio: float) -> str:
    return f"{number(ratio)} times" if math.isfinite(ratio) else "endlessly many times"


def _why_slow(e: Evidence) -> str:
    if not math.isfinite(e.limit):
        return "Its steps are too short for the way."
    gauge = float(np.nanmax(e.sharpness))
    if gauge < 0.3 * e.limit:
        return (f"The step is small for this surface: η·λ_max is at most {number(gauge)}, the "
                f"limit is {number(e.limit)}.")  # fmt: skip
    low, high = np.abs(e.end.eigenvalues)
    return (f"The steepest wall leaves no room for a larger step (η·λ_max = {number(gauge)}), and "
            f"the floor is {number(max(low, high) / max(min(low, high), 1e-300))} times flatter.")  # fmt: skip


RULES = (diverged, noise_floor, edge_of_stability, plateau, arrived, saddle, bouncing, unfinished)
