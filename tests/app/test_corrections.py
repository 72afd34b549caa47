"""A formula slip is answered with the corrected line, which one press puts into the field."""

import pytest

from tests.app.test_pages import link, opened

FIELDS = [
    ("trajectories", {"surface": "Formula"}),
    ("basins", {"surface": "Formula"}),
    ("hyperparameters", {"surface": "Formula"}),
]


def field(app):
    """The field of the formula, whatever its turn."""
    return next(f for f in app.text_input if "Formula.text" in f.key)


def corrections(app):
    return [button for button in app.button if str(button.key).startswith("correct-")]


@pytest.mark.parametrize(("page", "query"), FIELDS, ids=[page for page, _ in FIELDS])
def test_one_press_takes_the_corrected_line_over(page, query):
    app = opened(page, **query)
    field(app).set_value("x1^2 + 3x2^2").run()
    (offer,) = corrections(app)
    assert "Write x\\*\\*2" in app.error[0].value
    offer.click().run()
    assert not app.exception
    assert not app.error
    assert field(app).value == "x**2 + 3*y**2"
    assert "x**2 + 3*y**2" in link(app).values()
    field(app).set_value("x**4 + y**2").run()  # what is typed next counts again
    assert not app.error
    assert field(app).value == "x**4 + y**2"
    assert "x**4 + y**2" in link(app).values()


@pytest.mark.parametrize("text", ["q + 1", "", "x +"])
def test_without_a_doubtless_correction_nothing_is_offered(text):
    app = opened("trajectories", surface="Formula")
    field(app).set_value(text).run()
    assert app.error
    assert corrections(app) == []


def test_the_window_of_a_formula_is_a_control_and_in_the_link():
    app = opened("trajectories", surface="Formula")
    window = next(f for f in app.text_input if "Formula.window" in f.key)
    window.set_value("-5, 10, 0, 15").run()
    assert not app.error
    assert link(app)["Formula.window"] == "-5,10,0,15"
    again = opened("trajectories", **link(app))
    assert next(f for f in again.text_input if "Formula.window" in f.key).value == "-5,10,0,15"
    next(f for f in again.text_input if "Formula.window" in f.key).set_value("3, 1").run()
    assert again.error
    assert not again.exception
