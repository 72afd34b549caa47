"""Axes on which nothing can be drawn are not shown, and one point alone is seen."""

import numpy as np

from playground.figures.empty import empty, nothing_of
from playground.figures.panels import Limit, axis, figure_of, line

NOTHING = [np.nan, np.inf, -np.inf]


def figure(y, log=False, limits=()):
    return figure_of([line([1, 2, 3], y, "a", "#000000")], axis("t"), axis("f", log=log), limits)


def test_a_figure_is_empty_where_its_axes_can_show_no_value():
    assert empty(figure(NOTHING))
    assert empty(figure([0.0, -1.0, np.nan], log=True))
    assert not empty(figure([0.0, -1.0, np.nan]))
    assert not empty(figure([np.nan, 2.0, np.nan], log=True))
    assert empty({"data": [], "layout": {}})


def test_what_is_said_in_its_place_is_why():
    why = figure(NOTHING, limits=[Limit(1, "0 in every layer", "x")])
    assert nothing_of(why) == "Nothing to draw: 0 in every layer."
    assert nothing_of(figure(NOTHING)) == "Nothing to draw."


def test_a_line_of_one_point_is_a_dot():
    alone, two = (figure([np.nan, 2.0, y])["data"][0] for y in (np.nan, 3.0))
    assert alone["mode"] == "lines+markers"
    assert two["mode"] == "lines"
