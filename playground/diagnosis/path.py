"""What the paths of N descents show: where they went, and how they move at their end."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np

from playground.diagnosis import lines
from playground.diagnosis.ground import Ground, Window, ground_of
from playground.diagnosis.quantity import Index, every, quantity, some
from playground.optimizers.base import Optimizer
from playground.simulation import Run
from playground.surfaces import Surface
from playground.theory.curvature import coupled_decay
from playground.types import Array, Mask


@dataclass(frozen=True, eq=False)
class Path:
    """N descents, seen by someone who knows the surface and may read the gradient.

    All is about the loss the optimizer descends, coupled weight decay ½w|x|² included.  A single
    run is N = 1; of one that left (see `left`) only the points before count, and n is the number
    of updates between them.  A `part` is about some lanes of a whole.
    """

    run: Run
    """A single descent or a batch of shape ``(N,)``; of a part, the one of the whole."""
    window: Window
    n: int
    left: bool = False
    """Whether points of a single run stopped being finite or left for good."""
    whole: Self | None = None
    """What this is a part of."""
    lanes: Index | None = None
    """Which lanes of the whole it has."""
    top: Self | None = None
    """The outermost whole, and which lanes of it."""
    rows: Index | None = None

    def part(self, which: Mask) -> Self:
        """The evidence of some lanes."""
        if every(which):
            return self
        lanes = np.flatnonzero(which)
        rows = lanes if self.rows is None else self.rows[lanes]
        top = self if self.top is None else self.top
        return type(self)(self.run, self.window, self.n, self.left, self, lanes, top, rows)

    @cached_property
    def count(self) -> int:
        """N."""
        if self.rows is not None:
            return len(self.rows)
        return self.run.shape[0] if self.run.shape else 1

    # ---- what made the run ------------------------------------------------------------------

    @cached_property
    def own(self) -> Run:
        """The run of these lanes alone; a single one keeps what it remembers."""
        if self.rows is None:
            return self.run
        return self.run.lanes(self.rows)

    @property
    def surface(self) -> Surface:
        return self.run.problem.surface

    @cached_property
    def optimizer(self) -> Optimizer:
        """With the hyper-parameters of these lanes."""
        whole = self.run.problem.optimizer
        return whole if self.rows is None else whole.lanes(self.run.shape, self.rows)

    def each(self, value: object) -> Array:
        """A number for all, or one for each lane ``(N,)``."""
        return np.broadcast_to(np.asarray(value, dtype=float), self.count)

    @quantity
    def decay(self) -> Array:
        """Coupled weight decay w."""
        return self.each(coupled_decay(self.optimizer))

    @quantity
    def pull(self) -> Array:
        """Decoupled weight decay w, which pulls beside the rule."""
        return self.each(self.optimizer.decoupled_decay)

    @cached_property
    def decays(self) -> bool:
        return some(self.decay != 0)

    @quantity
    def noise(self) -> Array:
        """Standard deviation of the gradient noise."""
        noise = np.broadcast_to(self.run.problem.noise, self.run.shape).reshape(-1)
        return noise if self.rows is None else noise[self.rows]

    @quantity
    def lr(self) -> Array:
        """Scheduled rate of every update ``(n, N)``; the first, of a rule that reads no other."""
        rate = self.run.lr[: self.n]
        if self.optimizer.reads_rate_once:
            rate = np.broadcast_to(rate[:1], rate.shape)
        rate = rate.reshape(self.n, math.prod(rate.shape[1:]))
        return rate if self.rows is None else np.take(rate, self.rows, axis=-1)

    # ---- the window -------------------------------------------------------------------------

    @cached_property
    def ground(self) -> Ground:
        """Of the function that is descended; all lanes have the same coupled decay."""
        return ground_of(self.surface, self.window, float(self.decay[0]))

    @cached_property
    def length(self) -> float:
        """Diagonal of the window, L."""
        x0, x1, y0, y1 = self.window
        return math.hypot(x1 - x0, y1 - y0)

    def outside(self, points: Array) -> Array:
        """How far points are outside the window, in its diagonals; 0 inside."""
        x0, x1, y0, y1 = self.window
        x, y = points
        beyond = np.maximum(x0 - x, x - x1), np.maximum(y0 - y, y - y1)
        found: Array = np.hypot(*(np.maximum(over, 0.0) for over in beyond)) / self.length
        return found

    # ---- points, loss and slope -------------------------------------------------------------

    def points(self, stretch: slice | int = slice(None)) -> Array:
        """Points ``(2, k, N)`` of a stretch of the path, or ``(2, N)`` at one moment."""
        x = self.run.x[: self.n + 1][stretch]
        x = x if isinstance(stretch, int) else x.swapaxes(0, 1)
        if not self.run.shape:
            return x[..., None]
        return x if self.rows is None else np.take(x, self.rows, axis=-1)

    def loss(self, stretch: slice | int) -> Array:
        """Loss ``(k, N)``, decay included."""
        if self.top is None or self.rows is None:
            return self.f[stretch]
        return np.take(self.top.f[stretch], self.rows, axis=-1)

    def slope(self, stretch: slice | int) -> Array:
        """Gradient ``(2, k, N)``, decay included."""
        if self.count == 1:
            return self.g[:, stretch]
        return self._decayed(self.surface.gradient(p := self.points(stretch)), p)

    @quantity
    def f(self) -> Array:
        """Loss at every point ``(n+1, N)``."""
        single = not self.run.shape
        f: Array = self.run.f[: self.n + 1, None] if single else self.surface(self.points())
        return f if not self.decays else f + 0.5 * self.decay * (self.points() ** 2).sum(axis=0)

    @quantity
    def g(self) -> Array:
        """Gradient at every point ``(2, n+1, N)``."""
        p = self.points()
        if not self.run.shape:
            return self._decayed(self.run.gradient[: self.n + 1].swapaxes(0, 1)[..., None], p)
        return self._decayed(self.surface.gradient(p), p)

    def _decayed(self, gradient: Array, points: Array) -> Array:
        return gradient + self.decay * points if self.decays else gradient

    @quantity
    def size(self) -> Array:
        """|g| at every point ``(n+1, N)``."""
        return norm(self.slope(slice(None)))

    @quantity
    def start(self) -> Array:
        return self.points(0)

    @quantity
    def end(self) -> Array:
        return self.points(-1)

    @quantity
    def first_loss(self) -> Array:
        return self.loss(0)

    @quantity
    def last_loss(self) -> Array:
        return self.loss(-1)

    @quantity
    def late(self) -> Array:
        """Gradients of the last fifth ``(2, fifth+1, N)``."""
        return self.slope(slice(-self.fifth - 1, None))

    @quantity
    def late_size(self) -> Array:
        """|g| over the last fifth ``(fifth+1, N)``."""
        return norm(self.late)

    @quantity
    def last_size(self) -> Array:
        """|g| at the end."""
        found: Array = self.late_size[-1]
        return found

    @quantity
    def end_outside(self) -> Array:
        return self.outside(self.end)

    @property
    def fifth(self) -> int:
        """Updates in the last fifth, at least ten where there are so many."""
        return min(max(lines.SOME, self.n // lines.FIFTH), self.n)


def norm(vectors: Array) -> Array:
    """Lengths of vectors whose components come first."""
    found: Array = np.hypot(vectors[0], vectors[1])
    return found
