"""What is a formula means what mathematics says: exactly, on floats, arrays and open axes alike."""

import math
import pickle
import re

import numpy as np
import pytest

from playground.surfaces.base import Surface
from playground.surfaces.formula import Formula
from playground.surfaces.rosenbrock import Rosenbrock

# One formula each, three blanks apart.
GOOD = """
x   y   -x   +x   --x   x + y   x - y   x*y   x/y   x**2   x**3   x**4   x**7   x**16   x**17
x**100   x**-1   x**-2   x**-5   x**0   x**1   x**0.5   x**1.5   x**2.5   x**-0.5   x**(1/3)
x**pi   x**e   x**y   2**x   2**-x   e**x   e**-(x**2)   (x + y)**2   (x*y)**3   (x - y)**-3
x**(x*y)   x**2**3   (x**2)**3   -x**2   (-x)**2   -x**-2   2*-x   x--y   x - -y   x+-y   x/y*2
x/(y*2)   x/y/2   x*y/2*x   2 - 3 - x   x - y - 1   x - (y - 1)   1.5*x   .5*x   2.*x   1e3*x
1E-3*x   2.5e+2*x   1e12*x   1e-30*x   pi*x + e*y   sin(x)   cos(y)   tan(x)   asin(x/3)
acos(y/3)   atan(x)   atan(x*y)   sinh(x)   cosh(y)   tanh(x - y)   exp(x)   exp(-x**2 - y**2)
log(x)   log2(x*y)   log10(x + y)   sqrt(x)   sqrt(x*y + 1)   abs(x - y)   abs(x)*y   atan2(y, x)
atan2(x*y, x + y)   atan2(1, x)   hypot(x, y)   hypot(x*y, 2)   min(x, y)   max(x, y)
max(x, y, 0.3)   min(x*y, x + y, 2)   max(x**2, y**3) + min(x, 1)   hypot(3,4)*x
x**2 + 3*y**2 + sin(x*y)   (1 - x)**2 + 100*(y - x**2)**2   sin(x)/x   1/(1 + exp(-x*y))
sin(sin(sin(x)))   (x**2 + y - 11)**2 + (x + y**2 - 7)**2   log(1 + exp(x)) + log(1 + exp(-y))
sin(x)**2 + cos(x)**2 + y
20 - 20*exp(-0.2*sqrt((x**2 + y**2)/2)) - exp((cos(2*pi*x) + cos(2*pi*y))/2) + e
sqrt(x)/log(y + 2)   (4 - 2.1*x**2 + x**4/3)*x**2 + x*y + (-4 + 4*y**2)*y**2
tan(x*y/4)*asin(x/4)/(1 + acos(y/4))   0*x + 3
"""
GOOD = re.split(r"\n|   ", GOOD.strip())
POINTS = [(0.73, 1.31), (1.87, 0.42), (0.31, 0.29)]
NEGATIVE = [(-0.73, 1.31), (1.87, -0.42), (-1.31, -0.29)]


def exact(text, points):
    """Value, gradient and Hessian ``(6, N)`` by SymPy, to 30 digits and then rounded."""
    sympy = pytest.importorskip("sympy")
    x, y = sympy.symbols("x y", real=True)
    names = {
        "x": x,
        "y": y,
        "e": sympy.E,
        "abs": sympy.Abs,
        "min": sympy.Min,
        "max": sympy.Max,
        "hypot": lambda u, v: sympy.sqrt(sympy.sympify(u) ** 2 + sympy.sympify(v) ** 2),
        "log2": lambda u: sympy.log(u, 2),
        "log10": lambda u: sympy.log(u, 10),
    }
    f = sympy.sympify(text, names)
    f = f.xreplace({a: sympy.Rational(float(a)) for a in f.atoms(sympy.Float)})
    wanted = [f, *(f.diff(*by) for by in ([x], [y], [x, x], [x, y], [y, y]))]

    def number(expression, point):
        value = expression.subs(dict(zip((x, y), map(sympy.Rational, point), strict=True)))
        value = value.doit().evalf(30)
        return float(value) if value.is_real else math.nan

    return np.array([[number(part, point) for point in points] for part in wanted])


def jet(formula, points):
    """Our value, gradient and Hessian ``(6, N)``."""
    p = np.array(points, dtype=float).T
    hessian = formula.hessian(p)
    np.testing.assert_array_equal(hessian[0, 1], hessian[1, 0])
    return np.stack([formula(p), *formula.gradient(p), hessian[0, 0], hessian[0, 1], hessian[1, 1]])


@pytest.mark.parametrize("text", GOOD)
def test_value_gradient_and_hessian_are_those_of_computer_algebra(text):
    want, got = exact(text, POINTS), jet(Formula(text), POINTS)
    scale = np.maximum(1.0, np.abs(want))
    assert np.all(np.abs(got - want)[0] <= 1e-13 * scale[0])
    assert np.all(np.abs(got - want) <= 1e-10 * scale)


ENTIRE = [text for text in GOOD if not re.search("[a-z]{2}|[*]{2}[xyp(e]|[.]5", text)]


@pytest.mark.parametrize("text", ENTIRE)
def test_and_so_where_x_or_y_is_negative(text):
    want, got = exact(text, NEGATIVE), jet(Formula(text), NEGATIVE)
    np.testing.assert_allclose(got, want, rtol=1e-10, atol=1e-10)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("-x**2", -9),
        ("(-x)**2", 9),
        ("2**-x", 0.125),
        ("x**2**3", 3**8),
        ("-2**2 + 0*x", -4),
        ("x/y*4", 6),
        ("x/y/4", 3 / 8),
        ("x - y - 1", 0),
        ("x - (y - 1)", 2),
        ("2*-x", -6),
        ("-x**-y", -1 / 9),
        ("x**-y**2", 3**-4),
        ("1 + 2*x", 7),
        ("x*y**2", 12),
        ("--x", 3),
        ("x - -y", 5),
        ("7 - 2*x + y", 3),
        ("log(e**x)", 3),
        ("log10(1000) + 0*x", 3),
        ("log2(8)*x", 9),
        ("atan2(0, -1) + 0*x", math.pi),
        ("max(x, y, 5)", 5),
        ("min(x, y, 5)", 2),
        ("hypot(x, 4)", 5),
        ("abs(y - x)", 1),
        (" \t x  *\t( y ) ", 6),
        ("1e2*x", 300),
        ("(9**9)**2 + 0*x", 9.0**18),
        ("x**0", 1),
        ("8**(1/3)*x", 6),
        ("0**0*x", 3),
    ],
)
def test_precedence_and_associativity_are_the_usual_ones(text, value):
    assert Formula(text)([3.0, 2.0]) == pytest.approx(value, rel=1e-14)


@pytest.mark.parametrize(
    ("text", "point", "want"),
    [
        ("x**2", (0, 0), [0, 0, 0, 2, 0, 0]),
        ("x**1", (0, 0), [0, 1, 0, 0, 0, 0]),
        ("x**0", (0, 0), [1, 0, 0, 0, 0, 0]),
        ("x**3*y**2", (0, 0), [0, 0, 0, 0, 0, 0]),
        ("x**2.5", (0, 0), [0, 0, 0, 0, 0, 0]),
        ("x**3", (-2, 0), [-8, 12, 0, -12, 0, 0]),
        ("x**21", (-1, 0), [-1, 21, 0, -420, 0, 0]),
        ("x**-1", (-2, 0), [-0.5, -0.25, 0, -0.25, 0, 0]),
        ("x**y", (0, 2), [0, 0, 0, 2, 0, 0]),
        ("x**y", (0, 1), [0, 1, 0, 0, -math.inf, 0]),
        ("x**y", (0, 3), [0, 0, 0, 0, 0, 0]),
        ("abs(x) + y", (0, 1), [1, 0, 1, 0, 0, 0]),
        ("abs(x)**3", (0, 0), [0, 0, 0, 0, 0, 0]),
        ("max(x, y)", (1, 1), [1, 0.5, 0.5, 0, 0, 0]),
        ("min(x**2, y)", (1, 1), [1, 1, 0.5, 1, 0, 0]),
        ("max(sqrt(x), 1)", (0, 0), [1, 0, 0, 0, 0, 0]),
        ("min(1/x, 5)", (0, 0), [5, 0, 0, 0, 0, 0]),
        ("sqrt(x) + y**2", (0, 1), [1, math.inf, 2, -math.inf, 0, 2]),
        ("hypot(x, y)", (0, 0), [0, 0, 0, math.nan, math.nan, math.nan]),
        ("1/x + y", (0, 1), [math.inf, -math.inf, 1, math.inf, 0, 0]),
        ("log(x) + y", (0, 1), [-math.inf, math.inf, 1, -math.inf, 0, 0]),
        ("tanh(x)", (800, 0), [1, 0, 0, 0, 0, 0]),
        ("atan(x)", (1e200, 0), [math.pi / 2, 0, 0, 0, 0, 0]),
        ("exp(x)*y", (1000, 1), [math.inf, math.inf, math.inf, math.inf, math.inf, 0]),
    ],
)
def test_edges_are_exact_and_kinks_are_as_declared(text, point, want):
    np.testing.assert_allclose(jet(Formula(text), [point])[:, 0], want, atol=1e-15)


@pytest.mark.parametrize(
    "part",
    [
        "log(x)",
        "log2(x)",
        "log10(x)",
        "sqrt(x)",
        "x**0.5",
        "x**-1.5",
        "x**(1/3)",
        "x**y",
        "x**(2*y)",
        "asin(x - 1)",
        "acos(x - 1)",
        "(x + 1)/(x + 1)",
        "sin(x + 1)/(x + 1)",
        "(-2)**(y/3)",
    ],
)
def test_where_a_part_is_undefined_everything_is_nan_and_nothing_warns(part):
    formula = Formula(f"{part} + x*y + y")
    assert np.isnan(jet(formula, [(-1.0, 2.0)])).all()
    assert np.isnan([formula.height(-1.0, 2.0), *formula.slope(-1.0, 2.0)]).all()
    assert np.isnan(formula.curvature(-1.0, 2.0)).all()


@pytest.mark.parametrize("text", GOOD)
def test_floats_arrays_and_open_axes_agree_bit_for_bit(text):
    formula, rng = Formula(text), np.random.default_rng(0)
    special = [0.0, 1.0, -1.0, 1e200, -1e200, np.inf, np.nan]
    axis = np.concatenate([rng.normal(size=17) * 2, special])
    x, y = np.meshgrid(axis, axis)

    def table(x, y):
        values = [formula.height(x, y), *formula.slope(x, y), *formula.curvature(x, y)]
        return np.array([np.broadcast_to(value, (24, 24)) for value in values])

    single = np.empty((6, 24, 24))
    for i, j in np.ndindex(24, 24):
        a, b = float(x[i, j]), float(y[i, j])
        values = [formula.height(a, b), *formula.slope(a, b), *formula.curvature(a, b)]
        assert {type(value) for value in values} == {float}
        single[:, i, j] = values
    np.testing.assert_array_equal(table(x, y), single)
    np.testing.assert_array_equal(table(axis[None, :], axis[:, None]), single)


def test_a_formula_is_its_text():
    f = Formula("x**2 + 3*y**2 + sin(x*y)")
    assert f == Formula(text=f.text) != Formula("x")
    assert hash(f) == hash(Formula(f.text))
    for value in (f, Formula(), Formula(np.str_("x*y"))):
        assert eval(repr(value), {"Formula": Formula}) == value
        assert pickle.loads(pickle.dumps(value)) == value
    assert Surface.all["Formula"] is Formula
    assert [p.name for p in Formula.params()] == ["text", "window"]


def test_a_typed_surface_equals_the_built_in_one():
    typed = Formula("(1 - x)**2 + 100*(y - x**2)**2")
    p = np.random.default_rng(1).normal(size=(2, 3, 5))
    for name in ("__call__", "gradient", "hessian"):
        got, want = getattr(typed, name)(p), getattr(Rosenbrock(), name)(p)
        assert got.shape == want.shape
        np.testing.assert_allclose(got, want, rtol=1e-12, atol=1e-11)
    (minimum,) = typed.minima()
    assert minimum == pytest.approx((1, 1))


@pytest.mark.parametrize("text", ["x**2", "y", "x + y", "0*x + 3", "max(x, 0)"])
def test_the_shape_is_that_of_the_points_even_where_a_derivative_is_constant(text):
    p = np.ones((2, 4, 3))
    assert Formula(text)(p).shape == (4, 3)
    assert Formula(text).gradient(p).shape == (2, 4, 3)
    assert Formula(text).hessian(p).shape == (2, 2, 4, 3)


def test_the_largest_formulas_that_are_allowed_work():
    for text in (
        "x+" * 99 + "x",
        "(" * 40 + "x" + ")" * 40,
        "sin(" * 40 + "x" + ")" * 40,
        "-" * 40 + "x",
        "x**" * 40 + "2",
        "x*" * 90 + "y",
        "x" + " " * 499,
    ):
        assert np.isfinite(jet(Formula(text), [(0.9, 1.1)])).all(), text
