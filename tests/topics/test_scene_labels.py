"""What every runner of every scene is told: the label its phenomenon deserves."""

import pytest

from playground.diagnosis import diagnose
from playground.topics.race import SCENES
from tests.support.scene_runs import runs

SAID = {
    "opening": "in_progress; converged overshoot; limit_cycle burst; converged overshoot",
    "too-large": "oscillating; diverged; slow",
    "too-small": "slow; converged",
    "flat-loss": "oscillating; converged rise; converged",
    "overshoot": "converged overshoot; converged overshoot; in_progress",
    "momentum-limits": "converged overshoot rise; diverged; converged; diverged",
    "local-minimum": "local_minimum; converged overshoot; local_minimum overshoot; local_minimum",
    "plateau": "plateau; converged overshoot; converged overshoot",
    "staircase": "plateau; diverged",
    "saddle": "converged left_saddle; converged overshoot left_saddle; converged overshoot",
    "per-parameter": "converged; converged; converged overshoot",
    "rotated": "converged; converged; in_progress overshoot",
    "collapse": "step_collapse; converged rise",
    "burst": "in_progress burst; step_collapse",
    "bounce": "limit_cycle burst; converged burst; converged overshoot",
    "bias-correction": "slow; in_progress; slow",
    "warm-up": "converged; converged",
    "squared-error": "plateau; in_progress",
    "cross-entropy": "in_progress; in_progress",
    "edge-of-stability": "edge_of_stability burst",
    "catapult": "converged catapult",
}
"""Scene → its runners' labels, in the order of the slots."""


def test_every_scene_has_its_labels():
    assert SAID.keys() == SCENES.keys()


@pytest.mark.parametrize("slug", SCENES)
def test_the_runners_of_a_scene_get_the_labels_of_its_phenomenon(slug):
    found = [" ".join(diagnose(run).labels) for run in runs(slug).values()]
    assert found == SAID[slug].split("; ")


def test_titles_and_sentences():
    for s in SCENES.values():
        assert len(s.title) <= 32
        assert s.watch.endswith(".")
        assert "!" not in s.watch
    assert len({s.race for s in SCENES.values()}) == len(SCENES)
