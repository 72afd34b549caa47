"""Two inputs of very different size, transformed before gradient descent, as an exhibit."""

from __future__ import annotations

import math

from playground.topics.course.exhibits.exhibit import EXHIBITS, PageExhibit
from playground.topics.normalisation import figures, words
from playground.topics.normalisation.settings import SHARE, Scales, descents

FEW = 10
"""Updates up to which a descent arrives soon."""


def _needed(s: Scales) -> int | None:
    """Updates until `SHARE` of the excess loss at the start is left; None if it never is."""
    problem = s.problem()
    needed = problem.steps(SHARE, s.lr(problem))
    return int(needed) if math.isfinite(needed) else None


def _pace(s: Scales) -> str:
    """Whether it arrives ``soon``, ``later`` within its updates, ``crawls``, or ``leaves``."""
    problem = s.problem()
    if s.lr(problem) >= problem.largest_lr:
        return "leaves"
    needed = _needed(s)
    if needed is None or needed > s.steps:
        return "crawls"
    return "soon" if needed <= FEW else "later"


def _left(s: Scales) -> float | None:
    """Share of the excess loss at the start that is left in the end."""
    excess = s.ran(s.problem()).excess
    share = float(excess[-1] / excess[0])
    return share if math.isfinite(share) else None


EXHIBITS["normalised"] = PageExhibit(
    page="normalisation",
    preset=Scales(steps=200),
    known={
        "pace": _pace,
        "needed": _needed,
        "kappa": lambda s: s.problem().kappa,
        "left": _left,
    },
    found=lambda s: [words.verdict(s, descents(s)[0])],
    drawn=lambda s: [
        figures.weight_space(s.problem(), s.ran(s.problem())),
        figures.descents(descents(s)[:1], SHARE),  # the others would answer what is asked,
    ],
)
