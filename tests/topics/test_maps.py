"""The maps: tuning, theory's border, random trials, figures, and both pages with their links."""

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

import playground as pg
from playground.diagnosis import OUTCOMES, diagnose
from playground.figures.ruler import Ruler
from playground.figures.strips import stretches
from playground.figures.theme import CELLS
from playground.topics.maps.border import agreement, border, why_no_border
from playground.topics.maps.dropout_rate import EXAMPLES, FEATURES, NOISE, dropout_rates
from playground.topics.maps.layers import basin_layers, sweep_layers, verdict_layers
from playground.topics.maps.search import HIGH, LOW, hit_chance, random_values, scan_rates, spend
from playground.topics.maps.settings import BasinMap, HyperparameterMap, seconds_of
from playground.topics.maps.sweep import sweep, values_of
from playground.topics.maps.verdicts import verdicts
from playground.topics.race import OPENING, Conditions, Race, Runner, read, write
from playground.topics.race.panel.fairness import line, tuned
from playground.topics.race.tuning import candidates, tune
from playground.ui.session import KEY
from tests.app.test_pages import link, opened

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


# ---- theory's border ------------------------------------------------------------------------

MEMORIES = np.array([0.0, 0.5, 0.9, 0.99])


@pytest.mark.parametrize(
    ("name", "limit"),
    [("Momentum", 2 * (1 + MEMORIES)), ("Nesterov", 2 * (1 + MEMORIES) / (1 + 2 * MEMORIES))],
)
def test_the_border_is_the_limit_over_the_curvature(name, limit):
    edge = border(pg.Bowl(kappa=100.0), pg.Optimizer.all[name](), "momentum", MEMORIES)
    np.testing.assert_allclose(edge, limit / 100, rtol=1e-12)


@pytest.mark.parametrize("name", ["GradientDescent", "Momentum", "Nesterov"])
def test_a_bowl_is_measured_as_theory_says(name):
    optimizer, bowl = pg.Optimizer.all[name](), pg.Bowl(kappa=100.0)
    other = seconds_of(optimizer)[0]
    values = np.linspace(0, 0.95, 12)
    edge = border(bowl, optimizer, other, values)
    rates = np.concatenate(
        [np.geomspace(0.002, 0.9 * edge.min(), 8), np.geomspace(1.1 * edge.max(), 1, 8)]
    )
    measured = sweep(bowl, optimizer, "lr", rates, other, values, steps=1500)
    found = agreement(measured, edge)
    assert found == (1.0, 1.0)
    assert np.isfinite(measured.steps_to).any()


def test_agreement_counts_cells_row_by_row():
    measured = sweep(
        pg.Bowl(kappa=100.0), pg.Momentum(), "lr", [0.001, 0.1], "momentum", [0.0, 0.9], steps=50
    )
    everything_diverges_early = agreement(measured, np.array([1.0, np.nan]))
    assert everything_diverges_early.stable == 0.5
    assert np.isnan(everything_diverges_early.thrown)


@pytest.mark.parametrize("name", pg.Optimizer.all)
def test_a_border_is_drawn_or_its_absence_explained(name):
    optimizer = pg.Optimizer.all[name]()
    other = seconds_of(optimizer)[0]
    edge = border(pg.Bowl(), optimizer, other, values_of(optimizer, other, 5))
    assert np.isfinite(edge).all() == (why_no_border(pg.Bowl(), optimizer) is None)
    assert "no minimum" in why_no_border(pg.Saddle(), optimizer)


# ---- random trials --------------------------------------------------------------------------


@pytest.mark.parametrize("scale", ["log", "linear"])
def test_the_probability_of_a_hit_is_the_share_of_many_draws(scale):
    bowl, optimizer = pg.Bowl(kappa=5.0), pg.GradientDescent()
    scan = scan_rates(bowl, optimizer, 0.01, steps=60)
    values = random_values(scale, LOW, HIGH, 200_000, seed=3)
    low, high = scan.band
    share = np.mean((values >= low) & (values <= high))
    assert share > 0.01
    assert hit_chance(scan, scale) == pytest.approx(share, rel=0.03)


def test_a_budget_is_spent_on_single_runs():
    done = spend(pg.Rosenbrock(), pg.Adam(), "log", 0.5, steps=80, trials=4, repeats=3, seed=7)
    lowest = np.array(
        [
            [pg.simulate(pg.Rosenbrock(), pg.Adam(lr=lr), steps=80).f.min() for lr in row]
            for row in done.values.tolist()
        ]
    )
    np.testing.assert_array_equal(done.good, lowest <= 0.5)


def test_dropout_is_ridge_and_its_error_the_distance_to_the_truth():
    rates = dropout_rates(0.1, 0.9, 9, seed=4)
    rng = np.random.default_rng(4)
    x = rng.standard_normal((EXAMPLES, FEATURES))
    y = x @ np.ones(FEATURES) + NOISE * rng.standard_normal(EXAMPLES)
    r = rates.values[3]
    # The expected loss over masks, as least squares with one more row per feature.
    more = np.diag(np.sqrt(r / (1 - r)) * np.linalg.norm(x, axis=0))
    w = np.linalg.lstsq(np.vstack([x, more]), np.append(y, np.zeros(FEATURES)), rcond=None)[0]
    fresh = np.random.default_rng(0).standard_normal((200_000, FEATURES))
    noise = NOISE * np.random.default_rng(1).standard_normal(200_000)
    error = np.mean((fresh @ (w - 1) - noise) ** 2)
    assert rates.error[3] == pytest.approx(error, rel=0.02)
    low, high = rates.band
    assert (rates.good == ((rates.values >= low) & (rates.values <= high))).all()


# ---- figures --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "scale"),
    [
        (np.geomspace(1e-4, 1, 50), "log"),
        (np.linspace(0, 3, 50), "linear"),
        (1 - np.geomspace(1, 1e-3, 50), "decay"),
    ],
)
def test_a_ruler_finds_its_own_values(values, scale):
    ruler = Ruler(values, scale)
    np.testing.assert_allclose(ruler.place(values), np.arange(50), atol=1e-9)
    ticks = ruler.ticks()
    assert len(ticks) >= 3
    assert values[0] <= ticks.min() < ticks.max() <= values[-1] * (1 + 1e-9)


@pytest.mark.parametrize("name", pg.Optimizer.all)
def test_every_cell_has_exactly_one_colour(name):
    s = HyperparameterMap(surface=pg.Rosenbrock(), optimizer=pg.Optimizer.all[name](), cells=12)
    x, y = s.rulers()
    measured = sweep(s.surface, s.optimizer, "lr", x.values, s.second, y.values, steps=40)
    coloured = sum(np.isfinite(layer.z) for layer in sweep_layers(measured))
    assert (coloured == 1).all()


def test_every_start_has_exactly_one_colour_even_with_more_minima_than_colours():
    from playground.topics.maps.basins import basins

    measured = basins(
        pg.Rastrigin(),
        pg.GradientDescent(lr=0.002),
        np.linspace(-4, 4, 13),
        np.linspace(-4, 4, 13),
        steps=60,
    )
    coloured = sum(np.isfinite(layer.z) for layer in basin_layers(measured, 60))
    assert (coloured == 1).all()


def test_every_outcome_has_a_colour_of_its_own():
    assert {outcome.colour for outcome in OUTCOMES} == CELLS.keys()
    assert len(set(CELLS.values())) == len(OUTCOMES)
    found = np.arange(len(OUTCOMES))[None]
    assert [int(np.flatnonzero(np.isfinite(layer.z[0]))[0]) for layer in verdict_layers(found)] == (
        list(range(len(OUTCOMES)))
    )


def test_stretches_hold_the_good_values_and_nothing_else():
    values = np.arange(10.0)
    good = np.array([1, 1, 0, 0, 1, 0, 1, 1, 1, 0], dtype=bool)
    assert stretches(values, good) == [(0, 1), (4, 4), (6, 8)]
    assert stretches(values, np.zeros(10, dtype=bool)) == []


def test_verdicts_do_not_depend_on_how_the_descents_are_cut(monkeypatch):
    from playground.topics.maps import verdicts as module

    batch = pg.Momentum(lr=np.geomspace(1e-3, 0.1, 7), momentum=np.array([[0.0], [0.9]]))
    whole = verdicts(pg.Bowl(), batch, steps=120)
    shares = []
    monkeypatch.setattr(module, "POINTS", 3 * 121)
    cut = verdicts(pg.Bowl(), batch, steps=120, progress=shares.append)
    np.testing.assert_array_equal(whole, cut)
    assert whole.shape == (2, 7)
    assert shares == sorted(shares)
    assert shares[-1] == 1
    single = diagnose(pg.simulate(pg.Bowl(), pg.Momentum(lr=0.1, momentum=0.9), steps=120))
    assert OUTCOMES[whole[1, -1]] == single.outcome == "diverged"


# ---- a cell is a run ------------------------------------------------------------------------


@pytest.mark.parametrize("name", pg.Optimizer.all)
def test_the_link_of_a_cell_is_exactly_that_run(name):
    s = HyperparameterMap(surface=pg.Bowl(kappa=30.0), optimizer=pg.Optimizer.all[name](), cells=9)
    x, y = s.rulers()
    measured = sweep(s.surface, s.optimizer, "lr", x.values, s.second, y.values, steps=s.steps)
    lr, second = float(x.values[4]), float(y.values[2])
    race, problems = read(write(s.race(lr, second), OPENING), OPENING)
    assert not problems
    (run,) = race.runs().values()
    assert run.surface == s.surface
    assert run.optimizer == s.optimizer.replace(**{"lr": lr, s.second: second})
    steps = measured.steps_to[2, 4]
    if np.isfinite(steps):
        assert int(np.argmax(run.f <= measured.target)) == steps
    else:
        assert not (run.f <= measured.target).any()


def test_the_link_of_a_start_holds_both_runs():
    s = BasinMap()
    x, y = s.starts()
    race, problems = read(write(s.race(float(x[3]), float(y[50])), OPENING), OPENING)
    assert not problems
    assert race.begin == (x[3], y[50])
    assert [runner.optimizer for _, runner in race.entries()] == [s.first, s.second]
    assert race.conditions.steps == s.steps


# ---- pages ----------------------------------------------------------------------------------


def words(app):
    return " ".join(element.value for element in app.markdown)


@pytest.mark.parametrize("name", pg.Optimizer.all)
def test_the_map_opens_for_every_optimizer(name):
    app = opened("hyperparameters", optimizer=name, cells="20", steps="50")
    assert not app.exception
    assert not app.warning
    assert "This run" in words(app)


@pytest.mark.parametrize("name", pg.Surface.all)
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
    next(b for b in app.button if b.label == "Watch this run").click()
    app.run()
    assert not app.exception
    race, _ = read(link(app), OPENING)
    assert race.entries() == [("a", Runner(pg.Momentum(lr=0.015)))]
    assert race.conditions == Conditions(steps=300)
    assert app.session_state[KEY].value("trajectories") == race


@pytest.mark.parametrize("surface", ["TwoValleys", "Himmelblau", "Saddle", "Fork"])
@pytest.mark.parametrize("colour", ["minimum", "verdict"])
def test_the_basins_open(surface, colour):
    app = opened("basins", surface=surface, colour=colour, cells="20", steps="60")
    assert not app.exception
    assert not app.error


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
    st.markdown(fairness.line(race))
    fairness.button()


def test_the_button_tunes_all_runners_and_the_sentence_says_so():
    app = AppTest.from_function(race_page).run()
    assert "by hand" in app.markdown[0].value
    app.button[0].click().run()
    assert not app.exception
    race = app.session_state[KEY].value("trajectories")
    assert race == tuned(OPENING)
    assert race != OPENING
    assert "every runner has the best of 57 learning rates" in app.markdown[0].value
    changed = race.with_runner("b", Runner(pg.Adam(lr=0.123)))
    app.session_state[KEY].put("trajectories", changed)
    app.run()
    assert "Adam lr 0\\.123 set by hand; every other runner" in app.markdown[0].value


def test_the_sentence_names_rates_steps_and_tuning():
    race = Race(pg.Bowl(), (Runner(pg.Momentum(lr=0.0123)), Runner(pg.Newton())))
    said = line(race)
    assert "0.0123" in said
    assert "200 steps and 200 gradient evaluations" in said
    assert "Hessians" in said
    assert "by hand" in said
    assert line(Race(pg.Bowl(), ())) == ""
