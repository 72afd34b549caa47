"""What threw a run out: the gauge on its way, how the slope grew, whether it is over."""

from __future__ import annotations

import math

import numpy as np

from playground.diagnosis import lines
from playground.diagnosis.pace import Pace
from playground.diagnosis.path import norm
from playground.diagnosis.say import LARGEST, growth_per_step, growths, steepest
from playground.theory.stability import stability_limit
from playground.words import number


def calm_since(e: Pace, k: int, gauge: float, limit: float) -> str:
    """That its schedule has lowered the rate by as much as was too much, since when."""
    if not (e.left and e.n and limit < gauge < math.inf):
        return ""
    rate = np.ravel(e.run.lr)[: e.run.finite]  # after it left as well
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
    if late.size > 1 and late.max() <= lines.AS_PREDICTED * late.min():
        return f"the slope grows {number(growth)}-fold per step"
    step = float(e.late_size[-1, 0] / e.late_size[-2, 0])  # no one number holds
    last = number(step)
    shown = step > 1 and last != number(1.0)
    if e.plain:  # else the wall that is named is not the one along which it grows
        shown &= told / lines.AS_PREDICTED < step < lines.AS_PREDICTED * told
    return "the slope grows" + (f", {last}-fold at step {e.n}" if shown else "")


def to_blame(e: Pace, updates: slice) -> tuple[float, float, str]:
    """The largest η·λ along the direction in which it leaves, where that is above the limit.

    With its limit and its name: along that direction it may be less than η·λ_max.
    The steepest wall on the way may be another one, along which it has long settled.  The limit
    is that of the place where the wall was met, on which the one of Newton's steps depends.
    """
    seen = np.nan_to_num(e.sharpness[updates, 0], nan=-math.inf)
    at = (updates.start or 0) + int(seen.argmax())
    limit = float(stability_limit(e.optimizer, e.surface, e.points(at)[:, 0], e.run.steps))
    if np.isnan(e.optimizer.start_up(at + 1.0)):  # a step of another kind, without this limit
        limit = math.nan
    if e.adaptive or e.n < 2:
        return steepest(e, updates), limit, LARGEST
    if e.surface.quadratic:  # its walls are the same everywhere, and the last steps show which
        updates = slice(None)
    p = e.points()[:, :, 0]
    strides = np.diff(p)
    u = (strides / np.maximum(norm(strides), lines.TINY))[:, updates]
    h = e.surface.hessian(p[:, :-1][:, updates])
    last = strides[:, -1:] / max(float(norm(strides[:, -1:]).item()), lines.TINY)
    along = np.minimum(
        *(  # of its own step, and of the one that led out
            v[0] * v[0] * h[0, 0] + 2 * v[0] * v[1] * h[0, 1] + v[1] * v[1] * h[1, 1]
            for v in (u, last)
        )
    )
    gauge = e.lr[updates, 0] * (along + e.decay[0])
    most = float(np.fmax.reduce(gauge))
    largest = steepest(e, updates)
    along_the_way = limit < most < largest * (1 - lines.ROUNDING)
    return (most, limit, "along its way out η·λ") if along_the_way else (largest, limit, LARGEST)
