"""The initialisation page: verdict, link, and code that gives the numbers it shows."""

import pytest

from playground.topics.initialisation.settings import FirstBreath
from playground.topics.initialisation.verdict import outcome_of
from playground.topics.initialisation.words import full_matrix, gives_up
from tests.app.test_pages import link, opened, printed

PAGE = "initialisation"


def said(app):
    return " ".join(element.value for element in app.markdown)


def test_another_initialisation_changes_the_verdict_and_the_link():
    app = opened(PAGE)
    assert "[vanishing]" in said(app)
    app.selectbox(key="initialisation:initialisation").set_value("He").run()
    assert "[healthy]" in said(app)
    assert link(app) == {"initialisation": "He"}


@pytest.mark.parametrize(
    ("query", "label"),
    [
        ({"initialisation": "Zeros"}, "symmetric"),
        (
            {"activation": "Tanh", "initialisation": "Normal", "initialisation.std": "1"},
            "saturated",
        ),
        ({"activation": "Identity", "initialisation": "He"}, "exploding"),
        ({"activation": "Sigmoid"}, "vanishing"),
    ],
)
def test_a_link_opens_its_verdict(query, label):
    app = opened(PAGE, depth="30", width="50", **query)
    assert f"[{label}]" in said(app)
    assert link(app) == {"depth": "30", "width": "50", **query}


def test_the_code_gives_the_verdict_of_the_page(capsys):
    app = opened(PAGE, depth="20", width="60", activation="GELU")
    out = printed(app, "initialisation", capsys)
    state = FirstBreath(depth=20, width=60, activation=FirstBreath().activation.all["GELU"]())
    assert repr(outcome_of(state.measured())) in out


def test_training_shows_whether_the_verdict_held():
    app = opened(PAGE, depth="3", width="12", initialisation="He", steps="40", samples="32")
    next(b for b in app.button if b.label == "Train this network").click()
    app.run()
    assert not app.exception
    assert "so the network learned and the verdict “healthy” held" in said(app)
    app.run()  # it is remembered
    assert "held" in said(app)


def test_the_trained_network_is_this_one_as_far_as_the_budget_goes():
    assert FirstBreath().trained_width == FirstBreath().width
    wide = FirstBreath(width=500)
    assert wide.trained_width < 500
    assert "It is cut to" in said(opened(PAGE, width="500", depth="10"))


def test_the_products_of_the_lecture_notes():
    assert "float16 overflows from layer 28" in gives_up(1.5)
    assert "float32 is 0 from layer 150" in gives_up(0.5)
    words = full_matrix(FirstBreath())
    assert "2.59·10²⁶" in words
    assert "7.01·10⁻⁴⁶" in words
    assert "multiplies by 3 instead" in words


def test_a_signal_that_leaves_the_axis_is_named_with_its_layer():
    from playground.networks.initialisations import Normal, Zeros
    from playground.topics.initialisation.figures import flow

    def notes(s, way):
        figure = flow(s.predicted(), s.measured(), way)
        return [note["text"] for note in figure["layout"]["annotations"]]

    lost = FirstBreath(initialisation=Normal(std=1e-3))
    layer = int((lost.measured().forward == 0).argmax()) + 1
    assert layer > 1
    assert f"0 from layer {layer}" in notes(lost, "forward")
    back = int((lost.measured().backward == 0).nonzero()[0][-1]) + 1
    assert f"0 down from layer {back}" in notes(lost, "backward")
    assert "0 in every layer" in notes(FirstBreath(initialisation=Zeros()), "forward")
    grown = FirstBreath(initialisation=Normal(std=3.0), precision="float16")
    assert any(note.startswith("∞ from layer") for note in notes(grown, "forward"))


def test_an_overflow_is_exploding_and_does_not_fall_silent():
    from playground.networks.activations import Activation
    from playground.networks.initialisations import Normal

    for name in ("ReLU", "LeakyReLU", "Identity", "GELU"):
        s = FirstBreath(
            activation=Activation.all[name](), initialisation=Normal(std=3.0), precision="float16"
        )
        found = s.measured()
        first = int((found.forward == float("inf")).argmax())
        assert (found.forward[first:] == float("inf")).all(), name
        assert outcome_of(found).label == "exploding", name
