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
    return f"the {'maximum' if high < 0 else 'saddle'} at {point(q)}"


def into_the_saddle(e: Pace) -> str:
    return (
        f"It is heading into {saddle(e)}, which is {number(e.drawn.distance.item())} away. There "
        f"the slope vanishes although the loss still falls to the sides; {_arrival(e)}."
    )


def _arrival(e: Pace) -> str:
    """When the run carried on is at the saddle."""
    at, after = e.ground.others[e.drawn.number.item()], Future.of(e)
    if after.ended:
        return has_ended(after)
    if math.isinf(takes := after.reaches(at)):
        away = number(float(norm(after.points[:, -1] - at)))
        return f"carried on for {count(lines.LOOK_AHEAD)} steps it is {away} away"
    return f"carried on it takes {in_words(takes)} to come within 1 % of the window of it"


def endless(e: Pace) -> str:
    if heads_into_a_saddle(e):
        return into_the_saddle(e)
    change = _change(e.f[:, 0], e.flipping.item() <= lines.FLIPPING)
    if not e.last_size.item() and not e.moved(1).item():
        return f"{change} Its slope is too small for a number: it is 0, and moves it no more."
    if not e.ground.unbounded:
        return f"{bottom(e)} {change}{end_of_schedule(Future.of(e))}"
    if _leaves_for_good(e):
        return f"It is leaving {saddle(e)}, {number(e.drawn.distance.item())} away. {bottom(e)}"
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
        return (
            f"Its loss swings: over the last quarter between {number(float(late.min()))} and "
            f"{number(float(late.max()))}, at its start {number(float(f[0]))}."
        )
    then, now = number(float(f[0])), number(float(f[-1]))
    if fallen == 0:
        return f"It has stayed at {then}."
    went = f"It went from {then} to {now}"
    if then == now:
        went = f"It has {'fallen' if fallen > 0 else 'risen'} by {number(abs(fallen))} from {then}"
    return (
        f"{went}, by {number(last)} in the last step."
        if steadily and 0 < last <= fallen
        else f"{went}."
    )


def taken_off(e: Pace) -> str:
    """What decay beside the rule does."""
    return f"its decay takes η·λ = {percent((e.pull * e.lr[-1]).item())} off every xᵢ at a step now"


def bottom(e: Pace) -> str:
    """What is known of the lowest point of a function without a minimum."""
    if e.pull.item():
        here = (
            "Here the loss alone leads to no" if len(e.ground.minima) else "The loss alone has no"
        )
        held = held_within(Future.of(e))
        return f"{here} minimum that was found; {f'decay {held}' if held else taken_off(e)}."
    if not e.ground.unbounded:
        later = Future.of(e).loss
        falls = e.f[-1, 0] < e.f[-2, 0] and bool((later <= later[0]).all() and later[-1] < later[0])
        more = ": the loss keeps falling, towards a level that it does not reach" if falls else ""
        none = "There is no minimum to arrive at"
        if not e.ground.knowledge.proven:
            none = "No minimum to arrive at was found"
        return f"{none}{more}."
    after = Future.of(e)
    if after.stands and not after.ended:
        known = "has no lowest point" if e.ground.knowledge.proven else "falls as far as followed"
        return (
            f"The surface {known}, but carried on for {count(lines.LOOK_AHEAD)} steps this run "
            f"comes only to {point(after.points[:, -1])}."
        )
    if levels_off(after):
        return "Down this way the loss levels off, though elsewhere the surface falls without end."
    if e.f[-1, 0] > e.f[0, 0]:  # uphill, as Newton's steps lead to a saddle
        known = "has no lowest point" if e.ground.knowledge.proven else "falls as far as followed"
        return f"The surface {known}, though this run has risen."
    known = "As far as it was followed the surface falls without end"
    if e.ground.knowledge.proven:
        known = "The surface has no lowest point"
    last, steps = float(after.loss[-1]), count(lines.LOOK_AHEAD)
    if not math.isfinite(last):
        return f"{known}."
    return f"{known}; carried on for {steps} steps this run's loss is {number(last)}."
