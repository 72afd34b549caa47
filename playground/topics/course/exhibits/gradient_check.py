"""Difference quotients and what they are good for, as an exhibit."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from playground.topics.course.exhibits.exhibit import EXHIBITS, AsChosen, PageExhibit
from playground.topics.gradient_check import figures, words
from playground.topics.gradient_check.settings import Curves, GradientCheck, curves

TINY = 1e-12
"""A step far below the best of every method that subtracts."""
BEND = 0.01, 0.1
"""Steps between which the bend of the curve decides in every precision."""
UNSPOILT = 10
"""Times its least error that the smallest step may cost where rounding spoils nothing."""


def _chosen(s: GradientCheck) -> Curves:
    """Only the curve of the method and precision that are set, and the theory.

    Raises `ValueError` where f has no slope.
    """
    found = curves(s)
    if found is None:
        raise ValueError("nothing is relative to a slope of 0.")
    every, theory = found
    pair = s.method, s.precision
    return [c for c in every if (c.method, c.precision) == pair], theory


def _error_at(s: GradientCheck, h: float) -> float:
    """The relative error with the step of the ladder that is nearest to h."""
    ((curve,), _) = _chosen(s)
    return float(curve.error[np.argmin(np.abs(np.log(curve.h / h)))])


def _best_step(s: GradientCheck) -> str:
    """Where the best step is: the smallest of all, or after half or a third of the digits.

    What rounding costs grows as 1/h, what the bend costs falls as h or h²: they meet at h² = ε or
    at h³ = ε.
    """
    ((curve,), _) = _chosen(s)
    if curve.error[0] <= UNSPOILT * curve.best_error:
        return "smallest"
    near, far = (_error_at(s, h) for h in BEND)
    order = math.log(far / near) / math.log(BEND[1] / BEND[0])
    return "half" if order < 1.5 else "third"


def _without_penalty(s: GradientCheck) -> float:
    """How far the reported gradient is from the right one where λ is 0."""
    return s.replace(regulariser=0.0).examined(s.bug).truth


def _drawn(s: GradientCheck) -> list[dict[str, Any]]:
    best = math.nan if _best_step(s) == "smallest" else _chosen(s)[0][0].best_h
    return [figures.u_curve(*_chosen(s), s.precision, best)]


EXHIBITS["gradient-check"] = PageExhibit(
    page="gradient_check",
    preset=GradientCheck(),
    known={
        "digits": lambda s: round(-math.log10(np.finfo(s.precision).eps)),
        "best_step": _best_step,
        "best": lambda s: AsChosen(_chosen(s)[0][0].best_h),
        "best_error": lambda s: _chosen(s)[0][0].best_error,
        "tiny": lambda s: AsChosen(TINY),
        "tiny_error": lambda s: _error_at(s, TINY),
        "verdict": lambda s: s.examined(s.bug).verdict,
        "reported": lambda s: s.examined(s.bug).check.error,
        "alone": _without_penalty,
        "alarm": lambda s: AsChosen(s.alarm),
    },
    found=lambda s: [words.verdict(s, s.examined(s.bug))],
    drawn=_drawn,
)
