"""A batch is its loop for any parameters there can be, valid ones far beyond a control's range."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import playground as pg
from playground.kinds import SWITCH, WHOLE
from playground.simulation.ends import finish
from tests.support.anything import ANY, fitting, members, reals
from tests.support.bits import same_bits
from tests.support.laws import numeric

pytestmark = pytest.mark.filterwarnings("ignore::RuntimeWarning")  # rates of 1e308 overflow

few = settings(max_examples=12)
STEPS = 12


def drawn(data, cls, n):
    """Values of a class, n of them, that differ in some of their numbers, and the batch of them."""
    usual = {p.name: data.draw(ANY[SWITCH](p, 0)) for p in cls.params() if p.kind is SWITCH}
    swept = {
        p.name: data.draw(st.lists(number(p), min_size=n, max_size=n))
        for p in numeric(cls)
        if data.draw(st.booleans())
    }
    alone = [fitting(cls, usual | {name: v[i] for name, v in swept.items()}) for i in range(n)]
    return alone, fitting(cls, usual | {name: np.array(v) for name, v in swept.items()})


def number(p):
    """Of the control's range, or of all valid ground."""
    if p.kind is WHOLE:
        return st.integers(int(p.low), int(p.high))
    return st.floats(float(p.low), float(p.high)).filter(p.valid.holds) | reals(p)


@pytest.mark.parametrize("name", pg.Optimizer.all)
@few
@given(st.data())
def test_a_batch_of_any_optimizers_is_its_loop(name, data):
    n = data.draw(st.integers(1, 5))
    optimizers, batch = drawn(data, pg.Optimizer.all[name], n)
    surface = data.draw(members(pg.Surface))
    schedule = data.draw(members(pg.Schedule, 2))
    x0, x1, y0, y1 = surface.span
    share = st.floats(0, 1)
    x = [x0 + data.draw(share) * (x1 - x0) for _ in range(n)]
    y = [y0 + data.draw(share) * (y1 - y0) for _ in range(n)]
    options = {"steps": STEPS, "schedule": schedule, "noise": data.draw(st.sampled_from([0, 0.3]))}
    start = np.array([x, y])
    together = pg.simulate(surface, batch, start, seed=np.arange(n), **options)
    ends = finish(surface, batch, start, seed=np.arange(n), **options)
    for i, optimizer in enumerate(optimizers):
        alone = pg.simulate(surface, optimizer, start[:, i], seed=i, **options)
        assert same_bits(together.x[..., i], alone.x)
        assert same_bits(together.f[..., i], alone.f)
        assert same_bits(together.effective_lr[..., i], alone.effective_lr)
        states = zip(together.state, alone.state, strict=True)
        assert all(same_bits(ours[..., i], own) for ours, own in states)
        if alone.finite == STEPS + 1:
            assert same_bits(ends.x[:, i], alone.x[-1])


@pytest.mark.parametrize("name", pg.Schedule.all)
@few
@given(st.data())
def test_a_batch_of_any_schedules_is_its_loop(name, data):
    n = data.draw(st.integers(1, 5))
    schedules, batch = drawn(data, pg.Schedule.all[name], n)
    steps = data.draw(st.integers(1, 300))
    t = np.arange(steps)
    together = np.broadcast_to(batch(t[:, None], steps), (steps, n))
    for i, schedule in enumerate(schedules):
        assert same_bits(together[:, i], schedule(t, steps))


@pytest.mark.parametrize("name", pg.Surface.all)
@few
@given(st.data())
def test_a_batch_of_any_surfaces_is_its_loop(name, data):
    n = data.draw(st.integers(1, 5))
    surfaces, batch = drawn(data, pg.Surface.all[name], n)
    coordinate = st.floats(-1e3, 1e3)
    p = np.array([[data.draw(coordinate) for _ in range(n)] for _ in range(2)])
    together = batch(p), batch.gradient(p), batch.hessian(p)
    for i, surface in enumerate(surfaces):
        alone = surface(p[:, i]), surface.gradient(p[:, i]), surface.hessian(p[:, i])
        assert all(same_bits(a[..., i], b) for a, b in zip(together, alone, strict=True))
