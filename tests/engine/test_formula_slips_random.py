"""Random formulas, written with random slips, are answered with what they mean."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.surfaces.formula import Formula
from playground.surfaces.formula.errors import FormulaError
from tests.engine.test_formula_slips import POINTS, refused

# Random formulas, written with random slips.

UNARY = ["sin", "cos", "exp", "atan", "tanh", "log", "sqrt", "abs", "asin"]
SPELLED = {"log": ["ln", r"\ln", "np.log"], "asin": ["arcsin", r"\arcsin"], "atan": ["arctan"]}
TREES = st.recursive(
    st.sampled_from([("x",), ("y",), ("pi",), ("2",), ("0.5",), ("3",)]),
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["+", "-", "*", "*", "/"]), inner, inner),
        st.tuples(st.just("^"), inner, st.sampled_from([("2",), ("3",), ("x",), ("-1",)])),
        st.tuples(st.sampled_from(UNARY), inner),
        st.tuples(st.just("max"), inner, inner),
    ),
    max_leaves=10,
)


def straight(tree):
    """The formula without a slip, fully bracketed."""
    match tree:
        case (leaf,):
            return leaf
        case ("^", base, (exponent,)):
            return f"({straight(base)})**({exponent})"
        case ("max", a, b):
            return f"max({straight(a)}, {straight(b)})"
        case (name, inner):
            return f"{name}({straight(inner)})"
        case (sign, a, b):
            return f"({straight(a)}){sign}({straight(b)})"


class Disturbed:
    """Writes a tree as somebody might who does not know the rules."""

    def __init__(self, draw):
        self.draw = draw

    def one_of(self, *ways):
        return self.draw(st.sampled_from(ways))

    def atom(self, tree):
        text = self.write(tree)
        if len(tree) == 1 or tree[0] in UNARY or tree[0] == "max":
            return text
        return self.one_of(f"({text})", rf"\left({text}\right)", f"({text})", f"[{text}]")

    def write(self, tree):
        match tree:
            case ("pi",):
                return self.one_of("pi", "π", r"\pi ")
            case (leaf,):
                return leaf
            case ("^", base, (exponent,)):
                raised = {"2": "²", "3": "³", "-1": "⁻¹", "x": "ˣ"}[exponent]
                ways = (raised, f"^{exponent} ", f"^{{{exponent}}}", f"**({exponent}) ")
                return self.bracketed(base) + self.one_of(*ways)
            case ("max", a, b):
                return f"{self.one_of('max', 'np.maximum')}({self.write(a)}, {self.write(b)})"
            case ("/", a, b) if self.one_of(True, False):
                return rf"\frac{{{self.write(a)}}}{{{self.write(b)}}}"
            case ("*", a, b):
                return self.product(self.atom(a), self.atom(b))
            case (("+" | "-" | "/") as sign, a, b):
                sign = {"-": "−", "/": "÷"}.get(sign, sign) if self.one_of(True, False) else sign
                return f"{self.atom(a)}{self.one_of('', ' ')}{sign} {self.atom(b)}"
            case ("sqrt", inner):
                text = self.write(inner)
                return self.one_of(f"√({text})", rf"\sqrt{{{text}}}", f"sqrt({text})")
            case ("abs", inner):
                text = self.write(inner)
                return self.one_of(f"abs({text})", rf"\left|{text}\right|", f"|{text}|")
            case (name, inner):
                spelled = self.one_of(name, f"np.{name}", rf"\{name}", *SPELLED.get(name, ()))
                return f"{spelled}({self.write(inner)})"

    def bracketed(self, tree):
        return self.write(tree) if len(tree) == 1 else f"({self.write(tree)})"

    def product(self, a, b):
        signs = ["*", "·", "×", r"\cdot ", " * "]
        if not b[0].isdigit() and not b.startswith("np."):
            signs += ["", " "]
        return a + self.draw(st.sampled_from(signs)) + b


@settings(max_examples=400, deadline=None, derandomize=True)
@given(TREES, st.data())
def test_a_correction_of_random_slips_has_the_value_of_the_formula(tree, data):
    try:
        wanted = Formula(straight(tree))
    except FormulaError:
        return  # a constant, or log(-1) somewhere
    text = Disturbed(data.draw).write(tree)
    text = data.draw(st.sampled_from([text, f"f(x, y) = {text}", f"${text}$", f"{text};"]))
    if error := refused(text):
        assert all(Formula(reading) for reading in error.readings)
        if error.correction is None:
            assert len(error.readings) > 1 or "can be" in str(error) or len(text) > 200, error
            return
    got = Formula(error.correction if error else text)
    want = wanted(POINTS)
    with np.errstate(all="ignore"):
        np.testing.assert_allclose(
            got(POINTS), want, rtol=1e-9, atol=1e-9 * np.nanmax(np.abs([*want, 1.0])), err_msg=text
        )


SIGNS = [
    *("x", "y", "2", "1.5", "sin", "ln", "e", "pi", "π", "(", ")", "|", "^", "**", "²", "*", "/"),
    *(
        "+",
        "-",
        " ",
        ",",
        r"\frac",
        "{",
        "}",
        "√",
        "½",
        "x1",
        "x_2",
        "°",
        "%",
        "=",
        ";",
        ".",
        "np.",
    ),
    *("max(", "\n", "\u200b", "х", "!", "[", "]", r"\left|", "log_2", "5", "e^", "'", "$", "⁻"),
]


@settings(max_examples=500, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(SIGNS), max_size=25))
def test_no_heap_of_signs_breaks_the_answer(signs):
    if error := refused("".join(signs)):
        assert str(error).isprintable()
        for line in error.readings:
            assert Formula(line).text == line
