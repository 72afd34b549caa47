"""Remedies: changes of one knob that were tried, in an order that teaches."""

import numpy as np
import pytest

import playground as pg
from playground.diagnosis import diagnose
from playground.diagnosis.changes import rounded_down
from playground.diagnosis.remedies import remedies
from tests.diagnosis.test_diagnosis import BOWL, CASES


def test_remedies_end_lower_and_the_best_comes_first():
    run = pg.simulate(pg.Canyon(), pg.GradientDescent(lr=0.4), steps=400)
    found = remedies(run)
    assert found[0].diagnosis.outcome == "converged"
    last = run.f[-40:].mean() / run.f[0]
    for remedy in found:
        assert remedy.score < last
        np.testing.assert_array_equal(
            remedy.run.x,
            pg.simulate(run.surface, remedy.optimizer, steps=400, schedule=remedy.schedule).x,
        )
    assert all(remedy.diagnosis.outcome in ("converged", "in_progress") for remedy in found)


def test_remedies_of_other_bad_endings():
    diverged = remedies(pg.simulate(pg.Rosenbrock(), pg.GradientDescent(lr=0.01), steps=300))
    assert diverged
    assert np.isfinite([remedy.score for remedy in diverged]).all()
    collapsed = remedies(
        pg.simulate(pg.Quadratic(), pg.Adagrad(lr=0.3), start=(-100, 2), steps=800)
    )
    assert any(type(remedy.optimizer) is pg.Adagrad for remedy in collapsed[:3])
    assert remedies(pg.simulate(BOWL, pg.Adam(), steps=600)) == ()


def test_of_a_step_too_large_the_step_under_the_limit_is_among_the_first_three():
    for lr, steps in ((0.0202, 50), (0.03, 300), (0.0199, 50)):
        run = pg.simulate(BOWL, pg.GradientDescent(lr=lr), start=(-3, 1), steps=steps)
        assert pg.GradientDescent(lr=0.018) in [remedy.optimizer for remedy in remedies(run)[:3]]


@pytest.mark.parametrize(("surface", "optimizer", "start", "steps", "outcome"), CASES, ids=str)
def test_remedies_end_well_if_any_does_and_say_it_plainly(
    surface, optimizer, start, steps, outcome
):
    found = remedies(pg.simulate(surface, optimizer, start, steps))
    bad = [r.diagnosis.outcome not in ("converged", "in_progress", "noise_floor") for r in found]
    assert all(bad) or sum(bad) <= 1  # the step just under the limit may be one of them
    good = [r.diagnosis.outcome == "converged" for r in found if "limit" not in r.sentence]
    assert good == sorted(good, reverse=True)
    for remedy in found:
        assert remedy.optimizer.lr in (optimizer.lr, float(f"{remedy.optimizer.lr:.3g}"))
        assert "⁻" not in remedy.sentence.rpartition(":")[2]


def test_a_remedy_that_will_be_thrown_out_again_does_not_count_as_good():
    """A warm-up past the limit shrinks the bounce first, so it takes time to grow again."""
    run = pg.simulate(BOWL, pg.GradientDescent(lr=0.0202), start=(-3, 1), steps=500)
    warm = pg.simulate(BOWL, run.optimizer, (-3, 1), 500, pg.LinearWarmup(warmup=50))
    finding = diagnose(warm).findings[0]
    assert finding.label == "converged"
    assert "will not stay" in finding.sentence
    assert finding.fix.lr == 0.018
    assert not any(isinstance(r.schedule, pg.LinearWarmup) for r in remedies(run))


@pytest.mark.parametrize("value", [5e-324, 3e-309, 0.0301, 0.0999, 0.3 - 1e-16, 7e307, 1.79e308])
def test_a_suggested_setting_has_two_digits_and_is_not_above_what_it_was_made_for(value):
    shown = rounded_down(value)
    assert 0.9 * value <= shown <= value
    assert shown == float(f"{shown:.2g}")


@pytest.mark.parametrize("value", [0.29, 0.57, 0.03, 1.1e-7, 4e20])
def test_a_setting_that_has_two_digits_stays(value):
    assert rounded_down(value) == value
