"""The label of a limit finds a place on every picture, whatever the numbers on it."""

from hypothesis import given
from hypothesis import strategies as st

from playground.figures.panels import Limit, axis, figure_of, line

ANY = st.floats(allow_nan=True, allow_infinity=True)


@given(st.lists(ANY, min_size=1, max_size=8), st.lists(ANY, max_size=3), st.booleans())
def test_a_limit_that_is_a_number_has_one_label(y, values, log):
    x = list(range(len(y)))
    limits = [Limit(value, "stable up to 2/λ", of) for value in values for of in ("x", "y")]
    layout = figure_of([line(x, y, "a", "#000000")], axis("t"), axis("f", log=log), limits)[
        "layout"
    ]
    drawn = [
        limit
        for limit in limits
        if abs(limit.value) < float("inf") and (limit.value > 0 or not log or limit.of == "x")
    ]
    assert len(layout["annotations"]) == len(layout["shapes"]) == len(drawn)
