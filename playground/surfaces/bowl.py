"""The elongated convex bowl: the one surface on which everything can be computed by hand."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from playground.declare import param
from playground.glossary import ELONGATION
from playground.maths import cos, sin
from playground.surfaces.base import Surface
from playground.types import Array, Real


class Bowl(Surface):
    """A convex valley, steep across and flat along, turned by an angle.

    Curvature 1 along u and κ along v.  κ is the elongation: gradient descent must keep its
    step below 2/κ for the steep wall and then needs about κ steps to walk down the flat floor.
    """

    order = 0
    group = "One valley"
    quadratic = True
    span = (-4, 4, -2.5, 2.5)
    start = (-3.0, 1.0)
    formula = (
        r"\tfrac12\,(u^2 + \kappa v^2),\quad u = x\cos\theta + y\sin\theta,\;"
        r" v = -x\sin\theta + y\cos\theta"
    )
    source = "Nesterov 2004, Introductory Lectures on Convex Optimization, section 2.1"

    kappa: float = param(
        100.0,
        1,
        1000,
        ELONGATION,
        "Elongation: how much steeper across than along.",
        scale="log",
    )
    angle: float = param(0.0, -90, 90, r"\theta", "Rotation of the valley in degrees.")

    @cached_property
    def _axes(self) -> tuple[Real, Real]:
        angle = self.angle * (np.pi / 180)
        return cos(angle), sin(angle)

    def stationary(self) -> Array:
        return np.zeros((2, 1))

    def height(self, x: Real, y: Real) -> Real:
        c, s = self._axes
        u, v = c * x + s * y, c * y - s * x
        return 0.5 * (u * u + self.kappa * (v * v))

    def slope(self, x: Real, y: Real) -> tuple[Real, Real]:
        c, s = self._axes
        u, kv = c * x + s * y, self.kappa * (c * y - s * x)
        return c * u - s * kv, s * u + c * kv

    def curvature(self, x: Real, y: Real) -> tuple[Real, Real, Real]:
        c, s = self._axes
        return c * c + self.kappa * s * s, c * s * (1 - self.kappa), s * s + self.kappa * c * c
