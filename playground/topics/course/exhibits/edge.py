"""Whether a valley that narrows lets a descent through, holds it at its limit, or throws it out."""

from __future__ import annotations

import numpy as np

from playground import theory
from playground.simulation import Run
from playground.topics.course.exhibits.races import OF_RUN, of_run
from playground.topics.race import diagnosis

BELOW, ABOVE = 0.925, 1.125
"""Times the limit, between which η·λ hovers (syllabus, section 9: 1.85 and 2.25 of plain descent).
"""


def _gauges(run: Run) -> np.ndarray:
    """The largest η·λ before every update of the second half."""
    gauges: np.ndarray = theory.sharpness(run)[run.steps // 2 : run.finite]
    return gauges


def _limit_of(run: Run) -> float:
    return float(theory.stability_limit(run.optimizer, run.surface, run.x[run.finite - 1]))


@of_run
def _narrowing(run: Run) -> str:
    """How a valley with steepening walls is left: ``leaves``, ``arrives``, ``hovers``, ``short``.

    It hovers if the larger η·λ is at the limit, and passes it, while the loss rises now and then.
    """
    if diagnosis(run).outcome.name == "diverged":
        return "leaves"
    if run.surface.minima() and OF_RUN["arrived"](run) is not None:
        return "arrives"
    late = _gauges(run)
    near = BELOW < np.median(late) / _limit_of(run) < ABOVE
    rises = np.any(np.diff(run.f[run.steps // 2 : run.finite]) > 0)
    return "hovers" if near and rises and late.max() > _limit_of(run) else "short"


@of_run
def _gauge(run: Run) -> float | None:
    """Median of η·λ over the second half."""
    late = _gauges(run)
    return float(np.median(late)) if late.size and np.isfinite(late).all() else None


@of_run
def _first_gauge(run: Run) -> float:
    """The largest η·λ at the start."""
    return float(theory.sharpness(run)[0])


@of_run
def _rises(run: Run) -> int:
    """How many updates made the loss larger."""
    return int(np.count_nonzero(np.diff(run.f[: run.finite]) > 0))


@of_run
def _highest(run: Run) -> float:
    """The largest loss on the way."""
    return float(run.f[: run.finite].max())


@of_run
def _sharp_first(run: Run) -> float:
    """The largest curvature where it starts."""
    return float(theory.modes(run.surface, run.x[0]).eigenvalues[-1])


@of_run
def _sharp_last(run: Run) -> float:
    """The largest curvature where it ends."""
    return float(theory.modes(run.surface, run.x[run.finite - 1]).eigenvalues[-1])


@of_run
def _thrown(run: Run) -> str:
    """Whether it ``leaves``, is thrown to ``flatter`` ground by a rise, or just ``settles``."""
    if diagnosis(run).outcome.name == "diverged":
        return "leaves"
    flatter = OF_RUN["sharp_last"](run) < OF_RUN["sharp_first"](run)  # type: ignore[operator]
    return "flatter" if flatter and OF_RUN["rises"](run) else "settles"


@of_run
def _fits(run: Run) -> float:
    """The curvature up to which its step is not too long."""
    return _limit_of(run) / float(run.optimizer.values()["lr"])
