"""A gradient judged component by component, by what the difference quotient can tell there.

A component agrees where |a − b| ≤ t + r max(|a|, |b|).  The absolute part t is what the quotient b
itself is worth: rounding, ε|f|/h, and the bend of the curve, measured as its change when the step
is doubled.  A kink or the edge of the domain within h makes b no derivative, and is said.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from playground.language import mark
from playground.topics.gradient_check.check import THRESHOLDS, difference, meaning_of

ROUNDED, BENT = 4.0, 2.0
"""Times ε|f|/h, and times the change under a doubled step, that a quotient may be off."""
NEARLY = 1e-6
"""Times 1 + |f|: a quotient that is worth as much can tell that a slope is 0."""
POINTS = 17
"""Points on x − h … x + h among which a kink is looked for."""
SPIKE = 0.7
"""Share of all bending that two neighbouring points have at a kink; of a smooth curve, far less."""
BESIDE = 0.01
"""Share of the jump by which a slope may lie outside the slopes on both sides of a kink."""

RIGHT, WRONG, KINK = mark("right"), mark("wrong"), mark("kink")
BLIND, UNDEFINED = mark("cannot tell"), mark("undefined")
RANK = (RIGHT, mark("probably right"), BLIND, KINK, mark("suspicious"), WRONG, UNDEFINED)
"""What a component may be, the worst last."""


@dataclass(frozen=True)
class Component:
    """One component of a gradient beside its difference quotient."""

    verdict: str
    """One of `RANK`."""
    analytic: float
    numerical: float
    worth: float
    """What the quotient may be off by rounding and bending."""
    sides: tuple[float, float]
    """The smallest and the largest slope within h of the point."""

    @property
    def apart(self) -> float:
        return abs(self.analytic - self.numerical)


def components_of(
    f: Callable[[Any], Any], p: Any, gradient: Callable[[Any], Any], h: float
) -> list[Component]:
    """Every component of `gradient(p)` at `p (P,)`, against central differences of f with step h.

    Never raises for a point without a value or slope: that is a verdict.
    """
    p = np.asarray(p, dtype=float)
    axes = np.eye(len(p))
    with np.errstate(all="ignore"):
        value, analytic = float(f(p)), np.asarray(gradient(p), dtype=float)
        found = difference(f, p[:, None], axes, h)
        wider = difference(f, p[:, None], axes, 2 * h)
        bent = np.where(np.isfinite(wider), np.abs(wider - found), 0.0)
        worth = ROUNDED * np.finfo(float).eps * abs(value) / h + BENT * bent
        along = np.linspace(-1, 1, POINTS) * h
        near = np.asarray(f(p[:, None, None] + axes[:, :, None] * along))
        return [
            _component(value, float(a), float(b), float(t), near[i], along[1] - along[0])
            for i, (a, b, t) in enumerate(zip(analytic, found, worth, strict=True))
        ]


def _component(
    value: float, a: float, b: float, worth: float, near: np.ndarray, gap: float
) -> Component:
    slopes = np.diff(near) / gap
    if not (np.isfinite([value, a]).all() and np.isfinite(near).all()):
        return Component(UNDEFINED, a, b, worth, (np.nan, np.nan))
    sides = float(slopes.min()), float(slopes.max())
    return Component(_verdict(value, a, b, worth, near, sides), a, b, worth, sides)


def _verdict(
    value: float, a: float, b: float, worth: float, near: np.ndarray, sides: tuple[float, float]
) -> str:
    apart, size = abs(a - b), max(abs(a), abs(b))
    if apart <= THRESHOLDS[0][0] * size:
        return RIGHT
    if _kinked(near, value):
        margin = BESIDE * (sides[1] - sides[0])
        return KINK if sides[0] - margin <= a <= sides[1] + margin else WRONG
    if apart <= worth:
        told = worth <= THRESHOLDS[1][0] * size or worth <= NEARLY * (1 + abs(value))
        return RIGHT if told else BLIND
    return meaning_of((apart - worth) / size).partition(":")[0]


def _kinked(near: np.ndarray, value: float) -> bool:
    """Whether two neighbours among the values hold nearly all of the bending, beyond rounding."""
    bend = np.abs(np.diff(near, 2))
    most = float((bend[1:] + bend[:-1]).max())
    rounding = 8 * np.finfo(float).eps * max(abs(value), float(np.abs(near).max()))
    return bool(most > SPIKE * bend.sum() and most > rounding)


def worst(found: list[Component]) -> int:
    """The index of the component that decides."""
    return max(range(len(found)), key=lambda i: (RANK.index(found[i].verdict), found[i].apart))
