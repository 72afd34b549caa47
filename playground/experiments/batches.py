"""Mini-batches on linear regression: the noise they make, what it costs and what it leaves.

With N examples, gradients gᵢ and their covariance C, a batch of B distinct examples has a mean
gradient whose covariance is C/B · (N − B)/(N − 1); with replacement it is C/B.
Source: Cochran 1977, Sampling Techniques, section 2.4; Bottou, Curtis & Nocedal 2018, section 4.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from playground.experiments.datasets import iris
from playground.experiments.linear import LinearRegression

ORDERS = ("reshuffle", "shuffle once", "replacement")
"""How batches are drawn: a new order every epoch, one order for ever, or independent draws."""


def synthetic(n: int = 1024, seed: int = 1) -> LinearRegression:
    """y = x₁ − 2 x₂ + noise of sd 0.5, both features standard normal: P = 2, no bias."""
    rng = np.random.default_rng(seed)
    a = rng.standard_normal((n, 2))
    return LinearRegression(a, a @ [1.0, -2.0] + 0.5 * rng.standard_normal(n))


def petals() -> LinearRegression:
    """Real data: the petal width of 150 irises from their petal length and sepal width.

    All three in standard units, so P = 2 and no bias is needed.
    """
    z = iris().inputs
    z = (z - z.mean(axis=0)) / z.std(axis=0)
    return LinearRegression(z[:, [2, 1]], z[:, 3])


def covariance(
    loss: LinearRegression, w: np.ndarray, batch: int, replace: bool = False
) -> np.ndarray:
    """Covariance ``(P, P)`` of the mean gradient of a random batch at w, from the formula."""
    g = loss.gradients(w)
    n = len(g)
    if not 1 <= batch <= n and not replace:
        raise ValueError(f"a batch has 1 to {n} examples; got {batch}.")
    c = (g - g.mean(axis=0)).T @ (g - g.mean(axis=0)) / n
    return c / batch * (1 if replace else (n - batch) / (n - 1))


@dataclass(frozen=True, eq=False)
class Cloud:
    """Mean gradients of many random batches at one point."""

    batch: int
    gradients: np.ndarray  # (draws, P)
    full: np.ndarray
    """The gradient of all examples, ``(P,)``: the cloud's true centre."""
    theory: np.ndarray  # (P, P)

    @property
    def measured(self) -> np.ndarray:
        """Covariance of the cloud about the full gradient, ``(P, P)``."""
        away = self.gradients - self.full
        return away.T @ away / len(away)

    def ellipse(self, covariance: np.ndarray, deviations: float = 2.0) -> np.ndarray:
        """Outline ``(2, 181)`` at so many standard deviations; for P = 2."""
        values, vectors = np.linalg.eigh(covariance)
        phi = np.linspace(0, 2 * np.pi, 181)
        circle = np.array([np.cos(phi), np.sin(phi)])
        axes = vectors * np.sqrt(np.maximum(values, 0))
        return self.full[:, None] + deviations * axes @ circle


def cloud(
    loss: LinearRegression, w: np.ndarray, batch: int, draws: int = 2000, seed: int = 0,
    replace: bool = False,
) -> Cloud:  # fmt: skip
    """Draw batches at the point `w (P,)` and keep their gradients."""
    g, rng, n = loss.gradients(w), np.random.default_rng(seed), len(loss.y)
    theory = covariance(loss, w, batch, replace)
    if replace:
        index = rng.integers(n, size=(draws, batch))
    else:  # the positions of the B smallest of N random numbers are B distinct examples
        index = np.argpartition(rng.random((draws, n)), batch - 1, axis=1)[:, :batch]
    return Cloud(batch, g[index].mean(axis=1), g.mean(axis=0), theory)


@dataclass(frozen=True, eq=False)
class Descent:
    """Stochastic gradient descent with one batch size."""

    batch: int
    w: np.ndarray  # (T+1, P)
    excess: np.ndarray
    """Loss above the least one on *all* examples, ``(T+1,)``."""
    n: int

    @property
    def updates(self) -> np.ndarray:
        return np.arange(len(self.w))

    @property
    def epochs(self) -> np.ndarray:
        """Examples looked at, in units of the data set, ``(T+1,)``."""
        return self.updates * self.batch / self.n

    def updates_to(self, excess: float) -> float:
        """The first update after which the excess is at most this; NaN if it never is."""
        hits = np.flatnonzero(self.excess <= excess)
        return float(hits[0]) if len(hits) else np.nan

    def floor(self, share: float = 0.5) -> float:
        """Mean excess over the last part of the run."""
        return float(self.excess[-max(1, round(share * len(self.excess))) :].mean())


def batches(n: int, batch: int, order: str, rng: np.random.Generator) -> Iterator[np.ndarray]:
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


def descend(
    loss: LinearRegression, batch: int, lr: float = 0.05, updates: int = 500,
    order: str = "reshuffle", start: np.ndarray | None = None, seed: int = 0,
) -> Descent:  # fmt: skip
    """Update on one batch after the other, from w = 0 unless a start `(P,)` is given."""
    n, p = loss.a.shape
    w = np.empty((updates + 1, p))
    w[0] = 0 if start is None else start
    draws = batches(n, batch, order, np.random.default_rng(seed))
    with np.errstate(all="ignore"):
        for t, index in zip(range(updates), draws, strict=False):
            a = loss.a[index]
            w[t + 1] = w[t] - lr * (a.T @ (a @ w[t] - loss.y[index])) / len(index)
        return Descent(batch, w, loss.excess(w.T), n)


def race(
    loss: LinearRegression, sizes: tuple[int, ...], lr: float = 0.05, *,
    updates: int | None = None, epochs: float | None = None, order: str = "reshuffle",
    seed: int = 0,
) -> list[Descent]:  # fmt: skip
    """One descent a batch size, with equal `updates` or with equal `epochs` (examples looked at).

    Raises `ValueError` unless exactly one of the two budgets is given.
    """
    if (updates is None) == (epochs is None):
        raise ValueError("give a budget of updates or of epochs, not both.")
    n = len(loss.y)

    def length(batch: int) -> int:
        return updates if updates is not None else max(1, round(epochs * n / batch))  # type: ignore[operator]

    return [descend(loss, b, lr, length(b), order, seed=seed) for b in sizes]


def noise_floor(loss: LinearRegression, lr: float, batch: int) -> float:
    """Stationary mean excess of batches drawn with replacement, exactly; inf where it diverges.

    The covariance M of w about the optimum obeys M = (I − ηH) M (I − ηH)
    + η²/B · (E[a aᵀ M a aᵀ] − H M H + C), with C the gradients' covariance at the optimum: a
    linear system, because a gradient is linear in w.  The excess is ½ tr(H M).  To first order in
    η it is η tr(C)/(4B).
    """
    h, g, p = loss.hessian(), loss.gradients(loss.optimum), loss.a.shape[1]
    c = (g.T @ g / len(g)).reshape(-1)
    keep, eye = np.eye(p) - lr * h, np.eye(p * p)
    pairs = np.einsum("ni,nj->nij", loss.a, loss.a).reshape(len(g), -1)
    fourth = (pairs.T @ pairs / len(g)).reshape(p, p, p, p).transpose(0, 2, 1, 3)
    spread = fourth.reshape(p * p, p * p) - np.kron(h, h)
    step = np.kron(keep, keep) + lr**2 / batch * spread
    if np.abs(np.linalg.eigvals(step)).max() >= 1:
        return np.inf
    m = np.linalg.solve(eye - step, lr**2 / batch * c).reshape(p, p)
    return float(np.trace(h @ m) / 2)


@dataclass(frozen=True)
class Cost:
    """Seconds measured on this machine, now."""

    batch: int
    update: float
    epoch: float


def measure_cost(sizes: tuple[int, ...], features: int = 100, n: int = 4096) -> list[Cost]:
    """The median time of one update, and of the N/B updates of one epoch, by batch size.

    One product of a matrix with a vector serves the whole batch, so 64 examples cost little more
    than one.
    """
    rng = np.random.default_rng(0)
    a, y, w = rng.standard_normal((n, features)), rng.standard_normal(n), np.zeros(features)
    found = []
    for batch in sizes:
        part, target, times = a[:batch], y[:batch], []
        for _ in range(51):
            began = time.perf_counter()
            w = w - 1e-6 * (part.T @ (part @ w - target)) / batch
            times.append(time.perf_counter() - began)
        found.append(Cost(batch, float(np.median(times)), float(np.median(times)) * n / batch))
    return found
