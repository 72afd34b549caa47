"""Verdicts of trainings: what is measured, what is said, and that what is advised helps."""

import numpy as np
import pytest

import playground as pg
from playground.diagnosis import EVENTS, OUTCOMES
from playground.kinds import MEMBER
from playground.networks.activations import Identity, ReLU, Sigmoid, Tanh
from playground.networks.initialisations import Normal, Xavier, Zeros
from playground.topics.network.settings import RealNetwork
from playground.topics.network.signs import Signs
from playground.topics.network.training import trained
from playground.topics.network.verdict import burst, verdict

SMALL = RealNetwork(width=5, steps=60, examples=40)

CASES = {
    "edge_of_stability": RealNetwork(),
    "slow": RealNetwork(optimizer=pg.GradientDescent(lr=1e-3)),
    "in_progress": RealNetwork(optimizer=pg.GradientDescent(lr=0.2)),
    "oscillating": RealNetwork(optimizer=pg.GradientDescent(lr=1.5)),
    "diverged": RealNetwork(cost="squared error", optimizer=pg.GradientDescent(lr=1.0)),
    "converged": RealNetwork(activation=Identity()),
    "noise_floor": RealNetwork(batch=1),
    "plateau": RealNetwork(initialisation=Zeros()),
}


@pytest.fixture(scope="module", params=CASES)
def case(request):
    return request.param, trained(CASES[request.param])


def test_the_outcome_is_what_it_should_be(case):
    label, trace = case
    found = verdict(trace)
    assert found.label == label
    assert found.label in OUTCOMES
    assert "nan" not in found.sentence
    if found.fix is not None:
        assert repr(found.fix) in found.sentence


def test_the_fix_of_a_bad_ending_ends_lower(case):
    label, trace = case
    found = verdict(trace)
    if found.fix is None:
        assert label in ("edge_of_stability", "in_progress", "converged")
        return
    kind = next(
        p.name
        for p in trace.settings.params()
        if p.kind is MEMBER and isinstance(found.fix, p.family)
    )
    mended = trained(trace.settings.replace(**{kind: found.fix}))
    end = slice(-len(trace.loss) // 5, None)
    with np.errstate(invalid="ignore"):
        before = np.median(np.nan_to_num(trace.loss[end], nan=np.inf))
    assert np.median(mended.loss[end]) < before


def test_adaptive_rules_live_at_their_own_edge():
    trace = trained(RealNetwork(optimizer=pg.Adam(lr=0.02)))
    found = verdict(trace)
    assert found.label == "edge_of_stability"
    assert found.measured == pytest.approx(38, rel=0.1)


def test_tiny_weights_are_a_plateau_and_so_are_equal_units():
    tiny = verdict(trained(SMALL.replace(initialisation=Normal(std=1e-3), layers=3)))
    assert (tiny.label, tiny.fix) == ("plateau", Xavier())
    assert "too small" in tiny.sentence
    equal = verdict(trained(SMALL.replace(initialisation=Zeros(), activation=Sigmoid())))
    assert "stay the same" in equal.sentence


def test_the_noise_of_a_batch_is_measured_against_the_slope():
    trace = trained(SMALL.replace(batch=4, steps=400))
    half = slice(200, 400)
    true = trace.objective.gradient(trace.p[half].T).T
    noise = trace.seen[half] - true
    ratio = np.sqrt((noise**2).sum(1).mean() / (true**2).sum(1).mean())
    assert Signs(trace).noise == pytest.approx(ratio, rel=0.1)


def test_dead_units_are_those_that_never_answer():
    trace = trained(SMALL.replace(activation=ReLU(), steps=2))
    trace.p[-1] = 0  # the bias and all weights: every unit gives 0
    assert Signs(trace).dead == 1
    assert Signs(trained(SMALL.replace(activation=Tanh()))).dead == 0


def test_a_leap_that_heals_is_a_burst():
    trace = trained(RealNetwork())
    event = burst(trace)
    assert event.label in EVENTS
    peak = int(np.argmax(trace.gradient_norm[20:])) + 20
    assert f"update {peak} " in event.sentence
    usual = np.median(trace.gradient_norm[peak - 50 : peak])
    assert event.measured == pytest.approx(trace.gradient_norm[peak] / usual)
    assert burst(trained(SMALL.replace(optimizer=pg.GradientDescent(lr=0.05)))) is None
