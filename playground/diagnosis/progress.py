"""Runs that are not finished: healthy, collapsed or slow."""

from __future__ import annotations

import math

import numpy as np

from playground.diagnosis import fixes, lines
from playground.diagnosis.balance import begins_at_rest
from playground.diagnosis.endless import bottom, endless, into_the_saddle, nears_a_saddle, saddle
from playground.diagnosis.finding import Finding
from playground.diagnosis.future import Future, in_words
from playground.diagnosis.outcome import IN_PROGRESS, SLOW, STEP_COLLAPSE
from playground.diagnosis.pace import Pace
from playground.diagnosis.quantity import some
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
from playground.words import apart, number, percent

QUANTITY = "steps needed / steps made"


def not_begun(e: Pace) -> Mask:
    return np.full(e.count, e.n == 0)


def soon_there(e: Pace) -> Mask:
    """Whether at its pace three times the steps made would do, or it is still swinging in."""
    soon = e.needed <= lines.SLOW * e.n
    return soon | e.ringing if len(e.ground.minima) else soon


def collapsed(e: Pace) -> Mask:
    """Whether the rule or the schedule has shrunk the step; said where there is an arrival.

    A step of a rule that divided by a slope of mere rounding is none to be compared with, and a
    rate that fell as the slope rose has kept its step.
    """
    if not len(e.ground.minima):
        return never(e)
    return asked(e, lambda e: e.collapse > lines.COLLAPSE, lambda e: ~begins_at_rest(e), _shortened)


def _shortened(e: Pace) -> Mask:
    """Whether rate times slope has fallen as well, along the way still to go."""
    first = max(e.n // lines.TWENTIETH, lines.FIRST_STEPS)
    then, now = (
        np.abs(np.where(e.to_go == 0, g[0], g[1])).max(axis=0)
        for g in (e.slope(slice(first)), e.slope(slice(-1, None)))
    )
    found: Mask = e.collapse * np.minimum(then / np.maximum(now, lines.TINY), 1) > lines.COLLAPSE
    return found


def always(e: Pace) -> Mask:
    return np.ones(e.count, dtype=bool)


# ---- told of one run --------------------------------------------------------------------------


def tell_beginning(e: Pace) -> Finding:
    return Finding(IN_PROGRESS, "No step has been made yet.", "steps made", 0, 0, (0, 0))


def tell_progress(e: Pace) -> Finding:
    return Finding(
        IN_PROGRESS,
        lambda: _on_its_way(e) if len(e.ground.minima) else endless(e),
        QUANTITY,
        e.needed.item() / e.n,
        lines.SLOW,
        (e.n - e.fifth, e.n),
    )


def tell_collapse(e: Pace) -> Finding:
    fall = e.collapse.item()
    return fixes.finding(
        e,
        STEP_COLLAPSE,
        lambda: _fallen(e, fall),
        ("fall of the effective rate", fall, lines.COLLAPSE),
        (0, e.n),
        fixes.release_brake(e, fall),
        "{change} keeps its step.",
    )


def _fallen(e: Pace, fall: float) -> str:
    along, after = np.abs(e.g[e.to_go.item(), :, 0]), Future(e)
    rest = "its schedule has ended" if after.ended else after.outlook
    left = bottom(e) if after.falls_on else f"{number(after.left)} is left and {rest}."
    return (
        f"Its step has collapsed: along the way still to go the effective rate is "
        f"{number(fall)} times smaller than at first, while the slope there was "
        f"{number(along[0])} and is {number(along[-1])}. {left}"
    )


def tell_slow(e: Pace) -> Finding:
    ratio, least = e.needed.item() / e.n, 0.0
    if not len(e.ground.minima):
        story = endless
    else:
        least = fixes.LEAST_FACTOR
        story = into_the_saddle if nears_a_saddle(e) else _creeps
    return fixes.finding(
        e,
        SLOW,
        lambda: story(e),
        (QUANTITY, ratio, lines.SLOW),
        (e.n - e.fifth, e.n),
        fixes.faster(e, min(max(ratio, least), fixes.MOST_FACTOR)),
        "{change} gets further.",
        kept=lambda found: found.lasting,
    )


def _on_its_way(e: Pace) -> str:
    after = Future(e)
    if after.falls_on:
        return endless(e)
    if nears_a_saddle(e) and e.drawn.distance.item() < e.ahead.item():
        return (
            f"It is on its way, {after.way}, past the saddle at {saddle(e)}, "
            f"{number(e.drawn.distance.item())} away, which still draws it in and will slow it "
            "down."
        )
    if beyond_limit(e):
        return (
            f"It is on its way, {after.way}, but its step is now beyond the limit: "
            f"{compared(sharpness_now(e), e.limit.item())}, so the least bounce between the walls "
            f"grows from step to step{held(e)}."
        )
    if after.ended:
        return f"It is on its way, {after.way}, but its schedule has ended, so it stays about here."
    if after.needed == 0:
        return (
            f"It is nearly there, {after.way}, within 1 %, but not at rest yet: its last step was "
            f"{number(e.moved(1).item())} long."
        )
    return f"{_healthy(e, after)}: {after.way}. {_outlook(e, after)}"


def _healthy(e: Pace, after: Future) -> str:
    first, last, noisy = e.first_loss.item(), e.last_loss.item(), some(e.noise > 0)
    top = float(np.fmax.reduce(e.f[:, 0])) - first
    if last > first and not after.goes_down:
        now, then = apart(last, first)
        return f"It is under way, its loss at {now} above the {then} of its start"
    if top > lines.RISEN * e.fall.item():
        return f"It is on its way, after its loss had risen to {number(top + first)}"
    if not after.goes_down and not noisy:
        return "It is on its way, but in as many steps again it comes no lower"
    if after.needed > lines.SLOW * e.n and (math.isfinite(after.needed) or not e.ringing):
        return "It is on its way"
    return "It is on its way and healthy"


def _outlook(e: Pace, after: Future) -> str:
    if not e.ringing:
        return f"{after.outlook[0].upper()}{after.outlook[1:]}."
    if abs(e.hold.item() - 1) < lines.AS_WIDE:
        return "It swings on, now about as wide as before."
    if e.flipping.item() > lines.FLIPPING and growth_per_step(e) < 1:
        return (
            f"It flips from wall to wall and keeps {percent(growth_per_step(e))} of the slope per "
            "step."
        )
    return "It still swings through, less and less."


def _creeps(e: Pace) -> str:
    after = Future(e)
    if after.falls_on:
        return endless(e)
    left = f"{number(after.left)} is left and"
    rest = "its schedule has ended" if after.ended else after.outlook
    if after.needed <= lines.SLOW * e.n and not after.ended:
        return (
            f"By its last steps it creeps; carried on it is there in {in_words(after.needed)}, "
            f"with {number(after.left)} left and {e.n} made."
        )
    if e.n < lines.FIRST_STEPS:
        return f"It has made {_updates(e.n)}: {left} {rest}. {_why_slow(e)}"
    level = " Without curvature every halving of the rest takes several times as many steps."
    return (
        f"It creeps: {left} {rest}; it has made {e.n}. {_why_slow(e)}"
        f"{level if e.at_a_level_minimum else ''}"
    )


def _updates(n: int) -> str:
    return "one step" if n == 1 else f"{n} steps"


def _why_slow(e: Pace) -> str:
    limit, gauge = e.limit.item(), steepest_late(e)
    if not math.isfinite(limit) or not math.isfinite(gauge):
        return "Its steps are too short for the way."
    if gauge < lines.SMALL_STEP * limit:
        return (
            f"The step is small for this surface: η·λ_max is at most {number(gauge)} now, the "
            f"limit is {number(limit)}."
        )
    if gauge > limit:
        return f"The step is even too long for the steepest wall, as {compared(gauge, limit)}."
    low, high = sorted((abs(e.local.low.item()), abs(e.local.high.item())))
    flatter = ""
    if low > 0 and not e.adaptive:  # a rate per parameter makes up for it
        flatter = f", and the floor is {number(high / low)} times flatter"
    return (
        "The steepest wall leaves little room for a larger step, as "
        f"{compared(gauge, limit)}{flatter}."
    )


FIRST = (Rule(IN_PROGRESS, not_begun, tell_beginning),)
RULES = (
    Rule(IN_PROGRESS, soon_there, tell_progress),
    Rule(STEP_COLLAPSE, collapsed, tell_collapse),
    Rule(SLOW, always, tell_slow),
)
