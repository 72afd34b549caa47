"""What is said of rests, collapsed steps, ended schedules and noise, against the run carried on."""

import re
from itertools import islice

import numpy as np
import pytest

import playground as pg
from playground.diagnosis import diagnose, lines
from playground.diagnosis.future import Future
from tests.oracles.truth.drawn import settings
from tests.support.part import some
from tests.support.told import seen, told

# ---- rests --------------------------------------------------------------------------------------


def test_a_slow_run_beside_a_saddle_does_not_stand_at_it():
    """Its step is 3·10⁻⁵; the saddle is a quarter as far as the minimum it goes to."""
    run = pg.simulate(pg.Ackley(), pg.GradientDescent(lr=2.73e-5), (-2.58, 3.04), 20)
    assert np.hypot(*run.gradient[-1]) > 1
    assert diagnose(run).outcome != "saddle"


def test_decay_holds_a_clipped_run_on_a_surface_without_a_floor():
    """Where w|x| = c."""
    run = pg.simulate(
        pg.MonkeySaddle(),
        pg.Nesterov(lr=0.941, momentum=0.5, weight_decay=0.01),
        *((1.56, 0.831), 500),
        clip=pg.ClipNorm(max_norm=7.38),
    )
    assert np.hypot(*run.x[-1]) == pytest.approx(738, rel=1e-3)
    found = diagnose(run)
    assert found.outcome == "converged"
    assert "where weight decay holds it" in found.verdict


def test_what_bounces_along_a_valley_does_not_circle():
    run = pg.simulate(
        *(pg.LeastSquares(), pg.Lion(lr=0.0861), (-119.0, 0.855), 300),
        pg.CosineRestarts(period=15),
    )
    assert np.hypot(*(run.x[-1] - run.x[-75])) > 2
    assert "limit_cycle" not in diagnose(run).labels


# ---- collapse -----------------------------------------------------------------------------------


def test_what_strides_further_than_is_left_has_not_collapsed():
    run = pg.simulate(
        pg.Formula("sqrt(x**2 + 0.276*y**2)"),
        pg.Adamax(lr=0.943),
        (-1.33, -0.396),
        60,
        noise=0.0606,
        seed=27,
    )
    e = seen(run)
    strides = np.hypot(*np.diff(run.x[-21:], axis=0).T)
    assert strides.mean() > Future.of(e).left / 2
    assert diagnose(run).outcome != "step_collapse"


def test_what_moves_away_from_its_end_has_not_collapsed():
    """Its decay pulls harder than the clipped slope: it rests at 0.7, where 0.1 x = 0.07."""
    run = pg.simulate(
        pg.Formula("x - 1.7*log(x) + y**2"),
        pg.Nesterov(lr=0.432, momentum=0.0, weight_decay=0.1),
        *((5.84, -3.95), 100, pg.Polynomial()),
        clip=pg.ClipValue(clip_value=0.07),
    )
    assert seen(run).last_loss > seen(run).loss(-1 - seen(run).fifth)
    assert diagnose(run).outcome != "step_collapse"


@pytest.mark.parametrize(
    "setting",
    [
        (pg.Himmelblau(), pg.RAdam(lr=0.0394, beta1=0.95), (0.292, -1.61), 100, pg.OneCycle()),
        (pg.Hole(), pg.Adagrad(lr=0.00392, weight_decay=0.1), (4.5, 0.5), 60, pg.Cosine(period=12)),
    ],
    ids=["after a warm-up", "whatever its schedule will return to"],
)
def test_a_step_has_collapsed(setting):
    run = pg.simulate(*setting)
    fell = run.effective_lr[: run.steps // 2].max(axis=0) / run.effective_lr[-1]
    assert fell.min() > 2 * lines.COLLAPSE
    assert diagnose(run).outcome == "step_collapse"


# ---- what ends ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("schedule", "ended"), [(pg.InverseTime(k=0.633), False), (pg.Exponential(gamma=0.9), True)]
)
def test_a_rate_that_falls_for_ever_has_ended_if_hardly_any_is_to_come(schedule, ended):
    run = pg.simulate(pg.Saddle(), pg.AMSGrad(lr=0.848), (-0.819, -2.98), 150, schedule)
    longer = pg.simulate(pg.Saddle(), pg.AMSGrad(lr=0.848), (-0.819, -2.98), 3150, schedule)
    share = longer.lr[150:].sum() / longer.lr[:150].sum()
    assert (share < lines.ENDED) == ended
    assert bool(re.search("has (all but )?ended", told(run))) == ended


@pytest.mark.parametrize("schedule", [pg.OneCycle(), pg.Polynomial(), pg.Cosine()], ids=repr)
def test_a_schedule_that_a_rule_does_not_read_ends_nothing(schedule):
    run = pg.simulate(pg.Rastrigin(), pg.Rprop(lr=0.0298), (4.98, 3.23), 20, schedule)
    assert "schedule" not in told(run)


def test_clipping_that_does_not_act_holds_nothing():
    run = pg.simulate(
        pg.TwoValleys(),
        pg.RMSProp(lr=0.143, weight_decay=0.01),
        *((-0.716, 1.44), 300),
        clip=pg.ClipValue(clip_value=97.6),
    )
    longer = run.again(steps=3300)
    assert not longer.clipped.any()
    assert "clipping holds" not in told(run)


# ---- noise --------------------------------------------------------------------------------------


def test_what_is_thrown_out_without_its_noise_as_well_is_not_said_to_stay():
    run = pg.simulate(
        pg.Formula("(x-1.42)**2 + 1.85*(y+0.125)**2"),
        pg.GradientDescent(lr=0.582, weight_decay=0.01),
        *((1.3, 1.4), 5),
        noise=0.511,
        seed=83,
    )
    assert not np.abs(run.again(noise=0.0, steps=300).x[-1]).max() < 1e6
    assert "Without its noise" not in told(run)


@pytest.mark.parametrize("seed", some(range(60), of=5))
def test_a_floor_that_is_said_to_be_reached_sinks_no_further(seed):
    for setting in islice(settings(7000 + seed), 8):
        run = setting.run
        if "has reached the floor" not in told(run):
            continue
        n, still = run.steps, run.again(noise=0.0)
        now, later = run.f[n // 2 :].mean(), setting.longer(n + lines.LOOK_AHEAD).f[n + 1 :].mean()
        added = now - still.f[n // 2 :].mean()
        assert later > now - 0.25 * added


def test_what_still_drifts_to_the_minimum_is_not_held_from_it():
    setting = pg.SoftSaddle(), pg.AdamW(lr=0.199, beta1=0.95, weight_decay=0.1), (-1.17, -1.96)
    run, later = (pg.simulate(*setting, steps=n) for n in (800, 3800))
    away = [np.hypot(*(np.array(run.surface.minima()) - r.x[-1]).T).min() for r in (run, later)]
    assert away[1] < 0.5 * away[0]
    assert "lets it go further" not in told(run)


def test_a_small_first_gradient_of_a_noisy_run_is_no_large_rate():
    run = pg.simulate(
        *(pg.Quadratic(), pg.AMSGrad(lr=0.226), (3.86, 0.907), 40), noise=0.823, seed=74
    )
    strides = np.abs(np.diff(run.x[:, 0]))
    assert strides[-10:].mean() > strides[:10].mean()
    assert diagnose(run).outcome != "step_collapse"


def test_a_burst_is_over_when_the_slope_stays_low():
    run = pg.simulate(
        pg.Geman(),
        pg.GradientDescent(lr=1.41, weight_decay=0.01),
        *((1.27, 5.23), 300, pg.MultiStep(milestones=(150, 225), gamma=0.567)),
    )
    (burst,) = (f for f in diagnose(run).findings if f.label == "burst")
    size, (_, end) = seen(run).size[:, 0], burst.steps
    assert size[end : end + lines.CALM_STEPS].max() < lines.CALMED * size.max()
    assert size[end - 1] >= lines.CALMED * size[42:end].max() / 2
    calmer = run.again(schedule=pg.Cosine())
    assert np.hypot(*calmer.gradient[22:].T).max() > 0.9 * np.hypot(*run.gradient[22:].T).max()
    assert "keeps |g| under half" not in burst.sentence


def test_a_change_that_runs_off_past_the_minima_mends_nothing():
    run = pg.simulate(pg.Narrowing(), pg.Adam(lr=1.82), (8.48, -3.55), 200)
    assert diagnose(run.again(optimizer=pg.Adam(lr=17.0))).outcome == "diverged"
    fix = diagnose(run).findings[0].fix
    assert fix is not None
    assert diagnose(run.again(optimizer=fix)).outcome != "diverged"


def test_most_is_left_across_the_valley_beside_its_floor():
    run = pg.simulate(
        *(pg.Product(), pg.Newton(lr=0.02, damping=1.0), (5.0, 0.05), 40), pg.WarmupCosine()
    )
    assert "along y, where most is left" in told(run)


def test_when_it_comes_by_does_not_depend_on_when_it_is_asked():
    """1 % is of the way it will have made."""
    setting = pg.Hole(), pg.NAdam(lr=0.0994), (-0.125, 4.41)
    comes = [n + Future.of(seen(pg.simulate(*setting, n))).comes for n in (10, 20, 25)]
    assert len(set(comes)) == 1
