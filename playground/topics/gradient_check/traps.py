"""Ways in which a gradient check misleads: it passes a wrong gradient, or fails a right one.

Source: CS231n notes "Neural Networks 3", "Gradient checks".
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from playground.networks.activations import ReLU
from playground.networks.initialisations import Normal, Xavier, Zeros
from playground.networks.loss import Loss
from playground.topics.gradient_check.bugs import BUGS, SCALED, check_network, small_network
from playground.topics.gradient_check.check import numerical_gradient, relative_error

SIZES = (4, 20, 3)
"""The network whose kinks are met."""
BESIDE = -1e-6
"""A point where ReLU is flat, close to its kink."""


@dataclass(frozen=True, eq=False)
class Swallowing:
    """A mistake in the data's gradient under a growing regulariser."""

    regulariser: np.ndarray
    """λ, ``(N,)``."""
    whole: np.ndarray
    """Relative error of the whole gradient, ``(N,)``."""
    data: float
    """That of the data's part alone, which no λ can hide."""


def swallowing(
    regulariser: Sequence[float] = (0, 1, 10, 100, 1e3, 1e4, 1e5, 1e6),
    bug: str = SCALED,
    h: float = 1e-5,
) -> Swallowing:
    """The regulariser swallows the data's gradient, and with it the mistake.

    λW grows until it is all there is, and the relative error falls like 1/λ below every
    threshold: the bug passes by hiding.  Check the data's part alone, with λ = 0.
    """
    whole = [check_network(bug, *small_network(regulariser=s), h).error for s in regulariser]
    data = check_network(bug, *small_network(), h).error
    return Swallowing(np.array(regulariser, dtype=float), np.array(whole), data)


@dataclass(frozen=True, eq=False)
class Kinks:
    """Checks of right gradients of ReLU networks on more and more points."""

    points: np.ndarray
    """Numbers of data points n, ``(N,)``."""
    error: np.ndarray
    """Relative error of every check, ``(N, checks)``."""
    crossing: np.ndarray
    """Share of parameters whose step ±h moves some unit across its kink, ``(N,)``."""

    @classmethod
    def joined(cls, parts: Sequence[Kinks]) -> Kinks:
        """Checks on several numbers of points as one."""
        names = "points", "error", "crossing"
        return cls(*(np.concatenate([getattr(k, name) for k in parts]) for name in names))

    def failing(self, limit: float = 1e-5) -> np.ndarray:
        """Share of checks above the limit, ``(N,)``."""
        return (self.error > limit).mean(axis=1)


def kinks(
    points: Sequence[int] = (2, 10, 100, 1000), h: float = 1e-3, checks: int = 20, seed: int = 0
) -> Kinks:
    """A right gradient fails the check when x − h and x + h lie on two sides of a kink.

    Every data point brings a kink per hidden unit, so few points and a small h check more
    honestly than many.  Networks of `SIZES` with ReLU, one per check.
    """
    rows = [[_one_kink_check(n, h, 1000 * seed + check) for check in range(checks)] for n in points]
    error, crossing = np.moveaxis(np.array(rows), -1, 0)
    return Kinks(np.array(points), error, crossing.mean(axis=1))


def _one_kink_check(n: int, h: float, seed: int) -> tuple[float, float]:
    loss, p = small_network(ReLU(), SIZES, n, seed=seed)
    crossed = crossing_parameters(loss, p, h).sum() / loss.mlp.size
    return check_network("none", loss, p, h).error, float(crossed)


def crossing_parameters(loss: Loss, p: Any, h: float) -> np.ndarray:
    """Which of W₁ and b₁ move a unit of some example across z = 0 by their step ±h, flat."""
    w, b = loss.mlp.unpack(np.asarray(p, dtype=float))[0]
    z = np.abs(loss.inputs @ w.T + b)  # (n, units)
    # W_ij moves z_i by ±h x_j, and b_i moves it by ±h.
    by_weight = (z[:, :, None] < h * np.abs(loss.inputs)[:, None, :]).any(axis=0)
    return np.append(by_weight, (z < h).any(axis=0))


def expected_crossing(points: Any, h: float, sizes: tuple[int, int, int] = SIZES) -> Any:
    """The share of all parameters that `kinks` should find crossing, ``(N,)`` for `points (N,)`.

    A unit's z is normal with variance |x|²σ² (Xavier's σ²), so one point brings the step of W_ij
    across with probability 2h E[|x_j|/|x|]/(σ√(2π)), and that of b_i with 2h E[1/|x|]/(σ√(2π)).
    """
    d, units, classes = sizes
    n = np.asarray(points)
    # Moments of a standard normal x (d,): E[1/|x|], and E[|x_j|/|x|] by independence of |x|.
    inverse = math.gamma((d - 1) / 2) / (math.sqrt(2) * math.gamma(d / 2))
    share = math.gamma(d / 2) / (math.sqrt(math.pi) * math.gamma((d + 1) / 2))
    density = 2 * h / math.sqrt(2 * math.pi * Xavier().variance(d, units))
    crossed = [1 - (1 - density * moment) ** n for moment in (share, inverse)]
    size = units * (d + 1) + classes * (units + 1)
    return (crossed[0] * d * units + crossed[1] * units) / size


def across_the_kink(x: float = BESIDE, h: float = 1e-5) -> float:
    """Central difference of ReLU beside its kink: 0.45 at −1e-6 with h = 1e-5, though φ′ = 0."""
    return float(numerical_gradient(lambda p: ReLU()(p[0]), np.array([x]), h)[0])


@dataclass(frozen=True, eq=False)
class BurnIn:
    """The same bug checked at three places."""

    zero: float
    """Relative error at parameters that are all 0."""
    tiny: float
    """At weights with standard deviation 1e-4."""
    after: float
    """After training for a while with the wrong gradient."""
    loss: np.ndarray
    """Loss along that training, ``(steps + 1,)``."""
    error: np.ndarray
    """Relative error along it, ``(steps + 1,)``, against the right analytic gradient."""


def burn_in(
    bug: str = "activation derivative", steps: int = 300, lr: float = 0.5, h: float = 1e-5
) -> BurnIn:
    """A bug can hide at the start: check again after the network has learned a little.

    With zero or tiny weights every unit works in the middle of its activation, where φ′ = 1, and
    back-propagates nothing; a wrong φ′ shows only when units have left the middle.
    """
    loss, zero = small_network(n=40, initialisation=Zeros())
    _, p = small_network(n=40, initialisation=Normal(1e-4))
    tiny = check_network(bug, loss, p, h).error
    wrong, losses, errors = BUGS[bug].gradient, [], []
    for _ in range(steps + 1):
        g = wrong(loss, p)
        losses.append(float(loss(p)))
        errors.append(relative_error(g, loss.gradient(p)))
        p_before, p = p, p - lr * g
    return BurnIn(
        check_network(bug, loss, zero, h).error,
        tiny,
        check_network(bug, loss, p_before, h).error,
        np.array(losses),
        np.array(errors),
    )
