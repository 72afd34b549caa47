"""What happened in any number of descents: the path, and every inner quantity on demand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from playground.clipping import Clipping
from playground.optimizers import Optimizer
from playground.schedules import Schedule
from playground.simulation.descend import (
    Kept,
    carry_on,
    descend_arrays,
    descend_floats,
    fields_of,
    updated,
)
from playground.simulation.problem import Problem
from playground.simulation.table import csv_of, path_columns
from playground.surfaces import Surface
from playground.types import Array, Mask

if TYPE_CHECKING:
    import pandas


KEPT = 2**19
"""Numbers in all states of a batch up to which they are kept: a second descent costs more."""


def run_of(problem: Problem) -> Run:
    """What happens in a problem."""
    if problem.shape == () and problem.optimizer.elementwise():
        return Run(problem, *descend_floats(problem))
    few = (problem.steps + 1) * 2 * problem.size * problem.optimizer.remembers() <= KEPT
    x, states = descend_arrays(problem, few)
    return Run(problem, x.reshape(-1, 2, *problem.shape), states)


@dataclass(frozen=True, eq=False)
class Run:
    """What happened in one simulation: the path, and all that follows from it, on demand.

    T updates, batch shape ``...`` (empty for a single descent).  Only the path is stored; the
    rest is computed when first asked for, by the same rules and with the same bits.

    >>> import playground as pg
    >>> run = pg.simulate(pg.Rosenbrock(), pg.Adam(lr=[0.01, 0.1]), steps=50)
    >>> run.f.shape, run.state.m.shape, run.effective_lr.shape
    ((51, 2), (51, 2, 2), (50, 2, 2))
    >>> fast = run[1]
    >>> fast.f.shape, sorted(fast.columns())[:5]
    ((51,), ['beta1_t_x', 'beta1_t_y', 'beta2_t_x', 'beta2_t_y', 'effective_lr_x'])
    """

    problem: Problem
    x: Array
    """Points ``(T+1, 2, ...)``."""
    _states: Kept | None = None
    """Not of a large batch."""

    def again(self, **changes: Any) -> Run:
        """The same descent with another `optimizer` or `schedule`; the shape stays as it is."""
        return run_of(replace(self.problem, **changes))

    def on(self, steps: int, schedule: Schedule) -> Run:
        """The same descent to so many updates; `schedule` has made those that are known."""
        longer = replace(self.problem, steps=steps, schedule=schedule)
        if self._states is None:
            return run_of(longer)
        if steps <= self.steps:
            return Run(longer, self.x[: steps + 1])
        return Run(longer, carry_on(longer, self.x, self._states))

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
    def clip(self) -> Clipping:
        return self.problem.clip

    @property
    def steps(self) -> int:
        return self.problem.steps

    @property
    def shape(self) -> tuple[int, ...]:
        """The batch shape."""
        return self.problem.shape

    @cached_property
    def _points(self) -> Array:
        """The path with the coordinate axis first, ``(2, T+1, ...)``."""
        return np.ascontiguousarray(np.moveaxis(self.x, 1, 0))

    @cached_property
    def f(self) -> Array:
        """Loss at every point, ``(T+1, ...)``."""
        return np.asarray(self.surface(self._points))

    @cached_property
    def gradient(self) -> Array:
        """True gradient at every point, ``(T+1, 2, ...)``."""
        return np.moveaxis(self.surface.gradient(self._points), 0, 1)

    @cached_property
    def seen(self) -> Array:
        """Gradient the optimizer saw, after noise and clipping, ``(T, 2, ...)``."""
        if not self.problem.clips:
            return self.noisy
        with np.errstate(all="ignore"):
            return np.stack(self.clip.clipped(self.noisy[:, 0], self.noisy[:, 1]), axis=1)

    @cached_property
    def noisy(self) -> Array:
        """Gradient with its noise, before clipping, ``(T, 2, ...)``."""
        disturbance = self.problem.disturbance
        noisy = self.gradient[:-1]
        return noisy if disturbance is None else noisy + disturbance

    @cached_property
    def clipped(self) -> Mask:
        """Whether clipping changed the gradient of an update, ``(T, ...)``."""
        changed: Mask = np.not_equal(self.seen, self.noisy).any(axis=1)  # type: ignore[assignment]
        return changed

    @cached_property
    def lr(self) -> Array:
        """Scheduled learning rate of every update, ``(T, ...)``."""
        return np.broadcast_to(self.problem.lr, (self.steps, *self.shape))

    @cached_property
    def state(self) -> Any:
        """The optimizer's state, each field ``(T+1, 2, ...)``."""
        known = self._states
        if known is None:
            _, known = descend_arrays(self.problem, states=True)
        return self._joined(known, slice(None))

    @cached_property
    def effective_lr(self) -> Array:
        """What multiplied the direction, per parameter, ``(T, 2, ...)``."""
        kind = type(self.state)
        new, old = kind(*(v[1:] for v in self.state)), kind(*(v[:-1] for v in self.state))
        with np.errstate(all="ignore"):
            rate = self.optimizer.effective_lr(self.lr[:, None], new, old)
        return np.broadcast_to(rate, (self.steps, 2, *self.shape))

    def effective_lr_of(self, updates: Sequence[int]) -> Array:
        """`effective_lr` of some updates only, ascending, ``(k, 2, ...)``: no state is kept."""
        wanted = np.asarray(updates)
        if "effective_lr" in vars(self):
            known: Array = self.effective_lr[wanted]
            return known
        if self._states is not None:
            new, old = (self._joined(self._states, t) for t in (wanted + 1, wanted))
            with np.errstate(all="ignore"):
                rate = self.optimizer.effective_lr(self.lr[wanted, None], new, old)
            return np.broadcast_to(rate, (len(wanted), 2, *self.shape))
        rates = np.empty((len(wanted), 2, self.problem.size))
        with np.errstate(all="ignore"):
            for lanes, block in self.problem.blocks():
                for k, (lr, new, old) in enumerate(updated(block, wanted.tolist())):
                    rates[k, :, lanes] = block.optimizer.effective_lr(lr, new, old)
        return rates.reshape(len(wanted), 2, *self.shape)

    def _joined(self, known: Kept | None, moments: slice | Array) -> Any:
        assert known is not None
        return type(self.optimizer.init(0.0))(*fields_of(known, moments, self.shape))

    @cached_property
    def finite(self) -> Any:
        """Number of leading points whose coordinates and loss are finite: an int, or ``(...)``."""
        good = np.isfinite(self.x).all(axis=1) & np.isfinite(self.f)
        count = np.where(good.all(axis=0), self.steps + 1, np.argmin(good, axis=0))
        return int(count) if count.ndim == 0 else count

    @cached_property
    def excess(self) -> Array:
        """Loss above the lowest minimum ``(T+1, ...)``; see `Surface.excess`."""
        return self.surface.excess(self.f)

    def __getitem__(self, lane: Any) -> Run:
        """One descent of a batch, by its index in the batch shape."""
        return self.lanes(int(np.ravel_multi_index(np.atleast_1d(lane), self.shape)))

    def lanes(self, index: Any) -> Run:
        """Some descents of a batch, counted along the flattened batch shape."""
        x = np.take(self.x.reshape(*self.x.shape[:2], -1), index, axis=-1)
        kept = self._states
        states = np.take(kept, index, axis=-1) if isinstance(kept, np.ndarray) else None
        return Run(self.problem.take(index), x, states)

    def columns(self) -> dict[str, Array]:
        """Every inner quantity of one descent by name, each ``(T+1,)``, NaN where undefined."""
        if self.shape:
            raise ValueError("a table is of one descent: take one with run[index] first.")
        pairs = {"gradient": self.gradient, "seen": self.seen, "effective_lr": self.effective_lr}
        pairs |= {name: np.asarray(value) for name, value in self.state._asdict().items()}
        return path_columns(self.x, self.f, self.lr, pairs)

    def to_frame(self) -> pandas.DataFrame:
        """The columns as a pandas DataFrame; row t is the point after t updates."""
        import pandas

        return pandas.DataFrame(self.columns())

    def to_csv(self) -> str:
        """The columns as CSV with full precision."""
        return csv_of(self.columns())
