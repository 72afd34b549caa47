"""Where a way leads and how long it is: down its own side of a ridge, and to the minimum itself."""

import re

import numpy as np
import pytest

import playground as pg
from playground import theory
from playground.diagnosis import diagnose
from playground.diagnosis.decayed import Decayed
from playground.diagnosis.downhill import downhill
from playground.words import number
from tests.support.told import seen, told, value


@pytest.mark.parametrize("name", pg.Surface.all)
@pytest.mark.parametrize("i", [0, 1])
def test_the_way_down_keeps_to_its_side_of_a_ridge(name, i):
    """No way down crosses the axis about which a surface is even."""
    surface, rng = pg.Surface.all[name](), np.random.default_rng(5)
    p = rng.uniform(-1, 1, (2, 40))
    mirror = np.where(np.arange(2) == i, -1.0, 1.0)[:, None]
    if not np.array_equal(surface(p), surface(mirror * p)):
        return
    for near in (1e-3, 1e-2, 0.06, 0.3):
        for begin in p.T[:5]:
            begin[i] = near
            found = downhill(Decayed(surface, 0.0), begin, 5.0)
            assert found.x[i] >= 0 or found.x[i] == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("lr", [0.15, 0.2, 0.217, 0.25])
@pytest.mark.parametrize("steps", [140, 150, 160, 170])
def test_what_is_left_is_no_less_than_the_way_to_the_minimum(lr, steps):
    """Newton's step from the end falls a quarter short of it."""
    ground = pg.Formula("(x**2+y-1.49)**2 + (x+y**2-1.18)**2")
    run = pg.simulate(ground, pg.AMSGrad(lr=lr), (1.94, -1.11), steps)
    minima = np.array(ground.minima())
    away = np.hypot(*(minima - run.x[-1]).T).min()
    said = re.search(r"([\d.]+(?:·10\S+)?) (?:is left|to go)", told(run))
    assert said is None or said[1] == number(float(away))
    assert "about 0 steps" not in told(run)


@pytest.mark.parametrize("name", pg.Schedule.all)
@pytest.mark.parametrize("steps", [1, 2, 7])
def test_a_schedule_made_for_the_run_is_known_by_one_step(name, steps):
    """Its first factors may be those of any length."""
    schedule = pg.Schedule.all[name]()
    run = pg.simulate(pg.Bowl(), pg.GradientDescent(lr=1e-3), steps=steps, schedule=schedule)
    t = np.arange(3000)
    own = np.array_equal(schedule(t, steps), schedule(t, steps + 3000))
    assert bool(seen(run).goes_on.item()) == own


@pytest.mark.parametrize("a", [0.3, 0.514, 0.9])
def test_of_many_lowest_minima_it_is_a_lowest_one(a):
    ground = pg.Formula(f"sin({a}*x) + y**2")
    run = pg.simulate(ground, pg.Momentum(lr=0.1, momentum=0.5), (-0.5 * np.pi / a + 0.1, 1.0), 900)
    finding = diagnose(run).findings[0]
    assert finding.label == "converged"
    assert "the lowest minimum" not in finding.sentence


def test_outside_the_window_no_minimum_of_f_is_called_the_nearest():
    """There only what is lower than all inside was looked for."""
    ground = pg.Formula("sin(5.51*x) + y**2")
    for x in (-7.1, -5.9, 4.5):
        run = pg.simulate(ground, pg.AMSGrad(lr=0.02, weight_decay=0.1), (x, -1.0), 2000)
        assert "of f, at" not in told(run)
        slope = re.search(r"there the slope of f alone is (\S+)\.", told(run))
        if slope:
            assert slope[1] == number(float(np.hypot(*ground.gradient(run.x[-1]))))


@pytest.mark.parametrize("lr", [0.003, 0.00591, 0.02])
@pytest.mark.parametrize("decay", [0.1, 1.0])
def test_what_is_heading_into_a_saddle_still_nears_it_as_far_as_is_looked(lr, decay):
    """Held off both ways by its decay it passes, and turns away."""
    rule = pg.AdamW(lr=lr, weight_decay=decay)
    run = pg.simulate(pg.Formula("x**2 - 15.9*y**2"), rule, (7.89, -5.02), 150)
    if "heading into the saddle" in told(run):
        away = np.hypot(*run.on(150 + 3000, pg.Constant()).x[150:].T)
        assert away.min() < 0.01 * 8.5 or away[-1] == away.min()


@pytest.mark.parametrize("t", [10, 80, 300])
def test_the_limit_of_an_event_is_that_of_its_step(t):
    """That of NAdam rises with the step: 2 (1 + β₁) / (1 + β₁ − 2 μ_t β₁)."""
    run = pg.simulate(pg.Bowl(), pg.NAdam(lr=0.1), steps=400)
    mu = 0.9 * (1 - 0.5 * 0.96 ** ((t + 1) * 0.004))
    assert seen(run).limit_at(t) == pytest.approx(2 * 1.9 / (1.9 - 2 * mu * 0.9), rel=0.02)


@pytest.mark.parametrize("lr", [0.6, 1.2, 1.9])
@pytest.mark.parametrize("rule", [pg.MeanSquareAdagrad, pg.RMSProp, pg.GradientDescent])
def test_of_a_run_on_endless_ground_its_own_loss_is_told(rule, lr):
    """What bounces on a shelf falls no further, whatever the surface does."""
    run = pg.simulate(pg.Staircase(), rule(lr=lr), (15.0, -2.28), 800)
    said = told(run)
    assert "the loss falls without end" not in said
    later = re.search(r"for 3000 steps this run's loss is (\S+)\. ", said)
    if later:
        loss = float(run.on(3800, pg.Constant()).f[-1])
        assert later[1] == number(loss)


@pytest.mark.parametrize("lr", [0.15, 0.21, 0.3])
@pytest.mark.parametrize("period", [60, 100])
def test_a_rate_that_returned_is_that_of_the_steps_up_to_the_height(lr, period):
    run = pg.simulate(
        pg.Rastrigin(), pg.RMSProp(lr=lr), (-4.3, -1.4), 200, pg.Cosine(period=period)
    )
    said = re.search(r"raised the rate again, from \S+ to (\S+): .* at step (\d+)\.", told(run))
    if said:
        high = int(said[2])
        assert said[1] == number(float(run.lr[period:high].max()))


@pytest.mark.parametrize("weight_decay", [0.3, 1.0])
@pytest.mark.parametrize("lr", [0.01, 0.0404])
def test_a_step_that_decay_cancels_has_not_collapsed(lr, weight_decay):
    rule = pg.AdamW(lr=lr, weight_decay=weight_decay)
    for start in ((-3.95, 9.82), (-2.0, 5.0)):
        run = pg.simulate(pg.SquaredSoftmax(), rule, start, 400)
        pull = lr * weight_decay * np.hypot(*run.x[-2])
        if np.hypot(*(run.x[-1] - run.x[-2])) < 0.1 * pull:
            assert "step_collapse" not in diagnose(run).labels


def test_at_rest_on_a_floor_rounding_is_no_distance_to_it():
    """The ring of least loss, reached and kept to long before any of its digits stand still."""
    ground = pg.Formula("1/(x**2 + y**2 + 0.1) + 0.367*(x**2 + y**2)")
    rule, schedule = pg.Adamax(lr=1.18, weight_decay=1.0), pg.MultiStep((2, 3), 0.445)
    run = pg.simulate(ground, rule, (-1.22, -0.00393), 5, schedule)
    stays = re.search(r"stay after about (\d+) steps", told(run))
    assert stays is not None
    assert int(stays[1]) < 100


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
