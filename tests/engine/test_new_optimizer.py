"""Adding an optimizer is writing its class: menu, link, reference and laws find it."""

from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

import playground as pg
from playground.declare import param
from playground.optimizers import NoState, Optimizer
from playground.topics.race import OPENING, Runner, read, write
from tests.app.test_pages import ROOT, link


@pytest.fixture
def newcomer():
    class SignDescent(Optimizer):
        """Step a fixed length in each coordinate, whatever the slope."""

        year = 2018
        source = "Bernstein et al. 2018, arXiv:1802.04434"
        equations = {"x": r"<x'> - <lr> <gain> \operatorname{sign} <g>"}

        lr: float = param(
            0.03, 1e-4, 1, r"\eta", "Length of a step.", scale="log", valid="(0, inf)"
        )
        gain: float = param(1.0, 0, 2, "k", "A factor on it.", valid="[0, inf)")

        def init(self, p: Any) -> NoState:
            return NoState()

        def rule(self, x: Any, g: Any, state: NoState, lr: Any) -> tuple[Any, NoState]:
            return x - lr * self.gain * np.sign(g), state

        def torch(self) -> str | None:
            return None

    yield SignDescent
    del Optimizer.all["SignDescent"]


def test_it_stands_in_the_register_by_year(newcomer):
    names = list(pg.Optimizer.all)
    assert names.index("AdamW") > names.index("Adam")
    assert pg.SignDescent is newcomer
    assert eval(repr(newcomer(gain=0.5)), {**vars(pg), "SignDescent": pg.SignDescent}) == newcomer(
        gain=0.5
    )


def test_it_simulates_alone_and_in_batches(newcomer):
    batch = pg.simulate(pg.Bowl(), newcomer(lr=[0.01, 0.03]), steps=20)
    assert np.array_equal(batch[1].x, pg.simulate(pg.Bowl(), newcomer(), steps=20).x)


def test_it_has_a_link(newcomer):
    race = OPENING.with_runner("a", Runner(newcomer(lr=0.5, gain=0.25)))
    query = write(race, OPENING)
    assert query == {"a": "SignDescent", "a.lr": "0.5", "a.gain": "0.25"}
    assert read(query, OPENING) == (race, [])


def test_it_is_in_the_menu_with_its_controls_and_in_the_reference(newcomer):
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60).run()
    app.switch_page("pages/trajectories.py").run()
    app.button(key="open-a").click()
    app.run()
    menu = app.selectbox(key="trajectories:a")
    assert "Sign Descent" in menu.options
    menu.set_value("SignDescent")
    app.run()
    app.slider(key="trajectories:a.SignDescent.gain").set_value(0.5)
    app.run()
    assert not app.exception
    assert link(app) == {"a": "SignDescent", "a.gain": "0.5"}
    app.switch_page("pages/reference.py").run()
    assert "Sign Descent" in [heading.value for heading in app.subheader]
    assert not app.exception
