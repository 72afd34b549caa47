"""The function that coupled weight decay makes of a surface: F = f + ½w|x|²."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from playground.diagnosis import lines
from playground.surfaces import Surface
from playground.surfaces.landscape import eigenvalues
from playground.types import Array, ArrayLike

ORIGIN = np.zeros((2, 1))


@dataclass(frozen=True)
class Decayed:
    """A surface with the bowl ½w|x|² that coupled ("L2") decay adds to it, as it is studied."""

    surface: Surface
    w: float | Array
    holds_lowest: ClassVar[bool] = False

    @np.errstate(all="ignore")
    def __call__(self, p: ArrayLike) -> Any:
        x, y = np.asarray(p, dtype=float)
        return self.surface(p) + 0.5 * self.w * (x * x + y * y)

    @np.errstate(all="ignore")
    def gradient(self, p: ArrayLike) -> Array:
        return self.surface.gradient(p) + self.w * np.asarray(p, dtype=float)

    @np.errstate(all="ignore")
    def hessian(self, p: ArrayLike) -> Array:
        h = np.array(self.surface.hessian(p))
        h[0, 0] += self.w
        h[1, 1] += self.w
        return h

    @property
    def unbounded_below(self) -> bool:
        """Of a quadratic, whether it curves down one way; of others decay may stop a fall."""
        return self.surface.quadratic and bool(eigenvalues(self, ORIGIN)[0, 0] < 0)

    def stationary(self) -> Array | None:
        """Where the gradient of a quadratic vanishes: one Newton step from anywhere.

        Where one curvature is zero it is a whole line or nowhere, and is searched.
        """
        if not self.surface.quadratic:
            return None
        size = np.abs(eigenvalues(self, ORIGIN)[0])
        if size.min() <= lines.SINGULAR * size.max():
            return None
        step = np.linalg.solve(self.hessian(ORIGIN)[..., 0], self.gradient(ORIGIN))
        return np.asarray(-step, dtype=float)

    def lower_bound(self) -> float:
        return self.surface.lower_bound()

    def is_convex(self) -> bool:
        return self.surface.is_convex()
