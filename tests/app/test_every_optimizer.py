"""Writing a rule puts it into the menu, the link, the controls and the reference: a law."""

import pytest

import playground as pg
from playground.topics.race import OPENING, Runner, read, write
from tests.app.test_pages import link, opened
from tests.support.part import some

CONTROLS = "slider", "select_slider", "toggle", "checkbox"
every_name = pytest.mark.parametrize("name", some(pg.Optimizer.all, 3))


@every_name
def test_it_has_a_link(name):
    optimizer = pg.Optimizer.all[name](lr=0.25)
    race = OPENING.with_runner("a", Runner(optimizer))
    query = write(race, OPENING)
    assert query["a.lr"] == "0.25"
    assert read(query, OPENING) == (race, [])


@every_name
def test_it_is_in_the_menu_with_its_controls(name):
    app = opened("trajectories", e="Adam")
    app.button(key="open-e").click()
    app.run()
    menu = app.selectbox(key="trajectories:e")
    assert pg.Optimizer.all[name].label() in menu.options
    menu.set_value(name)
    app.run()
    assert not app.exception
    assert link(app)["e"] == name
    shown = {control.key for kind in CONTROLS for control in app.get(kind)}
    for p in pg.Optimizer.all[name].params():
        assert p.more or f"trajectories:e.{name}.{p.name}" in shown


def test_the_reference_has_them_all():
    app = opened("reference")
    headings = [heading.value for heading in app.header]
    assert {cls.label() for cls in pg.Optimizer.all.values()} <= set(headings)
    assert not app.exception


@pytest.mark.parametrize(("page", "slot"), [("trajectories", "a"), ("network", "optimizer")])
def test_where_no_step_is_too_large_no_page_crashes(page, slot):
    """Dampening 1, the right end of a slider: no new gradient enters, the limit is infinite."""
    query = {slot: "Momentum", f"{slot}.dampening": "1"}
    app = opened(page, **query)
    assert not app.exception
    assert link(app)[f"{slot}.dampening"] == "1"
