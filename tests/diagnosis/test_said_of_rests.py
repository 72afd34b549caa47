"""Of what rests, seems to, or is on its way to a floor: what is said is what becomes of it."""

import re

import numpy as np
import pytest

import playground as pg
from playground.diagnosis import diagnose
from playground.optimizers.parameters import COUPLED
from playground.words import number
from tests.support.told import seen, told


@pytest.mark.parametrize(
    ("surface", "optimizer", "start", "steps"),
    [
        (pg.SixHumpCamel(), pg.RMSProp(lr=0.0492), (-1.2, 0.211), 40),
        (pg.SoftSaddle(), pg.RAdam(lr=1.38), (1.0, 1e-6), 800),
        (
            pg.Formula("sqrt(x**2 + 9.39*y**2)"),
            pg.AMSGrad(lr=0.234, beta1=0.95),
            *((-2.58, 3.0), 150),
        ),
    ],
    ids=str,
)
def test_what_stands_and_leaves_again_is_warned_of_wherever_it_stands(
    surface, optimizer, start, steps
):
    run = pg.simulate(surface, optimizer, start, steps)
    finding = diagnose(run).findings[0]
    later = run.again(steps=steps + 3000).x[steps:]
    assert np.hypot(*(later - later[0]).T).max() > 0.01 * seen(run).travelled
    assert finding.label in ("converged", "local_minimum")
    assert not finding.lasting
    assert "will not stay" in finding.sentence or "out again" in finding.sentence


def test_the_place_of_a_decayed_minimum_is_told_and_not_that_of_the_end():
    told_of = 0
    for cls in pg.Optimizer.all.values():
        if not (decay := cls.named(COUPLED)):
            continue
        for surface in (pg.Hole(), pg.Booth(), pg.Rosenbrock()):
            run = pg.simulate(surface, cls(**{decay: 0.5}), steps=900)
            found = re.search(r"included: (\S+) from the minimum of f, at", told(run))
            e = seen(run)
            if found is not None and len(e.ground.minima) == len(surface.minima()) == 1:
                away = np.hypot(*(e.ground.minima[0] - np.array(surface.minima()[0])))
                assert found[1] == number(float(away))
                told_of += 1
    assert told_of > 10


def test_the_way_to_level_ground_ends_at_its_rim():
    surface = pg.Formula("max(0,1-x) + max(0,5.76-y)")
    run = pg.simulate(surface, pg.Adadelta(lr=0.13), (-2.4, 9.1), 800)
    found = re.search(r"made, (\S+) from the nearest minimum", diagnose(run).verdict)
    assert float(found[1]) == pytest.approx(1 - run.x[-1, 0], rel=0.01)
    surface = pg.Formula("max(x**2, y**2) + 0.28*x")  # x = −0.14, |y| ≤ 0.14
    run = pg.simulate(surface, pg.Adagrad(lr=0.02), (-2.12, -1.49), 100, pg.Sequence())
    found = re.search(r"([\d.]+) is left", diagnose(run).verdict)
    assert float(found[1]) == pytest.approx(np.hypot(*(run.x[-1] + [0.14, 0.14])), rel=0.01)


def test_what_gathers_speed_does_not_come_to_stand():
    run = pg.simulate(pg.Staircase(), pg.Adadelta(lr=0.0142), (9.62, 1.14), 40)
    later = run.again(steps=8000).x
    assert np.hypot(*np.diff(later, axis=0)[-1]) > np.hypot(*np.diff(later, axis=0)[40])
    assert "comes no further" not in diagnose(run).verdict


def test_a_loss_that_swings_over_decades_is_not_told_as_a_way_gone():
    run = pg.simulate(
        pg.CrossEntropy(), pg.AdamW(lr=3.49), (5.01, -5.82), 100, noise=1.05e-6, seed=17
    )
    late = run.f[-26:]
    assert late.max() > 1e3 * run.f[-1]
    assert f"between {number(late.min())} and {number(late.max())}" in diagnose(run).verdict


def test_the_rate_of_a_rule_that_reads_it_once_has_not_ended_it():
    """Rprop takes η for its first step only."""
    run = pg.simulate(pg.Narrowing(), pg.Rprop(lr=0.884), (-1.9, -2.99), 40, pg.Sequence(at=8))
    assert "schedule has ended" not in diagnose(run).verdict


@pytest.mark.parametrize("start", [(0.0, 0.0)])
def test_where_the_slope_is_zero_nothing_is_measured_by_it(start):
    run = pg.simulate(pg.MonkeySaddle(), pg.MeanSquareAdagrad(lr=0.042), start, 150)
    assert not run.gradient.any()
    assert "exactly 0 here" in diagnose(run).verdict
    assert "0 %" not in diagnose(run).verdict


def test_a_swing_in_a_valley_that_turns_is_not_measured_by_the_walls_of_its_end():
    surface = pg.Formula("(1-x)**2 + 28.6*(y-x**2)**2")
    run = pg.simulate(surface, pg.Adamax(lr=0.651), (-2.4, 2.2), 800)
    walls = [np.linalg.eigh(surface.hessian(p))[1][:, 1] for p in (run.x[3], run.x[-1])]
    assert abs(walls[0] @ walls[1]) < 0.95
    assert "floor of its valley" not in told(run)


def test_a_change_to_a_noisy_run_helps_on_other_draws_as_well():
    surface, rule = pg.Formula("(x-1.87)**4 + 9.81*y**2"), pg.Rprop(lr=0.394)
    for seed in range(60, 72):
        run = pg.simulate(surface, rule, (-2.4, 2.2), 60, noise=124.0, seed=seed)
        fix = diagnose(run).findings[0].fix
        if fix is None:
            continue
        name = "schedule" if isinstance(fix, pg.Schedule) else "optimizer"
        others = [run.again(seed=seed + i) for i in range(1, 6)]
        ends = [[r.f[-6:].mean() for r in (o, o.again(**{name: fix}))] for o in others]
        old, new = np.mean(ends, axis=0)
        assert new < old


def test_unbounded_ground_is_no_lower_minimum_for_a_start_at_one():
    run = pg.simulate(pg.MonkeySaddle(), pg.Adam(lr=1.35, weight_decay=1.0), (0, 0), 1)
    verdict = diagnose(run).verdict
    assert "not the lowest" not in verdict
    assert "elsewhere lower ground is known" in verdict


def test_curvature_is_taken_where_and_along_what_the_step_was():
    run = pg.simulate(pg.MonkeySaddle(), pg.Momentum(lr=0.852, momentum=0.0), (-1.8, -0.676), 150)
    assert "η·λ = 6.83" not in diagnose(run).verdict


def test_ground_of_the_largest_numbers_is_answered():
    surface = pg.Staircase(s=1.0, a=1.7976931348623157e308)
    run = pg.simulate(surface, pg.Adamax(), (-1e308, 5e-324), 6)
    assert "outside the domain" in diagnose(run).verdict
