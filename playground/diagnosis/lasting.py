"""Whether what has arrived will stay, and what is said of it if not."""

from __future__ import annotations

import math

import numpy as np

from playground.diagnosis import lines
from playground.diagnosis.carried_on import carried_on
from playground.diagnosis.decayed import Decayed
from playground.diagnosis.future import Future
from playground.diagnosis.outlook import in_words
from playground.diagnosis.pace import Pace
from playground.diagnosis.path import norm
from playground.diagnosis.say import beyond_limit, compared, sharpness_now
from playground.language import tr
from playground.words import count, number


def leaves_again(e: Pace) -> bool:
    """Whether a bounce that has begun to grow will throw it out.

    The limit of a rule that adapts its steps moves, as they lengthen where slopes are small: what
    that leads to is seen by going on.
    """
    if not (e.adaptive or e.cut_late.item()) and math.isfinite(e.limit.item()):
        return beyond_limit(e) and sharpness_now(e) * _rate_to_come(e) > e.limit.item()
    return bool(e.n and e.lr[-1, 0]) and not Future.of(e, lines.STAYS).stays


def _rate_to_come(e: Pace) -> float:
    """The mean rate of the next updates over the last: a schedule may go up and down."""
    if not e.goes_on.item():
        return 1.0
    schedule, steps = e.run.schedule, e.run.steps
    last, coming = schedule(e.n - 1, steps), schedule(e.n + np.arange(lines.STAYS), steps)
    return float(np.mean(coming) / max(float(last), lines.TINY))


def stays_without_noise(e: Pace) -> bool:
    """Whether the same run without its noise, carried on, ends lower than it starts."""
    still = carried_on(e.without_noise, e.run.steps + lines.STAYS, held=True).x.T
    if not np.isfinite(still).all() or e.outside(still[:, -1:]).max() >= lines.FAR_OUT:
        return False
    first, last = Decayed(e.surface, float(e.decay[0]))(still[:, [0, -1]])
    return bool(last < first)


def _slides(e: Pace) -> str:
    """That it moves on along a level floor: by its decay, if that way leads in."""
    if not (e.pull.item() and e.on_a_floor.item()):
        return ""
    points = Future.of(e).points
    stride = points[:, -1] - points[:, 0]
    slid, steps = float(norm(stride)), count(lines.LOOK_AHEAD)
    if slid <= lines.ARRIVED * e.travelled.item():
        return ""
    if stride @ points[:, 0] < 0:
        return tr(" Its decay moves it on along the floor, by {} in {} steps.", number(slid), steps)
    return tr(" It moves on along the floor, by {} in {} steps.", number(slid), steps)


def warning(e: Pace) -> str:
    """That it leaves again, and why; empty of what stays."""
    if not leaves_again(e):
        return _slides(e)
    limit = e.limit.item()
    if sharpness_now(e) > limit and e.rates_to_come.mean.item() >= lines.HELD_RATE:
        return tr(" It will not stay: {}.", compared(sharpness_now(e), limit))
    after = Future.of(e, lines.STAYS)
    away = float(after.away.max())
    far = tr(", and lost for good")
    if math.isfinite(away):
        far = tr(", and up to {} away", number(away)) if e.at_one_point else ""
    return tr(
        " Carried on for {} steps it is out again in {}{}.",
        count(lines.STAYS),
        in_words(after.out),
        far,
    )
