"""The limit and the recursion every rule claims, against what its update does: laws."""

import math

import numpy as np
import pytest
from scipy.optimize import brentq

import playground as pg
from playground import theory
from playground.theory.quadratic import recursion, roots
from tests.support.laws import numeric, settings, sweep
from tests.support.part import in_turn
from tests.support.rules import EVERY, decayless, directions, driven, jacobian, visible

BOWL, ROUND, ORIGIN = pg.Bowl(kappa=3.0), pg.Bowl(kappa=1.0), np.zeros(2)

FILTERED = [o for o in EVERY if o.filter() is not None]
filtered = pytest.mark.parametrize("optimizer", FILTERED, ids=repr)
steady = pytest.mark.parametrize("optimizer", [o for o in EVERY if theory.linear(o)], ids=repr)


def limit(optimizer, surface=BOWL, t=math.inf):
    return float(theory.stability_limit(optimizer, surface, ORIGIN, t))


@pytest.mark.parametrize("optimizer", EVERY, ids=repr)
def test_every_rule_has_a_limit_or_a_reason(optimizer):
    reason = theory.why_no_limit(optimizer)
    assert math.isfinite(limit(optimizer)) == (reason is None)
    assert reason is None or reason.endswith(".")


# ---- the linearised update ------------------------------------------------------------------


@pytest.mark.parametrize(("optimizer", "t"), in_turn(FILTERED, (150, 400)), ids=repr)
def test_the_linearised_update_is_the_claimed_one(optimizer, t):
    """Trace and determinant of the numerical Jacobian are the a and d of the filter."""
    optimizer = visible(optimizer)
    f = optimizer.filter(t + 1)
    shrink = 1 - optimizer.lr * optimizer.decoupled_decay
    for i, eigenvalue in enumerate((1.0, 3.0)):
        update, rate = jacobian(optimizer, BOWL, i, t)
        curvature = eigenvalue + optimizer.coupled_decay
        reach = rate * curvature / optimizer.curvature_divisor(curvature)
        a, d = shrink + f.pole - reach * f.now, shrink * f.pole + reach * f.before
        assert np.trace(update) == pytest.approx(a, rel=2e-3, abs=1e-4)
        assert (len(update) > 1) * np.linalg.det(update) == pytest.approx(d, rel=2e-3, abs=1e-4)
        if not optimizer.adaptive():
            claimed = np.sort(np.abs(roots(optimizer, eigenvalue)))
            found = np.sort(np.abs(np.append(np.linalg.eigvals(update), 0.0)))[-2:]
            np.testing.assert_allclose(claimed, found, rtol=1e-4, atol=1e-3)


def at_the_limit(optimizer, surface, t, gauge):
    """The rule with the learning rate at which its gauge, that grows with it, meets the limit."""

    def above(log_lr):
        lr = math.exp(log_lr)
        return gauge * lr / optimizer.lr / limit(optimizer.replace(lr=lr), surface, t) - 1

    shrinks = optimizer.decoupled_decay  # beyond η w = 2 the decay alone throws it out
    top = math.log(1.999 / shrinks) if shrinks else 30.0
    return optimizer.replace(lr=math.exp(brentq(above, -30.0, top, xtol=1e-12)))


@pytest.mark.parametrize(("optimizer", "t"), in_turn(FILTERED, (150, 400)), ids=repr)
def test_the_spectral_radius_is_one_at_the_limit(optimizer, t):
    if not math.isfinite(limit(optimizer)):
        pytest.skip("every step is stable")
    optimizer = visible(optimizer)
    curvature = 3.0 + optimizer.coupled_decay
    _, rate = jacobian(optimizer, BOWL, 1, t)
    optimizer = at_the_limit(optimizer, BOWL, t + 1, rate * curvature)
    for factor, beyond in ((0.99, False), (1.0, None), (1.01, True)):
        update, _ = jacobian(optimizer.replace(lr=factor * optimizer.lr), BOWL, 1, t)
        radius = np.abs(np.linalg.eigvals(update)).max()
        if beyond is None:
            assert radius == pytest.approx(1, abs=2e-3)
        else:
            assert (radius > 1) == beyond


# ---- the engine -------------------------------------------------------------------------------


def near(optimizer, rates, steps, start=1e-150):
    """Distance ``(T+1, ...)`` and gauge ``(T, ...)`` of runs so near to the minimum that ε
    outweighs every gradient, so that the rule is linear there.
    """
    runs = pg.simulate(ROUND, optimizer.replace(lr=rates), (start, start), steps)
    return np.abs(runs.x).max(axis=1), theory.sharpness(runs)


@pytest.mark.parametrize(("optimizer", "steps"), in_turn(FILTERED, (150, 400)), ids=repr)
def test_runs_settle_below_the_limit_and_grow_above_it(optimizer, steps):
    """Of many rates the first with which the engine grows is at the limit of that moment."""
    optimizer, t = visible(optimizer), steps - 12  # between the windows that are compared
    if not math.isfinite(limit(optimizer, ROUND, t)):
        pytest.skip("every step is stable")
    _, gauge = near(optimizer, optimizer.lr, steps)
    if gauge[10:].max() > 1.05 * gauge[t] or np.ptp(gauge[t - 12 :]) > 2e-3 * gauge[t]:
        pytest.skip("its own rate still changes")
    there = at_the_limit(optimizer, ROUND, t, gauge[t]).lr
    rates = there * np.linspace(0.98, 1.02, 81)
    for start in (1e-150, 1e-75, 1e-9):
        size, _ = near(optimizer, rates, steps, start)
        if np.all((size > 1e-250) & (size < 1e-5)):
            break
    else:
        pytest.skip("its limit changes so much that no start ends near the minimum")
    growth = size[-12:].max(axis=0) / size[-24:-12].max(axis=0)
    assert growth[0] < 1 < growth[-1]
    assert rates[np.argmax(growth > 1)] == pytest.approx(there, rel=0.005)


@steady
def test_the_critical_rate_throws_the_engine_out(optimizer):
    bowl = pg.Bowl(kappa=10.0)
    critical = float(theory.critical_lr(optimizer, bowl, ORIGIN))
    if not math.isfinite(critical):
        assert theory.why_no_limit(optimizer)
        return
    rates = critical * np.array([0.99, 1.01])
    run = pg.simulate(bowl, optimizer.replace(lr=rates), (-3.0, 1.0), 3000)
    with np.errstate(all="ignore"):
        assert (np.abs(run.x[-1]).max(axis=0) < 1).tolist() == [True, False]
    for lr, stable in zip(rates, (True, False), strict=True):
        assert (theory.predicted_rate(optimizer.replace(lr=lr), bowl) < 1) == stable


@steady
def test_the_recursion_is_what_the_engine_does(optimizer):
    optimizer = optimizer.replace(lr=0.01)
    run = pg.simulate(pg.Bowl(kappa=50.0), optimizer, start=(-3.0, 1.0), steps=40)
    for i, eigenvalue in enumerate((1.0, 50.0)):
        a, d, *_ = recursion(optimizer, eigenvalue)
        x = run.x[:, i]
        np.testing.assert_allclose(x[3:], a * x[2:-1] - d * x[1:-2], rtol=1e-9, atol=1e-12)
        for z in roots(optimizer, eigenvalue):
            assert abs(z * z - a * z + d) < 1e-12


@steady
def test_the_noise_floor_is_the_variance_of_many_runs(optimizer):
    surface, optimizer = pg.Bowl(kappa=10.0), optimizer.replace(lr=0.03)
    floor = theory.noise_floor(optimizer, surface, 0.5)
    if np.isnan(floor).all():
        pytest.skip("it hears no gradient, so it has no stationary state")
    runs = pg.simulate(surface, optimizer, (0.0, 0.0), 2000, noise=0.5, seed=np.arange(200))
    np.testing.assert_allclose(runs.x[700:].var(axis=(0, 2)), floor, rtol=0.05)


@filtered
def test_the_response_is_that_to_a_flipping_gradient(optimizer):
    optimizer = decayless(optimizer)
    d = directions(optimizer, *driven(optimizer, (-1.0) ** np.arange(1500)))
    expected = optimizer.response(1500)
    assert np.mean(np.abs(d[-10:])) == pytest.approx(expected, rel=2e-2, abs=1e-9)


# ---- the limit of a run is that of its length -------------------------------------------------


def test_the_limit_of_nadam_follows_its_schedule_of_the_momentum():
    t = np.array([10, 100, 400, 5000])
    mu = 0.9 * (1 - 0.5 * 0.96 ** (0.004 * t))
    expected = 2 * 1.9 / (1.9 - 2 * mu * 0.9)
    np.testing.assert_allclose(theory.stability_limit(pg.NAdam(), BOWL, ORIGIN, t), expected)
    assert limit(pg.NAdam(), t=400) == pytest.approx(3.66, abs=5e-3)
    assert limit(pg.NAdam(momentum_decay=0.0)) == limit(pg.NAdam(momentum_decay=0.0), t=1)


# ---- a batch of settings is its loop ----------------------------------------------------------


@pytest.mark.parametrize("name", pg.Optimizer.all)
def test_facts_of_a_batch_are_those_of_its_lanes(name):
    cls, t = pg.Optimizer.all[name], np.array([3, 40, 900])
    points = np.random.default_rng(2).uniform(0.5, 1, (2, 3))
    surface = pg.Bowl(kappa=7.0, angle=20.0)
    asked = {
        "limit": lambda o, i: theory.stability_limit(o, surface, points[:, i], t[i]),
        "critical": lambda o, i: theory.critical_lr(o, surface, points[:, i], t[i]),
        "coupled": lambda o, i: theory.curvature.coupled_decay(o),
        "decoupled": lambda o, i: o.decoupled_decay,
        "start-up": lambda o, i: o.start_up(t[i]),
        "response": lambda o, i: o.response(t[i]),
        "a": lambda o, i: recursion(o, 0.7).a,
        "d": lambda o, i: recursion(o, 0.7).d,
        "rates": lambda o, i: theory.mode_rates(o, surface),
        "floor": lambda o, i: theory.noise_floor(o, surface, 0.1),
    }
    for p in numeric(cls):
        values = sweep(p)
        batch = cls(**{p.name: values})
        for fact, of in asked.items():
            together = np.asarray(of(batch, slice(None)))
            alone = np.stack([of(cls(**{p.name: v}), i) for i, v in enumerate(values.tolist())], -1)
            if together.ndim < alone.ndim:  # the same for all lanes
                together = together[..., None]
            together = np.broadcast_to(together, alone.shape)
            np.testing.assert_allclose(together, alone, rtol=1e-9, atol=1e-7, err_msg=fact)


def test_settings_cover_every_claim_of_the_register():
    """The laws above see rules that lose stability by flipping, and those that never do."""
    limits = [limit(o) for cls in pg.Optimizer.all.values() for o in settings(cls)]
    assert any(map(math.isnan, limits))
    assert any(map(math.isfinite, limits))
    assert math.isinf(limit(pg.Momentum(dampening=1.0)))
