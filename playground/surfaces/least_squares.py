"""The first loss of every course: a straight line through ten points."""

from __future__ import annotations

import numpy as np

from playground.surfaces.base import Surface
from playground.types import Array, Real

X = np.array([338.0, 333, 328, 207, 226, 25, 179, 60, 208, 606])
Y = np.array([640.0, 633, 619, 393, 428, 27, 193, 66, 226, 1591])

N = float(len(X))
X_MEAN, Y_MEAN = float(X.mean()), float(Y.mean())
S_XX = float(((X - X_MEAN) ** 2).sum())
W = float(((X - X_MEAN) * (Y - Y_MEAN)).sum()) / S_XX
"""Slope of the best line."""
B = Y_MEAN - W * X_MEAN
"""Intercept of the best line."""
REST = float(((Y - B - W * X) ** 2).sum())
"""What the best line leaves unexplained."""


class LeastSquares(Surface):
    """Fit a straight line to ten points; the two coordinates are its intercept and its slope.

    The inputs are in the hundreds and not centred, so the loss is 313 000 times steeper in one
    direction than in the other and no single learning rate serves both: the slope of the line is
    found at once, its intercept hardly moves.  Written about the best line (b*, w*), the sum
    over the points is n u² + S v² + rest, with u the error at the mean input and v = w − w*.
    """

    order = 2
    group = "One valley"
    quadratic = True
    span = (-240, -100, -5, 5)
    start = (-120.0, -4.0)
    formula = r"\sum_{i=1}^{10} (y_i - b - w x_i)^2,\quad x = b,\; y = w"
    source = "Lee 2017, Machine Learning (NTU), demonstration of gradient descent"

    def stationary(self) -> Array:
        return np.array([[B], [W]])

    def height(self, x: Real, y: Real) -> Real:
        u, v = x + X_MEAN * y - Y_MEAN, y - W
        return N * (u * u) + S_XX * (v * v) + REST

    def slope(self, x: Real, y: Real) -> tuple[Real, Real]:
        u, v = x + X_MEAN * y - Y_MEAN, y - W
        return 2.0 * N * u, 2.0 * (N * X_MEAN * u + S_XX * v)

    def curvature(self, x: Real, y: Real) -> tuple[Real, Real, Real]:
        return 2.0 * N, 2.0 * N * X_MEAN, 2.0 * (S_XX + N * X_MEAN * X_MEAN)
