"""What the server writes of what goes wrong: one line, and nothing of whom it met."""

import io
import json
import logging

import pytest
import streamlit as st

from playground.ui import logbook
from playground.ui.logbook import LOG, REPORTING, Seldom, note, open_logbook, page_shown
from playground.ui.say import complain
from tests.app.test_corrections import field
from tests.app.test_pages import opened

SECRET = "SECRET-42"
REPORTER = logging.getLogger(REPORTING[0])


class Clock:
    """A clock that is set by hand."""

    now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(logbook, "SELDOM", Seldom(clock))
    return clock


@pytest.fixture
def lines(clock):
    """What was written since it was asked last, line by line."""
    loggers = [LOG, *map(logging.getLogger, REPORTING)]
    before = [(one, one.handlers[:], one.filters[:], one.level, one.propagate) for one in loggers]
    open_logbook()
    page = io.StringIO()
    LOG.handlers[0].setStream(page)

    def written():
        text = page.getvalue()
        page.seek(0)
        page.truncate()
        return [json.loads(line) for line in text.splitlines()]

    yield written
    for one, handlers, filters, level, propagate in before:
        one.handlers[:], one.filters[:] = handlers, filters
        one.setLevel(level)
        one.propagate = propagate


def fail():
    raise ValueError(f"no formula: {SECRET}")


def report(failing=fail):
    """As Streamlit does when a page raises."""
    try:
        failing()
    except Exception as error:
        REPORTER.error("Uncaught app execution of %s", SECRET, exc_info=error)


def test_an_error_is_one_line_without_what_it_says(lines, monkeypatch):
    monkeypatch.setattr(logbook, "OURS", ("tests",))
    report()
    (line,) = lines()
    assert SECRET not in json.dumps(line)
    assert line["level"] == line["event"] == "error"
    assert line["error"] == "ValueError"
    at = fail.__code__.co_firstlineno + 1
    assert line["lines"][-1] == f"tests.app.test_logbook:{at}"
    assert line.keys() == {"time", "level", "event", "page", "error", "lines", "place", "times"}


def test_an_error_of_a_library_is_told_by_its_innermost_line(lines):
    report(lambda: json.loads(SECRET))
    (line,) = lines()
    assert line["lines"][0].startswith("json.decoder:")


@pytest.mark.parametrize("name", REPORTING)
def test_a_report_without_an_exception_is_told_by_its_place_only(lines, name):
    logging.getLogger(name).warning('%s - "GET /?a=%s"', "10.0.0.7", SECRET)
    logging.getLogger(name).info("%s is here", SECRET)
    (line,) = lines()
    assert line["event"] == "report"
    assert line["lines"][0].startswith(f"{name}:")
    assert SECRET not in json.dumps(line)
    assert "10.0.0.7" not in json.dumps(line)


def test_what_comes_again_is_counted_and_told_now_and_then(lines, clock):
    for _ in range(100):
        report()
    (first,) = lines()
    assert first["times"] == 1
    assert logbook.SELDOM.untold() == {first["place"]: 99}
    clock.now += logbook.SILENCE
    report()
    (second,) = lines()
    assert (second["place"], second["times"]) == (first["place"], 100)
    assert logbook.SELDOM.untold() == {}
    assert logbook.SELDOM.errors == 101


def test_another_place_or_another_class_of_error_is_told_at_once(lines):
    report()
    report(lambda: [][1])
    report(lambda: {}[1])
    told = lines()
    assert [line["error"] for line in told] == ["ValueError", "IndexError", "KeyError"]
    assert len({line["place"] for line in told}) == 3


def test_only_so_many_places_are_known_again(lines):
    for i in range(logbook.PLACES + 10):
        note("error", place=str(i))
        note("error", place=str(i))
    assert len(logbook.SELDOM.untold()) == logbook.PLACES
    assert len(lines()) == logbook.PLACES + 10


def test_the_page_is_told_by_our_name_for_it(monkeypatch):
    assert page_shown() == ""
    monkeypatch.setattr(logbook, "get_script_run_ctx", lambda suppress_warning: object())
    for address, name in {
        "http://x/y/trajectories": "trajectories",
        "http://x/": "",
        f"http://x/{SECRET}": "",
        "http://x/" + "a" * 5000: "",
        None: "",
    }.items():
        monkeypatch.setattr(type(st.context), "url", address)
        assert page_shown() == name


def test_a_formula_that_is_refused_is_noted_without_its_text(lines):
    app = opened("trajectories", surface="Formula")
    field(app).set_value(f"x + {SECRET}").run()
    assert app.error
    (line,) = lines()
    assert (line["event"], line["level"], line["error"]) == ("refused", "info", "FormulaError")
    assert line["lines"][-1].startswith("playground.surfaces.formula.")
    assert SECRET not in json.dumps(line)


def test_a_complaint_is_a_line_and_no_error(lines, monkeypatch):
    monkeypatch.setattr(st, "error", lambda _: None)
    complain(ValueError(SECRET))
    (line,) = lines()
    assert (line["event"], line["level"], line["error"]) == ("refused", "info", "ValueError")
    assert SECRET not in json.dumps(line)
    assert logbook.SELDOM.errors == 0


def test_the_streams_of_a_process_without_a_server_are_left_alone(capsys):
    note("refused", place="here")
    assert capsys.readouterr().err == ""
