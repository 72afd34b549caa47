"""The panel that varies a number: what it offers, and that its link opens it."""

from playground.topics.race import OPENING, vary
from tests.app.test_pages import link, opened

RUNNER, NUMBER = "vary-runner", "vary-number"


def menu(app, key):
    (found,) = [box for box in app.selectbox if box.key.partition("~")[0] == key]
    return found


def open_panel(app):
    app.session_state["view"] = "Vary"
    app.run()
    assert not app.exception
    return app


def test_the_panel_offers_every_number_of_every_runner_and_writes_the_link():
    app = opened("trajectories")
    assert not [box for box in app.selectbox if box.key == RUNNER]
    open_panel(app)
    assert link(app) == {}
    menu(app, RUNNER).set_value("b").run()
    offered = [v.local for v in vary.numbers(OPENING, "b")]
    for local in offered:
        menu(app, NUMBER).set_value(local).run()
        assert not app.exception
        assert link(app) == {"vary": f"b.{local}"}
    menu(app, NUMBER).set_value("momentum").run()
    menu(app, RUNNER).set_value("d").run()
    assert link(app) == {"vary": "d.lr"}  # which has no such number
    menu(app, NUMBER).set_value("surface.kappa").run()
    menu(app, RUNNER).set_value("a").run()
    assert link(app) == {"vary": "a.surface.kappa"}


def test_a_link_opens_the_panel_with_what_it_says():
    app = opened("trajectories", vary="b.momentum")
    assert not app.warning
    assert (menu(app, RUNNER).value, menu(app, NUMBER).value) == ("b", "momentum")
    assert link(app) == {"vary": "b.momentum"}


def test_without_runners_it_says_so():
    query = dict.fromkeys("abcd", "none")
    app = open_panel(opened("trajectories", **query))
    assert any("Nobody runs yet" in info.value for info in app.info)
