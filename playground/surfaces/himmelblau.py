"""Himmelblau's function."""

from __future__ import annotations

from playground.surfaces.base import Surface
from playground.types import Real


class Himmelblau(Surface):
    """Four equally deep minima: which one a run finds depends on its start and its step.

    All four have f = 0; one is exactly (3, 2).  Between them lie four saddles, around one
    maximum near (−0.27, −0.92).
    """

    order = 33
    group = "Several minima"
    span = (-5, 5, -5, 5)
    start = (-0.5, -4.0)
    formula = r"(x^2 + y - 11)^2 + (x + y^2 - 7)^2"
    source = "Himmelblau 1972, Applied Nonlinear Programming"

    def height(self, x: Real, y: Real) -> Real:
        u, v = x * x + y - 11.0, x + y * y - 7.0
        return u * u + v * v

    def slope(self, x: Real, y: Real) -> tuple[Real, Real]:
        u, v = x * x + y - 11.0, x + y * y - 7.0
        return 4.0 * (x * u) + 2.0 * v, 2.0 * u + 4.0 * (y * v)

    def curvature(self, x: Real, y: Real) -> tuple[Real, Real, Real]:
        xx, yy = x * x, y * y
        return 12.0 * xx + 4.0 * y - 42.0, 4.0 * (x + y), 12.0 * yy + 4.0 * x - 26.0
