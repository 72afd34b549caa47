"""A visitor's derivatives, judged component by component: right ones pass, slips do not."""

import numpy as np
import pytest

from playground.topics.gradient_check import settings, words
from playground.topics.gradient_check.components import RANK, components_of, worst
from playground.topics.gradient_check.lab import Typed, examine
from playground.topics.gradient_check.settings import GradientCheck
from tests.support.part import in_turn

SMOOTH = (
    "x**2+y**2",
    "(1-x)**2+100*(y-x**2)**2",
    "(x-2)**4+y**2",
    "1e6*x**2+y**2",
    "exp(x)*sin(y)",
    "x**8+y",
    "1e-9*x**2+1e9*y",
    "x*y+1000",
)
PLACES = ((0, 0), (1, 1), (2, 0), (-1.5, 0.3), (1e-9, 1e-9), (5, -5), (1e3, -1e3))
BROKEN = (
    "abs(x)+y**2",
    "log(x)+y",
    "sqrt(x)*y",
    "1/x+y",
    "x**1.5+abs(y-1)",
    "max(x,y)",
    "asin(x)+y",
)


def check(f, dx="", dy="", x=0.0, y=0.0, h=1e-5):
    return GradientCheck(f=f, dfdx=dx, dfdy=dy, x=x, y=y, h=h)


def told(s):
    found = settings.own_check(s)
    return words.own_words(s, found), found


@pytest.mark.parametrize("place", PLACES, ids=str)
@pytest.mark.parametrize("text", SMOOTH)
def test_an_exact_gradient_is_never_called_wrong(text, place):
    for h in (1e-2, 1e-5, 1e-8, 1e-12, 5e-324, 1.0):
        said, found = told(check(text, x=place[0], y=place[1], h=h))
        assert said.good is not False, (h, said.sentence)
        if h == 1e-5 and max(map(abs, place)) < 10:
            assert said.label in ("right", "probably right"), said.sentence
        assert all(c.verdict in RANK for c in found)


@pytest.mark.parametrize("place", [(1, 1), (-1.5, 0.3), (3, -2)], ids=str)
@pytest.mark.parametrize("text", ["x**2+y**2", "1e6*x**2+y**2", "exp(x)*sin(y)", "x*y+1000"])
@pytest.mark.parametrize("which", [0, 1])
def test_a_slip_of_a_hundredth_in_one_component_is_found_there(text, place, which):
    exact = Typed(text).exact(np.array(place, dtype=float))
    slip = ["", ""]
    slip[which] = repr(float(exact[which]) * 1.01)
    said, found = told(check(text, *slip, x=place[0], y=place[1]))
    assert said.good is False
    assert worst(found) == which
    assert found[1 - which].verdict == "right"


@pytest.mark.parametrize(
    ("f", "dx", "x", "verdict"),
    [
        ("max(0,x)+y**2", "0", 0, "kink"),
        ("max(0,x)+y**2", "1", 0, "kink"),
        ("max(0,x)+y**2", "0.5", 0, "right"),
        ("max(0,x)+y**2", "5", 0, "wrong"),
        ("abs(x-1)+y**2", "-1", 1 + 4e-6, "kink"),
        ("abs(x-1)+y**2", "1", 1 + 4e-6, "kink"),
        ("abs(x-1)+y**2", "2", 1 + 4e-6, "wrong"),
        ("abs(x-1)+y**2", "1", 1 + 1.5e-5, "right"),
        ("abs(x-1)+y**2", "-1", 1 + 1.5e-5, "wrong"),
    ],
)
def test_a_kink_within_the_step_is_said_and_excuses_only_its_own_slopes(f, dx, x, verdict):
    said, _ = told(check(f, dx, "2*y", x=x, y=1))
    assert said.label == verdict
    assert ("kink" in said.sentence) == (verdict == "kink")


@pytest.mark.parametrize(
    ("f", "x", "why"),
    [
        ("log(x)+y", 0, "no finite value"),
        ("log(x)+y", -1, "no finite value"),
        ("sqrt(x)+y", 1e-6, "edge of its domain"),
        ("sqrt(x)+y", 0, "no finite value"),
    ],
)
def test_a_point_without_a_difference_is_no_fault_of_the_derivative(f, x, why):
    said, _ = told(check(f, x=x, y=1))
    assert said.label == "undefined"
    assert said.good is None
    assert why in said.sentence


@pytest.mark.parametrize("text", [*SMOOTH, *BROKEN])
def test_no_formula_at_no_point_raises(text):
    places = *PLACES, (1e308, -1e308), (5e-324, 0), (1, 2e-4)
    for (x, y), h in in_turn(places, (1.0, 1e-5, 5e-324)):
        s = check(text, x=x, y=y, h=h).replace(function="your function")
        said, found = told(s)
        words.own_table(s, found)
        assert said.sentence
        assert components_of(s.typed, np.array([x, y]), s.typed.gradient, h)
        curves = settings.curves(s)
        if curves is None:
            assert words.no_curves(s)
        else:
            words.curve_table(*curves)


def test_a_zero_gradient_is_nothing_to_be_relative_to():
    s = check("x**2+y**2").replace(function="your function")
    assert settings.curves(s) is None
    assert told(s)[0].label == "right"


# ---- the network --------------------------------------------------------------------------

ENDS = {p.name: p for p in GradientCheck.params()}


@pytest.mark.parametrize("bug", ["none", "sign", "activation derivative", "regulariser doubled"])
@pytest.mark.parametrize("name", ["h", "regulariser"])
def test_both_ends_of_a_number_give_a_sentence(bug, name):
    low, high = ENDS[name].valid.bounds
    for value in (ENDS[name].low, ENDS[name].high, max(low, 5e-324), min(high, 1e308)):
        s = GradientCheck(bug=bug, **{name: value})
        assert words.verdict(s, s.examined(bug)).sentence


def test_nothing_is_caught_where_both_gradients_are_rounding():
    from playground.networks.initialisations import Zeros

    for bug in ("none", "sign", "transpose", "missing bias"):
        found = examine(bug, initialisation=Zeros(), warm_up=300)
        assert np.linalg.norm(found.check.analytic) < 1e-10
        assert found.verdict == "nothing to compare"


def test_what_changes_no_gradient_anywhere_is_no_mistake():
    from playground.networks.activations import Identity, LeakyReLU, ReLU

    derivative = "activation derivative"
    assert examine(derivative, Identity()).verdict == "no mistake"
    assert examine(derivative, LeakyReLU(negative_slope=1.0)).verdict == "no mistake"
    assert examine(derivative, ReLU()).verdict == "caught"
    assert examine("regulariser doubled", regulariser=0.0).verdict == "no mistake"
