"""What every word of a typed formula computes, on a float or an array, with the same bits.

Nothing here raises or clips: outside its domain a function gives NaN, at a pole ±inf, and what
overflows is inf, exactly as IEEE 754 says.  Elementary functions and powers are those of
`playground.maths`, so that one descent and a thousand agree.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable

import numpy as np

import playground.maths as maths
from playground.types import Real


def largest(u: Real, v: Real) -> Real:
    """max(u, v); of two zeros +0, for which one of 0 and −0 wins is up to the processor."""
    return maths.maximum(u, v) + 0.0


def smallest(u: Real, v: Real) -> Real:
    """min(u, v); of two zeros +0."""
    return maths.minimum(u, v) + 0.0


def real_power(u: Real, v: Real) -> Real:
    """uᵛ with a variable exponent: NaN for u < 0, even where v happens to be whole."""
    return maths.where(u < 0, math.nan, maths.power(u, v))


def preference(u: Real, v: Real) -> Real:
    """How much of max(u, v) is u: 1 where u > v, 0 where u < v, ½ at a tie, NaN with a NaN."""
    if type(u) is float and type(v) is float:
        return 1.0 if u > v else 0.0 if u < v else 0.5 if u == v else math.nan
    return np.select([u > v, u < v, u == v], [1.0, 0.0, 0.5], math.nan)


def share(weight: Real, u: Real) -> Real:
    """weight · u, where the branch that was not taken counts 0 even if it is inf or NaN."""
    if type(weight) is float and type(u) is float:
        return 0.0 if weight == 0.0 else weight * u
    return np.where(weight == 0.0, 0.0, weight * u)


def tame(u: Real, v: Real) -> Real:
    """u · v with 0 · (±inf) = 0: the limit wherever a power of u meets log u at u = 0."""
    product = u * v
    if type(product) is float:
        return product if product == product or u != u or v != v else 0.0
    return np.where(np.isnan(product) & ~np.isnan(u) & ~np.isnan(v), 0.0, product)


def where_defined(f: Real, derivative: Real) -> Real:
    """The derivative, and NaN where the function itself is NaN (log(x) + y has no slope at -1)."""
    if type(f) is float and type(derivative) is float:
        return derivative if f == f else math.nan
    return np.where(np.isnan(f), math.nan, derivative)


FUNCTIONS: dict[str, tuple[Callable[..., Real], int | None]] = {
    "sin": (maths.sin, 1),
    "cos": (maths.cos, 1),
    "tan": (maths.tan, 1),
    "asin": (maths.arcsin, 1),
    "acos": (maths.arccos, 1),
    "atan": (maths.arctan, 1),
    "sinh": (maths.sinh, 1),
    "cosh": (maths.cosh, 1),
    "tanh": (maths.tanh, 1),
    "exp": (maths.exp, 1),
    "log": (maths.log, 1),
    "log2": (maths.log2, 1),
    "log10": (maths.log10, 1),
    "sqrt": (maths.sqrt, 1),
    "abs": (maths.absolute, 1),
    "atan2": (maths.arctan2, 2),
    "hypot": (maths.hypot, 2),
    "min": (smallest, None),
    "max": (largest, None),
}
"""Every function a visitor may write, with its number of arguments (None: two or more)."""

CONSTANTS = {"pi": math.pi, "e": math.e}

OPERATIONS: dict[str, Callable[..., Real]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": maths.divide,
    "**": maths.power,
    "real_power": real_power,
    "neg": operator.neg,
    "sign": maths.sign,
    "preference": preference,
    "share": share,
    "tame": tame,
    "where_defined": where_defined,
    **{name: function for name, (function, _) in FUNCTIONS.items()},
}
"""By name: what formulas and their derivatives are made of; each takes one or two operands."""
