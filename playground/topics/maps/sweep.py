"""`sweep(...) -> Sweep`: the map of two parameters of an optimizer, one descent per cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from playground.clipping import Clipping, NoClipping
from playground.kinds import REAL, Param
from playground.language import mark
from playground.optimizers import Optimizer
from playground.optimizers.parameters import spaced_values
from playground.schedules import Constant, Schedule
from playground.simulation.descend import descend
from playground.simulation.ends import finish
from playground.simulation.problem import Problem
from playground.surfaces import Surface

HIGHER = mark("ended higher")
OUTCOMES = ("arrived", "on the way", HIGHER)
"""What became of a cell, in the order of `Sweep.outcome`."""
FIRST, MOST = 200, 5000
"""Descents that are followed to the end at once: of the fastest, and at most of the others."""


@dataclass(frozen=True)
class Settled:
    """The pair that is first within the tolerance to stay, and the step from which on it is."""

    x: float
    y: float
    step: int


@dataclass(frozen=True, eq=False)
class Sweep:
    """What became of every pair of parameter values; row i, column j is ``(y[i], x[j])``."""

    x: str
    y: str
    x_values: np.ndarray  # (nx,)
    y_values: np.ndarray  # (ny,)
    steps_to: np.ndarray
    """Updates until the loss first was at most the target, ``(ny, nx)``; NaN where it never was."""
    final_loss: np.ndarray
    """Loss at that moment, else after all steps, ``(ny, nx)``; not finite where numbers ended."""
    target: float
    """lowest + tolerance · (start − lowest); −inf on a surface without a minimum."""
    start_loss: float
    steps: int
    params: tuple[Param, Param]
    """Both parameters as they are declared."""
    settled: Settled | None
    """The best cell; None where no cell stays within the tolerance."""

    @property
    def diverged(self) -> np.ndarray:
        """Cells that ended higher than they started, or left the finite numbers, ``(ny, nx)``."""
        return ~(self.final_loss <= self.start_loss) | ~np.isfinite(self.final_loss)

    @property
    def outcome(self) -> np.ndarray:
        """Place of each cell's outcome in `OUTCOMES`, ``(ny, nx)``."""
        return np.where(np.isfinite(self.steps_to), 0, np.where(self.diverged, 2, 1))

    @property
    def best(self) -> tuple[float, float] | None:
        """The pair (x, y) that arrived first to stay, or None."""
        return None if self.settled is None else (self.settled.x, self.settled.y)

    @property
    def first(self) -> tuple[float, float] | None:
        """The pair (x, y) that met the tolerance first, and may only have passed; or None."""
        if np.isnan(self.steps_to).all():
            return None
        i, j = np.unravel_index(np.nanargmin(self.steps_to), self.steps_to.shape)
        return float(self.x_values[j]), float(self.y_values[i])


def sweep(
    surface: Surface,
    optimizer: Optimizer,
    x: str = "lr",
    x_values: Any = None,
    y: str = "momentum",
    y_values: Any = None,
    start: Any = None,
    steps: int = 300,
    schedule: Schedule = Constant(),
    tolerance: float = 1e-3,
    progress: Callable[[float], object] | None = None,
    clip: Clipping = NoClipping(),
) -> Sweep:
    """Descend once for every pair of values of the optimizer's parameters `x` and `y`.

    A descent arrives when loss − lowest ≤ tolerance · (start loss − lowest), where lowest is the
    loss of the surface's lowest minimum; a surface without one lets nobody arrive.  The values
    default to `values_of(optimizer, name)`.  `progress` is called with the finished share.

    Raises `ValueError` for a name that is no numeric parameter of the optimizer, for x = y, for a
    value outside a parameter's valid ground and for a tolerance that is not positive.
    """
    if x == y:
        raise ValueError(f"x and y must be two different parameters; both are {x}.")
    if not tolerance > 0:
        raise ValueError(f"tolerance must be greater than 0; got {tolerance!r}.")
    x_values, y_values = (
        values_of(optimizer, name) if values is None else _checked(optimizer, name, values)
        for name, values in ((x, x_values), (y, y_values))
    )
    begin = surface.start if start is None else start
    start_loss = float(surface(np.asarray(begin, dtype=float)))
    lowest = min((point.f for point in surface.minima()), default=-np.inf)
    target = lowest + tolerance * (start_loss - lowest) if np.isfinite(lowest) else -np.inf
    batch = optimizer.replace(**{x: x_values, y: y_values[:, None]})
    params = optimizer.param(x), optimizer.param(y)
    ends = finish(
        surface, batch, begin, steps, schedule, target=target, progress=progress, clip=clip
    )

    def followed(i: np.ndarray, j: np.ndarray) -> np.ndarray:
        """From which step on these cells stay within the tolerance, ``(n,)``; T + 1 if never."""
        if progress is not None:
            progress(1.0)  # a look whether anybody waits still
        lanes = optimizer.replace(**{x: x_values[j], y: y_values[i]})
        return stays_from(surface, lanes, begin, steps, schedule, target, clip)

    found = first_to_stay(ends.steps, followed, steps)
    settled = found and Settled(float(x_values[found[1]]), float(y_values[found[0]]), found[2])
    return Sweep(
        *(x, y, x_values, y_values, ends.steps, ends.f, target, start_loss, steps, params),
        settled=settled,
    )


def first_to_stay(
    steps_to: np.ndarray, followed: Callable[[np.ndarray, np.ndarray], np.ndarray], steps: int
) -> tuple[int, int, int] | None:
    """Row and column of the cell that is first within the tolerance for good, and its step.

    steps_to: when it first was, for every cell; no cell can stay from an earlier step on, so only
        those that arrive before the best one known are `followed` to the end.
    """
    order = np.argsort(steps_to, axis=None)[: int(np.isfinite(steps_to).sum())]
    found, k, size = None, 0, FIRST
    while k < len(order):
        i, j = np.unravel_index(order[k : k + size], steps_to.shape)
        if found and steps_to[i[0], j[0]] >= found[2]:
            break
        since = followed(i, j)
        n = int(np.argmin(since))
        if since[n] < (found[2] if found else steps + 1):
            found = int(i[n]), int(j[n]), int(since[n])
        k, size = k + size, min(2 * size, MOST)
    return found


def stays_from(
    surface: Surface,
    lanes: Optimizer,
    begin: Any,
    steps: int,
    schedule: Schedule,
    target: float,
    clip: Clipping,
) -> np.ndarray:
    """The step from which on each descent of a batch is at the target or below for good, ``(n,)``.

    T + 1 where it is not at the end.  No path is kept: many descents for long would fill memory.
    """
    problem = Problem.checked(surface, lanes, begin, steps, schedule, 0.0, 0, clip)
    since = np.zeros(problem.size, dtype=int)
    for some, block in problem.blocks():
        part = since[some]
        for t, (p, _) in enumerate(descend(block)):
            with np.errstate(all="ignore"):
                part[~(surface.height(*p) <= target)] = t + 1
    return since


def values_of(optimizer: Optimizer, name: str, count: int = 60) -> np.ndarray:
    """Values of a parameter ``(count,)`` over its slider's range, spaced by its declared scale."""
    return spaced_values(_parameter(optimizer, name), count)


def _parameter(optimizer: Optimizer, name: str) -> Param:
    numeric = {p.name: p for p in optimizer.params() if p.kind is REAL and p.low is not None}
    if name not in numeric:
        raise ValueError(
            f"{type(optimizer).__name__} has no numeric parameter {name!r}; "
            f"it has {', '.join(numeric)}."
        )
    return numeric[name]


def _checked(optimizer: Optimizer, name: str, values: Any) -> np.ndarray:
    _parameter(optimizer, name)
    values = np.asarray(values, dtype=float)
    if values.ndim != 1:
        raise ValueError(f"values of {name} must be a list of numbers; got shape {values.shape}.")
    return values
