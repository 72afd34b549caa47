"""A figure says in words what it draws, without the marks of typesetting."""

import numpy as np
import pytest

from playground.figures.panels import axis, figure_of, line
from playground.figures.spoken import described, spoken, unmarked


def figure(*traces, x="updates", y="loss"):
    return figure_of(traces, axis(x), axis(y, log=True))


def test_a_line_tells_its_ends_and_its_reach():
    drawn = figure(line([0, 1, 2, 3], [4, np.nan, 0.5, 2], "momentum", "#000000"))
    assert described(drawn) == (
        "Across: updates. Up: loss (log). momentum: from 4 to 2, lowest 0.5, highest 4."
    )


def test_few_bars_are_told_one_by_one_and_many_by_their_reach():
    few = {"type": "bar", "x": ["train", "dev"], "y": [1, 2.5]}
    assert described({"data": [few], "layout": {}}) == "Train 1, dev 2.5."
    lying = {"type": "bar", "orientation": "h", "y": ["train", "dev"], "x": [1, 2.5]}
    assert described({"data": [lying], "layout": {}}) == described({"data": [few], "layout": {}})
    many = {"type": "bar", "name": "b", "x": np.arange(30), "y": np.arange(30.0)}
    assert described({"data": [many], "layout": {}}) == "b: from 0 to 29, lowest 0, highest 29."


def test_cells_and_points():
    cells = {"type": "heatmap", "name": "arrived", "z": [[1, np.nan], [3, 2]]}
    points = {"type": "scatter", "mode": "markers", "name": "hit", "x": [1, 2], "y": [5, 6]}
    silent = points | {"hoverinfo": "skip"}
    told = described({"data": [cells, points, silent], "layout": {}})
    assert told == "arrived: 3 cells from 1 to 3. hit: 2 points, lowest 5, highest 6."


def test_the_name_is_the_one_given_or_what_is_drawn_over_what():
    assert spoken(figure(), "The <b>end</b>")["layout"]["meta"]["name"] == "The end"
    assert spoken(figure())["layout"]["meta"]["name"] == "loss over updates"
    with pytest.raises(ValueError, match="without a name"):
        spoken(figure(x=""))


def test_nothing_of_a_figure_is_changed_but_what_it_says_of_itself():
    before = figure(line([0, 1], [1, 2], "a", "#000000"))
    after = spoken(before, "a line")
    assert "meta" not in before["layout"]
    assert after["data"] is before["data"]
    assert {k: v for k, v in after["layout"].items() if k != "meta"} == before["layout"]


def test_marks_of_typesetting_are_not_read_out():
    assert unmarked("x<sub>1</sub>, **bold** and `code`<br>below") == "x 1 , bold and code below"
