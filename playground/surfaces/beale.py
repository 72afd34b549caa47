"""Beale's function."""

from __future__ import annotations

from playground.surfaces.base import Surface
from playground.types import Real


class Beale(Surface):
    """Almost level in the middle, with sharp ridges towards the corners.

    Three residuals a − x(1 − yᵏ), k = 1, 2, 3.  The valley that leads to the minimum (3, ½) is
    gentle, the corners are a hundred thousand times as high, and the saddle (0, 1) lies between:
    a step that suits the valley throws a run that starts near a corner out of the picture.
    """

    order = 7
    group = "One valley"
    span = (-4.5, 4.5, -4.5, 4.5)
    start = (1.0, 1.5)
    formula = r"(1.5 - x + xy)^2 + (2.25 - x + xy^2)^2 + (2.625 - x + xy^3)^2"
    source = "Beale 1958, On an Iterative Method of Finding a Local Minimum, Princeton TR 25"

    def height(self, x: Real, y: Real) -> Real:
        u, v, w = _residuals(x, y)
        return u * u + v * v + w * w

    def slope(self, x: Real, y: Real) -> tuple[Real, Real]:
        u, v, w = _residuals(x, y)
        yy = y * y
        by_x = u * (y - 1.0) + v * (yy - 1.0) + w * (yy * y - 1.0)
        by_y = x * (u + 2.0 * (v * y) + 3.0 * (w * yy))
        return 2.0 * by_x, 2.0 * by_y

    def curvature(self, x: Real, y: Real) -> tuple[Real, Real, Real]:
        u, v, w = _residuals(x, y)
        yy = y * y
        a, b, c = y - 1.0, yy - 1.0, yy * y - 1.0
        xx = a * a + b * b + c * c
        xy = u + x * a + 2.0 * y * (v + x * b) + 3.0 * yy * (w + x * c)
        squares = x * x * (1.0 + 4.0 * yy + 9.0 * (yy * yy))
        return 2.0 * xx, 2.0 * xy, 2.0 * (squares + x * (2.0 * v + 6.0 * (w * y)))


def _residuals(x: Real, y: Real) -> tuple[Real, Real, Real]:
    yy = y * y
    return 1.5 - x + x * y, 2.25 - x + x * yy, 2.625 - x + x * (yy * y)
