"""Random formulas, against automatic differentiation and an independent reader of LaTeX."""

import ast
import math
import operator
import re

import numpy as np
import pytest

from playground.surfaces.formula import Formula
from tests.engine.test_formula import jet

UNARY = [
    "sin",
    "cos",
    "tan",
    "asin",
    "acos",
    "atan",
    "sinh",
    "cosh",
    "tanh",
    "exp",
    "log",
    "sqrt",
    "abs",
]
PAIR = ["atan2", "hypot", "min", "max"]
INFIX = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}


def random_tree(rng, depth):
    """A Python expression tree; it is printed by Python itself, with the fewest brackets."""
    kind = rng.integers(6) if depth else rng.integers(2)
    if kind == 0 and rng.random() < 0.4:
        return ast.Constant(round(float(rng.uniform(0.2, 3)), 2))
    if kind <= 1:
        return ast.Name(str(rng.choice(["x", "y", "x", "y", "pi"])))
    if kind == 2:
        return ast.UnaryOp(ast.USub(), random_tree(rng, depth - 1))
    if kind == 3:
        names, count = (UNARY, 1) if rng.random() < 0.7 else (PAIR, 2)
        args = [random_tree(rng, depth - 1) for _ in range(count)]
        return ast.Call(ast.Name(str(rng.choice(names))), args, [])
    op = list(INFIX)[rng.integers(5)]
    right = random_tree(rng, depth - 1)
    if op is ast.Pow and rng.random() < 0.7:
        right = ast.Constant(int(rng.integers(1, 5)))
    return ast.BinOp(random_tree(rng, depth - 1), op(), right)


def evaluate(node, torch, x, y):
    """The value of a tree by PyTorch, which then differentiates it."""
    match node:
        case ast.Constant(value=value):
            return torch.tensor(float(value), dtype=torch.float64)
        case ast.Name(id=name):
            return {"x": x, "y": y, "pi": torch.tensor(math.pi, dtype=torch.float64)}[name]
        case ast.UnaryOp(operand=operand):
            return -evaluate(operand, torch, x, y)
        case ast.Call(func=ast.Name(id=name), args=args):
            name = {"min": "minimum", "max": "maximum"}.get(name, name)
            return getattr(torch, name)(*(evaluate(arg, torch, x, y) for arg in args))
        case ast.BinOp(left=left, op=op, right=ast.Constant(value=power)) if type(op) is ast.Pow:
            return evaluate(left, torch, x, y) ** power
        case ast.BinOp(left=left, op=op, right=right):
            return INFIX[type(op)](evaluate(left, torch, x, y), evaluate(right, torch, x, y))
    raise TypeError(node)


def random_formulas(count):
    """Random formulas of x and/or y, each with a point."""
    rng = np.random.default_rng(7)
    while count:
        tree = random_tree(rng, 4)
        text = ast.unparse(tree)
        if re.search("[xy]", re.sub("[a-z]{2,}", "", text)) is None:
            continue
        try:
            formula = Formula(text)
        except ValueError as error:
            if re.search("real number|too large|exponents|zero", str(error)):
                continue  # a constant part such as log(-3) or pi**pi**pi**pi
            raise
        count -= 1
        yield tree, formula, rng.uniform(0.2, 1.5, 2)


def test_random_formulas_have_the_derivatives_of_automatic_differentiation():
    torch = pytest.importorskip("torch")
    compared = 0
    for tree, formula, point in random_formulas(300):
        x, y = p = [torch.tensor(c, dtype=torch.float64, requires_grad=True) for c in point]
        f = evaluate(tree, torch, x, y)
        if not f.requires_grad:
            continue
        zero = torch.zeros((), dtype=torch.float64)
        gradient = [
            zero if g is None else g
            for g in torch.autograd.grad(f, p, create_graph=True, allow_unused=True)
        ]
        rows = [
            torch.autograd.grad(g, p, allow_unused=True, retain_graph=True)
            if g.requires_grad
            else (None, None)
            for g in gradient
        ]
        second = [0.0 if r is None else r.item() for r in (*rows[0], rows[1][1])]
        want = np.array([f.item(), *(g.item() for g in gradient), *second])
        if np.isfinite(want).all() and np.abs(want).max() < 1e4:
            compared += 1
            np.testing.assert_allclose(
                jet(formula, [point])[:, 0], want, rtol=1e-9, atol=1e-9, err_msg=formula.text
            )
    assert compared > 150


OPENING = {
    r"\frac{": ("((", "))"),
    r"\sqrt{": ("sqrt(", ")"),
    "^{": ("**(", ")"),
    r"\left(": ("(", ")"),
    r"\left|": ("abs(", ")"),
} | {
    rf"\{name}^{{2}}\left(": (f"({name}(", "))**2")
    for name in ("sin", "cos", "tan", "sinh", "cosh", "tanh")
}
WORDS = {
    "}{": ")/(",
    r"\cdot": "*",
    r"\,": "*",
    r",\,": ",",
    r"\ln": "log",
    r"\log_{2}": "log2",
    r"\log_{10}": "log10",
    r"\operatorname{atan2}": "atan2",
    r"\operatorname{hypot}": "hypot",
    r"\arcsin": "asin",
    r"\arccos": "acos",
    r"\arctan": "atan",
}
_known = map(re.escape, sorted([*OPENING, *WORDS], key=len, reverse=True))
LATEX = re.compile("|".join([*_known, r"\\right[)|]", r"\\[a-z]+", "."]))


def read_latex(text):
    """LaTeX as a formula again, by an independent reader."""
    out, closing = [], []
    for word in LATEX.findall(text):
        if word in OPENING:
            first, last = OPENING[word]
            out.append(first)
            closing.append(last)
        elif word == "}" or word.startswith(r"\right"):
            out.append(closing.pop())
        else:
            out.append(WORDS.get(word, word.lstrip("\\")))
    return "".join(out)


def test_the_latex_of_random_formulas_means_the_same():
    for _, formula, point in random_formulas(400):
        again = Formula(read_latex(formula.formula))
        np.testing.assert_allclose(again(point), formula(point), rtol=1e-9, err_msg=formula.text)


def test_random_words_are_a_formula_as_python_reads_it_or_a_refusal():
    operands = ["x", "y", "2", "1.5", "pi", "-x", "(x+1)", "sin(x)", "max(x, y)", "--y", "(-x)"]
    between = ["+", " - ", "*", "/", "**", "* ", "", " ", "^", "//", ")(", ","]
    names = {"x": 0.7, "y": 1.3, "pi": math.pi, "sin": math.sin, "max": max}
    rng = np.random.default_rng(3)
    accepted = 0
    for _ in range(2000):
        pairs = rng.integers((len(operands), len(between)), size=(rng.integers(1, 5), 2))
        text = "".join(operands[i] + between[j] for i, j in pairs) + "x"
        try:
            formula = Formula(text)
        except ValueError:
            continue
        accepted += 1
        want = eval(text, names)  # complex where a negative number has a broken exponent
        want = math.nan if isinstance(want, complex) else want
        assert formula.height(0.7, 1.3) == pytest.approx(want, rel=1e-13, nan_ok=True), text
    assert accepted > 200
