"""The evidence of many descents at once, on arrays."""

from __future__ import annotations

import numpy as np

from playground.diagnosis.ground import Window, ground_of
from playground.simulation import Run
from playground.theory.curvature import coupled_decay, symmetric_modes


class Ensemble:
    """The evidence of N descents, every quantity ``(N,)``; lengths as in `Evidence`."""

    def __init__(self, run: Run, window: Window) -> None:
        self.run, self.n = run, run.steps
        self.x = run.x.reshape(run.steps + 1, 2, -1)
        self.ground = ground_of(run.surface, window)
        x0, x1, y0, y1 = self.window = window
        self.length = float(np.hypot(x1 - x0, y1 - y0))
        self.decay = np.broadcast_to(coupled_decay(run.optimizer), run.shape).reshape(-1)
        self.f0, self.f1 = self.loss(self.x[0]), self.loss(self.x[-1])
        self.low = np.fmin(self.ground.lowest, self.f1)
        self.fall = np.maximum(self.f0 - self.low, 1e-300)
        self.fifth = min(max(10, self.n // 5), self.n)
        late = self.x[-self.fifth - 1 :]
        self.g = self.slope(np.moveaxis(late, 1, 0))
        self.size = np.hypot(self.g[0], self.g[1])
        self.flipping = ((self.g[:, 1:] * self.g[:, :-1]).sum(axis=0) < 0).mean(axis=0)
        self._end()
        self._motion()

    def loss(self, p: np.ndarray) -> np.ndarray:
        return self.run.surface(p) + 0.5 * self.decay * (p * p).sum(axis=0)

    def slope(self, p: np.ndarray) -> np.ndarray:
        return self.run.surface.gradient(p) + self.decay * p

    def _end(self) -> None:
        h = self.run.surface.hessian(self.x[-1])
        modes = symmetric_modes(h[0, 0] + self.decay, h[0, 1], h[1, 1] + self.decay)
        (self.flat, self.steep), g = modes.eigenvalues, self.g[:, -1]
        along = np.einsum("in,ikn->kn", g, modes.vectors)
        step = np.where(along == 0, 0.0, along / modes.eigenvalues)
        self.step, self.vectors = step, modes.vectors
        self.distance = np.hypot(step[0], step[1])
        self.excess = 0.5 * (step * along).sum(axis=0)
        self.across = np.abs(np.where(np.abs(self.steep) >= np.abs(self.flat), step[1], step[0]))
        self.nearest, which = self._nearest(self.ground.minima)
        heights = self.ground.heights
        self.height = heights[which] if len(heights) else np.full(which.shape, np.inf)
        way = np.hypot(*(self.x[-1] - self.x[0]))
        ahead = np.where(self.flat > 0, np.minimum(self.distance, self.length), 0.0)
        self.travelled = np.maximum(np.fmax(way, ahead), 1e-3 * self.length)

    def _nearest(self, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Distance to the nearest of some points, and which it is."""
        best = np.full(self.x.shape[2], np.inf)
        which = np.zeros(best.shape, dtype=int)
        for i, q in enumerate(points):
            d = np.hypot(self.x[-1, 0] - q[0], self.x[-1, 1] - q[1])
            which, best = np.where(d < best, i, which), np.fmin(d, best)
        return best, which

    def _motion(self) -> None:
        k = max(10, self.n // 20)
        self.amplitude, mean = _amplitude(self.x[-k:])
        start, stop = max(self.n + 1 - 2 * k, 0), max(self.n + 1 - k, 1)
        before, mean_before = _amplitude(self.x[start:stop])
        self.hold = np.where(before > 0, self.amplitude / before, 0.0)
        self.drift = np.hypot(*(mean - mean_before))

    # ---- where there is no minimum to arrive at; see `endless` ------------------------------

    def needed_without_minimum(self, needed: np.ndarray) -> np.ndarray:
        """Updates to the saddle that draws a descent, or until 99 % of the drop is done."""
        if not self.ground.unbounded:
            left, before = self.f1 - self.low, self.loss(self.x[-1 - self.fifth]) - self.low
            ratio, pace = left / (0.01 * self.fall), np.log(before / left) / self.fifth
            needed = np.where(ratio <= 1, 0.0, np.where(pace > 0, np.log(ratio) / pace, np.inf))
        factor, distance = self._drawn()
        wait = np.log(np.maximum(distance / (0.01 * self.length), 1)) / -np.log(factor)
        return np.where(factor < 1, wait, needed)

    def _drawn(self) -> tuple[np.ndarray, np.ndarray]:
        """Factor per step of the distance to the saddle where Newton's step leads, and it."""
        target = self.x[-1] - np.einsum("ikn,kn->in", self.vectors, self.step)
        best = np.full(self.f1.shape, np.inf)
        factor, distance = np.ones_like(best), np.ones_like(best)
        for q in self.ground.others[:, :, None]:
            miss = np.hypot(*(target - q))
            before, now = np.hypot(*(self.x[-1 - self.fifth] - q)), np.hypot(*(self.x[-1] - q))
            here = (miss < best) & (miss < 0.02 * self.length) & (before > 0) & (now > 0)
            here &= (self.flat < 0) & (self.decay == 0)
            factor = np.where(here, (now / before) ** (1 / self.fifth), factor)
            best, distance = np.where(here, miss, best), np.where(here, now, distance)
        return factor, distance


def _amplitude(points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Largest distance of points ``(k, 2, N)`` from their mean, and the mean."""
    mean = points.mean(axis=0)
    d = points - mean
    return np.sqrt((d * d).sum(axis=1).max(axis=0)), mean
