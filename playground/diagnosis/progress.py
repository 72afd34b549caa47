"""Runs that are not finished: healthy, collapsed or slow."""

from __future__ import annotations

import numpy as np

from playground.diagnosis import fixes, lines
from playground.diagnosis.balance import begins_at_rest
from playground.diagnosis.endless import (
    bottom,
    endless,
)
from playground.diagnosis.finding import Finding
from playground.diagnosis.further import soon_at_a_minimum
from playground.diagnosis.future import Future
from playground.diagnosis.outcome import IN_PROGRESS, SADDLE, SLOW, STEP_COLLAPSE
from playground.diagnosis.outlook import end_of_schedule, has_ended, left_in_words, outlook
from playground.diagnosis.pace import Pace
from playground.diagnosis.path import norm
from playground.diagnosis.quantity import mean, some
from playground.diagnosis.rule import Rule, asked, never
from playground.diagnosis.trial import ENDS_LOWER
from playground.diagnosis.underway import creeps, on_its_way, why_slow
from playground.language import tr
from playground.types import Mask
from playground.words import number

QUANTITY = "steps needed / steps made"


def not_begun(e: Pace) -> Mask:
    return np.full(e.count, e.n == 0)


def soon_there(e: Pace) -> Mask:
    """Whether three times the steps made would do, or it is still swinging in."""
    if len(e.ground.minima):
        return soon_at_a_minimum(e) | e.ringing
    return np.asarray(e.needed <= lines.SLOW * e.n * e.rates_to_come.mean)


def collapsed(e: Pace) -> Mask:
    """Whether the rule or the schedule has shrunk the step; said where there is a way to an end.

    A step of a rule that divided by a slope of mere rounding is none to be compared with, and a
    rate that fell as the slope rose has kept its step.
    """
    if e.ground.unbounded and not len(e.ground.minima):
        return never(e)
    tests = _not_there, _falls_short, _arrives, _for_good, _shortened, _not_held
    return asked(e, lambda e: e.collapse > lines.COLLAPSE, *tests)


def _not_there(e: Pace) -> Mask:
    slope = np.where(e.to_go == 0, e.late[0, -1], e.late[1, -1])  # along a floor there is none
    found: Mask = (e.ahead > lines.ARRIVED * e.travelled) & (slope != 0)
    return found


def _arrives(e: Pace) -> Mask:
    """Whether it is not below every minimum, on its way down a surface without a floor."""
    if not e.ground.unbounded:
        return ~never(e)
    return np.asarray(e.last_loss >= e.ground.heights.min())


def _for_good(e: Pace) -> Mask:
    """Whether it is no schedule's low that comes to pass, and no saddle to which it leads."""
    top = e.rates_to_come.top
    passing = (top > lines.RETURNS) & (e.collapse <= lines.COLLAPSE * top)
    return ~(passing | e.settles_at_a_saddle | begins_at_rest(e))


def _falls_short(e: Pace) -> Mask:
    """Whether its steps are shorter than the way left, and it does not climb away from its end."""
    p = e.points(slice(-e.fifth - 1, None))
    stride = mean(norm(p[:, 1:] - p[:, :-1]))
    climbs = (e.noise == 0) & (e.last_loss > e.loss(-1 - e.fifth))
    return np.asarray((stride < lines.TO_AND_FRO * e.ahead) & ~climbs)


def _shortened(e: Pace) -> Mask:
    """Whether rate times slope has fallen as well: it was as steep by then as it is at last."""
    g, last = (e.slope(at) for at in (slice(e.moments[-2] + 1), slice(-1, None)))
    along, now = (np.abs(np.where(e.to_go == 0, s[0], s[1])) for s in (g, last))
    steep = np.maximum.accumulate(along)[e.moments[:-1]] / np.maximum(now, lines.TINY)
    strides = np.fmax.reduce(e.rates_then[:-1] * np.minimum(steep, 1))
    return np.asarray(strides > lines.COLLAPSE * e.rates_then[-1])


def _not_held(e: Pace) -> Mask:
    """Whether it is not its decay that cancels a step which has kept its length."""
    if not some(e.pull > 0):
        return ~never(e)
    pull = e.lr[-1] * e.pull * norm(e.points(-2))
    return ~np.asarray(e.moved(1) < fixes.PULLED * pull)


def always(e: Pace) -> Mask:
    return np.ones(e.count, dtype=bool)


# ---- told of one run --------------------------------------------------------------------------


def tell_beginning(e: Pace) -> Finding:
    return Finding(IN_PROGRESS, tr("No step has been made yet."), "steps made", 0, 0, (0, 0))


def tell_progress(e: Pace) -> Finding:
    return Finding(
        IN_PROGRESS,
        lambda: on_its_way(e) if len(e.ground.minima) else endless(e),
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
        lambda: _fallen(e),
        ("fall of the effective rate", fall, lines.COLLAPSE),
        (0, e.n),
        fixes.release_brake(e, fall),
        ENDS_LOWER,
    )


def _fallen(e: Pace) -> str:
    after, j = Future.of(e), e.to_go.item()
    along, rate = np.abs(e.g[j, :, 0]), e.rates(slice(e.n))[:, j, 0]
    k = int(
        np.nanargmax(np.where(np.isnan(e.optimizer.start_up(np.arange(1.0, e.n + 1))), 0, rate))
    )
    rest = has_ended(after) if after.over else outlook(after)
    left = np.zeros(2) if after.rest is None else np.abs(after.rest - e.end[:, 0])
    end = tr("{} and {}.", left_in_words(after), rest)
    end = f"{end[0].upper()}{end[1:]}"
    if after.rest is None:
        end = bottom(e) + end_of_schedule(after)
    where = tr("{}, where most is left,", "xy"[j]) if left[j] > left[1 - j] else "xy"[j]
    fell = tr(
        "Its effective rate has collapsed: along {where} it fell from {top} at step {k} to {now}, "
        "while the slope there was {slope} and is {slope_now}.",
        where=where,
        top=number(rate[k]),
        k=k + 1,
        now=number(rate[-1]),
        slope=number(along[k]),
        slope_now=number(along[-1]),
    )
    return f"{fell} {end}"


def tell_slow(e: Pace) -> Finding:
    ratio = e.needed.item() / e.n
    known = bool(len(e.ground.minima))
    least, story = (fixes.LEAST_FACTOR, creeps) if known else (0.0, endless)
    return fixes.finding(
        e,
        SLOW,
        lambda: story(e),
        (QUANTITY, ratio, lines.SLOW),
        (e.n - e.fifth, e.n),
        fixes.faster(e, min(max(ratio, least), fixes.MOST_FACTOR)),
        ENDS_LOWER,
        because=lambda change: why_slow(e, change),
        kept=lambda found: found.lasting and found.outcome != SADDLE,
    )


FIRST = (Rule(IN_PROGRESS, not_begun, tell_beginning),)
RULES = (
    Rule(IN_PROGRESS, soon_there, tell_progress),
    Rule(STEP_COLLAPSE, collapsed, tell_collapse),
    Rule(SLOW, always, tell_slow),
)
