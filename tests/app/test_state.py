"""The round link → controls → link: whose word counts when address and controls differ."""

import threading

import pytest
from streamlit.runtime.scriptrunner import ScriptRunContext, StopException
from streamlit.testing.v1 import AppTest

from playground.optimizers import Optimizer
from playground.ui.session import Session


def app():
    import streamlit as st

    from playground.optimizers import Optimizer
    from playground.ui import current, put, settings

    def give():
        put("probe", current("probe").replace(lr=0.3))

    st.button("give", on_click=give)
    rule = settings("probe", Optimizer.all["Momentum"]())
    st.text(rule.lr)
    st.text(rule.momentum)


@pytest.fixture
def visitor():
    """A page that was opened by a link and then had its slider moved."""
    at = AppTest.from_function(app, default_timeout=60)
    at.query_params["lr"] = "0.02"
    at.run()
    assert rate(at) == 0.02
    return move(at, "lr", 0.05)


def rate(at):
    assert not at.exception
    return float(at.text[0].value)


def slider(at, name):
    (found,) = [s for s in at.select_slider if str(s.key).partition("~")[0] == f"probe:{name}"]
    return found


def move(at, name, value):
    slider(at, name).set_value(value)
    return at.run()


@pytest.fixture
def in_history(monkeypatch):
    """Every run is asked for by a step in the browser's history."""
    back = property(lambda context: True, lambda context, value: None)
    monkeypatch.setattr(ScriptRunContext, "is_history_navigation", back)


def test_a_move_that_comes_with_an_address_written_over_meanwhile_counts(visitor):
    assert rate(visitor) == 0.05
    visitor.query_params["lr"] = "0.02"  # sent before the browser heard of 0.05
    assert rate(move(visitor, "lr", 0.1)) == 0.1
    assert visitor.query_params["lr"] == "0.1"
    visitor.query_params["lr"] = "0.05"  # and before it heard of 0.1
    assert rate(move(visitor, "lr", 0.2)) == 0.2


def test_an_address_that_nobody_navigated_to_is_an_echo(visitor):
    visitor.query_params["lr"] = "0.3"
    assert rate(visitor.run()) == 0.05
    assert visitor.query_params["lr"] == "0.05"


def test_an_address_is_written_again_while_an_older_one_may_be_on_its_way(visitor):
    visitor.query_params.clear()
    visitor.run()
    assert visitor.query_params["lr"] == "0.05"


def test_a_step_in_the_history_is_followed_at_once(visitor, in_history):
    visitor.query_params["lr"] = "0.02"
    assert rate(visitor.run()) == 0.02
    assert slider(visitor, "lr").value == 0.02


def test_an_empty_address_in_the_history_is_the_default(visitor, in_history):
    visitor.query_params.clear()
    assert rate(visitor.run()) == Optimizer.all["Momentum"]().lr
    assert not visitor.query_params


def test_a_given_value_makes_another_widget_and_leaves_the_others(visitor):
    before = {name: slider(visitor, name).key for name in ("lr", "momentum")}
    move(visitor, "momentum", 0.5)
    visitor.button[0].click().run()
    assert [float(text.value) for text in visitor.text] == [0.3, 0.5]
    assert slider(visitor, "lr").key != before["lr"]
    assert slider(visitor, "lr").value == 0.3
    assert slider(visitor, "momentum").key == before["momentum"]


def test_a_move_that_comes_with_a_press_counts_too(visitor):
    slider(visitor, "momentum").set_value(0.5)
    visitor.button[0].click().run()
    assert [float(text.value) for text in visitor.text] == [0.3, 0.5]


def test_an_exact_value_is_a_rung_that_stays_while_the_visitor_moves_away():
    at = AppTest.from_function(app, default_timeout=60)
    at.query_params["lr"] = "0.01234"
    at.run()
    assert "0.01234" in slider(at, "lr").options
    move(at, "lr", 0.02)
    assert "0.01234" in slider(at, "lr").options
    assert rate(move(at, "lr", 0.01234)) == 0.01234


def test_names_that_stand_twice_in_a_link_are_named():
    at = AppTest.from_function(app, default_timeout=60)
    at.query_params["lr"] = ["0.1", "0.2"]
    assert rate(at.run()) == 0.2
    assert "lr stands twice" in at.warning[0].value.replace("\\", "")


def test_a_run_that_was_overtaken_changes_nothing():
    mine = Session()
    mine.begin()
    mine.put("probe", 1)
    newer = threading.Thread(target=mine.put, args=("probe", 2))
    newer.start()
    newer.join()
    for late in (
        lambda: mine.keep("probe", 3, {}),
        lambda: mine.hold("probe:lr", 3),
    ):
        with pytest.raises(StopException):
            late()
    assert mine.value("probe") == 2
