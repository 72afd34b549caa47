"""A long run lets shorter ones through, and ends when nobody waits for it."""

import threading
import time
from types import SimpleNamespace

import pytest
from streamlit.runtime.scriptrunner import add_script_run_ctx, get_script_run_ctx
from streamlit.testing.v1 import AppTest

from playground.giving_way import give_way
from playground.ui import courtesy
from tests.support.courtesy import heard_by

WORK, WAITS = 40, 5
"""Slices of the long computation; looks after which the run beside it is done."""


class Diary:
    """What a long run did, and the run beside it."""

    def __init__(self):
        self.slices, self.waited, self.breaths = 0, [], []
        self.begun, self.over = threading.Event(), threading.Event()

    def begin(self, at_work):
        """A run that lasts until it is over, from the thread of the long one."""
        self.beside = threading.Thread(
            target=at_work, args=(self,), name=threading.current_thread().name
        )
        add_script_run_ctx(self.beside, get_script_run_ctx())
        self.beside.start()
        self.begun.wait()

    def sleep(self, seconds):
        """Instead of the clock's."""
        if seconds == courtesy.BREATH:
            self.breaths.append(self.slices)
            return
        self.waited.append(self.slices)
        if len(self.waited) == WAITS:
            self.end()

    def end(self):
        self.over.set()
        self.beside.join()


diary = Diary()


@pytest.fixture
def written(monkeypatch):
    """The diary of a run whose every slice is a whole one, and which is long from the start."""
    for name, value in (("LONG", 0.0), ("SLICE", 0.0), ("MOST", 60.0)):
        monkeypatch.setattr(courtesy, name, value)
    diary.__init__()
    clock = SimpleNamespace(monotonic=time.monotonic, thread_time=time.thread_time)
    clock.sleep = diary.sleep
    monkeypatch.setattr(courtesy, "time", clock)
    with heard_by(courtesy.courteous):
        yield diary


def run(beside):
    """A page that computes for long, slice by slice, beside another run."""

    def page(beside):
        import streamlit as st

        from playground.giving_way import give_way
        from tests.app.test_courtesy import BESIDE, WORK, diary

        diary.begin(BESIDE[beside])
        for _ in range(WORK):
            give_way()
            diary.slices += 1
        st.text("done")

    app = AppTest.from_function(page, args=(beside.__name__,), default_timeout=60).run()
    diary.end()
    assert app.text[0].value == "done"
    assert diary.slices == WORK


def short(diary):
    diary.begun.set()
    diary.over.wait()


def waiting(diary):
    """What another run computes, it waits for."""
    give_way(idle=True)
    short(diary)


BESIDE = {at_work.__name__: at_work for at_work in (short, waiting)}


def test_it_waits_while_a_shorter_run_is_at_work_and_goes_on_after_it(written):
    run(beside=short)
    assert written.waited == [0] * WAITS


def test_it_does_a_slice_now_and_then_however_long_the_shorter_ones_take(written, monkeypatch):
    monkeypatch.setattr(courtesy, "MOST", 0.0)
    run(beside=short)
    assert written.waited == []


def test_it_lies_still_for_a_moment_after_every_slice(written):
    """Else small arrays, for which NumPy lets the interpreter go too shortly, starve the rest."""
    run(beside=short)
    assert written.breaths == list(range(WORK))


def test_it_does_not_wait_for_one_that_waits_for_its_result(written):
    run(beside=waiting)
    assert written.waited == []


def test_a_run_whose_visitor_has_gone_ends_at_its_next_place(written):
    def gone():
        import streamlit as st
        from streamlit.runtime.scriptrunner import get_script_run_ctx

        from playground.giving_way import give_way
        from tests.app.test_courtesy import diary

        st.text("begun")
        get_script_run_ctx().script_requests.request_stop()
        give_way()
        diary.slices += 1

    app = AppTest.from_function(gone, default_timeout=60).run()
    assert app.text[0].value == "begun"
    assert written.slices == 0


def test_a_computation_outside_any_run_waits_for_nobody(written):
    """As in a notebook, or in a test."""
    written.begin(short)
    give_way()
    written.end()
    assert written.waited == written.breaths == []
