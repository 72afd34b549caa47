"""Runs that are not finished: healthy, collapsed or slow."""

from __future__ import annotations

import math

import numpy as np

from playground.diagnosis import fixes, motion
from playground.diagnosis.endless import drawn, into, unfinished_without_minimum
from playground.diagnosis.evidence import Evidence
from playground.diagnosis.finding import Finding
from playground.words import number, percent, steps_in_words


def unfinished(e: Evidence) -> Finding:
    if not e.n:
        return Finding("in_progress", "No step has been made yet.", "steps made", 0, 0, (0, 0))
    endless = unfinished_without_minimum(e)
    if endless:
        return endless
    needed = motion.steps_needed(e)
    steps = (max(e.n - e.fifth, 0), e.n)
    ratio = needed / e.n
    if needed <= 3 * e.n or motion.ringing_down(e):
        sentence = _on_its_way(e, needed)
        return Finding("in_progress", sentence, "steps needed / steps made", ratio, 3.0, steps)
    fall = motion.collapse(e)
    if fall > 2.5:
        change, along = fixes.release_brake(e, fall), np.abs(e.g[:, motion.still_to_go(e)])
        return Finding(
            "step_collapse",
            f"Its step has collapsed: along the way still to go the effective rate is "
            f"{number(fall)} times smaller than at first, while the slope there was "
            f"{number(along[0])} and is {number(along[-1])}. {number(e.ahead)} is left and would "
            f"take {steps_in_words(needed)}. {change!r} gives the step back.",
            "fall of the effective rate",
            fall,
            2.5,
            (0, e.n),
            change,
        )
    change = fixes.faster(e, min(max(ratio, 2.0), 10.0))
    near = drawn(e)
    if near and near.factor < 1:
        needed = math.log(max(near.distance / (0.01 * e.length), 1)) / -math.log(near.factor)
        told = into(near, needed)
    else:
        told = (
            f"It creeps: {number(e.ahead)} is left and at this pace takes "
            f"{steps_in_words(needed)}; it has made {e.n}. {_why_slow(e)}"
        )
    return Finding(
        "slow", f"{told} Try {change!r}.", "steps needed / steps made", ratio, 3.0, steps, change
    )


def _on_its_way(e: Evidence, needed: float) -> str:
    to_go = f"{number(e.ahead)} to go of {number(e.travelled)}"
    near = drawn(e)
    if near and near.factor < 1 and near.distance < e.ahead:
        return (
            f"It is on its way, {to_go}, past the saddle at ({number(near.point[0])}, "
            f"{number(near.point[1])}), {number(near.distance)} away, which still draws it in "
            "and will slow it down."
        )
    if motion.beyond_limit(e):
        return (
            f"It is on its way, {to_go}, but its step is now beyond the limit: "
            f"{motion.compared(e, e.sharpness[-1])}, so the least bounce between the walls "
            "grows from step to step."
        )
    if needed == 0:
        stride = math.dist(e.x[-1], e.x[-2])
        return (
            f"It is nearly there, {to_go}, within 1 %, but not at rest yet: its last step was "
            f"{number(stride)} long."
        )
    if not motion.ringing_down(e):
        return (
            f"It is on its way and healthy: {to_go}. At this pace it needs "
            f"{steps_in_words(needed)} more."
        )
    if e.flipping > 0.55:
        return (
            f"It is on its way and healthy: {to_go}. It flips from wall to wall and keeps "
            f"{percent(motion.growth_per_step(e))} of the slope per step."
        )
    return f"It is on its way and healthy: {to_go}. It still swings through, less and less."


def _why_slow(e: Evidence) -> str:
    if not math.isfinite(e.limit):
        return "Its steps are too short for the way."
    gauge = float(np.nanmax(e.sharpness))
    if gauge < 0.3 * e.limit:
        return (
            f"The step is small for this surface: η·λ_max is at most {number(gauge)}, the "
            f"limit is {number(e.limit)}."
        )
    low, high = sorted(np.abs(e.end.eigenvalues))
    return (
        f"The steepest wall leaves little room for a larger step, as "
        f"{motion.compared(e, gauge)}, and the floor is "
        f"{number(high / max(low, 1e-300))} times flatter."
    )
