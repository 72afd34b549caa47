"""Whether a ball with inertia stops at the minimum, passes it, goes on ringing, or leaves."""

from __future__ import annotations

from playground.simulation import Run
from playground.topics.course.exhibits.races import OF_RUN, of_run

FAR = 10
"""A run ends far away that ends so many times as far as it began."""


@of_run
def _passing(run: Run) -> str:
    if run.finite <= run.steps or not OF_RUN["distance"](run) < FAR * abs(run.x[0]).max():
        return "leaves"
    if not OF_RUN["crossings"](run):
        return "stops"
    return "rings" if OF_RUN["arrived"](run) is None else "passes"
