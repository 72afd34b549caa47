"""What sentences say of what comes, of a rate that returns, of decay and of poles, by going on."""

import re
from itertools import product

import numpy as np
import pytest

import playground as pg
from playground.diagnosis import diagnose, lines
from playground.diagnosis.decayed import Decayed
from playground.diagnosis.future import Future
from playground.surfaces.knowledge import survey
from playground.words import number
from tests.support.part import some
from tests.support.told import seen

WITH_EDGES = (
    "1/x + x + y**2",
    "log(x)**2 + y**2",
    "sqrt(x) + 1/x + y**2",
    "x**1.5 + 2*y**2",
    "tan(x)**2 + y**2",
    "x - 3*log(x) + y**2",
)
OF_ONE_SLOPE = {
    "max(x, y)": (-0.5, -0.5),
    "abs(x) + y": (0, -1),
    "abs(x + y) - y": (-0.5, 0.5),
    "x + y": (-1, -1),
}
"""Homogeneous of degree one, and where they are lowest with ½|x|²."""
DECOUPLED = [
    name for name, cls in pg.Optimizer.all.items() if cls().with_decoupled_decay(1.0) is not None
]


def distance(run, place):
    return np.hypot(*(run.x - place).T)


# ---- a rate that returns ----------------------------------------------------------------------


def rebound(schedule):
    run = pg.simulate(pg.Bowl(), pg.Lion(lr=0.1), steps=200, schedule=schedule)
    return run, [f for f in diagnose(run).findings if f.label == "rebound"]


def test_a_restart_that_raises_the_loss_is_told_with_its_step_and_rates():
    run, (found,) = rebound(pg.CosineRestarts(period=100))
    low, high = found.steps
    assert low == 100
    assert high > 100
    assert run.f[high] == run.f[100:110].max() > run.f[100]
    rates = f"again, from {number(run.lr[99])} to {number(run.lr[99:].max())}: the loss"
    assert rates in found.sentence


@pytest.mark.parametrize("schedule", [pg.Cosine(), pg.Constant(), pg.LinearWarmup(warmup=50)])
def test_a_rate_that_never_returns_is_no_rebound(schedule):
    assert rebound(schedule)[1] == []


# ---- what comes -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "optimizer", [pg.GradientDescent(lr=0.02), pg.Momentum(lr=0.02), pg.Nesterov(lr=0.02)]
)
def test_a_saddle_is_left_when_it_is_said(optimizer):
    surface = pg.Formula("x**2/2 - y**2/4 + y**4/4")
    run = pg.simulate(surface, optimizer, (0.0, 1e-12), steps=30)
    found = diagnose(run)
    assert found.outcome == "saddle"
    told = re.search(r"leaves in about ([\d ]+) steps", found.verdict)
    assert told or "still there after 3 000 steps" in found.verdict
    later = pg.simulate(surface, run.optimizer, (0.0, 1e-12), steps=30 + lines.LOOK_AHEAD)
    away = distance(later, (0, 0))[30:] > lines.AT_CRITICAL * seen(run).length
    first = int(away.argmax()) if away.any() else None
    assert (told is None) == (first is None)
    if told:
        assert first <= int(told[1].replace(" ", "")) <= 1.1 * first + 1


@pytest.mark.parametrize(("name", "text"), some(product(pg.Optimizer.all, WITH_EDGES), 5))
def test_beside_poles_and_edges_what_comes_is_what_comes(name, text):
    surface = pg.Formula(text)
    run = pg.simulate(surface, pg.Optimizer.all[name](), steps=15)
    e = seen(run)
    assert all(finding.sentence for finding in diagnose(run).findings)
    if e.left:
        return
    after = Future(e)
    if after.rest is None or not np.isfinite(after.needed):
        return
    assert np.isfinite(surface(after.rest))
    comes, stays = int(after.comes), int(after.needed)
    later = pg.simulate(surface, run.optimizer, steps=15 + stays + lines.SOME)
    way = max(distance(run, after.rest)[0], lines.LEAST_WAY * e.length)
    there = distance(later, after.rest)[15:] <= lines.ARRIVED * way
    assert there[comes]
    assert not there[:comes].any()
    assert there[stays:].all()
    assert not there[stays - 1 : stays].any()


# ---- decay ------------------------------------------------------------------------------------


@pytest.mark.parametrize("w", [1e-3, 0.01, 0.03, 0.1, 1.0])
@pytest.mark.parametrize("text", OF_ONE_SLOPE)
def test_coupled_decay_gives_what_falls_at_one_slope_a_minimum(text, w):
    """It is 1/w times as far as that of w = 1."""
    found = survey(Decayed(pg.Formula(text), w), (-3, 3, -3, 3))
    assert found.knowledge.lowest == "minimum"
    assert np.array(found.minima[0]) == pytest.approx(
        np.array(OF_ONE_SLOPE[text]) / w, rel=1e-5, abs=1e-5 / w
    )


@pytest.mark.parametrize("name", DECOUPLED)
def test_decay_that_is_too_long_a_step_by_itself_is_named(name):
    """Beyond ηλ = 2 no curvature is stable: a negative limit would mean nothing."""
    optimizer = pg.Optimizer.all[name](lr=2.2).with_decoupled_decay(1.0)
    for schedule in (
        pg.Constant(),
        pg.CosineRestarts(period=30),
        pg.StepDecay(every=20, gamma=0.3),
    ):
        run = pg.simulate(pg.Narrowing(), optimizer, (9.28, -2.89), steps=150, schedule=schedule)
        text = " ".join(finding.sentence for finding in diagnose(run).findings)
        assert not re.search(r"limit (−|0\b(?!\.))", text)


@pytest.mark.parametrize("name", pg.Optimizer.all)
@pytest.mark.parametrize("lr", [1e-3, 1e308])
def test_a_schedule_that_has_ended_at_zero_is_told(name, lr):
    """Its rate is none a rule may have, nor is the mean of rates whose sum is beyond numbers."""
    rule = pg.Optimizer.all[name](lr=lr)
    for schedule in (pg.Polynomial(total=1), pg.Polynomial(total=5, power=4.0), pg.Constant()):
        run = pg.simulate(pg.Bowl(kappa=4), rule, steps=40, schedule=schedule)
        assert pg.diagnose(run).verdict


def test_a_slope_that_is_said_to_fade_faster_than_the_way_does():
    """At the bottom of x⁴, and not on the way to level ground at the bottom of a bowl."""
    curved, level = pg.Formula("(x - 1.9)**4 + 0.4*y**2"), pg.Formula("max(x**2, y**2) + 0.3*x")
    said = set()
    for ground, (name, rule) in product((curved, level), pg.Optimizer.all.items()):
        for lr, steps in ((1e-3, 200), (1e-2, 30)):
            run = pg.simulate(ground, rule(lr=lr), start=(-1.0, 0.2), steps=steps)
            if "fades faster than the way" in diagnose(run).verdict:
                said.add((ground, name))
                longer = pg.simulate(ground, rule(lr=lr), start=(-1.0, 0.2), steps=6000)
                way = np.abs(longer.x[[steps, -1], 0] - 1.9)
                slope = np.hypot(*longer.gradient[[steps, -1]].T)
                assert slope[1] / slope[0] < way[1] / way[0]
    assert (curved, "GradientDescent") in said
