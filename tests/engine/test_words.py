"""One notation for every number: what is printed is the number, in its digits, in its order."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.glossary import SHARPNESS
from playground.words import (
    THIN,
    apart,
    chosen_percent,
    count,
    indexed,
    number,
    percent,
    point,
    setting,
    steps_in_words,
    symbol,
)

LOWERED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
NUMBERS = st.floats(-1e300, 1e300)
SHARES = st.floats(0, 1)


def read(text):
    """The number a reader takes from a text."""
    text = text.replace("−", "-").replace(THIN, "")
    mantissa, _, power = text.partition("·10")
    if not power and text.lstrip("-").startswith("10") and text[-1] in "⁰¹²³⁴⁵⁶⁷⁸⁹":
        mantissa, power = ("-1" if text[0] == "-" else "1"), text.lstrip("-").removeprefix("10")
    exponent = power.translate(LOWERED) if power else "0"
    return float(f"{mantissa}e{exponent}")


def digits(text):
    """How many significant digits a text has."""
    return len("".join(c for c in text.partition("·")[0] if c.isdecimal()).lstrip("0"))


@given(NUMBERS, st.integers(2, 12))
def test_a_number_is_read_again_within_its_rounding(value, wanted):
    text = number(value, wanted)
    assert read(text) == pytest.approx(value, rel=0.501 * 10 ** (1 - wanted), abs=0)
    written_out = re.fullmatch(r"−?[\d\u202f]+", text)  # whole: zeros hold the places
    assert digits(text) <= wanted or (
        written_out and read(text) == float(f"{value:.{wanted - 1}e}")
    )


@given(NUMBERS, st.integers(2, 12))
def test_no_zero_is_written_that_says_nothing(value, wanted):
    for text in (number(value, wanted), setting(value)):
        mantissa = text.partition("·")[0]
        assert not re.search(r"\.\d*0$|\.$", mantissa)
        assert not re.fullmatch(r"−?1·10.*|−0", text)


@given(NUMBERS, NUMBERS)
def test_a_larger_number_never_reads_as_a_smaller_one(a, b):
    low, high = sorted((a, b))
    assert read(number(low)) <= read(number(high))


@given(NUMBERS)
def test_a_setting_is_read_again_to_its_last_digit(value):
    assert read(setting(value)) == pytest.approx(value, rel=1e-11, abs=0)


@given(NUMBERS)
def test_every_text_has_a_true_minus_sign_and_no_exponent_of_a_computer(value):
    for text in (number(value), setting(value), count(value), point([value, -value])):
        assert not set(text) & set("-e")
    assert number(-value) == ("−" + number(value) if value > 0 else number(-value))


@given(NUMBERS, NUMBERS)
def test_two_numbers_are_told_apart_unless_they_are_equal(a, b):
    left, right = apart(a, b)
    assert (left == right) <= (a == b or math.isclose(a, b, rel_tol=1e-13))


@given(SHARES)
def test_nothing_and_all_are_said_only_of_nothing_and_all(share):
    text = percent(share)
    assert text.endswith(" %")
    assert (text == "0 %") == (share == 0)
    assert text.startswith("100 ") == (share == 1)
    if not text.startswith(("less", "more")):
        assert read(text.removesuffix(" %")) == pytest.approx(100 * share, rel=5.01e-3)


@given(st.integers(0, 10**15))
def test_a_count_has_no_digits_behind_the_point(n):
    text = count(n)
    assert n >= 10**6 or int(text.replace(THIN, "")) == n
    assert "." not in text.partition("·10")[0] or "·" in text


@given(st.floats(0, 1e9))
def test_an_estimate_of_steps_is_at_least_as_many_and_has_two_digits(steps):
    said = read(steps_in_words(steps).removeprefix("about ").partition(" step")[0])
    assert steps <= said <= 1.1 * steps + 1
    assert digits(str(round(said)).rstrip("0")) <= 2


def test_the_notation():
    measured = (
        0,
        5e-324,
        1.5e-4,
        0.5,
        -0.5,
        9.999,
        99.96,
        12_345,
        999_999,
        4.5e7,
        math.inf,
        math.nan,
    )
    assert [number(v) for v in measured] == [
        *("0", "4.94·10⁻³²⁴", "0.00015", "0.5", "−0.5", "10", "100", "12 300"),
        *("10⁶", "4.5·10⁷", "infinity", "not a number"),
    ]
    assert [setting(v) for v in (0.1364, 1e-6, -1e7, 2.5e-6, 0.5, 3, True, (50, 1000))] == [
        *("0.1364", "10⁻⁶", "−10⁷", "2.5·10⁻⁶", "0.5", "3", "yes", "50, 1000"),
    ]
    assert [percent(v) for v in (0, 1e-6, 0.02, 0.9996, 0.9999999, 1, 4.32)] == [
        *("0 %", "less than 0.001 %", "2 %", "99.96 %", "more than 99.999 %", "100 %"),
        "432 %",
    ]
    assert [chosen_percent(v) for v in (0.001, 0.02, 0.5)] == ["0.1 %", "2 %", "50 %"]
    assert point((-3, 1)) == "(−3, 1)"
    assert apart(1.364, 1.357142857) == ("1.364", "1.357")
    assert apart(2.0, 2.0000004) == ("2", "2.0000004")
    assert apart(3.0, 3.0) == ("3", "3")
    assert steps_in_words(math.inf) == "endlessly many steps"


@pytest.mark.parametrize("index", ["max", "min"])
def test_a_sentence_writes_an_index_as_the_symbol_of_the_glossary_does(index):
    """What somebody typed keeps its letters."""
    low = symbol(rf"\lambda_{{\mathrm{{{index}}}}}")
    assert indexed(f"2/λ_{index} of x_{index}") == f"2/{low} of x_{index}"
    assert indexed("λ_max") == symbol(SHARPNESS.tex)


def test_what_is_rounding_beside_another_coordinate_is_zero():
    assert point((-0.698, -2.3e-41)) == "(−0.698, 0)"
    assert point((1e-5, 2.0)) == "(10⁻⁵, 2)"
    assert point((3e-20, 0.0)) == "(3·10⁻²⁰, 0)"
