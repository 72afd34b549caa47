"""What a single step does to the loss, and how long the best one would be."""

from __future__ import annotations

from playground.simulation import Run
from playground.topics.course.exhibits.races import of_run


def _curvature(run: Run) -> float | None:
    g = run.gradient[0]
    return float(g @ run.surface.hessian(run.x[0]) @ g / (g @ g)) if g.any() else None


def _best(run: Run) -> float | None:
    curvature = _curvature(run)
    return 1 / curvature if curvature is not None and curvature > 0 else None


@of_run
def _curvature_along(run: Run) -> float | None:
    """Curvature at the start along the gradient; None where the slope is zero."""
    return _curvature(run)


@of_run
def _best_rate(run: Run) -> float | None:
    """The learning rate of the step that lowers the loss most, exact on a quadratic surface.

    None where no step does, or where the ground curves down and none is the longest.
    """
    return _best(run)


@of_run
def _break_even(run: Run) -> float | None:
    """The learning rate beyond which the first step raises the loss, exact on a quadratic."""
    best = _best(run)
    return None if best is None else 2 * best


def _left(run: Run) -> float:
    return float(run.f[1] / run.f[0]) if run.f[0] else 1.0


@of_run
def _fallen(run: Run) -> float | None:
    """Share of the loss that the first step leaves, if it lowers it."""
    left = _left(run)
    return left if left < 1 else None


@of_run
def _risen(run: Run) -> float | None:
    """How many times the loss is what it was before the first step, if that raises it."""
    left = _left(run)
    return left if left > 1 else None
