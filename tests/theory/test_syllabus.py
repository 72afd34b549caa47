"""Numbers of the phenomena no scene shows: counted, measured over many runs, or in closed form."""

import numpy as np
import pytest

import playground as pg
from playground.theory.quadratic import roots

BOWL, START = pg.Bowl(kappa=100.0), (-3.0, 1.0)
descend = pg.simulate


# ---- one rate for all parameters --------------------------------------------------------------


def test_one_step_is_best_and_breaks_even_where_the_quadratic_says():
    g, h = BOWL.gradient(START), BOWL.hessian(START)
    best = g @ g / (g @ h @ g)
    assert best == pytest.approx(0.0100089, abs=5e-8)
    assert 2 * best == pytest.approx(0.0200178, abs=5e-8)
    rates = best * np.array([0.99, 1.0, 1.01, 1.999999, 2.000001])
    left, at_best, right, below, beyond = descend(BOWL, pg.GradientDescent(lr=rates), START, 1).f[1]
    assert at_best < min(left, right)
    assert below < BOWL(START) < beyond


def test_loss_after_one_step():
    rates = np.array([1e-5, 1e-2, 0.0199, 0.1])
    tiny, good, large, far = descend(BOWL, pg.GradientDescent(lr=rates), START, 1).f[1] / 54.5
    assert tiny == pytest.approx(0.998, abs=5e-4)
    assert good < 0.085
    assert 0.9 < large < 1
    assert far > 50


def test_no_rate_serves_both_axes_of_the_lecture_bowl():
    bowl, start = pg.Quadratic(a=1.0, b=199.8, c=0.0), (-4.0, 1.0)
    large, small = (descend(bowl, pg.GradientDescent(lr=lr), start, 500) for lr in (1e-2, 1e-4))
    assert np.all(large.gradient[1:, 1] * large.gradient[:-1, 1] < 0)
    assert np.hypot(*large.gradient[-1]) == pytest.approx(73.4, abs=0.05)
    assert np.abs(large.x[-1, 1]) == pytest.approx(0.3675, abs=5e-5)
    assert small.x[-1] == pytest.approx([-4 * 0.9999**500, 0.98002**500], rel=1e-9)  # 3.80, 4e-5
    tiny = descend(bowl, pg.GradientDescent(lr=1e-7), start, 100_000)
    assert tiny.x[-1] == pytest.approx([-4 * (1 - 1e-7) ** 1e5, (1 - 1.998e-5) ** 1e5], rel=1e-9)


LINE, INTERCEPT = pg.LeastSquares(), -188.43320


def test_curvatures_of_the_ten_points():
    curvatures = np.linalg.eigvalsh(LINE.hessian(LINE.start))
    np.testing.assert_allclose(curvatures, [5.57348, 1_746_830], rtol=1e-6)
    assert curvatures[1] / curvatures[0] == pytest.approx(313_418, abs=1)
    assert 2 / curvatures[1] == pytest.approx(1.14493e-6, abs=5e-12)


@pytest.mark.parametrize(
    ("optimizer", "left"),
    [
        (pg.GradientDescent(lr=1e-7), 64.7),
        (pg.GradientDescent(lr=1e-6), 39.2),
        (pg.Adagrad(lr=1.0, eps=0.0), 0.066),
    ],
)
def test_only_adagrad_fits_ten_points_in_a_hundred_thousand_updates(optimizer, left):
    run = descend(LINE, optimizer, LINE.start, 100_000)
    assert run.x[-1, 0] - INTERCEPT == pytest.approx(left, rel=0.01)


def test_the_slope_of_the_line_bounces():
    run = descend(LINE, pg.GradientDescent(lr=1e-6), LINE.start, 50)
    moves = np.diff(run.x[:, 1])
    assert np.all(moves[1:] * moves[:-1] < 0)


# ---- momentum, noise, saddles -----------------------------------------------------------------


def test_a_ball_overshoots_only_beyond_critical_momentum():
    """At critical damping itself the double root decays without ever crossing."""
    betas = np.array([0.0, 0.5, 0.8, 0.81, 0.99])
    x = descend(BOWL, pg.Momentum(lr=0.01, momentum=betas), (1.0, 0.0), 1000).x[:, 0]
    assert np.all(x[:, :4] > 0)
    assert np.count_nonzero(np.diff(np.sign(x[:, 4]))) >= 10


@pytest.mark.parametrize("beta", [0.0, 0.9])
def test_noise_floor_within_one_percent(beta):
    eta, sigma, curvature = 0.1, 0.5, np.array([1.0, 10.0])
    denominator = curvature * (1 - beta) * (2 * (1 + beta) - eta * curvature)
    expected = eta * sigma**2 * (1 + beta) / denominator
    run = descend(
        pg.Bowl(kappa=10.0),
        pg.Momentum(lr=eta, momentum=beta),
        (0.0, 0.0),
        2000,
        noise=sigma,
        seed=np.arange(1000),
    )
    np.testing.assert_allclose(run.x[500:].var(axis=(0, 2)), expected, rtol=0.01)


@pytest.mark.parametrize(("beta", "predicted"), [(0.0, 616.4), (0.9, 120.1)])
def test_the_way_off_a_saddle_grows_by_the_root_of_the_recursion(beta, predicted):
    optimizer = pg.Momentum(lr=0.1, momentum=beta)
    growth = max(np.abs(z) for z in roots(optimizer, -0.2))
    assert np.log(0.2 / 1e-6) / np.log(growth) == pytest.approx(predicted, abs=0.05)
    y = descend(pg.SoftSaddle(), optimizer, (1.0, 1e-6), 60).x[:, 1]
    assert y[-1] / y[-2] == pytest.approx(growth, rel=1e-6)


@pytest.mark.parametrize("name", pg.Optimizer.all)
def test_from_the_ridge_of_a_saddle_nothing_ever_leaves(name):
    run = descend(pg.SoftSaddle(), pg.Optimizer.all[name](), (1.0, 0.0), 1000)
    assert np.all(run.x[:, 1] == 0)


def test_noise_frees_gradient_descent_from_the_ridge():
    """The median of seeds 0 to 49; over thousands of seeds it is 213."""
    run = descend(
        pg.SoftSaddle(), pg.GradientDescent(lr=0.1), (1.0, 0.0), 900, noise=0.01, seed=np.arange(50)
    )
    away = np.abs(run.x[:, 1]) > 0.2
    assert away.any(axis=0).all()
    assert np.median(away.argmax(axis=0)) == pytest.approx(218, abs=1)


def test_the_minimum_of_the_narrowing_valley_is_beyond_the_edge():
    curvature = pg.theory.modes(pg.Narrowing(), (10.0, 3.0)).eigenvalues[1]
    assert 0.1 * curvature == pytest.approx(2.7, abs=0.05)
