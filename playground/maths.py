"""Elementary functions that take a Python float or an array and give the same bits for both.

One descent runs on Python floats, because NumPy spends half a microsecond of call overhead on
every operation; a thousand descents run on arrays.  The rules are written once, in plain
arithmetic, and use these functions for the rest.  A float goes through NumPy's own scalar loop
and not through `math`, so that the two paths agree to the last bit and never raise.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np


def _elementary(function: np.ufunc) -> Callable[[Any], Any]:
    def apply(x: Any) -> Any:
        return float(function(x)) if type(x) is float else function(x)

    apply.__name__ = function.__name__
    apply.__doc__ = f"``numpy.{function.__name__}`` of a float or an array."
    return apply


sin, cos, tan = map(_elementary, (np.sin, np.cos, np.tan))
arcsin, arccos, arctan = map(_elementary, (np.arcsin, np.arccos, np.arctan))
sinh, cosh, tanh = map(_elementary, (np.sinh, np.cosh, np.tanh))
exp, log, log2, log10 = map(_elementary, (np.exp, np.log, np.log2, np.log10))
expm1, log1p = map(_elementary, (np.expm1, np.log1p))


def sqrt(x: Any) -> Any:
    """Square root; NaN below zero.  Correctly rounded by IEEE 754, so `math` serves for floats."""
    if type(x) is float:
        return math.sqrt(x) if x >= 0.0 else math.nan
    return np.sqrt(x)


def absolute(x: Any) -> Any:
    return abs(x)


def sign(x: Any) -> Any:
    """−1, 0 or 1; sign(0) = 0; NaN stays NaN."""
    if type(x) is float:
        return 1.0 if x > 0.0 else -1.0 if x < 0.0 else x * 0.0
    return np.sign(x)


def maximum(a: Any, b: Any) -> Any:
    """The larger one; NaN if either is."""
    if type(a) is float and type(b) is float:
        return a if a >= b or a != a else b
    return np.maximum(a, b)


def minimum(a: Any, b: Any) -> Any:
    """The smaller one; NaN if either is."""
    if type(a) is float and type(b) is float:
        return a if a <= b or a != a else b
    return np.minimum(a, b)


def where(condition: Any, a: Any, b: Any) -> Any:
    """`a` where the condition holds, else `b`."""
    if type(condition) is bool:
        return a if condition else b
    return np.where(condition, a, b)


def logaddexp(a: Any, b: Any) -> Any:
    """log(eᵃ + eᵇ) without overflow."""
    if type(a) is float and type(b) is float:
        return float(np.logaddexp(a, b))
    return np.logaddexp(a, b)


def power(base: float, exponent: Any) -> Any:
    """A constant to the power of a float or an array, through NumPy's loop for both."""
    return float(np.power(base, exponent)) if type(exponent) is float else np.power(base, exponent)


def zeros(x: Any) -> Any:
    """Zero in the form of `x`: 0.0 for a float, an array of zeros for an array."""
    return 0.0 if type(x) is float else np.zeros(np.shape(x))
