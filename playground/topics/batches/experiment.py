"""Mini-batches on linear regression: the noise they make, what it costs and what it leaves.

With N examples, gradients gᵢ and their covariance C, a batch of B distinct examples has a mean
gradient whose covariance is C/B · (N − B)/(N − 1); with replacement it is C/B.
Source: Cochran 1977, Sampling Techniques, section 2.4; Bottou, Curtis & Nocedal 2018, section 4.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from playground.networks.datasets import iris
from playground.networks.linear import Descent, LinearRegression, sgd

DEVIATIONS = 2
"""Standard deviations that the ellipse of a cloud reaches."""


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

    def ellipse(self, covariance: np.ndarray, deviations: float = DEVIATIONS) -> np.ndarray:
        """Outline ``(2, 181)`` at so many standard deviations; for P = 2."""
        values, vectors = np.linalg.eigh(covariance)
        phi = np.linspace(0, 2 * np.pi, 181)
        circle = np.array([np.cos(phi), np.sin(phi)])
        axes = vectors * np.sqrt(np.maximum(values, 0))
        return self.full[:, None] + deviations * axes @ circle


def cloud(
    loss: LinearRegression,
    w: np.ndarray,
    batch: int,
    draws: int = 2000,
    seed: int = 0,
    replace: bool = False,
) -> Cloud:
    """Draw batches at the point `w (P,)` and keep their gradients."""
    g, rng, n = loss.gradients(w), np.random.default_rng(seed), len(loss.y)
    theory = covariance(loss, w, batch, replace)
    if replace:
        index = rng.integers(n, size=(draws, batch))
    else:  # the positions of the B smallest of N random numbers are B distinct examples
        index = np.argpartition(rng.random((draws, n)), batch - 1, axis=1)[:, :batch]
    return Cloud(batch, g[index].mean(axis=1), g.mean(axis=0), theory)


def batch_sizes(
    loss: LinearRegression,
    sizes: tuple[int, ...],
    lr: float = 0.05,
    *,
    updates: int | None = None,
    epochs: float | None = None,
    order: str = "reshuffle",
    seed: int = 0,
) -> list[Descent]:
    """One descent a batch size, with equal `updates` or with equal `epochs` (examples looked at).

    Raises `ValueError` unless exactly one of the two budgets is given.
    """
    if (updates is None) == (epochs is None):
        raise ValueError("give a budget of updates or of epochs, not both.")
    n = len(loss.y)

    def length(batch: int) -> int:
        return updates if updates is not None else max(1, round(epochs * n / batch))  # type: ignore[operator]

    return [sgd(loss, b, lr, length(b), order, seed=seed) for b in sizes]


def stationary_excess(loss: LinearRegression, lr: float, batch: int) -> float:
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
