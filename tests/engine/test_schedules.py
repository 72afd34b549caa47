"""Laws that hold for every schedule, and what makes each of them itself."""

import numpy as np
import pytest

import playground as pg
from tests.support.laws import numeric, sweep

EVERY = list(pg.Schedule.all.values())
STEPS = 60
T = np.arange(STEPS)

every_class = pytest.mark.parametrize("cls", EVERY, ids=lambda cls: cls.__name__)
LENGTHS = {"period", "total", "every", "warmup"}


@every_class
def test_time_may_have_any_shape(cls):
    schedule = cls()
    together = schedule(T, STEPS)
    assert together.shape == T.shape
    assert together.tolist() == [float(schedule(t, STEPS)) for t in range(STEPS)]
    assert np.array_equal(schedule(T.reshape(5, 12), STEPS), together.reshape(5, 12))


@every_class
@pytest.mark.parametrize("steps", [0, 1, 2, 7, 1000])
def test_factors_are_finite_and_not_negative_in_runs_of_any_length(cls, steps):
    factor = cls()(np.arange(2 * steps + 3), steps)
    assert np.all(np.isfinite(factor))
    assert np.all((factor >= 0) & (factor <= 1))


@pytest.mark.parametrize(("cls", "name"), [(cls, p.name) for cls in EVERY for p in numeric(cls)])
def test_a_sweep_equals_its_loop(cls, name):
    values = sweep(next(p for p in cls.params() if p.name == name))
    together = cls(**{name: values})(T[:, None], STEPS)
    assert together.shape == (STEPS, 3)
    for i, value in enumerate(values.tolist()):
        assert np.array_equal(together[:, i], cls(**{name: value})(T, STEPS))
    assert cls(**{name: values}).torch() is None


@every_class
def test_a_run_uses_the_factor_times_the_rate(cls):
    run = pg.simulate(pg.Bowl(), pg.GradientDescent(lr=0.005), steps=STEPS, schedule=cls())
    assert np.array_equal(run.lr, 0.005 * cls()(T, STEPS))
    expected = run.x[:-1] - run.lr[:, None] * run.gradient[:-1]
    assert np.array_equal(run.x[1:], expected)


@every_class
def test_the_default_shows_in_a_run_of_200_updates(cls):
    factor = cls()(np.arange(200), 200)
    assert cls is pg.Constant or np.ptp(factor) > 0.5


@every_class
def test_repr_gives_the_value_back(cls):
    changed = {p.name: sweep(p)[1].item() for p in numeric(cls)}
    for schedule in (cls(), cls(**changed)):
        assert eval(repr(schedule), vars(pg).copy()) == schedule


@every_class
def test_it_has_a_formula(cls):
    assert cls.formula


# ---- lengths ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cls", "name"),
    [(cls, p.name) for cls in EVERY for p in cls.params() if p.name in LENGTHS],
)
def test_none_is_zero(cls, name):
    assert cls(**{name: None}) == cls(**{name: 0})


@pytest.mark.parametrize(
    ("cls", "name"),
    [
        (cls, p.name)
        for cls in EVERY
        for p in cls.params()
        if p.name in LENGTHS and cls is not pg.WarmupCosine
    ],
)
def test_a_length_of_zero_is_the_whole_run(cls, name):
    whole, named = cls(**{name: 0}), cls(**{name: STEPS})
    assert np.array_equal(whole(T, STEPS), named(T, STEPS))
    assert not np.array_equal(whole(T, STEPS), whole(T, STEPS + 1)) or cls is pg.StepDecay


def test_a_warm_up_of_zero_before_a_cosine_is_none():
    assert np.array_equal(pg.WarmupCosine(warmup=0)(T, STEPS), pg.Cosine()(T, STEPS))


# ---- what makes each of them itself -------------------------------------------------------------


def test_one_cycle_holds_its_last_value_where_torch_raises():
    schedule = pg.OneCycle()
    last = schedule(STEPS - 1, STEPS)
    assert last == pytest.approx(1 / 25e4)
    assert np.all(schedule(np.arange(STEPS, 3 * STEPS), STEPS) == last)


def test_one_cycle_multiplies_the_peak():
    low, high = pg.OneCycle(peak=0.5), pg.OneCycle(peak=4.0)
    np.testing.assert_allclose(8 * low(T, STEPS), high(T, STEPS))
    assert high(T, STEPS).max() == pytest.approx(4, rel=1e-2)


def test_one_cycle_with_a_climb_of_the_whole_run_ends_at_the_peak():
    assert pg.OneCycle(pct_start=1.0)(STEPS - 1, STEPS) == 1


def test_noam_uses_the_full_rate_once():
    factor = pg.Noam(warmup=20)(T, STEPS)
    assert factor.argmax() == 19
    assert factor[19] == 1


def test_a_milestone_is_already_decayed():
    assert pg.MultiStep(milestones=(3,), gamma=0.5)(T[:5], STEPS).tolist() == [1, 1, 1, 0.5, 0.5]


def test_restarts_come_after_each_cycle():
    factor = pg.CosineRestarts(period=4, multiply=2)(np.arange(30), 30)
    assert np.flatnonzero(factor == 1).tolist() == [0, 4, 12, 28]


def test_a_sequence_counts_each_part_from_zero():
    first, then = pg.Exponential(gamma=0.9), pg.Cosine(floor=0.1)
    joined = pg.Sequence(first, then, at=25)(T, STEPS)
    assert np.array_equal(joined[:25], first(T[:25], 25))
    assert np.array_equal(joined[25:], then(T[: STEPS - 25], STEPS - 25))


def test_warm_up_and_cosine_is_the_sequence_of_both():
    short = pg.WarmupCosine(warmup=12, start=0.3, floor=0.2)
    long = pg.Sequence(pg.LinearWarmup(warmup=12, start=0.3), pg.Cosine(floor=0.2), at=12)
    assert np.array_equal(short(T, STEPS), long(T, STEPS))
    assert short.torch(STEPS, 0.1) == long.torch(STEPS, 0.1)


def test_sequences_may_be_nested():
    inner = pg.Sequence(pg.LinearWarmup(warmup=5), pg.Constant(), at=5)
    outer = pg.Sequence(inner, pg.Polynomial(), at=30)
    assert eval(repr(outer), vars(pg).copy()) == outer
    assert [begin for begin, *_ in outer.pieces(STEPS)] == [0, 5, 30]
    assert outer(T, STEPS)[[0, 5, 29, 30, 45]].tolist() == [0.1, 1, 1, 1, 0.5]


def test_torch_cannot_join_a_one_cycle():
    """Its scheduler overwrites the base rate of its neighbours, so there is no line to print."""
    assert pg.Sequence(pg.OneCycle(), pg.Constant(), at=10).torch() is None


def test_a_schedule_may_be_swept_together_with_its_optimizer():
    gammas, rates = np.array([0.9, 0.99]), np.array([0.01, 0.02])
    together = pg.simulate(
        pg.Bowl(), pg.Momentum(lr=rates), steps=30, schedule=pg.Exponential(gamma=gammas)
    )
    for i in range(2):
        alone = pg.simulate(
            pg.Bowl(),
            pg.Momentum(lr=float(rates[i])),
            steps=30,
            schedule=pg.Exponential(gamma=float(gammas[i])),
        )
        assert np.array_equal(together.x[..., i], alone.x)
