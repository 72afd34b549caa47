"""The rule book: what is asked of every descent, in which order, of one or of a whole map."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from playground.diagnosis import divergence, edge, lines, progress, rest, unrest
from playground.diagnosis.ground import Window
from playground.diagnosis.outcome import DIVERGED, OUTCOMES
from playground.diagnosis.pace import Pace
from playground.diagnosis.rule import decide
from playground.simulation import Run

RULES = (*divergence.RULES, *edge.RULES, *rest.RULES, *unrest.RULES, *progress.RULES)
"""In the order in which they are asked: the first that holds wins, the last always does.

A label may be come by in several ways (a step too large or a surface without a floor), each a
rule with a sentence of its own.
"""

BLOCK = 1000
"""Lanes at once, so that a stretch of the path stays in the cache."""

P = TypeVar("P", bound=Pace)


def of_one(kind: type[P], run: Run, window: Window) -> P:
    """The evidence of a single run: of its leading points that are finite and in the domain."""
    leading = max(int(run.finite), 1)
    bound = lines.DOMAIN * diagonal(window)
    x, last = run.x[:leading], leading - 1
    far = bool(max(x.max(), -x.min()) > bound)
    if far:
        last = int((np.abs(x).max(axis=1) > bound).argmax())
    return kind(run, window, last, far or last < run.steps)


def outcomes(run: Run, window: Window | None = None) -> NDArray[np.int8]:
    """Index into `OUTCOMES` of every descent of a batch, ``(...)``: what `diagnose` says of each.

    Lanes that left are asked nothing more: whichever of its rules holds, it says `diverged`.
    """
    window = window or run.surface.span
    bound = lines.DOMAIN * diagonal(window)
    x = run.x.reshape(run.steps + 1, 2, -1)
    found = np.full(x.shape[-1], OUTCOMES.index(DIVERGED), dtype=np.int8)
    label = np.array([OUTCOMES.index(rule.outcome) for rule in RULES], dtype=np.int8)
    with np.errstate(all="ignore"):
        there = np.flatnonzero(np.abs(x[-1]).max(axis=0) <= bound)
        for lanes in np.array_split(there, 1 + len(there) // BLOCK):
            e = Pace(Run(run.problem.take(lanes), np.take(x, lanes, axis=-1)), window, run.steps)
            p = e.points()
            stays = (p.max(axis=(0, 1)) <= bound) & (p.min(axis=(0, 1)) >= -bound)
            stays &= np.isfinite(e.f).all(axis=0) | (e.n == 0)
            if stays.any():
                found[lanes[stays]] = label[decide(RULES, e.part(stays))]
    return found.reshape(run.shape)


def diagonal(window: Window) -> float:
    x0, x1, y0, y1 = window
    return float(np.hypot(x1 - x0, y1 - y0))
