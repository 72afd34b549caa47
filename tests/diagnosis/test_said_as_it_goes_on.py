"""What is said of ends and ways, against the same run carried on for as long as is named."""

import re
from itertools import islice

import numpy as np
import pytest

import playground as pg
from playground.diagnosis import diagnose, lines
from playground.diagnosis.future import Future
from tests.oracles.truth.drawn import settings
from tests.support.told import seen, told, value


def every_sentence(pattern, *seeds):
    """Drawn runs of which something is said, and what; of these seeds it is said of some."""
    drawn = (s for seed in seeds for s in islice(settings(7000 + seed), 6))
    found = [(s, said) for s in drawn if (said := re.search(pattern, told(s.run)))]
    assert found
    return found


# ---- where it leads -----------------------------------------------------------------------------


def test_a_flat_floor_is_reached_wherever_it_is_reached():
    """Every (−0.081, |y| ≤ 0.081) is a minimum."""
    setting = pg.Formula("max(x**2, y**2) + 0.162*x"), pg.RMSProp(lr=0.0447, alpha=0.9, eps=1.0)
    run, later = (pg.simulate(*setting, (-0.638, 2.56), n) for n in (100, 300))
    assert later.f[-1] == pytest.approx(-(0.081**2), rel=1e-9)
    assert "It would take about" in told(run)
    assert "no nearer" not in told(run)


def test_the_rounded_end_of_a_way_down_is_not_the_end_of_the_run():
    run = pg.simulate(pg.Product(), pg.Adagrad(lr=0.0129), (-4.16, 2.4), 60)
    after = Future.of(seen(run))
    assert run.f[-1] > 40
    assert run.surface(after.rest) < 1e-6
    assert after.left > 1


def test_what_is_away_at_last_is_so_at_the_last_step():
    for setting, said in every_sentence(r"for 3000 steps it is (\S+) away at last", 23, 27, 36, 56):
        e = seen(setting.run)
        last = setting.longer(e.n + lines.LOOK_AHEAD).x[-1]
        assert np.hypot(*(last - Future.of(e).rest)) == pytest.approx(value(said[1]), rel=6e-3)


def test_what_is_said_to_stay_is_there_for_a_quarter_of_what_is_looked_at():
    for setting, _ in every_sentence(r"and (will )?stay after about", 3, 18, 21, 36):
        there = Future.of(seen(setting.run))._there
        assert there[-lines.LOOK_AHEAD // lines.QUARTER :].all()


def test_a_way_that_turns_at_a_kink_does_not_level_off():
    setting = pg.Formula("max(x, y)"), pg.Adadelta(lr=0.0108), (1.39, -2.67)
    run = pg.simulate(*setting, 300, pg.Noam(warmup=150))
    assert "levels off" not in told(run)


# ---- how it gets on -----------------------------------------------------------------------------


def test_a_bounce_that_dies_is_not_put_down_to_long_steps():
    run = pg.simulate(
        *(pg.LeastSquares(), pg.Adamax(lr=0.861, beta1=0.0), (-131.0, 2.88), 5),
        pg.Noam(warmup=2),
    )
    assert "too long for the valley" not in told(run)


def test_what_bounces_and_moves_on_gets_on():
    run = pg.simulate(
        *(pg.LeastSquares(), pg.AdamW(lr=0.0394, beta1=0.0), (-233.0, -4.31), 200),
        clip=pg.ClipValue(clip_value=1.1),
    )
    assert np.hypot(*(run.x[-1] - run.x[-21])) > 2
    assert "creeps" not in told(run)


def test_a_schedule_that_has_ended_brings_nothing_nearer_per_step():
    run = pg.simulate(
        *(pg.QuarticSaddle(), pg.Newton(lr=0.1), (-2.0, 0.001), 200, pg.Polynomial()),
        noise=2.72,
        seed=75,
    )
    assert "heading into the saddle" in told(run)
    assert "per step" not in told(run)


def test_the_ground_became_sharper_from_where_it_is_said():
    """Which need not be the start: this run comes off sharper ground."""
    run = pg.simulate(
        pg.Rosenbrock(), pg.Nesterov(lr=0.00331, momentum=0.5, weight_decay=0.01), (1.0, 1.0), 800
    )
    curvature = [np.linalg.eigvalsh(run.surface.hessian(p))[-1] + 0.01 for p in run.x]
    verdict = diagnose(run).findings[0].sentence
    early, step, late = re.search(r"from (\S+) before step (\d+) to (\S+), the", verdict).groups()
    assert curvature[int(step) - 1] == pytest.approx(value(early), rel=0.01)
    assert value(early) < value(late) < curvature[0]


def test_a_walk_about_a_saddle_has_not_left_it():
    setting = pg.Formula("x**2 - 4.79*y**2"), pg.Newton(lr=0.02), (-0.59, 0.444), 800
    run = pg.simulate(*setting, noise=1.55, seed=69)
    assert np.hypot(*run.x[330:].T).max() < 0.2
    assert "left_saddle" not in diagnose(run).labels


def test_what_is_left_is_left_to_the_minimum_that_it_gets_to():
    surface = pg.Formula("(x**2+y-0.916)**2 + (x+y**2-1.18)**2")
    run = pg.simulate(surface, pg.Adamax(lr=0.00151, eps=0.001), (2.35, 1.41), 40)
    later = pg.simulate(surface, run.optimizer, (2.35, 1.41), 3040)
    said = re.search(r"more than 3000 steps, (\S+) being left then", told(run))
    minimum = min(surface.minima(), key=lambda q: np.hypot(*(later.x[-1] - q)))
    assert value(said[1]) == pytest.approx(np.hypot(*(later.x[-1] - minimum)), rel=6e-3)


def test_a_descent_that_came_late_is_no_floor_of_noise():
    run = pg.simulate(pg.Geman(), pg.Adamax(lr=0.0337), (0.142, -4.42), 300, noise=0.0196, seed=60)
    assert np.hypot(*run.x[-1]) < 0.01 * np.hypot(*run.x[0])
    assert diagnose(run).outcome == "converged"


def test_a_limit_that_the_schedule_goes_under_lets_no_bounce_grow_on():
    run = pg.simulate(
        pg.Formula("x*log(x) + 8.26*y**2"),
        pg.RMSProp(lr=0.195, alpha=0.9, weight_decay=1.0),
        *((2.99, 1.35), 40, pg.CosineRestarts(period=2)),
    )
    y = np.abs(pg.simulate(run.surface, run.optimizer, (2.99, 1.35), 62, run.schedule).x[:, 1])
    assert y[62] < 1e-3 * y[40]
    assert "will not stay" not in told(run)


def test_a_loss_that_rises_again_does_not_keep_falling():
    setting = pg.Formula("exp(-x) + 16.5*y**2"), pg.MeanSquareAdagrad(lr=0.614), (-1.31, -2.91)
    run, later = (pg.simulate(*setting, n) for n in (300, 700))
    assert later.f[300:].max() > run.f[0]
    assert "keeps falling" not in told(run)


@pytest.mark.parametrize(
    ("surface", "optimizer", "start", "steps", "surface_to_blame"),
    [
        (pg.MonkeySaddle(), pg.GradientDescent(lr=0.01), (-1.0, 0.2), 400, True),
        (pg.MonkeySaddle(), pg.GradientDescent(lr=0.192), (1.67, 1.83), 40, True),
        (pg.Narrowing(), pg.Nesterov(lr=0.433, momentum=0.0), (2.17, 0.534), 800, False),
        (pg.Saddle(), pg.Nesterov(lr=1.8, momentum=0.99), (1.02, -0.131), 100, False),
    ],
    ids=str,
)
def test_what_leaves_downhill_is_the_surface_s_doing_and_what_leaves_uphill_the_step_s(
    surface, optimizer, start, steps, surface_to_blame
):
    run = pg.simulate(surface, optimizer, start, steps)
    x0, x1, y0, y1 = surface.span
    x, y = run.x.T
    k = int(((x < x0) | (x > x1) | (y < y0) | (y > y1)).argmax())
    assert (run.f[k] < run.f[k - 1]) == surface_to_blame
    down = ("follows the surface down", "left down the surface")
    assert any(words in told(run) for words in down) == surface_to_blame


# ---- growth and bursts --------------------------------------------------------------------------


def test_the_slope_is_as_much_steeper_as_is_said():
    for setting, said in every_sentence(r"a slope (\S+) times that of step (\d+)", 0, 2, 11, 38):
        size = np.hypot(*setting.run.gradient.T)
        if setting.run.optimizer.coupled_decay:
            size = seen(setting.run).size[:, 0]
        k = int(said[2])
        assert size[k + 1] / size[k] == pytest.approx(value(said[1]), rel=6e-3)
        assert value(said[1]) > 1


def test_a_gauge_that_is_blamed_for_a_burst_was_past_the_limit_as_it_rose():
    for setting, said in every_sentence(
        r"At step (\d+) the gradient burst .*past the limit", 3, 16, 28, 57
    ):
        e, peak = seen(setting.run), int(said[1])
        assert (e.sharpness[peak - lines.FLIPS_SEEN : peak, 0] > e.limit).all()


@pytest.mark.parametrize(
    ("surface", "optimizer", "start", "steps"),
    [
        (pg.Beale(), pg.Momentum(lr=0.034, momentum=0.8), (-3.54, 0.531), 60),
        (pg.ThreeHumpCamel(), pg.Momentum(lr=0.814), (0.192, -2.47), 40),
    ],
    ids=repr,
)
def test_a_rate_that_would_hold_is_no_thousandth_where_a_tenth_holds(
    surface, optimizer, start, steps
):
    run = pg.simulate(surface, optimizer, start, steps)
    finding = diagnose(run).findings[0]
    assert finding.label == "diverged"
    assert finding.fix.lr >= optimizer.lr / 200
    assert np.isfinite(run.again(optimizer=finding.fix).f[-1])


def test_the_loss_of_a_fall_that_was_cut_off_is_that_of_its_step():
    for setting, said in every_sentence(r"at step (\d+) the loss was (\S+)\. \S+ ", 10, 12, 21):
        loss = seen(setting.run).f[int(said[1]), 0]
        assert loss == pytest.approx(value(said[2]), rel=6e-3)
