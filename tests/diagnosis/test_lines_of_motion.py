"""Either side of every line: evidence just below it and just above it is told apart, in motion.

The numbers are those of the syllabus (section 9) and of the docstrings in `lines`, typed here a
second time on purpose: whoever moves a line must mean it.
"""

import numpy as np
import pytest

from playground.diagnosis import cycle, events, noise, plateau, progress, unrest
from playground.diagnosis.pace import Pace
from playground.diagnosis.swings import Swing
from tests.support.given import BENT, LOW, SIDES, local, moved, told_apart, wave

CASES = [
    # noise
    ("RATE_ALIVE", noise._alive, {"lr": [[1.0, 1.0], [0.049, 0.051]]}, [0, 1]),
    (
        "NOISE_GRADIENT",
        noise._calm,
        {"late_size": [[29.0, 31.0]] * 9, "noise": 1.0, "flipping": 0.5},
        [1, 0],
    ),
    (
        "NOISE_BOUNCING",
        noise._calm,
        {"late_size": [[9.0, 11.0]] * 9, "noise": 1.0, "flipping": 0.7},
        [1, 0],
    ),
    (
        "NOISE_FLIPS",
        noise._calm,
        {"flipping": [0.59, 0.61], "noise": 1.0, "late_size": [[20.0]] * 9},
        [1, 0],
    ),
    (
        "NOISE_ARRIVED",
        noise.arrived_in_noise,
        {"hover_of_half": [0.9e-4, 1.1e-4], "judged_by_noise": True, "fall": 1.0},
        [1, 0],
    ),
    # plateau
    ("FLAT", lambda e: plateau._flat(1.0, e.size, 0.0, 1.0), {"size": [0.019, 0.021]}, [1, 0]),
    ("STRAIGHT", lambda e: plateau._flat(1.0, 0.0, e.size, 1.0), {"size": [0.99, 1.01]}, [1, 0]),
    ("NEVER_LEFT", plateau._as_high, {"remaining": [0.989, 0.991], "fall": 1.0}, [0, 1]),
    # bounces and cycles
    ("FLIPPING", unrest._flips, {"flipping": [0.54, 0.56]}, [0, 1]),
    ("HIGH", unrest._hovers_high, {"hover": [0.009, 0.011], "fall": 1.0}, [0, 1]),
    ("HIGH", unrest._keeps_high, {"local": local(excess=[0.009, 0.011]), "fall": 1.0}, [0, 1]),
    (
        "HELD",
        unrest._keeps_high,
        {
            "hold": [0.59, 0.61],
            "local": BENT,
            "last_size": 1.0,
            "fall": 1.0,
            "slope": lambda stretch: np.ones((2, 10, 2)),
        },
        [0, 1],
    ),
    (
        "STRONG",
        unrest._keeps_high,
        {
            "last_size": [0.09, 0.11],
            "local": BENT,
            "hold": 1.0,
            "fall": 1.0,
            "slope": lambda s: np.array([np.ones((10, 2)), np.zeros((10, 2))]),
        },
        [0, 1],
    ),
    ("CYCLE", cycle._wide, {"amplitude": [0.9e-3, 1.1e-3], "travelled": 1.0}, [0, 1]),
    (
        "HELD",
        cycle._circles,
        {
            "hold": [0.59, 0.61],
            "local": LOW,
            "fall": 1.0,
            "flipping": 1.0,
            "drift": 0.0,
            "amplitude": 1.0,
        },
        [0, 1],
    ),
    (
        "HELD_AT_MOST",
        cycle._circles,
        {
            "hold": [1.69, 1.71],
            "local": LOW,
            "fall": 1.0,
            "flipping": 1.0,
            "drift": 0.0,
            "amplitude": 1.0,
        },
        [1, 0],
    ),
    (
        "CYCLE_FLIPS",
        cycle._circles,
        {
            "flipping": [0.29, 0.31],
            "local": LOW,
            "fall": 1.0,
            "hold": 1.0,
            "drift": 0.0,
            "amplitude": 1.0,
        },
        [0, 1],
    ),
    (
        "CYCLE_SHRUNK",
        cycle._repeats,
        {"amplitude": 1.0, "n": 200, "points": wave(1, [0.74, 0.76])},
        [0, 1],
    ),
    (
        "CYCLE_GROWN",
        cycle._repeats,
        {"amplitude": 1.0, "n": 200, "points": wave(1, [1.49, 1.51])},
        [1, 0],
    ),
    (
        "CYCLE_DRIFT",
        cycle._repeats,
        {"amplitude": 1.0, "n": 200, "points": wave(1, [1, 1], drift=[0.22, 0.28])},
        [1, 0],
    ),
    (
        "TURNS",
        cycle._repeats,
        {"amplitude": 1.0, "n": 200, "points": wave(1, [1, 1], turns=3)},
        [0, 0],
    ),
    (
        "TURNS",
        cycle._repeats,
        {"amplitude": 1.0, "n": 200, "points": wave(1, [1, 1], turns=5)},
        [1, 1],
    ),
    (
        "BOUNCE_SHRUNK",
        cycle._repeats,
        {
            "amplitude": 1.0,
            "n": 200,
            "linear": True,
            "points": wave(1, [0.89, 0.92]),
            "slope": lambda s: np.stack([(-1.0) ** np.arange(51)[:, None] + [0, 0]] * 2),
        },
        [0, 1],
    ),
    (
        "BOUNCE_GROWN",
        cycle._repeats,
        {
            "amplitude": 1.0,
            "n": 200,
            "linear": True,
            "points": wave(1, [1.08, 1.11]),
            "slope": lambda s: np.stack([(-1.0) ** np.arange(51)[:, None] + [0, 0]] * 2),
        },
        [1, 0],
    ),
    (
        "BOUNCE_FLIPS",
        cycle._repeats,
        {
            "amplitude": 1.0,
            "n": 200,
            "linear": True,
            "points": wave(1, [1, 1]),
            "slope": lambda s: np.stack(
                [np.where(np.arange(51)[:, None] < [9, 12], (-1.0) ** np.arange(51)[:, None], 1.0)]
                * 2
            ),
        },
        [0, 1],
    ),
    # pace
    ("SLOW", progress.soon_there, {"needed": [299.0, 301.0], "linear": True}, [1, 0]),
    (
        "COLLAPSE",
        progress.collapsed,
        {
            "collapse": [2.4, 2.6],
            "rates_then": np.array([[2.4, 2.6], [1.0, 1.0]]),
            "moments": [0, 99],
            "slope": lambda at: np.ones((2, 1) if at == 0 else (2, 1, 1)),
            "noise": 0.0,
            "to_go": 0,
            **dict.fromkeys(("ahead", "travelled", "last_loss"), 1.0),
            "late": np.ones((2, 1, 2)),
            "points": lambda at: np.zeros((2, 21, 1)),
            "loss": lambda at: np.ones(1),
        },
        [0, 1],
    ),
    (
        "SLOWING",
        lambda e: Pace._by_way(e, 1.0, 0.01, 0.1) > 20,
        {"local": LOW, "moved": moved(from_10_to_0=[1.0, 1.0], from_20_to_10=np.exp([0.19, 0.21]))},
        [0, 1],
    ),
    (
        "DOWNHILL",
        lambda e: Pace._by_way(e, 1.0, 0.01, 0.1) < 9.5,
        {
            "local": local(low=[-0.049, -0.051]),
            "moved": moved(from_10_to_0=[1.0, 1.0], from_20_to_10=[0.8, 0.8]),
        },
        [0, 1],
    ),
    (
        "STEADY",
        lambda e: Pace._by_way(e, 1.0, 0.01, 0.1) != 10,
        {
            "local": BENT,
            "moved": moved(from_10_to_0=[1.0, 1.0], from_20_to_10=np.exp([-0.9e-8, -1.1e-8])),
        },
        [0, 1],
    ),
    (
        "RING_NEAR",
        Pace.ringing.compute,
        {"way_to_the_middle": [0.29, 0.31], "travelled": 1.0, "_rings": lambda: True},
        [1, 0],
    ),
    # events
    (
        "CLIMBS",
        events.swings_over,
        {
            "uphill": [0.009, 0.011],
            "noise": 0.0,
            "local": LOW,
            "swings": (Swing(1.0, 1.0, 2, 4, 0),) * 2,
        },
        [0, 1],
    ),
]


@pytest.mark.parametrize(SIDES, CASES)
def test_evidence_on_either_side_of_a_line_is_told_apart(line, asked, given, expected):
    told_apart(line, asked, given, expected)
