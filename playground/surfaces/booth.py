"""Booth's function."""

from __future__ import annotations

from playground.surfaces.base import Surface
from playground.types import Real


class Booth(Surface):
    """A plain bowl that is turned by 45 degrees and not centred: an easy first test.

    Its curvatures are 2 and 18, so gradient descent with a sensible step finds (1, 3) in a few
    dozen steps; methods with one rate per parameter gain nothing, since the valley does not
    follow an axis.
    """

    order = 3
    group = "One valley"
    quadratic = True
    span = (-10, 10, -10, 10)
    start = (-8.0, -6.0)
    formula = r"(x + 2y - 7)^2 + (2x + y - 5)^2"
    source = "Jamil and Yang 2013, arXiv:1308.4008, function 17"

    def height(self, x: Real, y: Real) -> Real:
        u, v = x + 2.0 * y - 7.0, 2.0 * x + y - 5.0
        return u * u + v * v

    def slope(self, x: Real, y: Real) -> tuple[Real, Real]:
        u, v = x + 2.0 * y - 7.0, 2.0 * x + y - 5.0
        return 2.0 * u + 4.0 * v, 4.0 * u + 2.0 * v

    def curvature(self, x: Real, y: Real) -> tuple[Real, Real, Real]:
        return 10.0, 8.0, 10.0
