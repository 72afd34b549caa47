"""All that the rules of a diagnosis look at, but for the pace: the step against the curvature."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from playground.diagnosis import lines
from playground.diagnosis.motion import spread_of
from playground.diagnosis.place import Place
from playground.diagnosis.quantity import mean, median, quantity, some
from playground.schedules import Constant
from playground.simulation import Run
from playground.theory.curvature import adaptive, sharpness, symmetric_modes
from playground.theory.quadratic import linear, recursion
from playground.theory.stability import stability_limit
from playground.types import Array, Mask

SOME_CURVATURE = 2.0
"""Any but one, at which a step that is divided by the curvature is as long as a plain one."""


class Coming(NamedTuple):
    """What the schedule has in store for N descents."""

    mean: Array
    """Of the rates of three runs as long again, over the mean of the last fifth."""
    top: Array
    """The highest of them, over the last rate."""


class Quiet(NamedTuple):
    """The second half of N descents made again without their noise."""

    mean: Array
    """Of the loss; infinite of what leaves."""
    least: Array
    amplitude: Array
    """Of the tail."""


@dataclass(frozen=True, eq=False)
class Evidence(Place):
    """Paths, the surface under them, and the rule: how its steps fit the curvature."""

    # ---- the rule ---------------------------------------------------------------------------

    @cached_property
    def adaptive(self) -> bool:
        return adaptive(self.run.optimizer)

    @cached_property
    def linear(self) -> bool:
        return linear(self.run.optimizer)

    @cached_property
    def plain(self) -> bool:
        """Whether the rule is x ← x − ηg and nothing else, the gradient whole."""
        if self.adaptive or not self.linear or some(self.cut_late):
            return False
        r = recursion(self.optimizer, SOME_CURVATURE)
        return not (np.any(r.d) or np.any(r.theta) or np.any(r.gain != self.optimizer.lr))

    @quantity
    def cut_late(self) -> Mask:
        """Whether gradients were still clipped in the second half: then no rule is linear."""
        if not (self.n and self.clips):
            return np.zeros(self.count, dtype=bool)
        late = np.count_nonzero(self._clipped[self.n // 2 : self.n], axis=0)
        return np.asarray(late > 0)

    @property
    def clips(self) -> bool:
        return self.run.problem.clips

    @property
    def _clipped(self) -> Mask:
        if not self.clips:
            return np.zeros((self.run.steps, self.count), dtype=bool)
        return self.own.clipped.reshape(self.run.steps, -1)

    @quantity
    def limit(self) -> Array:
        """Stability limit of the optimizer in units of η·λ_max; NaN where there is none."""
        return self.each(stability_limit(self.optimizer, self.surface, self.end, self.run.steps))

    def limit_at(self, t: int) -> float:
        """The limit of one run at an update, which of NAdam depends on it."""
        p = self.points(t)[:, 0]
        return float(stability_limit(self.optimizer, self.surface, p, t + 1))

    @quantity
    def sharpness(self) -> Array:
        """η·λ_max before every update, of the preconditioned Hessian ``(n, N)``."""
        if self.adaptive and not self._alive.all():
            return self._largest(self.points(slice(-1)), self.rates(slice(self.n)).swapaxes(0, 1))
        return sharpness(self.own)[: self.n].reshape(self.n, -1)

    @quantity
    def _alive(self) -> Mask:
        """Which coordinates have had a slope: what has none makes no step, whatever its rate."""
        found: Mask = (self.slope(slice(None)) != 0).any(axis=1)
        return found

    def _largest(self, p: Array, rates: Array) -> Array:
        """The largest η·λ at points ``(2, k, N)``, with rates of each coordinate ``(2, k, N)``."""
        h = self.surface.hessian(p)
        x, y = rates if not self.adaptive else np.where(self._alive[:, None], rates, 0.0)
        a, c = x * (h[0, 0] + self.decay), y * (h[1, 1] + self.decay)
        found: Array = symmetric_modes(a, np.sqrt(x * y) * h[0, 1], c).eigenvalues[1]
        return found

    def sharpness_at(self, update: int) -> Array:
        """The same of one update of a rule with one rate: the whole path need not be looked at."""
        h = self.surface.hessian(self.points(update))
        modes = symmetric_modes(h[0, 0] + self.decay, h[0, 1], h[1, 1] + self.decay)
        found: Array = self.lr[update] * modes.eigenvalues[1]
        return found

    @quantity
    def sharpness_first(self) -> Array:
        """The same of the first update, looked at once."""
        return self.sharpness_at(0)

    @quantity
    def sharpness_last(self) -> Array:
        """The same of the last update."""
        return self.sharpness_at(self.n - 1)

    @quantity
    def hovers(self) -> Array:
        """Where η·λ_max is in the middle of the second half."""
        return median(self.sharpness[self.n // 2 :])

    @quantity
    def gauge(self) -> Array:
        """The largest η·λ_max at the end: there, and half-way across the last step."""
        found: Array = self.gauges.max(axis=0)
        return found

    @quantity
    def gauges(self) -> Array:
        """η·λ_max at the end and half-way across the last step ``(2, N)``."""
        if not self.n:
            return np.zeros((2, self.count))
        end, before = self.end, self.points(-2)
        rates = self.rates(slice(self.n - 1, self.n)).swapaxes(0, 1)
        return self._largest(np.stack([end, 0.5 * (end + before)], axis=1), rates)

    def rates(self, updates: slice) -> Array:
        """Effective rates per parameter of a stretch of updates ``(k, 2, N)``."""
        if not self.adaptive:
            return np.repeat(self.lr[updates, None], 2, axis=1)
        rates = self.own.effective_lr_of(range(self.n)[updates])
        return rates.reshape(*rates.shape[:2], -1)

    # ---- the rate to come -------------------------------------------------------------------

    @quantity
    def rates_to_come(self) -> Coming:
        """The rates of what may still be needed.

        A schedule that was made for the length of the run has come to its end and keeps its rate.
        """
        problem, n = self.own.problem, self.n
        if problem.schedule == Constant() or self.optimizer.reads_rate_once:
            return Coming(self.each(1.0), self.each(1.0))
        lanes = [1] * len(problem.shape)
        t = np.unique(np.linspace(n, (1 + lines.SLOW) * n, lines.WALLS).astype(int))
        made, coming = np.arange(n).reshape(-1, *lanes), t.reshape(-1, *lanes)
        past = problem.schedule(made, problem.steps)
        after = np.where(
            self.goes_on.reshape(problem.shape), problem.schedule(coming, problem.steps), past[-1]
        )
        late = mean(past[-self.fifth :]), past[-1]
        ratios = (
            np.divide(a, b, where=b > 0, out=np.where(a > 0, np.inf, np.zeros_like(b)))
            for a, b in zip((mean(after), after.max(axis=0)), late, strict=True)
        )
        return Coming(*(self.each(np.broadcast_to(r, problem.shape).reshape(-1)) for r in ratios))

    @quantity
    def goes_on(self) -> Mask:
        """Whether the schedule has a length of its own, and does not end with the run."""
        problem = self.own.problem
        later = np.linspace(self.n, self.n + lines.LOOK_AHEAD, lines.RIM).round()
        t = np.append(np.arange(self.n), later).reshape(-1, *[1] * len(problem.shape))
        short, long = (problem.schedule(t, problem.steps + k) for k in (0, lines.LOOK_AHEAD))
        own: Mask = np.asarray((short == long).all(axis=0))
        return np.broadcast_to(own, problem.shape).reshape(-1)

    # ---- noise ------------------------------------------------------------------------------

    @quantity
    def shares(self) -> Array:
        """Excess loss of the second half owed to the mean gradient and to its variance ``(2, N)``.

        In the modes of the mean Hessian, ½ Σ mean(g)²/λ and ½ Σ var(g)/λ; NaN on ground that does
        not curve up.
        """
        half = slice(self.n // 2, None)
        h, g = self.surface.hessian(self.points(half)), self.slope(half)
        a, b, c = (mean(h[i, j]) for i, j in ((0, 0), (0, 1), (1, 1)))
        values, v = symmetric_modes(a + self.decay, b, c + self.decay)
        along = np.array([g[0] * v[0, 0] + g[1] * v[1, 0], g[0] * v[0, 1] + g[1] * v[1, 1]])
        middle = mean(along, axis=1)
        spread = mean((along - middle[:, None]) ** 2, axis=1)
        bias, variance = middle**2 / values, spread / values
        found = 0.5 * np.array([bias[0] + bias[1], variance[0] + variance[1]])
        return np.where(values[0] > 0, found, np.nan)

    @quantity
    def hover_of_half(self) -> Array:
        """Mean loss of the second half above the lowest."""
        return mean(self.loss(slice(self.n // 2, None))) - self.low

    @cached_property
    def without_noise(self) -> Run:
        """The same descents without their noise."""
        return self.own.again(noise=np.zeros_like(self.own.problem.noise))

    @quantity
    def quiet(self) -> Quiet:
        """What the same descents do without their noise."""
        x = self.without_noise.x[: self.n + 1]
        p = x.reshape(*x.shape[:2], -1).swapaxes(0, 1)[:, self.n // 2 :]
        with np.errstate(all="ignore"):
            f = self.surface(p) + 0.5 * self.decay * (p * p).sum(axis=0)
            tail = spread_of(p[:, -self.tail :])[0]
        return Quiet(*(np.where(np.isfinite(v), v, np.inf) for v in (mean(f), f.min(axis=0), tail)))
