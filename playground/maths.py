"""Elementary functions that take a Python float or an array and give the same bits for both.

One descent runs on Python floats, because NumPy spends half a microsecond of call overhead on
every operation; a thousand descents run on arrays.  The rules are written once, in plain
arithmetic, and use these functions for the rest.

The promise, on every processor: a value depends on its own operands alone, bit for bit, and never
on the length or layout of the array it stands in.  IEEE 754 gives it for ``+ − × ÷ √``.  For the
rest every value takes NumPy's vector loop, a float as a vector of one; where NumPy has a second
road, it is closed here.  (NumPy reads arrays backwards, and has exact shortcuts of its power for
constant exponents, outside its vector loops: on AVX-512 they differ in the last bit.)  What no
one promises is the same last bit on two processors: NumPy is within one unit of it, and so are we.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Protocol, overload

import numpy as np

from playground.types import Array, Mask, Real


class OfOne(Protocol):
    """A function of a float or an array."""

    @overload
    def __call__(self, x: float, /) -> float: ...
    @overload
    def __call__(self, x: Array, /) -> Array: ...


class OfTwo(Protocol):
    """A function of two floats, or of arrays that broadcast."""

    @overload
    def __call__(self, u: float, v: float, /) -> float: ...
    @overload
    def __call__(self, u: Real, v: Real, /) -> Real: ...


def _forward(x: Real) -> Real:
    """`x`, copied if it is read backwards."""
    return x.copy() if isinstance(x, np.ndarray) and x.ndim and min(x.strides) < 0 else x


def _elementary(function: np.ufunc) -> OfOne:
    def apply(x: Any, /) -> Any:
        return float(function(x)) if type(x) is float else function(_forward(x))

    apply.__name__ = function.__name__
    apply.__doc__ = f"``numpy.{function.__name__}`` of a float or an array."
    return apply


def _of_two(function: np.ufunc) -> OfTwo:
    def apply(u: Any, v: Any, /) -> Any:
        if type(u) is float and type(v) is float:
            return float(function(u, v))
        return function(_forward(u), _forward(v))

    apply.__name__ = function.__name__
    apply.__doc__ = f"``numpy.{function.__name__}`` of floats or arrays."
    return apply


sin, cos, tan = map(_elementary, (np.sin, np.cos, np.tan))
arcsin, arccos, arctan = map(_elementary, (np.arcsin, np.arccos, np.arctan))
sinh, cosh, tanh = map(_elementary, (np.sinh, np.cosh, np.tanh))
exp, log, log2, log10 = map(_elementary, (np.exp, np.log, np.log2, np.log10))
expm1, log1p = map(_elementary, (np.expm1, np.log1p))
arctan2, hypot, logaddexp = map(_of_two, (np.arctan2, np.hypot, np.logaddexp))
_power = _of_two(np.power)


def sqrt(x: Real) -> Real:
    """Square root; NaN below zero.  Correctly rounded by IEEE 754, so `math` serves for floats."""
    if type(x) is float:
        return math.sqrt(x) if x >= 0.0 else math.nan
    return np.sqrt(x)


def divide(u: Real, v: Real) -> Real:
    """u / v; ±inf or NaN where v = 0, also on floats, where Python would raise."""
    try:
        return u / v
    except ZeroDivisionError:
        return float(np.divide(u, v))


EXACT: dict[float, Callable[[Real], Real]] = {
    -1.0: lambda u: divide(1.0, u),
    0.5: sqrt,
    1.0: lambda u: u,
    2.0: lambda u: u * u,
}
"""Powers that one correctly rounded operation gives, by exponent."""


def power(u: Real, v: Real) -> Real:
    """uᵛ; u⁻¹, √u, u and u² by that very operation, wherever the exponent comes from."""
    if type(v) is float or np.ndim(v) == 0:
        exact = EXACT.get(v if type(v) is float else np.asarray(v).item())  # equal, if complex
        value = _power(u, v) if exact is None else exact(u)
        return float(value) if type(u) is float and type(v) is float else value
    value = _power(u, v)
    for exponent, exact in EXACT.items():
        here = np.equal(v, exponent)
        if here.any():
            value = np.where(here, exact(u), value)
    return value


def absolute(x: Real) -> Real:
    """|x|."""
    return abs(x) if type(x) is float else np.abs(x)


def sign(x: Real) -> Real:
    """−1, 0 or 1; sign(0) = 0; NaN stays NaN."""
    if type(x) is float:
        return 1.0 if x > 0.0 else -1.0 if x < 0.0 else 0.0 if x == 0.0 else x
    return np.sign(x)


def maximum(a: Real, b: Real) -> Real:
    """The larger one, of 0 and −0 either; NaN if either is."""
    if type(a) is float and type(b) is float:
        return a if a >= b or a != a else b
    return np.maximum(a, b)


def minimum(a: Real, b: Real) -> Real:
    """The smaller one, of 0 and −0 either; NaN if either is."""
    if type(a) is float and type(b) is float:
        return a if a <= b or a != a else b
    return np.minimum(a, b)


def where(condition: bool | Mask, a: Real, b: Real) -> Real:
    """`a` where the condition holds, else `b`."""
    if type(condition) is bool:
        return a if condition else b
    return np.where(condition, a, b)


def zeros(x: Real) -> Real:
    """Zero in the form of `x`: 0.0 for a float, an array of zeros for an array."""
    return 0.0 if type(x) is float else np.zeros(np.shape(x))
