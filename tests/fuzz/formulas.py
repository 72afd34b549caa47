"""Formulas that are nearly right, legal to the edge, or an attack; and what each must lead to."""

from __future__ import annotations

import re
from random import Random

import numpy as np

from playground.surfaces.formula import Formula
from tests.fuzz.hostile import MARKUP, STRANGE, text
from tests.support.refused import REFUSED

UNARY = (
    *("sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "exp"),
    *("log", "log2", "log10", "sqrt", "abs"),
)
PAIRS = ("atan2", "hypot", "min", "max")
LEAVES = ("x", "y", "x", "y", "pi", "e", "2", "0.5", "1e12", "1e-12", "0", "-1", "100", "99.5")
SIGNS = ("+", "-", "*", "/", "**")
SLIPS = (*"()+-*/^,.²³⁻¹√π∞×÷−ｘ \t[]{}|&=<>", "**", "xy", "2x", "sin", "ln", "\\frac", "e", "1e")
POINTS = np.array([[0.0, 1.0, -1.5, 1e-300, 1e308, 0.1], [0.0, -2.0, 0.5, 1e300, -1e308, 5e-324]])
"""Where every formula is evaluated: at nothing special, and as far as a double reaches."""
TYPESET = re.compile(r"[ \w.,+\-*/(){}|^\\&:;!]*", re.ASCII)
"""What LaTeX of a formula is made of."""
COMMANDS = re.compile(r"\\(?:href|url|html\w*|include\w*|def|input|unicode|char)")
"""What it never says."""


def tree(chance: Random, depth: int) -> str:
    """A formula as it should be written."""
    which = chance.random() if depth else 0
    if which < 0.15:
        return chance.choice(LEAVES)
    inner = tree(chance, depth - 1)
    if which < 0.4:
        return f"{chance.choice(UNARY)}({inner})"
    if which < 0.5:
        return f"{chance.choice(PAIRS)}({inner}, {tree(chance, depth - 1)})"
    if which < 0.6:
        return f"-{inner}"
    sign = chance.choice(SIGNS)
    return f"({inner}){sign}({tree(chance, depth - 1)})"


def tower(chance: Random) -> str:
    """Powers of powers, functions of functions, brackets in brackets, sums without end."""
    height = chance.choice((2, 5, 30, 39, 41, 99, 200))
    part = chance.choice(("x", "y", "2", "9", "0.1", "(x*y)", "1e12"))
    kind = chance.choice(("power", "function", "bracket", "sum", "minus", "pair"))
    if kind == "power":
        return "**".join([part] * height)
    if kind == "function":
        return f"{chance.choice(UNARY)}(" * height + "x+y" + ")" * height
    if kind == "bracket":
        return "(" * height + part + ")" * height
    if kind == "minus":
        return "-" * height + "x"
    if kind == "pair":
        return f"{chance.choice(PAIRS)}(x," * height + "y" + ")" * height
    return chance.choice("+*/-").join(["x", part] * (height // 2))


def slipped(chance: Random, right: str) -> str:
    """A text with some signs gone, doubled, or replaced by what somebody might have meant."""
    signs = list(right)
    for _ in range(chance.choice((1, 1, 2, 5))):
        at = chance.randrange(len(signs) + 1)
        length = chance.choice((0, 1))
        signs[at : at + length] = [chance.choice(SLIPS)]
    return "".join(signs)


def formula(chance: Random) -> str:
    """Some text in the place of a formula."""
    which = chance.random()
    if which < 0.4:
        return tree(chance, chance.choice((1, 2, 3, 5)))
    if which < 0.6:
        return slipped(chance, tree(chance, chance.choice((1, 2, 3))))
    if which < 0.75:
        return tower(chance)
    if which < 0.85:
        return chance.choice(("x", "x**2+", "sin(x)*")) + chance.choice((*MARKUP, *STRANGE))
    return chance.choice(REFUSED) if which < 0.93 else text(chance)


def asked(given: str) -> tuple[bool, list[str]]:
    """Whether a text is taken as a formula, and what is wrong with what it leads to."""
    try:
        surface = Formula(given)
    except ValueError as error:
        return False, [*_refusal(str(error))]
    found = []
    for name, values, shape in (
        ("value", surface(POINTS), (6,)),
        ("gradient", surface.gradient(POINTS), (2, 6)),
        ("Hessian", surface.hessian(POINTS), (2, 2, 6)),
    ):
        if np.shape(values) != shape or np.asarray(values).dtype != float:
            found.append(f"its {name} is {np.shape(values)} of {np.asarray(values).dtype}")
    typeset = surface.formula
    if not TYPESET.fullmatch(typeset) or COMMANDS.search(typeset):
        found.append(f"is typeset as {typeset!r}")
    if Formula(surface.text) != surface:
        found.append("is not read again as what it is")
    return True, found


def _refusal(said: str) -> list[str]:
    """What is wrong with the words of a refusal."""
    sentence = said.partition("\n")[0]
    found = []
    if not re.search(r"\w{3}.*[.?]$", sentence) or len(sentence) > 1000:
        found.append(f"is refused by no sentence: {sentence[:1100]!r}")
    if not said.replace("\n", "").isprintable():
        found.append(f"is refused in signs that cannot be printed: {said[:200]!r}")
    return found
