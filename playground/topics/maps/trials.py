"""Spending a budget of learning rates on a linear and on a logarithmic scale, on any surface."""

from __future__ import annotations

from typing import Any

import numpy as np

from playground.optimizers import Optimizer
from playground.schedules import Constant, Schedule
from playground.simulation.ends import finish
from playground.surfaces import Surface
from playground.topics.maps.search import Scan, Search, draw

LOW, HIGH = 1e-6, 10.0
"""The range of the lecture notes: 10 ** uniform(-6, 1)."""


def scan_rates(
    surface: Surface,
    optimizer: Optimizer,
    target: float,
    steps: int = 200,
    schedule: Schedule = Constant(),
    count: int = 2000,
    start: Any = None,
) -> Scan:
    """Which learning rates, even on a log scale, bring the loss down to `target` in time."""
    values = np.geomspace(LOW, HIGH, count)
    ends = finish(surface, optimizer.replace(lr=values), start, steps, schedule, target=target)
    return Scan(values, ends.f, np.isfinite(ends.steps), target)


def spend(
    surface: Surface,
    optimizer: Optimizer,
    scale: str,
    target: float,
    steps: int = 200,
    schedule: Schedule = Constant(),
    trials: int = 10,
    repeats: int = 200,
    seed: int = 0,
    start: Any = None,
) -> Search:
    """Draw `trials` learning rates, `repeats` times; good ones bring the loss down to `target`."""
    values = draw(scale, LOW, HIGH, (repeats, trials), seed)
    ends = finish(surface, optimizer.replace(lr=values), start, steps, schedule, target=target)
    return Search(scale, values, ends.f, np.isfinite(ends.steps))


def hit_chance(scan: Scan, scale: str) -> float:
    """Probability that one draw on this scale is good, integrated over the scan.

    A scan that is even in log(value) counts every value once for a logarithmic draw; a linear
    draw has the density d(value) = value · d log(value).
    """
    weight = np.ones_like(scan.values) if scale == "log" else scan.values
    return float(weight[scan.good].sum() / weight.sum())
