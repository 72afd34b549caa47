"""Minima beyond the window, past poles, at kinks, on floors; and what is claimed of them."""

import re

import numpy as np
import pytest
from scipy import optimize

import playground as pg
from tests.support.part import in_turn, some


def lines(text):
    """Formulas, three blanks or a line apart."""
    return re.split("\n|   ", text.strip())


HINGE = "max(0, 1 - x) + max(0, 1 - y)"
FREUDENSTEIN = "(x - 13 + ((5 - y)*y - 2)*y)**2 + (x - 29 + ((y + 1)*y - 14)*y)**2"

# formula: the lowest minimum
LOWEST = {
    "(x - 20)**2 + (y - 20)**2": (20, 20),
    "(x - 2e4)**2 + 3*(y + 7e4)**2": (2e4, -7e4),
    FREUDENSTEIN: (5, 4),
    "(x - 3)**4 + y**2": (3, 0),
    "x - log(x) + y**2": (1, 0),
    "log(x)**2 + y**2": (1, 0),
    "(x - 40)**2 + 1/(x - 1)**2 + y**2": (40.0000170, 0),
    "x**4/1e6 - x + y**2": (62.99605, 0),
    "(1 - x/50)**2 + 100*(y/50 - (x/50)**2)**2": (50, 50),
    "abs(x) + 2*abs(y)": (0, 0),
    "abs(x - 12) + abs(y + 30)": (12, -30),
    "max(abs(x - 1), 2*abs(y - 2))": (1, 2),
    "max(x**2, abs(y) + x)": (0, 0),
    "abs(1 - x) + 10*abs(y - x**2)": (1, 1),
    "hypot(x - 1, y + 1)": (1, -1),
    "sqrt(abs(x)) + y**2": (0, 0),
    "sqrt(x) + y**2": (0, 0),
    "acos(x) + y**2": (1, 0),
    "sqrt(x - 1) + sqrt(y + 1)": (1, -1),
    "-exp(-(x - 9)**2 - (y - 9)**2/4)": (9, 9),
    "x**2 + y**2 - 200*exp(-(x - 6)**2 - y**2)": (5.9, 0),
    "x*log(x) + y**2": (np.exp(-1), 0),
    "cosh(x - 5) + cosh(y/3)": (5, 0),
}


@pytest.mark.parametrize(
    ("text", "window"), in_turn(LOWEST, ("-3,3,-3,3", "0.1,1,0.1,1", "-8,2,-1,9"))
)
def test_the_lowest_minimum_is_found_wherever_it_is(text, window):
    surface = pg.Formula(text, window=window)
    near = min(surface.minima(), key=lambda m: np.hypot(*np.subtract(m, LOWEST[text])))
    assert near == pytest.approx(LOWEST[text], rel=2e-2, abs=1e-4)
    assert near.f == surface.lowest()
    polished = optimize.minimize(
        surface, near, method="Nelder-Mead", options={"xatol": 1e-10, "fatol": 1e-14}
    )
    assert polished.fun >= near.f - 1e-9 * max(1.0, abs(near.f))


def random_valleys(count):
    """Quartics p(u) + q(v) of turned and shifted coordinates, with all their minima by roots."""
    rng = np.random.default_rng(3)
    for _ in range(count):
        a, b = (round(float(z), 2) for z in rng.uniform(-30, 30, 2))
        c, s = (round(float(z), 3) for z in rng.uniform(-1, 1, 2))
        u = f"({c}*(x - {a}) + {s}*(y - {b}))"
        v = f"({c}*(y - {b}) - {s}*(x - {a}))"
        text, places = [], []
        for w in (u, v):
            k = [round(float(z), 3) for z in rng.uniform(-3, 3, 3)]
            text.append(f"{w}**4/4 + {k[0]}*{w}**3/3 + {k[1]}*{w}**2/2 + {k[2]}*{w}")
            roots = np.roots([1, *k])
            roots = roots[np.abs(roots.imag) < 1e-9].real
            bent = 3 * roots**2 + 2 * k[0] * roots + k[1]
            roots = roots[bent > 0]
            heights = roots**4 / 4 + k[0] * roots**3 / 3 + k[1] * roots**2 / 2 + k[2] * roots
            places.append(roots[np.argmin(heights)])
        p, q = places
        size = c * c + s * s
        lowest = (a + (c * p - s * q) / size, b + (s * p + c * q) / size)
        yield " + ".join(text), lowest


@pytest.mark.parametrize(("text", "lowest"), some(random_valleys(25), 3))
def test_the_lowest_minimum_of_random_quartics(text, lowest):
    assert pg.Formula(text).minima()[0] == pytest.approx(lowest, rel=1e-6, abs=1e-6)


CLASSICS = pg.Rosenbrock, pg.Himmelblau, pg.Booth, pg.Beale, pg.SixHumpCamel, pg.StyblinskiTang


@pytest.mark.parametrize(("cls", "shift"), in_turn(CLASSICS, (37.5, 4.0, 0.0)))
def test_a_shifted_classic_has_its_minima_elsewhere(cls, shift):
    texts = {
        "Rosenbrock": "(1 - X)**2 + 100*(Y - X**2)**2",
        "Himmelblau": "(X**2 + Y - 11)**2 + (X + Y**2 - 7)**2",
        "Booth": "(X + 2*Y - 7)**2 + (2*X + Y - 5)**2",
        "Beale": "(1.5 - X + X*Y)**2 + (2.25 - X + X*Y**2)**2 + (2.625 - X + X*Y**3)**2",
        "SixHumpCamel": "(4 - 2.1*X**2 + X**4/3)*X**2 + X*Y + (-4 + 4*Y**2)*Y**2",
        "StyblinskiTang": "(X**4 - 16*X**2 + 5*X + Y**4 - 16*Y**2 + 5*Y)/2",
    }
    text = texts[cls.__name__].replace("X", f"(x - {shift})").replace("Y", f"(y + {shift})")
    surface = pg.Formula(text, window="-3,3,-3,3")
    known = [(x + shift, y - shift) for x, y in cls().minima()]
    assert surface.lowest() == pytest.approx(cls().lowest(), abs=1e-9)
    away = [np.hypot(*np.subtract(surface.minima()[0], place)) for place in known]
    assert min(away) < 1e-6


NONE = lines("""
exp(-x) + y**2   exp(x) + exp(y)   1/(1 + x**2 + y**2)   -atan(x) + y**2   log(1 + exp(-x))
log(1 + exp(-x)) + y**2   1/(1 + exp(-x)) + y**2   tanh(x) + y**2   exp(-x*y)   0*x + 3
x**2 + 1/(1 + exp(y))   exp(-x**2 - y**2)   exp(tan(x)) + y**2   -x/hypot(x, 1)
""")


FAR_AND_NEAR = "", "-3,3,-3,3", "-1e3,1e3,-1e3,1e3", "30,90,-20,20"


@pytest.mark.parametrize(("text", "window"), in_turn(NONE, FAR_AND_NEAR))
def test_where_there_is_no_minimum_none_is_claimed(text, window):
    surface = pg.Formula(text, window=window)
    assert surface.minima() == ()
    assert surface.knowledge() == ("none", False)
    assert np.isnan(surface.lowest())


UNBOUNDED = lines("""
x + y   -x   x**2 - y**2   max(x, y)   -x**2   x**3 - 3*x*y**2   x*sin(x) + y**2   log(x)
log(x) + x**2 + y**2   1/x + x + y**2   tan(x) + y**2   (y - x**2)**2 - x   -log(x)   -sqrt(x)
(y - x**2)*(y - 2*x**2)   x - exp(y)   x*y   -abs(x)   x**2 - y   x**3   -hypot(x, y)
""")


@pytest.mark.parametrize(("text", "window"), in_turn(UNBOUNDED, ("", "-3,3,-3,3", "0.5,2,0.5,2")))
def test_a_fall_without_end_is_known(text, window):
    surface = pg.Formula(text, window=window)
    assert surface.knowledge().lowest == "unbounded"
    if text not in ("1/x + x + y**2", "x*sin(x) + y**2"):
        assert surface.minima() == ()


@pytest.mark.parametrize(
    "text", [*LOWEST, *NONE, HINGE, "sin(x)*sin(y)", "x**2 - 1e4*abs(x) + y**2"]
)
def test_no_end_is_claimed_where_there_is_one(text):
    assert pg.Formula(text).knowledge().lowest != "unbounded"


PROVEN = lines("""
(x - 20)**2 + (y - 20)**2   abs(x) + 2*abs(y)   x - log(x) + y**2   x**2 + x*y + y**2
exp(x) + exp(-x) + y**2   max(x**2, abs(y) + x)   hypot(x - 1, y + 1)
log(1 + exp(-x)) + log(1 + exp(x + y)) + log(1 + exp(-y))   (x*y - 1)**2/2   log(x)**2 + y**2
20 - 20*exp(-0.2*sqrt((x**2 + y**2)/2)) - exp((cos(2*pi*x) + cos(2*pi*y))/2) + e   sin(x)*sin(y)
x**2 + y**2 + 20 - 10*(cos(2*pi*x) + cos(2*pi*y))
""")
PROVEN += [FREUDENSTEIN, HINGE]
SEARCHED = lines("""
x**4 - x**2 + y**2   x**2 + y**2 + x*y**2/9 + y**4   sin(x) + sin(y)/2 + (x**2 + y**2)/50
x**4 + y**4 - 3*x*y   x**2 + y**2 - 200*exp(-(x - 6)**2 - y**2)
""")


@pytest.mark.parametrize("text", PROVEN)
def test_what_can_be_proven_is_and_scipy_agrees(text):
    surface = pg.Formula(text)
    assert surface.knowledge() == ("minimum", True)
    for start in np.random.default_rng(0).normal(size=(12, 2)) * 4:
        found = optimize.minimize(surface, start, method="Nelder-Mead").fun
        assert np.isnan(found) or found >= surface.lowest() - 1e-9 * (1 + abs(surface.lowest()))


@pytest.mark.parametrize("text", SEARCHED)
def test_what_a_search_found_is_not_called_proven(text):
    assert pg.Formula(text).knowledge() == ("minimum", False)


@pytest.mark.parametrize("text", [*PROVEN, *SEARCHED, *LOWEST, *NONE, *UNBOUNDED])
def test_bounds_and_convexity_hold_at_random_points(text):
    surface = pg.Formula(text)
    p, q = np.random.default_rng(1).normal(size=(2, 2, 3000)) * np.geomspace(0.1, 50, 3000)
    with np.errstate(all="ignore"):
        ends, middle = (surface(p), surface(q)), surface(0.5 * (p + q))
    finite = np.isfinite(ends).all(axis=0)
    assert np.nanmin([*ends, middle]) >= surface.lower_bound() - 1e-9
    if surface.is_convex():
        chord = 0.5 * (ends[0] + ends[1])
        size = np.abs(ends[0]) + np.abs(ends[1]) + 1
        assert np.all((middle <= chord + 1e-12 * size)[finite])


def test_declared_surfaces_are_known_by_their_closed_form_or_their_source():
    for cls in pg.Surface.all.values():
        knowledge = cls().knowledge()
        if cls.holds_lowest:
            assert knowledge.proven
        assert (knowledge.lowest == "unbounded") >= bool(cls().unbounded_below)
        assert (knowledge.lowest == "minimum") == bool(cls().minima() and not cls().unbounded_below)


def test_parameters_that_move_the_minimum_out_of_the_window_do_not_lose_it():
    surface = pg.Rosenbrock(a=3.0)
    assert surface.minima()[0] == pytest.approx((3, 9), rel=1e-6)


def test_a_flat_floor_is_a_floor():
    surface = pg.Formula(HINGE)
    assert surface.lowest() == 0.0
    assert {point.kind for point in surface.minima()} == {"degenerate"}
    assert surface.distance_to_minimum([1.7, 2.3]) == 0.0
    assert surface.distance_to_minimum([-1.0, 2.0]) == pytest.approx(2.0, abs=0.5)
    run = pg.simulate(surface, pg.GradientDescent(lr=0.1), (-1.0, -2.0), 100)
    assert run.f[-1] == surface.lowest()


def test_a_floor_that_only_runs_out_of_numbers_is_none():
    for text in ("exp(-x**2)*exp(-y**2)", "exp(-exp(x)) + exp(-exp(y))"):
        assert pg.Formula(text, window="-60,60,-60,60").minima() == ()


def test_a_point_without_a_finite_value_is_never_critical():
    for text in (*LOWEST, *UNBOUNDED, *NONE, "sqrt(x)*sqrt(y)", "log(x)*log(y)", "x**y"):
        for point in pg.Formula(text).critical_points():
            assert np.isfinite([*point, point.f]).all()


@pytest.mark.parametrize(
    "text",
    [
        "(y - x**2)*(y - 2*x**2) + x**8",
        "(y - 1.2*x**2)**2 - x**5 + x**8",
        "y**2 - 1e-3*x**4 + x**8",
        "(1000*y - x)**2 - x**3 + x**6",
    ],
)
def test_the_ring_test_does_not_step_over_a_thin_valley(text):
    surface = pg.Formula(text, "-3,3,-3,3")
    origin = [p.is_minimum for p in surface.critical_points() if np.hypot(*p) < 1e-6]
    assert {*origin} == {False}
    assert surface.lowest() < 0


def test_minima_are_lowest_first_and_the_same_every_time():
    for text in (*LOWEST, HINGE, "sin(x)*sin(y)"):
        minima = pg.Formula(text).minima()
        assert [m.f for m in minima] == sorted(m.f for m in minima)
        assert pg.Formula(text + " + 0").minima() == minima
