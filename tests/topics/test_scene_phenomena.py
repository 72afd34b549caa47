"""The phenomenon that a scene was made for is a finding of its runs."""

import pytest

import playground as pg
from playground.topics.race import SCENES

PHENOMENA = {
    "opening": {"overshoot"},
    "too-large": {"oscillating", "diverged"},
    "too-small": {"slow", "converged"},
    "flat-loss": {"oscillating", "converged"},
    "overshoot": {"overshoot"},
    "momentum-limits": {"converged", "diverged"},
    "local-minimum": {"local_minimum", "converged"},
    "plateau": {"plateau", "converged"},
    "staircase": {"plateau"},
    "saddle": {"left_saddle"},
    "per-parameter": {"converged"},
    "rotated": {"in_progress"},
    "collapse": {"step_collapse"},
    "burst": {"burst"},
    "bounce": {"limit_cycle", "converged"},
    "bias-correction": {"slow", "in_progress"},
    "warm-up": {"converged"},
    "squared-error": {"plateau"},
    "cross-entropy": {"in_progress"},
    "edge-of-stability": {"edge_of_stability"},
    "catapult": {"catapult"},
}
"""What the sentence of a scene promises, by the labels of the diagnosis."""


def test_every_scene_promises_something():
    assert PHENOMENA.keys() == SCENES.keys()


@pytest.mark.parametrize("slug", PHENOMENA)
def test_the_phenomenon_of_a_scene_is_found_in_its_runs(slug):
    told = {label for run in SCENES[slug].race.runs().values() for label in pg.diagnose(run).labels}
    assert told >= PHENOMENA[slug]


def test_what_runs_down_for_ever_is_no_failure_and_offers_nothing():
    run = list(SCENES["staircase"].race.runs().values())[1]
    cause = pg.diagnose(run).findings[0]
    assert cause.label == "diverged"
    assert not cause.label.wanting
    assert cause.label.noun == "downhill for ever"
    assert cause.fix is None
