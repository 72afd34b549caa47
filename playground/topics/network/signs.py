"""What can be measured of a network's training, for the rules of its verdict."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from playground.diagnosis.changes import TENTH, rounded_down
from playground.diagnosis.finding import Fix
from playground.diagnosis.fixes import MARGIN
from playground.networks import Loss
from playground.optimizers import Optimizer
from playground.schedules import Constant, Cosine
from playground.topics.network import lines
from playground.topics.network.landscape import lanczos
from playground.topics.network.training import Trace


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
        return max(len(self.f) // lines.FIFTH, 1)

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
        return float(np.median(self.size[-self.fifth :]) * self.usual / max(self.f[-1], lines.TINY))

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
        first = self.size[: max(len(self.size) // lines.TENTH, 1)].max()
        return float(np.median(self.size[-self.fifth :]) / first) if first else 0.0

    @cached_property
    def leap(self) -> tuple[int, float]:
        """When the gradient leapt highest above its usual size and fell back, and how high.

        Back means far below the peak for a while; the loss must have risen too.
        """
        best = 0, 0.0
        k, calm = lines.BURST_PEAK, lines.BURST_CALM
        for t in range(lines.BURST_BEGIN, len(self.size) - calm):
            if self.size[t] < self.size[max(t - k, 0) : t + k + 1].max():
                continue  # not the peak
            usual = float(np.median(self.size[max(t - lines.BURST_BEFORE, 0) : t]))
            back = self.size[t:] < lines.BURST_CALMED * self.size[t]
            healed = back.any() and back[int(np.argmax(back)) :][:calm].all()
            rose = self.f[t - k : t + 2].max() > lines.BURST_RISE * self.f[t - k]
            if healed and rose and usual and self.size[t] / usual > best[1]:
                best = t, float(self.size[t] / usual)
        return best

    def gauge_about(self, t: int) -> tuple[float, float]:
        """The largest η·λ_max shortly before t and the smallest shortly after it."""
        at, value, k = self.trace.gauged, self.trace.gauge, lines.BURST_ABOUT
        before, after = value[(at <= t) & (at > t - k)], value[(at > t) & (at <= t + k)]
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
        return self.optimizer.replace(lr=rounded_down(max(lr, lines.TINY)))

    def below_the_limit(self) -> Optimizer:
        """The rate of the limit with a margin; a tenth where no limit is known."""
        limit = self.trace.limiting_lr()
        low = limit is not None and MARGIN * limit < self.optimizer.lr
        return self.with_lr(MARGIN * limit if low and limit else TENTH * self.optimizer.lr)

    def calmer(self) -> Fix:
        """A rate that ends at zero, or a tenth of it where one is in use already."""
        constant = self.trace.settings.schedule == Constant()
        return Cosine() if constant else self.with_lr(TENTH * self.optimizer.lr)


class _Upside:
    """−f, whose largest curvature is minus the smallest of f."""

    def __init__(self, loss: Loss) -> None:
        self.loss = loss

    def __call__(self, p: np.ndarray) -> np.ndarray:
        return -self.loss(p)

    def hvp(self, p: np.ndarray, v: np.ndarray) -> np.ndarray:
        return -self.loss.hvp(p, v)
