"""What can be measured of a network's training, for the rules of its verdict."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from playground.networks import Initialisation, Loss
from playground.optimizers import Optimizer
from playground.schedules import Constant, Cosine, Schedule
from playground.topics.network.landscape import lanczos
from playground.topics.network.training import Trace

Fix = Optimizer | Schedule | Initialisation | None
MARGIN = 0.9
"""Share of the stability limit that a suggested rate uses."""


@dataclass(frozen=True, eq=False)
class Signs:
    """What the rules look at."""

    trace: Trace

    @property
    def optimizer(self) -> Optimizer:
        return self.trace.settings.optimizer

    @cached_property
    def last(self) -> int:
        """The last finite point."""
        return self.trace.finite - 1

    @cached_property
    def f(self) -> np.ndarray:
        return self.trace.loss[: self.trace.finite]

    @cached_property
    def size(self) -> np.ndarray:
        """Gradient norm at every finite point."""
        return self.trace.gradient_norm[: self.trace.finite]

    @cached_property
    def fifth(self) -> int:
        return max(len(self.f) // 5, 1)

    @cached_property
    def gauge(self) -> np.ndarray:
        """η·λ_max in units in which the limit is 2."""
        good = self.trace.gauge[np.isfinite(self.trace.gauge)]
        return good * (2 / self.trace.limit)

    @cached_property
    def usual(self) -> float:
        """The length of a usual set of weights, √Σ 2 n_out n_in/(n_in + n_out)."""
        return math.sqrt(sum(2 * n * m / (n + m) for n, m in self.trace.mlp.shapes))

    @cached_property
    def reach(self) -> float:
        """Share of the loss that the last slopes would win over the length of usual weights."""
        return float(np.median(self.size[-self.fifth :]) * self.usual / max(self.f[-1], 1e-300))

    @cached_property
    def difference(self) -> float:
        """The largest difference between units of a hidden layer, in units of usual weights."""
        p = self.trace.p[self.last]
        hidden = self.trace.mlp.unpack(p)[:-1]
        spread = [np.ptp(w, axis=0).max() for w, _ in hidden if len(w) > 1]
        return float(max(spread) / self.usual) if spread else math.inf

    @cached_property
    def weights(self) -> float:
        """The length of all weights, in units of usual ones."""
        return float(np.linalg.norm(self.trace.p[self.last]) / self.usual)

    @cached_property
    def dead(self) -> float:
        """Share of hidden units that give the same whatever the example."""
        layers = self.trace.mlp.forward(self.trace.p[self.last], self.trace.data.inputs).a
        still = [np.ptp(a, axis=-2) == 0 for a in layers]
        return float(np.mean(np.concatenate(still))) if still else 0.0

    @cached_property
    def flips(self) -> float:
        """Share of the last updates whose gradient opposes the one before."""
        g = self.trace.seen[: self.last][-self.fifth - 1 :]
        return float(np.mean(np.einsum("tp,tp->t", g[1:], g[:-1]) < 0)) if len(g) > 1 else 0.0

    @cached_property
    def noise(self) -> float:
        """Batch noise over the slope: √(E|g_batch|² − E|∇f|²) / √E|∇f|², of the last half."""
        half = slice(self.last // 2, self.last)
        seen = float((self.trace.seen[half] ** 2).sum(axis=1).mean())
        slope = float((self.size[half] ** 2).mean())
        return math.sqrt(max(seen - slope, 0.0) / slope) if slope else math.inf

    @cached_property
    def fall(self) -> float:
        """Natural logarithm by which the loss fell in the last fifth, of medians."""
        n = self.fifth
        with np.errstate(all="ignore"):
            return float(np.log(np.median(self.f[-2 * n : -n]) / np.median(self.f[-n:])))

    @cached_property
    def halving(self) -> float:
        """Updates that would halve the loss at the pace of the last fifth."""
        return self.fifth * math.log(2) / self.fall if self.fall > 0 else math.inf

    @cached_property
    def quiet(self) -> float:
        """The last slopes over the steepest of the first."""
        first = self.size[: max(len(self.size) // 10, 1)].max()
        return float(np.median(self.size[-self.fifth :]) / first) if first else 0.0

    @cached_property
    def leap(self) -> tuple[int, float]:
        """When the gradient leapt highest above its median of 50 updates and fell back, how high.

        Back means below 0.35 of the peak for 10 updates; the loss must have risen too.
        """
        best = 0, 0.0
        for t in range(20, len(self.size) - 10):
            if self.size[t] < self.size[max(t - 10, 0) : t + 11].max():
                continue  # not the peak
            usual = float(np.median(self.size[max(t - 50, 0) : t]))
            back = self.size[t:] < 0.35 * self.size[t]
            healed = back.any() and back[int(np.argmax(back)) :][:10].all()
            rose = self.f[t - 10 : t + 2].max() > 1.2 * self.f[t - 10]
            if healed and rose and usual and self.size[t] / usual > best[1]:
                best = t, float(self.size[t] / usual)
        return best

    def gauge_about(self, t: int) -> tuple[float, float]:
        """The largest η·λ_max in the 20 updates before t and the smallest in the 20 after it."""
        at, value = self.trace.gauged, self.trace.gauge
        before, after = value[(at <= t) & (at > t - 20)], value[(at > t) & (at <= t + 20)]
        if not np.isfinite(before).any() or not np.isfinite(after).any():
            return math.nan, math.nan
        return float(np.nanmax(before)), float(np.nanmin(after))

    @cached_property
    def lowest_curvature(self) -> float:
        """λ_min/λ_max where training ended; needs Hessian-vector products."""
        p, loss = self.trace.p[self.last], self.trace.objective
        return -lanczos(_Upside(loss), p, 1e-2).value / lanczos(loss, p, 1e-2).value

    def with_lr(self, lr: float) -> Optimizer:
        """The optimizer with another rate, two digits, rounded down."""
        digits = 10.0 ** (1 - math.floor(math.log10(lr)))
        return self.optimizer.replace(lr=float(f"{math.floor(lr * digits) / digits:.6g}"))

    def below_the_limit(self) -> Optimizer:
        """The rate of the limit with a margin; a tenth where no limit is known."""
        limit = self.trace.limiting_lr()
        low = limit is not None and MARGIN * limit < self.optimizer.lr
        return self.with_lr(MARGIN * limit if low and limit else self.optimizer.lr / 10)

    def calmer(self) -> Fix:
        """A rate that ends at zero, or a tenth of it where one is in use already."""
        constant = self.trace.settings.schedule == Constant()
        return Cosine() if constant else self.with_lr(self.optimizer.lr / 10)


class _Upside:
    """−f, whose largest curvature is minus the smallest of f."""

    def __init__(self, loss: Loss) -> None:
        self.loss = loss

    def __call__(self, p: np.ndarray) -> np.ndarray:
        return -self.loss(p)

    def hvp(self, p: np.ndarray, v: np.ndarray) -> np.ndarray:
        return -self.loss.hvp(p, v)
