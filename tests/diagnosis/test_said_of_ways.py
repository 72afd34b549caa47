"""Where a way leads and how long it is: down its own side of a ridge, and to the minimum itself."""

import re

import numpy as np
import pytest

import playground as pg
from playground.diagnosis import diagnose
from playground.diagnosis.decayed import Decayed
from playground.diagnosis.downhill import downhill
from playground.words import number
from tests.support.told import seen, told


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
        slope = re.search(r"where it ends the slope of f alone is (\S+)\.", told(run))
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
