"""Bounces that die out or do not, circles that come nearer, rings of minima, what comes back."""

import re

import numpy as np
import pytest

import playground as pg
from playground.diagnosis import diagnose
from tests.support.told import told

# ---- bounces, circles, rings --------------------------------------------------------------------


@pytest.mark.parametrize("name", pg.Optimizer.all)
def test_beside_a_ring_of_minima_there_is_no_saddle(name):
    ring = pg.Formula("1/(x**2 + y**2 + 0.1) + 0.389*(x**2 + y**2)")
    for lr, steps in ((0.0498, 100), (0.01, 300), (0.2, 40)):
        run = pg.simulate(ring, pg.Optimizer.all[name](lr=lr), (-1.37, -1.94), steps)
        if np.hypot(*run.x[-1]) > 1.0:
            assert diagnose(run).outcome != "saddle"


@pytest.mark.parametrize("momentum", [0.0, 0.5, 0.9, 0.99])
def test_what_is_said_to_die_out_does(momentum):
    """As far as it is carried on: to a tenth of its width."""
    grounds = pg.Formula("max(0,1-x) + max(0,8.39-y)"), pg.Canyon(), pg.Bowl(kappa=30.0)
    for surface in grounds:
        for lr in (0.06, 0.5, 1.5, 4.92):
            rule = pg.Momentum(lr=lr, momentum=momentum, weight_decay=0.01)
            run = pg.simulate(surface, rule, (-2.4, 2.2), 60)
            if "A converging oscillation" in told(run):
                late = run.on(3060, pg.Constant()).x[-700:]
                assert np.ptp(late, axis=0).max() <= 0.25 * np.ptp(run.x[-12:], axis=0).max()


def test_a_cycle_between_two_points_has_its_middle_between_them():
    rule = pg.RMSProp(lr=0.0349, alpha=0.9, weight_decay=1.0)
    run = pg.simulate(pg.Saddle(), rule, (1.62, 1.29), 500)
    if found := re.search(r"It keeps moving about \((\S+), ", told(run)):
        assert abs(float(found[1].replace("−", "-").split("·")[0])) < 1e-6 or "·10" in found[1]


# ---- what stays, and what came back -------------------------------------------------------------


@pytest.mark.parametrize("period", [5, 10, 25])
@pytest.mark.parametrize("lr", [0.3, 0.483, 0.6])
def test_a_rate_that_swings_past_the_limit_throws_out_only_what_it_does(period, lr):
    """On average over its period it may hold: the run carried on from a little way off tells."""
    rule, schedule = pg.Nesterov(lr=lr), pg.Cosine(period=period)
    run = pg.simulate(pg.QuarticSaddle(), rule, (-2.0, 0.001), 10 * period, schedule)
    finding = diagnose(run).findings[0]
    if finding.label == "converged" and run.finite > run.steps:
        rest = run.on(12 * period, schedule).x[-1]
        beside = pg.simulate(run.surface, rule, rest + 1e-3, 1000, schedule).x
        thrown = not np.hypot(*(beside[-200:] - rest).T).max() < 1e-3
        assert ("will not stay" in finding.sentence) == thrown


def test_what_may_come_back_has_not_left_for_good():
    ring = pg.Formula("1/(x**2 + y**2 + 0.1) + 0.136*(x**2 + y**2)")
    run = pg.simulate(
        ring, pg.GradientDescent(lr=11.8), (-1.07, 0.569), 40, pg.InverseSqrt(t0=17.9)
    )
    on = run.on(1040, run.schedule).x
    assert np.abs(run.x[-1]).max() > 2
    assert np.abs(on[-1]).max() < 2
    assert "for good" not in told(run)


def test_a_burst_has_fallen_back_when_it_first_has():
    said = 0
    for lr in (0.8, 1.0, 1.28, 1.6):
        for alpha in (0.9, 0.99):
            rule = pg.RMSProp(lr=lr, alpha=alpha)
            run = pg.simulate(pg.ThreeHumpCamel(), rule, (-0.734, -2.12), 300)
            size = np.hypot(*run.gradient.T)
            pattern = r"At step (\d+) the gradient burst .* below 35 % of that by step (\d+)"
            for peak, end in re.findall(pattern, told(run)):
                below = size[int(peak) :] < 0.35 * size[int(peak)]
                assert int(peak) + below.argmax() == int(end)
                said += 1
    assert said


@pytest.mark.parametrize("c", [0.136, 0.229, 0.389])
def test_what_is_left_to_a_ring_is_the_way_to_it(c):
    ring = pg.Formula(f"1/(x**2 + y**2 + 0.1) + {c}*(x**2 + y**2)")
    radius = np.sqrt(1 / np.sqrt(c) - 0.1)
    for lr in (0.2, 0.316, 0.5):
        run = pg.simulate(ring, pg.Adagrad(lr=lr), (-1.9, 1.4), 100)
        if found := re.search(r"([\d.]+) is left after a way", diagnose(run).verdict):
            left = abs(np.hypot(*run.x[-1]) - radius)
            assert float(found[1]) == pytest.approx(left, rel=6e-3)


@pytest.mark.parametrize("gamma", [0.99, 0.993, 0.995])
def test_what_was_far_out_is_told_of_the_step_by_which_it_left(gamma):
    """Its loss is defined all along: no step led off the ground."""
    rule, schedule = pg.Momentum(lr=1.44, momentum=0.0), pg.Exponential(gamma=gamma)
    run = pg.simulate(pg.Quadratic(), rule, (-7.8, -0.0124), 500, schedule)
    assert np.isfinite(run.f).all()
    said = told(run)
    assert "not defined" not in said
    x0, x1, y0, y1 = run.surface.span
    inside = (run.x[:, 0] >= x0) & (run.x[:, 0] <= x1) & (run.x[:, 1] >= y0) & (run.x[:, 1] <= y1)
    for step in re.findall(r"left the window at step (\d+)", said):
        assert inside[int(step) - 1]
        assert not inside[int(step)]


@pytest.mark.parametrize("lr", [0.0208, 0.05])
def test_what_is_left_to_a_curve_of_minima_is_the_way_to_it(lr):
    """Of xy = 1, by the nearest of its points."""
    run = pg.simulate(pg.Product(), pg.Lion(lr=lr), (-3.8, -0.483), 800)
    if found := re.search(r"([\d.]+) is left after a way", diagnose(run).verdict):
        x = -np.geomspace(0.1, 10, 200_001)
        left = np.hypot(x - run.x[-1, 0], 1 / x - run.x[-1, 1]).min()
        assert float(found[1]) == pytest.approx(left, rel=6e-3)
