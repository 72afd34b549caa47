"""The computations of the maps: one batched simulation each, remembered for all visitors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np

from playground.clipping import Clipping, NoClipping
from playground.language import tr
from playground.optimizers import Optimizer
from playground.schedules import Constant, Schedule
from playground.shelf import SHELF, remembered
from playground.surfaces import Surface
from playground.topics.maps.basins import Basins, basins
from playground.topics.maps.search import SCALES, RepeatedSearch, Scan, scan_rates, spend
from playground.topics.maps.settings import BasinMap, HyperparameterMap
from playground.topics.maps.sweep import Sweep, sweep
from playground.topics.maps.verdicts import verdicts
from playground.ui.progress import progress_bar
from playground.words import count

Result = TypeVar("Result")


def _watched(key: Any, words: str, make: Callable[[Callable[[float], None]], Result]) -> Result:
    """A result from the shelf, or made now under a progress bar.

    Every report of progress is a place where Streamlit stops the run if the visitor has changed
    something meanwhile; then nothing is kept.
    """
    with progress_bar() as tell:
        return SHELF.get(
            key, lambda: make(lambda share: tell(share, words)), waiting=lambda: tell(0.0, words)
        )


def measured_sweep(s: HyperparameterMap) -> Sweep:
    """The map of these settings."""
    x, y = s.rulers()
    cell = {"lr": x.values[0], s.second: y.values[0]}  # moving the crosshair keeps the map
    key = s.replace(
        trials=1, seed=0, colour="steps", other=s.second, optimizer=s.optimizer.replace(**cell)
    )
    return _watched(
        (sweep, key),
        tr("{} descents …", count(x.values.size * y.values.size)),
        lambda progress: sweep(
            s.surface,
            s.optimizer,
            "lr",
            x.values,
            s.second,
            y.values,
            steps=s.steps,
            schedule=s.schedule,
            tolerance=s.tolerance,
            progress=progress,
            clip=s.clip,
        ),
    )


def outcomes_of(
    surface: Surface,
    optimizer: Optimizer,
    start: np.ndarray | None,
    steps: int,
    schedule: Schedule = Constant(),
    clip: Clipping = NoClipping(),
) -> np.ndarray:
    """The outcome of every descent of a batch, an index into `OUTCOMES`."""
    starts = None if start is None else (start.shape, start.tobytes())
    key = surface, optimizer, starts, steps, schedule, clip
    return _watched(
        (verdicts, *key),
        tr("The diagnosis of every cell …"),
        lambda progress: verdicts(surface, optimizer, start, steps, schedule, progress, clip),
    )


def judged_sweep(s: HyperparameterMap, measured: Sweep) -> np.ndarray | None:
    """The outcome of every cell; None where none is asked for."""
    if s.colour == "steps":
        return None
    batch = {"lr": measured.x_values, s.second: measured.y_values[:, None]}
    optimizer = s.optimizer.replace(**batch)
    return outcomes_of(s.surface, optimizer, None, s.steps, s.schedule, s.clip)


def judged_basins(s: BasinMap, optimizer: Optimizer) -> np.ndarray | None:
    """The outcome from every start; None where none is asked for."""
    if s.colour == "minimum":
        return None
    starts = np.array(np.meshgrid(*s.starts()))
    return outcomes_of(s.surface, optimizer, starts, s.steps, clip=s.clip)


def this_run(s: HyperparameterMap) -> Sweep:
    """The map of one cell: the current pair."""
    return _one_cell(s.surface, s.optimizer, s.second, s.steps, s.schedule, s.tolerance, s.clip)


@remembered
def _one_cell(
    surface: Surface,
    optimizer: Optimizer,
    second: str,
    steps: int,
    schedule: Schedule,
    tolerance: float,
    clip: Clipping,
) -> Sweep:
    return sweep(
        surface,
        optimizer,
        "lr",
        [optimizer.lr],
        second,
        [getattr(optimizer, second)],
        steps=steps,
        schedule=schedule,
        tolerance=tolerance,
        clip=clip,
    )


def measured_search(s: HyperparameterMap, target: float) -> tuple[Scan, list[RepeatedSearch]]:
    """Which learning rates are good, and the budget spent on a log and on a linear scale."""

    def make(progress: Callable[[float], None]) -> tuple[Scan, list[RepeatedSearch]]:
        spent = []
        for done, scale in enumerate(SCALES[::-1]):  # the good one first
            progress(done / len(SCALES))
            spent.append(
                spend(
                    s.surface,
                    s.optimizer,
                    scale,
                    target,
                    s.steps,
                    s.schedule,
                    s.trials,
                    seed=s.seed,
                    clip=s.clip,
                )
            )
        return scan_rates(s.surface, s.optimizer, target, s.steps, s.schedule, clip=s.clip), spent

    key = s.replace(optimizer=s.optimizer.replace(lr=1.0), cells=2, colour="steps", other="")
    return _watched((spend, key), tr("Random trials …"), make)


def measured_basins(s: BasinMap, optimizer: Optimizer) -> Basins:
    """The basins of one of the optimizers."""
    x, y = s.starts()
    key = s.surface, optimizer, s.steps, s.cells, s.clip
    words = tr("{} descents with {} …", count(x.size * y.size), optimizer.label())
    return _watched(
        (basins, *key),
        words,
        lambda progress: basins(
            s.surface, optimizer, x, y, s.steps, progress=progress, clip=s.clip
        ),
    )
