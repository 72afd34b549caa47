"""Runs that stand at a saddle or a maximum."""

from __future__ import annotations

import math

import numpy as np

from playground.diagnosis import fixes, lines
from playground.diagnosis.finding import Finding
from playground.diagnosis.future import Future
from playground.diagnosis.led import critical_point
from playground.diagnosis.outcome import SADDLE
from playground.diagnosis.outlook import has_ended, in_words
from playground.diagnosis.pace import Pace
from playground.diagnosis.path import norm
from playground.diagnosis.rest import arrived
from playground.diagnosis.rule import Rule, asked
from playground.diagnosis.say import standing_since
from playground.diagnosis.trial import AWAY
from playground.language import tr
from playground.types import Mask
from playground.words import count, number


def at_a_saddle(e: Pace) -> Mask:
    return asked(e, _beside_a_saddle, lambda e: ~arrived(e))


def _beside_a_saddle(e: Pace) -> Mask:
    near = lines.AT_CRITICAL * e.length
    holds: Mask = (e.local.low < -lines.BENDS_DOWN * np.abs(e.local.high)) & (e.amplitude < near)
    exact = e.local.distance <= lines.NO_WAY * e.length  # known or not, such as outside the window
    nearer = e.local.distance <= lines.NEARER * e.nearest.distance  # than to a pit beside it
    holds &= (e.local.distance <= near) & (exact | nearer)
    holds &= np.logical_not(e.beside(e.ground.shoulders))  # which lead on, and not to the sides
    known = exact | e.beside(e.ground.others)
    return (holds & known) | asked(e, lambda e: holds & ~known, _leads_to_one)


def _leads_to_one(e: Pace) -> Mask:
    """Whether Newton's step leads to a critical point from which the loss falls, known or not."""
    there = e.local_at(e.target, e.slope_there)
    return e.leads_to_level & (there.low < lines.TO_AND_FRO * e.local.low)


def tell_saddle(e: Pace) -> Finding:
    low, high = e.local.low.item(), e.local.high.item()
    what = tr("a saddle") if high > 0 else tr("a maximum")
    return fixes.finding(
        e,
        SADDLE,
        tr(
            "{}: the slope is {}, but along one direction the curvature is {}, so the loss falls "
            "there. {}",
            *(_stands(e, what), number(e.last_size.item()), number(low), _way_out(e, low)),
        ),
        ("smallest curvature", low, 0.0),
        standing_since(e),
        fixes.inertia(e) if e.local.step[0, 0] or e.optimizer.damped() is not None else (),
        AWAY,
    )


def _stands(e: Pace, what: str) -> str:
    """Whether it is there, within 1 % of its way, or only beside it."""
    away = _away(e)
    if away > lines.ARRIVED * e.travelled.item():
        return tr("It is {} from {}, and not at a minimum", number(away), what)
    return tr("It stands at {}, not at a minimum", what)


def _away(e: Pace) -> float:
    return float(norm(e.end[:, 0] - critical_point(e)))


def _off(e: Pace) -> float:
    """How far it is off the ridge, or off the top."""
    if not e.local.high.item() > 0:
        return _away(e)
    return abs(float(e.local.vectors[:, 0, 0] @ (e.end[:, 0] - critical_point(e))))


def _way_out(e: Pace, low: float) -> str:
    distance = _off(e)
    # Damped by more than it bends down, the step leads off, as one along the slope does.
    if e.optimizer.damped() is not None and low / e.optimizer.curvature_divisor(low) > 0:
        if Future.of(e).ended:
            return tr(
                "Newton's step leads to any critical point, this one too, {} away when its "
                "schedule ended.",
                number(_away(e)),
            )
        return tr("Newton's step leads to any critical point, this one too.")
    if distance == 0:
        return tr("It is exactly on its ridge, where the slope does not lead off.")
    ridge = e.local.high.item() > 0
    off = tr("It is {} off the ridge") if ridge else tr("It is {} away from it")
    off, after = off.format(number(distance)), Future.of(e)
    if after.ended:
        return tr("{}, and {}.", off, has_ended(after))
    q = critical_point(e)
    wait, strays = after.leaves(q), float(norm(after.points - q[:, None]).max())
    if math.isinf(wait):
        if strays > lines.AT_CRITICAL * e.length:
            return tr(
                "{}; carried on, it strays up to {} from there and comes back, in {} steps.",
                *(off, number(strays), count(lines.LOOK_AHEAD)),
            )
        return tr("{}; carried on, it is still there after {} steps.", off, count(lines.LOOK_AHEAD))
    if e.plain and e.surface.quadratic:
        grows = 1 - e.lr[-1].item() * low
        off = tr("{}, which each step multiplies by {:.4g}", off, grows)
    return tr("{}; carried on, it leaves in {}.", off, in_words(wait))


RULES = (Rule(SADDLE, at_a_saddle, tell_saddle),)
