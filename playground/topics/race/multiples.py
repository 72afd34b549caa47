"""The descents of a runner at several values of one number: one batch, judged as every run is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from playground.diagnosis import OUTCOMES, diagnose, outcomes
from playground.diagnosis.outcome import Outcome, Standing
from playground.figures.ground import draw_surface
from playground.figures.theme import RUNNERS
from playground.language import tr
from playground.player import Ending, Fan, Mark, Multiples, SurfaceMap
from playground.shelf import remembered
from playground.simulation import Run
from playground.surfaces import Surface
from playground.topics.race import fan
from playground.topics.race.race import Race, Runner
from playground.topics.race.vary import (
    START,
    SURFACE,
    Varied,
    every_number,
    tried_values,
    with_number,
    with_value,
)
from playground.words import setting

COARSE = 80
"""Samples along a side of a small ground that is drawn for itself."""


def at_several_values(race: Race, varied: Varied, ground: SurfaceMap) -> Multiples:
    """The small maps of a runner; `ground` is that of the race."""
    runner = dict(race.entries())[varied.slot]
    alone = replace(race, runners=(None,) * len(race.runners), vary="")
    return _multiples(alone.with_runner(varied.slot, runner), varied.name, ground)


@remembered
def _multiples(race: Race, name: str, ground: SurfaceMap) -> Multiples:
    varied = every_number(race)[name]
    runner = dict(race.entries())[varied.slot]
    tried = tried_values(race, varied)
    runs, endings = judged_runs(race, varied, tried)
    own = varied.part == SURFACE
    return Multiples(
        fan_of_runs(tried, runs, endings),
        [f"{varied.p.short} {setting(value)}" for value in tried],
        [small_ground(run.surface) for run in runs] if own else [ground],
        [RUNNERS[varied.slot].colour],
        tr("{} at several values of {}", runner.name, varied.p.words),
        now=tried.index(varied.value),
        of=varied.name,
    )


@remembered
def runs_in_place(race: Race) -> Multiples:
    """The runs of a race on a small map each, with their verdicts in one line."""
    runs = list(race.runs().values())
    endings = [fan.brief(diagnose(run)) for run in runs]
    return Multiples(
        fan_of_runs(range(len(runs)), runs, endings),
        [runner.name for _, runner in race.entries()],
        [small_ground(race.surface)],
        [RUNNERS[slot].colour for slot, _ in race.entries()],
        tr("What the cell stands for"),
        told=True,
    )


def judged_runs(race: Race, varied: Varied, tried: Sequence[Any]) -> tuple[list[Run], list[Ending]]:
    """The run at each value, and how it ends.

    All are one batch, but for those on several surfaces, since what is known of a surface is known
    of one.
    """
    runner = dict(race.entries())[varied.slot]
    if varied.part == SURFACE:
        runs = [with_value(race, varied, value).run(runner) for value in tried]
        places = [int(outcomes(run)) for run in runs]
    else:
        batch = _swept(race, runner, varied, np.asarray(tried))
        runs, places = [batch[lane] for lane in range(len(tried))], outcomes(batch).tolist()
    return runs, [_ending(run, OUTCOMES[i]) for run, i in zip(runs, places, strict=True)]


def _ending(run: Run, outcome: Outcome) -> Ending:
    """How a run ends: of all that left a batch says that they diverged, also where they may."""
    left = outcome.standing is Standing.LOST
    return fan.ending(diagnose(run).outcome if left else outcome)


def _swept(race: Race, runner: Runner, varied: Varied, tried: np.ndarray) -> Run:
    if varied.part == START:
        start = with_number(race, varied, tried)
        return race.sweep(runner, np.stack(np.broadcast_arrays(start.x, start.y)))
    changed = with_value(race, varied, tried)
    return changed.sweep(dict(changed.entries())[varied.slot])


def fan_of_runs(tried: Sequence[float], runs: Sequence[Run], endings: Sequence[Ending]) -> Fan:
    """The fan whose lanes are these runs, of one length and in one window."""
    surface = runs[0].surface
    loss = [fan.drawn_loss(run) for run in runs]
    hot = [fan.unstable(fan.gauge_share(run)) for run in runs]
    return Fan(
        "",
        surface.span,
        np.asarray(tried, dtype=float),
        np.stack([run.x for run in runs], axis=-1),
        np.stack(loss, axis=-1),
        all(fan.bounded(run.surface) for run in runs),
        np.stack(hot, axis=-1),
        endings,
    )


@remembered
def small_ground(surface: Surface) -> SurfaceMap:
    """The ground of a surface that is shown on a small map alone."""
    drawn = draw_surface(surface, size=COARSE)
    marks = [Mark(*point, "minimum") for point in surface.minima()]
    return SurfaceMap(drawn.window, drawn.picture, drawn.levels, marks)
