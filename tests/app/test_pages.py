"""Every page runs, with its links, its controls and bad input, without a browser."""

import pytest
from streamlit.testing.v1 import AppTest

from playground.topics.race import OPENING, SCENES, read
from tests.support.source import ROOT

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


def printed(app, page, capsys):
    """What the lines of a page print; they come when one opens what holds them."""
    assert not app.code
    app.session_state[f"code-{page}"] = True
    app.run()
    exec(app.code[0].value, {})
    return capsys.readouterr().out


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
    from playground.topics.race import write

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
    app.button(key="open-a").click()
    app.run()
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


def test_a_runner_opens_and_its_settings_are_kept_when_it_closes():
    app = opened("trajectories")
    app.button(key="open-d").click()
    app.run()
    app.select_slider(key="trajectories:d.Adam.lr").set_value(0.2)
    app.run()
    app.selectbox(key="trajectories:d.schedule").set_value("Cosine")
    app.run()
    app.button(key="open-d").click()
    app.run()
    assert not app.exception
    assert link(app) == {"d.lr": "0.2", "d.schedule": "Cosine"}


def test_what_would_fix_it_in_two_clicks():
    app = opened("trajectories", **{"a.lr": "0.025"})
    said = " ".join(m.value for m in app.markdown)
    assert "red-badge[diverged]" in said
    app.button(key="fix-a").click()
    app.run()
    app.button(key="apply-a-0").click()
    app.run()
    race, _ = read(link(app), OPENING)
    run = race.run(race.runners[0])
    assert run.f[-1] < 1e-3 * run.f[0]
    assert "red-badge" not in " ".join(m.value for m in app.markdown)


@pytest.mark.parametrize("view", ["Step microscope", "Modes", "Formulas and code", "Download"])
def test_every_view_of_every_kind_of_run_opens(view):
    """With a diverged, a noisy and a scheduled runner on it, and one that needs the Hessian."""
    query = {"a.lr": "0.03", "b": "Newton", "c": "RAdam", "d.schedule": "OneCycle", "noise": "0.1"}
    app = opened("trajectories", **query)
    app.session_state["view"] = view
    app.run()
    assert not app.exception


@pytest.mark.parametrize(
    "family", ["Optimizers", "Schedules", "Clipping", "Surfaces", "Activations", "Initialisations"]
)
def test_the_reference_holds_every_declared_thing(family):
    import playground as pg

    app = opened("reference")
    app.session_state["reference"] = family
    app.run()
    assert not app.exception
    headings = [heading.value for heading in app.header]
    assert headings == [c.label() for c in getattr(pg, family.removesuffix("s")).all.values()]


def test_the_reproducing_lines_reproduce():
    import playground as pg
    from playground.topics.race.panel.results import reproduce

    for scene in SCENES.values():
        for _, runner in scene.race.entries():
            scope = {name: getattr(pg, name) for name in pg.__all__}
            exec(reproduce(scene.race, runner), scope)
            assert (scope["run"].x == scene.race.run(runner).x).all()


def test_no_path_and_no_line_of_ours_is_ever_shown_to_a_visitor():
    import tomllib

    options = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())
    assert options["client"]["showErrorDetails"] == "none"
