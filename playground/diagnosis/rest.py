"""Runs that stand: on a plateau, in a minimum, at a saddle."""

from __future__ import annotations

import math

import numpy as np

from playground.diagnosis import fixes, motion
from playground.diagnosis.evidence import Evidence
from playground.diagnosis.finding import Finding
from playground.words import number, percent, steps_in_words


def plateau(e: Evidence) -> Finding | None:
    remaining = float(e.f[-1]) - e.low
    reach = float(e.size[-1]) * e.length
    bend = 0.5 * float(np.abs(e.end.eigenvalues).max()) * e.length**2
    flat = reach < 0.02 * remaining and bend < 0.5 * remaining
    if not (flat or e.on_a_shoulder or _never_left(e)):
        return None
    change = fixes.longer_reach(e)
    if not flat and not e.on_a_shoulder:
        return Finding(
            "plateau",
            f"It has not left the plateau it started on: in {e.n} steps the loss has fallen by "
            f"{percent(1 - remaining / e.fall)} of what it could. Its steps are as small as the "
            f"slope, {number(e.size[0])} at first and {number(e.size[-1])} now. {_away(e)}, "
            f"{change!r}, gets away.",
            "share of the drop done",
            1 - remaining / e.fall,
            0.01,
            (0, e.n),
            change,
        )
    return Finding(
        "plateau",
        f"It lies on a plateau: the slope |g| = {number(e.size[-1])} times the whole window is "
        f"{percent(reach / remaining) if remaining > 0 else number(reach)} of the loss that "
        f"remains, and no minimum is near. {_away(e)}, {change!r}, gets away.",
        "slope × window / remaining loss",
        reach / max(remaining, 1e-300),
        0.02,
        motion.standing_since(e),
        change,
    )


def _away(e: Evidence) -> str:
    return "A longer step" if e.adaptive else "A rule that divides by the slope"


def _never_left(e: Evidence) -> bool:
    """Whether steps in proportion to the slope have spent the run on the flat ground of the start.

    There slope × window was below 2 % of the loss to be gained, and under 1 % of that is gained.
    """
    if e.adaptive or not e.n or float(e.f[-1]) - e.low < 0.99 * e.fall:
        return False
    bend = 0.5 * float(np.abs(e.local(0).eigenvalues).max()) * e.length**2
    return bool(e.size[0] * e.length < 0.02 * e.fall and bend < 0.5 * e.fall)


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
    if e.on_a_floor and not newton:
        left, level = end.distance_across, float(e.f[-1])
    if level - e.low > margin:
        return Finding(
            "local_minimum",
            f"It stands in a minimum, but not the lowest: the loss here is {number(level)}, the "
            f"lowest known is {number(e.low)}. Nothing local says so; try another start or more "
            "inertia.",
            "loss above the lowest",
            level - e.low,
            margin,
            motion.standing_since(e),
            fixes.inertia(e),
        )
    return Finding(
        "converged",
        f"It has arrived at the lowest minimum: {_rest(left, e.travelled)}, the slope is "
        f"{number(e.size[-1])}, and {_curvatures(e)}." + _warning(e),
        "way left / way travelled",
        left / e.travelled,
        0.01,
        motion.standing_since(e),
        fixes.under_the_limit(e, float(e.sharpness[-1])) if motion.beyond_limit(e) else None,
    )


def _rest(left: float, way: float) -> str:
    if left <= 1e-6 * way:
        return f"less than a millionth of the way of {number(way)} is left"
    return f"{number(left)} is left of a way of {number(way)}"


def _warning(e: Evidence) -> str:
    if not motion.beyond_limit(e):
        return ""
    return (
        f" It will not stay: {motion.compared(e, e.sharpness[-1])}, so the least bounce grows "
        "from here on."
    )


def _curvatures(e: Evidence) -> str:
    low, high = e.end.eigenvalues
    if e.on_a_floor:
        return f"the valley's floor is level (across it the curvature is {number(high)})"
    if not low > 0:
        return "no neighbour is lower"
    return f"both curvatures are positive ({number(low)} and {number(high)})"


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
        "smallest curvature",
        low,
        0.0,
        motion.standing_since(e),
        fixes.inertia(e),
    )


def _way_out(e: Evidence, low: float) -> str:
    distance = abs(float(e.end.step[0]))
    if distance == 0:
        return "Exactly on its ridge nothing but noise moves it."
    if "damping" in e.optimizer.values():
        return "Newton's step leads to any critical point, this one too; inertia rolls on."
    if e.adaptive or not math.isfinite(e.limit):
        return f"It is {number(distance)} off the ridge and will leave as this grows."
    factor = 1 + float(e.run.lr[-1]) * -low
    if factor == 1:
        return f"It is {number(distance)} off the ridge, and the rate is zero."
    wait = max(math.log(0.01 * e.length / distance), 0.0) / math.log(factor)
    return (
        f"It is {number(distance)} off the ridge, which plain descent multiplies by "
        f"{factor:.4g} per step: {steps_in_words(wait)} to leave; inertia is faster."
    )
