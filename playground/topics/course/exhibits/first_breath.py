"""A deep network before its first step, as an exhibit."""

from __future__ import annotations

import numpy as np

from playground.topics.course.exhibits.exhibit import EXHIBITS, Fact, PageExhibit
from playground.topics.initialisation import figures, words
from playground.topics.initialisation.settings import FirstBreath
from playground.topics.initialisation.verdict import outcome_of

STEADY, TWICE = 0.1, 2.0
"""A size is kept whose factor a layer is, in theory, so near to one and that of all layers below
twice or above half."""


def _signal(s: FirstBreath) -> str:
    """What becomes of a signal in theory: ``kept``, ``fades``, ``grows``.

    It is ``silent`` if nothing comes out of the first layer; a ``single`` layer has no others.
    """
    flow = s.predicted()
    if flow.forward[0] == 0:
        return "silent"
    if s.depth == 1:
        return "single"
    factor = flow.forward_factor
    if abs(factor - 1) < STEADY and 1 / TWICE < factor ** (s.depth - 1) < TWICE:
        return "kept"
    return "fades" if factor < 1 else "grows"


def _share(sizes: np.ndarray) -> Fact:
    """What is left at the end of what there was first; None once the numbers cannot say it."""
    if not (np.all(np.isfinite(sizes)) and np.all(sizes > 0)):
        return None
    return float(sizes[-1] / sizes[0])


def _factor(factor: float) -> Fact:
    return float(factor) if np.isfinite(factor) and factor > 0 else None


def _lost(s: FirstBreath) -> Fact:
    """The first layer after which the signal is too small to be a number; None if there is none."""
    sizes = s.measured().forward
    return int(np.argmax(sizes == 0)) + 1 if sizes[0] > 0 and np.any(sizes == 0) else None


def _burst(s: FirstBreath) -> Fact:
    """The first layer after which the signal is too large to be a number; None if there is none."""
    huge = ~np.isfinite(s.measured().forward)
    return int(np.argmax(huge)) + 1 if huge.any() else None


EXHIBITS["first-breath"] = PageExhibit(
    page="initialisation",
    preset=FirstBreath(),
    known={
        "signal": _signal,
        "lost": _lost,
        "burst": _burst,
        "factor": lambda s: _factor(s.measured().forward_factor),
        "theory": lambda s: _factor(s.predicted().forward_factor),
        "left": lambda s: _share(s.measured().forward),
        "gradient_left": lambda s: _share(s.measured().backward[::-1]),
    },
    found=lambda s: [words.verdict(outcome_of(s.measured()))],
    drawn=lambda s: [
        figures.flow(s.predicted(), s.measured(), "forward"),
        figures.flow(s.predicted(), s.measured(), "backward"),
    ],
)
