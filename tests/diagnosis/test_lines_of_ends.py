"""Either side of the lines of swings, of a slackening fall, of what gains nothing."""

from types import SimpleNamespace

import numpy as np
import pytest

import playground as pg
from playground.diagnosis import balance, cycle, departure
from playground.diagnosis.pace import Pace
from tests.support.given import BENT, LOW, SIDES, nearest, told_apart, wave

CASES = [
    (
        "RING_NEAR",
        lambda e: Pace.way_to_the_middle.compute(e) < 1,
        {
            "local": BENT,
            "nearest": nearest([0.29, 0.31]),
            "travelled": 1.0,
            "at_a_level_minimum": False,
        },
        [1, 0],
    ),
    (
        "SLACKENS",
        lambda e: Pace._to_the_bottom(e) > 60,  # exponentially it takes 51.7 and 50.6
        {
            "remaining": 1.0,
            "below_the_end": 0.0,
            "fall": 10.0,
            "low": 0.0,
            "loss": lambda at: np.exp({-21: np.array([0.89, 0.91])}.get(at, [1.89, 1.91])),
        },
        [1, 0],
    ),
    (
        "HELD",  # what a linear rule keeps of a swing over a quarter
        cycle._repeats,
        {
            "amplitude": [1.0, 1.0],
            "n": 200,
            "linear": True,
            "points": wave(1, [1, 1]),
            "slope": lambda s: np.ones((2, 51, 2)),
            "optimizer": SimpleNamespace(kept_velocity=np.array([0.61, 0.59]) ** (1 / 25)),
        },
        [0, 1],
    ),
    (
        "NO_LOWER",
        cycle.no_lower,
        {
            "low": 0.0,
            "loss": lambda at: np.ones((26, 2)) * ([0.96, 0.98] if at.stop is None else 1.0),
        },
        [0, 1],
    ),
    ("DECAY_HOLDS", departure._decays, {"lr": [[1.99, 2.01]], "pull": 1.0}, [1, 0]),
    (
        "STIRRED_BY_DECAY",
        balance._stays_in_the_pit,
        {
            "start": [[1.0, 1.0]] * 2,
            "first_loss": 1.0,
            "low": 0.0,
            "pull": 0.1,
            "local_at": lambda p, g: LOW,
            "slope": lambda at: np.zeros((2, 2)),
            "points": lambda: (
                np.array([1.0, 0.0])[:, None, None] * [0.009, 0.011] + np.ones((2, 1, 1))
            ),
        },
        [1, 0],
    ),
]


@pytest.mark.parametrize(SIDES, CASES)
def test_evidence_on_either_side_of_a_line_is_told_apart(line, asked, given, expected):
    told_apart(line, asked, given, expected)


@pytest.mark.parametrize(("radius", "holds"), [(0.285, True), (0.317, False)])
def test_a_slow_mode_counts_up_to_where_the_ground_ahead_is_steeper(radius, holds):
    """In a Gaussian pit Newton's step is 1/(1 − r²) times the way: 1.09 and 1.11 of it."""
    run = pg.simulate(pg.Hole(), pg.GradientDescent(lr=1e-6), (radius, 0.0), steps=20)
    e = Pace(run, run.surface.span, 20)
    assert (Pace._by_modes(e, 1e-3) > 0).all() == holds
