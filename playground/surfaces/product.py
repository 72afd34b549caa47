"""The smallest deep network: two weights in a row, one example."""

from __future__ import annotations

import numpy as np

from playground.surfaces.base import Surface
from playground.types import Array, ArrayLike, Real


class Product(Surface):
    """Two weights in a row that should multiply to one: the minima form a curve, not a point.

    Every point of the hyperbola xy = 1 has loss 0, but its sharpness is x² + y²: far out the
    valley is narrow, at ±(1, 1) it is widest.  A step too large for the sharp end does not
    diverge; it is thrown across to a flatter place and settles there (the catapult).
    """

    order = 8
    group = "One valley"
    span = (-6, 6, -4, 4)
    start = (5.0, 0.05)
    formula = r"\tfrac12\,(xy - 1)^2"
    source = "Lewkowycz et al. 2020, arXiv:2003.02218 (the catapult)"

    def stationary(self) -> Array:
        """The saddle (0, 0) and a sample of both branches of the hyperbola, 65 points each."""
        _, x1, _, y1 = self.span
        x = np.geomspace(1 / y1, x1, 65)
        branch = np.array([x, 1 / x])
        return np.hstack([np.zeros((2, 1)), branch, -branch])

    def distance_to_minimum(self, p: ArrayLike) -> Array:
        """Distances ``(...)`` to the hyperbola: the feet (u, 1/u) solve u⁴ − xu³ + yu − 1 = 0."""
        x, y = np.asarray(p, dtype=float)
        finite = np.isfinite(x) & np.isfinite(y)
        companion = np.zeros((*np.shape(x), 4, 4))
        companion[..., 1:, :3] = np.eye(3)
        companion[..., 0, 0] = np.where(finite, x, 0.0)
        companion[..., 0, 2] = np.where(finite, -y, 0.0)
        companion[..., 0, 3] = 1.0
        # Of a complex root the real part is some other point of the hyperbola, so never nearer.
        feet = np.moveaxis(np.linalg.eigvals(companion).real, -1, 0)
        with np.errstate(all="ignore"):
            nearest: Array = np.min(np.hypot(x - feet, y - 1 / feet), axis=0)
        return nearest

    def height(self, x: Real, y: Real) -> Real:
        error = x * y - 1.0
        return 0.5 * (error * error)

    def slope(self, x: Real, y: Real) -> tuple[Real, Real]:
        error = x * y - 1.0
        return error * y, error * x

    def curvature(self, x: Real, y: Real) -> tuple[Real, Real, Real]:
        return y * y, 2.0 * (x * y) - 1.0, x * x
