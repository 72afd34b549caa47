"""From the text a visitor types to a checked tree: the only door, and it is narrow.

The text is never handed to `eval` nor compiled to code.  It passes three gates, cheap ones first:

1. *Signs* (`tokens`).  At most 500 characters: numbers, names, ``+ - * / ** ( ) ,`` and blanks.
   Any other sign is refused with a hint: ``^`` is not taken for XOR, nor quietly for a power.
2. *Order* (`tokens`).  Operands and operators alternate, every name is known, brackets match (at
   most 40 deep), at most 200 numbers, names and operators.
3. *Tree.*  `ast.parse` gives precedence its usual meaning (``-x**2`` is −(x²), ``x**2**3`` is x⁸,
   ``a/b*c`` is (a/b)·c), and its tree is copied node by node through a whitelist.

All numbers are floats: 0, or between 1e-30 and 1e12 in size.  Parts without x and y are computed
here, once, and must be finite; a constant exponent is at most 100 in size, so ``9**9**9`` is
refused before anything is raised to it.
"""

from __future__ import annotations

import ast
import math
from functools import reduce
from typing import NamedTuple

import numpy as np

from playground.language import tr
from playground.surfaces.formula import slips, tokens
from playground.surfaces.formula.arithmetic import CONSTANTS, FUNCTIONS, OPERATIONS
from playground.surfaces.formula.errors import FormulaError
from playground.types import Real

EXPONENT = 100.0
_BINARY = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**"}


class Node(NamedTuple):
    """One node of a checked formula."""

    op: str
    """``x``, ``y``, ``number``, ``pi``, ``e``, ``+ - * / **``, ``neg`` or a function's name."""
    args: tuple[Node, ...] = ()
    value: float | None = None
    """The finite number this part stands for, if neither x nor y is in it."""


def parse(text: str) -> Node:
    """The tree of a formula, or a `FormulaError` that names the first thing that is wrong."""
    tokens.check(text)
    inner = text.strip(" \t")
    try:
        body = ast.parse(inner, mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        raise slips.refusal(tr("this is not a formula of x and y")) from error
    root = _Builder(text, text.index(inner)).build(body, depth=0)
    if root.value is not None:
        hint = tr("the formula needs x or y; a number alone is no landscape")
        raise slips.refusal(hint, text, 0, len(text))
    return root


class _Builder:
    """Copies Python's tree through the whitelist; what is not named here is refused."""

    def __init__(self, text: str, offset: int) -> None:
        self.text, self.offset = text, offset

    def build(self, node: ast.expr, depth: int) -> Node:
        if depth > tokens.DEPTH:
            hint = tr("the formula is nested more than {} deep", tokens.DEPTH)
            raise self.refusal(node, hint)
        match node:
            case ast.Constant(value=int() | float() as value) if type(value) is not bool:
                return Node("number", value=float(value))
            case ast.Name(id="x" | "y" as name):
                return Node(name)
            case ast.Name(id="pi" | "e" as name):
                return Node(name, value=CONSTANTS[name])
            case ast.UnaryOp(op=ast.UAdd()):
                return self.build(node.operand, depth + 1)
            case ast.UnaryOp(op=ast.USub()):
                return self.fold(node, "neg", self.build(node.operand, depth + 1))
            case ast.BinOp() if op := _BINARY.get(type(node.op)):
                # A sum of many terms nests to the left without being deep for a reader.
                left = self.build(node.left, depth)
                return self.fold(node, op, left, self.build(node.right, depth + 1))
            case ast.Call(func=ast.Name(id=name), keywords=[]) if name in FUNCTIONS:
                self.check_arguments(node, name)
                return self.fold(node, name, *(self.build(a, depth + 1) for a in node.args))
        raise self.refusal(node, tr("this does not belong in a formula"))

    def check_arguments(self, call: ast.Call, name: str) -> None:
        if hint := slips.arguments(name, len(call.args)):
            raise self.refusal(call, hint)
        for a, b in zip(call.args, call.args[1:], strict=False) if len(call.args) > 2 else ():
            _, end = self.place(a)
            start, _ = self.place(b)
            seam = self.text[end - 1 : start + 1]
            if len(seam) == 3 and seam[0].isdigit() and seam[2].isdigit():
                one, two = seam.replace(",", "."), seam.replace(",", ", ")
                hint = tr("write {} for one number or {} for two", one, two)
                raise slips.refusal(hint, self.text, end - 1, start + 1)

    def fold(self, place: ast.expr, op: str, *args: Node) -> Node:
        """The node, computed if it is constant; the limits on constants are checked first."""
        if op == "**" and args[1].value is not None and abs(args[1].value) > EXPONENT:
            raise self.refusal(place, tr("exponents may be at most {:g} in size", EXPONENT))
        if op == "/" and args[1].value == 0.0:
            raise self.refusal(place, tr("this divides by zero"))
        values = [arg.value for arg in args if arg.value is not None]
        if len(values) < len(args):
            return Node(op, args)
        with np.errstate(all="ignore"):
            # min and max of many are taken two by two
            first: Real = values[0]
            operation = OPERATIONS[op]
            of_many = len(values) > 1
            value = float(reduce(operation, values[1:], first) if of_many else operation(first))
        if math.isnan(value):
            raise self.refusal(place, tr("this is not a real number"))
        if math.isinf(value):
            raise self.refusal(place, tr("this number is infinite or too large"))
        return Node(op, args, value)

    def place(self, node: ast.expr) -> tuple[int, int]:
        """Where a part stands in the text; all of it is ASCII, so bytes are characters."""
        start, end = node.col_offset, node.end_col_offset
        return start + self.offset, (start if end is None else end) + self.offset

    def refusal(self, node: ast.expr, hint: str) -> FormulaError:
        return slips.refusal(hint, self.text, *self.place(node))
