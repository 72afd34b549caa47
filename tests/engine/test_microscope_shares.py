"""What a step is made of, and the vectors on the map."""

import numpy as np
import pytest

import playground as pg
from playground.microscope import arrows, look, parts, shares
from playground.optimizers.parameters import DECOUPLED
from tests.engine.test_claims import last_directions
from tests.support.microscope_runs import SURFACE, TIMES, every, run
from tests.support.rules import decayless, directions, driven

# ---- what the step is made of ---------------------------------------------------------------


@every
def test_the_ingredients_end_in_the_step_exactly(optimizer):
    for t in TIMES:
        seen = look(run(optimizer), t)
        stages = shares(seen)
        assert stages[0].name == "gradient"
        assert stages[0].step == pytest.approx(-optimizer.lr * seen["g"].value)
        assert np.array_equal(stages[-1].step, seen.step)
        product = stages[0].step.copy()
        for stage in stages[1:]:
            product = product * stage.factor
        known = np.isfinite(product)
        assert product[known] == pytest.approx(seen.step[known], rel=1e-9)


@every
def test_gradient_memory_and_decay_add_up_to_the_step(optimizer):
    for t in TIMES:
        seen = look(run(optimizer), t)
        found = parts(seen)
        total = found.gradient + found.memory + found.decay
        assert total == pytest.approx(seen.step, rel=1e-12, abs=1e-16)
        if t == 1:
            assert found.memory == pytest.approx([0, 0], abs=1e-16)  # nothing to remember yet


@every
def test_the_ingredients_are_those_of_the_rule(optimizer):
    """Each is there exactly where the rule, asked by experiment, has it."""
    names = [stage.name for stage in shares(look(run(optimizer), 10))]
    bare = decayless(optimizer)
    if optimizer.elementwise() and optimizer.filter() is not None:
        one, other = last_directions(bare, None)
        assert ("memory" in names) == (one != pytest.approx(other, rel=1e-6))
    # A rule with a rate of its own per coordinate may still happen not to use it.
    assert "scaling" in names or scales_with_the_gradient(bare)
    assert optimizer.adaptive() or ("scaling" in names) != scales_with_the_gradient(bare)
    assert ("weight decay" in names) == pulls_beside_the_gradient(optimizer)
    assert "schedule" in names
    assert "schedule" not in [s.name for s in shares(look(run(optimizer, pg.Constant()), 10))]


class Scaled:
    """A loss times a factor."""

    def __init__(self, factor):
        self.factor = factor

    def gradient(self, p):
        return self.factor * SURFACE.gradient(p)

    def hessian(self, p):
        return self.factor * SURFACE.hessian(p)


def scales_with_the_gradient(optimizer):
    """Whether ten times the loss makes the first step ten times as long."""
    p = np.array([-1.2, 1.0])
    one, ten = (optimizer.step(p, optimizer.init(p), Scaled(k), 1e-3)[0] - p for k in (1.0, 10.0))
    return ten == pytest.approx(10 * one, rel=1e-6)


def pulls_beside_the_gradient(optimizer):
    """Whether it moves where gradient and coupled decay cancel."""
    p = np.array([2.0, -1.0])

    class Cancels:
        hessian = staticmethod(SURFACE.hessian)

        def gradient(self, p):
            return -optimizer.coupled_decay * p

    return bool(np.any(optimizer.step(p, optimizer.init(p), Cancels(), 0.01)[0] != p))


@every
def test_a_correction_of_averages_is_shown_where_it_acts_and_fades(optimizer):
    """Its factor tends to 1, and the first direction is longer than the bare average's."""
    first, late = (
        {s.name: s.factor for s in shares(look(run(optimizer, pg.Constant(), 0.0, 2000), t))}
        for t in (1, 2000)
    )
    assert ("bias correction" in first) == ("bias correction" in late)
    if "bias correction" in first:
        known = np.isfinite(late["bias correction"])
        slow = 0.15  # 0.999²⁰⁰⁰
        np.testing.assert_allclose(late["bias correction"][known], 1, atol=slow)
        bare = decayless(optimizer)
        assert directions(bare, *driven(bare, [1.0]))[0] > bare.filter(1).now


def factor(optimizer, t, name, **options):
    stages = {stage.name: stage for stage in shares(look(run(optimizer, **options), t))}
    return stages[name].factor


def test_the_first_step_of_adam_without_correction_would_be_3_16_times_too_long():
    assert factor(pg.Adam(eps=0.0), 1, "bias correction") == pytest.approx([0.1**0.5] * 2)
    assert factor(pg.Adam(), 1, "memory") == pytest.approx([0.1, 0.1])


def test_the_factor_of_the_schedule_is_the_schedule():
    schedule = pg.Exponential(gamma=0.9)
    for optimizer in (pg.GradientDescent(lr=0.01), pg.Adam(), pg.Lion(weight_decay=0.0)):
        found = factor(optimizer, 4, "schedule", schedule=schedule)
        assert found == pytest.approx([0.9**3] * 2)


def test_the_heavy_ball_carries_mu_of_its_velocity():
    r = run(pg.Momentum(lr=0.01, momentum=0.8), pg.Constant(), noise=0.0)
    found = parts(look(r, 7))
    assert found.gradient == pytest.approx(-0.01 * r.gradient[6])
    assert found.memory == pytest.approx(-0.01 * 0.8 * r.state.velocity[6])


# ---- the vectors on the map -----------------------------------------------------------------


@every
def test_arrows_add_up_to_the_direction_and_at_one_rate_to_the_step(optimizer):
    beside = optimizer.named(DECOUPLED)
    r = run(optimizer.replace(**{beside: 0.0}) if beside else optimizer)
    found = arrows(r)
    total = found.gradient + (0 if found.velocity is None else found.velocity)
    assert (found.velocity is None) == (optimizer.memory is None)
    if found.scale is None:
        assert total == pytest.approx(found.step, abs=1e-13)
    elif optimizer.unscaled == optimizer.direction:
        step = r.effective_lr * total / found.scale
        np.testing.assert_allclose(step, found.step, rtol=1e-9, atol=1e-13)


@every
def test_a_square_is_drawn_where_one_divides_the_step(optimizer):
    """Of the side whose square is claimed; the laws of the claims say that it divides."""
    found = arrows(run(optimizer))
    assert (found.root is None) == (optimizer.square is None)


def test_arrows_of_adam_are_its_average_and_the_square_has_the_area_v():
    r = run(pg.Adam())
    found = arrows(r)
    total = found.gradient + found.velocity
    assert total == pytest.approx(-found.scale * r.state.m_hat[1:])
    assert (found.root / found.scale) ** 2 == pytest.approx(r.state.v_hat[1:])
    x0, x1, y0, y1 = SURFACE.span
    longest = max(np.hypot(*total.T).max(), np.hypot(*found.gradient.T).max())
    assert 0.5 < longest / (np.hypot(x1 - x0, y1 - y0) / 7) < 1.5


@every
def test_arrows_and_looks_tell_the_same(optimizer):
    r = run(optimizer)
    found = arrows(r)
    for t in TIMES:
        assert found.step[t - 1] == pytest.approx(look(r, t).step, abs=1e-12)
