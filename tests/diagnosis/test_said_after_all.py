"""What an examiner found by going on with runs, each a law: swings, growth, stops, returns."""

import re
from itertools import product

import numpy as np
import pytest

import playground as pg
from playground.diagnosis import diagnose
from tests.oracles.truth.reading import NUMBER
from tests.oracles.truth.reading import number as value
from tests.support.told import told


def on(run, steps):
    """The same descent with more updates."""
    return run.again(steps=steps)


SWINGS = (
    (pg.Bowl(kappa=100.0), pg.Momentum(lr=0.01, momentum=0.9), (-3, 1), 300, "the minimum"),
    (pg.Formula("(x-20)**2 + (y-20)**2"), pg.AMSGrad(lr=4.23), (13.1, 8.84), 500, "the minimum"),
    (pg.LeastSquares(), pg.Adamax(lr=0.421), (-162, -4.73), 60, "the floor of its valley"),
)


@pytest.mark.parametrize(("surface", "rule", "start", "steps", "what"), SWINGS)
def test_a_swing_is_as_long_and_goes_that_way_as_it_is_told(surface, rule, start, steps, what):
    run = pg.simulate(surface, rule, start=start, steps=steps)
    number = rf"({NUMBER})"
    found = re.search(
        rf"past ([^:]+): along \({number}, {number}\) it swung {number} to the other side, "
        rf"{number} % of the {number} it came from, from step (\d+) to (\d+)",
        told(run),
    )
    assert found is not None
    assert found[1] == what
    x, y, swing, share, began = (value(found[i]) for i in range(2, 7))
    first, last = int(found[7]), int(found[8])
    along = np.array([x, y]) @ (run.x - run.surface.minima()[0]).T
    side = -np.sign(along[0]) * along
    assert side[first : last + 1].max() == pytest.approx(swing, rel=0.01)
    assert abs(along[0]) == pytest.approx(began, rel=0.01)
    assert share == pytest.approx(100 * swing / began, rel=0.02)
    away = np.hypot(*(run.x - run.surface.minima()[0]).T)
    assert (away.min() < swing) == (what == "the minimum")


STANDING = (pg.Adamax(lr=0.0717), (17.2, -2.22), 150), (pg.Adamax(lr=0.0103), (8.5, 0.4), 60)


@pytest.mark.parametrize(("rule", "start", "steps"), STANDING)
def test_what_carried_on_comes_to_a_stop_is_not_said_to_fall_without_end(rule, start, steps):
    """The shelves of the stairs hold what comes in small steps."""
    run = pg.simulate(pg.Staircase(), rule, start=start, steps=steps)
    late = on(run, 6000).x[3000:]
    assert np.ptp(late, axis=0).max() < 0.1
    said = told(run)
    assert "without end" not in said.replace("falls without end elsewhere", "")
    assert "no setting would stop it" not in said


def test_a_rate_that_has_ended_is_what_stopped_a_fall():
    run = pg.simulate(
        pg.Staircase(), pg.Lion(lr=3.29), (0.0, 1.0), 500, pg.WarmupCosine(warmup=250)
    )
    assert "its schedule has ended" in told(run)
    assert "no step size would stop it" not in told(run)


def test_decay_keeps_away_only_what_does_not_come():
    run = pg.simulate(pg.RotatedSaddle(), pg.Lion(lr=0.00567, weight_decay=1.0), (1.86, -2.43), 40)
    assert "keeps it from there" not in told(run)
    run = pg.simulate(
        pg.ThreeHumpCamel(), pg.AdamW(lr=0.00274, weight_decay=1.0), (2.42, 1.19), 150
    )
    left = value(re.search(r"([\d.]+) is left", told(run))[1])
    assert np.hypot(*on(run, 3000).x[-1]) < 1e-3
    assert left == pytest.approx(np.hypot(*run.x[-1]), rel=0.01)


def test_what_comes_no_nearer_is_not_on_its_way():
    run = pg.simulate(
        pg.Formula("(x-1.93)**4 + 0.265*y**2"), pg.RMSProp(lr=0.221), (-0.111, -0.287), 300
    )
    away = np.hypot(*(on(run, 3300).x - (1.93, 0)).T)
    assert away[-100:].max() > away[300]
    assert "on its way" not in told(run)


def test_the_first_step_is_nobodys_inertia():
    run = pg.simulate(pg.Rastrigin(), pg.RAdam(lr=0.0139), (0.59, -2.68), 200)
    assert "from step 1 to" not in told(run)


def test_a_bounce_of_an_adaptive_rule_that_grows_is_no_lasting_rest():
    run = pg.simulate(pg.Canyon(), pg.MeanSquareAdagrad(lr=0.853), (21.6, 9.85), 150)
    found = diagnose(run).findings[0]
    assert found.label == "converged"
    assert "It will not stay" in found.sentence
    assert not found.lasting
    later = on(run, 170)
    assert later.f[150:].max() > 1e4 * later.f[150]


@pytest.mark.parametrize(("name", "start", "lr"), [("RMSProp", (-100.0, 2.0), 6.68)])
def test_a_rise_is_blamed_on_the_coordinate_that_rose(name, start, lr):
    run = pg.simulate(pg.Quadratic(), pg.Optimizer.all[name](lr=lr), start=start, steps=40)
    first, times = re.search(
        r"effective rate at step 1, ([\d.]+), is ([\d.]+) times", told(run)
    ).groups()
    rates = run.effective_lr
    alone = [run.surface(np.where(np.eye(2)[c] > 0, run.x[1], run.x[0])) for c in (0, 1)]
    risen = int(np.argmax(alone))
    assert value(first) == pytest.approx(rates[0, risen], rel=0.01)
    assert value(times) == pytest.approx(rates[0, risen] / np.median(rates[:, risen]), rel=0.01)


def test_a_momentum_that_would_not_swing_does_not():
    """The formula is a quadratic's; on other ground nothing is promised."""
    rule, named = pg.Momentum(lr=2.52, momentum=0.9), 0
    for surface in (pg.Bowl(kappa=100.0), pg.Geman(), pg.Himmelblau(), pg.Beale()):
        for lr in (0.001, 0.01, 0.1, 1.0):
            run = pg.simulate(surface, rule.replace(lr=lr), start=(1.3, 2.1), steps=200)
            for finding in diagnose(run).findings:
                if finding.label != "overshoot" or finding.fix is None:
                    continue
                other = run.again(optimizer=finding.fix)
                assert "overshoot" not in diagnose(other).labels
                assert surface.quadratic
                named += 1
    assert named


def test_decay_hides_no_lower_minimum():
    ground = pg.Formula("(x**2-1)**2 + 11*y**2 + 0.1*x")
    run = pg.simulate(ground, pg.AdamW(lr=0.05), start=(2.5, 2.5), steps=800)
    assert run.x[-1, 0] > 0.9
    assert diagnose(run).outcome == "local_minimum"


def test_what_only_decay_moves_is_nobodys_inertia():
    """From the minimum itself, and along a floor towards it, nothing swings over."""
    run = pg.simulate(pg.Rosenbrock(), pg.AdamW(lr=0.0489), start=(1.0, 1.0), steps=500)
    assert "overshoot" not in diagnose(run).labels
    ground = pg.Formula("sqrt(x) + 1/x + y**2")
    run = pg.simulate(ground, pg.Lion(lr=0.0849, weight_decay=1.0), (1.69, 0.4), 300)
    assert "along (1, 0) it swung" not in told(run)


def test_the_gradient_turned_round_as_often_as_is_said():
    grounds = pg.Geman(), pg.Formula("log(x)**2 + 0.735*y**2"), pg.Bowl(kappa=4.0)
    rules, said = (pg.GradientDescent, pg.MeanSquareAdagrad), 0
    for surface, rule, lr in product(grounds, rules, (0.5, 1.0, 2.19, 3.0)):
        run = pg.simulate(surface, rule(lr=lr), start=(0.9, 0.7), steps=60)
        if found := re.search(r"at (\d+) of its last (\d+) steps the gradient turned", told(run)):
            g = run.gradient[-int(found[2]) - 1 :]
            assert int(found[1]) == ((g[1:] * g[:-1]).sum(axis=1) < 0).sum() > 0
            said += 1
    assert said


def test_a_change_that_ends_lower_has_a_lower_end():
    ground = pg.Formula("abs(x-1.15) + 0.404*abs(y)")
    bounce = pg.simulate(ground, pg.AdamW(lr=0.441), (-0.438, -0.308), 40, pg.InverseSqrt(t0=2.77))
    slow = pg.simulate(pg.Bowl(), pg.GradientDescent(lr=1e-4), (-3, 1), 100)
    assert "ends lower" in told(slow)
    for run in (bounce, slow):
        finding = diagnose(run).findings[0]
        if finding.fix is not None:
            name = "schedule" if isinstance(finding.fix, pg.Schedule) else "optimizer"
            assert run.again(**{name: finding.fix}).f[-1] <= run.f[-1]


@pytest.mark.parametrize(("damping", "which"), [(0.0, "The Hessian"), (1.0, "The damped Hessian")])
def test_newton_says_what_cannot_be_inverted(damping, which):
    assert pg.Newton(damping=damping).breaks.startswith(which)


def test_a_circle_is_as_wide_as_it_is_told():
    """About the one minimum there, or about the point that is told."""
    ways = set()
    one = pg.simulate(pg.SixHumpCamel(), pg.Lion(lr=0.0783), (2.0, 1.0), 300)
    many = pg.simulate(pg.StyblinskiTang(), pg.Lion(lr=3.0), (0.5, 4.0), 800)
    for run in (one, many):
        about, within, n = re.search(
            rf"moving about (.*?): within ({NUMBER}) of it over the last (\d+) steps", told(run)
        ).groups()
        late, centres = run.x[-int(n) - 1 :], run.surface.minima()
        if about.startswith("("):
            centres = [tuple(map(value, about.strip("()").split(", ")))]
        away = [np.hypot(*(late - q).T).max() for q in centres]
        assert min(away) == pytest.approx(value(within), rel=0.02)
        ways.add(about)
    assert len(ways) > 1
