"""What sentences say of tips, of ground far out, of floors and of bounces, against closed forms."""

import re

import numpy as np
import pytest

import playground as pg
from playground.diagnosis import diagnose

CONES = {
    "sqrt(x**2 + 2*y**2)": (0, 0),
    "abs(x) + 2*abs(y)": (0, 0),
    "hypot(x - 1, 3*y)": (1, 0),
    "hypot(x - 1, 3*y) + 0.1*x**2": (1, 0),
    "sqrt(abs(x)) + abs(y)": (0, 0),
}
"""Formulas with their minimum, where no slope fades."""


@pytest.mark.parametrize("text", CONES)
@pytest.mark.parametrize("lr", [0.01, 0.1])
def test_at_a_tip_no_curvature_is_told_and_the_way_is_the_one_made(text, lr):
    run = pg.simulate(pg.Formula(text), pg.Rprop(lr=lr), (2.0, 1.5), 200)
    assert np.hypot(*(run.x[-1] - CONES[text])) < 1e-4
    told = diagnose(run)
    assert told.outcome == "converged"
    assert "a tip, where slopes do not fade" in told.verdict
    assert "curvature" not in told.verdict
    way = re.search(r"a way of ([\d.]+)|the way of ([\d.]+)", told.verdict)
    made = np.hypot(*(run.x[-1] - run.x[0]))
    assert float(way[1] or way[2]) == pytest.approx(made, rel=5e-3)


@pytest.mark.parametrize("windows", [3.0, 30.0, 3000.0])
@pytest.mark.parametrize("optimizer", [pg.GradientDescent(lr=1e-6), pg.Adam(lr=1e-6)], ids=repr)
def test_a_bowl_is_no_plateau_however_far_out(windows, optimizer):
    surface = pg.Formula("x**2 + 5*y**2", window="-3,3,-3,3")
    found = diagnose(pg.simulate(surface, optimizer, (windows * 8.5, 1.0), 50))
    assert found.outcome == "slow", found.verdict


def test_what_only_passes_the_limit_is_not_at_the_edge_of_stability():
    """Its loss falls at every step, while η·λ_max of the valley ahead goes through 2."""
    run = pg.simulate(pg.Rosenbrock(), pg.GradientDescent(lr=0.00611), (0.118, 0.469), 60)
    assert (np.diff(run.f[30:]) < 0).all()
    assert diagnose(run).outcome != "edge_of_stability"


@pytest.mark.parametrize("lr", [0.003, 0.005, 0.01])
def test_along_the_floor_of_a_valley_nothing_creeps(lr):
    """Of (xy − 1)² all points of the hyperbola are lowest."""
    for start in ((2.2, 3.45), (-5.8, -0.08), (1.5, -2.0)):
        run = pg.simulate(pg.Product(), pg.Nesterov(lr=lr, momentum=0.99), start, 200)
        told = diagnose(run)
        if run.f[-1] < 1e-6 * run.f[0]:
            assert told.outcome in ("converged", "in_progress"), told.verdict


@pytest.mark.parametrize("text", ["sqrt(abs(x)) + sqrt(abs(y-1)) + 0.1*x**2", "x**2 + 9*y**2"])
@pytest.mark.parametrize("lr", [0.05, 0.1, 0.2])
def test_a_bounce_said_to_converge_keeps_less_than_all(text, lr):
    told = diagnose(pg.simulate(pg.Formula(text), pg.GradientDescent(lr=lr), steps=100)).verdict
    kept = re.search(r"\|1 − η·λ\| = ([\d.]+)", told)
    assert "onverging" not in told or (kept and float(kept[1]) < 1)


def test_a_burst_that_is_behind_is_no_cycle():
    """Decay pulls it off a minimum; it is thrown up once, and creeps on."""
    surface = pg.Formula("(x-1.33)**2 + 4.41*(y+1.1)**2")
    optimizer = pg.AdamW(lr=0.251, beta1=0.5, weight_decay=0.1)
    run = pg.simulate(surface, optimizer, (1.33, -1.1), 200)
    late, before = np.ptp(run.x[-10:], axis=0).max(), np.ptp(run.x[-50:], axis=0).max()
    assert late < 1e-3 * before
    assert diagnose(run).outcome not in ("oscillating", "limit_cycle")


@pytest.mark.parametrize("cls", [pg.Adamax, pg.Adam, pg.RMSProp, pg.AMSGrad])
@pytest.mark.parametrize("lr", [0.1, 1.06, 2.87])
def test_no_collapse_is_measured_from_a_step_that_rounding_made(cls, lr):
    """Starts one bit beside a minimum, whose slope of 1e-13 the rule divides by itself."""
    for surface in (pg.Rosenbrock(), pg.Beale(), pg.Himmelblau()):
        start = np.nextafter(np.array(surface.minima()[0]), 9.0)
        told = diagnose(pg.simulate(surface, cls(lr=lr), start, 60))
        assert told.outcome not in ("step_collapse", "diverged"), told.verdict
        assert "effective rate" not in told.verdict


def test_a_level_shelf_is_no_minimum_to_start_at():
    """At 5π the stairs are level, and fall on behind."""
    told = diagnose(pg.simulate(pg.Staircase(), pg.Momentum(lr=13.2), (15.707963, 0.0), 60))
    assert told.outcome not in ("converged", "local_minimum"), told.verdict


def test_far_outside_the_window_the_way_back_is_not_forgotten():
    """Thrown out 78 000 wide, with a rate that needs millions of steps for the way back."""
    schedule = pg.MultiStep(milestones=(20, 30), gamma=0.172)
    run = pg.simulate(pg.Bowl(), pg.RAdam(lr=0.27), (-3.0, 1.0), 40, schedule)
    assert np.hypot(*run.x[-1]) > 1e4 * np.hypot(*(run.x[-1] - run.x[-2]))
    assert diagnose(run).outcome in ("slow", "step_collapse", "diverged")


@pytest.mark.parametrize("start", [(1.55, -0.575), (2.0, 0.3), (-1.8, 1.0)])
@pytest.mark.parametrize("lr", [0.15, 0.198, 0.25])
def test_a_step_that_is_blamed_is_above_the_limit(start, lr):
    run = pg.simulate(pg.MonkeySaddle(), pg.GradientDescent(lr=lr), start, 20)
    said = re.search(r"η·λ_max (?:reaches|=) ([\d.]+)", diagnose(run).verdict)
    assert said is None or float(said[1]) > 2


@pytest.mark.parametrize("optimizer", [pg.GradientDescent(lr=0.01), pg.Adagrad(lr=0.2)], ids=repr)
def test_beyond_a_pole_nothing_is_left_to_the_minimum_on_its_other_side(optimizer):
    """Of 1/x + x the minimum 1 lies beyond the pole; left of it the surface falls without end."""
    told = diagnose(pg.simulate(pg.Formula("1/x + x + y**2"), optimizer, (-2.4, 2.2), 60)).verdict
    assert "the surface falls without end" in told
    assert not re.search(r"[\d.]+ (is left|to go)", told)


@pytest.mark.parametrize("lr", [0.3, 0.6, 0.99])
def test_no_place_of_a_level_floor_is_higher_than_another(lr):
    """The minima of max(x², y²) + cx are the line x = −c/2, |y| ≤ c/2."""
    surface = pg.Formula("max(x**2, y**2) + 1.18*x")
    found = diagnose(pg.simulate(surface, pg.Adam(lr=lr), (-2.4, 2.2), 100))
    assert found.outcome != "local_minimum", found.verdict


def test_a_rate_that_falls_as_the_slope_rises_has_kept_its_step():
    """Adam's steps are of one size: its rate falls only where the ground gets steeper."""
    surface, start = pg.Formula("tanh(x)**2 + 0.25*y**2"), (2.2, 2.93)
    run = pg.simulate(surface, pg.Adam(lr=0.00219), start, 500)
    strides = np.hypot(*np.diff(run.x, axis=0).T)
    assert strides[-1] > 0.9 * strides[10]
    assert diagnose(run).outcome != "step_collapse"


def test_of_a_formula_with_endless_minima_no_number_is_told():
    run = pg.simulate(pg.Formula("sin(x)*sin(y)"), pg.Rprop(lr=0.007), (2.67, -0.325), 100)
    assert "arrived at one of the lowest minima" in diagnose(run).verdict


def test_where_there_is_no_minimum_none_is_circled():
    surface, optimizer = pg.Formula("log(1+exp(-4.85*x)) + y**2/2"), pg.RMSProp(lr=0.252, alpha=0.9)
    told = diagnose(pg.simulate(surface, optimizer, (-2.4, 2.2), 500)).verdict
    assert surface.minima() == ()
    assert "the minimum" not in told


def test_what_moves_away_on_level_ground_is_not_on_its_way():
    surface = pg.Formula("tanh(x)**2 + 2.24*y**2")
    run = pg.simulate(surface, pg.Newton(), (-2.88, -1.2), 40)
    assert np.hypot(*run.x[-1]) > np.hypot(*run.x[-10])
    assert diagnose(run).outcome != "in_progress"


@pytest.mark.parametrize("surface", [pg.Geman(), pg.ThreeHumpCamel(), pg.Product()], ids=repr)
def test_newtons_way_uphill_is_not_on_its_way(surface):
    """Where the ground bends down Newton's steps lead up, to the saddle."""
    for start in ((-4.43, -0.276), (1.2, -1.1), (5.0, 0.05)):
        run = pg.simulate(surface, pg.Newton(lr=0.02), start, 40)
        low = np.linalg.eigvalsh(surface.hessian(run.x[-1]))[0]
        if (np.diff(run.f[-11:]) > 0).all() and low < 0:
            assert diagnose(run).outcome not in ("in_progress", "converged")


@pytest.mark.parametrize("start", [(-4.89, -2.71), (0.0, 0.0), (1.0, 1.0)])
def test_before_the_first_step_nothing_is_said_of_a_run(start):
    for surface in (pg.Hole(), pg.MonkeySaddle(), pg.Rosenbrock()):
        told = diagnose(pg.simulate(surface, pg.Adam(), start, 0))
        assert told.verdict == "No step has been made yet."


@pytest.mark.parametrize("power", [4, 6, 8])
def test_at_a_minimum_without_curvature_all_of_the_way_is_left(power):
    run = pg.simulate(
        pg.Formula(f"(x-3)**{power} + y**2"), pg.GradientDescent(lr=0.001), (2.0, 0.0), 25
    )
    told = re.search(r"([\d.]+) (?:is left|to go)", diagnose(run).verdict)
    assert told
    assert float(told[1]) == pytest.approx(3 - run.x[-1, 0], rel=5e-3)


def test_what_grows_without_bound_is_thrown_out_and_leaves_no_domain():
    surface = pg.Formula("(x-1.31)**2 + 0.265*(y+0.366)**2")
    run = pg.simulate(surface, pg.Nesterov(lr=1.78), (0.786, -2.9), 1)
    told = diagnose(run)
    assert "ground that is defined" not in told.verdict
    left = re.search(r"out of sight in about (\d+) step", told.verdict)
    assert left
    later = pg.simulate(surface, run.optimizer, (0.786, -2.9), 1 + int(left[1]))
    assert np.abs(later.x[-1]).max() > 1e4


def test_a_minimum_outside_of_what_decoupled_decay_leaves_is_out_of_reach():
    """It rests in |x_i| ≤ 1/λ = 100, and the minimum is at x = −188."""
    optimizer = pg.AdamW(lr=11.2)
    run = pg.simulate(pg.LeastSquares(), optimizer, (-108.0, 1.58), 20, pg.InverseTime(k=0.201))
    assert "its decay keeps it from there" in diagnose(run).verdict


def test_a_factor_is_told_beside_a_measured_one_that_agrees():
    surface, start = pg.Formula("sin(1.76*x) + y**2"), (-0.8924979129516458, -8.8e-37)
    told = diagnose(pg.simulate(surface, pg.GradientDescent(lr=3.99), start, 20)).verdict
    for said, measured in re.findall(r"= ([\d.]+) \(measured: ([\d.]+)\)", told):
        assert float(said) == pytest.approx(float(measured), rel=0.5)
