"""A canyon: walls whose slope does not grow with height."""

from __future__ import annotations

import numpy as np

from playground.declare import param
from playground.maths import absolute, expm1, log1p, tanh
from playground.surfaces.base import Surface
from playground.types import Array, Real


class Canyon(Surface):
    """A canyon with straight walls: a step too large bounces between them for ever.

    Beyond |y| ≈ 1 the wall has constant slope b, so the bounce cannot grow without limit as it
    would in a bowl: it settles where 2y = η b tanh y.  The loss is then flat while the gradient
    is as large as ever, which is no critical point but a step that is too large.
    """

    order = 4
    group = "One valley"
    span = (-8, 8, -4, 4)
    start = (-6.0, 1.0)
    formula = r"\tfrac12\,a x^2 + b \log\cosh y"
    source = "Green 1990, IEEE Trans. Medical Imaging 9:84 (log cosh); Lee 2021, NTU (bouncing)"

    a: float = param(
        0.05,
        0.01,
        1,
        "a",
        "Curvature along the floor.",
        scale="log",
        words="curvature of the floor",
    )
    b: float = param(
        10.0,
        1,
        20,
        "b",
        "Slope of the walls.",
        scale="log",
        words="slope of the walls",
    )

    def stationary(self) -> Array:
        return np.zeros((2, 1))

    def height(self, x: Real, y: Real) -> Real:
        # log cosh y = |y| + log((1 + e^(−2|y|)) / 2): no overflow above, no cancellation below.
        away = absolute(y)
        return 0.5 * self.a * (x * x) + self.b * (away + log1p(0.5 * expm1(-2.0 * away)))

    def slope(self, x: Real, y: Real) -> tuple[Real, Real]:
        return self.a * x, self.b * tanh(y)

    def curvature(self, x: Real, y: Real) -> tuple[Real, Real, Real]:
        t = tanh(y)
        return self.a, 0.0, self.b * (1.0 - t * t)
