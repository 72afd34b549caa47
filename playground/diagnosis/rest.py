"""Runs that stand: in a minimum, at a saddle."""

from __future__ import annotations

import math

import numpy as np

from playground.diagnosis import fixes, lines
from playground.diagnosis.finding import Finding
from playground.diagnosis.future import Future, in_words
from playground.diagnosis.lasting import leaves_again, warning
from playground.diagnosis.outcome import CONVERGED, LOCAL_MINIMUM, SADDLE
from playground.diagnosis.pace import Pace
from playground.diagnosis.place import in_plane
from playground.diagnosis.quantity import once
from playground.diagnosis.rule import Rule, asked, never
from playground.diagnosis.say import (
    rate_ended,
    sharpness_now,
    standing_since,
)
from playground.types import Array, Mask
from playground.words import apart, count, number, point, setting

AWAY = "{change} gets away."

# ---- a minimum --------------------------------------------------------------------------------


@once
def arrived(e: Pace) -> Mask:
    return asked(e, _at_a_minimum, stands)


def _at_a_minimum(e: Pace) -> Mask:
    return _newton(e) | at_a_known_minimum(e) | e.on_a_floor | _as_low_as_known(e)


def _newton(e: Pace) -> Mask:
    near = (e.local.low > 0) & (e.local.distance <= lines.ARRIVED * e.travelled)
    return near & ~e.at_a_level_minimum & ~e.at_a_tip


def at_a_known_minimum(e: Pace) -> Mask:
    return e.nearest.distance <= lines.ARRIVED * e.travelled


def _as_low_as_known(e: Pace) -> Mask:
    """Whether the slope is zero but for rounding at the level of the lowest minimum known."""
    if not len(e.ground.minima):
        return never(e)
    level = e.last_loss - e.low <= e.ground.tolerance
    found: Mask = level & (e.last_size <= lines.ROUNDED * e.ground.relief / e.length)
    return found


def stands(e: Pace) -> Mask:
    """Whether the end of the run keeps to one place, or is closing in on it."""
    d = e.travelled
    still = e.amplitude <= lines.STILL * d
    still |= (e.amplitude < lines.CALMING * d) & (e.hold < lines.SHRINKS)
    stride = e.moved(min(lines.LAST_STRIDES, e.n))
    left = np.minimum(e.local.distance, e.nearest.distance)
    return still | ((stride <= lines.CREEPS_IN * d) & (left <= lines.CREEPS_IN * d))


def above_the_lowest(e: Pace) -> tuple[Array, Array]:
    """How far the minimum it stands at is above the lowest, and how far would be the same."""
    known, floor = at_a_known_minimum(e), e.on_a_floor & ~_newton(e)
    level = e.last_loss - np.where(floor, 0.0, e.local.excess)
    if len(e.ground.heights):
        height = e.ground.heights[e.nearest.number]
        level = np.where(known & ~floor, height, level)
    tolerance = e.ground.tolerance
    exact = known & ~floor
    margin = np.where(exact, tolerance, np.maximum(tolerance, lines.LOWEST * e.fall))
    return level - e.low, margin


def _not_the_lowest(e: Pace) -> Mask:
    above, margin = above_the_lowest(e)
    return above > margin


def in_a_higher_minimum(e: Pace) -> Mask:
    return asked(e, arrived, _not_the_lowest)


def tell_higher(e: Pace) -> Finding:
    above, margin = (value.item() for value in above_the_lowest(e))
    low = e.low.item()
    here, lowest = apart(low + above, low)
    return fixes.finding(
        e,
        LOCAL_MINIMUM,
        f"It stands in a minimum, but not the lowest: the loss here is {here}, the lowest known "
        f"is {lowest}. Nothing local says so; another start may do better.{of_decay(e)}",
        ("loss above the lowest", above, margin),
        standing_since(e),
        fixes.inertia(e),
        "{change} gets over the rim.",
    )


def tell_arrived(e: Pace) -> Finding:
    d = e.travelled.item()
    left = _left(e)
    leaves = leaves_again(e)
    return fixes.finding(
        e,
        CONVERGED,
        f"It has arrived at {kind_of_minimum(e)}: {_rest(left, d)}, the slope is "
        f"{number(e.last_size.item())}, and {_curvatures(e)}.{of_decay(e)}"
        + (warning(e) if leaves else ""),
        ("way left / way travelled", left / d, lines.ARRIVED),
        standing_since(e),
        fixes.under_the_limit(e, sharpness_now(e)) if leaves else (),
        "{change} would stay.",
        kept=lambda found: found.outcome is CONVERGED and found.lasting,
        lower=False,
        lasting=not leaves,
    )


def _left(e: Pace) -> float:
    """What is left of the way to the minimum it has arrived at."""
    left = min(e.local.distance.item(), e.nearest.distance.item())
    if len(e.ground.minima):
        height = e.ground.heights[e.nearest.number]
        if e.last_loss <= height + np.spacing(np.abs(height)):
            return min(left, e.local.across.item())  # as low as that, on the floor of a trough
    if e.at_a_level_minimum or e.at_a_tip:
        return e.nearest.distance.item()
    return e.local.across.item() if e.on_a_floor and not _newton(e) else left


def kind_of_minimum(e: Pace) -> str:
    """What may be claimed of the lowest minimum known."""
    proven = e.ground.knowledge.lowest == "minimum" and e.ground.knowledge.proven
    heights = e.ground.heights
    equal = int((heights - heights.min() <= e.ground.tolerance).sum()) if len(heights) else 0
    if equal > 1 and not e.ground.floor:
        all_known = e.surface.holds_lowest or not proven  # of a typed formula there may be more
        return f"one of the {f'{equal} ' if all_known else ''}lowest minima" + (
            "" if proven else " that were found"
        )
    if proven:
        return "the lowest minimum"
    if len(e.ground.minima) <= 1:
        return "the only minimum known"
    return "the lowest minimum that was found"


def of_decay(e: Pace) -> str:
    """What coupled decay did to the minimum it is at, for the end of a sentence."""
    w = e.decay.item()
    if not w:
        return ""
    it = f" It is one of f + ½λ|x|², decay λ = {setting(w)} included"
    minima = e.surface.minima()
    if not minima:
        return f"{it}; f alone has none that was found."
    near, i = e.nearest_of(np.array(minima), e.end)
    which = "the minimum" if len(minima) == 1 else "the nearest minimum known"
    return f"{it}: {number(near.item())} from {which} of f, at {point(minima[i.item()])}."


def _rest(left: float, way: float) -> str:
    if left <= lines.NO_WAY * way:
        return f"less than a millionth of the way of {number(way)} is left"
    return f"{number(left)} is left of a way of {number(way)}"


def _curvatures(e: Pace) -> str:
    low, high = e.local.low.item(), e.local.high.item()
    if e.at_a_tip:
        return "no neighbour is lower: it is a tip, where slopes do not fade"
    if e.on_a_floor:
        if not high:
            return "the ground is level there"
        return f"the valley's floor is level (across it the curvature is {number(high)})"
    if not low > 0:
        return "no neighbour is lower"
    return f"both curvatures are positive ({number(low)} and {number(high)})"


# ---- a saddle ---------------------------------------------------------------------------------


def at_a_saddle(e: Pace) -> Mask:
    near = lines.AT_CRITICAL * e.length
    holds = (e.local.low < -lines.BENDS_DOWN * np.abs(e.local.high)) & (e.amplitude < near)
    exact = e.local.distance <= lines.NO_WAY * e.length  # known or not, such as outside the window
    return holds & (e.local.distance <= near) & (exact | e.beside(e.ground.others))


def tell_saddle(e: Pace) -> Finding:
    low, high = e.local.low.item(), e.local.high.item()
    what = "a saddle" if high > 0 else "a maximum"
    return fixes.finding(
        e,
        SADDLE,
        f"It stands at {what}, not at a minimum: the slope is {number(e.last_size.item())}, but "
        f"along one direction the curvature is {number(low)}, so the loss falls there. "
        + _way_out(e, low),
        ("smallest curvature", low, 0.0),
        standing_since(e),
        fixes.inertia(e) if e.local.step[0, 0] else (),
        AWAY,
    )


def _way_out(e: Pace, low: float) -> str:
    distance = abs(float(e.local.step[0, 0]))
    if distance == 0:
        return "Exactly on its ridge nothing but noise moves it."
    off, after = f"It is {number(distance)} off the ridge", Future(e)
    if e.optimizer.damped() is not None:
        ended = f", {number(e.local.distance.item())} away when its schedule ended"
        leads = "Newton's step leads to any critical point, this one too"
        return f"{leads}{ended if rate_ended(e) else ''}."
    if after.ended:
        return f"{off}, and its schedule has ended."
    wait = after.leaves(e.end[:, 0] - in_plane(e.local, e.local.step)[:, 0])
    if math.isinf(wait):
        return f"{off}; carried on, it is still there after {count(lines.LOOK_AHEAD)} steps."
    if e.plain:
        off += f", which each step multiplies by {1 - e.lr[-1].item() * low:.4g}"
    return f"{off}; carried on, it leaves in {in_words(wait)}."


RULES = (
    Rule(LOCAL_MINIMUM, in_a_higher_minimum, tell_higher),
    Rule(CONVERGED, arrived, tell_arrived),
    Rule(SADDLE, at_a_saddle, tell_saddle),
)
