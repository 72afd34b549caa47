"""The settings of the page on mini-batches, and what is computed from them."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from playground.cost import Bounded, Work
from playground.declare import Declared, param
from playground.glossary import BATCH, LEARNING_RATE, SEED
from playground.networks.linear import ORDERS, LinearRegression
from playground.shelf import remembered
from playground.topics.batches import experiment as b
from playground.topics.batches.wells import ESCAPES

LAST = 0.2
"""Share of the updates at the end over which the excess loss is averaged."""
PROBLEMS = {"irises": b.petals, "synthetic": b.synthetic}
CLOUDS = (1, 4, 16, 64)
SIZES = (1, 8, 64)
FLOORS = (1, 4, 16, 64, 256)
COSTS = (1, 8, 64, 512, 4096)


UPDATE, EXAMPLE, CHAPTERS = 15e-6, 40e-9, 2.0
"""Seconds: an update's calls, each of its examples, and the clouds, floors and wells."""


class Sampling(Bounded, Declared, family=True):
    """Gradient descent on random parts of the data."""

    sizes = ("updates", "epochs", "batch")

    batch: int = param(
        8,
        1,
        2000,
        BATCH,
        "Examples per update, at most all there are.",
        scale="log",
        valid="[1, 100000]",
    )
    lr: float = param(0.05, 1e-3, 2, LEARNING_RATE, "Learning rate.", scale="log", valid="(0, 10]")
    updates: int = param(
        500, 50, 2000, "T", "Updates, where all get equally many.", scale="log", valid="[10, 5000]"
    )
    epochs: int = param(
        5,
        1,
        20,
        help="Passes through the data, where all see equally many examples.",
        valid="[1, 50]",
    )
    budget: str = param(
        "updates",
        choices=("updates", "examples"),
        help="What every batch size gets equally much of.",
    )
    axis: str = param(
        "updates",
        choices=("updates", "epochs"),
        help="Horizontal axis of the loss.",
        words="horizontal axis",
    )
    data: str = param(
        "irises",
        choices=tuple(PROBLEMS),
        help=f"{len(b.petals().y)} real flowers, or {len(b.synthetic().y)} made-up examples.",
    )
    draws: str = param(
        "reshuffle",
        choices=ORDERS,
        help="A new order every epoch, one order for ever, or independent draws.",
        more=True,
        words="order of the examples",
    )
    seed: int = param(0, 0, 99, SEED, "Which random draws.", valid="[0, 1000000]", more=True)
    well_lr: float = param(
        0.45, 0.05, 0.5, LEARNING_RATE, "Learning rate between the two minima.", valid="(0, 3]"
    )

    def work(self) -> Work:
        """One descent for each batch size, and the chapters, whose sizes nobody chooses."""
        lengths = {
            size: self.epochs * self.n / size if self.budget == "examples" else self.updates
            for size in self.sizes_of(SIZES)
        }
        seconds = sum(n * (UPDATE + EXAMPLE * size) for size, n in lengths.items())
        return Work(CHAPTERS + seconds, 32 * sum(lengths.values()))

    def loss(self) -> LinearRegression:
        return _problem(self.data)

    @property
    def n(self) -> int:
        return len(self.loss().y)

    @property
    def size(self) -> int:
        """The batch size, at most all examples."""
        return min(self.batch, self.n)

    def sizes_of(self, usual: tuple[int, ...], full: bool = True) -> tuple[int, ...]:
        """The usual batch sizes, this one and the full batch."""
        ends = {self.n} if full else set()
        return tuple(sorted({n for n in usual if n <= self.n} | {self.size} | ends))

    @property
    def whole(self) -> bool:
        """Whether every update sees every example once: then there is no noise."""
        return self.size == self.n and self.draws != "replacement"

    def descents(self) -> list[b.Descent]:
        """One for each batch size."""
        return list(
            _descents(
                self.data,
                self.sizes_of(SIZES),
                self.lr,
                self.updates,
                self.epochs,
                self.budget,
                self.draws,
                self.seed,
            )
        )

    def clouds(self) -> list[b.Cloud]:
        """Around the start; all examples together have none, unless they are drawn."""
        again = self.draws == "replacement"
        sizes = (n for n in self.sizes_of(CLOUDS, full=False) if n < self.n or again)
        return [_cloud(self.data, size, again, self.seed) for size in sizes]

    @property
    def code(self) -> str:
        problem = {"irises": "petals", "synthetic": "synthetic"}[self.data]
        return f"""import numpy as np
from playground.topics.batches.experiment import {problem}, cloud, sgd, stationary_excess
from playground.topics.batches.wells import FLAT, SHARP, Wells, escape

loss = {problem}()
around = cloud(loss, np.zeros(2), batch={self.size}, seed={self.seed},
               replace={self.draws == "replacement"})
print(np.trace(around.measured), np.trace(around.theory))
run = sgd(loss, batch={self.size}, lr={self.lr!r}, updates={self.updates},
          order={self.draws!r}, seed={self.seed})
print(run.floor({LAST}), stationary_excess(loss, {self.lr!r}, {self.size}))
for batch in {ESCAPES[:-1]}:
    print(batch, escape(Wells(), SHARP, batch, lr={self.well_lr!r}).left,
          escape(Wells(), FLAT, batch, lr={self.well_lr!r}).left)"""


@remembered
def _problem(data: str) -> LinearRegression:
    return PROBLEMS[data]()


@remembered
def _cloud(data: str, size: int, again: bool, seed: int) -> b.Cloud:
    return b.cloud(_problem(data), np.zeros(2), size, seed=seed, replace=again)


@remembered
def _descents(
    data: str,
    sizes: tuple[int, ...],
    lr: float,
    updates: int,
    epochs: int,
    budget: str,
    order: str,
    seed: int,
) -> tuple[b.Descent, ...]:
    length: dict[str, Any] = {"epochs": epochs} if budget == "examples" else {"updates": updates}
    return tuple(b.batch_sizes(_problem(data), sizes, lr, order=order, seed=seed, **length))


@remembered
def floor_of(data: str, lr: float, size: int, draws: str = "reshuffle") -> float:
    """Predicted mean excess at which a batch size stops; 0 where an update sees every example."""
    loss = _problem(data)
    if size == len(loss.y) and draws != "replacement":
        return 0.0 if lr < loss.largest_lr else np.inf
    return b.stationary_excess(loss, lr, size)


@remembered
def noiseless(data: str, lr: float, updates: int) -> float:
    """The excess loss after so many updates that see every example."""
    loss = _problem(data)
    return float(b.sgd(loss, len(loss.y), lr, updates).excess[-1])


@remembered
def largest_lr(data: str, size: int, draws: str = "reshuffle") -> float:
    """The step from which on the noise of this batch size feeds on itself, by bisection."""
    low, high = 0.0, _problem(data).largest_lr
    for _ in range(30):
        middle = (low + high) / 2
        stands = floor_of(data, middle, size, draws) < np.inf
        low, high = (middle, high) if stands else (low, middle)
    return high


class Floors(NamedTuple):
    """Where batch sizes stop, when they start at the best weights."""

    sizes: tuple[int, ...]
    theory: list[float]
    """For independent draws."""
    measured: dict[str, list[float]]
    """By the order in which examples are drawn."""


@remembered
def floors(data: str, lr: float, seed: int) -> Floors:
    loss = _problem(data)
    sizes = tuple(n for n in FLOORS if n < len(loss.y))
    measured = {
        order: [b.sgd(loss, n, lr, 1500, order, loss.optimum, seed).floor(0.9) for n in sizes]
        for order in ("replacement", "reshuffle")
    }
    return Floors(sizes, [floor_of(data, lr, n) for n in sizes], measured)


@remembered
def costs() -> list[b.Cost]:
    """Measured once on this machine."""
    return b.measure_cost(COSTS)
