"""What would help, in closed form: one changed optimizer or schedule per bad ending."""

from __future__ import annotations

import math

from playground.diagnosis.finding import Finding, Fix, told
from playground.diagnosis.outcome import Outcome
from playground.diagnosis.pace import Pace
from playground.diagnosis.say import steepest
from playground.optimizers.adam import Adam
from playground.optimizers.base import Optimizer
from playground.schedules import Constant, Cosine
from playground.theory.quadratic import critical_momentum, recursion
from playground.words import setting

MARGIN = 0.9
"""Share of the stability limit that a suggested step uses."""
TENTH = 0.1
"""Of the step, where no limit is known."""
LEAST_FACTOR, MOST_FACTOR = 2.0, 10.0
"""By how much a slow step is lengthened at once."""
MOST_RELEASED = 100.0
"""By how much a collapsed step is, at most."""
BOUNCE_ROOM = 1.8
"""So far under the limit no mode flips."""
EDGE_ROOM = 1.5
"""So much sharper the ground may still become."""
INERTIA = 0.9
"""Of a ball made of plain descent."""
LONGER = 4.0
"""By how much a step is lengthened that is to reach over a rim or off a plateau."""
DECIMAL = 10.0
"""The base in which a setting is written."""
REACH = 100
"""Adaptive steps that cross the window."""


def finding(
    e: Pace,
    outcome: Outcome,
    story: str,
    measure: tuple[str, float, float],
    steps: tuple[int, int],
    change: Fix = None,
    advice: str = "",
) -> Finding:
    """`told` of a descent, whose advice may have its new ``{rate}`` beside the present one."""
    old, rate = e.optimizer, ""
    if isinstance(change, Optimizer):
        rate = f"η = {setting(change.lr)} instead of {setting(old.lr)}"
    return told(outcome, story, measure, steps, change, advice, rate=rate)


def under_the_limit(e: Pace, gauge: float) -> Optimizer:
    """The step at which the measured η·λ_max stays below the limit; a tenth where none is known."""
    share = MARGIN * e.limit.item() / gauge if gauge else math.nan
    if not (math.isfinite(share) and 0 < share < 1):
        share = TENTH
    return _with_lr(e, e.optimizer.lr * share)


def brake(e: Pace) -> Fix:
    """A schedule that ends the bounce, or a tenth of the step where one is in use already."""
    if isinstance(e.run.schedule, Constant):
        return Cosine()
    return _with_lr(e, e.optimizer.lr * TENTH)


def release_brake(e: Pace, fall: float) -> Fix:
    """Undo what shrank the step: the schedule, or the rule's own accumulation."""
    lr = e.lr[:, 0]
    if lr[-1] < 0.5 * lr.max():
        return Constant()
    return _with_lr(e, e.optimizer.lr * min(fall, MOST_RELEASED))


def faster(e: Pace, factor: float) -> Fix:
    """A longer step while the walls allow it, then momentum, then a step per parameter."""
    limit = e.limit.item()
    if e.adaptive or not math.isfinite(limit):
        return _with_lr(e, e.optimizer.lr * factor)
    gauge = steepest(e)
    room = MARGIN * limit / gauge if gauge > 0 else MOST_FACTOR
    if room > 2:
        return _with_lr(e, e.optimizer.lr * min(room, factor))
    rolling = e.optimizer.with_momentum(INERTIA) if e.plain else None
    if rolling is not None:
        return rolling.replace(lr=rounded_down(rolling.lr))
    return longer_reach(e)


def longer_reach(e: Pace) -> Fix:
    """Steps whose length does not depend on how small the slope is."""
    new = Adam(lr=rounded_down(e.length / REACH))
    same = type(new) is type(e.optimizer)
    return new.replace(lr=rounded_down(LONGER * e.optimizer.lr)) if same else new


def inertia(e: Pace) -> Fix:
    """A ball that rolls on; for a ball, one that loses half as much at each step."""
    kept = e.optimizer.kept_velocity
    rolling = e.optimizer.with_momentum(INERTIA if e.plain else float(f"{1 - (1 - kept) / 2:.4g}"))
    return _with_lr(e, e.optimizer.lr * LONGER) if rolling is None else rolling


def without_swing(optimizer: Optimizer, eigenvalue: float) -> Optimizer | None:
    """A heavy ball with the largest momentum that does not swing at this curvature.

    None for rules that are no heavy ball: theirs is another recursion.
    """
    r = recursion(optimizer, eigenvalue)
    if not (r.d > 0 and r.theta == 0):
        return None
    calm = float(f"{critical_momentum(optimizer, eigenvalue):.3g}")
    return optimizer.with_momentum(calm) if 0 < calm < 1 else None


def _with_lr(e: Pace, lr: float) -> Optimizer:
    return e.optimizer.replace(lr=rounded_down(lr))


def rounded_down(value: float) -> float:
    """Two digits, rounded down, so that a step stays below the limit it was made for."""
    digits = DECIMAL ** (1 - math.floor(math.log10(value)))
    return float(f"{math.floor(value * digits) / digits:.6g}")
