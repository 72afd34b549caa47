"""One notation for every number: what is printed is the number, in its digits, in its order."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.words import (
    apart,
    chosen_percent,
    count,
    number,
    percent,
    point,
    setting,
    steps_in_words,
)

LOWERED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
NUMBERS = st.floats(-1e300, 1e300)
SHARES = st.floats(0, 1)


def read(text):
    """The number a reader takes from a text."""
    text = text.replace("−", "-").replace(" ", "")
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
    assert value == 0 or digits(text) >= wanted


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
    assert "·" in text or int(text.replace(" ", "")) == n


@given(st.floats(0, 1e9))
def test_an_estimate_of_steps_is_at_least_as_many_and_has_two_digits(steps):
    said = int(steps_in_words(steps).split(maxsplit=1)[1].removesuffix("steps").replace(" ", ""))
    assert steps <= said <= 1.1 * steps + 1
    assert digits(str(said).rstrip("0")) <= 2


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
        *("0", "4.94·10⁻³²⁴", "0.000150", "0.500", "−0.500", "10.0", "100", "12 345"),
        *("1.00·10⁶", "4.50·10⁷", "infinity", "not a number"),
    ]
    assert [setting(v) for v in (0.1364, 1e-6, -1e7, 2.5e-6, 0.5, 3, True, (50, 100))] == [
        *("0.1364", "10⁻⁶", "−10⁷", "2.5·10⁻⁶", "0.5", "3", "yes", "50, 100"),
    ]
    assert [percent(v) for v in (0, 1e-6, 0.02, 0.9996, 0.9999999, 1, 4.32)] == [
        *("0 %", "less than 0.001 %", "2.00 %", "99.96 %", "more than 99.999 %", "100 %"),
        "432 %",
    ]
    assert [chosen_percent(v) for v in (0.001, 0.02, 0.5)] == ["0.1 %", "2 %", "50 %"]
    assert point((-3, 1)) == "(−3.00, 1.00)"
    assert apart(1.364, 1.357142857) == ("1.364", "1.357")
    assert apart(2.0, 2.0000004) == ("2.0000000", "2.0000004")
    assert apart(3.0, 3.0) == ("3.00", "3.00")
    assert steps_in_words(math.inf) == "endlessly many steps"
