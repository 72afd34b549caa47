"""Maps of many descents: every cell is a single run, every number of the theory is met."""

import numpy as np
import pytest

import playground as pg
from playground.simulation.ends import finish
from playground.topics.maps.basins import basins, rescue
from playground.topics.maps.search import at_least_one, chance, random_values, scan_rates, spend
from playground.topics.maps.sweep import sweep, values_of

STEPS = 130


def first_at_most(run: pg.Run, target: float) -> float:
    hits = np.flatnonzero(run.f <= target)
    return float(hits[0]) if len(hits) else np.nan


@pytest.mark.parametrize("noise", [0.0, 0.1])
@pytest.mark.parametrize("schedule", [pg.Constant(), pg.Cosine()])
@pytest.mark.parametrize("name", pg.Optimizer.all)
def test_every_lane_has_the_bits_of_its_single_run(name, schedule, noise):
    surface, optimizer = pg.Rosenbrock(), pg.Optimizer.all[name]()
    batch = optimizer.replace(lr=np.geomspace(1e-4, 1.0, 60))
    target = 0.01 * float(surface(surface.start))
    ends = finish(surface, batch, steps=STEPS, schedule=schedule, noise=noise, target=target)
    for lane in (0, 7, 20, 31, 44, 59):
        lr = float(batch.lr[lane])
        run = pg.simulate(surface, optimizer.replace(lr=lr), None, STEPS, schedule, noise)
        when = first_at_most(run, target)
        np.testing.assert_array_equal(ends.steps[lane], when)
        last = STEPS if np.isnan(when) else int(when)
        if run.finite > last:
            assert ends.f[lane] == run.f[last]
            np.testing.assert_array_equal(ends.x[:, lane], run.x[last])
        else:
            assert not np.isfinite(ends.f[lane]) or not np.isfinite(ends.x[:, lane]).all()


def test_lanes_beyond_one_block_close_up_without_mixing():
    surface, n = pg.Rosenbrock(), 12_001
    lr = np.geomspace(1e-5, 1.0, n)
    ends = finish(surface, pg.Momentum(lr=lr), steps=60, target=1.0)
    assert np.isfinite(ends.steps).any()
    assert (~np.isfinite(ends.f)).any()
    for lane in range(0, n, 997):
        run = pg.simulate(surface, pg.Momentum(lr=float(lr[lane])), steps=60)
        np.testing.assert_array_equal(ends.steps[lane], first_at_most(run, 1.0))


def test_a_batch_of_surfaces_and_starts_is_stopped_lane_by_lane():
    kappa, x = np.array([10.0, 100.0])[:, None], np.array([-3.0, 1.0, 2.0])
    start = np.array([x, np.ones(3)])
    ends = finish(pg.Bowl(kappa=kappa), pg.GradientDescent(lr=0.015), start, 400, target=1e-3)
    assert ends.x.shape == (2, 2, 3)
    for i in range(2):
        for j in range(3):
            bowl = pg.Bowl(kappa=float(kappa[i, 0]))
            run = pg.simulate(bowl, pg.GradientDescent(lr=0.015), start[:, j], 400)
            assert ends.steps[i, j] == first_at_most(run, 1e-3)


def test_no_step_at_all_leaves_the_start():
    ends = finish(pg.Bowl(), pg.Adam(), steps=0, target=1e9)
    assert (float(ends.steps), tuple(ends.x)) == (0.0, pg.Bowl.start)


@pytest.mark.parametrize("surface", [pg.Saddle(), pg.MonkeySaddle()])
def test_a_surface_without_a_minimum_lets_nobody_arrive(surface):
    table = sweep(surface, pg.Momentum(), start=(0.5, 0.5), steps=200)
    assert np.isnan(table.steps_to).all()
    assert table.best is None


def test_cells_of_a_map_are_single_runs_up_to_the_borders():
    surface, lr, mu = (
        pg.Rosenbrock(),
        np.geomspace(1e-4, 1e-1, 40),
        values_of(pg.Momentum(), "momentum"),
    )
    shares = []
    table = sweep(surface, pg.Momentum(), "lr", lr, "momentum", mu, progress=shares.append)
    assert table.steps_to.shape == table.outcome.shape == (60, 40)
    assert shares[-1] == 1.0
    assert shares == sorted(shares)
    assert table.target == pytest.approx(1e-3 * float(surface(surface.start)))
    assert set(np.unique(table.outcome)) == {0, 1, 2}
    rng = np.random.default_rng(0)
    corners = [(0, 0), (0, 39), (59, 0), (59, 39)]
    for i, j in [*corners, *rng.integers((60, 40), size=(20, 2))]:
        run = pg.simulate(surface, pg.Momentum(lr=float(lr[j]), momentum=float(mu[i])), steps=300)
        np.testing.assert_array_equal(table.steps_to[i, j], first_at_most(run, table.target))


def test_gradient_descent_on_the_bowl_diverges_above_two_over_lambda():
    lr = np.array([0.0198, 0.0202])
    table = sweep(pg.Bowl(kappa=100.0), pg.Momentum(), "lr", lr, "momentum", [0.0, 0.5], steps=3000)
    np.testing.assert_array_equal(table.outcome[0], [0, 2])
    np.testing.assert_array_equal(table.outcome[1], [0, 0])  # the limit is 2(1 + μ)/λ = 0.03


def test_the_axis_of_a_parameter_follows_its_declared_scale():
    lr, mu = values_of(pg.Momentum(), "lr", 5), values_of(pg.Momentum(), "momentum", 4)
    np.testing.assert_allclose(lr[1:] / lr[:-1], lr[1] / lr[0])
    np.testing.assert_allclose(mu, [0, 0.9, 0.99, 0.999])


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"y": "lr"}, "different"),
        ({"y": "beta2"}, "no numeric parameter"),
        ({"y_values": [1.5]}, "momentum"),
        ({"tolerance": 0}, "tolerance"),
        ({"x_values": [[1.0]]}, "list of numbers"),
    ],
)
def test_a_map_says_what_it_refuses(changes, says):
    with pytest.raises(ValueError, match=says):
        sweep(pg.Bowl(), pg.Momentum(), **changes)


@pytest.fixture(scope="module")
def line_of_starts():
    """441 starts on the line y = 1 through the two valleys, GD(0.01) and heavy balls."""
    x = np.linspace(-2.2, 2.2, 441)
    rules = [pg.GradientDescent(lr=0.01), *(pg.Momentum(lr=0.01, momentum=m) for m in (0.8, 0.9))]
    return [basins(pg.TwoValleys(), rule, x, [1.0], steps=2000) for rule in rules]


def test_momentum_rescues_some_starts_and_loses_others(line_of_starts):
    gd, weak, strong = line_of_starts
    said = rescue(gd, strong)
    assert said.rescued == pytest.approx(0.282, abs=1e-3)
    assert said.lost == pytest.approx(0.193, abs=1e-3)
    assert (said.before, said.after) == pytest.approx((0.517, 0.553), abs=1e-3)
    said = rescue(gd, weak)
    assert (said.rescued, said.lost) == pytest.approx((0.108, 0.026), abs=1e-3)


def test_gradient_descent_splits_the_line_at_the_hilltop(line_of_starts):
    gd = line_of_starts[0]
    top = next(p for p in pg.TwoValleys().critical_points() if p.kind == "saddle")
    np.testing.assert_array_equal(gd.which[0] == 0, gd.x > top[0])
    assert gd.share().sum() == 1.0
    assert gd.finite.all()


def test_settling_counts_until_the_ball_stays(line_of_starts):
    strong = line_of_starts[2]
    for j in (0, 100, 350):
        run = pg.simulate(
            pg.TwoValleys(), pg.Momentum(lr=0.01, momentum=0.9), (strong.x[j], 1.0), 2000
        )
        q = strong.minima[:, strong.which[0, j]]
        away = np.linalg.norm(run.x - q, axis=1) > strong.radius
        assert strong.steps[0, j] == np.flatnonzero(away)[-1] + 1


def test_a_basin_map_needs_several_chunks_and_says_how_far_it_is():
    shares = []
    table = basins(pg.Himmelblau(), pg.GradientDescent(lr=0.01), steps=300, progress=shares.append)
    assert table.which.shape == (61, 61)
    assert shares[-1] == 1.0
    assert sorted(np.unique(table.which)) == [0, 1, 2, 3]
    away = basins(pg.Himmelblau(), pg.GradientDescent(lr=0.3), [5.0], [5.0], steps=300)
    assert (away.which.item(), away.finite.item()) == (-1, False)
    assert np.isnan(away.steps.item())


BOWL, GD = pg.Bowl(kappa=100.0), pg.GradientDescent()
TARGET = 0.05 * 54.5
"""A twentieth of the loss at the start."""


def test_the_good_band_of_the_bowl_is_where_algebra_puts_it():
    low, high = scan_rates(BOWL, GD, TARGET, count=4000).band

    def excess(lr: float) -> float:
        return 4.5 * (1 - lr) ** 400 + 50 * (1 - 100 * lr) ** 400 - 0.05 * 54.5

    assert (low, high) == pytest.approx((1.25e-3, 1.99e-2), rel=0.01)
    assert excess(low) <= 0 <= excess(low * 0.995)
    assert excess(high) <= 0 <= excess(high * 1.005)


def test_ten_logarithmic_draws_find_it_and_ten_linear_ones_do_not():
    band = scan_rates(BOWL, GD, TARGET, count=4000).band
    p_log, p_linear = (chance(band, 1e-6, 10, scale) for scale in ("log", "linear"))
    assert (p_log, p_linear) == pytest.approx((0.1716, 0.00187), rel=0.01)
    assert at_least_one(p_log, 10) == pytest.approx(0.848, abs=2e-3)
    assert at_least_one(p_linear, 10) == pytest.approx(0.0185, abs=2e-4)
    for scale, p in (("log", p_log), ("linear", p_linear)):
        found = spend(BOWL, GD, scale, TARGET, repeats=1000, seed=1)
        p = at_least_one(p, 10)
        assert found.found_rate == pytest.approx(p, abs=4 * np.sqrt(p * (1 - p) / 1000))
        assert found.values.shape == found.good.shape == (1000, 10)


def test_fractions_are_better_drawn_evenly():
    assert chance((0.2, 0.7), 0, 1, "linear") == pytest.approx(0.5)
    assert chance((0.2, 0.7), 1e-6, 1, "log") == pytest.approx(0.091, abs=1e-3)
    values = random_values("log", 1e-6, 10.0, 20_000)
    assert np.mean((values > 1e-3) & (values < 1e-2)) == pytest.approx(1 / 7, abs=0.01)
    with pytest.raises(ValueError, match="scale"):
        random_values("cubic", 0, 1, 3)


def test_nothing_good_is_said_so():
    assert np.isnan(scan_rates(BOWL, GD, -1.0, count=20).band).all()
    assert chance((2.0, 3.0), 0, 1, "linear") == 0.0


@pytest.mark.parametrize("rule", [pg.Momentum(), pg.RMSProp(), pg.Adam()])
@pytest.mark.parametrize("surface", [pg.Bowl(), pg.Rosenbrock(), pg.Rastrigin()])
def test_the_best_cell_is_the_first_that_stays(surface, rule):
    """Against every cell followed on its own; to meet the tolerance in passing is not enough."""
    lr, second = np.geomspace(1e-3, 0.1, 17), {pg.Momentum: "momentum", pg.RMSProp: "alpha"}
    name = second.get(type(rule), "beta1")
    values = np.array([0.0, 0.5, 0.9, 0.99, 0.995])
    table = sweep(surface, rule, "lr", lr, name, values, steps=150, tolerance=0.01)
    since = np.full((5, 17), np.inf)
    for i, j in np.ndindex(since.shape):
        run = pg.simulate(surface, rule.replace(**{"lr": lr[j], name: values[i]}), steps=150)
        out = np.flatnonzero(~(run.f <= table.target))
        since[i, j] = out[-1] + 1 if len(out) else 0
    since[since > 150] = np.inf
    if np.isinf(since).all():
        assert table.best is None
        return
    assert table.settled.step == since.min()
    i, j = values.tolist().index(table.best[1]), lr.tolist().index(table.best[0])
    assert since[i, j] == since.min()
