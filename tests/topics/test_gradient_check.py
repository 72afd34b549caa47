"""Gradient checks: the U-curve, the bugs that are caught, and the traps."""

import numpy as np
import pytest

import playground as pg
from playground.topics.gradient_check.bugs import BUGS, check_network, small_network
from playground.topics.gradient_check.check import (
    Check,
    ExpSin,
    difference,
    meaning_of,
    numerical_gradient,
    relative_error,
    u_curves,
)
from playground.topics.gradient_check.lab import examine
from playground.topics.gradient_check.traps import (
    across_the_kink,
    burn_in,
    kinks,
    swallowing,
)

CURVES = {(c.method, c.precision): c for c in u_curves()}


# ---- the U-curve --------------------------------------------------------------------------


@pytest.mark.parametrize(("method", "slope"), [("forward", 0.9987), ("central", 2.0003)])
def test_the_bend_of_the_curve_gives_the_order_of_the_method(method, slope):
    curve = CURVES[method, "float64"]
    assert curve.slope == pytest.approx(slope, abs=0.015)
    assert curve.roundoff_slope == pytest.approx(-1, abs=0.1)


best_of_the_syllabus = pytest.mark.parametrize(
    ("method", "precision", "h", "error"),
    [
        ("forward", "float64", 3e-8, 4e-9),
        ("central", "float64", 1e-5, 1.3e-11),
        ("forward", "float32", 1e-4, 2e-4),
        ("central", "float32", 3e-3, 8e-6),
    ],
)


@best_of_the_syllabus
def test_the_best_step_balances_bend_and_rounding(method, precision, h, error):
    """Near the optimum rounding is luck, and ours is an average: half a decade or so apart."""
    curve = CURVES[method, precision]
    assert 0.09 < curve.best_h / h < 11
    assert 0.2 < curve.best_error / error < 5


def test_the_complex_step_has_no_rounding_part():
    curve = CURVES["complex", "float64"]
    assert curve.error[curve.h < 1e-9].max() < 1e-15
    assert np.isnan(curve.roundoff_slope)
    x = ExpSin.point
    at_tiny = difference(ExpSin(), np.array([x]), np.array([1.0]), 1e-100, "complex")
    assert relative_error(at_tiny, np.exp(x) * (np.sin(x) + np.cos(x))) < 1e-15


@pytest.mark.parametrize(
    "extreme", [{"h": 5e-324}, {"regulariser": 1e12, "warm_up": 300}, {"h": 1e308, "points": 2}]
)
@pytest.mark.parametrize("bug", BUGS)
def test_a_check_at_the_ends_of_its_ground_is_made_without_a_warning(bug, extreme):
    assert not examine(bug, **extreme).check.error <= 0


def test_a_tiny_step_finds_no_difference_at_all():
    assert CURVES["forward", "float64"].error[0] == 1  # h = 1e-18: x + h is x
    assert CURVES["central", "float32"].error[CURVES["central", "float32"].h == 1e-7] > 0.05


@pytest.mark.parametrize("name", pg.Surface.all)
def test_every_surface_has_the_gradient_it_says(name):
    surface = pg.Surface.all[name]()
    p = np.array(surface.start) + 0.05
    assert Check(surface.gradient(p), numerical_gradient(surface, p)).error < 1e-6


def test_a_surface_and_a_network_have_their_u_curves_too():
    surface = u_curves(pg.Rosenbrock(), [-1.2, 1.7], methods=("forward", "central"))
    network = u_curves(*small_network(), methods=("forward", "central"))
    for curves in (surface, network):
        forward, central = curves[:2]
        assert forward.slope == pytest.approx(1, abs=0.1)
        assert central.slope == pytest.approx(2, abs=0.1)
        assert central.best_error < forward.best_error < 1e-6
        assert curves[3].best_error > 1e3 * central.best_error  # single precision


def test_the_complex_step_is_left_out_where_a_function_is_not_analytic():
    def methods(text):
        return {c.method for c in u_curves(pg.Formula(text), [1.0, 0.7])}

    assert "complex" in methods("exp(x) * sin(y)")
    assert "complex" not in methods("abs(x) + y**2")
    assert "complex" not in {c.method for c in u_curves(pg.CrossEntropy(), [1.0, 0.7])}


def test_whole_numbers_are_refused_because_x_plus_h_would_be_x():
    for check in (numerical_gradient, lambda f, p: u_curves(f, p)):
        with pytest.raises(ValueError, match="whole numbers"):
            check(pg.Bowl(), np.array([1, 2]))
    x = np.array([1, 2])
    x[0] += 1e-5  # what the refused quotient would have computed
    np.testing.assert_array_equal(x, [1, 2])


def test_an_unknown_method_is_refused():
    with pytest.raises(ValueError, match="method"):
        numerical_gradient(pg.Bowl(), np.array([1.0, 2.0]), 1e-5, "backward")


def test_the_relative_error_is_between_0_and_1():
    assert relative_error([0, 0], [0, 0]) == 0
    assert relative_error([1, 2], [-1, -2]) == 1
    assert relative_error([3.0], [1.0]) == 0.5


def test_thresholds_say_what_they_mean():
    assert meaning_of(5e-8) == "right"
    assert meaning_of(5e-6).startswith("probably")
    assert meaning_of(5e-4).startswith("suspicious")
    assert meaning_of(5e-2) == meaning_of(float("nan")) == "wrong"


# ---- bugs ---------------------------------------------------------------------------------


def test_a_right_gradient_passes():
    loss, p = small_network(regulariser=1.0)
    assert check_network("none", loss, p).error < 3e-10
    assert check_network("none", loss, p, 1e-7).error == pytest.approx(8e-9, rel=0.8)
    assert check_network("none", loss, p, 1e-20, "complex").error < 1e-14


def test_the_forward_difference_blames_a_right_gradient():
    loss, p = small_network(regulariser=1.0)
    assert 1e-7 < check_network("none", loss, p, 1e-5, "forward").error < 1e-4


def test_single_precision_blames_a_right_gradient():
    loss, p = small_network(regulariser=1.0)
    assert 1e-3 < check_network("none", loss, p.astype(np.float32)).error < 0.2


@pytest.mark.parametrize(
    ("bug", "block"),
    [
        ("activation derivative", "W1"),
        ("missing bias", "b1"),
        ("sign", "W1"),
        ("transpose", "W1"),
        ("factor 1.1", "W1"),
        ("regulariser doubled", "W2"),
        ("regulariser forgotten", "W2"),
    ],
)
def test_every_bug_fails_and_its_block_shows_where(bug, block):
    """The syllabus finds 0.098 to 0.26 on a network it does not state; ours has its own."""
    check = check_network(bug, *small_network(regulariser=1.0))
    assert 0.01 < check.error < 0.9
    assert check.judgement == "wrong"
    assert check.blocks[block] > 0.02
    assert check.blocks["b2"] < 1e-8  # which no bug touches


def test_the_list_of_bugs_is_the_list_of_tests():
    assert set(BUGS) == {
        "none",
        "activation derivative",
        "missing bias",
        "sign",
        "transpose",
        "factor 1.1",
        "regulariser doubled",
        "regulariser forgotten",
    }


# ---- traps --------------------------------------------------------------------------------


def test_a_growing_regulariser_swallows_the_bug():
    found = swallowing()
    error = dict(zip(found.regulariser, found.whole, strict=True))
    assert found.data == error[0] == pytest.approx(0.027, rel=0.4)
    assert error[1] == pytest.approx(error[0], rel=0.3)
    assert (np.diff(found.whole) < 0).all()
    for strong in (1e4, 1e5):  # like 1/λ
        assert error[strong] / error[10 * strong] == pytest.approx(10, rel=0.05)
    assert error[1e3] == pytest.approx(1.1e-4, rel=0.6)
    assert error[1e6] == pytest.approx(1.1e-7, rel=0.6)


def test_many_points_bring_kinks_and_a_right_gradient_fails():
    coarse, fine = kinks(h=1e-3, checks=8), kinks(h=1e-5, checks=8)
    assert coarse.failing()[0] == 0
    assert (np.diff(coarse.failing()) >= 0).all()
    assert coarse.failing()[2] > 0.8
    assert coarse.failing()[3] == 1
    assert coarse.crossing[3] == pytest.approx(0.312, rel=0.5)
    assert (fine.failing() <= coarse.failing()).all()
    assert fine.failing().mean() < coarse.failing().mean() / 2


def test_a_difference_across_a_kink_sees_half_of_each_side():
    assert across_the_kink(-1e-6, 1e-5) == pytest.approx(0.45, rel=1e-9)
    assert across_the_kink(-1e-6, 1e-7) == 0


def test_a_bug_hides_at_the_start_and_shows_after_a_burn_in():
    found = burn_in()
    assert found.zero < 1e-9
    assert found.tiny < 1e-7
    assert found.after > 0.3
    assert found.loss[0] == pytest.approx(np.log(3), abs=1e-6)
    assert found.loss[-1] < found.loss[0] - 0.05
