"""What threw a run out or stirs it, where it settles, and what follows when numbers end."""

import re

import numpy as np
import pytest

import playground as pg
from playground import theory
from playground.diagnosis import diagnose, lines
from playground.diagnosis.leaps import leaps
from tests.support.told import seen, told

POLE_FREE = "tanh(x)**2 + 11.4*y**2", "tanh(x)**2 + y**2", "log(cosh(x)) + y**2"


@pytest.mark.parametrize("steps", [1, 5, 20, 25])
def test_what_is_still_at_a_saddle_later_is_so(steps):
    """A run that ends as no number has left it."""
    surface = pg.Formula("(x**2+y-12.9)**2 + (x+y**2-1.34)**2")
    saddle = 0.1257249451444778, 1.9884677596216325
    rules = pg.Momentum(lr=0.0365, momentum=0.95), pg.GradientDescent(lr=0.1), pg.Adam(lr=0.1)
    for rule in rules:
        run = pg.simulate(surface, rule, saddle, steps)
        on = run.on(steps + 3000, pg.Constant()).x[steps:]
        away = np.hypot(*(on - on[0]).T) <= 2 * lines.AT_CRITICAL * seen(run).length
        assert "still there after" not in told(run) or away.all()


@pytest.mark.parametrize("start", [(1.8, -1.15), (2.5, -1.0), (0.5, -2.0)])
def test_newton_at_a_saddle_beyond_the_window_is_there(start):
    run = pg.simulate(pg.Narrowing(), pg.Newton(lr=0.1), start, 150)
    low, high = np.linalg.eigvalsh(run.surface.hessian(run.x[-1]))
    at_a_saddle = np.hypot(*run.gradient[-1]) < 1e-3 * np.hypot(*run.gradient[0]) and low < 0 < high
    assert (diagnose(run).outcome == "saddle") == at_a_saddle


def test_what_comes_to_a_maximum_does_not_stand_there_yet():
    for steps in (60, 100, 200, 500):
        run = pg.simulate(pg.Ackley(), pg.Newton(lr=0.02, damping=1.0), (-3.78, -0.305), steps)
        on = run.on(steps + 2000, pg.Constant()).x[-1]
        left, made = (np.hypot(*(p - on)) for p in (run.x[-1], run.x[0]))
        if "It stands at a maximum" in told(run):
            assert left < 0.02 * made


@pytest.mark.parametrize("text", POLE_FREE)
@pytest.mark.parametrize("rule", [pg.Newton(lr=0.5), pg.Newton(), pg.GradientDescent(lr=9.0)])
def test_no_run_leaves_the_ground_of_a_function_that_is_defined_everywhere(text, rule):
    for steps in (1, 2, 10):
        run = pg.simulate(pg.Formula(text), rule, (-2.4, 2.2), steps)
        assert "the ground that is defined" not in told(run)


# ---- what threw it out --------------------------------------------------------------------------


@pytest.mark.parametrize("momentum", [0.0, 0.5, 0.9])
def test_coupled_decay_that_is_too_long_a_step_by_itself_is_blamed(momentum):
    """Of a cone no step is too long, but w of decay makes it a bowl of that curvature far out."""
    limit = 2 * (1 + momentum)
    for times, thrown in ((0.9 * limit, False), (1.2 * limit, True)):
        rule = pg.Momentum(lr=times, momentum=momentum, weight_decay=1.0)
        said = told(pg.simulate(pg.Formula("sqrt(x**2 + 18.6*y**2)"), rule, (-0.756, 2.86), 100))
        assert ("pull of its weight decay is too long a step" in said) == thrown


@pytest.mark.parametrize("lr", [0.0217, 0.01, 0.05])
def test_the_gauge_along_the_way_out_is_that_of_the_step_out(lr):
    run = pg.simulate(pg.Beale(), pg.GradientDescent(lr=lr), (2.28, -1.97), 20)
    found = re.search(
        r"(?:along a step|of the step out,) η·λ = (\S+) is above .* good at step 1\b", told(run)
    )
    if found:
        s = run.x[1] - run.x[0]
        along = lr * s @ run.surface.hessian(run.x[0]) @ s / (s @ s)
        assert float(found[1]) == pytest.approx(along, rel=6e-3)


THROWN = [
    (pg.Formula("(1-x)**2 + 15.9*(y-x**2)**2"), (-2.07, -0.0803)),
    (pg.Formula("x**2*y**2 + 0.171*(x**2 + y**2)"), (-1.49, -2.76)),
    (pg.Formula("log(1+exp(-1.56*x)) + y**2/2"), (-0.877, -0.0131)),
    (pg.RotatedSaddle(), (2.46, 2.32)),
    (pg.Beale(), (2.28, -1.97)),
    (pg.Rosenbrock(), (-6.3, -1.37)),
]


@pytest.mark.parametrize(("surface", "start"), THROWN)
@pytest.mark.parametrize("rule", [pg.Momentum(), pg.Nesterov(momentum=0.95), pg.GradientDescent()])
def test_where_a_wall_was_met_is_said_rightly(surface, start, rule):
    """At the step that is named, along the last step or that out; outside if not inside as well."""
    for lr in (0.001, 0.00773, 0.05, 0.178, 1.93):
        run = pg.simulate(surface, rule.replace(lr=lr), start, 100)
        verdict = told(run)
        inside = seen(run).outside(seen(run).points())[:, 0] <= 0
        if found := re.search(
            r"^Outside the window.* η·λ\S* = .* is above the limit (\S+),", verdict
        ):
            out = len(inside) - 1 if inside.all() else int(inside.argmin())
            gauge = theory.sharpness(run)[:out]
            too = np.nanmax(gauge, initial=0) > float(found[1]) * 1.005
            assert not too or "as inside" in verdict
        if found := re.search(
            r"at step (\d+), in the direction of its last step, η·λ = (\S+) ", verdict
        ):
            x = seen(run).points()[..., 0].T
            s, at = x[-1] - x[-2], run.x[int(found[1])]
            along = lr * s @ surface.hessian(at) @ s / (s @ s)
            assert float(found[2].replace("\u202f", "")) == pytest.approx(along, rel=6e-3)


@pytest.mark.parametrize("lr", [0.3, 0.6, 1.0, 1.2, 1.25, 1.27])
def test_of_what_inertia_carries_out_no_wall_inside_is_blamed(lr):
    """Its slope fell along the step that was too long, and the next began on level ground."""
    surface, schedule = pg.Formula("(x-1.8)**4 + 0.924*y**2"), pg.Noam(warmup=50)
    run = pg.simulate(surface, pg.Momentum(lr=lr, momentum=0.95), (-1.78, 2.3), 100, schedule)
    verdict = diagnose(run).verdict
    if "is above the limit" in verdict:
        assert "Outside the window" in verdict


@pytest.mark.parametrize("lr", [592000.0, 4.74e8])
def test_what_landed_where_nothing_is_lower_is_told_so(lr):
    run = pg.simulate(pg.CrossEntropy(), pg.Momentum(lr=lr, momentum=0.8), (-10.0, 10.0), 100)
    assert run.f[-1] == 0
    finding = diagnose(run).findings[0]
    assert "as low as all that is known" in finding.sentence
    assert finding.fix is None


# ---- bursts, floors, noise, decay ---------------------------------------------------------------


def test_the_ringing_of_a_burst_is_no_other_burst():
    t = np.arange(300)
    ring = np.where(t % 2, 1.0, 0.4) * 0.9 ** np.maximum(t - 160.0, 0)
    size = np.where(t < 150, 1e-4, 1e-4 + np.where(t == 160, 3.0, ring))
    f = size**2
    assert len(leaps(size, f, np.ones(299, dtype=bool))) <= 1


@pytest.mark.parametrize("slope", [0.5, 1.0, 1.61])
@pytest.mark.parametrize("lr", [0.00293, 0.01])
def test_on_an_edge_it_comes_by_no_floor_before_it_is_there(slope, lr):
    """The minima of max(x², y²) + cx are x = −c/2, |y| ≤ c/2."""
    surface = pg.Formula(f"max(x**2, y**2) + {slope}*x")
    run = pg.simulate(surface, pg.Adam(lr=lr), (-2.4, 2.2), 400)
    on = run.on(3400, pg.Constant()).x[400:]
    away = np.hypot(on[:, 0] + slope / 2, np.maximum(np.abs(on[:, 1]) - slope / 2, 0))
    for steps in re.findall(r"(?:come by in|take|after) about (\d[\d ]*) steps", told(run)):
        assert away[int(steps.replace(" ", ""))] <= 0.02 * np.hypot(2.4, 2.2)


def test_what_noise_cannot_move_has_not_moved():
    rule = pg.Momentum(lr=1.34e-18, momentum=0.5)
    cone = pg.Formula("hypot(x-1.65, 0.468*y)")
    run = pg.simulate(cone, rule, (2.37, -4.89), 60, noise=0.247, seed=18)
    assert not np.ptp(run.x, axis=0).any()
    assert "under way" not in told(run)


@pytest.mark.parametrize("lr", [0.00959, 0.0211, 0.0294])
@pytest.mark.parametrize("decay", [0.01, 1.0])
def test_decay_is_blamed_for_leaving_a_minimum_where_without_it_it_stays(lr, decay):
    start = 1.7475523458302893, -0.8737761729151446  # rounded, so that the slope is not quite 0
    run, alone = (
        pg.simulate(pg.ThreeHumpCamel(), pg.Lion(lr=lr, weight_decay=w), start, 100)
        for w in (decay, 0.0)
    )
    strays, without = (np.hypot(*(r.x - r.x[0]).T).max() for r in (run, alone))
    if "its decay pulls beside the rule" in told(run):
        assert without < 0.51 * strays


def test_a_round_bowl_has_no_valley():
    for momentum in (0.8, 0.9, 0.95):
        rule = pg.Momentum(lr=0.05, momentum=momentum)
        for start in ((-3.0, 1.0), (2.0, 2.5)):
            assert "valley" not in told(pg.simulate(pg.Bowl(kappa=1.0), rule, start, 100))


@pytest.mark.parametrize("seed", range(30, 36))
def test_what_is_said_of_all_updates_inside_the_window_is_of_all(seed):
    """The first five steps of RAdam are those of momentum, whatever the slope."""
    run = pg.simulate(
        pg.StyblinskiTang(), pg.RAdam(lr=0.179), (-4.02, 2.59), 300, noise=40.9, seed=seed
    )
    said = re.search(r"η·λ_max was up to (\S+) where it was inside", told(run))
    inside = np.abs(run.x).max(axis=1) <= run.surface.span[1]
    if said and np.flatnonzero(inside)[-1] < 5:
        tops = [np.linalg.eigvalsh(run.surface.hessian(p))[-1] for p in run.x[inside]]
        assert float(said[1]) == pytest.approx(0.179 * max(tops), rel=6e-3)
