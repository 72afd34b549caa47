"""What the path of a run shows: where it went, and how it moves at its end."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from playground.diagnosis.ground import Ground, Window, ground_of
from playground.optimizers.base import Optimizer
from playground.simulation import Run
from playground.theory.curvature import coupled_decay

DOMAIN = 1e4
"""A point this many window diagonals away has left for good."""


@dataclass(frozen=True, eq=False)
class Path:
    """One descent, seen by someone who knows the surface and may read the gradient.

    All is about the loss the optimizer descends, coupled weight decay ½w|x|² included, and about
    the leading points that are finite and within `DOMAIN` windows.  n is the number of updates
    between them.
    """

    run: Run
    window: Window

    @property
    def optimizer(self) -> Optimizer:
        return self.run.optimizer

    @cached_property
    def decay(self) -> float:
        return float(coupled_decay(self.optimizer))

    @cached_property
    def ground(self) -> Ground:
        return ground_of(self.run.surface, self.window)

    @cached_property
    def length(self) -> float:
        """Diagonal of the window, L."""
        x0, x1, y0, y1 = self.window
        return math.hypot(x1 - x0, y1 - y0)

    @cached_property
    def outside(self) -> np.ndarray:
        """How far each point is outside the window, in its diagonals; 0 inside ``(n+1,)``."""
        x0, x1, y0, y1 = self.window
        x, y = self.x.T
        beyond = np.maximum(np.maximum(x0 - x, x - x1), np.maximum(y0 - y, y - y1))
        return np.maximum(beyond, 0.0) / self.length

    @cached_property
    def last(self) -> int:
        """Index of the last point that counts."""
        finite = max(int(self.run.finite), 1)
        far = np.abs(self.run.x[:finite]).max(axis=1) > DOMAIN * self.length
        return int(far.argmax()) if far.any() else finite - 1

    @property
    def n(self) -> int:
        return self.last

    @property
    def left(self) -> bool:
        """Whether points stopped being finite or left the domain."""
        return self.last < self.run.steps or not self._end_inside

    @property
    def _end_inside(self) -> bool:
        return bool(np.abs(self.run.x[self.last]).max() <= DOMAIN * self.length)

    @cached_property
    def x(self) -> np.ndarray:
        return self.run.x[: self.last + 1]

    @cached_property
    def f(self) -> np.ndarray:
        f = self.run.f[: self.last + 1]
        return f + 0.5 * self.decay * (self.x**2).sum(axis=1) if self.decay else f

    @cached_property
    def g(self) -> np.ndarray:
        g = self.run.gradient[: self.last + 1]
        return g + self.decay * self.x if self.decay else g

    @cached_property
    def size(self) -> np.ndarray:
        """|g| ``(n+1,)``."""
        return np.hypot(self.g[:, 0], self.g[:, 1])

    # ---- bouncing ---------------------------------------------------------------------------

    @cached_property
    def flips(self) -> np.ndarray:
        """Whether consecutive gradients oppose each other ``(n,)``."""
        g = self.g
        return g[:-1, 0] * g[1:, 0] + g[:-1, 1] * g[1:, 1] < 0

    @cached_property
    def fifth(self) -> int:
        """Updates in the last fifth, at least ten."""
        return min(max(10, self.n // 5), self.n)

    @cached_property
    def flipping(self) -> float:
        """Share of flips in the last fifth."""
        return float(self.flips[-self.fifth :].mean()) if self.n else 0.0

    @cached_property
    def wall_slope(self) -> np.ndarray:
        """Slope along the last stride: of a bounce, from wall to wall ``(n+1,)``."""
        stride = self.x[-1] - self.x[-2]
        length = math.hypot(*stride)
        return np.abs(self.g @ (stride / length)) if length else self.size

    @cached_property
    def amplitude(self) -> float:
        """Largest distance of the last twentieth of the points from their mean."""
        return self._amplitude(0)

    @cached_property
    def drift(self) -> float:
        """How far the mean of the last twentieth is from that of the stretch before."""
        k = max(10, self.n // 20)
        before = self.x[max(self.n + 1 - 2 * k, 0) : max(self.n + 1 - k, 1)]
        return math.dist(before.mean(axis=0), self.x[-k:].mean(axis=0))

    @cached_property
    def hold(self) -> float:
        """Amplitude over that of the stretch before: 1 is held, below 1 shrinking."""
        before = self._amplitude(1)
        return self.amplitude / before if before else 0.0

    def _amplitude(self, back: int) -> float:
        k = max(10, self.n // 20)
        end = self.n + 1 - back * k
        points = self.x[max(end - k, 0) : max(end, 1)]
        d = points - points.mean(axis=0)
        return float(np.sqrt((d * d).sum(axis=1).max()))
