"""The pages of the maps, with their links and buttons."""

import pytest

import playground as pg
from playground.topics.race import OPENING, Conditions, Runner, read
from playground.ui.session import KEY
from tests.app.test_pages import link, opened
from tests.support.part import some


def press(app, label):
    next(b for b in app.button if b.label == label).click()
    app.run()


def words(app):
    return " ".join(element.value for element in app.markdown)


@pytest.mark.parametrize("name", some(pg.Optimizer.all, 3, 2))
def test_the_map_opens_for_every_optimizer(name):
    app = opened("hyperparameters", optimizer=name, cells="20", steps="50")
    assert not app.exception
    assert not app.warning
    assert "This run" in words(app)


@pytest.mark.parametrize("name", some(pg.Surface.all, 3))
def test_the_map_opens_for_every_surface(name):
    app = opened("hyperparameters", surface=name, cells="20", steps="30")
    assert not app.exception
    assert not app.warning


def test_the_second_parameter_is_one_of_the_optimizer():
    app = opened("hyperparameters", optimizer="Adam", other="beta2", cells="20", steps="50")
    menu = app.selectbox(key="hyperparameters:other.Adam")
    assert menu.value == "beta2"
    assert link(app)["other"] == "beta2"
    app.selectbox(key="hyperparameters:optimizer").set_value("Momentum").run()
    assert app.selectbox(key="hyperparameters:other.Momentum").value == "momentum"
    assert "other" not in link(app)
    assert not app.exception


def test_a_parameter_the_optimizer_does_not_have_is_named():
    app = opened("hyperparameters", other="beta7", cells="20", steps="50")
    (warning,) = app.warning
    assert "beta7" in warning.value
    assert "momentum stands in" in warning.value
    assert "other" not in link(app)


def test_a_range_that_runs_backwards_is_named():
    app = opened("hyperparameters", lr_low="0.5", lr_high="0.01")
    assert "below the highest" in app.warning[0].value


@pytest.mark.parametrize("colour", ["steps", "verdict"])
def test_the_buttons_open_exactly_that_run(colour):
    app = opened("hyperparameters", cells="20", colour=colour, **{"optimizer.lr": "0.015"})
    if colour == "verdict":
        assert "Verdicts: " in words(app)
    press(app, "Watch the best cell")
    press(app, "Watch this run")  # in place: the race is a choice of its own
    assert app.session_state[KEY].sheet("trajectories") is None
    press(app, "Open in the race")
    assert not app.exception
    race, _ = read(link(app), OPENING)
    assert race.entries() == [("a", Runner(pg.Momentum(lr=0.015)))]
    assert race.conditions == Conditions(steps=300)
    assert app.session_state[KEY].sheet("trajectories").value == race


@pytest.mark.parametrize("surface", ["TwoValleys", "Himmelblau", "Saddle", "Fork"])
@pytest.mark.parametrize("colour", ["minimum", "verdict"])
def test_the_basins_open(surface, colour):
    app = opened("basins", surface=surface, colour=colour, cells="20", steps="60")
    assert not app.exception
    assert not app.error


def test_both_runs_from_a_start_are_a_race():
    app = opened("basins", cells="20", steps="60")
    press(app, "Open in the race")
    race, _ = read(link(app), OPENING)
    assert race.begin == pg.TwoValleys.start
    assert len(race.entries()) == 2
