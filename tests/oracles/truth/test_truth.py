"""The oracles know textbook facts, and read back what is printed."""

import math

import numpy as np
import pytest

import playground as pg
from tests.oracles.truth.change import effect
from tests.oracles.truth.facts import Facts
from tests.oracles.truth.flow import rest_below
from tests.oracles.truth.function import Descended, coupled, decoupled
from tests.oracles.truth.ground import search
from tests.oracles.truth.reading import changes, estimates, number, percents
from tests.oracles.truth.setting import Setting

FREUDENSTEIN = "(x-13+((5-y)*y-2)*y)**2+(x-29+((y+1)*y-14)*y)**2"


@pytest.mark.parametrize(
    ("text", "minima"),
    [
        ("(x-20)**2+(y-20)**2", [(20, 20)]),
        (FREUDENSTEIN, [(5, 4), (11.4128, -0.8968)]),
        ("x-log(x)+y**2", [(1, 0)]),
        ("abs(x)+2*abs(y)", [(0, 0)]),
        ("exp(-x)+y**2", []),
        ("-x+y**2", []),
        ("x**3-3*x+y**2", [(1, 0)]),
    ],
)
def test_the_search_finds_the_minima_of_a_textbook(text, minima):
    found = [r.x for r in search(Descended(pg.Formula(text))).rests]
    assert len(found) == len(minima)
    for x, right in zip(found, minima, strict=True):
        np.testing.assert_allclose(x, right, atol=1e-4)


@pytest.mark.parametrize(
    ("text", "unbounded", "fades"),
    [
        ("x**2+y**2", False, False),
        ("exp(-x)+y**2", False, True),
        ("x**3-3*x+y**2", True, False),
        ("max(x, y)", True, False),
        ("sqrt(x)+1/x+y**2", False, False),
    ],
)
def test_what_falls_for_ever_is_told_from_what_fades(text, unbounded, fades):
    known = search(Descended(pg.Formula(text)))
    assert (known.unbounded, known.fades) == (unbounded, fades)


def test_the_way_down_stays_in_its_valley():
    """TwoValleys: the ridge lies near x = −0.08."""
    for start, right in (((-0.2, 1.0), -0.96015), ((0.2, 1.0), 1.03558)):
        rest = rest_below(Descended(pg.TwoValleys()), np.array(start))
        assert rest is not None
        np.testing.assert_allclose(rest.x, (right, 0), atol=1e-4)


@pytest.mark.parametrize("name", pg.Optimizer.all)
def test_decay_is_told_apart_by_trying_the_rule(name):
    kind = pg.Optimizer.all[name]
    beside = kind().with_decoupled_decay(1.0) is not None
    for w in (0.1, 0.5, 1.0, 2.0):
        if "weight_decay" in {p.name for p in kind.params()}:
            rule = kind(weight_decay=w)
            assert (coupled(rule), decoupled(rule)) == ((0, w) if beside else (w, 0))


def test_a_longer_run_begins_with_the_run():
    for schedule in (pg.Constant(), pg.Cosine(), pg.OneCycle(), pg.CosineRestarts(period=7)):
        s = Setting(pg.Booth(), pg.Adam(), (1.0, 2.0), 40, schedule, noise=0.1, seed=3)
        np.testing.assert_array_equal(s.longer(90).x[:41], s.run.x)


def test_decoupled_decay_rests_on_its_box():
    s = Setting(pg.Booth(), pg.AdamW(lr=0.05, weight_decay=1.0), (-8.0, -6.0), 12000)
    facts = Facts(s)
    np.testing.assert_allclose(facts.rest.x, (1, 1), atol=1e-6)
    assert facts.distance < 0.01


def test_a_change_is_judged_by_its_end():
    s = Setting(pg.Bowl(), pg.GradientDescent(lr=0.0001), (-3.0, 1.0), 100)
    assert effect(s, pg.GradientDescent(lr=0.01)).word == "better"
    assert effect(s, pg.GradientDescent(lr=0.03)).word == "worse"
    assert effect(s, pg.GradientDescent(lr=0.0001)).word == "equal"


def test_numbers_estimates_and_changes_are_read_back():
    assert number("12 300") == 12300
    assert number("−1.8·10⁻¹³") == -1.8e-13  # to the last bit: a named change is compared
    assert number("10⁻⁶") == 1e-6
    assert math.isinf(number("infinity"))
    assert percents("by 0.283 % and 1 941 %") == [0.283, 1941]
    assert estimates("takes about 1 400 steps more") == [(1400, 1400)]
    assert estimates("between 30 and 90 more steps") == [(30, 90)]
    assert estimates("endlessly many steps") == [(math.inf, math.inf)]
    gd = pg.GradientDescent(lr=0.5)
    assert changes("Try Adam(lr=0.2). η = 0.1 instead of 0.5 holds.", gd) == [
        pg.Adam(lr=0.2),
        pg.GradientDescent(lr=0.1),
    ]
