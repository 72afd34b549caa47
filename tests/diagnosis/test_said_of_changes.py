"""What a change that is named is said to do beyond ending lower: it gets away, it gets there."""

import re

import numpy as np
import pytest

import playground as pg
from playground.diagnosis import diagnose
from tests.support.told import told, value

AT_A_SADDLE = [
    (pg.Formula("x**2 + 0.236*y**2 + x*y"), (-2.4, 2.2)),
    (pg.Saddle(), (-2.0, 0.001)),
    (pg.QuarticSaddle(), (-2.0, 0.001)),
    (pg.MonkeySaddle(), (1.0, 0.001)),
]


def at_a_saddle():
    """Runs that stand at a saddle, some of whose changes are only late there."""
    for surface, start in AT_A_SADDLE:
        for rule in (pg.AdamW(weight_decay=1.0), pg.Momentum(), pg.RMSProp(), pg.Newton()):
            for lr in (0.1, 0.5, 1.25):
                for schedule in (pg.Constant(), pg.Cosine(period=4)):
                    yield pg.simulate(surface, rule.replace(lr=lr), start, 20, schedule)


def test_what_is_said_to_get_away_is_not_on_its_way_to_the_same_place():
    said = 0
    for run in at_a_saddle():
        for found in diagnose(run).findings:
            if "gets away" not in found.sentence:
                continue
            said += 1
            change = {
                ("schedule" if isinstance(found.fix, pg.Schedule) else "optimizer"): found.fix
            }
            new = run.again(**change)
            on = new.on(40, pg.Constant()) if new.schedule == pg.Constant() else new
            away = np.hypot(*(on.x - run.x[-1]).T)
            assert away[-2:].mean() >= 0.8 * away[19:21].mean() > 0, (run, found.fix)
    assert said > 3


SAID_OF = 3.49, (1.09, 2.01)


@pytest.mark.parametrize("lr", [2.5, 3.0, 3.49, 3.9])
@pytest.mark.parametrize("start", [(1.09, 2.01), (0.7, -1.5)])
def test_what_is_said_to_get_there_is_there_in_as_many_steps(lr, start):
    """Exactly at the limit a bounce shrinks so slowly that it is not."""
    run = pg.simulate(pg.Hole(), pg.GradientDescent(lr=lr), start, 300)
    said = [f for f in diagnose(run).findings if "gets there" in f.sentence]
    assert said or (lr, start) != SAID_OF
    for found in said:
        x = run.again(optimizer=found.fix).x
        assert np.hypot(*x[-1]) <= 0.01 * np.hypot(*x[0])


@pytest.mark.parametrize("rule", [pg.Newton(), pg.GradientDescent(), pg.Momentum()])
def test_a_catapult_is_thrown_by_a_step_beyond_the_limit_of_its_place(rule):
    """Newton's steps divide by the curvature: sharp ground is no reason."""
    seen = 0
    for surface in (pg.Beale(), pg.Rosenbrock(), pg.Product(), pg.Canyon()):
        for lr in (0.02, 0.09, 0.1, 0.5):
            for start in ((2.07, -1.04), (-1.5, 1.5), (5.0, 0.05)):
                run = pg.simulate(surface, rule.replace(lr=lr), start, 200)
                said = re.search(
                    r"A catapult: .* η·λ_max = (\S+) is above the limit (\S+), .* at step (\d+)",
                    told(run),
                )
                if not said:
                    continue
                seen += 1
                assert value(said[1]) > value(said[2])
                k = int(np.diff(run.f[: int(said[3]) + 1]).argmax())
                steepest = lr * np.linalg.eigvalsh(run.surface.hessian(run.x[k]))[-1]
                assert steepest > value(said[2]) * 0.99
    assert seen or rule != pg.GradientDescent()
    assert not (seen and isinstance(rule, pg.Newton))


@pytest.mark.parametrize("rule", [pg.AdamW(), pg.Lion()])
@pytest.mark.parametrize("decay", [0.01, 0.1, 0.5])
def test_what_decay_has_stopped_does_not_follow_the_surface_down(rule, decay):
    """The valley falls without end; what falls no further by itself followed it."""
    for lr in (0.05, 0.201, 0.5):
        for steps in (60, 300, 600):
            slowed = rule.replace(lr=lr, weight_decay=decay)
            run = pg.simulate(pg.Staircase(), slowed, (17.9, -1.74), steps)
            if "It follows the surface down" in told(run):
                f = run.on(steps + 3000, pg.Constant()).f
                assert f[steps:].min() < f[steps] - 0.01 * (f[0] - f[steps])


@pytest.mark.parametrize("lr", [0.05, 0.196, 0.5])
@pytest.mark.parametrize("rule", [pg.Lion(), pg.Lion(weight_decay=0.001), pg.AdamW()])
def test_of_a_start_at_a_minimum_no_share_of_the_way_is_promised(lr, rule):
    """One per cent of no way is nothing."""
    surface = pg.Formula("x - 2.79*log(x) + y**2")
    run = pg.simulate(surface, rule.replace(lr=lr), (2.79, 0.0), 200)
    assert not run.gradient[0].any()
    assert "comes within 1 %" not in told(run)
