"""Penalties on the weights: what L2 and L1 do to an update, to a solution and to its zeros.

Source: Krogh & Hertz 1991 (weight decay); Loshchilov & Hutter 2019, arXiv:1711.05101 (AdamW);
Tibshirani 1996, JRSS B 58:267 (lasso); Beck & Teboulle 2009 (proximal gradient).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from playground.language import mark
from playground.networks.linear import LinearRegression
from playground.optimizers import Optimizer
from playground.optimizers.adam import Adam
from playground.optimizers.adamw import AdamW

PENALTIES = ("ridge", "lasso")

# ---- L2 in the update -----------------------------------------------------------------------


class DecayStep(NamedTuple):
    """One update with an L2 penalty, written in two ways."""

    factor: float
    """1 − ηλ/m: what every weight is multiplied by."""
    by_penalty: np.ndarray
    """w − η (∇f + (λ/m) w), ``(P,)``."""
    by_decay: np.ndarray
    """(1 − ηλ/m) w − η ∇f, ``(P,)``: the same numbers."""


def decay_step(loss: LinearRegression, w: np.ndarray, lr: float, penalty: float) -> DecayStep:
    """Gradient descent on f(w) + λ/(2m) ‖w‖², m examples: L2 *is* a shrinking of the weights.

    It shrinks as long as 0 < ηλ/m < 1, and only for plain gradient descent is it the same.
    """
    g, rate = loss.gradient(w), lr * penalty / len(loss.y)
    return DecayStep(1 - rate, w - lr * (g + penalty / len(loss.y) * w), (1 - rate) * w - lr * g)


@dataclass(frozen=True, eq=False)
class DecayRace:
    """Weights that only decay, one a column, under gradients that cancel on average."""

    sizes: np.ndarray  # (n,): size σ of each weight's gradient
    paths: dict[str, np.ndarray]
    """By optimizer, ``(T+1, n)``."""
    decoupled: np.ndarray
    """(1 − ηλ)^t, ``(T+1,)``: what AdamW promises every weight."""
    coupled: np.ndarray
    """e^(−ηλt/σ), ``(T+1, n)``: Adam divides the penalty's pull by the gradient's size as well."""


def decay_race(
    sizes: Any = (0.5, 10.0), lr: float = 0.01, decay: float = 0.1, steps: int = 2000
) -> DecayRace:
    """Adam with an L2 penalty against AdamW, from w = 1 under gradients +σ, −σ, +σ, ...

    AdamW shrinks both weights alike; under Adam the weight with large gradients hardly decays.
    """
    sizes = np.asarray(sizes, dtype=float)
    rules: dict[str, Optimizer] = {
        mark("Adam with L2"): Adam(lr=lr, weight_decay=decay),
        mark("AdamW"): AdamW(lr=lr, weight_decay=decay),
    }
    paths = {}
    for name, rule in rules.items():
        x, state = np.ones_like(sizes), rule.init(sizes)
        path = [x]
        for t in range(steps):
            x, state = rule.rule(x, sizes * (-1) ** t, state, lr)
            path.append(x)
        paths[name] = np.array(path)
    times = np.arange(steps + 1)
    coupled = np.exp(-lr * decay * times[:, None] / sizes)
    return DecayRace(sizes, paths, (1 - lr * decay) ** times, coupled)


# ---- L1 and exact zeros ---------------------------------------------------------------------


def sparse_regression(
    n: int = 100, features: int = 50, relevant: int = 5, noise: float = 0.5, seed: int = 0
) -> tuple[LinearRegression, np.ndarray]:
    """Standard normal features of which few matter (weight ±1 to ±3): the loss and the truth."""
    rng = np.random.default_rng(seed)
    truth = np.zeros(features)
    truth[:relevant] = rng.choice([-1, 1], relevant) * rng.uniform(1, 3, relevant)
    a = rng.standard_normal((n, features))
    return LinearRegression(a, a @ truth + noise * rng.standard_normal(n)), truth


def soft_threshold(w: Any, by: float) -> Any:
    """sign(w) max(|w| − by, 0): the point that minimises ½(u − w)² + by |u|."""
    return np.sign(w) * np.maximum(np.abs(w) - by, 0)


def proximal_l1(loss: LinearRegression, penalty: float, steps: int = 2000) -> np.ndarray:
    """Minimise f(w) + λ ‖w‖₁ by a gradient step on f and a soft threshold, ``(P,)``.

    w ← S(w − η ∇f, ηλ) with η = 1/λ_max.  The threshold sets small weights to exactly 0.
    """
    lr, w = loss.largest_lr / 2, np.zeros(loss.a.shape[1])
    for _ in range(steps):
        w = soft_threshold(w - lr * loss.gradient(w), lr * penalty)
    return w


def subgradient_l1(loss: LinearRegression, penalty: float, steps: int = 2000) -> np.ndarray:
    """The same by following ∇f + λ sign(w): weights jump across 0 and never rest on it, ``(P,)``.

    They start at the solution without a penalty, since sign(0) = 0 would leave them at rest.
    """
    lr, w = loss.largest_lr / 2, loss.optimum.copy()
    for _ in range(steps):
        w = w - lr * (loss.gradient(w) + penalty * np.sign(w))
    return w


def ridge(loss: LinearRegression, penalty: float) -> np.ndarray:
    """Minimise f(w) + ½ λ ‖w‖²: w = (H + λ I)⁻¹ Aᵀy/n, ``(P,)``."""
    h = loss.hessian()
    return np.linalg.solve(h + penalty * np.eye(len(h)), loss.a.T @ loss.y / len(loss.y))


class Fit(NamedTuple):
    """One way to fit the same data."""

    name: str
    w: np.ndarray  # (P,)
    zeros: int
    """Weights that are exactly 0."""
    test_error: float
    """Expected squared error on fresh data, noise included."""


def compare_penalties(penalty: float = 0.1, noise: float = 0.5, seed: int = 0) -> list[Fit]:
    """No penalty, L2, and L1 by two methods, on 100 examples of 50 features of which 5 matter."""
    loss, truth = sparse_regression(noise=noise, seed=seed)
    ways = {
        mark("none"): loss.optimum,
        mark("L2"): ridge(loss, penalty),
        mark("L1, subgradient"): subgradient_l1(loss, penalty),
        mark("L1, proximal"): proximal_l1(loss, penalty),
    }
    return [
        Fit(name, w, int(np.sum(w == 0)), float(noise**2 + np.sum((w - truth) ** 2)))
        for name, w in ways.items()
    ]


# ---- the constrained picture ----------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class PenaltyPath:
    """Solutions of a two-parameter problem as the penalty grows."""

    penalty: str
    w: np.ndarray  # (2, n), of every λ
    radius: np.ndarray
    """‖w‖₂ (ridge) or ‖w‖₁ (lasso), ``(n,)``: the circle or diamond that the contour touches."""
    loss: np.ndarray
    """½ (w − w*)ᵀ H (w − w*), ``(n,)``: the level of that contour."""


def penalty_path(hessian: Any, optimum: Any, strengths: Any, penalty: str = "ridge") -> PenaltyPath:
    """Minimise ½ (w − w*)ᵀ H (w − w*) + λ R(w) for every λ, exactly.

    R = ½ ‖w‖² (ridge) or ‖w‖₁ (lasso).  Each solution is where a contour of the loss touches the
    ball ‖w‖ ≤ r: a circle is touched anywhere, a diamond mostly at a corner, where a weight is 0.
    """
    if penalty not in PENALTIES:
        raise ValueError(f"penalty must be one of {', '.join(PENALTIES)}; got {penalty!r}.")
    h, best = np.asarray(hessian, dtype=float), np.asarray(optimum, dtype=float)
    solve = _lasso if penalty == "lasso" else _ridge
    w = np.array([solve(h, best, float(s)) for s in strengths]).reshape(-1, 2).T
    away = w - best[:, None]
    radius = np.abs(w).sum(axis=0) if penalty == "lasso" else np.hypot(*w)
    return PenaltyPath(penalty, w, radius, (away * (h @ away)).sum(axis=0) / 2)


def first_zero(hessian: Any, optimum: Any) -> float:
    """The λ from which on the lasso of `penalty_path` has a weight that is exactly 0.

    Until then no sign changes, so w(λ) = w* − λ H⁻¹ sign(w*) is a straight line, and the first
    weight to come to 0 along it decides; inf if none does.
    """
    best = np.asarray(optimum, dtype=float)
    pace = np.linalg.solve(np.asarray(hessian, dtype=float), np.sign(best))
    with np.errstate(divide="ignore"):
        when = best / pace
    return float(when[when > 0].min(initial=np.inf))


def _ridge(h: np.ndarray, best: np.ndarray, strength: float) -> np.ndarray:
    return np.linalg.solve(h + strength * np.eye(2), h @ best)


def _lasso(h: np.ndarray, best: np.ndarray, strength: float) -> np.ndarray:
    """The best of the stationary points of every pattern of signs, of which there are nine."""
    pull = h @ best
    candidates = [np.zeros(2)]
    for i in (0, 1):
        w = np.zeros(2)
        w[i] = soft_threshold(pull[i], strength) / h[i, i]
        candidates.append(w)
    for sign in ((1, 1), (1, -1), (-1, 1), (-1, -1)):
        w = best - strength * np.linalg.solve(h, sign)
        if np.array_equal(np.sign(w), sign):
            candidates.append(w)
    return min(candidates, key=lambda w: (w - best) @ h @ (w - best) / 2 + strength * abs(w).sum())
