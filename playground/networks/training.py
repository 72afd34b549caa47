"""`train(...) -> Training`: any optimizer and schedule of the playground on a network.

`training_moments` is the same as a generator that yields one `Moment` now and then, so that a page
can show a training while it runs, and stop it by ceasing to ask.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from playground.clipping import Clipping, NoClipping
from playground.networks.initialisations import Initialisation, Xavier
from playground.networks.layers import Masks
from playground.networks.loss import Loss
from playground.networks.mlp import MLP
from playground.optimizers import Optimizer
from playground.schedules import Constant, Schedule


class Data(NamedTuple):
    """Examples: inputs ``(n, d)`` and targets ``(n,)`` or ``(n, k)``."""

    inputs: np.ndarray
    targets: np.ndarray

    def take(self, index: Any) -> Data:
        """Some of the examples."""
        return Data(self.inputs[index], self.targets[index])


class Moment(NamedTuple):
    """The state of a training after t updates; runs ``...`` as in p."""

    t: int
    p: np.ndarray
    """Parameters ``(P, ...)``."""
    loss: Any
    """Loss on all training examples, with weight decay, without dropout, ``(...)``."""
    gradient_norm: Any
    """Length of that loss's gradient, ``(...)``."""
    error: Any
    """Share of wrong classes (mean squared error for the squared loss), training, ``(...)``."""
    dev_loss: Any
    """Loss on the dev examples without weight decay, ``(...)``; NaN where there are none."""
    dev_error: Any

    def light(self) -> Moment:
        """The same without the parameters: those of every moment would fill the memory."""
        return self._replace(p=np.empty(0))


@dataclass(frozen=True, eq=False)
class Training:
    """A training of T updates, remembered at K + 1 moments; runs ``...`` come last."""

    mlp: MLP
    t: np.ndarray
    """Updates made at each moment, ``(K+1,)``."""
    p: np.ndarray
    """Parameters ``(K+1, P, ...)``, or as many of the last moments as were kept."""
    loss: np.ndarray
    gradient_norm: np.ndarray
    error: np.ndarray
    dev_loss: np.ndarray
    dev_error: np.ndarray

    @classmethod
    def of(cls, mlp: MLP, moments: list[Moment]) -> Training:
        """The record of some moments, finished or not."""
        return cls(mlp, *(np.array(column) for column in zip(*moments, strict=True)))

    @property
    def end(self) -> np.ndarray:
        """The last parameters ``(P, ...)``."""
        return np.asarray(self.p[-1])


@dataclass(frozen=True, eq=False)
class Task:
    """What is trained on: data, the penalty, and what is drawn anew for every update."""

    mlp: MLP
    data: Data
    dev: Data | None
    weight_decay: Any
    batch: int | None
    masks: Callable[[int, np.random.Generator], Masks] | None
    rng: np.random.Generator

    def losses(self) -> Iterator[Loss[MLP]]:
        """The loss of every update: the next batch of a fresh shuffle, under fresh masks."""
        n = len(self.data.inputs)
        batch = n if self.batch is None else self.batch
        while True:
            order = self.rng.permutation(n) if batch < n else None
            for first in range(0, n, batch):
                if order is None and self.masks is None:
                    yield self._whole
                    continue
                data = self.data if order is None else self.data.take(order[first : first + batch])
                masks = None if self.masks is None else self.masks(len(data.inputs), self.rng)
                yield self.mlp.loss_on(*data, self.weight_decay, masks)

    @cached_property
    def _whole(self) -> Loss[MLP]:
        """The loss on all examples, without dropout."""
        return self.mlp.loss_on(*self.data, self.weight_decay)

    @cached_property
    def _unseen(self) -> Loss[MLP] | None:
        """The loss on the dev examples, if there are any, without weight decay."""
        return None if self.dev is None else self.mlp.loss_on(*self.dev)

    def moment(self, t: int, p: np.ndarray) -> Moment:
        """Everything that is recorded of the parameters after t updates."""
        loss, gradient, error = self._whole.slope_and_error(p)
        dev_loss = dev_error = np.full(p.shape[1:], np.nan)
        if self._unseen is not None:
            dev_loss, dev_error = self._unseen.value_and_error(p)
        norm = np.sqrt((gradient * gradient).sum(axis=0))
        return Moment(t, p, loss, norm, error, dev_loss, dev_error)


def moments_of(steps: int, every: int | None = None) -> int:
    """How many moments there are of a training that records one every so many updates."""
    return 1 + -(-steps // (every or between_moments(steps)))


def between_moments(steps: int, about: int = 200) -> int:
    """How many updates lie between two moments, where about so many are recorded."""
    return max(1, steps // about)


def training_moments(
    mlp: MLP,
    data: Data,
    optimizer: Optimizer,
    schedule: Schedule = Constant(),
    steps: int = 500,
    *,
    batch: int | None = None,
    seed: int = 0,
    start: Any = None,
    initialisation: Initialisation = Xavier(),
    weight_decay: Any = 0.0,
    masks: Callable[[int, np.random.Generator], Masks] | None = None,
    dev: Data | None = None,
    every: int | None = None,
    clip: Clipping = NoClipping(),
) -> Iterator[Moment]:
    """The moments of a training: before the first update, then every `every` updates, and the last.

    `start (P, ...)` are the first parameters, by default drawn by `initialisation` with `seed`.
    `batch` examples are used for one update (None: all), in a new order every epoch.
    `weight_decay` is the λ of the loss, which every optimizer sees in its gradient;
    `masks(n, rng)` draws the dropout factors of one update (see `networks.dropout`).  Batches and
    masks are drawn from ``default_rng(seed)``.  About 200 moments are kept if `every` is None.
    `clip` acts on the gradient of all parameters together, before the optimizer sees it.
    A training that diverges runs to inf and nan.

    Raises `ValueError` for negative steps, a batch below 1 and a rule of two parameters (Newton).
    """
    if not optimizer.elementwise():
        raise ValueError(
            f"{type(optimizer).__name__} is a rule of two parameters, not of networks."
        )
    if steps < 0 or (batch is not None and batch < 1):
        raise ValueError(f"steps must be at least 0, batch at least 1; got {steps}, {batch}.")
    p = mlp.init(initialisation, seed) if start is None else np.array(start, dtype=float)
    task = Task(mlp, Data(*data), dev, weight_decay, batch, masks, np.random.default_rng(seed))
    every = between_moments(steps) if every is None else every
    state = optimizer.init(p)
    with np.errstate(all="ignore"):
        yield task.moment(0, p)
        for t, loss in zip(range(steps), task.losses(), strict=False):
            lr = optimizer.lr * schedule(t, steps)
            p, state = optimizer.step(p, state, _Clipped(loss, clip), lr)
            if (t + 1) % every == 0 or t + 1 == steps:
                yield task.moment(t + 1, p)


@dataclass(frozen=True)
class _Clipped:
    """A loss as the optimizer sees it."""

    loss: Loss[MLP]
    clip: Clipping

    def gradient(self, p: Any) -> Any:
        return self.clip.all_of(self.loss.gradient(p))

    def hessian(self, p: Any) -> Any:
        raise NotImplementedError("rules that need the Hessian do not train networks.")


def train(mlp: MLP, data: Data, optimizer: Optimizer, *args: Any, **options: Any) -> Training:
    """A whole training at once; arguments as in `training_moments`."""
    return Training.of(mlp, list(training_moments(mlp, data, optimizer, *args, **options)))
