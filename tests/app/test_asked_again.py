"""Whoever asks a page for what somebody has asked for before gets it without a computation."""

import pytest
from streamlit.testing.v1 import AppTest

from playground.shelf import SHELF
from playground.ui import chapters
from tests.app.test_pages import opened

ASKED = {
    "basins": {"steps": "200"},
    "batches": {"batch": "4", "lr": "0.1"},
    "dropout": {"keep_1": "0.6"},
    "gradient_check": {"bug": "sign", "function": "this network"},
    "hyperparameters": {"steps": "200"},
    "initialisation": {"depth": "20", "grow": "2"},
    "losses": {"wrong": "4", "first": "1"},
    "network": {"steps": "100"},
    "normalisation": {"centred": "0.5", "power": "0.5", "shift": "100"},
    "regularisation": {"degree": "5", "ridge": "0.1", "strength": "1", "decay": "1"},
}
"""Pages all of whose charts are shared."""
FRESH = {
    "basins": {"steps": "123"},
    "batches": {"lr": "0.0123"},
    "dropout": {"keep_1": "0.123"},
    "gradient_check": {"h": "0.00123"},
    "hyperparameters": {"steps": "123"},
    "initialisation": {"shrink": "0.123"},
    "losses": {"wrong": "6.123"},
    "network": {"steps": "123"},
    "normalisation": {"power": "0.123"},
    "regularisation": {"ridge": "0.0123"},
}
"""Settings of which nobody else thinks."""
asked = pytest.mark.parametrize(("page", "link"), ASKED.items(), ids=list(ASKED))


@asked
def test_what_somebody_has_asked_for_is_not_made_again(page, link, monkeypatch):
    opened(page, **link)
    there = len(SHELF)
    monkeypatch.setattr(chapters, "packed", pytest.fail)
    opened(page, **link)
    assert len(SHELF) == there


@pytest.mark.parametrize(("page", "link"), FRESH.items(), ids=list(FRESH))
def test_what_nobody_has_asked_for_is(page, link, monkeypatch):
    made, packed = [], chapters.packed
    monkeypatch.setattr(chapters, "packed", lambda figure: made.append(figure) or packed(figure))
    opened(page, **link)
    assert made


def blank(*, title):
    return {"data": [], "layout": {"title": {"text": title}, "height": 100}}


def test_figures_that_differ_in_a_keyword_alone_are_two():
    def page():
        from functools import partial

        from playground.ui.chapters import chart
        from tests.app.test_asked_again import blank

        for title in ("one", "other"):
            chart(partial(blank, title=title), title)

    shown = AppTest.from_function(page, default_timeout=60).run()
    assert [text.value for text in shown.markdown] == ["**one**", "**other**"]
