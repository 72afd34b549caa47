"""What a rule claims of itself is what its `rule` and `step` do: laws over the register.

A newcomer that claims nothing passes where nothing is claimed; one that claims or forgets something
it does otherwise does not.
"""

import numpy as np
import pytest

import playground as pg
from playground.microscope.reading import calculate
from tests.support.rules import EVERY, decayless, directions, driven

every = pytest.mark.parametrize("optimizer", EVERY, ids=repr)
elementwise = pytest.mark.parametrize("optimizer", [o for o in EVERY if o.elementwise()], ids=repr)
filtered = pytest.mark.parametrize(
    "optimizer", [o for o in EVERY if o.elementwise() and o.filter() is not None], ids=repr
)


def tremble(optimizer):
    """By how much a root of squares changes when gradients of one size change their signs.

    A standard deviation sees their mean, other roots do not.
    """
    return 0.05 if optimizer.values().get("centered") else 1e-3


# ---- the direction --------------------------------------------------------------------------


@filtered
def test_the_direction_is_the_claimed_filter_of_the_gradients(optimizer):
    """Driven by random signs of one size, whose squares soon have settled, late in the run."""
    optimizer = decayless(optimizer)
    signs = np.random.default_rng(0).choice([-1.0, 1.0], 1000)
    d = directions(optimizer, *driven(optimizer, signs))
    late = np.arange(900, 1000)
    pole, now, before = optimizer.filter(late + 1)
    expected = pole * d[late - 1] + now * signs[late] + before * signs[late - 1]
    np.testing.assert_allclose(d[late], expected, atol=tremble(optimizer) * np.abs(d[late]).max())


@every
def test_the_step_is_the_effective_rate_times_the_direction(optimizer):
    optimizer = decayless(optimizer)
    r = pg.simulate(pg.Rosenbrock(b=5.0), optimizer, (-1.2, 1.0), 40, pg.Cosine(floor=0.2))
    for i in (0, 1):
        for t in range(1, 41):
            new = {n: np.asarray(v)[t, i] for n, v in r.state._asdict().items()}
            old = {f"{n}'": np.asarray(v)[t - 1, i] for n, v in r.state._asdict().items()}
            leaves = {**optimizer.values(), "g": r.seen[t - 1, i], "t": float(t)}
            d = calculate(optimizer.direction, {**leaves, **old, **new})
            step = -r.effective_lr[t - 1, i] * d
            assert r.x[t, i] - r.x[t - 1, i] == pytest.approx(step, rel=1e-9, abs=1e-13)


# ---- memory and square ------------------------------------------------------------------------


def last_directions(optimizer, field):
    """The direction of one last gradient after two histories, with the memory emptied before."""
    found = []
    for seed in (1, 2):
        history = np.random.default_rng(seed).choice([-1.0, 1.0], 30) * (0.5 + seed)
        points, states = driven(optimizer, history)
        state = states[-1]._replace(**{field: 0.0}) if field else states[-1]
        x, new = optimizer.rule(points[-1], 0.7, state, optimizer.lr)
        found.append(directions(optimizer, [points[-1], x], [state, new])[0])
    return found


@filtered
def test_the_past_reaches_the_direction_through_the_memory_alone(optimizer):
    optimizer = decayless(optimizer)
    one, other = last_directions(optimizer, optimizer.memory)
    assert one == pytest.approx(other, rel=1e-9)
    if optimizer.memory:
        one, other = last_directions(optimizer, None)
        assert one != pytest.approx(other, rel=1e-3)


def last_rates(optimizer, sizes):
    """Effective rates, and the roots claimed to divide them, of two sizes of a last gradient."""
    rates, roots = [], []
    points, states = driven(optimizer, np.random.default_rng(3).standard_normal(12))
    old = {f"{n}'": v for n, v in states[-1]._asdict().items()}
    for g in sizes:
        _, new = optimizer.rule(points[-1], g, states[-1], optimizer.lr)
        rates.append(float(optimizer.effective_lr(optimizer.lr, new, states[-1])))
        if optimizer.square:
            values = {**optimizer.values(), **old, **new._asdict(), "g": g, "t": 13.0}
            roots.append(float(np.sqrt(calculate(optimizer.square, values))))
    return np.array(rates), np.array(roots)


@elementwise
def test_the_square_is_what_divides_the_step(optimizer):
    """One last gradient, small or large: the rate times the root is the same.

    Where no square is claimed the rate does not depend on the size of the gradient.
    """
    optimizer = decayless(optimizer)
    if "eps" in optimizer.values():
        optimizer = optimizer.replace(eps=1e-14)
    rates, roots = last_rates(optimizer, (4.0, 9.0))
    if optimizer.square is None:
        assert rates[0] == pytest.approx(rates[1])
    else:
        assert roots[0] < roots[1]
        whole = rates * roots if rates[0] != rates[1] else roots / roots
        assert whole[0] == pytest.approx(whole[1], rel=1e-6)


@elementwise
def test_inertia_goes_on_against_a_faint_slope_and_nothing_else_does(optimizer):
    points, _ = driven(decayless(optimizer), [1.0] * 20 + [-1e-6])
    assert (points[-1] < points[-2]) == optimizer.inertia


@every
def test_what_is_named_exists(optimizer):
    fields = type(optimizer.init(0.0))._fields
    assert optimizer.memory is None or optimizer.memory in fields
    for role in {p.role for p in optimizer.params()} - {""}:
        assert getattr(optimizer, optimizer.named(role)) == optimizer.played(role)
    texts = [t for o in pg_settings(type(optimizer)) for t in (*o.equations.values(),)]
    for term in optimizer.terms.values():
        assert any(term.text in text for text in texts), f"{term.text} stands in no equation"
    for name in optimizer.uncorrected:
        assert any(name in o.equations for o in pg_settings(type(optimizer)))


def pg_settings(cls):
    return [o for o in EVERY if type(o) is cls]


# ---- weight decay -----------------------------------------------------------------------------


@elementwise
def test_a_pull_towards_zero_is_declared_and_of_the_declared_kind(optimizer):
    """Decay moves a point whose gradient is 0; coupled, it cancels against the gradient −w x."""
    x, state, lr = 1.5, optimizer.init(1.5), optimizer.lr
    coupled, decoupled = optimizer.coupled_decay, optimizer.decoupled_decay
    at_rest, _ = optimizer.rule(x, 0.0, state, lr)
    assert (at_rest != x) == bool(coupled or decoupled), "an undeclared pull, or one that is none"
    if coupled:
        assert optimizer.rule(x, -coupled * x, state, lr)[0] == x
        bare, _ = decayless(optimizer).rule(x, 0.4 + coupled * x, state, lr)
        assert optimizer.rule(x, 0.4, state, lr)[0] == pytest.approx(bare, rel=1e-12)
    if decoupled:
        assert at_rest == pytest.approx(x * (1 - lr * decoupled), rel=1e-12)
        bare, _ = decayless(optimizer).rule(x, 0.4, state, lr)
        moved, _ = optimizer.rule(x, 0.4, state, lr)
        assert moved - bare == pytest.approx(-lr * decoupled * x, rel=1e-9)


# ---- the first steps ----------------------------------------------------------------------------


@elementwise
def test_steps_that_begin_too_long_are_told_by_how_much(optimizer):
    """Under gradients of size 1 the rate is as it will be late, once corrected as claimed."""
    optimizer = decayless(optimizer)
    if "eps" in optimizer.values():
        optimizer = optimizer.replace(eps=1e-14)
    # Squares do not see a sign, but what sees signs would shorten its steps for another reason.
    sign = -1.0 if optimizer.square else 1.0
    _, states = driven(optimizer, sign ** np.arange(1500))
    pairs = zip(states[1:], states[:-1], strict=True)
    rate = np.array([float(optimizer.effective_lr(1.0, new, old)) for new, old in pairs])
    claimed = np.broadcast_to(optimizer.start_up(np.arange(1, 1501)), 1500)
    of_a_kind = ~np.isnan(claimed)
    if np.any(claimed != 1):
        late = (rate * claimed)[of_a_kind]
        np.testing.assert_allclose(late, late[-1:].sum(), rtol=tremble(optimizer))
    elif rate[-1] == pytest.approx(rate[-750], rel=1e-3):  # it settles: then from the start
        assert rate[0] <= 1.001 * rate[-1]


@elementwise
def test_a_rule_that_reads_its_rate_once_is_moved_by_no_schedule(optimizer):
    """Two schedules that begin alike and part."""
    made = (
        pg.simulate(pg.Bowl(), optimizer, (-3.0, 1.0), 20, schedule)
        for schedule in (pg.Constant(), pg.Exponential(gamma=0.5))
    )
    constant, falling = (run.x for run in made)
    assert np.array_equal(constant, falling) == optimizer.reads_rate_once


def rates_under(optimizer, size):
    _, states = driven(optimizer, np.full(60, size))
    pairs = zip(states[1:], states[:-1], strict=True)
    return np.array([float(optimizer.effective_lr(1.0, new, old)) for new, old in pairs])


@elementwise
def test_steps_of_another_kind_are_those_that_do_not_see_how_large_a_slope_is(optimizer):
    """As RAdam's first: they are in proportion to it, while the divisor of late ones grows."""
    optimizer = decayless(optimizer)
    other = np.isnan(np.broadcast_to(optimizer.start_up(np.arange(1, 61)), 60))
    if other.any() and not other.all():
        one, two = rates_under(optimizer, 1.0), rates_under(optimizer, 2.0)
        np.testing.assert_array_equal(one == two, other)
