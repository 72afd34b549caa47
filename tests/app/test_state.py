"""The address of a page and its controls: whose word counts when they differ."""

import pytest
from streamlit.runtime.scriptrunner import ScriptRunContext
from streamlit.testing.v1 import AppTest


def app():
    import streamlit as st

    from playground.optimizers import Optimizer
    from playground.ui.state import settings

    st.text(settings("probe", Optimizer.all["GradientDescent"](lr=0.5)).lr)


@pytest.fixture
def visitor():
    """A page that was opened by a link and then had its slider moved."""
    at = AppTest.from_function(app)
    at.query_params["lr"] = "0.02"
    at.run()
    assert rate(at) == 0.02
    return move(at, 0.05)


def rate(at):
    assert not at.exception
    return float(at.text[0].value)


def move(at, lr):
    slider = next(s for s in [*at.slider, *at.select_slider] if str(s.key).startswith("probe:"))
    slider.set_value(lr).run()
    return at


def test_a_move_that_comes_with_an_address_written_over_meanwhile_counts(visitor):
    assert rate(visitor) == 0.05
    visitor.query_params["lr"] = "0.02"  # sent before the browser heard of 0.05
    assert rate(move(visitor, 0.1)) == 0.1
    assert visitor.query_params["lr"] == "0.1"
    visitor.query_params["lr"] = "0.05"  # and before it heard of 0.1
    assert rate(move(visitor, 0.2)) == 0.2


def test_a_new_link_is_followed(visitor):
    visitor.query_params["lr"] = "0.3"
    assert rate(visitor.run()) == 0.3


def test_a_link_seen_before_is_followed_once_the_browser_has_shown_a_newer_one(visitor):
    visitor.run()
    visitor.query_params["lr"] = "0.02"
    assert rate(visitor.run()) == 0.02


def test_going_back_in_the_history_is_followed_at_once(visitor, monkeypatch):
    back = property(lambda context: True, lambda context, value: None)
    monkeypatch.setattr(ScriptRunContext, "is_history_navigation", back)
    visitor.query_params["lr"] = "0.02"
    assert rate(visitor.run()) == 0.02
