"""What the page on mini-batches shows: its settings, its computations, its words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from playground.declare import Declared, param
from playground.networks.linear import ORDERS, LinearRegression
from playground.topics.batches import experiment as b
from playground.topics.batches.well_words import ESCAPES

PROBLEMS = {"irises": b.petals, "synthetic": b.synthetic}
SHARE = 0.02
"""Of the excess loss at the start: how far down every batch size is timed."""
CLOUDS = (1, 4, 16, 64)
SIZES = (1, 8, 64)
FLOORS = (1, 4, 16, 64, 256)
COSTS = (1, 8, 64, 512, 4096)


class Sampling(Declared, family=True):
    """Gradient descent on random parts of the data."""

    batch: int = param(
        8,
        1,
        2000,
        "B",
        "Examples per update, at most all there are.",
        scale="log",
        valid="[1, 100000]",
    )
    lr: float = param(0.05, 1e-3, 2, r"\eta", "Learning rate.", scale="log", valid="(0, 10]")
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
    axis: str = param("updates", choices=("updates", "epochs"), help="Horizontal axis of the loss.")
    data: str = param(
        "irises", choices=tuple(PROBLEMS), help="150 real flowers, or 1024 made-up examples."
    )
    draws: str = param(
        "reshuffle",
        choices=ORDERS,
        help="A new order every epoch, one order for ever, or independent draws.",
        more=True,
    )
    seed: int = param(0, 0, 99, help="Which random draws.", valid="[0, 1000000]", more=True)
    well_lr: float = param(
        0.45, 0.05, 0.5, r"\eta", "Learning rate between the two minima.", valid="(0, 10]"
    )

    def loss(self) -> LinearRegression:
        return _problem(self.data)

    @property
    def n(self) -> int:
        return len(self.loss().y)

    @property
    def size(self) -> int:
        """The batch size, at most all examples."""
        return min(self.batch, self.n)

    def sizes(self, usual: tuple[int, ...], full: bool = True) -> tuple[int, ...]:
        """The usual batch sizes, this one and the full batch."""
        ends = {self.n} if full else set()
        return tuple(sorted({n for n in usual if n <= self.n} | {self.size} | ends))

    def race(self) -> list[b.Descent]:
        return list(
            _race(
                self.data,
                self.sizes(SIZES),
                self.lr,
                self.updates,
                self.epochs,
                self.budget,
                self.draws,
                self.seed,
            )
        )

    def clouds(self) -> list[b.Cloud]:
        """Around the start; all examples together have none."""
        sizes = (size for size in self.sizes(CLOUDS, full=False) if size < self.n)
        return [_cloud(self.data, size, self.seed) for size in sizes]

    @property
    def code(self) -> str:
        problem = {"irises": "petals", "synthetic": "synthetic"}[self.data]
        return f"""import numpy as np
from playground.topics.batches.experiment import {problem}, cloud, descend, noise_floor
from playground.topics.batches.wells import FLAT, SHARP, Wells, escape

loss = {problem}()
around = cloud(loss, np.zeros(2), batch={self.size}, seed={self.seed})
print(np.trace(around.measured), np.trace(around.theory))
run = descend(loss, batch={self.size}, lr={self.lr:g}, updates={self.updates},
              order={self.draws!r}, seed={self.seed})
print(run.floor(0.2), noise_floor(loss, {self.lr:g}, {self.size}))
for batch in {ESCAPES[:-1]}:
    print(batch, escape(Wells(), SHARP, batch, lr={self.well_lr:g}).left,
          escape(Wells(), FLAT, batch, lr={self.well_lr:g}).left)"""


_problem = lru_cache(maxsize=4)(lambda data: PROBLEMS[data]())


@lru_cache(maxsize=128)
def _cloud(data: str, size: int, seed: int) -> b.Cloud:
    return b.cloud(_problem(data), np.zeros(2), size, seed=seed)


@lru_cache(maxsize=32)
def _race(
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
    return tuple(b.race(_problem(data), sizes, lr, order=order, seed=seed, **length))


def mine_of(s: Sampling, runs: list[b.Descent]) -> b.Descent:
    return next(run for run in runs if run.batch == s.size)


@lru_cache(maxsize=256)
def noise_floor(data: str, lr: float, size: int) -> float:
    """Predicted mean excess at which a batch size stops; 0 for all examples together."""
    loss = _problem(data)
    if size == len(loss.y):
        return 0.0 if lr < loss.largest_lr else np.inf
    return b.noise_floor(loss, lr, size)


@lru_cache(maxsize=128)
def largest_lr(data: str, size: int) -> float:
    """The step from which on the noise of this batch size feeds on itself, by bisection."""
    low, high = 0.0, _problem(data).largest_lr
    for _ in range(30):
        middle = (low + high) / 2
        low, high = (middle, high) if noise_floor(data, middle, size) < np.inf else (low, middle)
    return high


def verdict(s: Sampling, runs: list[b.Descent]) -> tuple[str, bool | None, str]:
    """Label, whether it is good, and one sentence with the number and its threshold."""
    mine, floor = mine_of(s, runs), noise_floor(s.data, s.lr, s.size)
    start, steps = mine.excess[0], len(mine.w) - 1
    if np.isinf(floor):
        said = (
            f"With B = {s.size} the largest stable step is {largest_lr(s.data, s.size):.3g}; "
            f"η = {s.lr:g} is above it, so the noise feeds on itself. All examples together bear "
            f"2/λ_max = {s.loss().largest_lr:.3g}."
        )
        return "diverges", False, said
    if s.size == s.n:
        said = (
            f"All {s.n} examples in every update: after {steps} updates the excess loss is "
            f"{mine.excess[-1]:.3g} and keeps falling, at the price of {mine.epochs[-1]:.0f} "
            "epochs."
        )
        return "no noise", True, said
    free = b.descend(s.loss(), s.n, s.lr, steps).excess[-1]
    last = mine.floor(0.2)
    if free < floor:
        said = (
            f"Batches of {s.size} stop at an excess loss of {last:.2g} (mean of the last fifth; "
            f"predicted for independent draws: {floor:.2g}), {floor / start:.2%} of the start. "
            f"Without noise it would be {free:.1g}."
        )
        return "noise floor", None, said
    said = (
        f"After {steps} updates the excess loss is {last:.2g} (mean of the last fifth), still "
        f"above the floor of {floor:.2g} that the noise of B = {s.size} sets: what limits it is "
        "the number of updates."
    )
    return "on the way", None, said


def race_table(s: Sampling, runs: list[b.Descent]) -> tuple[list[str], list[list[str]]]:
    """Updates and epochs each batch size needs, and where it stops."""
    head = [
        "B",
        f"updates to {SHARE:.0%} of the start",
        "epochs",
        "excess, last fifth",
        "floor, theory",
    ]
    rows = []
    for run in runs:
        needed = run.updates_to(SHARE * run.excess[0])
        floor = noise_floor(s.data, s.lr, run.batch)
        rows.append(
            [
                f"**{run.batch}**" if run.batch == s.size else str(run.batch),
                f"more than {len(run.w) - 1}" if np.isnan(needed) else f"{needed:.0f}",
                "–" if np.isnan(needed) else f"{needed * run.batch / run.n:.2g}",
                f"{run.floor(0.2):.2g}",
                f"{floor:.2g}".replace("inf", "diverges"),
            ]
        )
    return head, rows


def cloud_table(found: list[b.Cloud], mine: int) -> tuple[list[str], list[list[str]]]:
    """The total variance of each cloud, and the share of it inside the predicted ellipse."""
    rows = []
    for c in found:
        away = (c.gradients - c.full).T
        inside = np.einsum("i...,i...", away, np.linalg.solve(c.theory, away)) <= 4
        rows.append(
            [
                f"**{c.batch}**" if c.batch == mine else str(c.batch),
                f"{np.trace(c.measured):.3g}",
                f"{np.trace(c.theory):.3g}",
                f"{inside.mean():.0%}",
            ]
        )
    bell = f"inside the ellipse (a bell: {1 - np.exp(-2):.0%})"
    return ["B", "variance, measured", "variance, theory", bell], rows


class Floors(NamedTuple):
    """Where batch sizes stop, when they start at the best weights."""

    sizes: tuple[int, ...]
    theory: list[float]
    """For independent draws."""
    measured: dict[str, list[float]]
    """By the order in which examples are drawn."""


@lru_cache(maxsize=32)
def floors(data: str, lr: float, seed: int) -> Floors:
    loss = _problem(data)
    sizes = tuple(n for n in FLOORS if n < len(loss.y))
    measured = {
        order: [b.descend(loss, n, lr, 1500, order, loss.optimum, seed).floor(0.9) for n in sizes]
        for order in ("replacement", "reshuffle")
    }
    return Floors(sizes, [noise_floor(data, lr, n) for n in sizes], measured)


@lru_cache(maxsize=1)
def costs() -> list[b.Cost]:
    """Measured once on this machine."""
    return b.measure_cost(COSTS)


def cost_words(found: list[b.Cost]) -> str:
    first, many, whole = found[0], found[2], found[-1]
    return (
        f"Measured on this machine: an update on {many.batch} examples takes "
        f"{many.update / first.update:.2g} times as long as one on {first.batch}, so an epoch "
        f"is {first.epoch / many.epoch:.0f} times as fast. On {whole.batch} examples an "
        f"update takes {whole.update / first.update:.0f} times as long."
    )


def numbers(runs: list[b.Descent]) -> Mapping[str, Any]:
    """The columns of the download."""
    columns: dict[str, Any] = {}
    for run in runs:
        columns |= {
            f"update, B={run.batch}": run.updates,
            f"epoch, B={run.batch}": run.epochs,
            f"excess loss, B={run.batch}": run.excess,
        }
    return columns
