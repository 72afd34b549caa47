"""The function that coupled weight decay makes of a surface: F = f + ½w|x|²."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from playground.surfaces import Surface
from playground.types import Array, ArrayLike


@dataclass(frozen=True)
class Decayed:
    """A surface with the bowl ½w|x|² that coupled ("L2") decay adds to it, as it is studied."""

    surface: Surface
    w: float
    holds_lowest: ClassVar[bool] = False
    unbounded_below: ClassVar[bool] = False
    """Not known of it: decay may or may not stop a fall, so it is looked for."""

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

    def stationary(self) -> Array | None:
        return None

    def lower_bound(self) -> float:
        return self.surface.lower_bound()

    def is_convex(self) -> bool:
        return self.surface.is_convex()
