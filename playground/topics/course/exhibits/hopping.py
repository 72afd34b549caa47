"""Whether y hops to and fro at the end of a run."""

from __future__ import annotations

import numpy as np

from playground.simulation import Run
from playground.topics.course.exhibits.races import OF_RUN, of_run

AT_REST = 0.05
"""Learning rates to either side below which nothing hops."""
MOST = 0.6
"""Share of the steps that turn back in a hop to and fro."""


@of_run
def _hopping(run: Run) -> str | None:
    """What y does over the last fifth: ``rests``, ``hops`` to and fro, or ``travels``.

    None of a run too short to turn back.
    """
    width = OF_RUN["half_width"](run)
    if isinstance(width, float) and width < AT_REST:
        return "rests"
    step = np.diff(run.x[-max(run.steps // 5, 3) :, 1])
    if len(step) < 2:
        return None
    turns = float(np.mean(step[1:] * step[:-1] < 0))
    return "hops" if turns > MOST else "travels"
