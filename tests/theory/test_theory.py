"""Closed forms against the engine, against companion matrices and against the syllabus."""

import math

import numpy as np
import pytest

import playground as pg
from playground import theory

BOWL = pg.Bowl(kappa=100.0)
ORIGIN = np.zeros(2)


def settles(optimizer, surface=BOWL, start=(-3.0, 1.0), steps=4000):
    """Whether the run, followed long enough, ends nearer to the minimum than it began."""
    run = pg.simulate(surface, optimizer, start=start, steps=steps)
    return run.finite == steps + 1 and np.hypot(*run.x[-1]) < np.hypot(*start)


def steps_to(run, distance):
    """The first step within `distance` of the origin, after which it stays there."""
    away = np.flatnonzero(np.hypot(*run.x.T) >= distance)
    return int(away[-1]) + 1


def test_modes_agree_with_lapack():
    rng = np.random.default_rng(0)
    for surface in (pg.Bowl(kappa=7.0, angle=33.0), pg.Rosenbrock()):
        p = rng.uniform(-2, 2, (2, 50))
        eigenvalues, vectors = theory.modes(surface, p)
        expected = np.linalg.eigvalsh(np.moveaxis(surface.hessian(p), -1, 0))
        np.testing.assert_allclose(eigenvalues.T, expected, rtol=1e-9, atol=1e-9)
        product = np.einsum("ijn,jkn->ikn", surface.hessian(p), vectors)
        np.testing.assert_allclose(product, eigenvalues * vectors, rtol=1e-9, atol=1e-7)
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=0), 1.0)


def test_modes_of_a_turned_bowl_turn_with_it():
    eigenvalues, vectors = theory.modes(pg.Bowl(kappa=50.0, angle=30.0), ORIGIN)
    np.testing.assert_allclose(eigenvalues, [1.0, 50.0])
    assert abs(vectors[:, 0] @ [math.cos(math.pi / 6), math.sin(math.pi / 6)]) == pytest.approx(1)


@pytest.mark.parametrize(
    ("optimizer", "limit"),
    [
        (pg.GradientDescent(), 2.0),
        (pg.Momentum(momentum=0.9), 3.8),
        (pg.Momentum(momentum=0.9, dampening=0.9), 38.0),
        (pg.Nesterov(momentum=0.9), 3.8 / 2.8),
        (pg.Adam(), 38.0),
        (pg.Adam(beta1=0.0), 2.0),
        (pg.AMSGrad(beta1=0.5), 6.0),
        (pg.Adagrad(), 2.0),
        (pg.RMSProp(momentum=0.5), 3.0),
    ],
    ids=repr,
)
def test_stability_limits_of_the_papers(optimizer, limit):
    assert theory.stability_limit(optimizer, BOWL, ORIGIN) == pytest.approx(limit)


@pytest.mark.parametrize(
    ("optimizer", "holds", "blows_up"),
    [
        (pg.Momentum(momentum=0.9), 0.378, 0.382),
        (pg.Nesterov(momentum=0.9), 0.1350, 0.1364),
        (pg.GradientDescent(), 0.198, 0.202),
    ],
    ids=repr,
)
def test_limits_on_curvature_ten(optimizer, holds, blows_up):
    surface = pg.Bowl(kappa=10.0)
    assert settles(optimizer.replace(lr=holds), surface, start=(0.0, 1.0))
    assert not settles(optimizer.replace(lr=blows_up), surface, start=(0.0, 1.0))


def test_adamw_limit_is_that_of_its_linearised_update():
    optimizer = pg.AdamW(lr=0.1, weight_decay=0.3)
    limit = theory.stability_limit(optimizer, BOWL, ORIGIN)
    for factor, stable in ((0.999, True), (1.001, False)):
        p, b = factor * limit, optimizer.beta1
        shrink = 1 - optimizer.lr * optimizer.weight_decay
        update = np.array([[shrink - (1 - b) * p, -b], [(1 - b) * p, b]])
        assert (np.abs(np.linalg.eigvals(update)).max() < 1) == stable


def test_newton_limit_is_that_of_its_damped_step():
    for lr, damping in ((1.9, 0.0), (2.1, 0.0), (2.1, 10.0), (2.3, 10.0)):
        optimizer = pg.Newton(lr=lr, damping=damping)
        limit = theory.stability_limit(optimizer, BOWL, ORIGIN)
        assert (lr * 100.0 < limit) == settles(optimizer, steps=2000)


def test_critical_rate_is_infinite_where_nothing_curves_up_and_unknown_for_adaptive_rules():
    assert theory.critical_lr(pg.GradientDescent(), pg.Formula("-x**2 - y**2"), ORIGIN) == math.inf
    assert math.isnan(theory.critical_lr(pg.Adam(), BOWL, ORIGIN))


def test_critical_rate_of_many_points_at_once():
    p = np.random.default_rng(1).uniform(-1, 1, (2, 4, 3))
    assert theory.critical_lr(pg.GradientDescent(), pg.Rosenbrock(), p).shape == (4, 3)


def test_optimal_settings_of_the_bowl():
    gd, ball = theory.optimal_gd(BOWL), theory.optimal_momentum(BOWL)
    assert gd.lr == pytest.approx(2 / 101)
    assert (ball.lr, ball.momentum) == pytest.approx((4 / 121, (9 / 11) ** 2))
    assert theory.predicted_rate(gd, BOWL) == pytest.approx(99 / 101)
    assert theory.predicted_rate(ball, BOWL) == pytest.approx(9 / 11, rel=1e-6)
    assert theory.predicted_rate(pg.Nesterov(lr=0.01, momentum=9 / 11), BOWL) == pytest.approx(0.9)


def test_no_neighbour_is_faster_than_the_optimum():
    for optimum in (theory.optimal_gd(BOWL), theory.optimal_momentum(BOWL)):
        best = theory.predicted_rate(optimum, BOWL)
        for field in {"lr", "momentum"} & set(optimum.values()):
            for factor in (0.98, 1.02):
                other = optimum.replace(**{field: optimum.values()[field] * factor})
                assert theory.predicted_rate(other, BOWL) > best


def test_optimal_steps_take_the_counted_number_of_updates():
    def count(optimizer):
        return steps_to(pg.simulate(BOWL, optimizer, start=(1.0, 1.0), steps=1000), 1e-6 * 2**0.5)

    assert count(theory.optimal_gd(BOWL)) == pytest.approx(691, abs=1)
    assert count(theory.optimal_momentum(BOWL)) == pytest.approx(93, abs=1)
    assert count(pg.Nesterov(lr=0.01, momentum=9 / 11)) == pytest.approx(154, abs=1)


@pytest.mark.parametrize(
    "optimizer", [pg.GradientDescent(lr=0.015), pg.Nesterov(lr=0.01)], ids=repr
)
def test_measured_rate_is_the_predicted_one(optimizer):
    run = pg.simulate(BOWL, optimizer, start=(1.0, 1.0), steps=600)
    distance = np.hypot(*run.x.T)
    measured = (distance[500] / distance[300]) ** (1 / 200)
    assert measured == pytest.approx(theory.predicted_rate(optimizer, BOWL), rel=2e-2)


def test_flattest_mode_overshoots_as_predicted_from_critical_momentum_on():
    for beta, measured in ((0.9, 0.1532), (0.99, 0.8552)):
        optimizer = pg.Momentum(lr=0.01, momentum=beta)
        run = pg.simulate(BOWL, optimizer, start=(1.0, 0.0), steps=400)
        assert -run.x[:, 0].min() == pytest.approx(measured, abs=1e-4)
        ringing = theory.ringing(optimizer, BOWL)
        assert ringing.overshoot[0] == pytest.approx(measured, abs=2e-3)
        assert ringing.decay[0] == pytest.approx(beta**0.5)
        crossings = np.flatnonzero(np.diff(np.sign(run.x[:, 0])))
        assert np.mean(np.diff(crossings)) * 2 == pytest.approx(ringing.period[0], rel=0.05)
    critical = theory.critical_momentum(pg.Momentum(lr=0.01), 1.0)
    assert critical == pytest.approx(0.81)
    for beta, swings in ((critical - 1e-6, False), (critical + 1e-3, True)):
        rings = theory.ringing(pg.Momentum(lr=0.01, momentum=beta), BOWL)
        assert (rings.overshoot[0] > 0) == swings
        assert math.isfinite(rings.period[0]) == swings


def test_a_step_beyond_one_over_the_curvature_flips_with_period_two():
    rings = theory.ringing(pg.GradientDescent(lr=0.015), BOWL)
    assert rings.period.tolist() == [math.inf, 2.0]
    assert rings.overshoot == pytest.approx([0.0, 0.5])


def test_noise_floor_formulas_of_the_syllabus():
    eta, sigma, mu = 0.1, 0.7, 0.9
    for eigenvalue, mode in ((1.0, 0), (10.0, 1)):
        gd = theory.noise_floor(pg.GradientDescent(lr=eta), pg.Bowl(kappa=10.0), sigma)
        assert gd[mode] == pytest.approx(eta * sigma**2 / (eigenvalue * (2 - eta * eigenvalue)))
        ball = theory.noise_floor(pg.Momentum(lr=eta, momentum=mu), pg.Bowl(kappa=10.0), sigma)
        assert ball[mode] == pytest.approx(
            eta * sigma**2 * (1 + mu) / (eigenvalue * (1 - mu) * (2 * (1 + mu) - eta * eigenvalue))
        )
    assert np.isnan(theory.noise_floor(pg.GradientDescent(lr=0.3), pg.Bowl(kappa=10.0), 1.0)[1])
    assert np.isnan(theory.noise_floor(pg.Adam(), BOWL, 1.0)).all()


def test_sharpness_is_step_times_curvature_of_the_preconditioned_hessian():
    for optimizer in (pg.GradientDescent(lr=1e-4), pg.Adam(), pg.RMSProp(lr=0.01)):
        run = pg.simulate(pg.Rosenbrock(), optimizer, steps=50)
        root = np.sqrt(run.effective_lr)
        hessian = np.moveaxis(run.surface.hessian(run.x[:-1].T), -1, 0)
        expected = np.linalg.eigvalsh(root[:, :, None] * hessian * root[:, None, :])[:, -1]
        np.testing.assert_allclose(theory.sharpness(run), expected, rtol=1e-9)


def test_sharpness_of_a_batch_is_that_of_its_runs():
    runs = pg.simulate(pg.Rosenbrock(), pg.Adam(lr=np.array([0.01, 0.1])), steps=30)
    for lane in (0, 1):
        np.testing.assert_array_equal(theory.sharpness(runs)[:, lane], theory.sharpness(runs[lane]))


def test_edge_of_stability_hovers_at_two():
    run = pg.simulate(pg.Narrowing(), pg.GradientDescent(lr=0.1), start=(0.0, 0.1), steps=6000)
    gauge = theory.sharpness(run)
    assert gauge[0] == pytest.approx(1.63, abs=0.01)
    assert np.median(gauge[3000:]) == pytest.approx(2.0, abs=0.06)
    assert np.quantile(gauge, 0.9) < 2.2


def test_burst_begins_where_the_gauge_crosses_two():
    run = pg.simulate(pg.Quadratic(), pg.MeanSquareAdagrad(lr=0.3), start=(-100.0, 2.0), steps=200)
    crossed = np.flatnonzero(theory.sharpness(run)[10:] > 2)[0] + 10
    assert crossed == pytest.approx(80, abs=1)


def test_mode_amplitudes_shrink_by_the_predicted_rates():
    surface = pg.Bowl(kappa=20.0, angle=25.0)
    run = pg.simulate(surface, pg.GradientDescent(lr=0.03), start=(-3.0, 1.0), steps=60)
    seen = theory.mode_amplitudes(run)
    np.testing.assert_allclose(seen.rate, [0.97, 0.4])
    np.testing.assert_allclose(seen.amplitude[1:11, 0] / seen.amplitude[:10, 0], 0.97)
    np.testing.assert_allclose(seen.amplitude[1:11, 1] / seen.amplitude[:10, 1], 0.4)
    np.testing.assert_allclose(np.hypot(*seen.amplitude.T), np.hypot(*run.x.T))


def test_questions_without_an_answer_are_refused():
    with pytest.raises(ValueError, match="no minimum"):
        theory.optimal_gd(pg.Saddle())
    with pytest.raises(ValueError, match="does not curve up"):
        theory.optimal_momentum(pg.Saddle(), ORIGIN)
    with pytest.raises(ValueError, match="no minimum"):
        theory.mode_amplitudes(pg.simulate(pg.Saddle(), pg.GradientDescent(), steps=3))
    with pytest.raises(ValueError, match="one descent"):
        theory.mode_amplitudes(pg.simulate(BOWL, pg.Adam(), start=np.ones((2, 3)), steps=2))
