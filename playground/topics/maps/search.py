"""Random search for a good setting: one budget spent on a linear and on a logarithmic scale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from playground.optimizers import Optimizer
from playground.simulation.ends import finish
from playground.surfaces import Surface

SCALES = ("linear", "log")


def draw(scale: str, low: float, high: float, shape: Any, seed: int = 0) -> np.ndarray:
    """Random values in [low, high]: even in the value (`linear`) or in its logarithm (`log`).

    ``10 ** uniform(-6, 1)`` of the lecture notes is ``draw("log", 1e-6, 10, ...)``.
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
    loss: np.ndarray  # (n,): at arrival, else after all steps; not finite where diverged
    good: np.ndarray  # (n,): whether the loss came down to the wanted share of the start's
    wanted: float

    @property
    def band(self) -> tuple[float, float]:
        """The widest stretch of good values, from first to last."""
        edges = np.flatnonzero(np.diff(np.concatenate([[0], self.good.astype(int), [0]])))
        if not len(edges):
            return np.nan, np.nan
        first, after = edges[::2], edges[1::2]
        widest = int(np.argmax(after - first))
        return float(self.values[first[widest]]), float(self.values[after[widest] - 1])


def scan(
    surface: Surface,
    optimizer: Optimizer,
    name: str = "lr",
    low: float = 1e-6,
    high: float = 10.0,
    share: float = 0.05,
    steps: int = 200,
    count: int = 4000,
    start: Any = None,
) -> Scan:
    """Which values of a parameter bring the loss below `share` of the start's within the steps."""
    values = np.geomspace(low, high, count)
    begin = np.asarray(surface.start if start is None else start, dtype=float)
    wanted = share * float(surface(begin))
    ends = finish(surface, optimizer.replace(**{name: values}), begin, steps, target=wanted)
    return Scan(values, ends.f, np.isfinite(ends.steps), wanted)


@dataclass(frozen=True, eq=False)
class Search:
    """The same budget of trials, spent many times over."""

    scale: str
    values: np.ndarray  # (repeats, trials)
    loss: np.ndarray  # (repeats, trials)
    good: np.ndarray  # (repeats, trials)

    @property
    def hit_rate(self) -> float:
        """Share of all trials that hit a good value: measures `chance`."""
        return float(self.good.mean())

    @property
    def found_rate(self) -> float:
        """Share of budgets with at least one hit: measures `at_least_one`."""
        return float(self.good.any(axis=1).mean())

    @property
    def best(self) -> np.ndarray:
        """Lowest loss of each budget, ``(repeats,)``; inf where every trial diverged."""
        return np.where(np.isfinite(self.loss), self.loss, np.inf).min(axis=1)


def search(
    surface: Surface,
    optimizer: Optimizer,
    scale: str,
    name: str = "lr",
    low: float = 1e-6,
    high: float = 10.0,
    trials: int = 10,
    repeats: int = 1000,
    share: float = 0.05,
    steps: int = 200,
    seed: int = 0,
    start: Any = None,
) -> Search:
    """Spend `trials` random values of a parameter `repeats` times; a trial is good as in `scan`.

    Idea: a quantity that acts by its factor (a learning rate, a penalty) has as much room between
    0.001 and 0.01 as between 1 and 10, and a linear draw spends 99.9 % of its trials above 0.01.
    Source: Bergstra & Bengio 2012; CS231n notes 3.
    """
    values = draw(scale, low, high, (repeats, trials), seed)
    begin = np.asarray(surface.start if start is None else start, dtype=float)
    target = share * float(surface(begin))
    ends = finish(surface, optimizer.replace(**{name: values}), begin, steps, target=target)
    return Search(scale, values, ends.f, np.isfinite(ends.steps))
