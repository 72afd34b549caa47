"""What is said of a run that is not finished: what is made, what is left, and why it is slow."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from playground.diagnosis import fixes, lines
from playground.diagnosis.changes import same_but_longer, same_but_shorter
from playground.diagnosis.endless import (
    endless,
    heads_into_a_saddle,
    into_the_saddle,
    passes_a_saddle,
    saddle,
)
from playground.diagnosis.finding import Fix
from playground.diagnosis.future import Future
from playground.diagnosis.outlook import (
    crosses,
    has_ended,
    in_words,
    left_in_words,
    outlook,
    way,
)
from playground.diagnosis.pace import Pace
from playground.diagnosis.path import norm
from playground.diagnosis.quantity import some
from playground.diagnosis.say import (
    beyond_limit,
    compared,
    steepest_late,
)
from playground.language import tr
from playground.optimizers.base import Optimizer
from playground.words import apart, number, steps_made


def on_its_way(e: Pace) -> str:
    after = Future.of(e)
    if after.falls_on:
        return endless(e)
    if passes_a_saddle(e):
        return tr(
            "It is on its way, {}, past {}, {} away, which still draws it in and will slow it "
            "down.",
            *(way(after), saddle(e), number(e.drawn.distance.item())),
        )
    if beyond_limit(e):
        return tr(
            "{}, {}, but its step is beyond the limit here: {}.",
            *(_under_way(e), way(after), compared(e.gauges[0].item(), e.limit.item())),
        )
    if after.over:
        return tr(
            "It is on its way, {}, but {}, so it stays about here.", way(after), has_ended(after)
        )
    stride = e.moved(1).item()
    if after.needed == 0 or (after.left == 0 and not e.last_size.item()):
        return _nearly_there(e, after, stride)
    if stride > after.left and math.isinf(after.needed):
        return tr(
            "{}, {} made; its last step, {} long, is more than the {} to the minimum below it. {}",
            *(_under_way(e), number(after.made), number(stride), number(after.left)),
            _outlook(e, after),
        )
    return f"{_healthy(e, after)}: {way(after)}. {_outlook(e, after)}"


def _nearly_there(e: Pace, after: Future, stride: float) -> str:
    """What has come within 1 % and still moves: to settle, to bounce on, to roll along a floor."""
    here = tr("It is nearly there, {}, within 1 %", way(after))
    if after.left == 0 and not e.last_size.item():
        made = number(after.made)
        here = tr("It is on level ground, as low as any known, {} from its start", made)
    if after.stride < lines.HELD * stride:
        return tr("{}, but not at rest yet: its last step was {} long.", here, number(stride))
    return tr("{}, but does not rest: its last step was {} long.", here, number(stride))


def _under_way(e: Pace) -> str:
    """That it moves, and its loss where that is above the start."""
    first, last = e.first_loss.item(), e.last_loss.item()
    if not last > first:
        return tr("It is under way")
    return tr("It is under way, its loss at {} above the {} of its start", *apart(last, first))


def _healthy(e: Pace, after: Future) -> str:
    first, last, noisy = e.first_loss.item(), e.last_loss.item(), some(e.noise > 0)
    top = float(np.fmax.reduce(e.f[:, 0])) - first
    recedes = after.left > _was_left(e, after) or (math.isinf(after.needed) and after.recedes)
    # What does not go down may be at the top of a swing; noise leads to and fro.
    if last > first or recedes or noisy or not after.goes_down:
        return _under_way(e)
    if top > lines.RISEN * e.fall.item():
        return tr("It is on its way, after its loss had risen to {}", number(top + first))
    flips = e.flipping.item() > lines.FLIPPING or math.isinf(after.for_good)
    if after.needed > e.n or flips or e.moved(1).item() > after.left:
        return tr("It is on its way")
    return tr("It is on its way and healthy")


def _was_left(e: Pace, after: Future) -> float:
    """What was left of the way to its rest a few updates ago; infinite without one."""
    if after.rest is None:
        return math.inf
    return float(norm(e.points(-1 - min(lines.LAST_STRIDES, e.n))[:, 0] - after.rest))


def _outlook(e: Pace, after: Future) -> str:
    when = f"{outlook(after)[0].upper()}{outlook(after)[1:]}."
    if not (e.ringing and crosses(after)) or math.isinf(after.needed) or some(e.noise > 0):
        return when
    return tr("It still swings through. {}", when)


def creeps(e: Pace) -> str:
    after = Future.of(e)
    if heads_into_a_saddle(e):
        return into_the_saddle(e)
    if after.falls_on:
        return endless(e)
    left, made = left_in_words(after), steps_made(e.n)
    rest = has_ended(after) if after.over else outlook(after)
    if after.needed == 0:
        return tr("It is as good as there: {} after {}.", left, made)
    if after.for_good <= lines.SLOW * e.n:
        return tr(
            "It is not there yet: {} after {}; carried on it is there in {}.",
            *(left, made, in_words(after.for_good)),
        )
    told = [
        tr("{}: {} and {}; it has made {}.", _slowly(e, after), left, rest, e.n),
        *_leads_further(e, after.left),
    ]
    if e.n < lines.FIRST_STEPS:
        told[0] = tr("It has made {}: {} and {}.", made, left, rest)
    elif e.at_a_level_minimum and e.at_one_point and e.linear:
        told.append(tr("It has no curvature there, so the slope fades faster than the way."))
    return " ".join(told)


def _slowly(e: Pace, after: Future) -> str:
    """How it gets on: a step that would soon be there if all were like it is no creeping."""
    p = e.points()[:, :, 0]
    strides = norm(p[:, 1:] - p[:, :-1])
    usual = float(strides.mean())
    first, last = e.first_loss.item(), e.last_loss.item()
    late = float(strides[-lines.LAST_STRIDES :].max())  # a schedule may skip single ones
    stride = usual if some(e.noise > 0) else late
    if last > first:
        return tr("Its loss, {}, is above the {} of its start", *apart(last, first))
    climbs = not some(e.noise > 0) and last > e.loss(-1 - e.fifth).item()
    to_and_fro = e.moved(e.fifth).item() < lines.TO_AND_FRO * float(strides[-e.fifth :].sum())
    nears = after.left < lines.SLACKENS * _was_left(e, after) < math.inf
    soon = stride * lines.SLOW * e.n > after.left or stride > lines.AS_PREDICTED * usual
    astray = stride > after.left or fixes.pulled_back(e)
    creeps_on = nears or not (to_and_fro or climbs)
    if creeps_on and not (soon or astray):
        return tr("It creeps")
    return tr("It is not there yet")


def _leads_further(e: Pace, left: float) -> Iterator[str]:
    stride = e.moved(1).item()
    if stride > left:
        yield tr("Its last step, {} long, leads further than that.", number(stride))


def why_slow(e: Pace, change: Fix) -> str:
    """What a change that helps tells of the cause: that its step was small, or the wall steep."""
    limit, gauge = e.limit.item(), max(steepest_late(e), e.gauge.item())
    known = math.isfinite(limit) and 0 < gauge < math.inf
    # A clipped step is no longer in proportion to the slope, and a limit may be of another place.
    known &= not e.cut_late.item() and e.optimizer.elementwise()
    known &= not Future.of(e).ended  # nor does what the rate was before it ended tell
    if same_but_longer(e.optimizer, change):
        if not known:
            after = Future.of(e)
            nears = after.at_last < lines.SLACKENS * after.left and not after.stops_short
            return tr("Its steps are too short for the way.") if nears else ""
        if gauge < lines.SMALL_STEP * limit:
            return tr(
                "The step is small for this surface: η·λ_max is at most {} now, the limit is {}.",
                *(number(gauge), number(limit)),
            )
        longer = float(np.max(change.lr / e.optimizer.lr)) if isinstance(change, Optimizer) else 1.0
        fits = gauge * longer < limit
        near = compared(gauge, limit)
        return tr("There is room for a longer step, as {}.", near) if fits else ""
    room = known and not e.adaptive and lines.NO_ROOM * limit < gauge < limit
    if not room or same_but_shorter(e.optimizer, change):
        return ""
    gauge = e.gauge.item()
    low, high = sorted((abs(e.local.low.item()), abs(e.local.high.item())))
    near = compared(gauge, limit)
    if low > 0:
        return tr(
            "The steepest wall leaves little room for a larger step, as {}, and the floor is {} "
            "times flatter.",
            *(near, number(high / low)),
        )
    return tr("The steepest wall leaves little room for a larger step, as {}.", near)
