"""A log axis has ticks of its own, whatever its values are given as."""

import numpy as np
import pytest

from playground.figures.panels import axis, figure_of
from playground.figures.ticks import numeric

VALUES = [1e-8, 0.3, 20.0]
GIVEN = {
    "an array": np.array(VALUES),
    "a list": VALUES,
    "gaps": [*VALUES, None],
    "what is not finite": [*VALUES, np.nan, np.inf],
}


@pytest.mark.parametrize("given", GIVEN)
@pytest.mark.parametrize("letter", ["x", "y"])
def test_a_log_axis_has_our_ticks(given, letter):
    other = "y" if letter == "x" else "x"
    trace = {"type": "scatter", letter: GIVEN[given], other: list(range(len(GIVEN[given])))}
    axes = {letter: axis("value", log=True), other: axis("place")}
    layout = figure_of([trace], axes["x"], axes["y"])["layout"]
    assert layout[f"{letter}axis"]["ticktext"] == ["10⁻⁶", "10⁻³", "1"]


def test_names_are_no_numbers():
    assert numeric(["a", None]).tolist() == ["a", None]
    np.testing.assert_array_equal(numeric([1, None]), [1.0, np.nan])
