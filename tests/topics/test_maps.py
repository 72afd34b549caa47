"""The maps: tuning, theory's border, random trials, figures, and both pages with their links."""

import numpy as np
import pytest

import playground as pg
from playground.diagnosis import OUTCOMES, diagnose
from playground.topics.maps.border import agreement, border, why_no_border
from playground.topics.maps.dropout_rate import EXAMPLES, FEATURES, NOISE, dropout_rates
from playground.topics.maps.search import HIGH, LOW, hit_chance, random_values, scan_rates, spend
from playground.topics.maps.settings import BasinMap, HyperparameterMap, seconds_of
from playground.topics.maps.sweep import sweep, values_of
from playground.topics.maps.verdicts import verdicts
from playground.topics.race import OPENING, read, write

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
