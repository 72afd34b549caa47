"""Runs that stand in a minimum."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from playground.diagnosis import fixes, lines
from playground.diagnosis.decayed import Decayed
from playground.diagnosis.finding import Finding, Fix
from playground.diagnosis.lasting import leaves_again, warning
from playground.diagnosis.led import critical_point, nearest_of_floor
from playground.diagnosis.outcome import CONVERGED, LOCAL_MINIMUM
from playground.diagnosis.pace import Pace
from playground.diagnosis.path import norm
from playground.diagnosis.quantity import once
from playground.diagnosis.rule import Rule, asked, never
from playground.diagnosis.say import kind_of_minimum, sharpness_now, standing_since
from playground.language import tr
from playground.types import Array, Mask
from playground.words import apart, count, number, point, setting


@once
def arrived(e: Pace) -> Mask:
    return asked(e, at_a_minimum, stands)


def at_a_minimum(e: Pace) -> Mask:
    known = at_a_known_minimum(e) | e.on_a_floor | _as_low_as_known(e)
    return known | asked(e, lambda e: _newton(e) & ~known, _rises_both_ways)


def _rises_both_ways(e: Pace) -> Mask:
    """Whether the pit that the curvature promises is one: a shelf is as level, but leads on."""
    function, reach = Decayed(e.surface, e.decay), lines.ARRIVED * e.travelled
    away = reach * e.local.vectors[:, 0]
    bottom = function(e.goal)
    found: Mask = ~((function(e.goal + away) < bottom) | (function(e.goal - away) < bottom))
    return found


def _newton(e: Pace) -> Mask:
    near = (e.local.low > 0) & (e.local.distance <= lines.ARRIVED * e.travelled)
    return near & ~e.at_a_level_minimum & ~e.at_a_tip & ~e.leads_to_a_known_one


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
    low = e.ground.but_rounding(e.low.item())
    here, lowest = apart(low + above, low)
    known = tr("the lowest known is {}", lowest)
    if len(e.ground.heights) and low < e.ground.heights.min() - e.ground.tolerance:
        known = tr("lower ground is known, down to {}", lowest)
    return fixes.finding(
        e,
        LOCAL_MINIMUM,
        lambda: tr(
            "It stands in a minimum, but not the lowest: at its bottom the loss is {}, {}. Nothing "
            "local says so; another start may do better.{}{}",
            *(here, known, of_decay(e), warning(e)),
        ),
        ("loss above the lowest", above, margin),
        standing_since(e),
        fixes.inertia(e),
        tr("{change} gets over the rim."),
        lasting=lambda: not leaves_again(e),
    )


def tell_arrived(e: Pace) -> Finding:
    d = e.travelled.item()
    left = _left(e)
    return fixes.finding(
        e,
        CONVERGED,
        lambda: tr(
            "It has arrived at {}: {}, the slope is {}, and {}.{}{}",
            *(kind_of_minimum(e), _rest(e, left), number(e.last_size.item()), _curvatures(e)),
            *(of_decay(e), warning(e)),
        ),
        ("way left / way travelled", left / d, lines.ARRIVED),
        standing_since(e),
        _what_keeps(e),
        tr("{{change}} stays, carried on for {} steps.", count(lines.STAYS)),
        kept=lambda found: found.outcome is CONVERGED and found.lasting,
        lower=False,
        lasting=lambda: not leaves_again(e),
    )


def _what_keeps(e: Pace) -> Iterator[Fix]:
    """Shorter steps, where it would be thrown out again."""
    if leaves_again(e):
        yield from fixes.under_the_limit(e, sharpness_now(e))


def _left(e: Pace) -> float:
    """What is left of the way to the minimum it has arrived at."""
    bent = e.local.low.item() > 0
    ahead = norm(e.end[:, 0] - critical_point(e)) if bent else e.local.distance.item()
    left = min(float(ahead), e.nearest.distance.item())
    if len(e.ground.minima):
        height = e.ground.heights[e.nearest.number]
        if e.last_loss <= height + np.spacing(np.abs(height)):
            return min(left, e.local.across.item())  # as low as that, on the floor of a trough
    if e.at_a_level_minimum or e.at_a_tip:
        return e.nearest.distance.item()
    if e.on_a_floor:
        return e.local.across.item()
    return e.nearest.distance.item() if at_a_known_minimum(e).item() else left


def _to_the_floor(e: Pace, left: float) -> float:
    """What is left to the nearest point of a floor: its samples and the slope tell about that."""
    if not e.ground.floor:
        return left
    return min(float(norm(nearest_of_floor(e, e.end[:, 0]) - e.end[:, 0])), left)


def of_decay(e: Pace) -> str:
    """What coupled decay did to the minimum it is at, for the end of a sentence."""
    w = e.decay.item()
    if not w:
        return ""
    it = tr(" It is one of f + ½λ|x|², decay λ = {} included", setting(w))
    minima = e.surface.minima()
    if not minima or e.end_outside > 0:  # there only what is lower was looked for
        slope = norm(e.surface.gradient(e.end)).item()
        return tr("{}; where it ends the slope of f alone is {}.", it, number(slope))
    own = at_a_known_minimum(e).item()
    here = e.ground.minima[e.nearest.number].T if own else e.end
    near, i = e.nearest_of(np.array(minima), here)
    which = tr("the minimum") if len(minima) == 1 else tr("the nearest minimum known")
    return tr(
        "{}: {} from {} of f, at {}.", it, number(near.item()), which, point(minima[i.item()])
    )


def _rest(e: Pace, left: float) -> str:
    """What is left, of what way; of what is kept moving about it, within what."""
    left = _to_the_floor(e, left)
    way, strays = e.travelled.item(), _strays(e)
    made = tr(" after a way of {}", number(way)) if way > lines.LEAST_WAY * e.length else ""
    if left <= lines.NO_WAY * way:  # as nearly as the minimum is known
        if made:
            return tr("less than a millionth of the way of {} is left", number(way))
        return tr("less than {} is left", number(lines.NO_WAY * way))
    if e.hold.item() > lines.HELD and strays > lines.STRAYS * left:
        made = made and f",{made}"
        return tr(
            "it moves within {} of it over its last {} steps{}",
            *(number(strays), count(min(e.tail, e.n)), made),
        )
    if e.at_one_point or left != e.nearest.distance:
        return tr("{} is left{}", number(left), made)
    return tr("at most {} is left{}", number(left), made)


def _strays(e: Pace) -> float:
    """How far from the known minimum it is at most over its last steps; 0 without one beside."""
    if e.nearest.distance.item() > lines.ARRIVED * e.travelled.item():
        return 0.0
    p = e.points(slice(-e.tail, None))[..., 0]
    if e.ground.floor:  # of which only samples are known
        return max(float(norm(nearest_of_floor(e, q) - q)) for q in p.T)
    return float(norm(p - e.ground.feet(p)[:, e.nearest.number.item()]).max())


def _on_a_crease(e: Pace) -> bool:
    """Whether across the minimum it is at the slope jumps, and does not fade with the distance."""
    p, function = e.goal, Decayed(e.surface, e.decay.item())
    if (near := e.nearest).distance.item() <= lines.ARRIVED * e.travelled.item():
        p = e.ground.minima[near.number.item()][:, None]
    for u in e.local.vectors.swapaxes(0, 1):
        jumps = [
            norm(function.gradient(p + away * u) - function.gradient(p - away * u)).item()
            for away in lines.TIP_AWAY * e.length * np.array([1.0, lines.TIP_NEARER])
        ]
        if jumps[1] > 0.5 * jumps[0] > 0 and jumps[1] > lines.ROUNDED * e.ground.relief / e.length:
            return True
    return False


def _curvatures(e: Pace) -> str:
    low, high = e.local.low.item(), e.local.high.item()
    if e.at_a_tip:
        return tr("no neighbour is lower: it is a tip, where slopes do not fade")
    if _on_a_crease(e):
        return tr("no neighbour is lower: it is on a crease, where slopes jump")
    if e.on_a_floor:
        if not high:
            return tr("the ground is level there")
        across = number(high)
        return tr("the valley's floor is level (across it the curvature is {})", across)
    if not low > 0:
        return tr("no neighbour is lower")
    return tr("both curvatures are positive ({} and {})", number(low), number(high))


RULES = (
    Rule(LOCAL_MINIMUM, in_a_higher_minimum, tell_higher),
    Rule(CONVERGED, arrived, tell_arrived),
)
