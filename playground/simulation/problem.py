"""Everything that determines a run, checked; and its lanes in blocks that fit the cache."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from playground.clipping import Clipping, NoClipping
from playground.optimizers import Optimizer
from playground.schedules import Schedule
from playground.surfaces import Surface
from playground.types import Array, ArrayLike, Integers

BLOCK = 5000
"""Lanes at once: rows of ``(2, 5000)`` stay in the cache and below malloc's mmap threshold."""


def _checked_start(start: ArrayLike) -> Array:
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
    start: Array
    steps: int
    noise: Array
    seed: Integers
    clip: Clipping
    shape: tuple[int, ...]

    @classmethod
    def checked(
        cls,
        surface: Surface,
        optimizer: Optimizer,
        start: ArrayLike | None,
        steps: int,
        schedule: Schedule,
        noise: ArrayLike,
        seed: ArrayLike,
        clip: Clipping,
    ) -> Problem:
        """The problem that the arguments of `simulate` state, or a `ValueError`."""
        start = _checked_start(surface.start if start is None else start)
        if isinstance(steps, bool) or int(steps) != steps or steps < 0:
            raise ValueError(f"steps must be a whole number, at least 0; got {steps!r}.")
        noise, seed = np.asarray(noise, dtype=float), np.asarray(seed)
        if not np.all(np.isfinite(noise) & (noise >= 0)):
            raise ValueError(f"noise must be a finite number, at least 0; got {noise!r}.")
        if seed.dtype.kind not in "iu" or np.any(seed < 0):
            raise ValueError(f"seed must be a whole number, at least 0; got {seed!r}.")
        values = surface, optimizer, schedule, clip
        shape = np.broadcast_shapes(
            start.shape[1:], noise.shape, seed.shape, *(value.shape() for value in values)
        )
        return cls(surface, optimizer, schedule, start, int(steps), noise, seed, clip, shape)

    @property
    def size(self) -> int:
        return int(np.prod(self.shape))

    @cached_property
    @np.errstate(over="ignore")
    def lr(self) -> Array:
        """Learning rate of every update, ``(T, ...)`` with axes of length 1 where constant."""
        t = np.arange(self.steps, dtype=float).reshape(-1, *[1] * len(self.shape))
        return np.asarray(self.optimizer.lr * self.schedule(t, self.steps))

    @property
    def clips(self) -> bool:
        """Whether gradients are clipped at all."""
        return self.clip != NoClipping()

    @cached_property
    def disturbance(self) -> Array | None:
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

        def pick(values: Array | Integers) -> Any:
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
            self.clip.lanes(self.shape, index),
            start.shape[1:],
        )

    def blocks(self) -> Iterator[tuple[slice, Problem]]:
        """The lanes in blocks that fit the cache."""
        for first in range(0, self.size, BLOCK):
            lanes = slice(first, first + BLOCK)
            yield lanes, self.take(lanes)
