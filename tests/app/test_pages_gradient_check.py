"""The gradient-check page: verdict, link, code, and a function of the visitor's own."""

import pytest

from playground.words import number
from tests.app.test_pages import link, opened, printed

PAGE = "gradient_check"


def said(app):
    return " ".join(element.value for element in app.markdown)


def test_another_mistake_or_none_changes_the_verdict_and_the_link():
    app = opened(PAGE)
    assert "[caught]" in said(app)
    app.selectbox(key="gradient_check:bug").set_value("none").run()
    assert "[passes]" in said(app)
    app.selectbox(key="gradient_check:dropout").set_value("fresh masks").run()
    assert "[false alarm]" in said(app)
    assert "freeze the mask" in said(app)
    assert link(app) == {"bug": "none", "dropout": "fresh masks"}


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ({"bug": "factor 1.1", "regulariser": "1e+06"}, "The regulariser swallows it"),
        ({"regulariser": "0", "initialisation": "Zeros"}, "let the network learn a little"),
        ({"bug": "regulariser doubled", "regulariser": "0"}, "hardly counts"),
        ({"bug": "none", "precision": "float32"}, "check in float64"),
        ({"bug": "none", "activation": "ReLU", "points": "100", "h": "0.001"}, "across a kink"),
        ({"bug": "none", "h": "1e-12"}, "far from its best"),
    ],
)
def test_every_trap_is_named(query, reason):
    app = opened(PAGE, **query)
    assert reason.replace("-", "\\-") in said(app)
    assert link(app) == query


def test_the_code_gives_the_error_of_the_page(capsys):
    app = opened(PAGE, bug="transpose", h="0.001")
    out = printed(app, "gradient_check", capsys)
    verdict, error, *_ = out.split()
    assert verdict == "caught"
    assert f"relative error {number(float(error))}".replace(".", "\\.") in said(app)


def test_a_repaired_derivative_passes():
    app = opened(PAGE)
    assert "[wrong]" in said(app)
    app.text_input(key="gradient_check:dfdx").set_value("2*x + y*cos(x*y)").run()
    assert "[right]" in said(app)
    assert link(app) == {"dfdx": "2*x + y*cos(x*y)"}


@pytest.mark.parametrize("text", ["x^^2", "import os", ""])
def test_a_bad_formula_gets_a_sentence_and_the_last_good_one_stays(text):
    app = opened(PAGE, f="x*y", dfdx="", dfdy="")
    app.text_input(key="gradient_check:f").set_value(text).run()
    assert not app.exception
    assert len(app.error) == 1
    assert link(app)["f"] == "x*y"


def test_the_curves_can_be_of_the_network_and_of_your_function():
    for function in ("this network", "your function"):
        app = opened(PAGE, function=function)
        assert link(app) == {"function": function}
        assert not app.exception
