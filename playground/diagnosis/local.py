"""The loss near one point, to second order."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from playground.theory.curvature import symmetric_modes


class Local(NamedTuple):
    """The loss near one point, to second order."""

    eigenvalues: np.ndarray
    vectors: np.ndarray
    along: np.ndarray
    """Gradient along each mode ``(2,)``."""
    step: np.ndarray
    """Newton's step to the critical point of the local quadratic, in modes ``(2,)``."""
    distance: float
    """Its length."""
    excess: float
    """What the loss would fall by on the way: ½ gᵀH⁻¹g."""
    distance_across: float
    """Newton's step along the steeper mode alone."""


def local_model(a: float, b: float, c: float, g: np.ndarray) -> Local:
    eigenvalues, vectors = symmetric_modes(a, b, c)
    along = g @ vectors
    flat = np.abs(eigenvalues) <= 1e-12 * np.abs(eigenvalues).max()
    nowhere = np.where(along == 0, 0.0, np.inf)
    step = np.where(flat, nowhere, along / np.where(flat, 1.0, eigenvalues))
    with np.errstate(all="ignore"):
        distance = float(np.hypot(*step))
        excess = 0.5 * float(np.sum(step * along)) if np.isfinite(distance) else math.inf
    steep = int(np.abs(eigenvalues).argmax())
    return Local(eigenvalues, vectors, along, step, distance, excess, abs(float(step[steep])))
