"""`finish(...) -> Ends`: ten thousand descents of which only the ends matter.

A map of learning rate × momentum needs no paths.  The lanes advance in blocks that stay in the
cache.  After every round of steps the lanes that have arrived or left the finite numbers are
taken out (they would cost full time, and denormal numbers cost fifty times as much) and the
others close up, because a half-empty block costs almost as much as a full one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from playground.clipping import Clipping, NoClipping
from playground.giving_way import giving_way
from playground.optimizers import Optimizer
from playground.schedules import Constant, Schedule
from playground.simulation.problem import BLOCK, Problem
from playground.surfaces import Surface
from playground.types import Array, ArrayLike, Integers

ROUND = 25
"""Steps between two clearings of finished lanes."""


@dataclass(frozen=True, eq=False)
class Ends:
    """Where each of many descents stopped; batch shape ``...``."""

    x: Array
    """Last points ``(2, ...)``: at the first arrival, where the numbers ended, or after T steps."""
    f: Array
    """Loss there, ``(...)``; not finite for a run that left the finite numbers."""
    steps: Array
    """Updates until the loss first was at most the target, ``(...)``; NaN where it never was."""


def finish(
    surface: Surface,
    optimizer: Optimizer,
    start: ArrayLike | None = None,
    steps: int = 200,
    schedule: Schedule = Constant(),
    noise: ArrayLike = 0.0,
    seed: ArrayLike = 0,
    target: ArrayLike = -np.inf,
    progress: Callable[[float], object] | None = None,
    clip: Clipping = NoClipping(),
) -> Ends:
    """The ends of the descents `simulate` would make, each stopped when its loss meets `target`.

    Arguments and batch shape as in `simulate`; `target` broadcasts with it.  `progress` is called
    with the finished share (0 to 1) after every round.  Every lane gives the bits of its own
    single run.
    """
    problem = Problem.checked(surface, optimizer, start, steps, schedule, noise, seed, clip)
    shape, problem = problem.shape, problem.take(slice(None))
    np.empty(1 << 20)  # freeing 8 MB once tells malloc to keep what the steps free: 3 × faster
    goal = np.broadcast_to(np.asarray(target, dtype=float), shape).reshape(-1)
    p, n = problem.start, problem.size
    ends = Ends(p.copy(), np.empty(n), np.full(n, np.nan))
    blocks = _Lanes.packed([_Lanes(np.arange(n), goal, p, problem.optimizer.init(p))])
    with np.errstate(all="ignore"):
        for first in range(0, problem.steps + 1, ROUND):
            if not blocks:
                break
            blocks = _Lanes.packed([_advance(problem, block, ends, first) for block in blocks])
            if progress is not None:
                progress(min(1.0, (first + ROUND) / (problem.steps + 1)) if blocks else 1.0)
    return Ends(ends.x.reshape(2, *shape), ends.f.reshape(shape), ends.steps.reshape(shape))


@dataclass
class _Lanes:
    """n descents on their way."""

    number: Integers  # (n,): place in the whole batch
    goal: Array  # (n,): the loss to meet; NaN once it is met
    p: Array  # (2, n)
    state: Any

    def take(self, which: Any) -> _Lanes:
        """Some of the lanes; what all lanes share, such as a count of steps, stays a number."""

        def pick(value: Any) -> Any:
            return value if np.ndim(value) == 0 else np.ascontiguousarray(value[..., which])

        state = type(self.state)(*map(pick, self.state))
        return _Lanes(pick(self.number), pick(self.goal), pick(self.p), state)

    @classmethod
    def packed(cls, parts: list[_Lanes]) -> list[_Lanes]:
        """The same lanes in as few blocks as possible."""

        def join(*values: Any) -> Any:
            return values[0] if np.ndim(values[0]) == 0 else np.concatenate(values, axis=-1)

        state = type(parts[0].state)(*map(join, *(part.state for part in parts)))
        number = join(*(part.number for part in parts))
        goal, p = join(*(part.goal for part in parts)), join(*(part.p for part in parts))
        whole = cls(number, goal, p, state)
        return [whole.take(slice(a, a + BLOCK)) for a in range(0, len(number), BLOCK)]


def _advance(problem: Problem, live: _Lanes, ends: Ends, first: int) -> _Lanes:
    """Go through the points of one round, from number `first`; the lanes then on their way."""
    number, goal = live.number, live.goal.copy()
    surface, optimizer, rates, noises = _parts(problem, number, slice(max(first - 1, 0), None))
    clip = problem.clip.lanes(problem.shape, number) if problem.clips else None
    p, state, f = live.p, live.state, np.empty(len(number))
    for t in giving_way(range(first, min(first + ROUND, problem.steps + 1))):
        if t > 0:
            noise = None if noises is None else next(noises)
            seen = _Lean(surface, noise, clip)
            p, state = optimizer.step(p, state, seen, optimizer.lr * next(rates))
        f[...] = surface.height(*p)
        met = f <= goal
        if met.any():
            met &= np.isfinite(f)  # a surface without a floor is not met at −inf
            lanes = number[met]
            ends.x[:, lanes], ends.f[lanes], ends.steps[lanes] = p[:, met], f[met], t
            goal[met] = np.nan  # met once: nothing is at most NaN
    on = ~np.isnan(goal)
    ends.x[:, number[on]], ends.f[number[on]] = p[:, on], f[on]
    alive = on & np.isfinite(f) & np.isfinite(p).all(axis=0)
    return _Lanes(number, goal, p, state).take(alive)


def _parts(problem: Problem, number: Integers, updates: slice) -> tuple[Any, Any, Any, Any]:
    """Surface and optimizer of some lanes; schedule factor and noise of some updates, in turn."""

    def pick(values: Array) -> Iterator[Array]:
        own = values.shape[-1] > 1
        return (row[..., number] if own else row for row in values[updates])

    n = problem.shape
    t = np.arange(problem.steps, dtype=float)[:, None]
    disturbance = problem.disturbance
    return (
        problem.surface.lanes(n, number),
        problem.optimizer.lanes(n, number),
        pick(problem.schedule(t, problem.steps)),
        None if disturbance is None else pick(disturbance),
    )


@dataclass
class _Lean:
    """A surface on points known to be ``(2, n)``: the same numbers without the checks of shape."""

    surface: Surface
    noise: Array | None
    clip: Clipping | None

    def gradient(self, p: Array) -> Array:
        g = np.empty_like(p)
        g[0], g[1] = self.surface.slope(*p)
        if self.noise is not None:
            g += self.noise
        if self.clip is not None:
            g[0], g[1] = self.clip.clipped(g[0], g[1])
        return g

    def hessian(self, p: Array) -> Array:
        return self.surface.hessian(p)
