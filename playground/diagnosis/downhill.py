"""The way down from a point, on the ground itself, to the minimum it leads to."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from scipy.optimize import minimize

from playground.diagnosis import lines
from playground.diagnosis.decayed import Decayed
from playground.diagnosis.path import norm
from playground.types import Array

REACH = 1e100
"""Cubes of it, and of its inverse, are doubles."""
STRIDE = 0.03
"""Windows: longest step of the way down, so that it stays in its valley."""
RESTS = 1e-6
"""Times the slope at its begin, at which the way down has come to its minimum."""
SIDES = np.array([-1.0, 1.0])
DOWN = 200
"""Steps of the way down at most."""


def downhill(function: Decayed, p: Array, length: float) -> Any:
    """What SciPy finds from ``p (2,)`` by trusted steps short enough to stay in its valley.

    length: of the window; steps are at most a tenth of it.  A step to where the loss is no number
    is weighed, and rejected, before it is taken.
    """
    found = _trusted(function, p, length)
    # It has come to rest by the slope of its begin, which may have been a cliff's.
    nearer = _trusted(function, found.x, length) if found.success else found
    return nearer if nearer.success else found


def _trusted(function: Decayed, p: Array, length: float) -> Any:
    with np.errstate(all="ignore"):
        return minimize(
            lambda q: np.nan_to_num(function(q), nan=math.inf, neginf=math.inf, posinf=math.inf),
            p,
            jac=lambda q: _tame(function.gradient(q)),
            hess=lambda q: _upward(_tame(function.hessian(q))),
            method="trust-ncg",  # the exact one steps aside where two steps are as good
            options={
                "initial_trust_radius": lines.BESIDE * length,
                "max_trust_radius": STRIDE * length,
                "gtol": RESTS * max(float(norm(function.gradient(p))), lines.TINY),
                "maxiter": DOWN,
            },
        )


def across(function: Decayed, p: Array, length: float) -> Array:
    """The point of a valley's floor below ``p (2,)``: Newton's steps along the steeper mode."""
    for _ in range(DOWN):
        values, vectors = np.linalg.eigh(_tame(function.hessian(p)))
        steep = int(np.abs(values).argmax())
        if not values[steep] > 0:
            break
        u = vectors[:, steep]
        step = float(np.clip(function.gradient(p) @ u / values[steep], *STRIDE * length * SIDES))
        p = p - step * u
        if abs(step) <= lines.ROUNDED * length:
            break
    return p


def _tame(derivatives: Array) -> Array:
    """Derivatives the search can square and divide by: 0 where they are none or too small."""
    size = np.abs(derivatives)
    usable = (size > 1 / REACH) & (size < math.inf)
    return np.clip(np.where(usable, derivatives, 0.0), -REACH, REACH)


def _upward(h: Array) -> Array:
    """|H|: along what bends down the way leads down the slope, and not off to the side."""
    values, vectors = np.linalg.eigh(h)
    found: Array = (vectors * np.abs(values)) @ vectors.T
    return found
