"""Changes as values: the same rule with another rate, less decay, a step per parameter."""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import ROUND_DOWN, Context

from playground.diagnosis.finding import Fix
from playground.diagnosis.pace import Pace
from playground.optimizers.adam import Adam
from playground.optimizers.adamw import AdamW
from playground.optimizers.base import Optimizer
from playground.theory.quadratic import critical_momentum, recursion

TENTH = 0.1
"""Of the step, where no limit is known."""
REACH = 100
"""Adaptive steps that cross the window."""
OF_A_RATE, OF_MOMENTUM = 2, 3
"""Digits of what is suggested; a momentum is near 1."""


def less_decay(e: Pace) -> Iterator[Fix]:
    """What is tried against a decay that pulls beside the rule: less of it."""
    yield e.optimizer.with_decoupled_decay(float(f"{e.optimizer.decoupled_decay * TENTH:.3g}"))
    yield e.optimizer.with_decoupled_decay(0.0)


def per_parameter(e: Pace, longer: float = 1.0) -> Fix:
    """Adam with steps that cross the window; it keeps the decay that is in use."""
    old, lr = e.optimizer, rounded_down(longer * e.length / REACH)
    if decay := float(old.decoupled_decay):
        return AdamW(lr=lr, weight_decay=decay)
    return Adam(lr=lr, weight_decay=float(old.coupled_decay))


def without_swing(optimizer: Optimizer, eigenvalue: float) -> Optimizer | None:
    """A heavy ball with the largest momentum that does not swing at this curvature.

    None for rules that are no heavy ball: theirs is another recursion.
    """
    r = recursion(optimizer, eigenvalue)
    if not (r.d > 0 and r.theta == 0):
        return None
    calm = rounded_down(critical_momentum(optimizer, eigenvalue), OF_MOMENTUM)
    return optimizer.with_momentum(calm) if 0 < calm < 1 else None


def with_lr(e: Pace, factor: float) -> Fix:
    """The same rule with a step so many times as long."""
    lr = e.optimizer.lr * factor
    return e.optimizer.replace(lr=rounded_down(lr)) if 0 < lr < math.inf else None


def same_but_longer(optimizer: Optimizer, change: Fix) -> bool:
    """Whether a change is this rule with a larger rate."""
    if not isinstance(change, Optimizer) or change != optimizer.replace(lr=change.lr):
        return False
    return bool(change.lr > optimizer.lr)


def same_but_shorter(optimizer: Optimizer, change: Fix) -> bool:
    """Whether a change is this rule with a smaller rate."""
    return isinstance(change, Optimizer) and same_but_longer(change, optimizer)


def rounded_down(value: float, digits: int = OF_A_RATE) -> float:
    """So many digits, rounded down, so that a step stays below the limit it was made for."""
    down = Context(prec=digits, rounding=ROUND_DOWN)
    return float(down.create_decimal(repr(float(value))))
