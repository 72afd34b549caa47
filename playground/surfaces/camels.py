"""The two camels of global optimisation."""

from __future__ import annotations

from playground.surfaces.base import Surface
from playground.types import Real


class ThreeHumpCamel(Surface):
    """Three valleys side by side; the middle one is the deepest.

    The global minimum is (0, 0) with f = 0; two shallower minima with f ≈ 0.2986 lie at about
    ±(1.7476, −0.8738), behind one saddle each.
    """

    order = 32
    group = "Several minima"
    span = (-2.5, 2.5, -2.5, 2.5)
    start = (-2.0, 2.0)
    formula = r"2x^2 - 1.05\,x^4 + \tfrac16\,x^6 + xy + y^2"
    source = "Jamil and Yang 2013, arXiv:1308.4008, function 29"

    def height(self, x: Real, y: Real) -> Real:
        xx = x * x
        return xx * (2.0 - 1.05 * xx + xx * xx / 6.0) + x * y + y * y

    def slope(self, x: Real, y: Real) -> tuple[Real, Real]:
        xx = x * x
        return x * (4.0 - 4.2 * xx + xx * xx) + y, x + 2.0 * y

    def curvature(self, x: Real, y: Real) -> tuple[Real, Real, Real]:
        xx = x * x
        return 4.0 - 12.6 * xx + 5.0 * (xx * xx), 1.0, 2.0


class SixHumpCamel(Surface):
    """Six valleys in pairs of equal depth; two of them are the deepest.

    The global minima are ±(0.0898, −0.7126) with f ≈ −1.0316.  f(x, y) = f(−x, −y), so every
    minimum has a twin, and nothing in the start tells which pair a run will find.
    """

    order = 34
    group = "Several minima"
    span = (-2.1, 2.1, -1.2, 1.2)
    start = (-1.4, 1.0)
    formula = r"\left(4 - 2.1\,x^2 + \tfrac13\,x^4\right)x^2 + xy + \left(4y^2 - 4\right)y^2"
    source = "Branin 1972, IBM Journal of Research and Development 16:504"

    def height(self, x: Real, y: Real) -> Real:
        xx, yy = x * x, y * y
        return xx * (4.0 - 2.1 * xx + xx * xx / 3.0) + x * y + 4.0 * (yy * (yy - 1.0))

    def slope(self, x: Real, y: Real) -> tuple[Real, Real]:
        xx = x * x
        return x * (8.0 - 8.4 * xx + 2.0 * (xx * xx)) + y, x + y * (16.0 * (y * y) - 8.0)

    def curvature(self, x: Real, y: Real) -> tuple[Real, Real, Real]:
        xx = x * x
        return 8.0 - 25.2 * xx + 10.0 * (xx * xx), 1.0, 48.0 * (y * y) - 8.0
