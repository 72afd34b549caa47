"""Level ground: places where the gradient is almost zero and the minimum is far."""

from __future__ import annotations

import numpy as np

from playground.declare import param
from playground.maths import cos, exp, expm1, sin
from playground.surfaces.base import Surface
from playground.types import Array, Real


class Staircase(Surface):
    """A staircase of level shelves: stopping on one is not arriving.

    With a = 1 the gradient vanishes at x = π(2k + 1), yet nothing holds a run there: gradient
    descent comes to rest on the first shelf, inertia coasts over all of them.  With a > 1 every
    shelf becomes a shallow minimum, with a < 1 a slope.  The stairs have no lowest step.
    """

    order = 40
    group = "Plateaus"
    unbounded_below = True
    span = (-4, 20, -3, 3)
    start = (0.0, 1.0)
    formula = r"-s\,(x + a \sin x) + \tfrac12\,k y^2"
    source = "Risken 1989, The Fokker-Planck Equation, chapter 11 (the tilted washboard)"

    s: float = param(
        0.1, 0.01, 1, "s", "Slope of the stairs.", scale="log", words="slope of the stairs"
    )
    a: float = param(
        1.0,
        0,
        2,
        "a",
        "Depth of the steps; 1 makes the shelves level.",
        words="depth of the stairs",
    )
    k: float = param(
        1.0, 0.1, 10, "k", "Curvature along y.", scale="log", words="curvature along y"
    )

    def stationary(self) -> Array:
        """cos x = −1/a."""
        if abs(self.a) < 1:
            return np.empty((2, 0))
        x0, x1, _, _ = self.span
        turns = 2 * np.pi * np.arange(np.floor(x0 / 6), np.ceil(x1 / 6) + 1)
        first = np.arccos(-1 / self.a)
        x = np.unique(np.concatenate([turns + first, turns + 2 * np.pi - first]))
        return np.array([x, np.zeros_like(x)])

    def height(self, x: Real, y: Real) -> Real:
        return 0.5 * self.k * (y * y) - self.s * (x + self.a * sin(x))

    def slope(self, x: Real, y: Real) -> tuple[Real, Real]:
        return -self.s * (1.0 + self.a * cos(x)), self.k * y

    def curvature(self, x: Real, y: Real) -> tuple[Real, Real, Real]:
        return self.s * self.a * sin(x), 0.0, self.k


class Hole(Surface):
    """A hole in a level plain, as on a golf course: far away nothing points to it.

    At 4.5 s from the centre the slope is about 2·10⁻⁴.  Gradient descent hardly moves; inertia
    adds the small pushes up; a method that divides by the size of the gradient walks at once.
    """

    order = 41
    group = "Plateaus"
    span = (-6, 6, -6, 6)
    start = (4.5, 0.5)
    formula = r"1 - \exp\!\left(-\frac{x^2 + y^2}{2 s^2}\right)"
    source = "Dennis and Welsch 1978, Communications in Statistics B7:345"

    s: float = param(
        1.0, 0.3, 3, "s", "Radius of the hole.", scale="log", words="radius of the hole"
    )

    def stationary(self) -> Array:
        return np.zeros((2, 1))

    def height(self, x: Real, y: Real) -> Real:
        u, v = x / self.s, y / self.s
        return -expm1(-0.5 * (u * u + v * v))

    def slope(self, x: Real, y: Real) -> tuple[Real, Real]:
        u, v = x / self.s, y / self.s
        e = exp(-0.5 * (u * u + v * v)) / self.s
        return e * u, e * v

    def curvature(self, x: Real, y: Real) -> tuple[Real, Real, Real]:
        u, v = x / self.s, y / self.s
        e = exp(-0.5 * (u * u + v * v)) / self.s / self.s
        return e - (e * u) * u, -(e * u) * v, e - (e * v) * v


class Geman(Surface):
    """A pit whose walls level off: beyond a certain distance an error hardly counts any more.

    Used as a loss that ignores outliers.  The slope is largest at √(s/3) from the centre and
    falls like 2s/r³ outside, so a start far away is slow without being near anything.
    """

    order = 42
    group = "Plateaus"
    span = (-6, 6, -6, 6)
    start = (4.0, 2.0)
    formula = r"\frac{x^2 + y^2}{s + x^2 + y^2}"
    source = "Geman and McClure 1987, Bulletin of the International Statistical Institute 52:5"

    s: float = param(
        1.0,
        0.1,
        10,
        "s",
        "Squared radius of the pit.",
        scale="log",
        words="squared radius of the pit",
    )

    def stationary(self) -> Array:
        return np.zeros((2, 1))

    def height(self, x: Real, y: Real) -> Real:
        rr = x * x + y * y
        return rr / (self.s + rr)

    def slope(self, x: Real, y: Real) -> tuple[Real, Real]:
        q = 1.0 / (self.s + x * x + y * y)
        steep = 2.0 * self.s * (q * q)
        return steep * x, steep * y

    def curvature(self, x: Real, y: Real) -> tuple[Real, Real, Real]:
        q = 1.0 / (self.s + x * x + y * y)
        steep, u, v = 2.0 * self.s * (q * q), q * x, q * y
        return (
            steep * (1.0 - 4.0 * (u * x)),
            -4.0 * steep * (u * y),
            steep * (1.0 - 4.0 * (v * y)),
        )
