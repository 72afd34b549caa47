"""Tuning a learning rate, and the fairness of a race that it makes."""

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

import playground as pg
from playground.topics.race import OPENING, Conditions, Race, Runner
from playground.topics.race.panel.fairness import conditions, tuned
from playground.topics.race.tuning import candidates, tune
from playground.ui.session import KEY

# ---- tuning ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", pg.Optimizer.all)
@pytest.mark.parametrize("surface", [pg.Bowl(kappa=20.0), pg.Rosenbrock()], ids=repr)
def test_no_other_candidate_ends_lower(name, surface):
    optimizer = pg.Optimizer.all[name]()
    best, record = tune(surface, optimizer, steps=60, budget=15)
    ends = {
        lr: pg.simulate(surface, optimizer.replace(lr=lr), steps=60).f[-1]
        for lr in candidates(15).tolist()
    }
    finite = [f for f in ends.values() if np.isfinite(f)]
    assert ends[best.lr] <= min(finite) + record.rounding
    assert best == optimizer.replace(lr=best.lr)
    assert record.gradients == 15 * 60


def test_among_equals_the_first_to_arrive_wins():
    best, record = tune(pg.Booth(), pg.Newton(), steps=400, budget=57)
    level = record.excess <= record.rounding
    assert level.sum() > 3
    assert record.arrival[record.best] == record.arrival[level].min()
    assert best.lr == record.values[record.best]


def test_tuning_finds_the_optimal_step_of_gradient_descent():
    bowl = pg.Bowl(kappa=100.0)
    best, _ = tune(bowl, pg.GradientDescent(), start=(1.0, 1.0), steps=300)
    ratio = 10 ** (1 / 8)  # the grid's
    assert 2 / 101 / ratio < best.lr < 2 / 100


def test_without_a_minimum_the_lowest_loss_wins():
    best, record = tune(pg.Saddle(), pg.Rprop(), start=(1.0, 0.1), steps=50)
    assert record.excess[record.best] == record.excess.min() < 0
    assert not np.isfinite(record.arrival).any()
    assert best.lr > candidates()[0]


def test_when_nothing_stays_finite_the_optimizer_comes_back():
    wall = pg.Formula("exp(exp(exp(x*x))) + y*y")
    optimizer = pg.GradientDescent(lr=0.3)
    best, record = tune(wall, optimizer, start=(2.0, 1.0), steps=20)
    assert record.best is None
    assert best is optimizer


@pytest.mark.parametrize("budget", [1, 0, 2.5])
def test_a_senseless_budget_is_refused(budget):
    with pytest.raises(ValueError, match="budget must be a whole number"):
        tune(pg.Bowl(), pg.Adam(), budget=budget)


# ---- fairness -------------------------------------------------------------------------------


def test_every_runner_is_tuned_with_the_same_candidates():
    race = Race(
        pg.Bowl(kappa=50.0),
        (Runner(pg.GradientDescent()), None, Runner(pg.Adam())),
        conditions=Conditions(steps=60),
    )
    better = tuned(race)
    assert better.surface == race.surface
    assert [slot for slot, _ in better.entries()] == ["a", "c"]
    for (_, old), (_, new) in zip(race.entries(), better.entries(), strict=True):
        assert new.optimizer.lr in candidates()
        assert new == Runner(tune(race.surface, old.optimizer, race.begin, 60)[0])


def race_page():
    import streamlit as st

    from playground.topics.race import OPENING, read, write
    from playground.topics.race.panel import fairness
    from playground.ui import opened

    race = opened("trajectories", OPENING, read, lambda race: write(race, OPENING))
    st.markdown(fairness.conditions(race))
    fairness.button()


def test_the_button_tunes_all_runners_and_the_sentence_says_so():
    app = AppTest.from_function(race_page).run()
    assert "by hand" in app.markdown[0].value
    app.button[0].click().run()
    assert not app.exception
    race = app.session_state[KEY].sheet("trajectories").value
    assert race == tuned(OPENING)
    assert race != OPENING
    assert "every runner has the best of 57 learning rates" in app.markdown[0].value
    changed = race.with_runner("b", Runner(pg.Adam(lr=0.123)))
    app.session_state[KEY].put("trajectories", changed)
    app.run()
    assert "Adam η 0\\.123 set by hand; every other runner" in app.markdown[0].value


def test_the_sentence_names_rates_steps_and_tuning():
    race = Race(pg.Bowl(), (Runner(pg.Momentum(lr=0.0123)), Runner(pg.Newton())))
    said = conditions(race)
    assert "0.0123" in said
    assert "200 steps and 200 gradient evaluations" in said
    assert "Hessians" in said
    assert "by hand" in said
    assert conditions(Race(pg.Bowl(), ())) == ""
