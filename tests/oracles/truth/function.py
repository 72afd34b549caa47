"""The function that an optimizer descends: the surface, and the decay that enters its gradient."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

import playground as pg


def coupled(optimizer: pg.Optimizer) -> float:
    """The decay w that is added to the gradient, found by trying the rule.

    At x with the slope −wx a rule that adds w·x sees no gradient at all and stays where it is; one
    that shrinks x beside its step does not, but for one x at which the two may cancel: two are
    tried.
    """
    w = float(optimizer.values().get("weight_decay", 0.0))
    if not w:
        return 0.0
    stays = (optimizer.rule(x, -w * x, optimizer.init(x), optimizer.lr)[0] == x for x in (1.0, 2.0))
    return w if all(stays) else 0.0


def decoupled(optimizer: pg.Optimizer) -> float:
    """The decay that shrinks the parameters beside the rule."""
    return float(optimizer.values().get("weight_decay", 0.0)) - coupled(optimizer)


@dataclass(frozen=True)
class Descended:
    """F(x) = f(x) + ½ w |x|², on points ``(2, ...)``."""

    surface: pg.Surface
    w: float = 0.0

    def __call__(self, p: Any) -> Any:
        p = np.asarray(p, dtype=float)
        value = self.surface(p)
        return value + 0.5 * self.w * (p * p).sum(axis=0) if self.w else value

    def gradient(self, p: Any) -> np.ndarray:
        p = np.asarray(p, dtype=float)
        g = self.surface.gradient(p)
        return g + self.w * p if self.w else g

    def hessian(self, p: Any) -> np.ndarray:
        p = np.asarray(p, dtype=float)
        h = np.array(self.surface.hessian(p))
        h[0, 0] += self.w
        h[1, 1] += self.w
        return h

    @property
    def length(self) -> float:
        """Diagonal of the window."""
        x0, x1, y0, y1 = self.surface.span
        return float(np.hypot(x1 - x0, y1 - y0))

    @property
    def centre(self) -> np.ndarray:
        x0, x1, y0, y1 = self.surface.span
        return np.array([(x0 + x1) / 2, (y0 + y1) / 2])

    def eigenvalues(self, p: Any) -> np.ndarray:
        """Curvatures at one point, ascending ``(2,)``; NaN where the Hessian is undefined."""
        h = self.hessian(p)
        if not np.isfinite(h).all():
            return np.full(2, np.nan)
        return np.linalg.eigvalsh(h)


def of(optimizer: pg.Optimizer, surface: pg.Surface) -> Descended:
    """What this optimizer descends on this surface."""
    return Descended(surface, coupled(optimizer))
