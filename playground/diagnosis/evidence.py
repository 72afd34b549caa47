"""All that the rules of a diagnosis look at, computed when first asked for."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from playground.diagnosis.local import Local, local_model
from playground.diagnosis.path import Path
from playground.theory.curvature import adaptive, sharpness, symmetric_modes
from playground.theory.quadratic import linear
from playground.theory.stability import stability_limit


@dataclass(frozen=True, eq=False)
class Evidence(Path):
    """A path, and the surface under it: curvature, critical points, what is left to go."""

    @cached_property
    def sharpness(self) -> np.ndarray:
        """η·λ_max before every update, of the preconditioned Hessian ``(n,)``."""
        return sharpness(self.run)[: self.n]

    @cached_property
    def gauge(self) -> float:
        """The largest η·λ_max at the end: there, and half-way across the last step."""
        if not self.n:
            return 0.0
        p = np.array([self.x[-1], 0.5 * (self.x[-1] + self.x[-2])]).T
        h, rate = self.run.surface.hessian(p), self.run.effective_lr[self.n - 1]
        a, c = rate[0] * (h[0, 0] + self.decay), rate[1] * (h[1, 1] + self.decay)
        b = math.sqrt(rate[0] * rate[1]) * h[0, 1]
        return float(symmetric_modes(a, b, c).eigenvalues[1].max())

    # ---- the place --------------------------------------------------------------------------

    def local(self, index: int) -> Local:
        h = self.run.surface.hessian(self.x[index])
        a, b, c = float(h[0, 0]) + self.decay, float(h[0, 1]), float(h[1, 1]) + self.decay
        return local_model(a, b, c, self.g[index])

    @cached_property
    def end(self) -> Local:
        return self.local(self.last)

    @cached_property
    def limit(self) -> float:
        """Stability limit of the optimizer in units of η·λ_max; NaN where there is none."""
        return float(stability_limit(self.optimizer, self.run.surface, self.x[-1], self.run.steps))

    @property
    def adaptive(self) -> bool:
        return adaptive(self.optimizer)

    @cached_property
    def linear(self) -> bool:
        return linear(self.optimizer)

    @cached_property
    def low(self) -> float:
        """The lowest known loss f*, or less if the run found less."""
        level = self.ground.lowest
        if self.decay:  # decay raises every minimum by what it costs there
            level = self._decayed_lowest
        return min(level, float(np.nanmin(self.f)))

    @cached_property
    def _decayed_lowest(self) -> float:
        points, w = self.ground.minima, self.decay
        if not len(points):
            return self.ground.lowest
        p = points.T.copy()
        for _ in range(20):
            g, h = self.run.surface.gradient(p) + w * p, self.run.surface.hessian(p)
            a, b, c = h[0, 0] + w, h[0, 1], h[1, 1] + w
            det = a * c - b * b
            det = np.where(np.abs(det) < 1e-12, 1.0, det)
            p = p - np.stack([(c * g[0] - b * g[1]) / det, (a * g[1] - b * g[0]) / det])
        value = self.run.surface(p) + 0.5 * w * (p * p).sum(axis=0)
        return float(np.nanmin(value))

    @cached_property
    def fall(self) -> float:
        """Loss of the start above the lowest, f₀ − f*."""
        return max(float(self.f[0]) - self.low, 1e-300)

    @cached_property
    def travelled(self) -> float:
        """The scale of the way, D: start to end, or what is left of it where H is positive."""
        way = math.dist(self.x[-1], self.x[0])
        ahead = min(self.end.distance, self.length) if self.end.eigenvalues[0] > 0 else 0.0
        return max(way, ahead, 1e-3 * self.length)

    @cached_property
    def beside_known(self) -> bool:
        """Whether the end is within 2 % of the window of a known saddle or maximum."""
        others = self.ground.others
        return bool(len(others) and np.hypot(*(others - self.x[-1]).T).min() <= 0.02 * self.length)

    @cached_property
    def at_a_tip(self) -> bool:
        """Whether the minimum it is at is the tip of a cone, where slopes do not fade."""
        near, i = self.nearest
        return bool(i >= 0 and self.ground.tips[i] and near < 0.02 * self.length)

    @cached_property
    def on_a_floor(self) -> bool:
        """Whether it lies on the floor of a valley whose lowest points are no single point."""
        return bool(
            self.ground.floor
            and self.end.distance_across <= 0.01 * self.travelled
            and self.f[-1] - self.low <= 1e-4 * self.fall
        )

    @cached_property
    def on_a_shoulder(self) -> bool:
        """Whether it stands where the slope vanishes on the way down: neither pit nor saddle."""
        shoulders = self.ground.shoulders
        if not len(shoulders) or self.amplitude > 0.002 * self.length:
            return False
        return bool(np.hypot(*(shoulders - self.x[-1]).T).min() <= 0.02 * self.length)

    @cached_property
    def noise_shares(self) -> tuple[float, float]:
        """Excess loss of the second half owed to the mean gradient and to its variance.

        In the modes of the mean Hessian, ½ Σ mean(g)²/λ and ½ Σ var(g)/λ.  NaN without noise, on
        ground that does not curve up, and where gradients are far larger than noise can make them.
        """
        sigma = float(self.run.problem.noise)
        nothing = math.nan, math.nan
        if not sigma or self.n < 20:
            return nothing
        typical = float(np.median(self.size[-self.fifth :]))
        if typical > (10 if self.flipping > 0.6 else 30) * sigma:
            return nothing
        half = slice(self.n // 2, None)
        h = self.run.surface.hessian(self.x[half].T).mean(axis=-1) + self.decay * np.eye(2)
        values, vectors = symmetric_modes(h[0, 0], h[0, 1], h[1, 1])
        if not values[0] > 0:
            return nothing
        along = self.g[half] @ vectors
        mean, variance = along.mean(axis=0) ** 2, along.var(axis=0)
        return 0.5 * float((mean / values).sum()), 0.5 * float((variance / values).sum())

    @cached_property
    def ahead(self) -> float:
        """The way still to go: Newton's, corrected by the nearest known minimum."""
        known = 0.0 if self.decay else self.nearest[0]
        if self.end.eigenvalues[0] > 0:
            known = 0.0 if math.isinf(known) else known
            if known and self.end.distance > 2 * known:  # an inflection: Newton's target is none
                return min(known, self.length)
            return min(max(self.end.distance, known), self.length)
        return min(known or math.inf, self.length)

    @cached_property
    def hover(self) -> float:
        """Mean loss of the last quarter above where the end leads to."""
        mean = float(self.f[-(self.n // 4) - 1 :].mean())
        return mean - (self.f[-1] - self.end.excess if self.end.eigenvalues[0] > 0 else self.low)

    @cached_property
    def goal(self) -> np.ndarray:
        """Where the end leads to: Newton's target if the loss curves up there, else the end."""
        if self.end.eigenvalues[0] > 0 and self.end.distance < self.length:
            return self.x[-1] - self.end.vectors @ self.end.step
        return self.x[-1]

    @cached_property
    def modal(self) -> np.ndarray:
        """The path in eigen-coordinates of the end about the goal ``(n+1, 2)``."""
        return (self.x - self.goal) @ self.end.vectors

    @cached_property
    def uphill(self) -> float:
        """Share of steps that climb by inertia: the step points along the gradient."""
        moved = np.diff(self.x, axis=0)
        return float(((moved * self.g[:-1]).sum(axis=1) > 0).mean()) if self.n else 0.0

    @cached_property
    def nearest(self) -> tuple[float, int]:
        """Distance to the nearest known minimum and its number; (inf, −1) if there is none."""
        if not len(self.ground.minima):
            return math.inf, -1
        d = np.hypot(*(self.ground.minima - self.x[-1]).T)
        return float(d.min()), int(d.argmin())
