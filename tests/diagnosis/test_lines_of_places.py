"""Either side of every line: evidence just below it and just above it is told apart.

The numbers are those of the syllabus (section 9) and of the docstrings in `lines`, typed here a
second time on purpose: whoever moves a line must mean it.
"""

import numpy as np
import pytest

from playground.diagnosis import divergence, edge, rest, saddle
from playground.diagnosis.pace import Pace
from playground.diagnosis.place import Place
from tests.support.given import BENT, LOW, SIDES, beside_others, local, nearest, told_apart

POINT = {"at_a_level_minimum": False}
SAME = {"travelled": 1.0, "fall": 1.0, "low": 0.0, "decay": 0.0, "pull": 0.0}
EDGE = {"limit": 2.0, "hovers": 2.0, "lr": np.ones((100, 1))}
SHARP = np.where(np.arange(100) < 20, 1.0, 2.1)[:, None]


def size(end, early=1.0, n=100, tail=5):
    """|g| that is `early` until the last `tail` points."""
    t = np.arange(n + 1)[:, None]
    return np.where(t > n - tail, np.array(end), early) * (1 + 1e-9 * t)


CASES = [
    # near and far
    (
        "FAR_OUT",
        divergence._far,
        {
            "end_outside": [0.9, 1.1],
            "last_loss": 2.0,
            "first_loss": 1.0,
            "remaining": 1.0,
            "fall": 1.0,
        },
        [0, 1],
    ),
    (
        "FAR_ABOVE",
        divergence._far,
        {
            "remaining": [9.0, 11.0],
            "last_loss": 2.0,
            "first_loss": 1.0,
            "end_outside": 0.0,
            "fall": 1.0,
        },
        [0, 1],
    ),
    ("ARRIVED", rest._newton, {"local": local(distance=[0.009, 0.011]), **SAME, **POINT}, [1, 0]),
    ("ARRIVED", rest.at_a_known_minimum, {"nearest": nearest([0.009, 0.011]), **SAME}, [1, 0]),
    (
        "LEAST_WAY",
        lambda e: Place.travelled.compute(e) == 1e-3,
        {"start": np.zeros((2, 1)), "end": [[0.9e-3, 1.1e-3], [0, 0]], "local": LOW},
        [1, 0],
    ),
    (
        "LOWEST",
        rest._not_the_lowest,
        {
            "last_loss": [0.009, 0.011],
            "local": LOW,
            "nearest": nearest([1.0, 1.0]),
            "on_a_floor": False,
            **SAME,
            **POINT,
        },
        [0, 1],
    ),
    (
        "FLOOR",
        Place.on_a_floor.compute,
        {"remaining": [0.9e-4, 1.1e-4], "local": LOW, **SAME},
        [1, 0],
    ),
    ("BESIDE", Place.at_a_tip.compute, {"nearest": nearest([0.019, 0.021])}, [1, 0]),
    (
        "SHOULDER_STILL",
        Place.on_a_shoulder.compute,
        {"amplitude": [0.0019, 0.0021], "beside": lambda points, *near: True},
        [1, 0],
    ),
    (
        "INFLECTION",
        lambda e: Pace.ahead.compute(e) == 0.1,
        {
            "local": local(distance=[0.19, 0.21]),
            "nearest": nearest([0.1, 0.1]),
            "end_outside": 0.0,
            **SAME,
        },
        [0, 1],
    ),
    (
        "AT_CRITICAL",
        saddle._beside_a_saddle,
        {
            "amplitude": [0.009, 0.011],
            "local": BENT,
            "beside": beside_others,
        },
        [1, 0],
    ),
    (
        "BENDS_DOWN",
        saddle._beside_a_saddle,
        {"local": local(low=[-0.9e-6, -1.1e-6]), "amplitude": 0.0, "beside": beside_others},
        [0, 1],
    ),
    (
        "NEARER",
        saddle._beside_a_saddle,
        {
            "amplitude": 0.0,
            "local": local(low=[-1.0, -1.0], distance=[1e-3, 1e-3]),
            "beside": beside_others,
            "nearest": nearest([4.9e-3, 5.1e-3]),
        },
        [0, 1],
    ),
    # diverged
    ("STEEPER", divergence._steepens, {"size": size([2.9, 3.1])}, [0, 1]),
    ("ALWAYS_FLIPS", divergence._flips, {"flipping": [0.79, 0.81]}, [0, 1]),
    (
        "GROWTH",
        divergence._higher,
        {
            "wall_slope": lambda stretch: (
                (1 + np.array([0.9e-4, 1.1e-4])) ** np.arange(101)[stretch, None]
            )
        },
        [0, 1],
    ),
    (
        "AT_PEAK",
        divergence._higher,
        {
            "wall_slope": lambda stretch: np.where(
                np.arange(101)[:, None] == 60,
                1.0,
                np.array([0.98, 0.995]) * (0.9 + 0.001 * np.arange(101)[:, None]),
            )[stretch]
        },
        [0, 1],
    ),
    # edge of stability
    (
        "EDGE_BELOW",
        edge._hovers_at_the_limit,
        {"hovers": [1.84, 1.86], "limit": 2.0, "sharpness": SHARP},
        [0, 1],
    ),
    (
        "EDGE_ABOVE",
        edge._hovers_at_the_limit,
        {"hovers": [2.24, 2.26], "limit": 2.0, "sharpness": SHARP},
        [1, 0],
    ),
    (
        "EDGE_BEGINS",
        edge._got_sharper,
        {"sharpness": np.where(np.arange(100)[:, None] < 20, [1.79, 1.81], 2.1), **EDGE},
        [1, 0],
    ),
    (
        "EDGE_ALIVE",
        edge._still_sloping,
        {
            "late_size": [[0.9e-3, 1.1e-3]] * 21,
            "slope": lambda stretch: np.array([np.ones((20, 2)), np.zeros((20, 2))]),
        },
        [0, 1],
    ),
    # standing
    (
        "STILL",
        rest.stands,
        {
            "amplitude": [1.9e-3, 2.1e-3],
            "hold": 1.0,
            "travelled": 1.0,
            "moved": lambda k: 1.0,
            "local": LOW,
            "nearest": nearest([1.0, 1.0]),
        },
        [1, 0],
    ),
    (
        "CALMING",
        rest.stands,
        {
            "amplitude": [0.019, 0.021],
            "hold": 0.5,
            "travelled": 1.0,
            "moved": lambda k: 1.0,
            "local": LOW,
            "nearest": nearest([1.0, 1.0]),
        },
        [1, 0],
    ),
    (
        "SHRINKS",
        rest.stands,
        {
            "hold": [0.89, 0.91],
            "amplitude": 0.01,
            "travelled": 1.0,
            "moved": lambda k: 1.0,
            "local": LOW,
            "nearest": nearest([1.0, 1.0]),
        },
        [1, 0],
    ),
    (
        "CREEPS_IN",
        rest.stands,
        {
            "hold": 1.0,
            "amplitude": [0.01, 0.01],
            "travelled": 1.0,
            "moved": lambda k: np.array([0.9e-3, 1.1e-3]),
            "local": LOW,
            "nearest": nearest([1.0, 1.0]),
        },
        [1, 0],
    ),
    (
        "CREEPS_IN",
        rest.stands,
        {
            "hold": 1.0,
            "amplitude": 0.01,
            "travelled": 1.0,
            "moved": lambda k: 0.0,
            "local": local(distance=[0.9e-3, 1.1e-3]),
            "nearest": nearest([1.0, 1.0]),
        },
        [1, 0],
    ),
]


@pytest.mark.parametrize(SIDES, CASES)
def test_evidence_on_either_side_of_a_line_is_told_apart(line, asked, given, expected):
    told_apart(line, asked, given, expected)
