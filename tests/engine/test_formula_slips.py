"""A slip is answered once: all that is wrong is named, and the corrected line means what it should.

What a line means is written beside it in Python and computed by NumPy.
"""

import math
import pickle

import numpy as np
import pytest

from playground.surfaces.formula import Formula, vocabulary
from playground.surfaces.formula.errors import FormulaError
from tests.support.refused import REFUSED
from tests.support.tables import rows

# What is typed, and what it means; blanks around the arrow do not count.
MEANT = rows("meant.txt")

# What is typed, and all it can mean.
AMBIGUOUS = rows("ambiguous.txt")

# What is typed, and a word of why no line is offered.
REFUSED_IN_WORDS = rows("refused_in_words.txt")

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


def test_the_corrected_line_means_what_was_meant():
    for text, expression in MEANT:
        error = answer(text)
        assert error.correction is not None, (text, error.readings)
        assert error.correction in str(error), text
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


def test_whatever_is_offered_is_accepted():
    for text in REFUSED:
        for line in answer(text).readings:
            assert Formula(line).text == line, text
            assert line.isascii(), text


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


@pytest.mark.parametrize("name", [*vocabulary.ALIASES, *vocabulary.MACROS])
def test_every_other_name_has_a_translation_and_a_hint_that_is_accepted(name):
    count = vocabulary.MACROS.get(name, (1,))[0]
    of_two = count == 2 or vocabulary.ALIASES.get(name) in ("atan2", "min", "max")
    error = answer(f"{name}(x, y)" if of_two else f"{name}(x)")
    assert error.correction
    if name in vocabulary.MACROS:
        assert error.slips[0].hint.endswith(f"write {error.correction}")
