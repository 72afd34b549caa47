"""The round link → controls → link: whose word counts when address and controls differ."""

import math
import threading

import pytest
import streamlit
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


class Told(dict):
    """Streamlit's state of one visitor, where the runs that are to stop hear it: these threads."""

    def __init__(self):
        self.stopped, self.patience = set(), math.inf

    def get(self, key, default=None):
        self.patience -= 1
        if threading.get_ident() in self.stopped or self.patience < 0:
            raise StopException
        return super().get(key, default)


@pytest.fixture
def told(monkeypatch):
    state = Told()
    monkeypatch.setattr(streamlit, "session_state", state)
    return state


def test_a_run_that_was_overtaken_changes_nothing(told):
    mine = Session()
    mine.begin()
    mine.put("probe", 1)
    told.stopped.add(threading.get_ident())
    newer = threading.Thread(target=mine.put, args=("probe", 2))
    newer.start()
    newer.join()
    for late in (
        mine.begin,
        lambda: mine.enter("probe"),
        lambda: mine.keep("probe", 3, {}),
        lambda: mine.hold("probe:lr", 3),
    ):
        with pytest.raises(StopException):
            late()
    assert mine.sheet("probe").value == 2


def test_the_newest_run_goes_on_whatever_the_one_before_still_does(told):
    mine, over = Session(), threading.Event()
    mine.begin()

    def before():
        told.stopped.add(threading.get_ident())
        with pytest.raises(StopException):
            mine.begin()
        over.set()

    older = threading.Thread(target=before)
    older.start()
    older.join()
    assert over.is_set()
    assert mine.hold("probe:lr", 3) == ("probe:lr", 3)


def test_a_run_that_ends_while_it_changes_something_has_changed_nothing(told):
    mine = Session()
    mine.put("probe", 1)
    names = [mine.hold(f"probe:{name}", 1)[0] for name in "abc"]
    mine.keep("probe", 1, {f"probe:{name}": 1 for name in "abc"})
    for told.patience in range(4):
        with pytest.raises(StopException):
            mine.keep("probe", 2, {f"probe:{name}": 2 for name in "abc"})
        told.patience = math.inf
        assert mine.sheet("probe").value == 1
        assert [mine.hold(f"probe:{name}", 1)[0] for name in "abc"] == names
