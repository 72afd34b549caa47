"""Runs that are not finished: healthy, collapsed or slow."""

from __future__ import annotations

import math

import numpy as np

from playground.diagnosis import fixes, motion
from playground.diagnosis.evidence import Evidence
from playground.diagnosis.finding import Finding, number, percent, steps_in_words


def unfinished(e: Evidence) -> Finding:
    if not e.n:
        return Finding("in_progress", "No step has been made yet.", "steps made", 0, 0, (0, 0))
    needed = motion.steps_needed(e)
    steps = (max(e.n - e.fifth, 0), e.n)
    ratio = needed / max(e.n, 1)
    rings = motion.ringing_down(e)
    if needed <= 3 * e.n or rings:
        kept = percent(motion.growth_per_step(e))
        swing = " It still swings through, less and less."
        if e.flipping > 0.55:
            swing = f" It flips from wall to wall and keeps {kept} of the slope per step."
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
    low, high = sorted(np.abs(e.end.eigenvalues))
    return (f"The steepest wall leaves no room for a larger step (η·λ_max = {number(gauge)}), and "
            f"the floor is {number(high / max(low, 1e-300))} times flatter.")  # fmt: skip
