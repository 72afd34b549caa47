"""A function of one number as pieces of polynomials, for whoever cannot run Python.

>>> from playground.networks.activations import Tanh
>>> pieces(Tanh()).shape, pieces(Tanh())[-1, :2].tolist()  # 1 and level beyond the last cell
((194, 8), [1.0, 0.0])
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

REACH = 24.0
"""Beyond ±this an activation is as straight as it will ever be."""
CELLS = 192
DEGREE = 7
ROUNDED = 12
"""Decimals of a coefficient: what rounding leaves behind the last would not compress."""


def pieces(function: Callable[[Any], Any]) -> np.ndarray:
    """Coefficients ``(CELLS + 2, DEGREE + 1)`` of a function, the lowest power first.

    Every cell between −REACH and REACH has a polynomial in its own share u from 0 to 1, through
    points inside the cell, so that a kink between two cells spoils neither.  The first and the
    last row are the straight lines beyond, in cells from ∓REACH on.
    """
    width = 2 * REACH / CELLS
    share = (1 + np.cos(np.pi * (np.arange(DEGREE + 1) + 0.5) / (DEGREE + 1))) / 2
    left = -REACH + width * np.arange(CELLS)
    values = np.asarray(function(left[:, None] + width * share), dtype=float)
    inner = np.linalg.solve(np.vander(share, increasing=True), values.T).T
    rows = [_beyond(function, -1, width), *inner, _beyond(function, 1, width)]
    return np.round(np.array(rows), ROUNDED) + 0.0


def _beyond(function: Callable[[Any], Any], sign: int, width: float) -> np.ndarray:
    """The line beyond an end; its slope is taken far out, where a tail has died away."""
    end, near, far = (float(v) for v in function(sign * REACH * np.array([1.0, 2.0, 3.0])))
    line = np.zeros(DEGREE + 1)
    line[:2] = end, sign * (far - near) / REACH * width
    return line
