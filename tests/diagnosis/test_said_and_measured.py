"""Sentences against what the path, the ground or the run carried on shows by itself."""

import re
from itertools import islice

import numpy as np
import pytest

import playground as pg
from playground.diagnosis import diagnose, lines
from playground.words import number
from tests.oracles.truth.drawn import settings
from tests.support.part import some
from tests.support.told import seen, told

# ---- swings ---------------------------------------------------------------------------------

SWINGS = (
    (pg.QuarticSaddle(), pg.RMSProp(lr=0.0408, momentum=0.99), (-2.0, 0.001), 40, 2**0.5),
    (pg.SoftSaddle(), pg.RAdam(lr=1.38), (1.0, 1e-6), 800, 0.2**0.5),
)
"""With the floor along y, by hand."""


@pytest.mark.parametrize(("surface", "optimizer", "start", "steps", "floor"), SWINGS, ids=str)
def test_a_swing_is_measured_from_where_the_slope_turns(surface, optimizer, start, steps, floor):
    run = pg.simulate(surface, optimizer, start, steps)
    found = re.search(
        r"along \(0, 1\) it swung (\S+) .* of the (\S+) it .* step (\d+) to (\d+)", told(run)
    )
    assert found is not None
    first, last = int(found[3]), int(found[4])
    side = np.sign(floor - start[1])
    beyond = side * (run.x[:, 1] - floor)
    assert beyond[first - 1] < 0 < beyond[first : last + 1].min()
    assert float(found[1]) == pytest.approx(beyond[first : last + 1].max(), rel=5e-3)
    assert float(found[2]) == pytest.approx(abs(floor - start[1]), rel=5e-3)


def test_what_a_burst_throws_across_is_not_carried_by_inertia():
    """It swings at once, by inertia; 500 steps later a burst throws it further."""
    run = pg.simulate(*SWINGS[1][:4])
    labels = {f.label: f for f in diagnose(run).findings}
    assert labels["overshoot"].steps[1] < labels["burst"].steps[0] < labels["burst"].steps[1]
    beyond = np.abs(run.x[:, 1] - 0.2**0.5)
    assert beyond[540:550].max() > 2 * beyond[10:30].max()


# ---- the run carried on ---------------------------------------------------------------------


@pytest.mark.parametrize("seed", some(range(60), of=5))
def test_what_is_healthy_or_will_stay_is_so_when_carried_on(seed):
    """Healthy comes within 1 % in as many steps again; what is arrived and not warned of stays."""
    for setting in islice(settings(5000 + seed), 4):
        finding = diagnose(setting.run).findings[0]
        e = seen(setting.run)
        if setting.noise or not e.n:
            continue
        later = setting.longer(e.n + (e.n if "healthy" in finding.sentence else lines.STAYS)).x
        if "on its way and healthy" in finding.sentence and len(e.ground.minima):
            left = float(re.search(r"made, (\S+) to go", finding.sentence)[1])
            made = float(np.hypot(*(setting.run.x[-1] - setting.run.x[0])))
            ways = [np.hypot(*(later[e.n :] - q).T).min() for q in e.ground.minima]
            assert min(ways) <= 0.0101 * max(made, left) or e.ground.floor, setting
        arrived = "It has arrived at" in finding.sentence and len(e.ground.minima)
        if arrived and finding.lasting and e.adaptive and not e.ground.floor:
            strays = np.hypot(*(later[e.n :] - e.end[:, 0]).T).max()
            assert strays <= 0.03 * max(e.travelled.item(), 1e-3 * e.length), setting


def test_a_rule_that_will_be_thrown_out_hundreds_of_steps_later_is_warned_of():
    """Adam's divisor forgets the slopes, so that its steps grow at rest."""
    run = pg.simulate(pg.SoftSaddle(), pg.RAdam(lr=1.38), (1.0, 1e-6), 800)
    finding = diagnose(run).findings[0]
    later = run.again(steps=800 + lines.STAYS).x[800:]
    away = np.hypot(*(later - later[0]).T)
    found = re.search(r"out again in about (\d+) steps, and up to (\S+) away", finding.sentence)
    assert finding.label == "converged"
    assert not finding.lasting
    assert float(found[2]) == float(number(away.max()))
    out = np.flatnonzero(away > 0.01 * seen(run).travelled)[0]
    assert int(found[1]) == pytest.approx(out, rel=0.1)
    name = "schedule" if isinstance(finding.fix, pg.Schedule) else "optimizer"
    assert diagnose(run.again(**{name: finding.fix})).findings[0].lasting


@pytest.mark.parametrize("steps", [1, 3, 20, 60])
def test_a_coast_on_level_ground_has_no_way_to_go(steps):
    surface = pg.Formula("max(0,1-x) + max(0,3.82-y)")
    run = pg.simulate(surface, pg.Nesterov(lr=0.0204, momentum=0.99), (-2.38, 0.395), 17 + steps)
    verdict = diagnose(run).verdict
    if run.f[-1] == 0:
        assert "to go" not in verdict


# ---- what is not known is not claimed -------------------------------------------------------


def test_where_a_search_stops_on_a_fading_slope_is_no_minimum():
    surface = pg.Formula("log(1+exp(-0.758*x)) + y**2/2")
    run = pg.simulate(surface, pg.RAdam(lr=0.02), (1.73, -0.379), 60, pg.StepDecay(every=12))
    assert surface.minima() == ()
    assert not re.search(r"[\d.]+ is left", diagnose(run).verdict)


def test_a_shelf_is_no_pit_though_it_curves_up_a_little():
    run = pg.simulate(
        pg.Staircase(),
        pg.RMSProp(lr=1.01, alpha=0.9),
        *((10.7, 0.0261), 150, pg.InverseTime(k=0.096)),
    )
    place = run.x[-1] + [[0.3, 0.0], [-0.3, 0.0]]
    assert run.surface(place.T).min() < run.f[-1]
    assert diagnose(run).outcome != "converged"


@pytest.mark.parametrize("lr", [0.26, 1.0])
def test_no_step_size_is_excluded_where_a_shelf_would_catch_a_short_one(lr):
    run = pg.simulate(pg.Staircase(), pg.Momentum(lr=lr, momentum=0.95), (12.7, 1.74), 100)
    short = pg.simulate(pg.Staircase(), pg.Momentum(lr=0.003, momentum=0.95), (12.7, 1.74), 9000)
    assert np.hypot(*short.gradient[-1]) < 1e-4
    assert diagnose(run).outcome == "diverged"
    assert "no step size" not in diagnose(run).verdict


def test_decay_that_turns_a_fall_leaves_no_fall():
    surface = pg.Formula("1/x + x + 0.503*y**2")
    run = pg.simulate(surface, pg.GradientDescent(lr=0.615, weight_decay=0.01), (-1.12, 2.77), 60)
    later = run.again(steps=3000)
    assert np.hypot(*(later.x[-1] - later.x[-100])) < 1e-3
    assert diagnose(run).outcome != "diverged"


@pytest.mark.parametrize("name", pg.Optimizer.all)
def test_a_collapsed_step_does_not_grow(name):
    """RAdam's first steps are of another kind: its rate grows ever after."""
    for surface, start in (
        (pg.Booth(), (-1.26, 2.14)),
        (pg.Formula("sin(x)*sin(y)"), (-1.27, 5.2)),
    ):
        for steps in (20, 200):
            run = pg.simulate(surface, pg.Optimizer.all[name](), start, steps)
            if diagnose(run).outcome == "step_collapse":
                late = run.effective_lr[-steps // 3 :].max(axis=1)
                assert late[-1] <= 1.01 * late[0]


def test_a_place_outside_is_not_left():
    surface = pg.Formula("max(x**2, y**2) + 0.111*x")
    run = pg.simulate(surface, pg.Nesterov(lr=1.85, momentum=0.5), (0.277, 8.38), 150)
    assert "was never inside the window" in diagnose(run).verdict


def test_a_step_that_leaves_is_not_blamed_on_walls_met_later():
    run = pg.simulate(
        pg.Rosenbrock(),
        pg.Momentum(lr=0.000342, momentum=0.99),
        *((-6.3, -1.37), 800, pg.LinearWarmup(warmup=160)),
    )
    assert diagnose(run).verdict.startswith("Outside the window the step is too large")
