"""Clipping on the Trajectories page: from the link to the run, the code and every view."""

import numpy as np
import pytest

import playground as pg
from playground.topics.race import OPENING, read
from playground.topics.race.panel.results import reproduce, torch_lines
from tests.app.test_pages import link, opened

QUERY = {"a": "Momentum", "a.lr": "0.03", "a.clip": "ClipNorm", "a.clip.max_norm": "0.5"}
VIEWS = ["Step microscope", "Modes", "Formulas and code", "Download"]


def the_race():
    race, problems = read(QUERY, OPENING)
    assert not problems
    return race


@pytest.mark.parametrize("view", VIEWS)
def test_a_link_with_a_clip_opens_in_every_view(view):
    app = opened("trajectories", **QUERY)
    app.session_state["view"] = view
    app.run()
    assert not app.exception
    assert r"clip norm 0\.5" in app.button(key="open-a").label


@pytest.mark.parametrize("name", pg.Clipping.all)
def test_it_is_in_the_menu_of_every_runner_with_its_controls(name):
    app = opened("trajectories")
    app.button(key="open-a").click()
    app.run()
    menu = app.selectbox(key="trajectories:a.clip")
    assert menu.value == next(iter(pg.Clipping.all))
    menu.set_value(name)
    app.run()
    assert not app.exception
    assert link(app).get("a.clip", menu.options[0].replace(" ", "")) == name
    shown = {control.key for control in app.select_slider}
    for p in pg.Clipping.all[name].params():
        assert f"trajectories:a.clip.{name}.{p.name}" in shown


def test_the_lines_of_code_clip_as_the_run_does():
    race = the_race()
    runner = race.runners[0]
    scope = {name: getattr(pg, name) for name in pg.__all__}
    exec(reproduce(race, runner), scope)
    assert np.array_equal(scope["run"].x, race.run(runner).x)
    assert scope["run"].clip == pg.ClipNorm(max_norm=0.5)
    assert "clip_grad_norm_(params, max_norm=0.5)" in torch_lines(race, runner)
    assert "clip" not in torch_lines(race, OPENING.runners[0])
