"""What is certain of a formula from its structure alone: bounds of its value, and convexity.

Bounds are those of interval arithmetic over the whole plane (Moore 1966).  Convexity follows the
rules of disciplined convex programming (Grant, Boyd and Ye 2006): a convex non-decreasing function
of a convex part is convex, and so on; logarithms of sums of exponentials are known too.  What the
rules do not prove may hold all the same, so nothing is ever concluded from a "no".
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import reduce
from typing import NamedTuple

from playground.surfaces.formula.expression import Node

INF = math.inf


class Shape(NamedTuple):
    """Bounds and curvature of a part of a formula, wherever it is defined."""

    low: float = -INF
    high: float = INF
    convex: bool = False
    concave: bool = False
    log_convex: bool = False
    """Positive, and convex even after taking the logarithm."""

    @property
    def affine(self) -> bool:
        return self.convex and self.concave


PLANE = Shape(convex=True, concave=True)


def shape(node: Node) -> Shape:
    """What is certain of a formula."""
    if node.value is not None:
        return Shape(node.value, node.value, True, True, node.value > 0)
    if node.op in ("x", "y"):
        return PLANE
    args = [shape(arg) for arg in node.args]
    match node.op:
        case "+":
            return _sum(*args)
        case "-":
            return _sum(args[0], _scaled(args[1], -1.0))
        case "neg":
            return _scaled(args[0], -1.0)
        case "*":
            return _product(node, *args)
        case "/":
            return _quotient(node, *args)
        case "**":
            return _power(node, *args)
        case "max":
            return reduce(_maximum, args)
        case "min":
            flipped = reduce(_maximum, (_scaled(arg, -1.0) for arg in args))
            return _scaled(flipped, -1.0)
        case "hypot":
            u, v = args
            convex = all(part.affine or (part.convex and part.low >= 0) for part in args)
            low = math.hypot(*(max(part.low, -part.high, 0.0) for part in (u, v)))
            return Shape(low, convex=convex)
        case "atan2":
            return Shape(-math.pi, math.pi)
    return _function(node.op, *args)


def is_polynomial(node: Node) -> bool:
    """Whether only sums, products and whole powers are formed, so that nothing bends at a kink."""
    if node.value is not None or node.op in ("x", "y"):
        return True
    if node.op == "**":
        exponent = node.args[1].value
        whole = exponent is not None and exponent.is_integer() and exponent >= 0
        return whole and is_polynomial(node.args[0])
    if node.op == "/" and node.args[1].value is None:
        return False
    return node.op in ("+", "-", "*", "/", "neg") and all(map(is_polynomial, node.args))


def _sum(u: Shape, v: Shape) -> Shape:
    return Shape(
        u.low + v.low,
        u.high + v.high,
        u.convex and v.convex,
        u.concave and v.concave,
        u.log_convex and v.log_convex,
    )


def _scaled(u: Shape, by: float) -> Shape:
    if by == 0:
        return Shape(0.0, 0.0, True, True)
    if by < 0:
        return Shape(by * u.high, by * u.low, u.concave, u.convex)
    return Shape(by * u.low, by * u.high, u.convex, u.concave, u.log_convex)


def _product(node: Node, u: Shape, v: Shape) -> Shape:
    left, right = node.args
    if left.value is not None:
        return _scaled(v, left.value)
    if right.value is not None:
        return _scaled(u, right.value)
    if left == right:
        return _whole_power(u, 2)
    # An end that is infinite stands for ever larger finite values, so 0 times it is 0.
    corners = [0.0 if 0.0 in (a, b) else a * b for a in (u.low, u.high) for b in (v.low, v.high)]
    return Shape(min(corners), max(corners), log_convex=u.log_convex and v.log_convex)


def _quotient(node: Node, u: Shape, v: Shape) -> Shape:
    above, below = node.args
    if below.value:
        return _scaled(u, 1.0 / below.value)
    if above.value is not None and v.low >= 0:
        inverse = Shape(1.0 / v.high if v.high else INF, INF, convex=v.concave)
        return _scaled(inverse, above.value)
    if u.low >= 0 and v.low >= 0:
        return Shape(0.0)
    return Shape()


def _power(node: Node, u: Shape, v: Shape) -> Shape:
    base, exponent = (part.value for part in node.args)
    if exponent is not None:
        if exponent.is_integer() and exponent >= 0:
            return _whole_power(u, int(exponent))
        # Defined for u ≥ 0 only, unless the exponent is whole and negative.
        positive = u.low >= 0 or not exponent.is_integer()
        if not positive:
            return Shape(0.0 if exponent % 2 == 0 else -INF)
        if exponent < 0:
            return Shape(0.0, convex=u.concave)
        convex = exponent >= 1 and (u.affine or (u.convex and u.low >= 0))
        return Shape(0.0, convex=convex, concave=exponent <= 1 and u.concave)
    if base is not None and base > 0:
        return _exponential(_scaled(v, math.log(base)))
    return Shape(0.0)


def _whole_power(u: Shape, n: int) -> Shape:
    if n == 0:
        return Shape(1.0, 1.0, True, True, True)
    if n == 1:
        return u
    low, high = _raised(u.low, n), _raised(u.high, n)
    if n % 2:
        return Shape(low, high, u.convex and u.low >= 0, u.concave and u.high <= 0, u.log_convex)
    convex = u.affine or (u.convex and u.low >= 0) or (u.concave and u.high <= 0)
    least = 0.0 if u.low <= 0 <= u.high else min(low, high)
    return Shape(least, max(low, high), convex, log_convex=u.log_convex)


def _raised(value: float, n: int) -> float:
    try:
        return value**n
    except OverflowError:
        return INF if value > 0 or n % 2 == 0 else -INF


def _maximum(u: Shape, v: Shape) -> Shape:
    both = u.convex and v.convex
    return Shape(max(u.low, v.low), max(u.high, v.high), both, log_convex=False)


def _exponential(u: Shape) -> Shape:
    return Shape(_at(math.exp, u.low), _at(math.exp, u.high), u.convex, log_convex=u.convex)


def _at(function: Callable[[float], float], value: float) -> float:
    """The value of an increasing function, or its limit where that is outside the floats."""
    try:
        return function(value)
    except OverflowError:
        return INF


RANGES = {
    "sin": (-1.0, 1.0),
    "cos": (-1.0, 1.0),
    "asin": (-math.pi / 2, math.pi / 2),
    "acos": (0.0, math.pi),
    "atan": (-math.pi / 2, math.pi / 2),
    "tanh": (-1.0, 1.0),
}
"""What these functions cannot leave, whatever is put in."""


def _function(name: str, u: Shape) -> Shape:
    match name:
        case "exp":
            return _exponential(u)
        case "log" | "log2" | "log10":
            scale = {"log": 1.0, "log2": 1 / math.log(2), "log10": 1 / math.log(10)}[name]
            low = math.log(u.low) if 0 < u.low < INF else -INF
            high = math.log(u.high) if 0 < u.high < INF else INF
            return _scaled(Shape(low, high, u.log_convex, u.concave), scale)
        case "sqrt":
            low, high = (math.sqrt(max(end, 0.0)) for end in (u.low, u.high))
            return Shape(low, high, concave=u.concave)
        case "abs":
            return _maximum(u, _scaled(u, -1.0))._replace(
                convex=u.affine or (u.convex and u.low >= 0) or (u.concave and u.high <= 0),
                low=max(u.low, -u.high, 0.0),
            )
        case "cosh":
            return Shape(1.0, convex=u.affine or (u.convex and u.low >= 0))
        case "sinh":
            return Shape(u.low if u.low >= 0 else -INF, convex=u.convex and u.low >= 0)
    return Shape(*RANGES.get(name, (-INF, INF)))
