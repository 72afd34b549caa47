"""Two losses on one softmax, as an exhibit."""

from __future__ import annotations

import math

from playground.topics.course.exhibits.exhibit import EXHIBITS, PageExhibit
from playground.topics.losses import figures, words
from playground.topics.losses.settings import CROSS, SQUARED, LogitLosses


def _needed(s: LogitLosses, loss: str) -> int | None:
    """Updates until the answer is right; None if it never is."""
    steps = s.ways()[loss].steps
    return int(steps) if math.isfinite(steps) else None


def _waited(s: LogitLosses, loss: str) -> int | None:
    """All updates, if the answer is not right after them."""
    return s.steps if _needed(s, loss) is None else None


def _sooner(s: LogitLosses) -> str:
    """Which loss has the right answer first: ``cross``, ``squared``, ``alike`` or ``neither``."""
    cross, squared = (s.ways()[loss].steps for loss in (CROSS, SQUARED))
    if math.isnan(cross) and math.isnan(squared):
        return "neither"
    if cross == squared:
        return "alike"
    return "squared" if math.isnan(cross) or squared < cross else "cross"


EXHIBITS["losses"] = PageExhibit(
    page="losses",
    preset=LogitLosses(),
    known={
        "sooner": _sooner,
        "cross_steps": lambda s: _needed(s, CROSS),
        "squared_steps": lambda s: _needed(s, SQUARED),
        "cross_waited": lambda s: _waited(s, CROSS),
        "squared_waited": lambda s: _waited(s, SQUARED),
        "cross_slope": lambda s: s.ways()[CROSS].gradient,
        "squared_slope": lambda s: s.ways()[SQUARED].gradient,
    },
    found=lambda s: [words.verdict(s)],
    drawn=lambda s: [
        figures.profiles(s.wrong),
        figures.logit_plane(CROSS, s.path(CROSS)),
        figures.logit_plane(SQUARED, s.path(SQUARED)),
    ],
)
