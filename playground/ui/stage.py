"""From a race to what the player shows: the ground, one track a runner, and the linked charts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

import numpy as np

from playground.figures.ground import draw_surface
from playground.figures.theme import RUNNERS
from playground.player import Chart, Ground, Mark, Series, Track
from playground.race import Race
from playground.simulation import Run
from playground.surfaces import Surface

MARKS = 250
"""Critical points the map shows at most, the lowest first."""


@lru_cache(maxsize=64)
def ground(surface: Surface) -> Ground:
    """The map of a surface with its critical points."""
    drawn = draw_surface(surface)
    points = surface.critical_points()
    isolated = [point for point in points if point.kind != "degenerate"]
    # The floor of a valley is a curve of degenerate points, which the level lines show better.
    shown = points if len(points) - len(isolated) <= 4 else isolated
    marks = [Mark(*point, point.kind) for point in shown[:MARKS]]
    return Ground(drawn.window, drawn.picture, drawn.levels, marks)


def tracks(race: Race, runs: Mapping[str, Run]) -> list[Track]:
    """One track a runner, in the colour of its slot."""
    return [
        Track(
            runner.name,
            RUNNERS[slot].colour,
            runs[slot].x,
            dash=RUNNERS[slot].dash,
            stop=runs[slot].finite - 1 if runs[slot].finite <= runs[slot].steps else None,
        )
        for slot, runner in race.entries()
    ]


def charts(race: Race, runs: Mapping[str, Run]) -> list[Chart]:
    """Loss, gradient norm and effective rate per parameter, over the step."""
    runs = {slot: runs[slot] for slot, _ in race.entries()}
    floor = lowest(race.surface)
    if np.isfinite(floor):
        title, hint = "Excess loss", f"loss above the lowest minimum, f − {floor:.6g}"
    else:
        title, hint = "Loss", "f(x, y)"

    def chart(title: str, hint: str, log: bool, value: Callable[[Run], np.ndarray]) -> Chart:
        with np.errstate(all="ignore"):
            series = [Series(value(run), i) for i, run in enumerate(runs.values())]
        return Chart(title, series, log=log, hint=hint)

    bounded = bool(np.isfinite(floor))
    return [
        chart(title, hint, bounded, lambda run: run.f - floor if bounded else run.f),
        chart("Gradient norm", "|∇f|, log axis", True, lambda r: np.hypot(*r.gradient.T)),
        chart("Effective rate of x", "what multiplies the direction, log axis", True,
              lambda run: run.effective_lr[:, 0]),
        chart("Effective rate of y", "what multiplies the direction, log axis", True,
              lambda run: run.effective_lr[:, 1]),
    ]  # fmt: skip


def lowest(surface: Surface) -> float:
    """The height of the lowest minimum, NaN where there is none."""
    minima = surface.minima()
    return minima[0].f if minima else float("nan")
