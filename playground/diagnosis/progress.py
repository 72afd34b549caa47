"""Runs that are not finished: healthy, collapsed or slow."""

from __future__ import annotations

import math

import numpy as np

from playground.diagnosis import fixes, lines
from playground.diagnosis.finding import Finding
from playground.diagnosis.outcome import IN_PROGRESS, SLOW, STEP_COLLAPSE
from playground.diagnosis.pace import Pace
from playground.diagnosis.rule import Rule, asked, never
from playground.diagnosis.say import (
    beyond_limit,
    compared,
    growth_per_step,
    held,
    sharpness_now,
    steepest_late,
)
from playground.types import Mask
from playground.words import number, percent, steps_in_words

QUANTITY = "steps needed / steps made"


def not_begun(e: Pace) -> Mask:
    return np.full(e.count, e.n == 0)


def soon_there(e: Pace) -> Mask:
    """Whether at its pace three times the steps made would do, or it is still swinging in."""
    soon = e.needed <= lines.SLOW * e.n
    return soon | e.ringing if len(e.ground.minima) else soon


def collapsed(e: Pace) -> Mask:
    """Whether the rule or the schedule has shrunk the step; said where there is an arrival."""
    return asked(e, lambda e: e.collapse > lines.COLLAPSE) if len(e.ground.minima) else never(e)


def always(e: Pace) -> Mask:
    return np.ones(e.count, dtype=bool)


# ---- told of one run --------------------------------------------------------------------------


def tell_beginning(e: Pace) -> Finding:
    return Finding(IN_PROGRESS, "No step has been made yet.", "steps made", 0, 0, (0, 0))


def tell_progress(e: Pace) -> Finding:
    return Finding(
        IN_PROGRESS,
        _on_its_way(e) if len(e.ground.minima) else _endless(e),
        QUANTITY,
        e.needed.item() / e.n,
        lines.SLOW,
        (e.n - e.fifth, e.n),
    )


def tell_collapse(e: Pace) -> Finding:
    fall, along = e.collapse.item(), np.abs(e.g[e.to_go.item(), :, 0])
    return fixes.finding(
        e,
        STEP_COLLAPSE,
        f"Its step has collapsed: along the way still to go the effective rate is "
        f"{number(fall)} times smaller than at first, while the slope there was "
        f"{number(along[0])} and is {number(along[-1])}. {number(e.ahead.item())} is left and "
        f"would take {steps_in_words(e.needed.item())}.",
        ("fall of the effective rate", fall, lines.COLLAPSE),
        (0, e.n),
        fixes.release_brake(e, fall),
        "{change} keeps its step.",
    )


def tell_slow(e: Pace) -> Finding:
    ratio, least = e.needed.item() / e.n, 0.0
    if not len(e.ground.minima):
        story = _endless(e)
    else:
        least = fixes.LEAST_FACTOR
        story = _into_the_saddle(e) if _nears_a_saddle(e) else _creeps(e)
    return fixes.finding(
        e,
        SLOW,
        story,
        (QUANTITY, ratio, lines.SLOW),
        (e.n - e.fifth, e.n),
        fixes.faster(e, min(max(ratio, least), fixes.MOST_FACTOR)),
        "{change} gets further.",
        kept=lambda found: found.lasting,
    )


def _on_its_way(e: Pace) -> str:
    needed, ahead = e.needed.item(), e.ahead.item()
    to_go = f"{number(ahead)} to go of {number(e.travelled.item())}"
    if _nears_a_saddle(e) and e.drawn.distance.item() < ahead:
        return (
            f"It is on its way, {to_go}, past the saddle at {_saddle(e)}, "
            f"{number(e.drawn.distance.item())} away, which still draws it in and will slow it "
            "down."
        )
    if beyond_limit(e):
        return (
            f"It is on its way, {to_go}, but its step is now beyond the limit: "
            f"{compared(sharpness_now(e), e.limit.item())}, so the least bounce between the walls "
            f"grows from step to step{held(e)}."
        )
    if needed == 0:
        return (
            f"It is nearly there, {to_go}, within 1 %, but not at rest yet: its last step was "
            f"{number(e.moved(1).item())} long."
        )
    if not e.ringing:
        return (
            f"It is on its way and healthy: {to_go}. At this pace it needs "
            f"{steps_in_words(needed)} more."
        )
    if e.flipping.item() > lines.FLIPPING:
        return (
            f"It is on its way and healthy: {to_go}. It flips from wall to wall and keeps "
            f"{percent(growth_per_step(e))} of the slope per step."
        )
    return f"It is on its way and healthy: {to_go}. It still swings through, less and less."


def _creeps(e: Pace) -> str:
    return (
        f"It creeps: {number(e.ahead.item())} is left and at this pace takes "
        f"{steps_in_words(e.needed.item())}; it has made {e.n}. {_why_slow(e)}"
    )


def _why_slow(e: Pace) -> str:
    limit = e.limit.item()
    if not math.isfinite(limit):
        return "Its steps are too short for the way."
    gauge = steepest_late(e)
    if gauge < lines.SMALL_STEP * limit:
        return (
            f"The step is small for this surface: η·λ_max is at most {number(gauge)} now, the "
            f"limit is {number(limit)}."
        )
    low, high = sorted((abs(e.local.low.item()), abs(e.local.high.item())))
    return (
        f"The steepest wall leaves little room for a larger step, as {compared(gauge, limit)}, "
        f"and the floor is {number(high / max(low, lines.TINY))} times flatter."
    )


# ---- where there is no minimum to arrive at ---------------------------------------------------


def _nears_a_saddle(e: Pace) -> bool:
    return e.drawn.factor.item() < 1


def _saddle(e: Pace) -> str:
    x, y = e.ground.others[e.drawn.number.item()]
    return f"({number(x)}, {number(y)})"


def _into_the_saddle(e: Pace) -> str:
    return (
        f"It is heading into the saddle at {_saddle(e)}, which is "
        f"{number(e.drawn.distance.item())} away, and comes nearer by "
        f"{percent(1 - e.drawn.factor.item())} per step. There the slope vanishes although the "
        f"loss still falls to the sides; it takes {steps_in_words(e.to_the_saddle.item())} to get "
        "there."
    )


def _endless(e: Pace) -> str:
    if _nears_a_saddle(e):
        return _into_the_saddle(e)
    f = e.f[:, 0]
    if not e.ground.unbounded:
        return (
            "There is no minimum to arrive at: the loss keeps falling, ever more slowly. It went "
            f"from {number(f[0])} to {number(f[-1])}, so {percent((e.remaining / e.fall).item())} "
            f"of the possible drop is left; the last step took {number(f[-2] - f[-1])}."
        )
    bottomless = "The surface has no lowest point: the loss falls without end"
    if not math.isnan(e.drawn.factor.item()):
        return (
            f"It is leaving the saddle at {_saddle(e)}: {number(e.drawn.distance.item())} away, "
            f"{number(e.drawn.factor.item())} times as far after each step. {bottomless}."
        )
    return (
        f"{bottomless}. It has fallen from {number(f[0])} to {number(f[-1])}, by "
        f"{number(f[-2] - f[-1])} in the last step."
    )


RULES = (
    Rule(IN_PROGRESS, not_begun, tell_beginning),
    Rule(IN_PROGRESS, soon_there, tell_progress),
    Rule(STEP_COLLAPSE, collapsed, tell_collapse),
    Rule(SLOW, always, tell_slow),
)
