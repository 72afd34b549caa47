"""Every quadratic surface: bowls, saddles and valleys whose floor never ends."""

from __future__ import annotations

import numpy as np

from playground.declare import param
from playground.surfaces.base import Surface
from playground.types import Array, Real


class Quadratic(Surface):
    """A quadratic with a cross term: a very long valley, slightly turned against the axes.

    The eigenvalues of ((a, c), (c, b)) decide everything: both positive a bowl, one negative a
    saddle, one zero a valley with a level floor.  As given, the curvatures are 0.0018 and 2.0002
    and the floor is y = −(c/b) x: steps divided by past gradients grow while they travel along
    it, until they are too large for the walls and the run bursts.
    """

    order = 1
    group = "One valley"
    quadratic = True
    span = (-110, 20, -3, 3)
    start = (-100.0, 2.0)
    formula = r"\tfrac12\,(a x^2 + b y^2) + c\,x y"
    source = "Lee 2021, Machine Learning (NTU), lecture on adaptive learning rates"

    a: float = param(0.002, -2, 2, "a", "Curvature along x.", words="curvature along x")
    b: float = param(2.0, -2, 4, "b", "Curvature along y.", words="curvature along y")
    c: float = param(
        0.02, -1, 1, "c", "Cross term: turns the valley against the axes.", words="cross term"
    )

    @property
    def unbounded_below(self) -> bool:  # type: ignore[override]
        a, b, c = self.a, self.b, self.c
        return bool(np.any((a < 0) | (b < 0) | (a * b < c * c)))

    def stationary(self) -> Array | None:
        """The origin alone, unless the floor is level: then a whole line, which is searched."""
        a, b, c = self.a, self.b, self.c
        single = abs(a * b - c * c) > 1e-13 * (a * a + b * b + c * c)
        return np.zeros((2, 1)) if single else None

    def height(self, x: Real, y: Real) -> Real:
        return 0.5 * (self.a * (x * x) + self.b * (y * y)) + self.c * (x * y)

    def slope(self, x: Real, y: Real) -> tuple[Real, Real]:
        return self.a * x + self.c * y, self.c * x + self.b * y

    def curvature(self, x: Real, y: Real) -> tuple[Real, Real, Real]:
        return self.a, self.c, self.b
