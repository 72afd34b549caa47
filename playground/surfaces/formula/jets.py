r"""Exact value, gradient and Hessian of a formula by second-order forward-mode jets.

Every node carries its jet (f, f_x, f_y, f_xx, f_xy, f_yy).  For a function of two parts the chain
rule is

.. math:: f_x = g_u u_x + g_v v_x, \qquad
          f_{xy} = g_u u_{xy} + g_v v_{xy} + g_{uu} u_x u_y
                   + g_{uv} (u_x v_y + u_y v_x) + g_{vv} v_x v_y,

so an operation needs to state only (g, g_u, g_v, g_uu, g_uv, g_vv), and a function of one part
(g, g', g'').  Nothing is approximated: there is no step size.

Where there is no derivative: abs and hypot take slope 0 at their kink (hypot has no curvature
there: NaN), min and max the mean of both branches at a tie, sqrt has slope inf at 0.  Where the
formula is NaN so are all its derivatives.

Source: Griewank and Walther 2008, Evaluating Derivatives, chapters 3 and 13.
"""

from __future__ import annotations

import math
from functools import reduce
from typing import NamedTuple

from playground.surfaces.formula.expression import Node
from playground.surfaces.formula.terms import Entry, Ledger, Program

LN2, LN10 = math.log(2.0), math.log(10.0)


class Jet(NamedTuple):
    """A term and its derivatives up to order two."""

    f: Entry
    x: Entry
    y: Entry
    xx: Entry
    xy: Entry
    yy: Entry


def programs(root: Node) -> tuple[Program, Program, Program]:
    """What computes (f,), (f_x, f_y) and (f_xx, f_xy, f_yy) of a formula."""
    jets = _Jets()
    f, *derivatives = jets.of(root)
    if jets.partial:
        derivatives = [jets.ledger.apply("where_defined", f, d) for d in derivatives]
    return tuple(Program(jets.ledger, part) for part in ((f,), derivatives[:2], derivatives[2:]))  # type: ignore[return-value]


class _Jets:
    """Turns nodes into jets; `partial` once a part is undefined somewhere."""

    def __init__(self) -> None:
        self.ledger, self.partial = Ledger(), False

    def of(self, node: Node) -> Jet:
        number = self.ledger.term
        zero, one = number(0.0), number(1.0)
        if node.value is not None:
            return Jet(number(node.value), zero, zero, zero, zero, zero)
        if node.op == "x":
            return Jet(self.ledger.x, one, zero, zero, zero, zero)
        if node.op == "y":
            return Jet(self.ledger.y, zero, one, zero, zero, zero)
        args = [self.of(arg) for arg in node.args]
        if node.op in ("min", "max"):
            return reduce(lambda u, v: self.extreme(node.op, u, v), args)
        if len(args) == 1:
            return _chain(args[0], *self.unary(node.op, args[0].f))
        u, v = args
        if node.op == "**" and v.f.value is not None:
            return _chain(u, *self.constant_power(u.f, v.f.value))
        return _chain_of_two(u, v, *self.binary(node.op, u.f, v.f))

    def unary(self, op: str, u: Entry) -> tuple[Entry, Entry, Entry]:
        """(g, g', g'') of g(u)."""
        apply, number = self.ledger.apply, self.ledger.term
        g = apply(op, u)
        self.partial |= op in ("asin", "acos", "log", "log2", "log10", "sqrt")
        match op:
            case "neg":
                return g, number(-1.0), number(0.0)
            case "sin":
                return g, apply("cos", u), -g
            case "cos":
                return g, -apply("sin", u), -g
            case "tan":
                slope = 1.0 + g * g
                return g, slope, 2.0 * g * slope
            case "asin" | "acos":
                inside = (1.0 - u) * (1.0 + u)
                slope = 1.0 / apply("sqrt", inside)
                slope = slope if op == "asin" else -slope
                return g, slope, slope * u / inside
            case "atan":
                slope = 1.0 / (1.0 + u * u)
                return g, slope, -2.0 * u * slope * slope
            case "sinh" | "cosh":
                return g, apply("cosh" if op == "sinh" else "sinh", u), g
            case "tanh":
                sech = 1.0 / apply("cosh", u)
                return g, sech * sech, -2.0 * g * (sech * sech)
            case "exp":
                return g, g, g
            case "log" | "log2" | "log10":
                slope = {"log": 1.0, "log2": 1.0 / LN2, "log10": 1.0 / LN10}[op] / u
                return g, slope, -(slope / u)
            case "sqrt":
                slope = 0.5 / g
                return g, slope, -0.5 * (slope / u)
            case "abs":
                return g, apply("sign", u), number(0.0)
        raise NotImplementedError(op)

    def constant_power(self, u: Entry, c: float) -> tuple[Entry, Entry, Entry]:
        """(uᶜ, c uᶜ⁻¹, c(c-1) uᶜ⁻²); exact at u = 0, and for u < 0 if c is whole."""
        self.partial |= not c.is_integer()
        g, slope, curvature = (self.power(u, c - k) for k in range(3))
        return g, c * slope, c * (c - 1.0) * curvature

    def power(self, u: Entry, c: float) -> Entry:
        """uᶜ, by products for small whole c: they are faster than the general power."""
        apply, number = self.ledger.apply, self.ledger.term
        if not c.is_integer() or abs(c) > 16:
            return apply("**", u, number(c))
        if c < 0:
            return apply("/", number(1.0), self.power(u, -c))
        if c < 2:
            return u if c else number(1.0)
        half = self.power(u, c // 2)
        return apply("*", apply("*", half, half), u) if c % 2 else apply("*", half, half)

    def binary(self, op: str, u: Entry, v: Entry) -> tuple[Entry, ...]:
        """(g, g_u, g_v, g_uu, g_uv, g_vv) of g(u, v)."""
        apply, number = self.ledger.apply, self.ledger.term
        zero, one = number(0.0), number(1.0)
        match op:
            case "+" | "-":
                return apply(op, u, v), one, one if op == "+" else -one, zero, zero, zero
            case "*":
                return apply("*", u, v), v, u, zero, one, zero
            case "/":
                self.partial = True
                g, inverse = apply("/", u, v), apply("/", one, v)
                slope = g / v
                return g, inverse, -slope, zero, -(inverse / v), 2.0 * slope / v
            case "hypot" | "atan2":
                g = apply(op, u, v)
                inverse = 1.0 / (g if op == "hypot" else apply("hypot", u, v))
                p, q = apply("tame", u, inverse), apply("tame", v, inverse)
                if op == "hypot":
                    return g, p, q, q * q * inverse, -(p * q * inverse), p * p * inverse
                twist = 2.0 * p * q * inverse * inverse
                mixed = (p * p - q * q) * inverse * inverse
                return g, q * inverse, -(p * inverse), -twist, mixed, twist
            case "**":
                return self.general_power(u, v)
        raise NotImplementedError(op)

    def general_power(self, u: Entry, v: Entry) -> tuple[Entry, ...]:
        """uᵛ = exp(v log u) with its limits at u = 0; NaN for u < 0."""
        self.partial = True

        def power(k: float) -> Entry:
            return self.ledger.apply("real_power", u, v - k)

        def tame(a: Entry, b: Entry) -> Entry:
            return self.ledger.apply("tame", a, b)

        g, log = power(0.0), self.ledger.apply("log", u)
        along_v = tame(g, log)
        return (
            g,
            tame(v, power(1.0)),
            along_v,
            tame(v * (v - 1.0), power(2.0)),
            tame(power(1.0), 1.0 + v * log),
            tame(along_v, log),
        )

    def extreme(self, op: str, u: Jet, v: Jet) -> Jet:
        """min or max of two; the derivatives are those of the branch that holds."""
        apply = self.ledger.apply
        of_u = apply("preference", *((u.f, v.f) if op == "max" else (v.f, u.f)))
        of_v = 1.0 - of_u

        def share(weight: Entry, derivative: Entry) -> Entry:
            return derivative if derivative.value == 0.0 else apply("share", weight, derivative)

        pairs = zip(u[1:], v[1:], strict=True)
        return Jet(apply(op, u.f, v.f), *(share(of_u, a) + share(of_v, b) for a, b in pairs))


def _chain(u: Jet, g: Entry, d: Entry, dd: Entry) -> Jet:
    def second(u_a: Entry, u_b: Entry, u_ab: Entry) -> Entry:
        return d * u_ab + dd * (u_a * u_b)

    return Jet(
        g,
        d * u.x,
        d * u.y,
        second(u.x, u.x, u.xx),
        second(u.x, u.y, u.xy),
        second(u.y, u.y, u.yy),
    )


def _chain_of_two(
    u: Jet, v: Jet, g: Entry, g_u: Entry, g_v: Entry, g_uu: Entry, g_uv: Entry, g_vv: Entry
) -> Jet:
    def first(u_a: Entry, v_a: Entry) -> Entry:
        return g_u * u_a + g_v * v_a

    def second(u_a: Entry, u_b: Entry, u_ab: Entry, v_a: Entry, v_b: Entry, v_ab: Entry) -> Entry:
        cross = u_a * v_b + u_b * v_a
        bend = g_uu * (u_a * u_b) + g_uv * cross + g_vv * (v_a * v_b)
        return g_u * u_ab + g_v * v_ab + bend

    return Jet(
        g,
        first(u.x, v.x),
        first(u.y, v.y),
        second(u.x, u.x, u.xx, v.x, v.x, v.xx),
        second(u.x, u.y, u.xy, v.x, v.y, v.xy),
        second(u.y, u.y, u.yy, v.y, v.y, v.yy),
    )
