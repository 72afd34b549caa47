"""Whatever a figure says by itself is said in the language of the visitor."""

import numpy as np
import pytest

import playground as pg
from playground.figures.animation import animate
from playground.figures.empty import nothing_of
from playground.figures.fields import field, path
from playground.figures.ground import draw_heights
from playground.figures.panels import axis, figure_of, line
from playground.figures.spoken import described, spoken
from playground.figures.strips import Strip, strips
from tests.support.abroad import abroad, plain_words

WAY = np.array([[0.0, 1.0, 2.0], [0.0, 1.0, 4.0]])
TRIALS = Strip("b", np.array([1.0, 2.0]), np.array([True, False]))


def meta(figure):
    return list(figure["layout"]["meta"].values())


def chart(y, **more):
    return figure_of([line([0, 1, 2], y, "", "#000000", **more)], axis("b"), axis("λ", log=True))


def hovers(figure):
    """What is read where a pointer rests, without what Plotly puts in."""
    read = [trace.get("hovertemplate", "").split("<extra>")[0] for trace in figure["data"]]
    return [words.split("%{")[0] for words in read] + [trace["name"] for trace in figure["data"]]


SAID = {
    "a line": lambda: meta(spoken(chart([1, 2, 3]))),
    "points": lambda: meta(spoken(chart([1, 2, 3]) | {"data": [POINTS]})),
    "cells": lambda: meta(spoken({"data": [CELLS], "layout": chart([1, 2, 3])["layout"]})),
    "cells alike": lambda: meta(spoken({"data": [ALIKE], "layout": chart([1, 2, 3])["layout"]})),
    "nothing": lambda: [nothing_of({"layout": {}}), nothing_of(NOTED)],
    "a path": lambda: hovers(field(None, path(WAY, "b", "#000000")[1:], "b", "λ")),
    "trials": lambda: hovers(strips([TRIALS], TRIALS.values, TRIALS.good, "λ", log=False)),
    "shades": lambda: [draw_heights(h, (0, 1, 0, 1)).scale for h in (FLAT, STEEP)],
    "an axis": lambda: [axis("λ", log=True)["title"]["text"]],
    "an animation": lambda: titles(animate(RUN, names=["b"])),
}
POINTS = {"type": "scatter", "mode": "markers", "x": [1, 2], "y": [5, 6]}
CELLS = {"type": "heatmap", "z": [[1, np.nan], [3, 2]]}
ALIKE = {"type": "heatmap", "z": [[1, np.nan], [1, 1]]}
NOTED = {"layout": {"annotations": [{"text": "λ = 2"}]}}
FLAT, STEEP = np.zeros((4, 4)), np.logspace(0, 8, 16).reshape(4, 4)
RUN = pg.simulate(pg.Bowl(), pg.GradientDescent(), steps=3)


def titles(figure):
    layout = figure.layout
    return [
        *(of.title.text for of in (layout.xaxis2, layout.yaxis2)),
        layout.sliders[0].currentvalue.prefix,
    ]


@pytest.mark.parametrize("make", SAID.values(), ids=SAID)
def test_no_word_of_a_figure_is_left_in_english(make):
    english, other = make(), abroad(make)
    assert english != other
    assert plain_words(" ".join(other).replace("<br>", " ")) == []


def test_the_name_of_a_chart_is_without_its_scale_in_any_language():
    name = abroad(lambda: spoken(chart([1, 2, 3])))["layout"]["meta"]["name"]
    assert [name.split()[0], name.split()[-1]] == ["λ", "b"]
    assert "(" not in name


def test_a_noun_keeps_its_capital_in_another_language():
    bars = {"type": "bar", "x": ["Bk", "Bv"], "y": [1, 2]}
    figure = {"data": [bars], "layout": {}}
    assert described(figure) == "Bk 1, bv 2."
    assert abroad(lambda: described(figure)) == "Bk 1, Bv 2."
