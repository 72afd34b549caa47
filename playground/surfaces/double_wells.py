"""Two valleys with a ridge between them."""

from __future__ import annotations

from playground.declare import param
from playground.surfaces.base import Surface
from playground.types import Real


class TwoValleys(Surface):
    """Two valleys, one deeper than the other: where you start decides where you end, mostly.

    As given the minima lie at x = −0.96015 (f = 0.29415) and x = 1.03558 (f = −0.30543).  Inertia
    may carry a run over the ridge into the deeper valley, and just as well out of it again.
    """

    order = 30
    group = "Several minima"
    span = (-2.2, 2.2, -2, 2)
    start = (-1.9, 1.0)
    formula = r"h\,(x^2 - 1)^2 - c\,x + \tfrac12\,k y^2"
    source = "after Lee 2021, Machine Learning (NTU), lecture on momentum"

    h: float = param(
        1.0, 0.1, 3, "h", "Height of the ridge.", scale="log", words="height of the ridge"
    )
    c: float = param(0.3, -1, 1, "c", "Tilt: how much deeper the right valley is.", words="tilt")
    k: float = param(
        2.0, 0.1, 10, "k", "Curvature along y.", scale="log", words="curvature along y"
    )

    def height(self, x: Real, y: Real) -> Real:
        well = x * x - 1.0
        return self.h * (well * well) - self.c * x + 0.5 * self.k * (y * y)

    def slope(self, x: Real, y: Real) -> tuple[Real, Real]:
        return 4.0 * self.h * (x * (x * x - 1.0)) - self.c, self.k * y

    def curvature(self, x: Real, y: Real) -> tuple[Real, Real, Real]:
        return self.h * (12.0 * (x * x) - 4.0), 0.0, self.k


class Fork(Surface):
    """A long approach that forks into two equal valleys: early noise can pick the wrong one.

    The minima lie at (±1, 0).  Started beside one of them but far up the approach, a run that
    takes full-length steps before it knows their direction may cross over at once.  This is what
    warm-up of the learning rate prevents.
    """

    order = 31
    group = "Several minima"
    span = (-3, 3, -24, 6)
    start = (0.1, -20.0)
    formula = r"\tfrac14\,h\,(x^2 - 1)^2 + \tfrac12\,k y^2"
    source = "after Ma and Yarats 2021, arXiv:1910.04209, and Liu et al. 2020, arXiv:1908.03265"

    h: float = param(
        1.0, 0.1, 4, "h", "Height of the ridge.", scale="log", words="height of the ridge"
    )
    k: float = param(
        0.05,
        0.01,
        1,
        "k",
        "Curvature along the approach.",
        scale="log",
        words="curvature of the approach",
    )

    def height(self, x: Real, y: Real) -> Real:
        well = x * x - 1.0
        return 0.25 * self.h * (well * well) + 0.5 * self.k * (y * y)

    def slope(self, x: Real, y: Real) -> tuple[Real, Real]:
        return self.h * (x * (x * x - 1.0)), self.k * y

    def curvature(self, x: Real, y: Real) -> tuple[Real, Real, Real]:
        return self.h * (3.0 * (x * x) - 1.0), 0.0, self.k
