"""Linear regression as a loss: the one learning problem of which everything is known exactly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from playground.giving_way import give_way, giving_way
from playground.types import Array, Integers


@dataclass(frozen=True, eq=False)
class LinearRegression:
    """f(w) = 1/(2n) Σᵢ (aᵢ·w − yᵢ)², a quadratic bowl with Hessian H = AᵀA/n.

    `a (n, P)` are the features of n examples (a column of ones is the bias), `y (n,)` the targets.
    Points are ``w (P, ...)``, as everywhere.
    """

    a: Array
    y: Array

    @classmethod
    def with_bias(cls, inputs: Any, targets: Any) -> LinearRegression:
        """The last of the P = d + 1 parameters multiplies 1."""
        return cls(np.column_stack([inputs, np.ones(len(inputs))]), np.asarray(targets))

    def __call__(self, w: Any) -> Any:
        """Losses ``(...)``."""
        return (self._residual(w) ** 2).mean(axis=0) / 2

    def gradient(self, w: Any) -> Array:
        """Gradients ``(P, ...)``."""
        return np.tensordot(self.a.T, self._residual(w), 1) / len(self.y)

    def hessian(self, w: Any = None) -> Array:
        """AᵀA/n ``(P, P)``, the same everywhere."""
        return self.a.T @ self.a / len(self.y)

    def gradients(self, w: Any) -> Array:
        """Gradient of every example's own loss at one point, ``(n, P)``; their mean is ∇f."""
        return self.a * self._residual(w)[:, None]

    @cached_property
    def optimum(self) -> Array:
        """The point of least loss, ``(P,)``."""
        return np.asarray(np.linalg.lstsq(self.a, self.y, rcond=None)[0], dtype=float)

    @cached_property
    def modes(self) -> tuple[Array, Array]:
        """Eigenvalues ``(P,)`` of the Hessian, ascending, and eigenvectors in columns ``(P, P)``.

        From the singular values of A, which keeps the small ones exact where κ is large.
        """
        _, s, v = np.linalg.svd(self.a, full_matrices=False)
        return s[::-1] ** 2 / len(self.y), v[::-1].T

    def excess(self, w: Any) -> Any:
        """How much the losses ``(...)`` lie above the least one: ½ Σ λᵢ (distance along vᵢ)²."""
        values, vectors = self.modes
        away = w - self.optimum.reshape(-1, *[1] * (np.ndim(w) - 1))
        return np.tensordot(values, np.tensordot(vectors.T, away, 1) ** 2, 1) / 2

    @property
    def kappa(self) -> float:
        """Condition number λ_max/λ_min."""
        values, _ = self.modes
        return float(values[-1] / values[0])

    @property
    def largest_lr(self) -> float:
        """Gradient descent diverges above 2/λ_max."""
        return float(2 / self.modes[0][-1])

    @property
    def best_lr(self) -> float:
        """2/(λ_min + λ_max): both ends of the spectrum shrink by (κ − 1)/(κ + 1) a step."""
        values, _ = self.modes
        return float(2 / (values[0] + values[-1]))

    def _residual(self, w: Any) -> Array:
        give_way()
        return np.tensordot(self.a, w, 1) - self.y.reshape(-1, *[1] * (np.ndim(w) - 1))


ORDERS = ("reshuffle", "shuffle once", "replacement")
"""How batches are drawn: a new order every epoch, one order for ever, or independent draws."""


@dataclass(frozen=True, eq=False)
class Descent:
    """Stochastic gradient descent with one batch size."""

    batch: int
    w: Array  # (T+1, P)
    excess: Array
    """Loss above the least one on *all* examples, ``(T+1,)``."""
    n: int

    @property
    def updates(self) -> Integers:
        return np.arange(len(self.w))

    @property
    def epochs(self) -> Array:
        """Examples looked at, in units of the data set, ``(T+1,)``."""
        return self.updates * self.batch / self.n

    def updates_to(self, excess: float) -> float:
        """The first update after which the excess is at most this; NaN if it never is."""
        hits = np.flatnonzero(self.excess <= excess)
        return float(hits[0]) if len(hits) else np.nan

    @np.errstate(all="ignore")
    def floor(self, share: float = 0.5) -> float:
        """Mean excess over the last part of the run; inf or nan of one that leaves."""
        return float(self.excess[-max(1, round(share * len(self.excess))) :].mean())


def batches(n: int, batch: int, order: str, rng: np.random.Generator) -> Iterator[Integers]:
    """Endless index arrays ``(B,)``; a last batch of an epoch that would be smaller is smaller."""
    if order not in ORDERS:
        raise ValueError(f"order must be one of {', '.join(ORDERS)}; got {order!r}.")
    if not 1 <= batch <= n:
        raise ValueError(f"a batch has 1 to {n} examples; got {batch}.")
    shuffled = rng.permutation(n)
    while True:
        if order == "replacement":
            yield rng.integers(n, size=batch)
            continue
        for first in range(0, n, batch):
            yield shuffled[first : first + batch]
        if order == "reshuffle":
            shuffled = rng.permutation(n)


def sgd(
    loss: LinearRegression,
    batch: int,
    lr: float = 0.05,
    updates: int = 500,
    order: str = "reshuffle",
    start: Array | None = None,
    seed: int = 0,
) -> Descent:
    """Update on one batch after the other, from w = 0 unless a start `(P,)` is given."""
    n, p = loss.a.shape
    w = np.empty((updates + 1, p))
    w[0] = 0 if start is None else start
    draws = batches(n, batch, order, np.random.default_rng(seed))
    with np.errstate(all="ignore"):
        for t, index in zip(giving_way(range(updates)), draws, strict=False):
            a = loss.a[index]
            w[t + 1] = w[t] - lr * (a.T @ (a @ w[t] - loss.y[index])) / len(index)
        return Descent(batch, w, loss.excess(w.T), n)
