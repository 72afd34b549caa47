"""What sentences say of how runs end: at rest, at a cycle's low, in few steps, near a saddle."""

import re
from itertools import product

import numpy as np
import pytest

import playground as pg
from playground.diagnosis import diagnose, lines
from playground.diagnosis.decayed import Decayed
from playground.surfaces.critical import search
from playground.surfaces.knowledge import survey
from playground.surfaces.landscape import thinned
from playground.theory import stability_limit
from playground.words import number
from tests.oracles.truth.setting import Setting
from tests.support.part import some
from tests.support.told import seen, told

DECOUPLED = [
    name for name, cls in pg.Optimizer.all.items() if cls().with_decoupled_decay(1.0) is not None
]


# ---- at rest ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", DECOUPLED)
@pytest.mark.parametrize("w", [0.01, 1.0])
def test_what_decay_is_said_to_hold_drifts_no_further(name, w):
    optimizer = pg.Optimizer.all[name](lr=0.2).with_decoupled_decay(w)
    for text in ("log(x)**2 + 2.45*y**2", "exp(-x) + 2.38*y**2", "(x-3)**2 + y**2"):
        setting = Setting(pg.Formula(text), optimizer, (1.3, 2.2), 200)
        said = diagnose(setting.run).verdict
        if "where weight decay holds it" not in said:
            continue
        x = setting.longer(2000).x[200:]
        way = max(np.hypot(*(x[0] - setting.start)), lines.LEAST_WAY * seen(setting.run).length)
        most = lines.STILL if "It rests" in said else lines.ARRIVED
        assert np.hypot(*(x - x[0]).T).max() <= 2 * most * way, setting  # it is an estimate


@pytest.mark.parametrize("name", DECOUPLED)
@pytest.mark.parametrize("schedule", [pg.Constant(), pg.OneCycle(), pg.Cosine()])
def test_what_decay_is_said_to_hold_the_slope_pushes_out(name, schedule):
    """And not momentum that outlives its slope: there both of them lead in."""
    optimizer = pg.Optimizer.all[name](lr=0.0537).with_decoupled_decay(1.0)
    for start in ((4.21, 6.05), (-1.2, 1.0), (-2.0, 3.0)):
        run = pg.simulate(pg.Rosenbrock(), optimizer, start, 500, schedule)
        if "where weight decay holds it" in diagnose(run).verdict:
            assert run.gradient[-1] @ run.x[-1] < 0, run


@pytest.mark.parametrize("name", DECOUPLED)
@pytest.mark.parametrize("w", [0.001, 0.01])
def test_what_decay_moves_on_along_a_floor_goes_inwards(name, w):
    """Fading momentum may push it on, outwards, where decay only holds it back."""
    surface = pg.Formula("max(0,1-x) + max(0,12.1-y)")
    for lr, steps in ((5.59, 500), (0.5, 100)):
        optimizer = pg.Optimizer.all[name](lr=lr).with_decoupled_decay(w)
        run = pg.simulate(surface, optimizer, (-0.208, 16.3), steps)
        if "Its decay moves it on" in told(run):
            assert np.hypot(*run.on(steps + 3000, pg.Constant()).x[-1]) < np.hypot(*run.x[-1])


@pytest.mark.parametrize("name", DECOUPLED)
def test_a_rate_that_has_ended_is_no_decay_that_holds(name):
    optimizer = pg.Optimizer.all[name](lr=0.1).with_decoupled_decay(0.01)
    schedule = pg.StepDecay(every=5, gamma=0.1)
    run = pg.simulate(pg.Rosenbrock(), optimizer, steps=100, schedule=schedule)
    assert "weight decay holds it" not in diagnose(run).verdict


def test_what_decay_alone_moves_uphill_is_no_matter_of_the_rate():
    run = pg.simulate(pg.SquaredSoftmax(), pg.AdamW(lr=0.0063), (33.3, 1.47), steps=60)
    finding = diagnose(run).findings[0]
    assert run.f[-1] > run.f[0]
    assert finding.fix == run.optimizer.replace(weight_decay=finding.fix.weight_decay)
    assert "pulls it back. " in finding.sentence


@pytest.mark.parametrize("w", [0.0, 0.05, 0.3, 1.0, 2.0])
def test_on_a_round_valley_all_points_are_minima(w):
    """1/(r² + a) + cr²: rounding tells the points of the ring apart, nothing else does."""
    for c in (0.2, 0.34, 0.8):
        surface = pg.Formula(f"1/(x**2 + y**2 + 0.1) + {c}*(x**2 + y**2)")
        found = survey(Decayed(surface, w), surface.span)
        assert found.knowledge.lowest == "minimum"
        assert all(q.is_minimum for q in found.points if np.hypot(*q) > 0.1)


@pytest.mark.parametrize("w", [1e-4, 0.03, 0.7, 5.0])
@pytest.mark.parametrize("name", [n for n, cls in pg.Surface.all.items() if cls.quadratic])
def test_a_quadratic_with_decay_ends_where_a_search_finds_it(name, w):
    """Its closed form against Newton's method from a lattice, and nothing of it is a guess."""
    decayed = Decayed(pg.Surface.all[name](), w)
    x0, x1, y0, y1 = decayed.surface.span
    around = (2 * x0 - x1, 2 * x1 - x0, 2 * y0 - y1, 2 * y1 - y0)
    found = thinned(search(decayed, around), 1e-6 * (x1 - x0))
    np.testing.assert_allclose(decayed.stationary(), found, atol=1e-6 * (x1 - x0))
    curves_up = np.linalg.eigvalsh(decayed.hessian(np.zeros(2)))[0] > 0
    knowledge = survey(decayed, decayed.surface.span).knowledge
    assert knowledge == ("minimum" if curves_up else "unbounded", True)


# ---- the low of a cycle, and a rate of zero ---------------------------------------------------


@pytest.mark.parametrize("name", pg.Optimizer.all)
@pytest.mark.parametrize(
    ("schedule", "steps"), [(pg.Cosine(period=33), 100), (pg.CosineRestarts(period=50), 150)]
)
def test_the_low_of_a_rate_that_returns_is_no_collapse(name, schedule, steps):
    run = pg.simulate(pg.Hole(), pg.Optimizer.all[name](lr=1e-3), steps=steps, schedule=schedule)
    assert run.lr[-1] < 0.02 * run.lr.max()
    assert diagnose(run).outcome != "step_collapse"


@pytest.mark.parametrize("name", pg.Optimizer.all)
def test_a_rate_of_zero_is_no_quotient(name):
    for schedule in (pg.Polynomial(total=20), pg.StepDecay(every=1, gamma=1e-300)):
        run = pg.simulate(
            pg.Rosenbrock(), pg.Optimizer.all[name](lr=1e-4), steps=40, schedule=schedule
        )
        assert not re.search(r"10[²³]\S\S", told(run))


def test_at_the_pace_of_a_rate_that_falls_it_may_never_be_there():
    """Exponential decay leaves a way of Σγᵗ steps, however many are made."""
    surface, start = pg.Bowl(kappa=1.0), (2.0, 2.0)
    for gamma, outcome in ((0.9, "step_collapse"), (0.999, "in_progress")):
        schedule = pg.Exponential(gamma=gamma)
        run = pg.simulate(surface, pg.GradientDescent(lr=0.03), start, 60, schedule)
        assert diagnose(run).outcome == outcome


@pytest.mark.parametrize("schedule", [pg.Polynomial(), pg.Sequence(at=30)], ids=repr)
def test_where_the_rate_has_ended_a_loss_does_not_just_keep_falling(schedule):
    surface = pg.Formula("log(1+exp(-0.676*x)) + y**2/2")
    run = pg.simulate(surface, pg.Adamax(lr=0.007), (-2.4, 2.2), 60, schedule)
    found = diagnose(run)
    assert found.outcome == "step_collapse"
    assert "schedule has ended" in found.verdict


@pytest.mark.parametrize("lr", [0.3, 0.633])
def test_what_ends_above_its_start_is_not_called_healthy(lr):
    """From the top beside a pole it may be thrown across, to higher ground."""
    surface, optimizer = pg.Formula("1/x + x + 0.412*y**2"), pg.Adam(lr=lr, weight_decay=0.01)
    run = pg.simulate(surface, optimizer, (-1.0, 0.0), 100)
    assert run.f[-1] < run.f[0] or "healthy" not in diagnose(run).verdict


# ---- a few steps ------------------------------------------------------------------------------


@pytest.mark.parametrize("steps", range(2, 8))
@pytest.mark.parametrize("name", ["GradientDescent", "Momentum", "Nesterov"])
def test_a_few_steps_that_explode_have_diverged_and_half_the_limit_has_not(name, steps):
    surface = pg.Bowl(kappa=4.0)
    rule = pg.Optimizer.all[name]
    limit = float(stability_limit(rule(), surface, (1.0, 1.0), 100)) / 4
    far, near = (pg.simulate(surface, rule(lr=k * limit), (1.0, 1.0), steps) for k in (6, 0.5))
    assert diagnose(far).outcome == "diverged"
    assert diagnose(near).outcome != "diverged"


@pytest.mark.parametrize(("name", "steps"), some(product(pg.Surface.all, (1, 2, 3, 5)), 4))
def test_a_few_steps_that_are_said_to_diverge_do_so_carried_on(name, steps):
    surface = pg.Surface.all[name]()
    for lr in (0.02, 0.1, 0.5, 2.0, 10.0):
        setting = Setting(surface, pg.GradientDescent(lr=lr), surface.start, steps)
        found = diagnose(setting.run).findings[0]
        if found.label == "diverged" and found.label.shown == "" and seen(setting.run).n == steps:
            with np.errstate(all="ignore"):
                later = setting.longer(1000)
            assert not later.f[-1] < later.f[0], setting


def test_a_step_longer_than_the_way_is_not_called_small():
    surface = pg.Formula("abs(x-1.77) + 1.18*abs(y)")
    said = diagnose(pg.simulate(surface, pg.Nesterov(lr=2.68), (2.02, -1.1), 2)).verdict
    assert "small" not in said
    assert "leads further than that" in said


# ---- noise ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", pg.Optimizer.all)
def test_what_is_owed_to_noise_and_to_the_mean_are_shares_of_one_whole(name):
    for surface, noise in ((pg.StyblinskiTang(), 14.5), (pg.Formula("x*log(x) + y**2"), 0.2)):
        run = pg.simulate(surface, pg.Optimizer.all[name](), steps=150, noise=noise)
        e = seen(run)
        for share in re.findall(r"([\d.]+) % is owed to", diagnose(run).verdict):
            assert share == number(100 * float(e.shares.min() / e.shares.sum()))
            assert float(share) <= 50


# ---- lower than all that is known -------------------------------------------------------------


@pytest.mark.parametrize("x", [2.0, 4.0, 8.0])
def test_what_falls_below_all_that_was_seen_is_not_there_for_that(x):
    """Of 1/t half the time is needed again for a third: geometry sees a part of what is left."""
    surface = pg.Formula("exp(-x) + y**2")
    run = pg.simulate(surface, pg.GradientDescent(lr=0.1), (x, 0.0), steps=500)
    e = seen(run)
    assert run.f[-1] <= e.low
    assert 0 < e.below_the_end < run.f[-1]
    assert e.needed > 0
