"""Gradient checks under chosen conditions: what is true, what is found, what theory expects."""

import numpy as np
import pytest

from playground.networks.activations import ReLU
from playground.networks.initialisations import Normal, Zeros
from playground.topics.gradient_check.bugs import BUGS, small_network
from playground.topics.gradient_check.check import STEPS, ExpSin, u_curves
from playground.topics.gradient_check.lab import Typed, asymptotes, examine
from playground.topics.gradient_check.traps import crossing_parameters, expected_crossing, kinks


@pytest.mark.parametrize("bug", [bug for bug in BUGS if bug != "none"])
def test_a_mistake_is_caught_with_the_error_a_perfect_check_reports(bug):
    found = examine(bug)
    assert found.verdict == "caught"
    assert found.check.error == pytest.approx(found.truth, rel=1e-6)


def test_a_right_gradient_passes():
    found = examine()
    assert found.verdict == "passes"
    assert found.truth == 0
    assert found.check.error < 1e-9


def test_a_right_gradient_fails_for_four_other_reasons():
    for conditions in (
        {"precision": "float32"},
        {"dropout": "fresh masks"},
        {"h": 1e-12},
        {"activation": ReLU(), "points": 100, "h": 1e-3},
    ):
        found = examine(**conditions)
        assert found.verdict == "false alarm"
        assert found.truth < 1e-7  # float32 rounds, the rest is exact


def test_a_frozen_mask_is_a_function_like_any_other():
    assert examine(dropout="frozen mask").verdict == "passes"
    assert examine("sign", dropout="frozen mask").verdict == "caught"


def test_the_regulariser_swallows_a_mistake_and_a_start_hides_one():
    assert examine("factor 1.1", regulariser=1e6).verdict == "missed"
    start = {"initialisation": Normal(std=1e-4), "regulariser": 0.0, "points": 40}
    assert examine("activation derivative", **start).verdict == "missed"
    assert examine("activation derivative", **start, warm_up=300).verdict == "caught"
    at_zero = examine("activation derivative", initialisation=Zeros(), regulariser=0.0)
    assert at_zero.truth < 1e-12


def test_crossing_counts_the_parameters_that_move_a_unit_across_zero():
    loss, p = small_network(ReLU(), n=6, seed=3)
    w, b = loss.mlp.unpack(p)[0]
    h, moved = 0.05, []
    for k in range(w.size + b.size):
        signs = []
        for step in (-h, h):
            q = p.copy()
            q[k] += step
            w1, b1 = loss.mlp.unpack(q)[0]
            signs.append(np.sign(loss.inputs @ w1.T + b1))
        moved.append((signs[0] != signs[1]).any())
    assert crossing_parameters(loss, p, h).mean() == pytest.approx(np.mean(moved))
    assert 0 < np.mean(moved) < 1


def test_the_expected_share_of_crossing_parameters_is_what_kinks_measures():
    found = kinks((10, 100), h=1e-3, checks=40)
    np.testing.assert_allclose(found.crossing, expected_crossing(found.points, 1e-3), rtol=0.15)


def test_the_asymptotes_of_the_textbook_example_are_its_derivatives():
    x, theory = ExpSin.point, asymptotes()
    assert theory.value == pytest.approx(np.exp(x) * np.sin(x))
    assert theory.slope == pytest.approx(np.exp(x) * (np.sin(x) + np.cos(x)))
    assert theory.second == pytest.approx(2 * np.exp(x) * np.cos(x), rel=1e-5)
    assert theory.third == pytest.approx(2 * np.exp(x) * (np.cos(x) - np.sin(x)), rel=1e-5)


def test_the_curves_lie_on_their_asymptotes():
    theory = asymptotes()
    for curve in u_curves():
        predicted = theory.truncation(STEPS, curve.method) + theory.roundoff(
            STEPS, curve.method, curve.precision
        )
        floor = 10 * np.finfo(curve.precision).eps
        clear = (curve.error > floor) & (curve.error < 0.1) & (predicted > floor)
        ratio = curve.error[clear] / predicted[clear]
        assert clear.sum() >= 4
        assert ((ratio > 0.2) & (ratio < 5)).all()
        if curve.method != "complex":  # a best step is found to the width of its valley
            best = theory.best_h(STEPS, curve.method, curve.precision)
            assert best / 10 < curve.best_h < best * 10


def test_typed_derivatives_are_taken_as_typed_and_empty_ones_are_exact():
    p = np.array([[1.0, -2.0], [0.5, 3.0]])
    slip = Typed("x**2 + 3*y", "2*x + 1", "")
    np.testing.assert_allclose(slip.gradient(p), [2 * p[0] + 1, [3, 3]])
    np.testing.assert_allclose(slip.exact(p), [2 * p[0], [3, 3]])
    np.testing.assert_allclose(Typed("x*y", "y", "7").gradient(p), [p[1], [7, 7]])


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (("",), "formula"),
        (("x", "import os"), "import"),
        (("x", "nan"), "nan"),
        (("x", "inf"), "finite number"),
        (("x", "1", "__x__"), "character 1"),
    ],
)
def test_what_is_no_formula_is_refused(texts, said):
    with pytest.raises(ValueError, match=said):
        Typed(*texts)
