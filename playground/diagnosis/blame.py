"""What threw a run out: the gauge on its way, how the slope grew, whether it is over."""

from __future__ import annotations

import math

import numpy as np

from playground.diagnosis import lines
from playground.diagnosis.pace import Pace
from playground.diagnosis.path import norm
from playground.diagnosis.say import LARGEST, compared, growth_per_step, growths
from playground.theory.stability import stability_limit
from playground.words import number


def calm_since(e: Pace, k: int, gauge: float, limit: float) -> str:
    """That its schedule has lowered the rate by as much as was too much, since when."""
    known = e.surface.quadratic and limit < gauge < math.inf  # the same walls everywhere
    if not (e.left and e.n and known):
        return ""
    rate = np.ravel(e.run.lr)  # after it left as well
    calm = np.append(-1, np.flatnonzero(rate * gauge > limit * rate[: k + 1].max()))[-1] + 1
    return f"; from step {calm + 1} on its rate is low enough" if 0 < calm < len(rate) else ""


def grown(e: Pace, gauge: float, over: bool) -> str:
    """How the slope grew, or the distance where one factor tells it; whether that is over."""
    growth, late = growth_per_step(e), growths(e)
    told = gauge - 1
    as_told = told / lines.AS_PREDICTED < growth < lines.AS_PREDICTED * told
    as_told &= bool((e.lr[-lines.GROWTH_SEEN :, 0] == e.lr[-1:, 0]).all())  # of one rate
    if e.plain and e.surface.quadratic and gauge > 2 and as_told:  # else it steepens on the way
        each = "each step multiplied" if over else "each step multiplies"
        return (
            f"{each} the distance to the floor by |1 − η·λ| = {number(told)} (measured: "
            f"{number(growth)})"
        )
    if growth < 1 or e.last_size < e.size[0]:  # as where it is thrown to flat ground far out
        return "it is thrown on"
    if not math.isfinite(growth) or number(growth) == number(1.0):
        return "the slope grows"
    if (grew := _grew(e)) is not None:
        return grew
    if late.size > 1 and late.max() <= lines.AS_PREDICTED * late.min():
        return f"the slope grows {number(growth)}-fold per step"
    step = float(e.late_size[-1, 0] / e.late_size[-2, 0])  # no one number holds
    last = number(step)
    shown = step > 1 and last != number(1.0)
    if e.plain:  # else the wall that is named is not the one along which it grows
        shown &= told / lines.AS_PREDICTED < step < lines.AS_PREDICTED * told
    return "the slope grows" + (f", {last}-fold at step {e.n}" if shown else "")


def _grew(e: Pace) -> str | None:
    """How the slope of a run that left grew, if it is over: to which step, by which factor each."""
    if not e.left or e.run.finite <= e.run.steps:
        return None
    size = norm((e.run.gradient + e.decay.item() * e.run.x).T)
    late = size[-max(e.run.steps // lines.FIFTH, 1) - 1 :]
    over = late.max() < size.max() or late[-1] <= lines.AS_PREDICTED * late[0]
    if not (np.isfinite(size).all() and over):
        return None
    top = int(size.argmax())
    ratio = size[1 : top + 1] / np.maximum(size[:top], lines.TINY)
    even = top > 0 and ratio.max() <= lines.AS_PREDICTED * ratio.min()
    by = f" {number(float(np.exp(np.log(ratio).mean())))}-fold per step," if even else ""
    return f"the slope grew{by} up to step {top}"


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
    pull = "pull of its weight decay is too long a step by itself"
    return f"the {pull}: {compared(gauge, limit, 'η times its λ')}"


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
    most = float(np.fmax.reduce(np.minimum(own, leaving)))
    largest = float(np.fmax.reduce(e.sharpness[updates, 0][growing]))
    as_steep = most >= largest * (1 - lines.ROUNDING)
    by_itself = not most > limit and (e.surface.quadratic or np.fmax.reduce(own) > limit)
    if as_steep or by_itself or math.isnan(limit):
        return largest, limit, LARGEST
    return most, limit, "along its way out η·λ"
