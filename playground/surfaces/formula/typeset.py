r"""A checked formula as LaTeX: fractions, roots and just the brackets its meaning needs.

The LaTeX is built from the tree alone, so nothing a visitor types can reach the page unread.
"""

from __future__ import annotations

from playground.surfaces.formula.expression import Node, parse

_SUM, _PRODUCT, _POWER, _ATOM = range(4)

_NAMES = {
    "asin": r"\arcsin",
    "acos": r"\arccos",
    "atan": r"\arctan",
    "log": r"\ln",
    "log2": r"\log_{2}",
    "log10": r"\log_{10}",
    "atan2": r"\operatorname{atan2}",
    "hypot": r"\operatorname{hypot}",
}
_SQUARED_BEFORE_ARGUMENT = ("sin", "cos", "tan", "sinh", "cosh", "tanh")


def latex(text: str) -> str:
    r"""LaTeX of a formula as typed: ``x**2/2`` gives ``\frac{x^{2}}{2}``.

    Raises the `ValueError` of `parse` for text that is no formula.
    """
    return _typeset(parse(text))[0]


def _typeset(node: Node) -> tuple[str, int]:
    """LaTeX, and how tightly its outermost operation binds."""
    match node.op:
        case "x" | "y" | "e":
            return node.op, _ATOM
        case "pi":
            return r"\pi", _ATOM
        case "number":
            return _number(node.value)
        case "+" | "-" | "neg":
            return _sum(node.op, *node.args), _SUM
        case "*":
            return _product(*node.args), _PRODUCT
        case "/":
            above, below = (_typeset(arg)[0] for arg in node.args)
            return rf"\frac{{{above}}}{{{below}}}", _ATOM
        case "**":
            return _power(*node.args), _POWER
    return _call(node)


def _sum(op: str, *args: Node) -> str:
    *first, last = args
    text, binding = _typeset(last)
    if text.startswith("-") or (binding == _SUM and op != "+"):
        text = _bracket(text)
    return f"{_typeset(first[0])[0]} {op} {text}" if first else f"-{text}"


def _product(left: Node, right: Node) -> str:
    first, binding = _typeset(left)
    # A leading minus may stay: (-x) y is -(x y).
    if binding == _SUM and left.op != "neg":
        first = _bracket(first)
    second, binding = _typeset(right)
    if binding == _SUM or second.startswith("-"):
        second = _bracket(second)
    dot = second[0].isdigit() or second.startswith(r"\frac") or r"\frac" in first
    return rf"{first} \cdot {second}" if dot else rf"{first}\,{second}"


def _power(base: Node, exponent: Node) -> str:
    raised = _typeset(exponent)[0]
    whole = exponent.op == "number" and exponent.value == 2.0
    if base.op in _SQUARED_BEFORE_ARGUMENT and whole:
        return rf"\{base.op}^{{{raised}}}{_bracket(_typeset(base.args[0])[0])}"
    under, binding = _typeset(base)
    simple = binding == _ATOM and base.op in ("x", "y", "e", "pi", "number", "abs")
    return f"{under if simple else _bracket(under)}^{{{raised}}}"


def _call(node: Node) -> tuple[str, int]:
    inside = [_typeset(arg)[0] for arg in node.args]
    if node.op == "exp":
        return f"e^{{{inside[0]}}}", _POWER
    if node.op == "sqrt":
        return rf"\sqrt{{{inside[0]}}}", _ATOM
    if node.op == "abs":
        return rf"\left|{inside[0]}\right|", _ATOM
    return _NAMES.get(node.op, rf"\{node.op}") + _bracket(r",\,".join(inside)), _ATOM


def _number(value: float | None) -> tuple[str, int]:
    digits, _, exponent = repr(value).removesuffix(".0").partition("e")
    if not exponent:
        return digits, _ATOM
    power = f"10^{{{int(exponent)}}}"
    return (power, _POWER) if digits == "1" else (rf"{digits} \cdot {power}", _PRODUCT)


def _bracket(text: str) -> str:
    return rf"\left({text}\right)"
