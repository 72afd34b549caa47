"""Rosenbrock's curved valley."""

from __future__ import annotations

from playground.declare import param
from playground.surfaces.base import Surface
from playground.types import Real


class Rosenbrock(Surface):
    """A narrow valley bent like a banana: the floor is easy to find and slow to follow.

    The minimum is at (a, a²).  Across the valley the curvature is about 2b(1 + 4x²), along it
    less than 2, so one learning rate must serve two scales that turn as the valley bends.
    """

    order = 6
    group = "One valley"
    span = (-2.2, 2.2, -1.2, 3.2)
    start = (-1.5, 2.0)
    formula = r"(a - x)^2 + b\,(y - x^2)^2"
    source = "Rosenbrock 1960, The Computer Journal 3:175"

    a: float = param(
        1.0, 0, 1.5, "a", "Where the minimum lies: (a, a²).", words="place of the minimum"
    )
    b: float = param(
        100.0,
        1,
        200,
        "b",
        "Steepness of the walls.",
        scale="log",
        words="steepness of the walls",
    )

    def height(self, x: Real, y: Real) -> Real:
        along, across = self.a - x, y - x * x
        return along * along + self.b * (across * across)

    def slope(self, x: Real, y: Real) -> tuple[Real, Real]:
        across = self.b * (y - x * x)
        return -2.0 * (self.a - x) - 4.0 * (x * across), 2.0 * across

    def curvature(self, x: Real, y: Real) -> tuple[Real, Real, Real]:
        return 2.0 + self.b * (12.0 * (x * x) - 4.0 * y), -4.0 * self.b * x, 2.0 * self.b
