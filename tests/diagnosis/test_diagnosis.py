"""What a diagnosis says: the syllabus' cases, laws over all optimizers, and labelled runs."""

import re
from collections import Counter

import numpy as np
import pytest

import playground as pg
from playground.diagnosis import EVENTS, LABELS, OUTCOMES, diagnose, future, outcomes
from playground.optimizers import Optimizer
from playground.schedules import Schedule
from playground.simulation import Run
from tests.oracles.labelled.confusion import NEVER, judge, labelled_runs
from tests.support.part import some

BOWL = pg.Bowl(kappa=100.0)


def said(surface, optimizer, start=None, steps=400, **more):
    return diagnose(pg.simulate(surface, optimizer, start, steps, **more))


CASES = [
    (pg.Canyon(), pg.GradientDescent(lr=0.4), (-6, 1), 400, "oscillating"),
    (pg.Canyon(), pg.GradientDescent(lr=0.19), (-6, 1), 4000, "converged"),
    (BOWL, pg.GradientDescent(lr=0.0199), (-3, 1), 50, "oscillating"),
    (BOWL, pg.GradientDescent(lr=0.0202), (-3, 1), 50, "diverged"),
    (BOWL, pg.GradientDescent(lr=0.0202), (-3, 1), 3000, "diverged"),
    (BOWL, pg.GradientDescent(lr=0.0198), (-3, 1), 3000, "converged"),
    (BOWL, pg.GradientDescent(lr=1e-4), (-3, 1), 1000, "slow"),
    (pg.Bowl(kappa=6.0), pg.GradientDescent(lr=0.335), (-3, 1), 60, "diverged"),
    (pg.Bowl(kappa=6.0), pg.GradientDescent(lr=0.3), (-3, 1), 30, "converged"),
    (pg.Rosenbrock(), pg.GradientDescent(lr=0.01), None, 200, "diverged"),
    (pg.Saddle(), pg.GradientDescent(lr=0.1), (2.3, 1e-4), 40, "saddle"),
    (pg.Saddle(), pg.GradientDescent(lr=0.1), (2.3, 0), 600, "saddle"),
    (pg.Saddle(), pg.GradientDescent(lr=0.1), (2.3, 1e-4), 300, "diverged"),
    (pg.Formula("x**2 - y**2"), pg.GradientDescent(lr=0.05), (2.3, 1e-4), 60, "saddle"),
    (pg.SoftSaddle(), pg.GradientDescent(lr=0.1), (1, 1e-6), 300, "saddle"),
    (pg.SoftSaddle(), pg.GradientDescent(lr=0.1), (1, 0), 3000, "saddle"),
    (pg.TwoValleys(), pg.GradientDescent(lr=0.01), (-1.9, 1), 1000, "local_minimum"),
    (pg.TwoValleys(), pg.Momentum(lr=0.01, momentum=0.9), (-1.9, 1), 1000, "converged"),
    (pg.TwoValleys(), pg.Momentum(lr=0.01, momentum=0.95), (-1.9, 1), 2000, "local_minimum"),
    (pg.Quadratic(), pg.Adagrad(lr=0.3), (-100, 2), 800, "step_collapse"),
    (pg.Quadratic(), pg.Adagrad(lr=8.0), (-100, 2), 400, "converged"),
    (BOWL, pg.RMSProp(lr=0.05, alpha=0.9, first_gradient=True), (-3, 1), 400, "limit_cycle"),
    (BOWL, pg.Adam(), (-3, 1), 600, "converged"),
    (pg.Narrowing(), pg.GradientDescent(lr=0.1), (0, 0.1), 6000, "edge_of_stability"),
    (pg.StyblinskiTang(), pg.GradientDescent(lr=0.05482), (-2.829, 4.395), 800, "converged"),
    (pg.Product(), pg.GradientDescent(lr=0.1), (5, 0.05), 300, "converged"),
    (pg.Staircase(), pg.GradientDescent(lr=0.5), (0, 1), 3000, "plateau"),
    (pg.Staircase(), pg.Momentum(lr=0.5), (0, 1), 1000, "diverged"),
    (pg.SquaredSoftmax(), pg.GradientDescent(lr=1.0), (-10, 10), 10_000, "plateau"),
    (pg.LeastSquares(), pg.GradientDescent(lr=1e-6), (-120, -4), 1000, "slow"),
    (pg.LeastSquares(), pg.GradientDescent(lr=1e-5), (-120, -4), 100, "diverged"),
    (pg.Ackley(), pg.Newton(), (0, 0), 5, "converged"),
    (pg.Hole(), pg.GradientDescent(lr=0.5), (4.5, 0.5), 3000, "plateau"),
    (pg.Hole(), pg.Adam(lr=0.05), (4.5, 0.5), 60, "in_progress"),
    (pg.Saddle(), pg.GradientDescent(lr=0.1), (2.3, 1e-4), 60, "saddle"),
    (pg.Saddle(), pg.GradientDescent(lr=0.05), (2.3, 1e-4), 60, "in_progress"),
    (pg.SquaredSoftmax(), pg.Adam(lr=0.1), (-10, 10), 200, "in_progress"),
    (pg.CrossEntropy(), pg.GradientDescent(lr=1.0), (-10, 10), 200, "in_progress"),
    (pg.CrossEntropy(), pg.GradientDescent(lr=0.01), (-10, 10), 100, "slow"),
]


@pytest.mark.parametrize(("surface", "optimizer", "start", "steps", "outcome"), CASES, ids=str)
def test_cases_of_the_syllabus(surface, optimizer, start, steps, outcome):
    assert said(surface, optimizer, start, steps).outcome == outcome


def test_noise_sets_a_floor_that_decay_removes():
    noisy = said(BOWL, pg.GradientDescent(lr=0.015), steps=1500, noise=3.0)
    assert noisy.outcome == "noise_floor"
    assert isinstance(noisy.findings[0].fix, Schedule)


def test_an_unbounded_surface_is_blamed_instead_of_the_step():
    finding = said(pg.Saddle(), pg.GradientDescent(lr=0.1), (-2, 1e-4), 300).findings[0]
    assert "unbounded below" in finding.sentence
    assert finding.fix is None
    typed = said(pg.Formula("x**2 - y**2"), pg.GradientDescent(lr=0.1), (-2, 1e-4), 300)
    assert typed.outcome == "diverged"
    assert "unbounded below" in typed.verdict
    finding = said(BOWL, pg.GradientDescent(lr=0.03), steps=300).findings[0]
    assert "step is too large" in finding.sentence
    assert finding.fix.lr < 0.02


def test_a_formula_left_for_undefined_ground_says_where():
    sentence = said(pg.Formula("log(x) + x**2 + y**2"), pg.GradientDescent(lr=0.3), (0.1, 1.0), 30)
    assert sentence.outcome == "diverged"
    assert "not defined" in sentence.verdict


def test_overshoot_is_measured_and_cured_by_critical_momentum():
    diagnosis = said(BOWL, pg.Momentum(lr=0.01, momentum=0.9), (-3, 1), 300)
    assert diagnosis.labels == ("converged", "overshoot")
    finding = diagnosis.findings[1]
    assert finding.measured == pytest.approx(0.1532, abs=5e-4)
    cured = said(BOWL, finding.fix, (-3, 1), 300)
    assert "overshoot" not in cured.labels


def test_bursts_of_mean_square_adagrad_and_none_of_adagrad():
    burst = said(pg.Quadratic(), pg.MeanSquareAdagrad(lr=0.3), (-100, 2), 300)
    assert "burst" in burst.labels
    finding = burst.findings[burst.labels.index("burst")]
    first, last = finding.steps
    assert first <= 173 <= last
    assert "burst" not in said(pg.Quadratic(), pg.Adagrad(lr=0.3), (-100, 2), 800).labels


def test_weight_decay_moves_the_minimum_and_is_not_mistaken():
    optimizer = pg.GradientDescent(lr=0.03, weight_decay=1.0)
    assert said(pg.Booth(), optimizer, (5, 5), 800).outcome == "converged"


def test_window_is_the_measure_of_near():
    run = pg.simulate(pg.SoftSaddle(), pg.GradientDescent(lr=0.1), (1, 1e-3), 60)
    assert diagnose(run).outcome == "saddle"
    assert diagnose(run, (-0.02, 0.02, -0.02, 0.02)).outcome != "saddle"


def test_a_batch_is_refused():
    runs = pg.simulate(BOWL, pg.GradientDescent(), np.ones((2, 3)), 5)
    with pytest.raises(ValueError, match="one descent"):
        diagnose(runs)


@pytest.mark.parametrize("steps", [0, 1, 2, 3, 5, 9])
@pytest.mark.parametrize("name", pg.Optimizer.all)
def test_short_runs_get_one_outcome_too(name, steps):
    diagnosis = said(pg.Rosenbrock(), pg.Optimizer.all[name](), steps=steps)
    assert diagnosis.labels[0] in OUTCOMES


@pytest.mark.parametrize("name", pg.Surface.all)
def test_every_diagnosis_is_well_formed(name):
    """One outcome, then events; sentences end, and state what was measured."""
    surface, first = pg.Surface.all[name](), list(pg.Surface.all).index(name)
    for kind in some(pg.Optimizer.all.values(), 4, first):
        diagnosis = said(surface, kind(), steps=120)
        assert diagnosis.labels[0] in OUTCOMES
        assert set(diagnosis.labels[1:]) <= set(EVENTS)
        assert len(set(diagnosis.labels)) == len(diagnosis.labels)
        assert diagnosis.verdict == diagnosis.findings[0].sentence
        for finding in diagnosis.findings:
            assert finding.label in LABELS
            assert finding.sentence.endswith(".")
            assert not re.search(r"\bnan\b|\binf\b|np\.", finding.sentence)
            assert 0 <= finding.steps[0] <= finding.steps[1] <= 120
            assert finding.fix is None or isinstance(finding.fix, Optimizer | Schedule)


def test_labelled_runs_are_named_rightly():
    judged = list(judge(labelled_runs()))
    pairs = Counter((true, said) for _, _, true, said in judged)
    assert len(judged) >= 200
    assert not NEVER & pairs.keys()
    assert sum(n for (true, said), n in pairs.items() if true == said) >= 0.95 * len(judged)
    assert {true for true, _ in pairs} == set(OUTCOMES)


@pytest.mark.parametrize("name", ["Bowl", "Rosenbrock", "TwoValleys", "Canyon", "Saddle"])
def test_maps_agree_with_single_diagnoses(name):
    surface = pg.Surface.all[name]()
    rng = np.random.default_rng(5)
    x0, x1, y0, y1 = surface.span
    start = np.array([rng.uniform(x0, x1, 30), rng.uniform(y0, y1, 30)])
    same = total = 0
    for kind in (pg.GradientDescent, pg.Momentum, pg.Adam, pg.Lion):
        runs = pg.simulate(surface, kind(lr=10 ** rng.uniform(-3.5, 0, 30)), start, 200)
        indices = outcomes(runs)
        assert indices.shape == (30,)
        for lane in range(30):
            single = diagnose(runs[lane]).outcome
            if single in ("edge_of_stability", "step_collapse"):
                continue  # what a map does not tell apart
            total += 1
            same += OUTCOMES[indices[lane]] == single
    assert same >= 0.97 * total


def test_a_map_keeps_its_shape():
    start = np.array(np.meshgrid(np.linspace(-2, 2, 5), np.linspace(-1, 3, 4)))
    indices = outcomes(pg.simulate(pg.Rosenbrock(), pg.Momentum(lr=1e-3), start, 100))
    assert indices.shape == (4, 5)


@pytest.mark.parametrize("name", pg.Optimizer.all)
def test_who_asks_for_labels_and_numbers_waits_for_no_simulation(name, monkeypatch):
    """A run is carried on, and changes are tried, when a sentence or a fix is first read."""
    places = pg.Rosenbrock(), pg.Bowl(kappa=100.0), pg.Saddle()
    runs = [pg.simulate(surface, pg.Optimizer.all[name](), steps=500) for surface in places]

    def simulated(*_, **__):
        raise AssertionError

    monkeypatch.setattr(future, "carried_on", simulated)
    monkeypatch.setattr(Run, "again", simulated)
    for run in runs:
        for finding in diagnose(run).findings:
            assert finding.label
            assert finding.steps[1] <= run.steps
