"""Where the most is left, what is a minimum, what rises, and what a change promises."""

from functools import cache
from itertools import islice

import numpy as np
import pytest

import playground as pg
from playground.diagnosis import diagnose
from playground.diagnosis.decayed import Decayed
from playground.diagnosis.future import Future
from tests.oracles.truth.drawn import settings
from tests.oracles.truth.setting import Setting
from tests.support.part import some
from tests.support.told import seen


@cache
def drawn() -> list[Setting]:
    return list(islice(settings(8147), 100))


def test_where_most_is_left_is_so():
    """Of a collapsed run: the coordinate that is named is farther from the minimum."""
    named = 0
    for setting in some(drawn(), 1):
        found = diagnose(setting.run)
        if found.outcome != "step_collapse" or "where most is left" not in found.verdict:
            continue
        after, axis = Future.of(seen(setting.run)), "xy".index(found.verdict.split("along ")[1][0])
        left = np.abs(after.rest - setting.run.x[-1])
        assert left[axis] > left[1 - axis]
        named += 1
    assert named


def test_of_the_coordinate_with_less_to_go_it_is_not_said():
    run = pg.simulate(pg.Rosenbrock(), pg.Rprop(lr=0.0283), (-3.21, -0.606), 100)
    x, y = np.abs(run.x[-1] - 1)
    assert x > 10 * y
    found = diagnose(run)
    assert found.outcome == "step_collapse"
    assert "along y it fell" in found.verdict


def test_the_way_down_from_a_cliff_ends_at_a_critical_point():
    """A slope of 10⁷ at its begin is no measure of the one at its end."""
    run = pg.simulate(pg.Beale(), pg.NAdam(lr=0.0122, weight_decay=1.0), (-2.9, 12.4), 40)
    assert np.hypot(*run.gradient[0]) > 1e6
    rest = Future.of(seen(run)).rest
    assert np.hypot(*Decayed(pg.Beale(), 1.0).gradient(rest)) < 1e-3


@pytest.mark.parametrize(
    ("surface", "point"),
    [
        (pg.Hole(), (27.0, 3.0)),
        (pg.Formula("-cos(x)*cos(y)*exp(-(x-0.8)**2-(y-0.8)**2)"), (11.1, -15.3)),
    ],
    ids=["hole", "egg"],
)
def test_where_a_slope_has_faded_there_is_no_minimum(surface, point):
    run = pg.simulate(surface, pg.GradientDescent(lr=1e-3), point, 5)
    assert np.hypot(*run.gradient[0]) < 1e-90
    after = Future.of(seen(run))
    assert after.rest is None or np.hypot(*(after.rest - point)) > 1


def test_a_surface_that_only_fades_leads_to_no_minimum():
    run = pg.simulate(pg.Formula("1/(1+exp(-x))"), pg.GradientDescent(lr=0.1), (60.0, 1.0), 20)
    assert 0 < np.hypot(*run.gradient[-1]) < 1e-20
    assert Future.of(seen(run)).rest is None
    assert diagnose(run).outcome == "plateau"


def test_a_minimum_beyond_those_that_are_known_is_the_one_it_stays_at():
    run = pg.simulate(pg.Rastrigin(), pg.RAdam(lr=0.0276), (-3.68, 3.64), 800)
    assert np.hypot(*run.gradient[-1]) < 1e-9
    assert "out again" not in diagnose(run).verdict


def test_one_throw_is_no_bounce_and_no_cycle():
    """Thrown at step 50 by a rate that came back, and falling ever since."""
    run = pg.simulate(
        pg.LeastSquares(), pg.MeanSquareAdagrad(lr=28.2), (-120.0, -3.81), 60, pg.Cosine(period=12)
    )
    assert (np.diff(run.f[51:]) < 0).all()
    assert not {"oscillating", "limit_cycle"} & set(diagnose(run).labels)


@pytest.mark.parametrize(
    "run",
    [
        pg.simulate(pg.Fork(), pg.GradientDescent(lr=1.39, weight_decay=0.1), (0.1, -20.0), 40),
        pg.simulate(pg.Himmelblau(), pg.Nesterov(lr=0.0259, momentum=0.0), (-0.5, -4.0), 40),
    ],
    ids=["fork", "himmelblau"],
)
def test_what_settles_at_a_bounce_of_one_width_does_not_diverge(run):
    on = run.again(steps=2000)
    assert on.f[40:].max() < 1.2 * run.f[-10:].max()
    assert diagnose(run).outcome in ("oscillating", "limit_cycle")


def test_a_first_step_that_is_no_number_was_not_too_long():
    run = pg.simulate(pg.Formula("max(0,1-x) + max(0,1-y)"), pg.Newton(), (4.8, -7.0), 40)
    assert np.isnan(run.x[1]).all()
    verdict = diagnose(run).verdict
    assert "stopped being a number" in verdict
    assert "too long" not in verdict


def test_what_is_thrown_out_has_left_its_plateau():
    run = pg.simulate(pg.Hole(), pg.Momentum(lr=10.4, momentum=0.95), (4.5, 0.5), 60, noise=1.4e-4)
    assert np.hypot(*(run.x[-1] - run.x[0])) > 50
    assert "not left the plateau" not in diagnose(run).verdict


def test_along_a_ring_of_minima_nothing_is_passed():
    """A point of the ring is no goal: only across it is there something to swing about."""
    ring = pg.Formula("1/(x**2 + y**2 + 0.1) + 1.24*(x**2 + y**2)")
    run = pg.simulate(ring, pg.AMSGrad(lr=0.0493, weight_decay=0.1), (-3.07, 0.791), 200)
    for finding in diagnose(run).findings:
        assert "past the minimum" not in finding.sentence


@pytest.mark.parametrize(
    "run",
    [
        pg.simulate(pg.Ackley(), pg.RMSProp(lr=0.00841), (0.563, 3.5), 800),
        pg.simulate(
            *(pg.Rastrigin(), pg.MeanSquareAdagrad(lr=0.0549), (-3.4, 2.6), 150),
            noise=5.03,
            seed=49,
        ),
    ],
    ids=["cycle", "noise"],
)
def test_what_moves_in_a_high_pit_is_brought_to_rest(run):
    """There is little to win there beside what it is above the lowest."""
    change = diagnose(run).findings[0].fix
    assert change == pg.Cosine()
    late = slice(-len(run.f) // 10, None)
    assert run.again(schedule=change).f[late].mean() < run.f[late].mean()


def test_what_stands_still_comes_no_nearer():
    run = pg.simulate(
        pg.Formula("(1-x)**2 + 29.7*(y-x**2)**2"),
        pg.RMSProp(lr=0.0302, alpha=0.9),
        (-2.4, 2.2),
        200,
    )
    away = np.hypot(*(run.again(steps=6000).x[3000:] - 1).T)
    assert away.min() > 0.999 * away[:10].min()
    assert Future.of(seen(run)).stops_short
    assert "comes no nearer than" in diagnose(run).verdict


def test_in_a_valley_that_turns_nothing_swings_past_the_level_of_its_minimum():
    """Half-way round the bend it is level with the minimum, and far from it."""
    run = pg.simulate(
        *(pg.Formula("(1-x)**2 + 6.73*(y-x**2)**2"), pg.Lion(lr=0.0421), (-2.4, 2.2), 500),
        pg.MultiStep(milestones=(250, 375), gamma=0.503),
    )
    for finding in diagnose(run).findings:
        if finding.label == "overshoot":
            first, _ = finding.steps
            assert np.hypot(*(run.x[first] - 1)) < 1


def test_what_is_thrown_up_again_does_not_follow_the_surface_down():
    """Twelve powers of ten down by one step, twenty-four up by the next."""
    run = pg.simulate(pg.MonkeySaddle(), pg.Nesterov(lr=0.207, momentum=0.99), (1.29, 1.86), 200)
    assert run.f[3] < -1e12 < 1e24 < run.f[4]
    verdict = diagnose(run).verdict
    assert "thrown up again" in verdict
    assert not any(w in verdict for w in ("follows the surface", "without end", "fault"))


def test_what_noise_takes_back_has_not_left_a_saddle():
    surface = pg.Formula("(x**2-1)**2 + 0.295*y**2 + 0.1*x")
    run = pg.simulate(
        *(surface, pg.Adam(lr=0.0337, weight_decay=1.0), (1.18, 1.72), 200),
        noise=0.24,
        seed=49,
        clip=pg.ClipValue(clip_value=0.0649),
    )
    verdict = diagnose(run).verdict
    assert "from a saddle" in verdict
    assert "comes back" in verdict
    assert "leaves in" not in verdict


def test_a_rise_over_half_a_run_is_no_burst():
    run = pg.simulate(
        *(pg.Product(), pg.Lion(lr=0.0723, weight_decay=0.01), (-0.981, -1.04), 800), pg.OneCycle()
    )
    for finding in diagnose(run).findings:
        if finding.label == "burst":
            peak, end = finding.steps
            assert end - peak < 250


def test_what_was_never_inside_the_window_had_no_gauge_inside():
    run = pg.simulate(pg.Rosenbrock(), pg.RAdam(lr=0.663, weight_decay=0.1), (5.38, 6.5), 60)
    x0, x1, y0, y1 = pg.Rosenbrock().span
    x, y = run.x.T
    assert not ((x0 <= x) & (x <= x1) & (y0 <= y) & (y <= y1)).any()
    verdict = diagnose(run).verdict
    assert "never inside the window" in verdict
    assert "was inside the window" not in verdict


def test_how_far_it_strays_from_a_floor_is_not_said():
    """Of a curve of minima only samples are known; height over slope is no distance so far off."""
    run = pg.simulate(pg.Product(), pg.MeanSquareAdagrad(lr=0.586), (5.21, 0.646), 20)
    verdict = diagnose(run).verdict
    assert "out again in about" in verdict
    assert "away" not in verdict
