"""Rows about weight decay: what it moves, what it makes, what it stops."""

from __future__ import annotations

import re

import numpy as np
from scipy import optimize

import playground as pg
from tests.oracles.reported.rows import Answer, F, Said, add, case
from tests.oracles.truth.function import of
from tests.oracles.truth.setting import Setting

MENTIONED = r"decay|½|λ‖"


def moved(setting: Setting) -> Answer:
    """It rests at the minimum of f + ½w|x|², away from that of f: both are told."""
    said, end = Said(setting), setting.run.x[-1]
    function = of(setting.optimizer, setting.surface)
    rest = optimize.minimize(function, end, jac=function.gradient, options={"gtol": 1e-10}).x
    plain = optimize.minimize(setting.surface, rest, jac=setting.surface.gradient).x
    apart = np.hypot(*(plain - rest))
    faults = [] if np.hypot(*(end - rest)) < 0.01 else ["the row is mistaken: it does not rest"]
    if apart > 0.01 and not re.search(MENTIONED, said.text):
        faults.append(f"it rests {apart:.3g} from the minimum of f and decay is not named")
    faults += said.never(r"not the lowest") if function(end) < 1e-6 + function(rest) else []
    return said.answer(faults, said.label_in("converged", "local_minimum"))


def confined(setting: Setting) -> Answer:
    """Decoupled decay holds it at |x_i| ≤ 1/w: it has stopped, and only a smaller w helps."""
    said = Said(setting)
    faults = said.never(r"creeps", r"endlessly", r"keeps falling", r"healthy")
    if not re.search(MENTIONED, said.text):
        faults.append("decay is not named")
    faults += [
        f"offers {f.fix!r}, which keeps the decay"
        for f in said.diagnosis.findings
        if isinstance(f.fix, pg.Optimizer)
        and f.fix.values().get("weight_decay") == setting.optimizer.values()["weight_decay"]
    ]
    return said.answer(faults, said.change_helps())


def at_rest(setting: Setting) -> Answer:
    """It stands, and what is offered does not make it diverge."""
    said = Said(setting)
    return said.answer(said.never(r"keeps falling", r"creeps"), said.change_helps())


add(
    "B18",
    "Booth, coupled",
    moved,
    case(pg.Booth(), pg.GradientDescent(lr=0.05, weight_decay=1.0), (-8, -6), 500),
)
add(
    "B18a",
    "Rosenbrock, coupled",
    moved,
    case(pg.Rosenbrock(), pg.Momentum(lr=0.002, weight_decay=0.1), (-1, 1), 4000),
)
add(
    "B18b",
    "Himmelblau, Adam",
    moved,
    case(pg.Himmelblau(), pg.Adam(lr=0.05, weight_decay=1.0), (4, 4), 1500),
)
add(
    "B18c",
    "(x-2)² + (y+1)², Nesterov",
    moved,
    case(F("(x-2)**2+(y+1)**2"), pg.Nesterov(lr=0.05, weight_decay=0.5), (0, 0), 500),
)
add(
    "B19",
    "Booth, AdamW",
    confined,
    case(pg.Booth(), pg.AdamW(lr=0.05, weight_decay=1.0), (-8, -6), 3000),
)
add(
    "B19a",
    "(x-20)² + (y-20)², AdamW",
    confined,
    case(F("(x-20)**2+(y-20)**2"), pg.AdamW(lr=0.05, weight_decay=0.1), (0, 0), 3000),
)
add(
    "B19b",
    "Booth, Lion",
    confined,
    case(pg.Booth(), pg.Lion(lr=0.02, weight_decay=1.0), (-8, -6), 3000),
)
add(
    "D4",
    "Staircase with decay",
    moved,
    case(pg.Staircase(), pg.Momentum(lr=0.5, weight_decay=0.1), None, 400),
)
add(
    "D4a",
    "TwoValleys with decay",
    moved,
    case(pg.TwoValleys(c=0.1), pg.Momentum(lr=0.05, weight_decay=1.0), (-1.9, 1), 800),
)
add(
    "D8",
    "SquaredSoftmax, AdamW with eps 1",
    at_rest,
    case(
        pg.SquaredSoftmax(), pg.AdamW(lr=0.852, beta2=0.9, eps=1.0, weight_decay=1.0), (0, 0), 200
    ),
)
add(
    "D8a",
    "CrossEntropy, AdamW",
    at_rest,
    case(pg.CrossEntropy(), pg.AdamW(lr=0.5, eps=1.0, weight_decay=1.0), (0, 0), 300),
)
