"""What is said where there is no minimum to arrive at, and of a saddle on the way."""

from __future__ import annotations

import math

import numpy as np

from playground.diagnosis import lines
from playground.diagnosis.future import Future
from playground.diagnosis.outlook import (
    end_of_schedule,
    has_ended,
    held_within,
    in_words,
    levels_off,
)
from playground.diagnosis.pace import Pace
from playground.diagnosis.path import norm
from playground.language import tr
from playground.types import Array
from playground.words import count, number, percent, point


def heads_into_a_saddle(e: Pace) -> bool:
    """Whether a saddle draws it, and the run carried on does not turn off to the side."""
    if not _nears(e):
        return False
    q, after = e.ground.others[e.drawn.number.item()], Future.of(e)
    u = e.local.vectors[:, 0, 0]
    off = np.abs(u @ (after.points - q[:, None]))
    away = norm(after.points - q[:, None])
    if not (after.ended or 2 * np.nanmin(away) < away[0]):
        return False
    if 0 < after.reaches(q) < math.inf:
        return True
    nears = after.ended or away[-1] <= (1 + lines.ROUNDING) * np.nanmin(away)
    return bool(nears and off.max() <= (1 + lines.ROUNDING) * off[0])


def _nears(e: Pace) -> bool:
    """Whether a saddle draws it; what is thrown to and fro nears none."""
    return e.drawn.factor.item() < 1 and e.flipping.item() <= lines.FLIPPING


def passes_a_saddle(e: Pace) -> bool:
    """Whether a saddle draws it that lies on its way, and carried on slows down beside it."""
    stride, distance = e.moved(1).item(), e.drawn.distance.item()
    if not (_nears(e) and stride < distance < e.ahead.item()):
        return False
    points = Future.of(e).points[:, : e.n + 1]  # as many updates again
    away = norm(points - e.ground.others[e.drawn.number.item()][:, None])
    k = int(np.nan_to_num(away, nan=math.inf).argmin())
    slowest = norm(np.diff(points[:, max(k - 1, 0) : k + 2])).min()
    return bool(2 * away[k] < away[0] and slowest < lines.HELD * stride)


def saddle(e: Pace) -> str:
    return named_point(e, e.ground.others[e.drawn.number.item()])


def named_point(e: Pace, q: Array) -> str:
    """A critical point that is no minimum, by its kind and its place."""
    high = e.local_at(q[:, None], np.zeros((2, 1))).high.item()
    return tr("the maximum at {}", point(q)) if high < 0 else tr("the saddle at {}", point(q))


def into_the_saddle(e: Pace) -> str:
    return tr(
        "It is heading into {}, which is {} away. There the slope vanishes although the loss still "
        "falls to the sides; {}.",
        saddle(e),
        number(e.drawn.distance.item()),
        _arrival(e),
    )


def _arrival(e: Pace) -> str:
    """When the run carried on is at the saddle."""
    at, after = e.ground.others[e.drawn.number.item()], Future.of(e)
    if after.ended:
        return has_ended(after)
    if math.isinf(takes := after.reaches(at)):
        away = number(float(norm(after.points[:, -1] - at)))
        return tr("carried on for {} steps it is {} away", count(lines.LOOK_AHEAD), away)
    return tr("carried on it takes {} to come within 1 % of the window of it", in_words(takes))


def endless(e: Pace) -> str:
    if heads_into_a_saddle(e):
        return into_the_saddle(e)
    change = _change(e.f[:, 0], e.flipping.item() <= lines.FLIPPING)
    if not e.last_size.item() and not e.moved(1).item():
        still = tr("Its slope is too small for a number: it is 0, and moves it no more.")
        return f"{change} {still}"
    if not e.ground.unbounded:
        return f"{bottom(e)} {change}{end_of_schedule(Future.of(e))}"
    if _leaves_for_good(e):
        leaving = tr("It is leaving {}, {} away.", saddle(e), number(e.drawn.distance.item()))
        return f"{leaving} {bottom(e)}"
    return f"{bottom(e)} {change}{end_of_schedule(Future.of(e))}"


def _leaves_for_good(e: Pace) -> bool:
    """Whether it goes away from the saddle that drew it and, carried on, comes no nearer again."""
    after = Future.of(e)
    if not e.drawn.factor.item() > 1 or after.ended:
        return False
    away = norm(after.points - e.ground.others[e.drawn.number.item()][:, None])
    return bool(away.min() >= e.drawn.distance.item() * (1 - lines.ROUNDING))


def _change(f: Array, steadily: bool) -> str:
    """How the loss went, to the digits that tell its ends apart; of a bounce not by which step."""
    fallen, last = float(f[0] - f[-1]), float(f[-2] - f[-1])
    late = f[-max(len(f) // lines.QUARTER, 2) :]
    if late.max() > max(f[-1], lines.SWINGS * abs(f[-1])) and (np.diff(late) > 0).any():
        return tr(
            "Its loss swings: over the last quarter between {} and {}, at its start {}.",
            number(float(late.min())),
            number(float(late.max())),
            number(float(f[0])),
        )
    then, now = number(float(f[0])), number(float(f[-1]))
    if fallen == 0:
        return tr("It has stayed at {}.", then)
    went, by = tr("It went from {} to {}", then, now), number(abs(fallen))
    if then == now and fallen > 0:
        went = tr("It has fallen by {} from {}", by, then)
    elif then == now:
        went = tr("It has risen by {} from {}", by, then)
    if steadily and 0 < last <= fallen:
        return tr("{}, by {} in the last step.", went, number(last))
    return f"{went}."


def taken_off(e: Pace) -> str:
    """What decay beside the rule does."""
    share = percent((e.pull * e.lr[-1]).item())
    return tr("its decay takes η·λ = {} off every xᵢ at a step now", share)


def bottom(e: Pace) -> str:
    """What is known of the lowest point of a function without a minimum."""
    if e.pull.item():
        return _bottom_of_the_loss_alone(e)
    if not e.ground.unbounded:
        return _no_minimum(e)
    after, proven, steps = Future.of(e), e.ground.knowledge.proven, count(lines.LOOK_AHEAD)
    lowest = tr("The surface has no lowest point")
    known = lowest if proven else tr("The surface falls as far as followed")
    if after.stands and not after.ended:
        there = point(after.points[:, -1])
        return tr("{}, but carried on for {} steps this run comes only to {}.", known, steps, there)
    if levels_off(after):
        return tr(
            "Down this way the loss levels off, though elsewhere the surface falls without end."
        )
    if e.f[-1, 0] > e.f[0, 0]:  # uphill, as Newton's steps lead to a saddle
        return tr("{}, though this run has risen.", known)
    known = lowest if proven else tr("As far as it was followed the surface falls without end")
    if not math.isfinite(last := float(after.loss[-1])):
        return f"{known}."
    return tr("{}; carried on for {} steps this run's loss is {}.", known, steps, number(last))


def _bottom_of_the_loss_alone(e: Pace) -> str:
    here = tr("The loss alone has no minimum that was found")
    if len(e.ground.minima):
        here = tr("Here the loss alone leads to no minimum that was found")
    held = held_within(Future.of(e))
    return tr("{}; decay {}.", here, held) if held else f"{here}; {taken_off(e)}."


def _no_minimum(e: Pace) -> str:
    later = Future.of(e).loss
    none = tr("There is no minimum to arrive at")
    if not e.ground.knowledge.proven:
        none = tr("No minimum to arrive at was found")
    if e.f[-1, 0] < e.f[-2, 0] and bool((later <= later[0]).all() and later[-1] < later[0]):
        return tr("{}: the loss keeps falling, towards a level that it does not reach.", none)
    return f"{none}."
