"""Whether a ball with inertia stops at the minimum, passes it, or leaves."""

from __future__ import annotations

from playground.simulation import Run
from playground.topics.course.exhibits.races import crossings, distance, of_run

FAR = 10
"""A run ends far away that ends so many times as far as it began."""


@of_run
def passing(run: Run) -> str:
    if run.finite <= run.steps or not distance(run) < FAR * abs(run.x[0]).max():
        return "leaves"
    return "passes" if crossings(run) else "stops"
