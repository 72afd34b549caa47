"""What sentences say of saddles and maxima, of valleys without a lowest point, and of kinks."""

import re

import numpy as np
import pytest
from scipy.optimize import root

import playground as pg
from playground.diagnosis import diagnose, lines
from playground.diagnosis.endless import named_point
from tests.oracles.truth.setting import Setting
from tests.support.told import seen, told

# ---- saddles, maxima, valleys -----------------------------------------------------------------


@pytest.mark.parametrize("name", pg.Surface.all)
def test_saddles_and_maxima_have_their_own_names(name):
    surface = pg.Surface.all[name]()
    e = seen(pg.simulate(surface, pg.GradientDescent(lr=1e-6), steps=1))
    for q in surface.critical_points():
        if q.kind in ("saddle", "maximum"):
            both_down = np.linalg.eigvalsh(surface.hessian(np.array(q)))[1] < 0
            word = "maximum" if both_down else "saddle"
            assert named_point(e, np.array(q)).startswith(f"the {word} at (")


@pytest.mark.parametrize("lr", [0.0241, 0.03, 0.1])
def test_between_two_visits_it_does_not_linger_at_a_saddle(lr):
    """Thrown about it may come by twice: it was near at every step that is told."""
    run = pg.simulate(pg.Rastrigin(), pg.GradientDescent(lr=lr), (3.95, 2.65), steps=100)
    e = seen(run)
    for finding in diagnose(run).findings:
        if finding.label == "left_saddle":
            first, last = finding.steps
            away = np.hypot(*(run.x[first : last + 1, None] - e.ground.others).T).max(axis=1)
            assert away.min() <= lines.BESIDE * e.length
    said = diagnose(pg.simulate(pg.Rastrigin(), pg.RMSProp(lr=1.72, alpha=0.9), (-3.4, 2.6), 20))
    assert "saddle" not in said.verdict


@pytest.mark.parametrize("name", pg.Optimizer.all)
def test_above_where_it_leads_is_said_where_the_ground_curves_up(name):
    rule = pg.Optimizer.all[name](lr=0.449)
    for surface, start in ((pg.Formula("1/x + x + 3.6*y**2"), (-2.85, 0.506)), (pg.Fork(), None)):
        run = pg.simulate(surface, rule, start, 150, pg.Cosine(period=75))
        for finding in diagnose(run).findings:
            if "above where it leads" in finding.sentence:
                assert seen(run).local.low.item() > 0


@pytest.mark.parametrize("steps", [60, 100, 140])
def test_a_converging_oscillation_converges(steps):
    surface = pg.Formula("hypot(x-1.49, 0.404*y) + 0.1*x**2")
    optimizer = pg.Momentum(lr=3.01, momentum=0.95, weight_decay=1.0)
    setting = Setting(surface, optimizer, (2.85, 1.06), steps)
    if "A converging oscillation" in diagnose(setting.run).verdict:
        x = setting.longer(2 * steps + 1).x
        assert np.ptp(x[-10:], axis=0).max() < np.ptp(x[steps - 10 : steps + 1], axis=0).max()


def test_a_bounce_in_one_place_is_no_fall_without_end():
    optimizer = pg.NAdam(lr=5.09, beta1=0.0)
    run = pg.simulate(pg.Staircase(), optimizer, (16.3, 2.86), steps=60)
    assert abs(run.x[-1, 0] - run.x[-20, 0]) < 1e-3
    assert diagnose(run).outcome == "oscillating"


@pytest.mark.parametrize("name", pg.Optimizer.all)
@pytest.mark.parametrize("lr", [0.02, 0.2])
def test_what_heads_into_a_saddle_does_not_turn_off_to_the_side(name, lr):
    setting = Setting(pg.Fork(), pg.Optimizer.all[name](lr=lr), (0.35, -11.1), 100)
    if "heading into the saddle at (0, 0)" not in diagnose(setting.run).verdict:
        return
    x = setting.longer(100 + lines.LOOK_AHEAD).x[100:]
    near = np.hypot(*x.T).min() <= lines.AT_CRITICAL * seen(setting.run).length
    assert near or np.abs(x[:, 0]).max() <= abs(x[0, 0]) * (1 + 1e-6)


def test_newton_is_not_on_its_way_past_a_saddle():
    run = pg.simulate(pg.Fork(), pg.Newton(lr=0.02), (0.177, -8.22), steps=150)
    assert "heading into the saddle at (0, 0)" in diagnose(run).verdict


@pytest.mark.parametrize("lr", [0.02, 0.2])
def test_a_branch_that_levels_off_does_not_fall_without_end(lr):
    """x·exp(−x) falls to 0 on the right of 1 and without end on its left."""
    surface = pg.Formula("x*exp(-x) + y**2")
    stands = pg.simulate(pg.Formula("max(x, y)"), pg.Adam(), (-2.79, 0.95), 200, pg.Sequence(at=10))
    assert "levels off" not in diagnose(stands).verdict
    for start, ends in (((2.5, 1.0), "levels off"), ((0.5, 1.0), "without end")):
        said = diagnose(pg.simulate(surface, pg.GradientDescent(lr=lr), start, 30)).verdict
        assert ends in said


@pytest.mark.parametrize("name", pg.Optimizer.all)
def test_without_a_minimum_none_is_passed_or_circled(name):
    for text in ("exp(-x) + 2.38*y**2", "log(1+exp(-7.17*x)) + y**2/2"):
        for lr in (0.05, 0.5):
            run = pg.simulate(pg.Formula(text), pg.Optimizer.all[name](lr=lr), (-0.78, 2.01), 60)
            assert not re.search(r"(past|about) the minimum", told(run))


def test_what_is_circled_is_the_minimum_only_if_it_lies_within():
    surface, clip = pg.Beale(), pg.ClipNorm(max_norm=0.0672)
    run = pg.simulate(surface, pg.MeanSquareAdagrad(lr=0.174), (2.08, 3.12), 40, clip=clip)
    assert np.hypot(*(run.x[-1] - (3, 0.5))) > 3
    assert "moving about the minimum" not in diagnose(run).verdict
    run = pg.simulate(pg.QuarticSaddle(), pg.Lion(lr=0.0182, beta1=0.0), (0.997, -2.84), 800)
    assert "moving about the minimum" in diagnose(run).verdict  # though it ends outside that circle


# ---- kinks and level ground -------------------------------------------------------------------


@pytest.mark.parametrize("name", pg.Optimizer.all)
@pytest.mark.parametrize("text", ["hypot(x-1.9, 1.68*y) + 0.1*x**2", "hypot(x-1.31, 4.97*y)"])
def test_nothing_lies_higher_above_where_it_leads_than_above_the_lowest(name, text):
    for lr in (0.1, 0.48):
        run = pg.simulate(pg.Formula(text), pg.Optimizer.all[name](lr=lr), (1.97, -1.88), 60)
        lowest = float(run.surface.minima()[0].f)
        for height in re.findall(r"([\d.]+) above where it leads", diagnose(run).verdict):
            assert float(height) <= 1.01 * (run.f.max() - lowest)


def test_where_curvature_is_infinite_it_is_not_missing():
    run = pg.simulate(pg.Formula("x**1.5 + 0.709*y**2"), pg.Adadelta(lr=0.002), (0.5, -1.2), 40)
    assert "Without curvature" not in diagnose(run).verdict


def test_on_the_floor_of_a_trough_with_walls_of_kinks_nothing_is_left():
    surface, schedule = pg.Formula("max(x**2, y**2) + 0.169*x"), pg.Cosine(period=2)
    run = pg.simulate(surface, pg.RMSProp(lr=0.114), (-0.811, 0.279), 40, schedule)
    assert "less than a millionth of the way" in diagnose(run).verdict


def test_what_flies_past_a_maximum_is_not_heading_into_it():
    run = pg.simulate(pg.Rastrigin(), pg.RAdam(lr=0.334), (-1.59, -1.59), steps=5)
    assert "heading into" not in diagnose(run).verdict


@pytest.mark.parametrize("lr", [0.002, 0.02, 0.2])
def test_what_leaves_a_saddle_is_told_in_what_it_gains(lr):
    run = pg.simulate(pg.Formula("x**2 - 7.74*y**2"), pg.Adam(lr=lr), (-0.07, 1.31), steps=40)
    for share in re.findall(r"leaving the saddle.*?([\d.]+) % further", diagnose(run).verdict):
        assert float(share) > 0
    assert "1 times" not in diagnose(run).verdict


def test_of_a_start_at_the_minimum_no_share_of_its_distance_is_told():
    run = pg.simulate(pg.Booth(), pg.AdamW(lr=6.76), (1.0, 3.0), 200, pg.Noam(warmup=10))
    assert "it came from" not in told(run)


def test_a_slope_that_falls_is_not_said_to_grow():
    optimizer, schedule = pg.Newton(), pg.Noam(warmup=4)
    run = pg.simulate(pg.Geman(), optimizer, (3.14, -0.649), 20, schedule, 0.00873, 70)
    assert run.gradient[6].max() < run.gradient[0].max()
    assert "slope grows" not in told(run)


@pytest.mark.parametrize(
    ("text", "start", "lr"),
    [
        ("sin(x)*sin(y)", (-2.85, -7.36), 2.42),
        ("log(cosh(5.33*x)) + 0.1*y**2", (-1.62, 1.84), 0.3),
        ("sqrt(1 + 25*x**2) + 0.1*y**2", (1.0, 1.0), 0.2),
        ("-cos(3*x) + y**2", (0.6, 1.0), 0.3),
    ],
)
def test_a_bounce_tells_where_its_gauge_is(text, start, lr):
    """η·λ_max half-way across a step is told as that, the one at the end without a word."""
    run = pg.simulate(pg.Formula(text), pg.GradientDescent(lr=lr), start, steps=400)
    sentence = diagnose(run).findings[0].sentence
    told = re.search(r"(half-way across a step )?η·λ_max = ([\d.]+) is above", sentence)
    assert told is not None
    where = 0.5 * (run.x[-1] + run.x[-2]) if told[1] else run.x[-1]
    there = lr * np.linalg.eigvalsh(run.surface.hessian(where))[-1]
    assert float(told[2]) == pytest.approx(there, rel=6e-3)


def test_what_crosses_once_and_stays_is_not_said_to_swing():
    """From the right of the minimum it comes to its left, where decay holds it."""
    surface = pg.Formula("-cos(x)*cos(y)*exp(-(x-1.6)**2-(y-1.6)**2)")
    schedule = pg.CosineRestarts(period=10)
    optimizer = pg.AdamW(lr=0.0139, beta1=0.0, weight_decay=1.0)
    run = pg.simulate(surface, optimizer, (2.2, -2.48), steps=200, schedule=schedule)
    assert "swings through" not in diagnose(run).findings[0].sentence


def test_a_schedule_that_ended_before_a_saddle_is_told():
    run = pg.simulate(
        pg.Ackley(),
        pg.Newton(lr=0.1, damping=1.0),
        (1.2, -3.42),
        steps=500,
        schedule=pg.Exponential(gamma=0.915),
    )
    told_away = re.search(r"this one too, ([\d.]+) away when its schedule ended", told(run))
    assert told_away is not None
    q = root(run.surface.gradient, run.x[-1], jac=run.surface.hessian, tol=1e-14).x
    assert float(told_away[1]) == float(f"{np.hypot(*(run.x[-1] - q)):.3g}")


def test_what_gets_no_lower_is_not_said_to_be_on_its_way():
    surface, optimizer = pg.Formula("hypot(x-0.782, 17.1*y) + 0.1*x**2"), pg.Adam(lr=0.407)
    run, longer = (pg.simulate(surface, optimizer, (-0.449, -0.724), steps=n) for n in (100, 200))
    assert longer.f[100:].mean() > run.f[75:].mean()
    assert "on its way" not in told(run)
