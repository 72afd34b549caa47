"""A sharp and a flat minimum: which of them does the noise of small batches leave?

The loss of example i is one pair of wells shifted by sᵢ, so examples disagree about where the
minimum lies, and a disagreement s costs a gradient λ s: the noise of a batch is large where the
curvature is.  Plain gradient noise, equal everywhere, tells another story, so neither is a law.
Source: Keskar et al. 2017, arXiv:1609.04836; Wu, Ma & E 2018, NeurIPS; Lee 2021 (NTU), lecture
on batches.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from playground.shelf import remembered

SHARP, FLAT = -2.0, 2.0
"""Where the wells are."""


@dataclass(frozen=True, eq=False)
class Wells:
    """f(x) = mean over i of ℓ(x − sᵢ), with ℓ the soft minimum of two parabolas.

    ℓ(u) = −τ log(e^(−a/τ) + e^(−b/τ)), a = ½ k_sharp (u + 2)², b = ½ k_flat (u − 2)² + rise; the
    sharp well is the deeper one.  The shifts ``(n,)`` have mean 0 and standard deviation `spread`.
    """

    k_sharp: float = 3.85
    k_flat: float = 0.65
    rise: float = 0.3
    spread: float = 0.18
    n: int = 256
    tau: float = 0.05
    seed: int = 0

    @cached_property
    def shifts(self) -> np.ndarray:
        s = np.random.default_rng(self.seed).standard_normal(self.n)
        return self.spread * (s - s.mean()) / s.std()

    def one(self, u: Any) -> tuple[Any, Any]:
        """ℓ and ℓ′ of the wells without a shift."""
        a = self.k_sharp * (u - SHARP) ** 2 / 2
        b = self.k_flat * (u - FLAT) ** 2 / 2 + self.rise
        with np.errstate(over="ignore"):
            share = 1 / (1 + np.exp((a - b) / self.tau))
        slope = share * self.k_sharp * (u - SHARP) + (1 - share) * self.k_flat * (u - FLAT)
        return -self.tau * np.logaddexp(-a / self.tau, -b / self.tau), slope

    def __call__(self, x: Any, moved: float = 0.0) -> np.ndarray:
        """Training losses ``(...)``; `moved` shifts every well, as another sample would."""
        return self.one(np.asarray(x)[..., None] - moved - self.shifts)[0].mean(axis=-1)

    def gradient(self, x: Any) -> np.ndarray:
        """Full gradients ``(...)``."""
        return self.one(np.asarray(x)[..., None] - self.shifts)[1].mean(axis=-1)

    def noise(self, x: float) -> float:
        """Standard deviation of one example's gradient at x."""
        return float(self.one(x - self.shifts)[1].std())

    @cached_property
    def hilltop(self) -> float:
        """The highest point between the wells."""
        x = np.linspace(SHARP, FLAT, 4001)
        return float(x[np.argmax(self(x))])


@dataclass(frozen=True, eq=False)
class Escape:
    """What became of many runs that started in one minimum."""

    start: float
    x: np.ndarray
    """Where they ended, ``(runs,)``."""
    first: np.ndarray
    """The first update on the other side of the hilltop, ``(runs,)``; NaN where there was none."""
    hilltop: float

    @property
    def left(self) -> float:
        """Share of runs that ended on the other side."""
        return float(np.mean((self.x > self.hilltop) != (self.start > self.hilltop)))

    @property
    def crossed(self) -> float:
        """Share of runs that were on the other side at least once."""
        return float(np.isfinite(self.first).mean())


def escape(
    wells: Wells,
    start: float,
    batch: int,
    lr: float = 0.45,
    updates: int = 2000,
    runs: int = 300,
    seed: int = 0,
) -> Escape:
    """Stochastic gradient descent from a minimum, batches drawn with replacement.

    A batch of all n examples is the full gradient and has no noise.
    """
    rng = np.random.default_rng(seed)

    def gradient(x: np.ndarray) -> np.ndarray:
        if batch >= wells.n:
            return wells.gradient(x)
        shifts = wells.shifts[rng.integers(wells.n, size=(len(x), batch))]
        return wells.one(x[:, None] - shifts)[1].mean(axis=1)

    return _walk(wells, start, gradient, lr, updates, runs)


def escape_by_noise(
    wells: Wells,
    start: float,
    noise: float = 3.0,
    lr: float = 0.1,
    updates: int = 2000,
    runs: int = 300,
    seed: int = 0,
) -> Escape:
    """The same with the full gradient and Gaussian noise of one size everywhere.

    At a small step the height of the barrier decides, hardly its width (Kramers 1940): with
    ``Wells(rise=1.5)`` the flat minimum has the lower barrier and is left sooner.  Near η = 2/λ
    the sharp one is close to unstable and is left first under any noise.
    """
    rng = np.random.default_rng(seed)

    def gradient(x: np.ndarray) -> np.ndarray:
        return wells.gradient(x) + noise * rng.standard_normal(len(x))

    return _walk(wells, start, gradient, lr, updates, runs)


def _walk(
    wells: Wells,
    start: float,
    gradient: Callable[[np.ndarray], np.ndarray],
    lr: float,
    updates: int,
    runs: int,
) -> Escape:
    x, first = np.full(runs, float(start)), np.full(runs, np.nan)
    for t in range(updates):
        x = x - lr * gradient(x)
        beyond = (x > wells.hilltop) != (start > wells.hilltop)
        first[beyond & np.isnan(first)] = t + 1
    return Escape(start, x, first, wells.hilltop)


# ---- what the page shows --------------------------------------------------------------------

ESCAPES = (1, 2, 4, 8, 256)
"""Batch sizes."""
RUNS, FEWER = 300, 100
"""Of every batch size, and under equal noise."""
WELLS = Wells()
UNEQUAL = Wells(rise=1.5, n=32)
"""Wells of which the flat one has the lower barrier."""


@remembered
def escaped(start: float, batch: int, lr: float) -> Escape:
    """What became of the runs with batches of one size."""
    if batch >= WELLS.n:  # no noise: one run is all runs
        return escape(WELLS, start, batch, lr, updates=200, runs=1)
    return escape(WELLS, start, batch, lr, runs=RUNS)


@remembered
def equal_noise(start: float) -> Escape:
    """The same under noise that is equal everywhere."""
    return escape_by_noise(UNEQUAL, start, updates=1500, runs=FEWER)


@remembered
def spread(lr: float, start: float, batch: int) -> float:
    """Standard deviation of x in a well: √(η s²/(B λ (2 − ηλ))), NaN where it is unstable."""
    curvature = WELLS.k_sharp if start == SHARP else WELLS.k_flat
    if batch >= WELLS.n or lr * curvature >= 2:
        return 0.0 if lr * curvature < 2 else np.nan
    return float(WELLS.noise(start) * np.sqrt(lr / (batch * curvature * (2 - lr * curvature))))
