"""What threw a run out: the gauge on its way, and how the slope grew."""

from __future__ import annotations

import math

import numpy as np

from playground.diagnosis import lines
from playground.diagnosis.pace import Pace
from playground.diagnosis.path import norm
from playground.diagnosis.quantity import Index, some
from playground.diagnosis.say import LARGEST, compared, growth_per_step
from playground.language import tr
from playground.theory.stability import stability_limit
from playground.words import number, steps_made

INSIDE, OUTSIDE_THE_WINDOW, OUTSIDE_AS_INSIDE = range(3)
"""Where the steps are what throws it out."""


def too_long(where: int) -> str:
    """That the steps are to blame, where no limit is known."""
    if where == OUTSIDE_AS_INSIDE:
        return tr("Outside the window, as inside, the steps are too long for this surface")
    if where == OUTSIDE_THE_WINDOW:
        return tr("Outside the window the steps are too long for this surface")
    return tr("The steps are too long for this surface")


def too_large(where: int, gauge: str) -> str:
    """That the step is beyond its limit; gauge: the two beside each other."""
    if where == OUTSIDE_AS_INSIDE:
        return tr(
            "Outside the window, as inside, the step is too large for the steepest wall: {}", gauge
        )
    if where == OUTSIDE_THE_WINDOW:
        return tr("Outside the window the step is too large for the steepest wall: {}", gauge)
    return tr("The step is too large for the steepest wall: {}", gauge)


def fate(e: Pace, inside: Index) -> str:
    """What became of it; inside: at which points it was inside the window."""
    if not e.left:
        loss, made = number(e.last_loss.item()), steps_made(e.n)
        if some(e.last_loss > e.loss(-min(lines.FIRST_STEPS, e.n + 1))):
            return tr("the loss is {} after {} and rising{}", loss, made, steeper(e, e.n))
        return tr("the loss is {} after {}{}", loss, made, steeper(e, e.n))
    if not inside.size:
        return tr("it was never inside the window")
    out = int(inside[-1]) + 1
    if np.isfinite(e.run.x).all():  # it may come back, carried on
        return tr("it left the window at step {}{}", out, steeper(e, out))
    return tr("it left the window for good at step {}{}", out, steeper(e, out))


def multiplied(e: Pace, gauge: float) -> str:
    """By what each step multiplies the distance, where one factor tells it and is what is seen."""
    seen, told = growth_per_step(e), gauge - 1
    as_told = told / lines.AS_PREDICTED < seen < lines.AS_PREDICTED * told
    of_one_rate = not np.ptp(e.run.lr)
    if not (e.plain and e.surface.quadratic and gauge > 2 and as_told and of_one_rate):
        return ""
    return tr(
        ", so each step multiplies the distance to the floor by |1 − η·λ| = {} (measured: {})",
        number(told),
        number(seen),
    )


def steeper(e: Pace, step: int) -> str:
    """By how much the slope at a step is that of the step before, if it is steeper."""
    if not 0 < step <= e.n or not e.size[step - 1, 0] > 0:
        return ""
    times = number(float(e.size[step, 0] / e.size[step - 1, 0]))
    steepens = e.size[step, 0] > e.size[step - 1, 0] and times != number(1.0)
    return tr(", with a slope {} times that of step {}", times, step - 1) if steepens else ""


def thrown_by_decay(e: Pace, updates: slice) -> tuple[float, float]:
    """η times the weight decay of a stretch of updates, and its limit; NaN where it holds.

    Decoupled, it multiplies x by 1 − ηw at every update.  Coupled, it is a bowl of curvature w, and
    behind clipping, or far out, all that still grows with x.
    """
    rate = float(e.lr[updates, 0].max(initial=0.0))
    if rate * (w := e.pull.item()) > lines.DECAY_HOLDS:
        return rate * w, lines.DECAY_HOLDS
    limit, w = e.limit.item(), e.decay.item()
    if e.linear and rate * w > limit:
        return rate * w, limit
    return math.nan, math.nan


def blamed_on_decay(gauge: float, limit: float) -> str:
    return tr(
        "the pull of its weight decay is too long a step by itself: {}",
        compared(gauge, limit, tr("η times its λ")),
    )


def to_blame(e: Pace, updates: slice) -> tuple[float, float, str]:
    """The largest η·λ along its own steps and the one that led out, of steps that steepen.

    With its limit and its name: along that direction it may be less than η·λ_max.
    The steepest wall on the way may be another one, along which it has long settled.  The limit
    is that of the place where the wall was met, on which the one of Newton's steps depends.
    """
    seen = np.nan_to_num(e.sharpness[updates, 0], nan=-math.inf)
    at = (updates.start or 0) + int(seen.argmax())
    limit = float(stability_limit(e.optimizer, e.surface, e.points(at)[:, 0], e.run.steps))
    if np.isnan(e.optimizer.start_up(at + 1.0)):  # a step of another kind, without this limit
        limit = math.nan
    p, strides = e.points()[:, :-1], np.diff(e.points(), axis=1)
    out = min(len(e.sharpness[: updates.stop]), e.n) - 1  # the update that led out
    late = strides[:, -2:, 0] / np.maximum(norm(strides[:, -2:, 0]), lines.TINY)
    if abs(late[:, 0] @ late[:, -1]) > lines.SAME_WAY:  # the last steps show along which wall
        out = e.n - 1
    growing = (e.size[1:, 0] > e.size[:-1, 0])[updates]
    if e.surface.quadratic or not growing.any():  # the same walls everywhere, whatever else fades
        updates = slice(None) if e.surface.quadratic else updates
        growing = np.ones(len(e.lr[updates]), dtype=bool)
    own, leaving = (
        e.along(p[:, updates], s, updates)[growing, 0]
        for s in (strides[:, updates], strides[:, [out]])
    )
    both = np.nan_to_num(np.minimum(own, leaving), nan=-math.inf)
    most, at = float(both.max()), int(both.argmax())
    largest = float(np.fmax.reduce(e.sharpness[updates, 0][growing]))
    as_steep = most >= largest * (1 - lines.ROUNDING)
    by_itself = not most > limit and (e.surface.quadratic or np.fmax.reduce(own) > limit)
    if as_steep or by_itself or math.isnan(limit):
        return largest, limit, LARGEST
    if own[at] <= leaving[at]:
        return most, limit, tr("along a step η·λ")
    made = int(np.arange(e.n)[updates][growing][at])
    return most, limit, tr("at step {}, in the direction of step {}, η·λ", made, out + 1)
