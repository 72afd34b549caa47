"""What a run does that goes on decides whether it is slow; decay and bounces blamed as they are."""

import re
from functools import cache
from itertools import islice

import numpy as np
import pytest

import playground as pg
from playground.diagnosis import OUTCOMES, diagnose, further, lines, outcomes
from playground.diagnosis.future import Future
from playground.words import apart, number
from tests.oracles.truth.drawn import settings
from tests.oracles.truth.setting import Setting
from tests.support.part import EXHAUSTIVE
from tests.support.told import seen, told

RATES = np.geomspace(1e-3, 0.3, 7)


@cache
def drawn() -> list[Setting]:
    return list(islice(settings(8147), 160 if EXHAUSTIVE else 90))


# ---- a run carried on -------------------------------------------------------------------------


@pytest.mark.parametrize("name", pg.Optimizer.all)
@pytest.mark.parametrize(
    ("noise", "clip"), [(0.0, pg.NoClipping()), (0.3, pg.ClipNorm(max_norm=2.0))]
)
def test_a_run_that_goes_on_is_the_longer_run(name, noise, clip):
    """To the last bit, alone and in a batch, whether or not its states were kept."""
    made = {"noise": noise, "seed": 3, "clip": clip}
    rules = pg.Optimizer.all[name](lr=RATES), pg.Optimizer.all[name](lr=RATES[3].item())
    for rule in rules:
        longer = pg.simulate(pg.Rosenbrock(), rule, (-1.5, 2.0), 90, **made)
        run = pg.simulate(pg.Rosenbrock(), rule, (-1.5, 2.0), 40, **made)
        forgot = type(run)(run.problem, run.x)
        for begun in (run, forgot):
            on = begun.on(90, pg.Constant())
            np.testing.assert_array_equal(on.x, longer.x)
            np.testing.assert_array_equal(on.f, longer.f)


@np.errstate(all="ignore")
def test_what_is_slow_is_not_there_in_three_times_its_steps():
    """And what is in progress is: of nine in ten drawn at random that come to a minimum."""
    right, asked = 0, 0
    for setting in drawn():
        outcome = diagnose(setting.run).outcome
        e = seen(setting.run)
        if outcome not in ("slow", "in_progress") or not len(e.ground.minima) or e.noise.any():
            continue
        needed = Future.of(e).needed
        if 3 * e.n > lines.LOOK_AHEAD or not np.isfinite(needed) or not e.n or e.ringing.any():
            continue
        asked += 1
        right += (outcome == "slow") == (needed > lines.SLOW * e.n)
    assert asked > 12
    assert right >= 0.9 * asked


@pytest.mark.parametrize("name", pg.Optimizer.all)
def test_a_map_goes_on_as_each_of_its_runs(name):
    """Whose schedules end with the run for some lanes, and for some do not."""
    for schedule in (pg.Constant(), pg.Cosine(period=30), pg.WarmupCosine(warmup=10)):
        rule = pg.Optimizer.all[name](lr=RATES)
        sweep = pg.simulate(pg.StyblinskiTang(), rule, (1.2, -0.9), 60, schedule)
        alone = [diagnose(sweep[i]).outcome for i in range(len(RATES))]
        assert [OUTCOMES[i] for i in outcomes(sweep)] == alone


def test_it_goes_on_no_further_than_declared(monkeypatch):
    went = []

    def spy(run, steps, *, held):
        went.append(steps - run.steps)
        return original(run, steps, held=held)

    original = further.carried_on
    monkeypatch.setattr(further, "carried_on", spy)
    outcomes(pg.simulate(pg.Rosenbrock(), pg.Adam(lr=RATES), steps=400))
    assert went
    assert max(went) <= lines.LOOK_FURTHER


# ---- decay ------------------------------------------------------------------------------------


def decoupled():
    return [n for n, kind in pg.Optimizer.all.items() if kind().with_decoupled_decay(0.1)]


@pytest.mark.parametrize("name", decoupled())
@pytest.mark.parametrize("times", [2.2, 3.7])
def test_decay_beside_the_rule_that_throws_it_out_is_blamed(name, times):
    rule = pg.Optimizer.all[name](lr=1e-5).with_decoupled_decay(times / 1e-5)
    said = told(pg.simulate(pg.Bowl(kappa=1.0), rule, (-3.0, 1.0), 100))
    assert "The pull of its weight decay is too long a step by itself" in said
    assert f"η times its λ = {number(times)} is above the limit 2" in said
    steeper = re.search(r"with a slope ([\d.]+) times", said)
    assert float(steeper[1]) == pytest.approx(times - 1, rel=0.01)
    assert "pulls it back" not in said


@pytest.mark.parametrize("clip", [pg.ClipNorm(max_norm=0.3), pg.ClipValue(clip_value=0.2)])
@pytest.mark.parametrize("momentum", [0.0, 0.5])
def test_decay_behind_clipping_that_throws_it_out_is_blamed(clip, momentum):
    """Which of a linear rule is a bowl of curvature λ, and its limit that of the rule."""
    limit = 2 * (1 + momentum)
    for times, thrown in ((0.9 * limit, False), (1.2 * limit, True)):
        rule = pg.Momentum(lr=times, momentum=momentum, weight_decay=1.0)
        said = told(pg.simulate(pg.Formula("x**4 + y**4"), rule, (3.0, 2.0), 200, clip=clip))
        assert ("pull of its weight decay is too long a step" in said) == thrown


def test_decay_is_said_to_keep_it_within_its_reach_where_it_does():
    within = 0
    for weight in (0.3, 1.0, 2.0):
        for lr in (0.05, 0.2, 0.353):
            rule = pg.AdamW(lr=lr, weight_decay=weight)
            run = pg.simulate(pg.MonkeySaddle(), rule, (0.644, 1.12), 150)
            for rim, end in re.findall(r"about 1/λ = ([\d.]*\d)( in the end)?", told(run)):
                late = np.abs(Future.of(seen(run)).points)
                reach = late[:, -750:].max() if end else late.max()
                assert reach <= 1.03 * float(rim)
                within += 1
    assert within


# ---- bounces and what is too long ---------------------------------------------------------------


def test_a_bounce_blamed_on_a_wall_goes_along_it():
    """sᵀHs / sᵀP⁻¹s of its last step, there or half-way, is above the limit as well."""
    blamed = 0
    for setting in drawn():
        run = setting.run
        cause = diagnose(run).findings[0]
        if "It bounces between the valley walls" not in cause.sentence:
            continue
        s, w = run.x[-1] - run.x[-2], float(seen(run).decay[0])
        cost = np.where(s == 0, 0, s * s / run.effective_lr[-1]).sum()
        along = [
            s @ (run.surface.hessian(p) + w * np.eye(2)) @ s / cost
            for p in (run.x[-1], run.x[-2:].mean(axis=0))
        ]
        assert max(along) > cause.threshold
        blamed += 1
    assert blamed


@pytest.mark.parametrize("c", [0.0, 1e-6, 0.277])
def test_a_bounce_about_a_tip_is_not_blamed_on_the_curvature_beside_it(c):
    run = pg.simulate(
        pg.Formula(f"sqrt(x**2 + {c}*y**2)"), pg.GradientDescent(lr=2.73), (0.499, 1.4), 150
    )
    assert "above the limit" not in diagnose(run).findings[0].sentence


def test_numbers_that_differ_by_rounding_are_told_as_one():
    assert apart(4.1281112090913712, np.nextafter(4.1281112090913712, 5)) == ("4.13", "4.13")
    assert apart(1.3641, 1.3642) == ("1.3641", "1.3642")


def test_a_swing_over_a_floor_that_bends_is_measured_or_not_told():
    """Of a valley floor y = x²: what is told of a swing is so along that direction at both ends."""
    told_of = 0
    for name in pg.Optimizer.all:
        for lr in (0.02, 0.1, 0.413):
            run = pg.simulate(pg.Rosenbrock(), pg.Optimizer.all[name](lr=lr), (0.422, 1.48), 500)
            if (swing := seen(run).swings[0]) is None or not run.finite > 500:
                continue
            u = seen(run).local.vectors[:, swing.mode, 0]
            if abs(u[0]) < 0.5 or not swing.mode:
                continue
            stretch = run.x[swing.first : swing.last + 1]
            reach = max(abs(_to_the_floor(p, u)) for p in stretch)
            assert reach == pytest.approx(swing.beyond, rel=0.3)
            told_of += 1
    assert told_of


def _to_the_floor(p, u):
    """The least |t| with p + t·u on y = x²."""
    a, b, c = -(u[0] ** 2), u[1] - 2 * p[0] * u[0], p[1] - p[0] ** 2
    roots = np.roots([a, b, c])
    real = roots[np.abs(roots.imag) < 1e-9].real
    return real[np.abs(real).argmin()] if real.size else np.inf
