"""The function of Styblinski and Tang."""

from __future__ import annotations

from playground.surfaces.base import Surface
from playground.types import Real


class StyblinskiTang(Surface):
    """Four minima of different depth, one along each combination of two choices.

    Each coordinate has a deep well at −2.9035 and a shallow one at 2.7468, independently of the
    other; with both deep f = −78.3323.
    """

    order = 35
    group = "Several minima"
    span = (-4.5, 4.5, -4.5, 4.5)
    start = (0.5, 4.0)
    formula = r"\tfrac12 \sum_i \left(x_i^4 - 16 x_i^2 + 5 x_i\right)"
    source = "Styblinski and Tang 1990, Neural Networks 3:467"

    def height(self, x: Real, y: Real) -> Real:
        return 0.5 * (_well(x) + _well(y))

    def slope(self, x: Real, y: Real) -> tuple[Real, Real]:
        return x * (2.0 * (x * x) - 16.0) + 2.5, y * (2.0 * (y * y) - 16.0) + 2.5

    def curvature(self, x: Real, y: Real) -> tuple[Real, Real, Real]:
        return 6.0 * (x * x) - 16.0, 0.0, 6.0 * (y * y) - 16.0


def _well(x: Real) -> Real:
    xx = x * x
    return xx * (xx - 16.0) + 5.0 * x
