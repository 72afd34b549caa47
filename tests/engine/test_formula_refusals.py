"""What is no formula is refused: at once, cheaply, with a sentence that points at the place."""

import ast
import signal
import string
import tracemalloc

import pytest

import playground.surfaces.formula.expression as expression
from playground.surfaces.formula import Formula
from playground.surfaces.formula.errors import FormulaError
from tests.support.refused import LARGE, REFUSED

NOT_TEXT = [
    None,
    True,
    3,
    2.5,
    1j,
    b"x",
    bytearray(b"x"),
    ["x"],
    ("x",),
    {"x": 1},
    {"x"},
    object(),
    len,
    str,
    Formula,
    lambda x: x,
    float("nan"),
    range(3),
    memoryview(b"x"),
]


@pytest.fixture(autouse=True)
def guard_against_hanging():
    """Not a timing test: it only turns an endless parse into a failure."""

    def hang(*_):
        raise TimeoutError("the refusal hangs")

    previous = signal.signal(signal.SIGALRM, hang)
    signal.setitimer(signal.ITIMER_REAL, 10)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, previous)


def refusal_of(text) -> str:
    with pytest.raises(ValueError, match=r"\w+ \w+") as caught:
        Formula(text)
    assert isinstance(caught.value, FormulaError) or not isinstance(text, str)
    return str(caught.value)


def test_there_are_hundreds_of_different_bad_inputs():
    assert len(set(REFUSED)) > 600


def test_what_is_no_formula_is_refused_with_a_sentence():
    for text in REFUSED:
        message = refusal_of(text)
        assert message.endswith("."), text
        assert message.isprintable(), "control and bidirectional characters stand as codes"
        assert len(message) < 1200, text


@pytest.mark.parametrize("text", LARGE, ids=lambda text: ascii(text[:30]))
def test_a_refusal_takes_little_memory(text):
    refusal_of("x^2")
    tracemalloc.start()
    refusal_of(text)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2e6


@pytest.mark.parametrize("text", NOT_TEXT, ids=lambda value: type(value).__name__)
def test_what_is_not_text_is_refused_as_a_value_error(text):
    assert refusal_of(text)
    with pytest.raises(ValueError, match="A formula is text"):
        expression.parse(text)


@pytest.mark.parametrize(
    ("text", "place", "hint"),
    [
        ("x^2", "character 2, '^'", "**"),
        ("y + x²", "character 6, '²'", "x**2"),
        ("1 + 2x", "character 5, '2x'", "2*x"),
        ("2(x+1)", "character 1, '2('", "2*(...)"),
        ("(x+1)(x-1)", "character 5, ')('", "(...)*(...)"),
        ("y*xy", "character 3, 'xy'", "x*y"),
        ("x2", "character 1, 'x2'", "x**2"),
        ("sinx", "character 1, 'sinx'", "sin(x)"),
        ("1 + sin x", "character 5, 'sin'", "sin(x)"),
        ("ln(x)", "character 1, 'ln'", "log(x)"),
        ("arctan(x)", "'arctan'", "atan(x)"),
        ("sen(x)", "'sen'", "sin(x)"),
        ("X", "character 1, 'X'", "small letters: x"),
        ("|x|", "character 1, '|'", "abs(x)"),
        ("1,5*x", "character 1, '1,5'", "1.5"),
        ("sin(1,5*x)", "character 5, '1,5'", "point"),
        ("max(1,5*x, y)", "character 5, '1,5'", "1.5 for one number"),
        ("2·x", "character 2, '·'", "2*x"),
        ("x−y", "character 2, '−'", "minus"),
        ("z = x", "character 1, 'z ='", "only the height"),
        ("  x + $", "character 7, '$'", "means nothing"),
        ("x + (y", "character 5, '('", "never closed"),
        ("x + y)", "character 6, ')'", "never opened"),
        ("x + ", "character 3, '+'", "missing after"),
        ("x + х", "character 5, 'х'", "cyrillic small letter ha"),
        ("x\u202e", r"character 2, '\u202e'", "right-to-left override"),
        ("x\n+y", r"character 2, '\n'", "single line"),
        ("x + exp(1000)", "character 5, 'exp(1000)'", "too large"),
        ("  x + sqrt(-1)", "character 7, 'sqrt(-1)'", "not a real number"),
        ("x + y**200", "character 5, 'y**200'", "at most 100"),
        ("y + x/(1-1)", "character 5, 'x/(1-1)'", "divides by zero"),
        ("atan2(x)", "'atan2(x)'", "takes 2 arguments, not 1"),
        ("x//2", "character 2, '//'", "single /"),
        ("sine(x)", "'sine'", "sin(x)"),
        ("sqrrt(x)", "'sqrrt'", "did you mean sqrt"),
    ],
)
def test_the_sentence_points_at_the_place_and_says_what_to_write(text, place, hint):
    message = refusal_of(text)
    assert place in message
    assert hint in message


@pytest.mark.parametrize("sign", sorted(set(string.printable) - set(" \t()*+,-./xye0123456789")))
def test_no_other_keyboard_character_means_anything_beside_x(sign):
    refusal_of(f"x{sign}")
    refusal_of(f"{sign}x")
    refusal_of(f"x{sign}y")


@pytest.mark.parametrize(
    "source",
    [
        "x.real",
        "x[0]",
        "x[0:1]",
        "'x'",
        "b'x'",
        "f'{x}'",
        "1j",
        "True",
        "None",
        "...",
        "[x]",
        "(x, y)",
        "{x}",
        "{x: y}",
        "lambda: x",
        "[x for x in y]",
        "(x for x in y)",
        "x if y else 1",
        "x < y",
        "x and y",
        "not x",
        "~x",
        "x // y",
        "x % y",
        "x @ y",
        "x ^ y",
        "x | y",
        "x & y",
        "x << y",
        "x >> y",
        "(x := y)",
        "sin(*x)",
        "sin(x=y)",
        "sin(x, y=x)",
        "sin(**x)",
        "sin.x(y)",
        "x(y)",
        "z",
        "eval(x)",
        "sin(x)(y)",
        "(sin)",
        "10**400",
        "sin()",
        "sin(x, y)",
        "max(x)",
    ],
)
def test_the_whitelist_of_the_tree_holds_without_the_gates_before_it(source):
    node = ast.parse(source, mode="eval").body
    with pytest.raises(ValueError, match=r"At character"):
        expression._Builder(source, 0).build(node, 0)
