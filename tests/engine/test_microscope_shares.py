"""What a step is made of, and the vectors on the map."""

import numpy as np
import pytest

import playground as pg
from playground.microscope import arrows, look, parts, shares
from tests.support.microscope_runs import SURFACE, TIMES, every, run

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
    names = [stage.name for stage in shares(look(run(optimizer), 10))]
    kind = type(optimizer).__name__
    remembers = {
        "Momentum",
        "Nesterov",
        "Adam",
        "AdamW",
        "AMSGrad",
        "NAdam",
        "RAdam",
        "Adamax",
        "Lion",
    }
    assert ("memory" in names) == (kind in remembers or bool(getattr(optimizer, "momentum", 0)))
    assert ("scaling" in names) == (kind not in {"GradientDescent", "Momentum", "Nesterov"})
    corrects = kind in {"Adam", "AdamW", "AMSGrad", "NAdam", "RAdam", "Adamax"}
    assert ("bias correction" in names) == (
        corrects and getattr(optimizer, "bias_correction", True)
    )
    assert ("weight decay" in names) == (kind in {"AdamW", "Lion"} and optimizer.weight_decay > 0)
    assert "schedule" in names
    assert "schedule" not in [s.name for s in shares(look(run(optimizer, pg.Constant()), 10))]


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


@pytest.mark.parametrize(
    "optimizer",
    [pg.GradientDescent(), pg.Momentum(), pg.Nesterov(), pg.Momentum(weight_decay=0.3)],
    ids=repr,
)
def test_arrows_of_rules_with_one_rate_add_up_to_the_step(optimizer):
    found = arrows(run(optimizer))
    assert found.scale is None
    velocity = 0 if found.velocity is None else found.velocity
    assert found.gradient + velocity == pytest.approx(found.step, abs=1e-13)


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
