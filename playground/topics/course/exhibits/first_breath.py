"""A deep network before its first step, as an exhibit."""

from __future__ import annotations

import numpy as np

from playground.topics.course.exhibits.exhibit import EXHIBITS, Fact, PageExhibit
from playground.topics.initialisation import figures, words
from playground.topics.initialisation.settings import FirstBreath
from playground.topics.initialisation.verdict import outcome_of

STEADY = 0.1
"""A size is kept whose factor a layer differs from one, in theory, by less."""


def _trend(factor: float) -> str:
    """What a factor a layer makes of a size."""
    if abs(factor - 1) < STEADY:
        return "kept"
    return "fades" if factor < 1 else "grows"


def _share(sizes: np.ndarray) -> Fact:
    """What is left at the end of what there was after the first layer."""
    share = float(sizes[-1] / sizes[0]) if sizes[0] > 0 else 0.0
    return share if np.isfinite(share) else None


def _factor(factor: float) -> Fact:
    return float(factor) if np.isfinite(factor) else None


EXHIBITS["first-breath"] = PageExhibit(
    page="initialisation",
    preset=FirstBreath(),
    known={
        "signal": lambda s: _trend(s.predicted().forward_factor),
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
