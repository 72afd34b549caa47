"""What is said of the run carried on, of the cause and of the change, by doing it."""

import re
from itertools import islice

import numpy as np
import pytest

import playground as pg
from playground.diagnosis import diagnose, lines
from tests.oracles.truth.drawn import settings
from tests.oracles.truth.reading import NUMBER
from tests.oracles.truth.reading import number as value
from tests.support.part import some
from tests.support.told import seen

AHEAD = lines.LOOK_AHEAD


def drawn(seeds, each):
    """Runs drawn at random, without noise, that have made a step."""
    for seed in seeds:
        for setting in islice(settings(seed), each):
            if not setting.noise and setting.run.steps and np.isfinite(setting.run.x).all():
                yield setting


@pytest.mark.parametrize("seed", some(range(6000, 6060), of=12))
def test_what_is_left_then_and_how_near_it_comes_are_so_when_carried_on(seed):
    for setting in drawn([seed], 6):
        verdict, n = diagnose(setting.run).verdict, setting.run.steps
        at_last = re.search(rf"more than 3000 steps, ({NUMBER}) being left then", verdict)
        nearest = re.search(rf"3000 steps it comes no nearer than ({NUMBER})", verdict)
        if not (at_last or nearest):
            continue
        if setting.schedule != pg.Constant():
            continue
        later = setting.longer(n + AHEAD).x[n:]
        rests = [np.array(q) for q in seen(setting.run).ground.minima]
        ways = [np.hypot(*(later - q).T) for q in rests]
        found = [way[-1] if at_last else way.min() for way in ways]
        told_as = value((at_last or nearest)[1])
        near = min(found, key=lambda way: abs(way - told_as), default=told_as)
        if not seen(setting.run).ground.floor:
            assert told_as == pytest.approx(near, rel=6e-3), setting


@pytest.mark.parametrize("seed", some(range(6100, 6200), of=10))
def test_a_collapsed_step_is_told_by_what_multiplied_the_slopes(seed):
    for setting in drawn([seed], 5):
        found = re.search(
            rf"along ([xy]), .* rate fell from ({NUMBER}) at step (\d+) to ({NUMBER}), while the "
            rf"slope there was ({NUMBER}) and is ({NUMBER})\.",
            diagnose(setting.run).verdict,
        )
        if found is None:
            continue
        run, j, k = setting.run, "xy".index(found[1]), int(found[3])
        e = seen(run)
        rate = run.effective_lr[:, j]
        slope = np.abs(e.g[j, :, 0])
        shown = [value(found[i]) for i in (2, 4, 5, 6)]
        assert shown == pytest.approx([rate[k - 1], rate[-1], slope[k - 1], slope[-1]], rel=6e-3)
        assert rate[k - 1] > lines.COLLAPSE * rate[-1]


@pytest.mark.parametrize("seed", some(range(6200, 6280), of=10))
def test_a_small_step_is_blamed_where_a_longer_one_was_tried_and_ends_lower(seed):
    for setting in drawn([seed], 5):
        finding = diagnose(setting.run).findings[0]
        blamed = "step is small" in finding.sentence or "too short for the way" in finding.sentence
        if blamed:
            assert finding.fix.lr > setting.run.optimizer.lr
            assert finding.fix == setting.run.optimizer.replace(lr=finding.fix.lr)


@pytest.mark.parametrize("seed", some(range(6300, 6380), of=10))
def test_what_ends_a_bounce_comes_to_rest(seed):
    for setting in drawn([seed], 5):
        finding = diagnose(setting.run).findings[0]
        if "of a minimum and stays" in finding.sentence:
            name = "schedule" if isinstance(finding.fix, pg.Schedule) else "optimizer"
            changed = diagnose(setting.run.again(**{name: finding.fix}))
            assert changed.outcome in ("converged", "local_minimum")
            assert changed.lasting


@pytest.mark.parametrize(
    ("surface", "optimizer", "start", "steps", "schedule"),
    [
        (
            pg.Formula("max(x**2, y**2) + 0.147*x"),
            pg.Rprop(lr=0.00182),
            *((0.781, -0.975), 800, pg.MultiStep(milestones=(400, 600), gamma=0.449)),
        ),
        (
            pg.Formula("max(x**2, y**2) + 0.313*x"),
            pg.GradientDescent(lr=0.02),
            *((0.915, 1.19), 20, pg.Constant()),
        ),
    ],
)
def test_the_way_to_a_level_floor_is_the_way_to_its_edge(
    surface, optimizer, start, steps, schedule
):
    """Of max(x², y²) + cx every x = −c/2, |y| ≤ c/2 is a minimum."""
    run = pg.simulate(surface, optimizer, start, steps, schedule)
    c = float(str(surface).split("+ ")[1].split("*")[0])
    away = abs(run.x[-1, 0] + c / 2) if abs(run.x[-1, 1]) <= c / 2 else None
    verdict = diagnose(run).verdict
    least = re.search(rf"less than a millionth of the way of ({NUMBER}) is left", verdict)
    found = re.search(rf"({NUMBER}) is left|({NUMBER}) to go", verdict)
    if away is not None and least is not None:
        assert away <= 1e-6 * value(least[1])
    elif away is not None and found is not None:
        assert value(found[1] or found[2]) <= 1.1 * away


def test_a_burst_has_a_quiet_stretch_before_it():
    """Fifty updates, or as many as there were: not the first one many times."""
    run = pg.simulate(
        pg.Staircase(), pg.RMSProp(lr=4.57), (0.0, 1.0), 60, pg.WarmupCosine(warmup=30)
    )
    sizes = np.hypot(*run.gradient.T)
    assert sizes[23] < lines.BURST * np.median(sizes[:23])
    assert "burst" not in diagnose(run).labels


def test_a_slope_that_has_become_zero_is_told():
    run = pg.simulate(pg.CrossEntropy(), pg.Rprop(lr=1.77), (-6.33, 10.2), 60)
    assert not run.gradient[-1].any()
    assert "it is 0, and moves it no more" in diagnose(run).verdict


def test_the_rim_of_a_window_is_no_minimum():
    run = pg.simulate(
        pg.Formula("x**3 - 3*x + 0.648*y**2"), pg.Momentum(lr=0.136), (-0.795, -0.576), 500
    )
    assert len(run.surface.minima()) == 1
    assert "the lowest known is" not in diagnose(run).verdict
    assert "lower ground is known, down to −18" in diagnose(run).verdict


@pytest.mark.parametrize("name", ["Adadelta", "Adam", "AdamW", "Lion", "Rprop"])
def test_what_gets_away_by_itself_lies_on_no_plateau(name):
    """A few steps of a length that does not depend on the slope, on flat ground."""
    run = pg.simulate(pg.Hole(), pg.Optimizer.all[name](lr=0.16), (-5.48, 1.54), 4)
    later = run.again(steps=400)
    if later.f[-1] < 0.1 * run.f[0]:
        assert diagnose(run).outcome != "plateau"


def test_a_minimum_on_the_way_that_is_not_the_lowest_is_called_so():
    run = pg.simulate(pg.Rastrigin(), pg.RAdam(lr=0.021, weight_decay=0.01), (1.43, -2.0), 100)
    assert "to a minimum that is not the lowest" in diagnose(run).verdict
    lowest = pg.simulate(pg.Booth(), pg.GradientDescent(lr=0.01), (-8, -6), 30)
    assert "not the lowest" not in diagnose(lowest).verdict
