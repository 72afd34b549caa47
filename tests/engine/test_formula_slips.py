"""A slip is answered once: all that is wrong is named, and the corrected line means what it should.

What a line means is written beside it in Python and computed by NumPy.
"""

import math
import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.surfaces.formula import Formula, vocabulary
from playground.surfaces.formula.errors import FormulaError
from tests.engine.test_formula_refusals import REFUSED

# What is typed, and what it means; blanks around the arrow do not count.
MEANT = r"""
x^2 → x**2
x^2 + y^2 → x**2 + y**2
x²+3·y² → x**2 + 3*y**2
2xy → 2*x*y
2 x y → 2*x*y
x y → x*y
xy → x*y
(x+y)(x-y) → (x + y)*(x - y)
2x → 2*x
2.5x → 2.5*x
x(y+1) → x*(y + 1)
(x+1)x → (x + 1)*x
2(x+1)^2 → 2*(x + 1)**2
x^2y → x**2*y
x^3y^2 → x**3*y**2
x^-2 → x**-2
x^(-2) → x**-2
2^-x → 2**-x
x^y^2 → x**(y**2)
-x^2 → -(x**2)
(-x)^2 → x**2
x^.5 → x**0.5
sin x → sin(x)
sin 2x → sin(2*x)
sin xy → sin(x*y)
sinx → sin(x)
sinxy → sin(x*y)
xsinx → x*sin(x)
x sin x → x*sin(x)
sin x + cos y → sin(x) + cos(y)
sin x cos y → sin(x)*cos(y)
sin(x)cos(y) → sin(x)*cos(y)
sin x^2 → sin(x**2)
sin -x → sin(-x)
sin 2pi x → sin(2*pi*x)
sin πx → sin(pi*x)
cos(2πx) → cos(2*pi*x)
cos(2pix) → cos(2*pi*x)
sin²(x) → sin(x)**2
sin²x → sin(x)**2
sin^2(x) → sin(x)**2
sin^2 x → sin(x)**2
sin**2(x) → sin(x)**2
log^2(x) → log(x)**2
exp x → exp(x)
exp -x^2 → exp(-x**2)
sqrt x → sqrt(x)
abs x → abs(x)
ln(x) → log(x)
ln x → log(x)
lnx → log(x)
Ln(X) → log(x)
\frac{1}{2}x^2 → x**2/2
\frac12x^2 → x**2/2
\frac{x}{y} → x/y
\dfrac{x+1}{y-1}x → (x + 1)/(y - 1)*x
\tfrac 1 2 x → x/2
\frac{1}{2x} → 1/(2*x)
\frac{1}{1+e^{-x}} → 1/(1 + exp(-x))
\sqrt{x} → sqrt(x)
\sqrt{x^2+y^2} → sqrt(x**2 + y**2)
\sqrt[4]{x} → x**0.25
\sqrt x → sqrt(x)
2\sqrt{x}y → 2*sqrt(x)*y
x\cdot y → x*y
x \times y → x*y
\left(x+1\right)^2 → (x + 1)**2
\bigl(x+1\bigr)\,y → (x + 1)*y
\left|x-y\right| → abs(x - y)
\lvert x\rvert → abs(x)
\sin(x) → sin(x)
\sin x\cos y → sin(x)*cos(y)
\sin^{2}x → sin(x)**2
\sin^2 x + e^{-x^2} → sin(x)**2 + exp(-x**2)
\exp\left(-\frac{x^2+y^2}{2}\right) → exp(-(x**2 + y**2)/2)
\ln x → log(x)
\arctan(x) → arctan(x)
\operatorname{atan2}(y, x) → arctan2(y, x)
\mathrm{sin}(x) → sin(x)
\log_2(x) → log2(x)
\log_{10} x → log10(x)
x_1^2 + x_2^2 → x**2 + y**2
x_{1}^{2} + x_{2}^{2} → x**2 + y**2
\theta_1^2 + 2\theta_2^2 → x**2 + 2*y**2
x^{2}y^{2} → x**2*y**2
x^{10} → x**10
{x+1}*2 → (x + 1)*2
$x^2$ → x**2
$$x^2+y^2$$ → x**2 + y**2
\pi x → pi*x
½x² → x**2/2
½*x → x/2
¾x + ⅓y → 3*x/4 + y/3
½(x²+y²) → (x**2 + y**2)/2
x⁻¹ → 1/x
x³y → x**3*y
x¹⁰ → x**10
e⁻ˣ → exp(-x)
2×x → 2*x
2·x → 2*x
2⋅x → 2*x
2•x → 2*x
x÷y → x/y
x∕y → x/y
x:y → x/y
x−y → x - y
x – y → x - y
−x → -x
√x → sqrt(x)
√(x+y) → sqrt(x + y)
2√x → 2*sqrt(x)
√x + y → sqrt(x) + y
π*x → pi*x
2πx → 2*pi*x
πx² → pi*x**2
х² + у² → x**2 + y**2
ｘ + ２ → x + 2
𝑥² + 𝑦² → x**2 + y**2
sin（x） → sin(x)
x＋y → x + y
x＾2 → x**2
np.sin(x) → sin(x)
numpy.exp(-x**2) → exp(-x**2)
np.pi*x → pi*x
math.exp(x) → exp(x)
Math.pow(x, 2) + Math.abs(y) → x**2 + abs(y)
torch.exp(-x**2) → exp(-x**2)
tf.math.sin(x) → sin(x)
jnp.maximum(x, y) → maximum(x, y)
np.arctan2(y, x) → arctan2(y, x)
np.square(x) → x**2
np.power(x, 3) → x**3
torch.nn.softplus(x) → log(1 + exp(x))
pow(x,2) → x**2
pow(x+1, y-1) → (x + 1)**(y - 1)
power(2, x) → 2**x
arcsin(x/4) → arcsin(x/4)
arccos(x/4) → arccos(x/4)
arctan(x) → arctan(x)
tg(x) → tan(x)
sen(x) → sin(x)
cot(x) → 1/tan(x)
sec(x) → 1/cos(x)
csc(x)y → y/sin(x)
y/sec(x) → y*cos(x)
sec(x)^2 → 1/cos(x)**2
sec²(x) → 1/cos(x)**2
arsinh(x) → arcsinh(x)
asinh(x) → arcsinh(x)
acosh(x+1) → arccosh(x + 1)
atanh(x/4) → arctanh(x/4)
expm1(x)*2 → (exp(x) - 1)*2
log1p(x*y) → log(1 + x*y)
sigmoid(x-y) → 1/(1 + exp(-(x - y)))
relu(x - 1) → maximum(0, x - 1)
softplus(x) → log(1 + exp(x))
ld(x) → log2(x)
log(x, 2) → log2(x)
log(x, 10) → log10(x)
log_2 x → log2(x)
log₂(x) → log2(x)
|x| → abs(x)
|x-y| → abs(x - y)
||x|-1| → abs(abs(x) - 1)
|x||y| → abs(x)*abs(y)
|x| + |y| → abs(x) + abs(y)
|x|*y*|x| → abs(x)*y*abs(x)
2|x| → 2*abs(x)
|x|y → abs(x)*y
|x|^3 → abs(x)**3
-|x| → -abs(x)
|x - |y|| → abs(x - abs(y))
|(x-1)|(y) → abs(x - 1)*y
max(|x|, |y|) → maximum(abs(x), abs(y))
1,5*x → 1.5*x
x + 0,5 → x + 0.5
3,14*sin(x) → 3.14*sin(x)
sin(1,5*x) → sin(1.5*x)
(1,5)*x → 1.5*x
hypot(1,5*x, y) → hypot(1.5*x, y)
max(1,5*x; y) → maximum(1.5*x, y)
max(x; y) → maximum(x, y)
0,125*x → 0.125*x
x**0,5 → x**0.5
x1**2 + x2**2 → x**2 + y**2
100(x2-x1^2)^2+(1-x1)^2 → 100*(y - x**2)**2 + (1 - x)**2
x[0]**2 + 3*x[1]**2 → x**2 + 3*y**2
x0 + 2*x1 → x + 2*y
θ1² + 2θ2² → x**2 + 2*y**2
w1^2 + 4w2^2 → x**2 + 4*y**2
x₁² + 2x₂² → x**2 + 2*y**2
x1**2 → x**2
x1*x2 + x2 → x*y + y
x1x2 → x*y
f(x1, x2) = x1 + 2*x2 → x + 2*y
f(x,y)=x^2 → x**2
f(x, y) = x*y → x*y
f(x,y) := x*y → x*y
z = x^2+y → x**2 + y
y=x^2 → x**2
L = x**2 → x**2
x^2+y^2=z → x**2 + y**2
(x, y) ↦ x² → x**2
lambda x, y: x**2 + y**2 → x**2 + y**2
return x**2 → x**2
def f(x, y): return x*y → x*y
x**2; → x**2
x*y. → x*y
"x^2" → x**2
`x*y^2` → x*y**2
e^x → exp(x)
e^(-x^2) → exp(-x**2)
xe^x → x*exp(x)
2e^x → 2*exp(x)
e^-x^2 → exp(-x**2)
-20exp(-0.2sqrt(0.5(x^2+y^2))) → -20*exp(-0.2*sqrt(0.5*(x**2 + y**2)))
20+e-20exp(-0.2√(½(x²+y²)))-exp(½(cos(2πx)+cos(2πy))) → 20 + e - 20*exp(-0.2*sqrt((x**2 + y**2)/2)) - exp((cos(2*pi*x) + cos(2*pi*y))/2)
(x²+y−11)²+(x+y²−7)² → (x**2 + y - 11)**2 + (x + y**2 - 7)**2
xexp(-x^2-y^2) → x*exp(-x**2 - y**2)
(1-x)^2+100(y-x^2)^2 → (1 - x)**2 + 100*(y - x**2)**2
x^2 + y^2 - 10(cos(2pi*x) + cos(2pi*y)) → x**2 + y**2 - 10*(cos(2*pi*x) + cos(2*pi*y))
X^2+Y^2 → x**2 + y**2
Sin(x) → sin(x)
COS(X)*PI → cos(x)*pi
E**x → exp(x)
x*Y → x*y
[x+1]*2 → (x + 1)*2
[x+1][y-1] → (x + 1)*(y - 1)
(x+1 → x + 1
sin(x → sin(x)
((x+1)*y → (x + 1)*y
sin(x)) → sin(x)
30°*x → pi/6*x
sin(30°)*x → 0.5*x
sin(x°) → sin(pi/180*x)
50%*x → x/2
x*50% → x/2
x.^2 + y.^2 → x**2 + y**2
x.*y → x*y
e x → e*x
2.*x^2 → 2*x**2
"""  # noqa: E501
MEANT = [tuple(map(str.strip, line.rsplit(" → ", 1))) for line in MEANT.strip().split("\n")]

# What is typed, and all it can mean.
AMBIGUOUS = r"""
1/2x → x/2 → 1/(2*x)
1/2 x → x/2 → 1/(2*x)
x/2y → x/2*y → x/(2*y)
x/y(x+1) → x/y*(x + 1) → x/(y*(x + 1))
e^2x → e**2*x → exp(2*x)
e^xy → exp(x)*y → exp(x*y)
2^x(y+1) → 2**x*(y + 1) → 2**(x*(y + 1))
x^1/2 → x/2 → x**0.5
x^-1/2 → 1/x/2 → x**-0.5
sin x/2 → sin(x)/2 → sin(x/2)
sin x*y → sin(x)*y → sin(x*y)
sin x y → sin(x)*y → sin(x*y)
sin^-1(x/4) → arcsin(x/4) → 1/sin(x/4)
sin⁻¹(x/4) → arcsin(x/4) → 1/sin(x/4)
sin2(x) → sin(2*x) → sin(x)**2
√2x → sqrt(2)*x → sqrt(2*x)
√xy → sqrt(x)*y → sqrt(x*y)
√x² → sqrt(x)**2 → sqrt(x**2)
2½x → x → 2.5*x
x2 → x*2 → x**2
x2y → x*2*y → x**2*y
(x+1)2 → (x + 1)*2 → (x + 1)**2
ex → e*x → exp(x)
e(x+1) → e*(x + 1) → exp(x + 1)
|x|y|x| → abs(x)*y*abs(x) → abs(x*abs(y)*x)
sin(x+1 → sin(x + 1) → sin(x) + 1
(x+1)*(y-2 → (x + 1)*(y - 2) → (x + 1)*y - 2
x+1)*2 → x + 1*2 → (x + 1)*2
"""
AMBIGUOUS = [tuple(map(str.strip, line.split(" → "))) for line in AMBIGUOUS.strip().split("\n")]

# What is typed, and a word of why no line is offered.
REFUSED_IN_WORDS = r"""
x! → factorials
x%2 → remainder
x//2 → single /
x < y → height
x**2 == 1 → height
x = 3 → height
y = x*y → height
sgn(x) → no slope
floor(x) → no slope
sign(x) + x^2 → no slope
max(x) → two or more
max(1,5*x, y) → 1.5 for one number
1,000*x → 1.000 for one number
10e*x → power of ten
2e → power of ten
2.5.1*x → one decimal point
lg(x) → log10(x) or log2(x)
cbrt(x) → cube root
∛x → cube root
sinc(x) → sin(pi*x)
foo(x) → not known
sqrrt(x) → did you mean sqrt
x1 + x2 + x3 → called x and y
x*x1 → called x and y
X + x → small letters
z**2 + x^2 → height itself
x^200 → at most 100
x/0 → divides by zero
x + → missing after
sin() → nothing between
log2x → log(2*x) or log2(x)
x\y → LaTeX
\foo{x} → LaTeX
1 000*x → two numbers
x⁽²⁾)) → never opened
|x → bars
x'+y → quotation
atan(y, x) → 1 argument
"""
REFUSED_IN_WORDS = [
    tuple(map(str.strip, line.split(" → "))) for line in REFUSED_IN_WORDS.strip().split("\n")
]

NAMES = vars(np) | {"x": None, "e": math.e, "pi": math.pi, "abs": np.abs}
POINTS = np.array([[0.73, 1.87, 0.31, -0.64, -1.3, 2.9], [1.31, 0.42, 0.29, 0.9, -0.77, -1.7]])


def meaning(expression):
    with np.errstate(all="ignore"):
        x, y = POINTS
        return eval(expression, NAMES | {"x": x, "y": y}) + 0 * x


def answer(text) -> FormulaError:
    with pytest.raises(FormulaError) as caught:
        Formula(text)
    return caught.value


def refused(text) -> FormulaError | None:
    try:
        Formula(text)
    except FormulaError as error:
        return error
    return None


def assert_means(line, expression):
    got = Formula(line)(POINTS)
    np.testing.assert_allclose(got, meaning(expression), rtol=1e-12, atol=1e-12, err_msg=line)


@pytest.mark.parametrize(("text", "expression"), MEANT, ids=ascii)
def test_the_corrected_line_means_what_was_meant(text, expression):
    error = answer(text)
    assert error.correction is not None, error.readings
    assert error.correction in str(error)
    assert_means(error.correction, expression)


@pytest.mark.parametrize("row", AMBIGUOUS, ids=lambda row: ascii(row[0]))
def test_of_an_ambiguous_line_all_readings_are_shown_and_none_is_chosen(row):
    text, *expressions = row
    error = answer(text)
    assert error.correction is None
    assert len(error.readings) >= len(expressions)
    for expression in expressions:
        want = meaning(expression)
        same = [np.allclose(Formula(r)(POINTS), want, equal_nan=True) for r in error.readings]
        assert sum(same) == 1, (error.readings, expression)
    assert all(reading in str(error) for reading in error.readings)


@pytest.mark.parametrize(("text", "words"), REFUSED_IN_WORDS, ids=ascii)
def test_what_has_no_meaning_is_refused_with_the_reason(text, words):
    error = answer(text)
    assert error.readings == ()
    assert words in str(error)


def test_there_are_hundreds_of_slips():
    assert len({row[0] for row in [*MEANT, *AMBIGUOUS, *REFUSED_IN_WORDS]}) > 250


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: ascii(text[:30]))
def test_whatever_is_offered_is_accepted(text):
    for line in answer(text).readings:
        assert Formula(line).text == line
        assert line.isascii()


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("x^2", [0 + 1]),
        ("x²+3·y²", [1, 4, 6]),
        ("2xy", [0, 1]),
        ("ln(x) + |y|^2", [0, 8, 10, 11]),
        ("foo(x) + y^2 + bar", [0, 10, 15]),
        ("np.sin(x) + 1,5*y", [0, 12]),
        ("x^200 + 2y", [1, 8]),
    ],
)
def test_all_slips_are_named_at_once_with_their_places(text, places):
    error = answer(text)
    assert [slip.start for slip in error.slips if text[slip.start : slip.end]] == places
    assert error.position == places[0]


def test_the_answer_can_be_sent():
    error = answer("x^2")
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.correction, again.slips) == (str(error), "x**2", error.slips)


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


@pytest.mark.parametrize("name", [*vocabulary.ALIASES, *vocabulary.MACROS])
def test_every_other_name_has_a_translation_and_a_hint_that_is_accepted(name):
    count = vocabulary.MACROS.get(name, (1,))[0]
    of_two = count == 2 or vocabulary.ALIASES.get(name) in ("atan2", "min", "max")
    error = answer(f"{name}(x, y)" if of_two else f"{name}(x)")
    assert error.correction
    if name in vocabulary.MACROS:
        assert error.slips[0].hint.endswith(f"write {error.correction}")
