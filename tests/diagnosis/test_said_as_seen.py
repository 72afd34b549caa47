"""What is said of the way on is what the run carried on does, and of noise what is its mean."""

from __future__ import annotations

import re
from itertools import product

import numpy as np
import pytest
from scipy.optimize import root

import playground as pg
from playground.diagnosis import diagnose
from playground.diagnosis.trial import IN_NOISE, level
from playground.theory.stability import stability_limit
from playground.words import number
from tests.support.told import told


@pytest.mark.parametrize("damping", [0.0, 0.1, 0.5, 1.0])
def test_newtons_step_leads_to_a_saddle_where_a_start_beside_it_does(damping):
    """Damped by more than the ground bends down it leads off, as a step along the slope."""
    surface, said = pg.SoftSaddle(), []
    low = np.linalg.eigvalsh(surface.hessian((0.0, 0.0)))[0]
    rule = pg.Newton(lr=0.1, damping=damping)
    beside = pg.simulate(surface, rule, (0.0, 1e-6), 100).x
    leads = abs(beside[-1, 1]) < abs(beside[0, 1])
    text = told(pg.simulate(surface, rule, (0.0, 0.0), 100))
    assert ("leads to any critical point" in text) == leads == (low + damping < 0)
    said.append(text)
    assert all("stands at a saddle" in text for text in said)


@pytest.mark.parametrize("lr", [0.5, 1.61, 3.0])
@pytest.mark.parametrize("rule", [pg.AdamW, pg.Lion])
def test_what_heads_into_a_saddle_nears_it(rule, lr):
    """And is not only held off the ways on by its decay."""
    for steps in (100, 300):
        run = pg.simulate(
            pg.Saddle(), rule(lr=lr).with_decoupled_decay(0.01), (-0.582, 0.976), steps
        )
        if found := re.search(r"heading into the saddle at \(0, 0\)", told(run)):
            away = np.hypot(*run.on(steps + 3000, pg.Constant()).x[steps:].T)
            assert found
            assert 2 * away.min() < away[0]


def test_a_change_to_a_noisy_run_ends_lower_on_average():
    said = 0
    for surface, rule in product((pg.Ackley(), pg.Bowl(), pg.Beale()), (pg.Lion, pg.Adam)):
        run = pg.simulate(surface, rule(lr=0.0002), None, 200, noise=0.1, seed=3)
        finding = diagnose(run).findings[0]
        if "ends lower" in finding.sentence:
            assert IN_NOISE.partition("ends")[2] in finding.sentence
            name = "schedule" if isinstance(finding.fix, pg.Schedule) else "optimizer"
            assert level(run.again(**{name: finding.fix}), 0.0) < level(run, 0.0)
            said += 1
    assert said


def test_a_ring_of_minima_is_not_said_to_be_left():
    """Only samples of it are known; the distance to the ring itself is exact here."""
    ring = pg.Formula("1/(x**2+y**2+0.1)+1.75*(x**2+y**2)")
    rule = pg.NAdam(lr=0.00302, weight_decay=1.0)
    run = pg.simulate(ring, rule, (-1.68, -0.804), 500, pg.Cosine(period=25))
    radius = np.hypot(*run.on(3500, pg.Cosine(period=25)).x[1200:].T)
    assert np.abs(radius - radius[-1]).max() < 0.0113  # 1 % of its way
    assert "leave" not in told(run)


@pytest.mark.parametrize("k", [0.0, 0.488, 3.0])
def test_a_catapult_lands_where_the_unshortened_step_fits(k):
    """A schedule that shortens the step till it fits is no flatter ground."""
    for surface in (pg.TwoValleys(), pg.Product(), pg.Geman()):
        for lr in (0.2, 0.609, 1.5):
            run = pg.simulate(
                *(surface, pg.Nesterov(lr=lr, momentum=0.95), (-1.02, 1.27), 100),
                pg.InverseTime(k=k),
            )
            if "A catapult" in told(run):
                end = np.linalg.eigvalsh(surface.hessian(run.x[-1]))[-1]
                assert lr * end < stability_limit(run.optimizer, surface, run.x[-1], 100)


def test_what_is_beside_a_saddle_is_not_said_to_come_to_it():
    ground = pg.Formula("x**2 + 0.242*y**2 + x*y")
    run = pg.simulate(ground, pg.NAdam(lr=1.07), (1.54, 1.58), 20, clip=pg.ClipNorm(max_norm=4.72))
    away = np.hypot(*run.x.T)
    assert (np.diff(away[-5:]) > 0).all()
    assert f"It is {away[-1]:.3g} from a saddle" in told(run)


def test_what_never_rises_once_it_is_down_was_not_thrown_up_again():
    for lr in (0.9, 1.35, 2.0):
        run = pg.simulate(pg.Saddle(), pg.Nesterov(lr=lr), (-2.0, 0.01), 200)
        f = run.f[np.isfinite(run.f)]
        if "thrown up again" in told(run):
            assert f[f.argmin() :].max() > f[0]


def test_a_shelf_is_no_saddle():
    run = pg.simulate(
        *(pg.Staircase(), pg.Lion(lr=0.0144, weight_decay=0.01), (13.9, -2.34), 500),
        pg.InverseSqrt(t0=16.2),
        clip=pg.ClipValue(clip_value=0.4),
    )
    assert "saddle" not in told(run)


def test_where_there_is_no_minimum_nothing_is_left_to_one():
    ground = pg.Formula("log(1+exp(-7.53*x)) + y**2/2")
    assert ground.minima() == ()
    for rule in (pg.Adadelta(lr=0.0641), pg.Adam(lr=0.03), pg.GradientDescent(lr=0.1)):
        for steps in (4, 100):
            run = pg.simulate(ground, rule, (0.0508, -2.98), steps, pg.Polynomial())
            assert not re.search(r"[\d.]+ (is left|to go)", told(run))


@pytest.mark.parametrize("period", [2, 3, 5, 8])
def test_the_top_of_a_rebound_comes_before_the_rate_rises_again(period):
    said = 0
    for lr in (0.3, 1.0, 1.9):
        rule = pg.Lion(lr=lr, weight_decay=0.01)
        run = pg.simulate(pg.LeastSquares(), rule, (-131, 2.63), 60, pg.Cosine(period=period))
        if found := re.search(r"From step (\d+) its schedule .* at step (\d+)\.", told(run)):
            first, top = int(found[1]), int(found[2])
            rate = run.lr[first - 1 : top].ravel()
            fell = np.flatnonzero(np.diff(rate) < 0)
            rises_again = fell.size and (np.diff(rate)[fell[0] :] > 0).any()
            assert not rises_again or top - first < 2 + fell[-1]
            said += 1
    assert said


@pytest.mark.parametrize("start", [(0.209, 0.777), (-0.9, 0.4), (0.5, -0.6)])
@pytest.mark.parametrize("c", [0.272, 0.6])
def test_the_way_to_a_stretch_of_minima_is_the_way_to_its_nearest_point(start, c):
    """The lowest points of max(x², y²) + cx are x = −c/2 at |y| ≤ c/2.

    Or to where the run carried on comes to rest on it.
    """
    ground = pg.Formula(f"max(x**2, y**2) + {c}*x")
    rules = (pg.AdamW(lr=0.103, beta1=0.0), 800), (pg.GradientDescent(lr=0.01), 30)
    for rule, steps in (*rules, (pg.GradientDescent(lr=0.01), 300)):
        run, later = (pg.simulate(ground, rule, start, n) for n in (steps, steps + 3000))
        x, y = run.x[-1]
        nearest = float(np.hypot(x + c / 2, max(abs(y) - c / 2, 0)))
        rest = float(np.hypot(*(later.x[-1] - run.x[-1])))
        said = re.search(r"([\d.]+(?:·10\S+)?) (?:is left|to go)", told(run))
        if said is not None:
            assert said[1] in (number(nearest), number(rest))


@pytest.mark.parametrize("noise", [0.1, 0.169, 0.3])
def test_how_far_a_top_is_is_measured_to_the_top(noise):
    """Newton's step from beside it falls a little short."""
    for seed in range(70, 76):
        run = pg.simulate(*(pg.Ackley(), pg.Newton(), (-2.7, 3.2), 150), noise=noise, seed=seed)
        said = re.search(r"It is ([\d.]+) from a", told(run))
        if said:
            top = root(run.surface.gradient, run.x[-1], jac=run.surface.hessian, tol=1e-14).x
            assert float(said[1]) == float(f"{np.hypot(*(run.x[-1] - top)):.3g}")


def test_what_hardly_turns_round_is_not_said_to_bounce():
    """Held where decay and the clipped slope are equal, and moved by nothing but noise."""
    for lr in (0.02, 0.0386, 0.05):
        run = pg.simulate(
            pg.StyblinskiTang(),
            pg.Adam(lr=lr, weight_decay=1.0),
            (-0.339, -1.22),
            500,
            noise=2.13,
            seed=70,
            clip=pg.ClipValue(clip_value=0.166),
        )
        assert "bounces" not in told(run)
        assert "too long" not in told(run)
