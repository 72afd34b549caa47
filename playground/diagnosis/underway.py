"""What is said of a run that is not finished: what is made, what is left, and why it is slow."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from playground.diagnosis import fixes, lines
from playground.diagnosis.endless import (
    endless,
    heads_into_a_saddle,
    into_the_saddle,
    passes_a_saddle,
    saddle,
)
from playground.diagnosis.future import Future, in_words
from playground.diagnosis.pace import Pace
from playground.diagnosis.quantity import some
from playground.diagnosis.say import (
    beyond_limit,
    compared,
    growth_per_step,
    held,
    sharpness_now,
    steepest_late,
)
from playground.words import apart, number, percent


def on_its_way(e: Pace) -> str:
    after = Future(e)
    if after.falls_on:
        return endless(e)
    if passes_a_saddle(e):
        return (
            f"It is on its way, {after.way}, past {saddle(e)}, "
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
    stride = e.moved(1).item()
    if stride > after.left and math.isinf(after.needed):
        return (
            f"It is under way, {number(after.made)} made; its last step, {number(stride)} long, is "
            f"more than the {number(after.left)} to the minimum below it. {_outlook(e, after)}"
        )
    return f"{_healthy(e, after)}: {after.way}. {_outlook(e, after)}"


def _healthy(e: Pace, after: Future) -> str:
    first, last, noisy = e.first_loss.item(), e.last_loss.item(), some(e.noise > 0)
    top = float(np.fmax.reduce(e.f[:, 0])) - first
    no_lower = not after.goes_down and not noisy
    if last > first:
        now, then = apart(last, first)
        if no_lower:
            return f"Its loss, {now} after {then} at its start, is no lower in as many steps again"
        return f"It is under way, its loss at {now} above the {then} of its start"
    if no_lower:
        return "In as many steps again its loss is on average no lower"
    if math.isinf(after.needed) and after.recedes:
        return "It comes no nearer for good"
    if top > lines.RISEN * e.fall.item():
        return f"It is on its way, after its loss had risen to {number(top + first)}"
    late = after.needed > lines.SLOW * e.n and (math.isfinite(after.needed) or not e.ringing)
    if late or e.flipping.item() > lines.FLIPPING:
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
    if after.width < lines.HELD * e.amplitude.item():
        return "It still swings through, less and less."
    return "It still swings through."


def creeps(e: Pace) -> str:
    after = Future(e)
    if heads_into_a_saddle(e):
        return into_the_saddle(e)
    if after.falls_on:
        return endless(e)
    left = f"{number(after.left)} is left and"
    rest = "its schedule has ended" if after.ended else after.outlook
    if after.needed <= lines.SLOW * e.n and not after.ended:
        return (
            f"By its last steps it creeps; carried on it is there in {in_words(after.needed)}, "
            f"with {number(after.left)} left and {e.n} made."
        )
    how = "hardly gets on" if fixes.pulled_back(e) else "creeps"
    told = [f"It {how}: {left} {rest}; it has made {e.n}.", *_why_slow(e, after.left)]
    if e.n < lines.FIRST_STEPS:
        told[0] = f"It has made {_updates(e.n)}: {left} {rest}."
    elif e.at_a_level_minimum and e.linear:  # others take steps that shrink less than the slope
        told.append("Without curvature every halving of the rest takes longer than the one before.")
    return " ".join(told)


def _updates(n: int) -> str:
    return "one step" if n == 1 else f"{n} steps"


def _why_slow(e: Pace, left: float) -> Iterator[str]:
    """A sentence, or none where what is advised says it: that its decay pulls it back."""
    stride = e.moved(1).item()
    if stride > left:
        yield f"Its last step, {number(stride)} long, leads further than that."
    elif not fixes.pulled_back(e):
        yield _step_beside_the_walls(e)


def _step_beside_the_walls(e: Pace) -> str:
    limit, gauge = e.limit.item(), steepest_late(e)
    if not (math.isfinite(limit) and 0 < gauge < math.inf):
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
