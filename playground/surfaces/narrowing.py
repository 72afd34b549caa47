"""A valley that grows narrower on the way to its minimum."""

from __future__ import annotations

import numpy as np

from playground.declare import param
from playground.surfaces.base import Surface
from playground.types import Real


class Narrowing(Surface):
    """A valley that narrows downhill: the way to the minimum leads into steeper walls.

    The wall's curvature b + cx grows on the way to the minimum (d, ed).  Gradient descent walks
    down until the walls are just too steep for its step, starts to bounce, is thrown back a
    little by the bounce, and hovers there: the edge of stability, as in real networks.  (Far to
    the left, where b + cx < 0, the walls hang down; that is outside the picture.)
    """

    order = 5
    group = "One valley"
    span = (-2, 12, -4, 6)
    start = (0.0, 0.1)
    formula = r"\tfrac12\,a\,(x - d)^2 + \tfrac12\,(b + c x)(y - e x)^2"
    source = "Cohen et al. 2021, arXiv:2103.00065 (edge of stability)"

    a: float = param(
        0.002,
        0.0005,
        0.02,
        "a",
        "Curvature along the floor.",
        scale="log",
        words="curvature of the floor",
    )
    b: float = param(
        15.0, 5, 30, "b", "Curvature of the walls at x = 0.", words="curvature of the walls"
    )
    c: float = param(1.0, 0, 2, "c", "How fast the walls steepen with x.", words="steepening")
    d: float = param(
        10.0, 1, 11, "d", "Where the minimum lies: x = d.", words="place of the minimum"
    )
    e: float = param(
        0.3, -0.5, 0.5, "e", "Tilt of the floor against the x axis.", words="tilt of the floor"
    )

    @property
    def unbounded_below(self) -> bool:  # type: ignore[override]
        return bool(np.any((self.c != 0) | (self.b < 0)))

    def height(self, x: Real, y: Real) -> Real:
        along, across = x - self.d, y - self.e * x
        return 0.5 * (self.a * (along * along) + (self.b + self.c * x) * (across * across))

    def slope(self, x: Real, y: Real) -> tuple[Real, Real]:
        across = y - self.e * x
        wall = (self.b + self.c * x) * across
        return self.a * (x - self.d) + 0.5 * self.c * (across * across) - self.e * wall, wall

    def curvature(self, x: Real, y: Real) -> tuple[Real, Real, Real]:
        across, wall = y - self.e * x, self.b + self.c * x
        xx = self.a + self.e * (self.e * wall - 2.0 * self.c * across)
        return xx, self.c * across - self.e * wall, wall
