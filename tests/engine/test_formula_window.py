"""The window of a formula: given or proposed, in value and link; textbook functions in theirs."""

import numpy as np
import pytest

import playground as pg
from playground.links import LinkReader, write_value
from tests.engine.test_minima_beyond import lines


@pytest.mark.parametrize(
    ("given", "canonical"),
    [
        ("-5,10,0,15", "-5,10,0,15"),
        (" -5, 10 , 0,15 ", "-5,10,0,15"),
        ("-5 10 0 15", "-5,10,0,15"),
        ("(-5, 10, 0, 15)", "-5,10,0,15"),
        ("-5;10;0;15", "-5,10,0,15"),
        ("0.1,0.30000000000000004,1e-3,1e9", "0.1,0.30000000000000004,0.001,1e+09"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_a_window_is_four_numbers_in_one_form(given, canonical):
    surface = pg.Formula("x**2 + y**2", window=given)
    assert surface.window == canonical
    assert eval(repr(surface), vars(pg)) == surface
    assert ("window" in repr(surface)) == bool(canonical)
    if canonical:
        assert surface.span == tuple(map(float, canonical.split(",")))


@pytest.mark.parametrize(
    "given",
    [
        "1",
        "1,2,3",
        "1,2,3,4,5",
        "2,1,0,1",
        "0,1,1,1",
        "a,b,c,d",
        "nan,1,0,1",
        "0,inf,0,1",
        "0,1e13,0,1",
        "1,1.0000000000000002,0,1",
        "1,,2,3",
        "__import__('os'),1,2,3",
    ],
)
def test_what_is_no_window_is_refused_with_a_sentence(given):
    with pytest.raises(ValueError, match="window must be four numbers") as caught:
        pg.Formula("x**2", window=given)
    assert len(str(caught.value)) < 300


def test_the_window_is_in_the_link():
    surface = pg.Formula("x**2 + y**2", window="-5,10,0,15")
    query = write_value("surface", surface, pg.Bowl())
    assert query["Formula.window"] == "-5,10,0,15"
    reader = LinkReader(query)
    assert reader.value("surface", pg.Surface, pg.Bowl()) == surface
    assert not reader.finish()
    assert "Formula.window" not in write_value("surface", pg.Formula("x*y"), pg.Bowl())


PROPOSED = {
    "x**2 + y**2": (-3, 3, -3, 3),
    "x**2/4 + y**2/2 + sin(2*x)*cos(y)": (-3, 3, -3, 3),
    "log(x)**2 + y**2": (0, 3, -3, 3),
    "x**1.5 + y**2": (0, 3, -3, 3),
    "asin(x) + y**2": (-1, 1, -3, 3),
    "sqrt(x) + sqrt(y)": (0, 3, 0, 3),
    "acos(x*y)": (-3, 3, -3, 3),
}


@pytest.mark.parametrize("text", PROPOSED)
def test_the_proposed_window_is_the_usual_one_cut_to_the_domain(text):
    assert pg.Formula(text).span == PROPOSED[text]


@pytest.mark.parametrize(
    ("text", "minimum"),
    [
        ("(x - 20)**2 + (y - 20)**2", (20, 20)),
        ("(x + 1e5)**2 + (y - 3e4)**2", (-1e5, 3e4)),
        ("(x - 13 + ((5 - y)*y - 2)*y)**2 + (x - 29 + ((y + 1)*y - 14)*y)**2", (5, 4)),
        ("sqrt(x - 100) + (x - 105)**2 + y**2", (104.888, 0)),
        ("x**4*1e-6 - x + y**2", (62.9961, 0)),
    ],
)
def test_the_proposed_window_holds_the_lowest_minimum(text, minimum):
    surface = pg.Formula(text)
    x0, x1, y0, y1 = surface.span
    assert x0 < surface.minima()[0][0] < x1
    assert y0 < surface.minima()[0][1] < y1
    assert surface.minima()[0] == pytest.approx(minimum, rel=1e-3, abs=1e-9)


DOMAINS = lines("""
sqrt(x)   x**1.5   asin(x)   log(x)**2+y**2   log(-x - y)   sqrt(1 - x**2 - y**2)   log(x*y)
acos(x/9)   1/x + x + y**2   sqrt(x - 100) + y**2   log(y) + x**2   x**y
log(0.001 - x**2 - y**2)   sqrt(sin(x)*sin(y))   exp(exp(exp(x*x))) + y*y   tan(x)*tan(y)
log(log(x)) + y   sqrt(-x)*log(y)   atan2(y, x)   abs(x) + abs(y)   x + y
""")
DOMAINS += [*PROPOSED]


@pytest.mark.parametrize("text", DOMAINS)
@pytest.mark.parametrize("window", ["", "-5,10,0,15", "-1e3,1e3,-1e3,1e3"])
def test_a_start_lies_in_the_window_and_in_the_domain(text, window):
    surface = pg.Formula(text, window=window)
    x0, x1, y0, y1 = surface.span
    x, y = surface.start
    assert x0 <= x <= x1
    assert y0 <= y <= y1
    defined = np.isfinite(
        surface(np.random.default_rng(0).uniform([[x0], [y0]], [[x1], [y1]], (2, 4000)))
    )
    if defined.mean() > 0.01:
        assert np.isfinite(surface([x, y]))
        assert np.isfinite(surface.gradient([x, y])).all()
    assert pg.Formula(text, window=window).start == surface.start


def test_the_usual_start_is_unchanged():
    assert pg.Formula().start == (-2.4, 2.2)
    assert pg.Formula("log(x)**2 + y**2").start == (0.3, 2.2)
