"""Verdicts of trainings: what is measured, what is said, and that what is advised helps."""

import numpy as np
import pytest

import playground as pg
from playground.diagnosis import EVENTS, OUTCOMES
from playground.kinds import MEMBER
from playground.networks.activations import Identity, ReLU, Sigmoid, Tanh
from playground.networks.initialisations import Normal, Xavier, Zeros
from playground.topics.network import lines
from playground.topics.network.settings import RealNetwork
from playground.topics.network.signs import Signs
from playground.topics.network.training import trained
from playground.topics.network.tried import changed, ends
from playground.topics.network.verdict import burst, outcome_of

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
    found = outcome_of(trace)
    assert found.label == label
    assert found.label in OUTCOMES
    assert "nan" not in found.sentence
    if found.fix is not None:
        assert repr(found.fix) in found.sentence


def test_the_fix_of_a_bad_ending_ends_lower(case):
    label, trace = case
    found = outcome_of(trace)
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
    found = outcome_of(trace)
    assert found.label == "edge_of_stability"
    assert found.measured == pytest.approx(38, rel=0.1)


def test_tiny_weights_are_a_plateau_and_so_are_equal_units():
    tiny = outcome_of(trained(SMALL.replace(initialisation=Normal(std=1e-3), layers=3)))
    assert (tiny.label, tiny.fix) == ("plateau", Xavier())
    assert "too small" in tiny.sentence
    equal = outcome_of(trained(SMALL.replace(initialisation=Zeros(), activation=Sigmoid())))
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


LAWS = [
    SMALL.replace(**given)
    for given in (
        {"optimizer": pg.RMSProp(lr=0.3)},
        {"optimizer": pg.RMSProp(lr=1.0)},
        {"optimizer": pg.AdamW(weight_decay=1.0)},
        {"optimizer": pg.Momentum(lr=1e-4)},
        {"optimizer": pg.GradientDescent(lr=20.0)},
        {"optimizer": pg.GradientDescent(lr=1e308)},
        {"optimizer": pg.Lion(lr=0.05), "batch": 5},
        {"optimizer": pg.Adagrad(lr=1e-3), "initialisation": Normal(std=1e-3)},
        {"initialisation": Zeros(), "schedule": pg.Cosine()},
        {"layers": 0, "data": "circles"},
        {"layers": 0, "data": "circles", "initialisation": Zeros()},
        {"layers": 0, "data": "xor", "cost": "squared error"},
        {"activation": ReLU(), "optimizer": pg.GradientDescent(lr=5.0)},
        {"steps": 2},
    )
]


@pytest.mark.parametrize("given", LAWS, ids=repr)
def test_a_change_is_named_only_after_it_was_tried_and_is_not_in_use(given):
    trace = trained(given)
    found = outcome_of(trace)
    assert "nan" not in found.sentence
    assert not np.any([word in found.sentence for word in ("larger batches", "small batches")])
    if not given.layers:
        assert "too small to pass a signal" not in found.sentence
    if found.fix is None:
        assert "Try" not in found.sentence
        return
    other = changed(given, found.fix)
    assert other != given
    assert repr(found.fix) in found.sentence
    assert ends(trained(other).loss) < lines.HELPS * min(ends(trace.loss), trace.loss[0])


@pytest.mark.parametrize("data", ["circles", "xor"])
def test_a_standstill_without_a_hidden_layer_is_the_lowest_there_is(data):
    """Newton's method on the convex loss gets no lower."""
    trace = trained(RealNetwork(layers=0, data=data, steps=200))
    found = outcome_of(trace)
    p, loss = trace.p[-1].copy(), trace.objective
    for _ in range(20):
        p -= np.linalg.solve(loss.hessian(p), loss.gradient(p))
    assert trace.loss[-1] == pytest.approx(loss(p), rel=1e-4)
    assert found.label == "converged"
    assert found.fix is None


@pytest.mark.parametrize("lr", [0.3, 1.0])
def test_a_step_above_its_limit_that_gets_nowhere_does_not_creep(lr):
    trace = trained(RealNetwork(optimizer=pg.RMSProp(lr=lr), steps=200))
    signs, found = Signs(trace), outcome_of(trace)
    if np.mean(signs.gauge > 2) > 0.25 and signs.fall <= 0:
        assert found.label == "oscillating"
    assert "creeps" not in found.sentence or signs.fall > 0
