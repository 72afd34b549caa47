"""Single clauses of a sentence: a bound, a way, a schedule's end, what holds, each as it is."""

import re

import numpy as np
import pytest

import playground as pg
from playground import theory
from playground.diagnosis import diagnose
from tests.support.told import told, value


@pytest.mark.parametrize("lr", [0.0146, 0.012, 0.018])
def test_the_momentum_that_is_said_not_to_swing_is_under_the_bound(lr):
    """x[k] = (a + bk)·r^k with a double root, and no real root above it: beyond it turns."""
    found = diagnose(pg.simulate(pg.Bowl(), pg.Momentum(lr=lr), (3.77, -1.4), 100))
    fixes = [f.fix for f in found.findings if f.label == "overshoot" and f.fix is not None]
    assert fixes
    for fix in fixes:
        assert fix.momentum <= (1 - np.sqrt(lr)) ** 2
        assert (pg.simulate(pg.Bowl(), fix, (3.77, -1.4), 1000).x[:, 0] > 0).all()


@pytest.mark.parametrize("start", [(-0.154, 0.035), (-0.2, 0.1), (0.1, 0.05)])
def test_how_far_it_strays_is_told_from_the_saddle(start):
    rule = pg.Newton(lr=0.1, damping=1.0)
    run = pg.simulate(pg.MonkeySaddle(), rule, start, 800)
    found = re.search(r"strays up to (\S+) from there", told(run))
    if found:
        on = run.on(3800, pg.Constant()).x[800:]
        assert float(found[1]) == pytest.approx(np.hypot(*on.T).max(), rel=1e-3)


def test_one_point_of_a_level_floor_is_not_the_lowest_minimum():
    """f + ½|x|² of the saddle is x²: every point of its floor is as low."""
    run = pg.simulate(pg.Saddle(), pg.Momentum(lr=1.54, weight_decay=1.0), (0.0, 0.0), 100)
    assert "It starts at a lowest minimum" in told(run)


@pytest.mark.parametrize("rule", [pg.AdamW(lr=0.678), pg.Lion(lr=0.135)])
@pytest.mark.parametrize("w", [0.1, 0.01])
def test_what_decay_will_hold_on_its_way_down_is_said(rule, w):
    run = pg.simulate(pg.Formula("-x + y**2"), rule.replace(weight_decay=w), (1.6, 2.8), 60)
    later = run.on(3000, pg.Constant()).x
    assert np.abs(later).max() * w < 1.1
    assert "without end" not in told(run)
    if "follows the surface down" in told(run):
        assert "decay pulls every |xᵢ| to no more than about" in told(run)


@pytest.mark.parametrize("lr", [0.5, 1.0, 2.01])
@pytest.mark.parametrize("rule", [pg.RMSProp(alpha=0.9), pg.Adam(), pg.GradientDescent()])
def test_a_schedule_that_skips_single_steps_collapses_none_and_does_not_creep(rule, lr):
    """Every second rate is 0; the steps between are as long as ever."""
    surface, schedule = pg.Formula("sin(x)*sin(y)"), pg.Cosine(period=1)
    for steps in (20, 21, 40):
        run = pg.simulate(surface, rule.replace(lr=lr), (-2.4, 2.2), steps, schedule)
        strides = np.hypot(*np.diff(run.x, axis=0).T)
        said = diagnose(run)
        if strides[-2:].max() > 0.5 * strides[:2].max():
            assert "step_collapse" not in said.labels
            assert "creeps" not in said.verdict


@pytest.mark.parametrize("momentum", [0.5, 0.8, 0.9])
@pytest.mark.parametrize("start", [(-4.36, 2.12), (4.0, -4.5), (-3.0, 4.2)])
def test_ground_that_is_said_to_become_sharper_is_sharper_than_before(momentum, start):
    """By the median: a single dip on the way in is no beginning."""
    for lr in (0.03, 0.0513, 0.07):
        rule = pg.Nesterov(lr=lr, momentum=momentum)
        run = pg.simulate(pg.StyblinskiTang(), rule, start, 200)
        curvature = theory.sharpness(run) / lr
        if "became sharper" in told(run):
            assert np.median(curvature[:40]) < np.median(curvature[100:])


@pytest.mark.parametrize(
    ("schedule", "end"), [(pg.Exponential(gamma=0.9), "all but "), (pg.Cosine(), "")]
)
def test_a_schedule_without_an_end_has_only_all_but_ended(schedule, end):
    run = pg.simulate(pg.Bowl(), pg.GradientDescent(lr=0.001), steps=100, schedule=schedule)
    assert f"its schedule has {end}ended" in told(run)


@pytest.mark.parametrize("rule", [pg.AMSGrad(lr=0.138, beta1=0.5), pg.Adam(lr=0.05)])
@pytest.mark.parametrize("x", [19.7, 13.0, 1.0])
def test_what_comes_to_stand_on_its_way_down_is_said_to(rule, x):
    run = pg.simulate(pg.Staircase(), rule, (x, -1.84), 150)
    later = run.on(3150, pg.Constant()).x
    if "follows the surface down" in told(run) and np.hypot(*(later[-1] - later[-500])) < 1e-3:
        assert "carried on for 3000 steps it comes only to" in told(run)


@pytest.mark.parametrize("surface", [pg.RotatedSaddle(), pg.Himmelblau(), pg.Bowl()])
def test_no_way_is_told_that_was_not_made(surface):
    """A start within rounding of a minimum is at it, whatever noise stirs it."""
    for away in (1e-11, 1e-6, 1e-3):
        for rule in (pg.Momentum(lr=0.01, momentum=0.99), pg.Adam(lr=1e-5)):
            minimum = np.array(surface.minima()[0])
            start = minimum + away
            run = pg.simulate(surface, rule, tuple(start), 100, noise=away / 10, seed=71)
            longest = (
                np.hypot(*(run.x - run.x[0]).T).max() + np.hypot(*(run.x - start + away).T).max()
            )
            if found := re.search(r"after a way of (\d\S*?),? ", told(run)):
                assert value(found[1]) <= 2 * longest


def test_what_runs_along_a_crease_does_not_bounce_about_its_tip():
    surface = pg.Formula("abs(x-1.96) + 1.57*abs(y)")
    for steps in (400, 600, 800, 840):
        run = pg.simulate(surface, pg.NAdam(lr=0.00538), (-2.4, 2.2), steps)
        round_it = run.x[-steps // 5 :, 0].max() > 1.96
        assert round_it or "about a tip" not in told(run)


@pytest.mark.parametrize("rule", [pg.Nesterov(momentum=0.9), pg.Momentum(), pg.GradientDescent()])
@pytest.mark.parametrize("text", ["max(x**2, y**2) + 0.332*x", "x**2 + y**2", "cosh(x) + y**2"])
def test_what_would_hold_is_not_thrown_far_up_first(rule, text):
    """Not even where its schedule brings it back."""
    surface, schedule = pg.Formula(text), pg.MultiStep(milestones=(50, 75), gamma=0.54)
    for lr in (1.11, 2.2, 4.0):
        run = pg.simulate(surface, rule.replace(lr=lr), (-2.81, -2.43), 100, schedule)
        for finding in diagnose(run).findings:
            if "would hold" in finding.sentence:
                assert isinstance(finding.fix, pg.Optimizer)
                f = run.again(optimizer=finding.fix).f
                assert f.max() <= f[0] + 5 * (f[0] - surface.lowest())


@pytest.mark.parametrize("w", [0.0, 0.1, 1.0])
@pytest.mark.parametrize("lr", [0.5, 1.21, 2.0])
def test_what_keeps_a_slope_low_keeps_that_which_burst(lr, w):
    """The slope of f + ½w|x|², where decay is coupled."""
    rule = pg.RMSProp(lr=lr, alpha=0.9, weight_decay=w)
    run = pg.simulate(pg.Fork(), rule, (0.1, -20.0), 300)
    for finding in diagnose(run).findings:
        if finding.label == "burst" and finding.fix is not None:
            first = int(re.search(r"from step (\d+) on", finding.sentence)[1])
            before, after = (
                np.hypot(*(r.gradient + w * r.x).T) for r in (run, run.again(optimizer=finding.fix))
            )
            assert after[first:].max() <= 0.5 * before.max()


@pytest.mark.parametrize("start", [(-9.6e-35, -1.41421), (1e-9, -1.41067), (0.0, 1.41)])
def test_no_digits_are_told_of_what_rounding_leaves(start):
    run = pg.simulate(pg.QuarticSaddle(), pg.Adamax(lr=0.233, weight_decay=0.01), start, 500)
    if found := re.search(r"(\S+) is left", told(run).replace("less than ", "<")):
        assert found[1].startswith("<") or value(found[1]) > 1e-12


@pytest.mark.parametrize("lr", [0.1, 0.206, 0.3])
@pytest.mark.parametrize("rule", [pg.AdamW(beta1=0.0), pg.RMSProp(), pg.NAdam()])
def test_steps_that_are_said_to_hardly_shrink_do_so_over_the_stretch_that_is_told(rule, lr):
    for steps in (60, 100, 200):
        run = pg.simulate(pg.StyblinskiTang(), rule.replace(lr=lr), (2.17, -0.753), steps)
        found = re.search(r"over the last (\d+) steps, as its steps hardly shrink", told(run))
        if found:
            strides = np.hypot(*np.diff(run.x[-int(found[1]) - 1 :], axis=0).T)
            q = len(strides) // 4
            assert strides[-q:].max() > 0.85 * strides[:q].max()
