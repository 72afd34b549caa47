"""The two roads of a descent: one run on Python floats, a batch on arrays ``(2, N)``.

Both call the same rule and agree bit for bit.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np

from playground.clipping import Clipping
from playground.giving_way import OFTEN, give_way
from playground.simulation.problem import Problem
from playground.surfaces import Surface
from playground.types import Array

Kept = list[tuple[Any, Any]] | Array
"""The states of a run: of one descent a pair a moment, of a batch by field ``(F, T+1, 2, N)``."""


@dataclass
class Seen:
    """The function as the optimizer sees it: gradients noisy and clipped, Hessians as they are."""

    surface: Surface
    disturbance: Array | None
    clip: Clipping | None
    t: int = 0

    @classmethod
    def of(cls, problem: Problem) -> Seen:
        clip = problem.clip if problem.clips else None
        return cls(problem.surface, problem.disturbance, clip)

    def gradient(self, p: Any) -> Array:
        g = self.surface.gradient(p)
        g = g if self.disturbance is None else g + self.disturbance[self.t]
        return g if self.clip is None else np.stack(self.clip.clipped(*g))

    def hessian(self, p: Any) -> Array:
        return self.surface.hessian(p)


def descend(
    problem: Problem, begun: tuple[int, Array, Any] | None = None
) -> Iterator[tuple[Array, Any]]:
    """The points ``(2, N)`` and states of a batch, one pair per step, the start first.

    begun: updates that are made already, and the point and state to go on from.
    """
    optimizer, f = problem.optimizer, Seen.of(problem)
    made, p, state = begun or (0, problem.start, optimizer.init(problem.start))
    yield p, state
    with np.errstate(all="ignore"):
        for f.t in range(made, problem.steps):
            p, state = optimizer.step(p, state, f, problem.lr[f.t])
            yield p, state


def carry_on(problem: Problem, path: Array, kept: Kept) -> Array:
    """The whole path ``(T+1, 2, ...)``, of which the first updates are known, with their states."""
    made = len(path) - 1
    if isinstance(kept, list):
        return descend_floats(problem, path.tolist(), kept)[0]
    first = problem.optimizer.init(path[-1])
    # A count is one number for all lanes, and rules branch on it.
    state = type(first)(
        *(
            int(value.flat[0]) if isinstance(begin, int) else value
            for begin, value in zip(first, kept[:, -1], strict=True)
        )
    )
    later = descend(problem, (made, path[-1], state))
    return np.concatenate([path[:-1], [p for p, _ in later]])


def descend_arrays(problem: Problem, states: bool) -> tuple[Array, Array | None]:
    """Path ``(T+1, 2, N)`` of a batch; if asked for, its states by field, ``(F, T+1, 2, N)``."""
    shape = problem.steps + 1, 2, problem.size
    path = np.empty(shape)
    fields = np.empty((problem.optimizer.remembers(), *shape)) if states else None
    for lanes, block in problem.blocks():
        for t, (p, state) in enumerate(descend(block)):
            path[t, :, lanes] = p
            if fields is not None:
                for field, value in zip(fields, state, strict=True):
                    field[t, :, lanes] = value
    return path, fields


def updated(problem: Problem, updates: list[int]) -> Iterator[tuple[Array, Any, Any]]:
    """Rate, state after and state before of some updates of a batch, ascending."""
    old, wanted = None, set(updates)
    for t, (_, state) in enumerate(descend(problem)):
        if t - 1 in wanted:
            yield problem.lr[t - 1], state, old
        if t > updates[-1]:
            return
        old = state


def descend_floats(
    problem: Problem, path: Sequence[Any] = (), states: Sequence[tuple[Any, Any]] = ()
) -> tuple[Array, list[tuple[Any, Any]]]:
    """Path ``(T+1, 2)`` of one run and, per step, the states of its two coordinates.

    path, states: those that are known already.
    """
    rule, slope, disturbance = problem.optimizer.rule, problem.surface.slope, problem.disturbance
    noise = None if disturbance is None else disturbance.tolist()
    clipped = problem.clip.clipped if problem.clips else None
    path, states = list(path or [problem.start.tolist()]), list(states)
    x, y = path[-1]
    of_x, of_y = states[-1] if states else (problem.optimizer.init(v) for v in (x, y))
    states = states or [(of_x, of_y)]
    rates = problem.lr.tolist()
    with np.errstate(all="ignore"):
        try:
            for t in range(len(path) - 1, problem.steps):
                if t % OFTEN == 0:
                    give_way()
                lr = rates[t]
                g_x, g_y = slope(x, y)
                if noise is not None:
                    g_x, g_y = g_x + noise[t][0], g_y + noise[t][1]
                if clipped is not None:
                    g_x, g_y = clipped(g_x, g_y)
                x, of_x = rule(x, g_x, of_x, lr)
                y, of_y = rule(y, g_y, of_y, lr)
                path.append((x, y))
                states.append((of_x, of_y))
        except ArithmeticError:  # Python raises where IEEE 754 gives inf or nan: go on with arrays
            _finish_on_arrays(problem, path, states)
    return np.array(path), states


def fields_of(kept: Kept, moments: slice | Array, shape: tuple[int, ...]) -> Array:
    """The states that are kept of a run at some moments, by field ``(F, k, 2, ...)``."""
    if isinstance(kept, np.ndarray):
        some = kept[:, moments]
        return some.reshape(*some.shape[:3], *shape)
    pairs = kept[moments] if isinstance(moments, slice) else [kept[t] for t in moments.tolist()]
    size = len(pairs), 2, len(kept[0][0])
    numbers = np.fromiter(chain.from_iterable(chain.from_iterable(pairs)), float, math.prod(size))
    return np.moveaxis(numbers.reshape(size), -1, 0)


def _finish_on_arrays(problem: Problem, path: list[Any], states: list[tuple[Any, Any]]) -> None:
    """Continue a float run from its last complete step under IEEE rules."""
    f = Seen.of(problem)
    p = np.array(path[-1])
    # A count is the same for both coordinates and rules branch on it, so it stays a number.
    state = type(states[-1][0])(
        *(a if isinstance(a, int) else np.array([a, b]) for a, b in zip(*states[-1], strict=True))
    )
    for f.t in range(len(path) - 1, problem.steps):
        p, state = problem.optimizer.step(p, state, f, problem.lr[f.t])
        path.append(tuple(p))
        pairs = [np.broadcast_to(value, 2) for value in state]
        states.append(tuple(type(state)(*(pair[i] for pair in pairs)) for i in (0, 1)))
