"""Penalties, and what fitting too well looks like."""

import numpy as np
import pytest
from scipy.optimize import minimize

from playground.topics.regularisation import generalisation as gen
from playground.topics.regularisation import penalties as reg


@pytest.fixture(scope="module")
def sparse():
    return reg.sparse_regression(seed=3)


# ---- L2 -------------------------------------------------------------------------------------


def test_an_l2_penalty_is_weight_decay_for_gradient_descent(sparse):
    loss, _ = sparse
    w = np.random.default_rng(0).standard_normal(50)
    step = reg.decay_step(loss, w, lr=0.1, penalty=5.0)
    np.testing.assert_allclose(step.by_penalty, step.by_decay, rtol=1e-12, atol=1e-15)
    assert step.factor == 1 - 0.1 * 5.0 / 100

    def penalised(v):
        return loss(v) + 5.0 / 200 * v @ v

    e, h = np.eye(50), 1e-6
    slope = np.array([(penalised(w + h * d) - penalised(w - h * d)) / (2 * h) for d in e])
    np.testing.assert_allclose(step.by_penalty, w - 0.1 * slope, atol=1e-8)


def test_adam_turns_l2_into_something_else_and_adamw_does_not():
    race = reg.decay_race()
    assert race.decoupled[-1] == pytest.approx(0.1352, abs=1e-4)
    np.testing.assert_allclose(race.paths["AdamW"][-1], 0.135, atol=3e-3)
    weak, strong = race.paths["Adam with L2"][-1]
    assert weak < 0.03
    assert strong == pytest.approx(0.82, abs=0.02)
    np.testing.assert_allclose(race.coupled[-1], [weak, strong], atol=0.02)


def test_ridge_minimises_what_it_says(sparse):
    loss, _ = sparse
    w = reg.ridge(loss, 0.3)
    np.testing.assert_allclose(loss.gradient(w) + 0.3 * w, 0, atol=1e-12)


# ---- L1 -------------------------------------------------------------------------------------


def test_only_the_proximal_step_gives_exact_zeros():
    none, l2, sub, prox = reg.compare_penalties(seed=3)
    assert (none.zeros, l2.zeros, sub.zeros, prox.zeros) == (0, 0, 0, 42)
    errors = [none.test_error, sub.test_error, prox.test_error]
    assert errors == pytest.approx([0.496, 0.40, 0.368], abs=0.01)
    assert l2.test_error > none.test_error  # what is shrunk evenly is mostly what matters


def test_the_proximal_solution_satisfies_the_conditions_of_optimality(sparse):
    loss, _ = sparse
    w = reg.proximal_l1(loss, 0.1)
    slope, zero = loss.gradient(w), w == 0
    np.testing.assert_allclose(slope[~zero], -0.1 * np.sign(w[~zero]), atol=1e-10)
    assert np.abs(slope[zero]).max() <= 0.1


def test_the_soft_threshold_is_the_nearest_compromise():
    u = np.linspace(-3, 3, 60_001)
    for w in (-2.0, -0.3, 0.0, 0.9):
        best = u[np.argmin((u - w) ** 2 / 2 + 0.5 * np.abs(u))]
        assert reg.soft_threshold(w, 0.5) == pytest.approx(best, abs=1e-4)


H, BEST = np.array([[2.0, 0.6], [0.6, 0.5]]), np.array([1.0, 0.8])


@pytest.mark.parametrize("penalty", reg.PENALTIES)
def test_the_constrained_picture_is_where_contour_and_ball_touch(penalty):
    strengths = np.array([0.0, 0.05, 0.2, 0.5, 1.0, 3.0])
    path = reg.penalty_path(H, BEST, strengths, penalty)
    np.testing.assert_allclose(path.w[:, 0], BEST)
    assert (np.diff(path.radius) <= 0).all()
    assert (np.diff(path.loss) >= 0).all()
    for s, w in zip(strengths, path.w.T, strict=True):

        def cost(v, s=s):
            size = np.abs(v).sum() if penalty == "lasso" else v @ v / 2
            return (v - BEST) @ H @ (v - BEST) / 2 + s * size

        exact = {"xatol": 1e-9, "fatol": 1e-15}
        found = minimize(cost, w + 0.1, method="Nelder-Mead", options=exact)
        np.testing.assert_allclose(w, found.x, atol=1e-6)


def test_the_diamond_is_touched_at_a_corner_and_the_circle_is_not():
    strengths = np.linspace(0, 2, 41)
    lasso = reg.penalty_path(H, BEST, strengths, "lasso").w
    circle = reg.penalty_path(H, BEST, strengths, "ridge").w
    assert ((lasso == 0).sum(axis=0) == 1).sum() > 10
    assert (circle != 0).all()
    with pytest.raises(ValueError, match="penalty must be"):
        reg.penalty_path(H, BEST, strengths, "elastic")


# ---- bias and variance ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("train", "dev", "base", "bias", "variance"),
    [
        (0.01, 0.11, 0, False, True),
        (0.15, 0.16, 0, True, False),
        (0.15, 0.30, 0, True, True),
        (0.005, 0.01, 0, False, False),
        (0.15, 0.16, 0.15, False, False),
    ],
)
def test_two_errors_tell_bias_from_variance(train, dev, base, bias, variance):
    assert gen.judge(train, dev, base)[:2] == (bias, variance)


DEGREES = {
    1: (0.200, 0.256, 0.306),
    3: (0.005, 0.076, 0.110),
    5: (0.0004, 0.067, 0.119),
    9: (None, 0.053, 0.308),
    15: (None, 0.031, 927),
}


@pytest.mark.parametrize("degree", DEGREES)
def test_polynomials_under_and_over_fit(degree):
    bias, train, dev = DEGREES[degree]
    fit = gen.polynomials(degree)
    if bias is not None:
        assert fit.squared_bias == pytest.approx(bias, rel=0.1, abs=3e-4)
    assert fit.train_error.mean() == pytest.approx(train, rel=0.05)
    if degree >= 3:  # no bias: the noise, less what the coefficients learn by heart
        assert fit.train_error.mean() == pytest.approx(0.09 * (1 - (degree + 1) / 25), rel=0.1)
    near = np.median(fit.dev_error) / dev
    assert 0.8 < near < 1.25 if degree < 15 else 0.1 < near < 10  # very heavy tails


def test_the_dev_error_is_bias_and_variance_and_noise():
    fit = gen.polynomials(3, repeats=400)
    assert fit.dev_error.mean() == pytest.approx(fit.squared_bias + fit.variance + 0.09, rel=0.03)


def test_ridge_and_more_data_tame_a_high_degree():
    dev = [np.median(gen.polynomials(15, ridge=s).dev_error) for s in (0.1, 1, 10, 100)]
    assert dev == pytest.approx([0.161, 0.137, 0.307, 0.532], rel=0.06)
    dev = [np.median(gen.polynomials(9, n=n).dev_error) for n in (25, 50, 100, 400)]
    assert dev == pytest.approx([0.308, 0.118, 0.100, 0.092], rel=0.15)


# ---- early stopping, decay, more data -------------------------------------------------------


def test_the_dev_loss_turns_while_the_dev_error_does_not():
    training = gen.Overfitting(width=64, steps=300).trained()
    stop = gen.stopping_point(training)
    assert 10 <= stop.t <= 90
    assert stop.dev_loss == training.dev_loss.min()
    assert stop.dev_loss == pytest.approx(0.37, abs=0.05)
    assert stop.end_loss > 1.3 * stop.dev_loss
    assert abs(stop.end_error - stop.dev_error) < 0.03
    assert training.loss[-1] < stop.dev_loss / 2  # while the training goes on learning by heart
    np.testing.assert_array_equal(stop.p, training.p[np.argmin(training.dev_loss)])


def test_augmentation_helps_only_if_it_keeps_the_meaning():
    said = gen.augmentation(repeats=200)
    assert said.mirrored > said.plain + 0.01
    assert said.flipped < said.plain - 0.1
    inputs, label = gen.arch(4000, 0.0, 0)
    np.testing.assert_allclose(inputs[:, 1] + inputs[:, 0] ** 2, label - 0.5)


# ---- dev sets -------------------------------------------------------------------------------
