"""`simulate(...) -> Run`: any number of descents at once, every inner quantity remembered.

One descent runs on Python floats, a batch on arrays ``(2, N)``; both call the same rule and agree
bit for bit.  Nothing is clipped: a run that diverges runs to inf and nan.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from playground.optimizers import Optimizer
from playground.schedules import Constant, Schedule
from playground.surfaces import Surface

if TYPE_CHECKING:
    import pandas

BLOCK = 5000
"""Lanes at once: rows of ``(2, 5000)`` stay in the cache and below malloc's mmap threshold."""


def simulate(
    surface: Surface,
    optimizer: Optimizer,
    start: Any = None,
    steps: int = 200,
    schedule: Schedule = Constant(),
    noise: Any = 0.0,
    seed: Any = 0,
) -> Run:
    """Descend `steps` times from `start (2, ...)` and remember everything.

    The batch shape ``...`` is what `start`, every array-valued parameter, `noise` and `seed`
    broadcast to.  `noise` is the standard deviation of Gaussian gradient noise per coordinate: the
    optimizer sees ``gradient + noise * default_rng(seed).standard_normal((steps, 2))[t]`` at step
    t, so lanes that share a seed share their noise.

    Raises `ValueError` for a start that is not finite or has no two coordinates, for steps that
    are not a whole number of at least 0 and for negative noise.
    """
    problem = Problem.checked(surface, optimizer, start, steps, schedule, noise, seed)
    if problem.shape == () and optimizer.elementwise():
        x, states = _descend_floats(problem)
        return Run(problem, x, states)
    x = np.empty((problem.steps + 1, 2, problem.size))
    for lanes, block in problem.blocks():
        for t, (p, _) in enumerate(_descend(block)):
            x[t, :, lanes] = p
    return Run(problem, x.reshape(-1, 2, *problem.shape))


def _checked_start(start: Any) -> np.ndarray:
    start = np.array(start, dtype=float)
    if start.ndim < 1 or start.shape[0] != 2 or not np.all(np.isfinite(start)):
        raise ValueError(f"start must be finite, of shape (2,) or (2, ...); got {start!r}.")
    return start


@dataclass(frozen=True, eq=False)
class Problem:
    """Everything that determines a run; the batch shape is `shape`."""

    surface: Surface
    optimizer: Optimizer
    schedule: Schedule
    start: np.ndarray
    steps: int
    noise: np.ndarray
    seed: np.ndarray
    shape: tuple[int, ...]

    @classmethod
    def checked(
        cls, surface: Surface, optimizer: Optimizer, start: Any, steps: int,
        schedule: Schedule, noise: Any, seed: Any,
    ) -> Problem:  # fmt: skip
        """The problem that the arguments of `simulate` state, or a `ValueError`."""
        start = _checked_start(surface.start if start is None else start)
        if isinstance(steps, bool) or int(steps) != steps or steps < 0:
            raise ValueError(f"steps must be a whole number, at least 0; got {steps!r}.")
        noise, seed = np.asarray(noise, dtype=float), np.asarray(seed)
        if not np.all(np.isfinite(noise) & (noise >= 0)):
            raise ValueError(f"noise must be a finite number, at least 0; got {noise!r}.")
        if seed.dtype.kind not in "iu" or np.any(seed < 0):
            raise ValueError(f"seed must be a whole number, at least 0; got {seed!r}.")
        values = surface, optimizer, schedule
        shape = np.broadcast_shapes(
            start.shape[1:], noise.shape, seed.shape, *(value.shape() for value in values)
        )
        return cls(surface, optimizer, schedule, start, int(steps), noise, seed, shape)

    @property
    def size(self) -> int:
        return int(np.prod(self.shape))

    @cached_property
    def lr(self) -> np.ndarray:
        """Learning rate of every update, ``(T, ...)`` with axes of length 1 where constant."""
        t = np.arange(self.steps, dtype=float).reshape(-1, *[1] * len(self.shape))
        return np.asarray(self.optimizer.lr * self.schedule(t, self.steps))

    @cached_property
    def disturbance(self) -> np.ndarray | None:
        """What is added to the gradient, ``(T, 2, ...)``, or None without noise."""
        if not np.any(self.noise):
            return None
        seeds, lane = np.unique(self.seed, return_inverse=True)
        size = self.steps, 2
        draws = [np.random.default_rng(seed).standard_normal(size) for seed in seeds]
        if len(seeds) == 1:  # one draw serves all lanes
            return self.noise * draws[0].reshape(*size, *[1] * len(self.shape))
        align = [1] * (len(self.shape) - self.seed.ndim)
        return self.noise * np.stack(draws, axis=-1)[..., lane.ravel()].reshape(
            *size, *align, *self.seed.shape
        )

    def take(self, index: Any) -> Problem:
        """The problem of some lanes, counted along the flattened batch."""

        def pick(values: np.ndarray) -> np.ndarray:
            return np.broadcast_to(values, self.shape).reshape(-1)[index]

        start = np.stack([pick(row) for row in self.start])
        return Problem(
            self.surface.lanes(self.shape, index),
            self.optimizer.lanes(self.shape, index),
            self.schedule.lanes(self.shape, index),
            start,
            self.steps,
            pick(self.noise),
            pick(self.seed),
            start.shape[1:],
        )

    def blocks(self) -> Iterator[tuple[slice, Problem]]:
        """The lanes in blocks that fit the cache."""
        for first in range(0, self.size, BLOCK):
            lanes = slice(first, first + BLOCK)
            yield lanes, self.take(lanes)


@dataclass
class _Seen:
    """The function as the optimizer sees it: noise on the gradient, the Hessian untouched."""

    surface: Surface
    disturbance: np.ndarray | None
    t: int = 0

    def gradient(self, p: Any) -> np.ndarray:
        g = self.surface.gradient(p)
        return g if self.disturbance is None else g + self.disturbance[self.t]

    def hessian(self, p: Any) -> np.ndarray:
        return self.surface.hessian(p)


def _descend(problem: Problem) -> Iterator[tuple[np.ndarray, Any]]:
    """The points ``(2, N)`` and states of a batch, one pair per step, the start first."""
    optimizer, f, p = problem.optimizer, _Seen(problem.surface, problem.disturbance), problem.start
    state = optimizer.init(p)
    yield p, state
    with np.errstate(all="ignore"):
        for f.t, lr in enumerate(problem.lr):
            p, state = optimizer.step(p, state, f, lr)
            yield p, state


def _descend_floats(problem: Problem) -> tuple[np.ndarray, list[tuple[Any, Any]]]:
    """Path ``(T+1, 2)`` of one run and, per step, the states of its two coordinates."""
    rule, slope, disturbance = problem.optimizer.rule, problem.surface.slope, problem.disturbance
    noise = None if disturbance is None else disturbance.tolist()
    x, y = problem.start.tolist()
    of_x, of_y = problem.optimizer.init(x), problem.optimizer.init(y)
    path, states = [(x, y)], [(of_x, of_y)]
    with np.errstate(all="ignore"):
        try:
            for t, lr in enumerate(problem.lr.tolist()):
                g_x, g_y = slope(x, y)
                if noise is not None:
                    g_x, g_y = g_x + noise[t][0], g_y + noise[t][1]
                x, of_x = rule(x, g_x, of_x, lr)
                y, of_y = rule(y, g_y, of_y, lr)
                path.append((x, y))
                states.append((of_x, of_y))
        except ArithmeticError:  # Python raises where IEEE 754 gives inf or nan: go on with arrays
            _finish_on_arrays(problem, path, states)
    return np.array(path), states


def _finish_on_arrays(problem: Problem, path: list[Any], states: list[tuple[Any, Any]]) -> None:
    """Continue a float run from its last complete step under IEEE rules."""
    f = _Seen(problem.surface, problem.disturbance)
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


@dataclass(frozen=True, eq=False)
class Run:
    """What happened in one simulation: the path, and all that follows from it, on demand.

    T updates, batch shape ``...`` (empty for a single descent).  Only the path is stored; the
    rest is computed when first asked for, by the same rules and with the same bits.
    """

    problem: Problem
    x: np.ndarray
    """Points ``(T+1, 2, ...)``."""
    _states: list[tuple[Any, Any]] | None = None

    @property
    def surface(self) -> Surface:
        return self.problem.surface

    @property
    def optimizer(self) -> Optimizer:
        return self.problem.optimizer

    @property
    def schedule(self) -> Schedule:
        return self.problem.schedule

    @property
    def steps(self) -> int:
        return self.problem.steps

    @property
    def shape(self) -> tuple[int, ...]:
        """The batch shape."""
        return self.problem.shape

    @cached_property
    def _points(self) -> np.ndarray:
        """The path with the coordinate axis first, ``(2, T+1, ...)``."""
        return np.ascontiguousarray(np.moveaxis(self.x, 1, 0))

    @cached_property
    def f(self) -> np.ndarray:
        """Loss at every point, ``(T+1, ...)``."""
        return self.surface(self._points)

    @cached_property
    def gradient(self) -> np.ndarray:
        """True gradient at every point, ``(T+1, 2, ...)``."""
        return np.moveaxis(self.surface.gradient(self._points), 0, 1)

    @cached_property
    def seen(self) -> np.ndarray:
        """Gradient the optimizer saw, noise included, ``(T, 2, ...)``."""
        disturbance = self.problem.disturbance
        seen = self.gradient[:-1]
        return seen if disturbance is None else seen + disturbance

    @cached_property
    def lr(self) -> np.ndarray:
        """Scheduled learning rate of every update, ``(T, ...)``."""
        return np.broadcast_to(self.problem.lr, (self.steps, *self.shape))

    @cached_property
    def state(self) -> Any:
        """The optimizer's state, each field ``(T+1, 2, ...)``."""
        kind = type(self.optimizer.init(0.0))
        if self._states is not None:
            shape = self.steps + 1, 2, len(kind._fields)
            values = chain.from_iterable(chain.from_iterable(self._states))
            fields = np.fromiter(values, float, math.prod(shape)).reshape(shape)
            return kind(*np.moveaxis(fields, -1, 0))
        fields = np.empty((len(kind._fields), self.steps + 1, 2, self.problem.size))
        for lanes, block in self.problem.blocks():
            for t, (_, state) in enumerate(_descend(block)):
                for field, value in zip(fields, state, strict=True):
                    field[t, :, lanes] = value
        return kind(*fields.reshape(-1, self.steps + 1, 2, *self.shape))

    @cached_property
    def effective_lr(self) -> np.ndarray:
        """What multiplied the direction, per parameter, ``(T, 2, ...)``."""
        kind = type(self.state)
        new, old = kind(*(v[1:] for v in self.state)), kind(*(v[:-1] for v in self.state))
        with np.errstate(all="ignore"):
            rate = self.optimizer.effective_lr(self.lr[:, None], new, old)
        return np.broadcast_to(rate, (self.steps, 2, *self.shape))

    @cached_property
    def finite(self) -> Any:
        """Number of leading points whose coordinates and loss are finite: an int, or ``(...)``."""
        good = np.isfinite(self.x).all(axis=1) & np.isfinite(self.f)
        count = np.where(good.all(axis=0), self.steps + 1, np.argmin(good, axis=0))
        return int(count) if count.ndim == 0 else count

    def __getitem__(self, lane: Any) -> Run:
        """One descent of a batch, by its index in the batch shape."""
        flat = int(np.ravel_multi_index(np.atleast_1d(lane), self.shape))
        return Run(self.problem.take(flat), self.x.reshape(*self.x.shape[:2], -1)[..., flat])

    def columns(self) -> dict[str, np.ndarray]:
        """Every inner quantity of one descent by name, each ``(T+1,)``, NaN where undefined."""
        if self.shape:
            raise ValueError("a table is of one descent: take one with run[index] first.")
        table = {"step": np.arange(self.steps + 1), "x": self.x[:, 0], "y": self.x[:, 1],
                 "loss": self.f, "lr": self.lr}  # fmt: skip
        pairs = {"gradient": self.gradient, "seen": self.seen, "effective_lr": self.effective_lr}
        pairs |= {name: np.asarray(value) for name, value in self.state._asdict().items()}
        for name, pair in pairs.items():
            table |= {f"{name}_x": pair[:, 0], f"{name}_y": pair[:, 1]}
        return {name: _to_length(column, self.steps + 1) for name, column in table.items()}

    def to_frame(self) -> pandas.DataFrame:
        """The columns as a pandas DataFrame; row t is the point after t updates."""
        import pandas

        return pandas.DataFrame(self.columns())

    def to_csv(self) -> str:
        """The columns as CSV with full precision."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        columns = self.columns()
        writer.writerow(columns)
        writer.writerows(zip(*(column.tolist() for column in columns.values()), strict=True))
        return text.getvalue()


def _to_length(column: np.ndarray, length: int) -> np.ndarray:
    """A quantity of the updates stands in the row of the point each update starts from."""
    return np.concatenate([column, np.full(length - len(column), np.nan)])
