"""Runs that leave: because of the surface, the step, or undefined ground."""

from __future__ import annotations

import math

import numpy as np

from playground.diagnosis import fixes, motion
from playground.diagnosis.evidence import Evidence
from playground.diagnosis.finding import Finding
from playground.diagnosis.unrest import edge_of_stability
from playground.words import number


def diverged(e: Evidence) -> Finding | None:
    if motion.falling_forever(e):
        return _surface_to_blame(e)
    if e.left:
        return _left(e)
    growing = motion.runaway(e) or motion.growing_bounce(e)
    if growing and not edge_of_stability(e):  # whose bursts look the same while they rise
        return _step_to_blame(e)
    return None


def _surface_to_blame(e: Evidence) -> Finding:
    below = e.ground.lowest - float(e.f[-1])
    first = int((e.outside > 0).argmax())
    known = (
        "The surface is unbounded below"
        if e.ground.unbounded
        else "As far as it was followed the surface is unbounded below"
    )
    return Finding(
        "diverged",
        f"It follows the surface down without end: the loss is {number(e.f[-1])}, "
        f"{number(below)} below anything in the window. {known}, so this is not the step's fault "
        "and no setting would stop it.",
        "loss below the window's lowest",
        below,
        0.0,
        (first, e.n),
    )


def _left(e: Evidence) -> Finding:
    x = e.run.x[min(e.last + 1, e.run.steps)]
    if np.isfinite(x).all() and np.abs(x).max() < e.length * 100:
        return Finding(
            "diverged",
            f"At step {e.last + 1} it stepped to ({number(x[0])}, {number(x[1])}), where the loss "
            "is not defined.",
            "step at which the loss is undefined",
            e.last + 1,
            e.run.steps,
            (e.last, e.last + 1),
            fixes.under_the_limit(e, math.nan),
        )
    small = float(e.size[-1]) < 10 * float(np.median(e.size)) and e.outside[-1] == 0
    if small and np.isnan(x).any():
        values, change = e.optimizer.values(), fixes.under_the_limit(e, math.nan)
        why = (
            " The centred second moment v − m² has become slightly negative by rounding."
            if values.get("centered")
            else ""
        )
        if "damping" in values:
            change = e.optimizer.replace(damping=max(2 * float(values["damping"]), 0.1))
            why = f" The Hessian there cannot be inverted; more damping, {change!r}, helps."
        return Finding(
            "diverged",
            f"At step {e.last + 1} the point stopped being a number although nothing was growing: "
            f"the gradient before was {number(e.size[-1])}.{why}",
            "|g| before",
            float(e.size[-1]),
            math.inf,
            (e.last, e.last + 1),
            change,
        )
    return _step_to_blame(e)


def _step_to_blame(e: Evidence) -> Finding:
    inside = e.outside <= 0.0
    last_inside = int(np.flatnonzero(inside)[-1]) if inside.any() else 0
    k = min(max(last_inside, 1), e.n) if e.n else 0
    gauge = float(np.nanmax(e.sharpness[: k + 1])) if e.n else math.inf
    fate = (
        f"it is gone by step {e.last + 1}"
        if e.left
        else f"the loss is {number(e.f[-1])} after {e.n} steps and rising"
    )
    growth = motion.growth_per_step(e)
    reason = f"The steps are too long for this surface: η·λ_max reaches {number(gauge)}"
    if math.isfinite(e.limit) and gauge > e.limit:
        reason = f"The step is too large for the steepest wall: {motion.compared(e, gauge)}"
    change = fixes.under_the_limit(e, gauge)
    grows = f"the slope grows {number(growth)}-fold per step"
    exact = type(e.optimizer).__name__ == "GradientDescent" and gauge > 2
    if exact and growth < 1.5 * (gauge - 1):  # elsewhere the surface steepens on the way out
        grows = (
            f"each step multiplies the distance to the floor by |1 − η·λ| = "
            f"{number(gauge - 1)} (measured: {number(growth)})"
        )
    return Finding(
        "diverged",
        f"{reason}, so {grows}, and {fate}. {fixes.in_words(e, change)} would hold.",
        "η·λ_max",
        gauge,
        e.limit,
        (k, e.n),
        change,
    )
