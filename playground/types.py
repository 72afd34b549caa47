"""What numbers are called in signatures.

One descent runs on Python floats and a thousand on arrays, through the same rules: whatever may
be either is a `Real`.  Arrays of points lead with the coordinate, ``(2, ...)``.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
"""Numbers of any shape; the docstring beside it says which."""

Real = float | Array
"""A quantity of one descent, or of many: a float, or an array that broadcasts with the others."""

Integers = NDArray[np.integer[Any]]
"""Counts, seeds, and places in an array."""

Mask = NDArray[np.bool_]
"""Which of many."""

__all__ = ["Array", "ArrayLike", "Integers", "Mask", "Real"]
