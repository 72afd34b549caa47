"""Saddles: places without slope that are not the bottom."""

from __future__ import annotations

import numpy as np

from playground.declare import param
from playground.surfaces.base import Surface
from playground.types import Array, Real


class Saddle(Surface):
    """The plainest saddle: it rises along x and falls without end along y.

    There is no minimum, so a run that leaves along y and never stops is right to do so.  From
    y = 0 exactly the gradient never points off the ridge; the slightest push grows by the factor
    1 + η at every step of gradient descent.
    """

    order = 20
    group = "Saddles"
    quadratic = True
    unbounded_below = True
    start = (-2.0, 0.01)
    formula = r"\tfrac12\,(x^2 - y^2)"
    source = "Milnor 1963, Morse Theory, section 2: the normal form of a saddle"

    def height(self, x: Real, y: Real) -> Real:
        return 0.5 * (x * x - y * y)

    def slope(self, x: Real, y: Real) -> tuple[Real, Real]:
        return 1.0 * x, -y

    def curvature(self, x: Real, y: Real) -> tuple[Real, Real, Real]:
        return 1.0, 0.0, -1.0


class QuarticSaddle(Surface):
    """A saddle with an end: two minima wait on either side of it.

    The minima lie at (0, ±√2).  Started near the ridge y = 0 a run first comes to rest at the
    saddle, seems to have converged, and leaves only after a pause that grows with the logarithm
    of how close it came.
    """

    order = 21
    group = "Saddles"
    start = (-2.0, 0.001)
    formula = r"x^2 - y^2 + \tfrac14\,y^4"
    source = "after Nesterov 2004, Introductory Lectures on Convex Optimization, example 1.2.2"

    def height(self, x: Real, y: Real) -> Real:
        yy = y * y
        return x * x - yy + 0.25 * (yy * yy)

    def slope(self, x: Real, y: Real) -> tuple[Real, Real]:
        return 2.0 * x, y * (y * y) - 2.0 * y

    def curvature(self, x: Real, y: Real) -> tuple[Real, Real, Real]:
        return 2.0, 0.0, 3.0 * (y * y) - 2.0


class SoftSaddle(Surface):
    """A saddle that is steep to enter and hardly slopes on the way out.

    Curvature a across and −b along the way out: gradient descent leaves by the factor 1 + ηb a
    step, heavy ball far sooner, and Adam, which divides by the size of the gradient, at once.
    The minima lie at (0, ±√b).
    """

    order = 22
    group = "Saddles"
    span = (-2, 2, -2, 2)
    start = (1.0, 1e-6)
    formula = r"\tfrac12\,(a x^2 - b y^2) + \tfrac14\,y^4"
    source = "Nesterov 2004, Introductory Lectures on Convex Optimization, example 1.2.2"

    a: float = param(
        1.0,
        0.1,
        10,
        "a",
        "Curvature that leads in.",
        scale="log",
        words="curvature leading in",
    )
    b: float = param(
        0.2,
        0.01,
        2,
        "b",
        "Curvature that leads out.",
        scale="log",
        words="curvature leading out",
    )

    def height(self, x: Real, y: Real) -> Real:
        yy = y * y
        return 0.5 * (self.a * (x * x) - self.b * yy) + 0.25 * (yy * yy)

    def slope(self, x: Real, y: Real) -> tuple[Real, Real]:
        return self.a * x, y * (y * y) - self.b * y

    def curvature(self, x: Real, y: Real) -> tuple[Real, Real, Real]:
        return self.a, 0.0, 3.0 * (y * y) - self.b


class RotatedSaddle(Surface):
    """A saddle turned by 45 degrees: the way out lies along neither axis.

    Both partial derivatives shrink together on the way in, so a method with one rate per
    parameter cannot tell the way out by looking at the axes.  The minima lie at ±(√(5a), −√(5a)).
    """

    order = 23
    group = "Saddles"
    span = (-4, 4, -4, 4)
    start = (3.0, 2.99)
    formula = r"a\,xy + 0.05\,(x^4 + y^4)"
    source = "after Dauphin et al. 2014, arXiv:1406.2572"

    a: float = param(
        0.5,
        0.1,
        2,
        "a",
        "Curvature at the saddle: +a in, −a out.",
        scale="log",
        words="curvature in and out",
    )

    def height(self, x: Real, y: Real) -> Real:
        xx, yy = x * x, y * y
        return self.a * (x * y) + 0.05 * (xx * xx + yy * yy)

    def slope(self, x: Real, y: Real) -> tuple[Real, Real]:
        return self.a * y + 0.2 * (x * (x * x)), self.a * x + 0.2 * (y * (y * y))

    def curvature(self, x: Real, y: Real) -> tuple[Real, Real, Real]:
        return 0.6 * (x * x), self.a, 0.6 * (y * y)


class MonkeySaddle(Surface):
    """Three ways down and three ways up from a point where even the curvature is zero.

    Two ways down for the legs, one for the tail.  The Hessian at (0, 0) is zero, so it says
    nothing, and Newton's method has nothing to divide by; the surface falls without end.
    """

    order = 24
    group = "Saddles"
    unbounded_below = True
    span = (-2, 2, -2, 2)
    start = (1.5, 0.05)
    formula = r"x^3 - 3 x y^2"
    source = "Hilbert and Cohn-Vossen 1932, Anschauliche Geometrie, section 29"

    def stationary(self) -> Array:
        return np.zeros((2, 1))

    def height(self, x: Real, y: Real) -> Real:
        return x * (x * x - 3.0 * (y * y))

    def slope(self, x: Real, y: Real) -> tuple[Real, Real]:
        return 3.0 * (x * x - y * y), -6.0 * (x * y)

    def curvature(self, x: Real, y: Real) -> tuple[Real, Real, Real]:
        return 6.0 * x, -6.0 * y, -6.0 * x
