"""Every page runs, with its links, its controls and bad input, without a browser."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from playground.race import read
from playground.scenes import OPENING, SCENES

ROOT = Path(__file__).parents[1]
PAGES = sorted((ROOT / "pages").glob("*.py"))


def opened(page="", **query):
    """The app with a page open at a link, run once."""
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
    app.run()
    if page:
        app.switch_page(f"pages/{page}.py")
        for name, value in query.items():
            app.query_params[name] = value
        app.run()
    assert not app.exception
    return app


def link(app):
    """The query of the address, one text a name."""
    values = dict(app.query_params)
    return {name: v if isinstance(v, str) else v[0] for name, v in values.items()}


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_every_page_opens(page):
    app = opened(page.stem)
    assert not app.error
    assert not app.warning


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_every_page_names_what_it_does_not_understand(page):
    app = opened(page.stem, nonsense="1")
    said = " ".join(element.value for element in [*app.warning, *app.info])
    if page.stem not in ("home", "reference"):  # these two have no state
        assert "nonsense" in said


@pytest.mark.parametrize("slug", SCENES)
def test_every_scene_opens_from_its_link(slug):
    from playground.race import write

    query = write(SCENES[slug].race, OPENING)
    app = opened("trajectories", **query)
    assert link(app) == query
    assert SCENES[slug].watch in " ".join(m.value for m in app.markdown)


def test_a_control_writes_the_link_and_the_default_leaves_it():
    app = opened("trajectories")
    kappa = app.select_slider(key="trajectories:surface.Bowl.kappa")
    kappa.set_value(50.0)
    app.run()
    assert link(app) == {"Bowl.kappa": "50"}
    app.select_slider(key="trajectories:surface.Bowl.kappa").set_value(100.0)
    app.run()
    assert link(app) == {}


def test_runners_come_and_go():
    app = opened("trajectories")
    next(b for b in app.button if b.label == "Add a runner").click()
    app.run()
    assert link(app) == {"e": "Adam"}
    app.button(key="remove-a").click()
    app.run()
    assert link(app) == {"a": "none", "e": "Adam"}
    race, _ = read(link(app), OPENING)
    assert [slot for slot, _ in race.entries()] == list("bcde")


def test_the_state_survives_another_page():
    app = opened("trajectories")
    app.select_slider(key="trajectories:surface.Bowl.kappa").set_value(50.0)
    app.run()
    app.switch_page("pages/reference.py")
    app.query_params.clear()
    app.run()
    app.switch_page("pages/trajectories.py").run()
    assert link(app) == {"Bowl.kappa": "50"}


@pytest.mark.parametrize("text", ["x^^2", "2 +", "import os", "1/0*zz", ""])
def test_a_bad_formula_gets_a_sentence_and_the_last_good_one_stays(text):
    app = opened("trajectories", surface="Formula", **{"Formula.text": "x**2 + 9*y**2"})
    app.text_input(key="trajectories:surface.Formula.text").set_value(text)
    app.run()
    assert not app.exception
    assert len(app.error) == 1
    assert link(app)["Formula.text"] == "x**2 + 9*y**2"
    assert app.text_input(key="trajectories:surface.Formula.text").value == text


def test_a_value_outside_the_slider_is_kept_exactly():
    app = opened("trajectories", **{"a.lr": "3.7e-7", "Bowl.angle": "123.25"})
    assert link(app) == {"a.lr": "3.7e-07", "Bowl.angle": "123.25"}
    assert not app.warning
