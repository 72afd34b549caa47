"""What the sentences of a diagnosis claim: numbers that hold, told apart, and the right culprit."""

import pytest

import playground as pg
from playground.diagnosis import diagnose
from tests.diagnosis.test_diagnosis import BOWL, said


def test_bouncing_names_the_number_the_limit_and_a_step_that_works():
    finding = said(pg.Canyon(), pg.GradientDescent(lr=0.4), (-6, 1), 400).findings[0]
    assert finding.measured == pytest.approx(4.0)
    assert finding.threshold == 2.0
    assert "η·λ_max = 4 is" in finding.sentence
    assert "not a critical point" in finding.sentence
    assert said(pg.Canyon(), finding.fix, (-6, 1), 4000).outcome == "converged"


def test_divergence_states_the_growth_per_step():
    sentence = said(pg.Bowl(kappa=6.0), pg.GradientDescent(lr=0.335), steps=60).verdict
    assert "|1 − η·λ| = 1.01 (measured: 1.01)" in sentence
    assert "2.01" in sentence


@pytest.mark.parametrize("steps", [5, 8, 10, 15])
def test_a_converging_bounce_and_a_growing_one_are_told_apart(steps):
    """Curvature 6: a step of 0.30 keeps |1 − 1.8| = 0.8 of the distance, 0.335 makes it 1.01."""
    for surface, start in ((pg.Quadratic(a=6.0, b=6.0, c=0.0), (1, 0)), (pg.Bowl(6.0), (-3, 1))):
        converging = said(surface, pg.GradientDescent(lr=0.3), start, steps)
        assert converging.outcome == "oscillating"
        assert "converging oscillation" in converging.verdict
        assert "|1 − η·λ| = 0.8" in converging.verdict
        diverging = said(surface, pg.GradientDescent(lr=0.335), start, steps)
        assert diverging.outcome == "diverged"
        assert "|1 − η·λ| = 1.01" in diverging.verdict


@pytest.mark.parametrize("warmup", [0, 5, 10, 20, 50, 100])
@pytest.mark.parametrize("steps", [50, 200, 400])
def test_a_rate_that_a_schedule_raises_is_no_edge_of_stability(steps, warmup):
    run = said(
        BOWL, pg.GradientDescent(lr=0.0205), (-3, 1), steps, schedule=pg.LinearWarmup(warmup=warmup)
    )
    assert run.outcome != "edge_of_stability"
    assert "sharper" not in run.verdict
    if run.outcome in ("diverged", "converged", "in_progress"):
        assert "above the limit 2" in run.verdict


def test_an_edge_behind_a_warm_up_is_one_and_states_both_curvatures():
    run = pg.simulate(
        pg.Narrowing(), pg.GradientDescent(lr=0.1), (0, 0.1), 6000, pg.LinearWarmup(warmup=100)
    )
    diagnosis = diagnose(run)
    assert diagnosis.outcome == "edge_of_stability"
    assert "λ_max from 16." in diagnosis.verdict


def test_an_adaptive_cycle_at_the_limit_does_not_claim_that_the_ground_changed():
    verdict = said(BOWL, pg.RMSProp(lr=0.05, alpha=0.9, first_gradient=True), (-3, 1), 600)
    assert verdict.outcome == "limit_cycle"
    assert "sharper" not in verdict.verdict


def test_compared_numbers_show_what_tells_them_apart():
    verdict = said(pg.Bowl(kappa=10.0), pg.Nesterov(lr=0.1364), (-3, 1), 1000).verdict
    assert "η·λ_max = 1.364 is above the limit 1.357" in verdict
    assert "instead of 0.1364" in verdict


def test_within_one_per_cent_no_steps_are_counted():
    diagnosis = said(BOWL, pg.Adam(lr=0.05, bias_correction=False), (-3, 1), 100)
    assert diagnosis.outcome == "in_progress"
    assert "within 1 %" in diagnosis.verdict
    assert "0 steps" not in diagnosis.verdict


def test_without_a_minimum_the_loss_or_the_saddle_is_what_is_told():
    falling = said(pg.SquaredSoftmax(), pg.Adam(lr=0.1), (-10, 10), 200).verdict
    assert "no minimum to arrive at" in falling
    heading = said(pg.Saddle(), pg.GradientDescent(lr=0.05), (2.3, 1e-4), 60).verdict
    assert "heading into the saddle at (0, 0)" in heading
    assert f"{2.3 * 0.95**60:.3f} away" in heading
    leaving = said(pg.Saddle(), pg.GradientDescent(lr=0.1), (2.3, 1e-4), 80).verdict
    assert "leaving the saddle at (0, 0)" in leaving
