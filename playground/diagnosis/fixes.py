"""What would help, in closed form: one changed optimizer or schedule per bad ending."""

from __future__ import annotations

import math

import numpy as np

from playground.diagnosis.evidence import Evidence
from playground.diagnosis.finding import Fix
from playground.optimizers.adam import Adam
from playground.optimizers.base import Optimizer
from playground.optimizers.gradient_descent import GradientDescent
from playground.optimizers.momentum import Momentum
from playground.schedules import Constant, Cosine
from playground.words import setting

MARGIN = 0.9
"""Share of the stability limit that a suggested step uses."""


def under_the_limit(e: Evidence, gauge: float) -> Optimizer:
    """The step at which the measured η·λ_max stays below the limit; a tenth where none is known."""
    share = MARGIN * e.limit / gauge
    if not (math.isfinite(share) and 0 < share < 1):
        share = 0.1
    return _with_lr(e, e.optimizer.lr * share)


def in_words(e: Evidence, change: Optimizer) -> str:
    """A changed learning rate beside the one it replaces."""
    return f"η = {setting(change.lr)} instead of {setting(e.optimizer.lr)}"


def brake(e: Evidence) -> Fix:
    """A schedule that ends the bounce, or a tenth of the step where one is in use already."""
    return Cosine() if isinstance(e.run.schedule, Constant) else _with_lr(e, e.optimizer.lr / 10)


def release_brake(e: Evidence, fall: float) -> Fix:
    """Undo what shrank the step: the schedule, or the rule's own accumulation."""
    lr = e.run.lr
    if lr[-1] < 0.5 * lr.max():
        return Constant()
    return _with_lr(e, e.optimizer.lr * min(fall, 100.0))


def faster(e: Evidence, factor: float) -> Fix:
    """A longer step while the walls allow it, then momentum, then a step per parameter."""
    if e.adaptive or not math.isfinite(e.limit):
        return _with_lr(e, e.optimizer.lr * min(factor, 100.0))
    gauge = float(np.nanmax(e.sharpness))
    room = MARGIN * e.limit / gauge if gauge > 0 else 10.0
    if room > 2:
        return _with_lr(e, e.optimizer.lr * min(room, factor))
    if isinstance(e.optimizer, GradientDescent):
        return Momentum(lr=rounded_down(e.optimizer.lr), momentum=0.9)
    return longer_reach(e)


def longer_reach(e: Evidence) -> Fix:
    """Steps whose length does not depend on how small the slope is."""
    own = type(e.optimizer) is Adam
    return Adam(lr=rounded_down(4 * e.optimizer.lr if own else e.length / 100))


def inertia(e: Evidence) -> Fix:
    """A ball that rolls on; for a ball, more of it."""
    if "momentum" in e.optimizer.values():
        share = float(e.optimizer.values()["momentum"])
        return e.optimizer.replace(momentum=round(1 - (1 - share) / 2, 4))
    if isinstance(e.optimizer, GradientDescent):
        return Momentum(lr=e.optimizer.lr, momentum=0.9)
    return _with_lr(e, e.optimizer.lr * 4)


def _with_lr(e: Evidence, lr: float) -> Optimizer:
    return e.optimizer.replace(lr=rounded_down(lr))


def rounded_down(value: float) -> float:
    """Two digits, rounded down, so that a step stays below the limit it was made for."""
    digits = 10.0 ** (1 - math.floor(math.log10(value)))
    return float(f"{math.floor(value * digits) / digits:.6g}")
