"""A bowl or a cone covered with ripples: very many minima, one of them the lowest."""

from __future__ import annotations

import numpy as np

from playground.declare import param
from playground.maths import cos, exp, expm1, sin, sqrt, where
from playground.surfaces.base import Surface
from playground.surfaces.critical import search
from playground.types import Array, Real

PI = float(np.pi)


class Rastrigin(Surface):
    """A bowl covered with regular ripples: a minimum near every whole-numbered point.

    The global one is (0, 0).  121 lie in the picture, and a descent with a small step ends in
    the one it starts above; how deep the ripples are is A.
    """

    order = 36
    group = "Several minima"
    span = (-5.12, 5.12, -5.12, 5.12)
    start = (-3.4, 2.6)
    formula = r"2A + \sum_i \left(x_i^2 - A \cos 2\pi x_i\right)"
    source = "Rastrigin 1974, Systems of Extremal Control"

    amplitude: float = param(
        10.0, 0, 20, "A", "Depth of the ripples.", valid="[0, inf)", words="depth of the ripples"
    )

    def height(self, x: Real, y: Real) -> Real:
        # 1 − cos 2πx = 2 sin² πx: the minimum is exactly 0 and nothing cancels near it.
        a, b = sin(PI * x), sin(PI * y)
        return x * x + y * y + 2.0 * self.amplitude * (a * a + b * b)

    def slope(self, x: Real, y: Real) -> tuple[Real, Real]:
        ripple = 2.0 * PI * self.amplitude
        return 2.0 * x + ripple * sin(2.0 * PI * x), 2.0 * y + ripple * sin(2.0 * PI * y)

    def curvature(self, x: Real, y: Real) -> tuple[Real, Real, Real]:
        ripple = 4.0 * PI * PI * self.amplitude
        return 2.0 + ripple * cos(2.0 * PI * x), 0.0, 2.0 + ripple * cos(2.0 * PI * y)


class Ackley(Surface):
    """A funnel covered with ripples: almost level far out, a sharp point at the bottom.

    The minimum (0, 0) is the tip of a cone, where the function has no derivative.  There the
    cone's share is taken as 0: the gradient is 0 and the Hessian that of the ripples alone.
    Beside the tip the slope is ab/√2 however close you come, so no fixed step ever settles.
    """

    order = 37
    group = "Several minima"
    span = (-4, 4, -4, 4)
    start = (-2.7, 3.2)
    formula = (
        r"-a \exp\!\left(-b \sqrt{\tfrac12(x^2 + y^2)}\right)"
        r" - \exp\!\left(\tfrac12(\cos cx + \cos cy)\right) + a + e"
    )
    source = "Ackley 1987, A Connectionist Machine for Genetic Hillclimbing"

    a: float = param(
        20.0, 1, 40, "a", "Depth of the funnel.", valid="[0, inf)", words="depth of the funnel"
    )
    b: float = param(
        0.2,
        0.02,
        1,
        "b",
        "How sharply the funnel narrows.",
        valid="[0, inf)",
        words="narrowing of the funnel",
    )
    c: float = param(
        2 * PI,
        1,
        10,
        "c",
        "Frequency of the ripples.",
        valid="[0, inf)",
        words="frequency of the ripples",
    )

    def stationary(self) -> Array:
        found = search(self, self.span)
        tip = np.zeros((2, 1))  # no root of the gradient beside it: Newton's method may miss it
        return np.hstack([tip, found[:, np.hypot(*found) > 1e-6]])

    def _funnel(self, x: Real, y: Real) -> tuple[Real, Real, Real, Real]:
        """r = √((x² + y²)/2), its partial derivatives, and a b e^(−br)."""
        r = sqrt(0.5 * (x * x + y * y))
        twice = 2.0 * where(r > 0.0, r, 1.0)
        return r, x / twice, y / twice, self.a * self.b * exp(-self.b * r)

    def height(self, x: Real, y: Real) -> Real:
        # a − a e^(−br) and e − e^w as expm1: the minimum is exactly 0, nothing cancels near it.
        r = sqrt(0.5 * (x * x + y * y))
        s, t = sin(0.5 * self.c * x), sin(0.5 * self.c * y)
        return -self.a * expm1(-self.b * r) - float(np.e) * expm1(-(s * s + t * t))

    def slope(self, x: Real, y: Real) -> tuple[Real, Real]:
        _, r_x, r_y, steep = self._funnel(x, y)
        c = self.c
        ripple = 0.5 * c * exp(0.5 * (cos(c * x) + cos(c * y)))
        return steep * r_x + ripple * sin(c * x), steep * r_y + ripple * sin(c * y)

    def curvature(self, x: Real, y: Real) -> tuple[Real, Real, Real]:
        r, r_x, r_y, steep = self._funnel(x, y)
        c = self.c
        bend = steep / where(r > 0.0, r, 1.0)
        b, ripple = self.b * steep, 0.5 * c * c * exp(0.5 * (cos(c * x) + cos(c * y)))
        s, t = sin(c * x), sin(c * y)
        return (
            bend * (r_y * r_y) - b * (r_x * r_x) + ripple * (cos(c * x) - 0.5 * (s * s)),
            -(bend + b) * (r_x * r_y) - 0.5 * ripple * (s * t),
            bend * (r_x * r_x) - b * (r_y * r_y) + ripple * (cos(c * y) - 0.5 * (t * t)),
        )
