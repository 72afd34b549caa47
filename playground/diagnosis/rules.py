"""The rule book: what is asked of every descent, in which order, of one or of a whole map."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from playground.diagnosis import (
    balance,
    departure,
    divergence,
    edge,
    lines,
    noise,
    plateau,
    progress,
    rest,
    saddle,
    unrest,
)
from playground.diagnosis.ground import Window
from playground.diagnosis.outcome import DIVERGED, OUTCOMES
from playground.diagnosis.pace import Pace
from playground.diagnosis.quantity import Index
from playground.diagnosis.rule import decide
from playground.simulation import Run
from playground.surfaces.landscape import diagonal
from playground.theory.curvature import coupled_decay
from playground.types import Mask

RULES = (
    *(*balance.FIRST, *balance.RULES, *departure.RULES, *divergence.FIRST, *progress.FIRST),
    *(*divergence.RULES, *noise.RULES, *edge.RULES),
    *(*saddle.RULES, *plateau.RULES, *rest.RULES, *unrest.RULES, *progress.RULES),
)
"""In the order in which they are asked: the first that holds wins, the last always does.

A label may be come by in several ways (a step too large or a surface without a floor), each a
rule with a sentence of its own.
"""

BLOCK = 1000
"""Lanes at once, so that a stretch of the path stays in the cache."""

P = TypeVar("P", bound=Pace)


def of_one(kind: type[P], run: Run, window: Window) -> P:
    """The evidence of a single run: of its leading points that are finite, until it left for good.

    An excursion that came back is part of the run.
    """
    leading = max(finite := int(run.finite), 1)
    bound = lines.DOMAIN * diagonal(window)
    x, last = run.x[:leading], leading - 1
    beyond = np.abs(x).max(axis=1) > bound
    far = bool(beyond.any())
    if far and last == run.steps and came_back(kind(run, window, last)).all():
        far = False
    if far:
        inside = np.flatnonzero(kind(run, window, last).outside(x.T) == 0)
        away = beyond.copy()
        away[: inside[-1] if inside.size else 0] = False
        # One that is back in the window without its drop done left when it was first far away.
        last = int((away if away.any() else beyond).argmax())
    return kind(run, window, last, far or last < run.steps or finite == 0)


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
        for lanes in _blocks(run, there):
            e = Pace(run.lanes(lanes), window, run.steps)
            stays: Mask = np.asarray(np.isfinite(e.f).all(axis=0))
            p = e.points()
            far: Mask = (p.max(axis=(0, 1)) > bound) | (p.min(axis=(0, 1)) < -bound)
            if far.any():
                stays[far] &= came_back(e.part(far))
            if stays.any():
                found[lanes[stays]] = label[decide(RULES, e.part(stays))]
    return found.reshape(run.shape)


def came_back(e: Pace) -> Mask:
    """Whether a run that was far away has come back to the ground, with most of its drop done."""
    fades = not (len(e.ground.minima) or e.ground.unbounded)  # towards where is no window
    near = e.end_outside <= (lines.FAR_OUT if fades else 0.0)
    back: Mask = near & (e.remaining <= lines.CAME_BACK * e.fall)
    return back


def _blocks(run: Run, there: Index) -> Iterator[Index]:
    """Lanes in blocks; those of a block have the same coupled decay, hence the same ground."""
    decay = np.broadcast_to(coupled_decay(run.optimizer), run.shape).reshape(-1)[there]
    for w in np.unique(decay):
        lanes = there[decay == w]
        yield from np.array_split(lanes, 1 + len(lanes) // BLOCK)
