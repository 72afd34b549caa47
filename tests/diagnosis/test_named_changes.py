"""A change that is named has been run: run again by other means, it does what is said of it."""

import pickle
import re
from functools import cache
from itertools import islice

import numpy as np
import pytest

import playground as pg
from playground.diagnosis import diagnose
from playground.diagnosis.finding import Advice
from playground.diagnosis.outcome import Standing
from tests.diagnosis.test_diagnosis import BOWL
from tests.oracles.truth.change import effect
from tests.oracles.truth.drawn import settings
from tests.oracles.truth.reading import changes
from tests.oracles.truth.setting import Setting
from tests.support.part import some

SEEDS = some(range(4100, 4110), 5)
EACH = 15
"""Bad runs of each seed."""
MOVING = {"oscillating", "limit_cycle"}
PROMISES = {
    "would hold": {"diverged"},
    "stays where it is defined": {"diverged"},
    "gets away": {"plateau", "saddle", "diverged"},
    "gets over the rim": {"local_minimum", "diverged"},
    "comes within 1 % of a minimum and stays": {*MOVING, "diverged"},
}
"""What a sentence promises, and how a run with the change may then not end."""


@cache
def bad(seed):
    """Random runs that a change could make end better, with their findings that may name one."""
    told = ((setting, diagnose(setting.run)) for setting in settings(seed))
    return list(islice((both for both in told if mendable(both[1])), EACH))


def mendable(diagnosis):
    return not diagnosis.outcome.good or any(f.fix for f in diagnosis.findings)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_named_change_does_what_is_said_of_it(seed):
    for setting, diagnosis in bad(seed):
        for finding in diagnosis.findings:
            named = changes(finding.sentence, setting.optimizer)
            assert named == ([] if finding.fix is None else [finding.fix]), (setting, finding)
            for change in named:
                found = effect(setting, change)
                assert np.isfinite(found.after), (setting, change)
                assert found.word != "worse", (setting, change)
                after = diagnose(setting.changed_by(change).run)
                if (
                    after.outcome.standing is Standing.NEUTRAL
                ):  # downhill for ever is no broken promise
                    continue
                for words, never in PROMISES.items():
                    assert words not in finding.sentence or after.outcome not in never, setting


def test_changes_are_named_where_they_are_to_be_had():
    """Most bad endings have a change that helps: the law above is not kept by silence."""
    found = [d.findings[0].fix is not None for s in SEEDS for _, d in bad(s)]
    assert np.mean(found) > 0.6


@pytest.mark.parametrize(
    ("surface", "start"),
    [(pg.MonkeySaddle(), (0.0, 0.0)), (pg.Saddle(), (0.0, 0.0)), (pg.Staircase(), (np.pi, 0.0))],
    ids=str,
)
@pytest.mark.parametrize("name", ["GradientDescent", "Momentum", "Adam"])
def test_nothing_is_offered_where_the_slope_is_exactly_zero(surface, start, name):
    if np.hypot(*surface.gradient(start)):
        start = (0.0, 0.0)
    for finding in diagnose(pg.simulate(surface, pg.Optimizer.all[name](), start, 200)).findings:
        if not finding.label.good:
            assert finding.fix is None
            assert re.search("exactly 0, so steps|on its ridge", finding.sentence)


def test_against_a_decay_that_holds_it_only_less_of_it_is_offered():
    optimizer = pg.Lion(lr=0.01, weight_decay=0.5)
    setting = Setting(pg.Booth(), optimizer, (-1.9, -1.9), 3000)
    finding = diagnose(setting.run).findings[0]
    assert finding.fix == optimizer.replace(weight_decay=finding.fix.weight_decay)
    assert finding.fix.weight_decay < 0.5
    assert "weight decay pulls it back" in finding.sentence
    assert effect(setting, finding.fix).word == "better"


def test_labels_cost_no_trial_and_a_finding_is_a_value():
    run = pg.simulate(BOWL, pg.GradientDescent(lr=0.021))
    one, two = diagnose(run), diagnose(run)
    assert one.labels == two.labels == ("diverged",)
    assert not isinstance(one.findings[0].look, Advice)
    assert one.findings[0].fix.lr == 0.018
    assert isinstance(one.findings[0].look, Advice)
    assert one == two
    assert hash(one) == hash(two)
    copy = pickle.loads(pickle.dumps(diagnose(run)))
    assert copy == one
    assert copy.verdict == one.verdict
    assert copy.outcome.standing is one.outcome.standing
    assert diagnose(pg.simulate(BOWL, pg.GradientDescent(lr=0.022))) != one


def test_a_start_without_a_drop_is_told_in_heights():
    run = pg.simulate(pg.Rosenbrock(), pg.GradientDescent(lr=0.5), (1 + 1e-9, 1), 300)
    for remedy in pg.remedies(run):
        assert "%" not in remedy.sentence
        assert "diverged" not in remedy.sentence


def test_a_change_is_tried_on_the_same_problem():
    """Start, noise, seed, clipping and length are those of the run; one knob differs."""
    rule, clip = pg.GradientDescent(lr=0.0305), pg.ClipNorm(max_norm=20.0)
    run = pg.simulate(BOWL, rule, (-2, 1), 90, noise=0.1, seed=3, clip=clip)
    found = pg.remedies(run)
    assert found
    for remedy in found:
        new, old = vars(remedy.run.problem), vars(run.problem)
        same = {name for name in old if name not in ("optimizer", "schedule", "lr", "disturbance")}
        assert all(new[name] is old[name] for name in same)
        np.testing.assert_array_equal(remedy.run.problem.disturbance, run.problem.disturbance)


@pytest.mark.parametrize("lr", [0.5, 1.5, 3.92])
def test_decay_that_leads_past_the_origin_does_not_pull_back(lr):
    rule = pg.Lion(lr=lr, weight_decay=1.0)
    said = " ".join(
        diagnose(pg.simulate(surface, rule, (5.58, 4.49), steps)).verdict
        for surface in (pg.Narrowing(), pg.Booth(), pg.Bowl())
        for steps in (2, 4, 9)
    )
    assert "pulls it back" not in said or lr <= 1
    assert "past the origin" not in said or lr > 1
