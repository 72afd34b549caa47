"""Random search for a good setting: one budget spent on a linear and on a logarithmic scale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from playground.clipping import Clipping, NoClipping
from playground.language import mark
from playground.optimizers import Optimizer
from playground.schedules import Constant, Schedule
from playground.simulation.ends import finish
from playground.surfaces import Surface

SCALES = (mark("linear"), mark("log"))
SCANNED, REPEATS = 2000, 200
"""Learning rates of a scan, and times that a budget is spent."""
LOW, HIGH = 1e-6, 10.0
"""The range of the lecture notes: 10 ** uniform(-6, 1)."""


def random_values(scale: str, low: float, high: float, shape: Any, seed: int = 0) -> np.ndarray:
    """Random values in [low, high]: even in the value (`linear`) or in its logarithm (`log`).

    ``10 ** uniform(-6, 1)`` of the lecture notes is ``random_values("log", 1e-6, 10, ...)``.
    """
    u = np.random.default_rng(seed).uniform(size=shape)
    return low * (high / low) ** u if _checked(scale) == "log" else low + (high - low) * u


def chance(band: tuple[float, float], low: float, high: float, scale: str) -> float:
    """Probability that one draw from [low, high] falls into the band inside it.

    linear: (b − a)/(high − low);  log: log(b/a)/log(high/low).
    """
    a, b = max(band[0], low), min(band[1], high)
    if b <= a:
        return 0.0
    return float(
        np.log(b / a) / np.log(high / low) if _checked(scale) == "log" else (b - a) / (high - low)
    )


def at_least_one(chance: float, trials: int) -> float:
    """Probability of at least one hit in a number of independent trials, 1 − (1 − p)ⁿ."""
    return 1 - (1 - chance) ** trials


def _checked(scale: str) -> str:
    if scale not in SCALES:
        raise ValueError(f"scale must be one of {', '.join(SCALES)}; got {scale!r}.")
    return scale


@dataclass(frozen=True, eq=False)
class Scan:
    """One descent per value of a parameter, spread evenly over its logarithm."""

    values: np.ndarray  # (n,)
    good: np.ndarray  # (n,): whether the loss came down to the target

    @property
    def band(self) -> tuple[float, float]:
        """The widest stretch of good values, from first to last."""
        edges = np.flatnonzero(np.diff(np.concatenate([[0], self.good.astype(int), [0]])))
        if not len(edges):
            return np.nan, np.nan
        first, after = edges[::2], edges[1::2]
        widest = int(np.argmax(after - first))
        return float(self.values[first[widest]]), float(self.values[after[widest] - 1])


@dataclass(frozen=True, eq=False)
class RepeatedSearch:
    """The same budget of trials, spent many times over."""

    scale: str
    values: np.ndarray  # (repeats, trials)
    good: np.ndarray  # (repeats, trials)

    @property
    def found_rate(self) -> float:
        """Share of budgets with at least one hit: measures `at_least_one`."""
        return float(self.good.any(axis=1).mean())


def scan_rates(
    surface: Surface,
    optimizer: Optimizer,
    target: float,
    steps: int = 200,
    schedule: Schedule = Constant(),
    count: int = SCANNED,
    start: Any = None,
    clip: Clipping = NoClipping(),
) -> Scan:
    """Which learning rates, even on a log scale, bring the loss down to `target` in time."""
    values = np.geomspace(LOW, HIGH, count)
    ends = finish(
        surface, optimizer.replace(lr=values), start, steps, schedule, target=target, clip=clip
    )
    return Scan(values, np.isfinite(ends.steps))


def spend(
    surface: Surface,
    optimizer: Optimizer,
    scale: str,
    target: float,
    steps: int = 200,
    schedule: Schedule = Constant(),
    trials: int = 10,
    repeats: int = REPEATS,
    seed: int = 0,
    start: Any = None,
    clip: Clipping = NoClipping(),
) -> RepeatedSearch:
    """Draw `trials` learning rates, `repeats` times; good ones bring the loss down to `target`.

    Idea: a quantity that acts by its factor (a learning rate, a penalty) has as much room between
    0.001 and 0.01 as between 1 and 10, and a linear draw spends 99.9 % of its trials above 0.01.
    Source: Bergstra & Bengio 2012; CS231n notes 3.
    """
    values = random_values(scale, LOW, HIGH, (repeats, trials), seed)
    ends = finish(
        surface, optimizer.replace(lr=values), start, steps, schedule, target=target, clip=clip
    )
    return RepeatedSearch(scale, values, np.isfinite(ends.steps))


def hit_chance(scan: Scan, scale: str) -> float:
    """Probability that one draw on this scale is good, integrated over the scan.

    A scan that is even in log(value) counts every value once for a logarithmic draw; a linear
    draw has the density d(value) = value · d log(value).
    """
    weight = np.ones_like(scan.values) if scale == "log" else scan.values
    return float(weight[scan.good].sum() / weight.sum())
