"""The surfaces that are compared: our value, a start, and the formula for any array library."""

from collections.abc import Callable
from typing import Any

import numpy as np

import playground as pg

# ---- surfaces: our value, start, and the same formula for any array library ----------------


def _bowl(xp: Any, x: Any, y: Any) -> Any:
    angle = 30 * np.pi / 180
    u = np.cos(angle) * x + np.sin(angle) * y
    v = -np.sin(angle) * x + np.cos(angle) * y
    return 0.5 * (u**2 + 20 * v**2)


def _beale(xp: Any, x: Any, y: Any) -> Any:
    terms = ((1.5, 1), (2.25, 2), (2.625, 3))
    return sum((c - x + x * y**n) ** 2 for c, n in terms)


def _ackley(xp: Any, x: Any, y: Any) -> Any:
    funnel = -20 * xp.exp(-0.2 * xp.sqrt((x**2 + y**2) / 2))
    ripples = xp.exp((xp.cos(2 * np.pi * x) + xp.cos(2 * np.pi * y)) / 2)
    return funnel - ripples + 20 + np.e


def _rastrigin(xp: Any, x: Any, y: Any) -> Any:
    return 6 + x**2 + y**2 - 3 * xp.cos(2 * np.pi * x) - 3 * xp.cos(2 * np.pi * y)


SURFACES: dict[str, tuple[Any, tuple[float, float], Callable[[Any, Any, Any], Any]]] = {
    "Bowl": (pg.Bowl(kappa=20.0, angle=30.0), (-1.5, 1.2), _bowl),
    "Rosenbrock": (
        pg.Rosenbrock(b=5.0),
        (-1.2, 1.0),
        lambda xp, x, y: (1 - x) ** 2 + 5 * (y - x**2) ** 2,
    ),
    "ThreeHumpCamel": (
        pg.ThreeHumpCamel(),
        (-1.9, 1.1),
        lambda xp, x, y: 2 * x**2 - 1.05 * x**4 + x**6 / 6 + x * y + y**2,
    ),
    "Himmelblau": (
        pg.Himmelblau(),
        (1.0, 1.5),
        lambda xp, x, y: (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2,
    ),
    "Beale": (pg.Beale(), (1.2, 0.7), _beale),
    "Canyon": (pg.Canyon(), (-3.0, 1.0), lambda xp, x, y: 0.025 * x**2 + 10 * xp.log(xp.cosh(y))),
    "Rastrigin": (pg.Rastrigin(amplitude=3.0), (0.8, -1.3), _rastrigin),
    "Ackley": (pg.Ackley(), (-1.3, 0.7), _ackley),
}

POLYNOMIALS = ("Bowl", "Rosenbrock", "Himmelblau")
