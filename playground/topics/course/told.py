"""What a lesson says after a run: whether the prediction was right, and why, in this run."""

from __future__ import annotations

from typing import NamedTuple

from playground.language import tr
from playground.topics.course.asking import RIGHT
from playground.topics.course.lesson import filled
from playground.topics.course.visit import Visit

MISTAKEN = "not "
"""What begins the key of what is said of a wrong expectation."""


class Told(NamedTuple):
    """What is said of a prediction."""

    right: bool
    said: str
    """What was predicted."""
    so: str
    """What is so."""
    why: list[str]
    """Why it is so, and what speaks against what was expected."""
    varied: str
    """What is so in the visitor's own variation; empty if nothing was changed."""


def explained(visit: Visit) -> Told:
    """What is said once something was predicted and run.

    Whether the prediction was right is measured in the run it was made for; why, in the run that
    is shown.
    """
    lesson, asking = visit.about, visit.about.asking
    asked = lesson.facts(lesson.run_of(visit.guess))
    shown = lesson.facts(visit.run)
    right = asking.relation(visit.guess, asked) == RIGHT
    stories = lesson.stories
    keys = [asking.key(visit.guess, shown)]
    if not (right or visit.changed):  # a mistake is told of the run it was made for, of no other
        keys += [f"{MISTAKEN}{visit.guess}", f"{MISTAKEN}{RIGHT}"]
    why = [said for key in keys if (said := filled(stories.get(key, ""), shown))]
    varied = asking.answer(shown) if visit.changed else ""
    if visit.changed and not varied:
        varied = tr("None of these: see below what was found.")
    return Told(right, asking.said(visit.guess), filled(asking.answer(asked), asked), why, varied)
