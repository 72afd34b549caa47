"""Runs without a minimum to arrive at: the loss falls for ever, or a saddle is what draws them."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from playground.diagnosis import fixes, motion
from playground.diagnosis.evidence import Evidence
from playground.diagnosis.finding import Finding
from playground.words import number, percent, steps_in_words


class Drawn(NamedTuple):
    """A saddle that shapes the path."""

    point: np.ndarray
    distance: float
    factor: float
    """By which the distance has changed per step over the last fifth: below 1 it comes nearer."""


def unfinished_without_minimum(e: Evidence) -> Finding | None:
    """Where nothing is to be reached, the loss and the saddle are the measures of progress."""
    if len(e.ground.minima):
        return None
    near = drawn(e)
    if near and near.factor < 1:
        needed = math.log(max(near.distance / (0.01 * e.length), 1)) / -math.log(near.factor)
        return _judged(e, needed, into(near, needed))
    if e.ground.unbounded:
        return _judged(e, motion.steps_needed(e), _downhill(e, near))
    return _judged(e, loss_needed(e), _levelling(e))


def drawn(e: Evidence) -> Drawn | None:
    """The saddle to which the end belongs: the loss bends down, and Newton's step leads there."""
    others = e.ground.others
    if not len(others) or not e.end.eigenvalues[0] < 0 or e.decay:
        return None
    target = e.x[-1] - e.end.vectors @ e.end.step
    misses = np.hypot(*(others - target).T)
    if not misses.min() < 0.02 * e.length:
        return None
    q = others[misses.argmin()]
    before, now = math.dist(e.x[-1 - e.fifth], q), math.dist(e.x[-1], q)
    if not 0 < now != before > 0:
        return None
    return Drawn(q, now, (now / before) ** (1 / e.fifth))


def into(near: Drawn, needed: float) -> str:
    return (
        f"It is heading into the saddle at {_point(near.point)}, which is {number(near.distance)} "
        f"away, and comes nearer by {percent(1 - near.factor)} per step. There the slope vanishes "
        f"although the loss still falls to the sides; it takes {steps_in_words(needed)} to get "
        "there."
    )


def loss_needed(e: Evidence) -> float:
    """Updates until 99 % of the possible drop is done, at the pace of the last fifth."""
    left, before = float(e.f[-1]) - e.low, float(e.f[-1 - e.fifth]) - e.low
    goal = 0.01 * e.fall
    if left <= goal:
        return 0.0
    return math.log(left / goal) / math.log(before / left) * e.fifth if before > left else math.inf


def _judged(e: Evidence, needed: float, sentence: str) -> Finding:
    ratio, steps = needed / e.n, (e.n - e.fifth, e.n)
    if needed <= 3 * e.n:
        return Finding("in_progress", sentence, "steps needed / steps made", ratio, 3.0, steps)
    change = fixes.faster(e, min(ratio, 10.0))
    return Finding(
        "slow",
        f"{sentence} Try {change!r}.",
        "steps needed / steps made",
        ratio,
        3.0,
        steps,
        change,
    )


def _downhill(e: Evidence, near: Drawn | None) -> str:
    bottomless = "The surface has no lowest point: the loss falls without end"
    if near:
        return (
            f"It is leaving the saddle at {_point(near.point)}: {number(near.distance)} away, "
            f"{number(near.factor)} times as far after each step. {bottomless}."
        )
    return (
        f"{bottomless}. It has fallen from {number(e.f[0])} to {number(e.f[-1])}, by "
        f"{number(e.f[-2] - e.f[-1])} in the last step."
    )


def _levelling(e: Evidence) -> str:
    left = (float(e.f[-1]) - e.low) / e.fall
    return (
        "There is no minimum to arrive at: the loss keeps falling, ever more slowly. It went from "
        f"{number(e.f[0])} to {number(e.f[-1])}, so {percent(left)} of the possible drop is left; "
        f"the last step took {number(e.f[-2] - e.f[-1])}."
    )


def _point(q: np.ndarray) -> str:
    return f"({number(q[0])}, {number(q[1])})"
