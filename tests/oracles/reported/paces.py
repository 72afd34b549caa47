"""Rows about estimates of steps to come, and about numbers that refute their own sentence."""

from __future__ import annotations

import math

import playground as pg
from tests.oracles.reported.rows import Answer, F, Said, add, case
from tests.oracles.truth.reading import estimates, percents
from tests.oracles.truth.setting import Setting

GD = pg.GradientDescent


def paced(setting: Setting, *never: str) -> Answer:
    """Every told number of steps to come is within a factor of 3 of what comes."""
    said = Said(setting)
    return said.answer(said.estimates_hold(), said.never(*never))


def few(surface: pg.Surface, optimizer: pg.Optimizer, needed: int) -> Answer:
    """The first ten runs of one descent tell of the same future, or of none."""
    faults, says = [], ""
    for steps in range(1, 11):
        said = Said(case(surface, optimizer, None, steps))
        says = f"T={steps}: {said.text}"
        faults += [f"T={steps} {f}" for f in said.estimates_hold()]
        if steps == 1:
            faults += said.never(r"creeps")
    return Answer(says, tuple(faults))


def ended(setting: Setting) -> Answer:
    """A schedule that has ended never arrives: no finite estimate."""
    said = Said(setting)
    finite = [t for t in estimates(said.text) if math.isfinite(t[0])]
    return said.answer([f"tells {t[0]:g} steps more, the rate is gone" for t in finite])


add("D14", "Bowl, GD(0.01), 1 to 10 steps", few, pg.Bowl(), GD(lr=0.01), 458)
add("D14a", "Booth, GD, 1 to 10 steps", few, pg.Booth(), GD(lr=0.01), 0)
add("D14b", "Rosenbrock, Adam, 1 to 10 steps", few, pg.Rosenbrock(), pg.Adam(lr=0.02), 0, slow=True)
for _i, _setting in enumerate(
    (
        case(pg.Rosenbrock(), GD(lr=0.001), None, 1000),
        case(pg.Rosenbrock(), pg.Momentum(lr=0.0005), None, 200),
        case(pg.Rosenbrock(), pg.Adam(lr=0.02), None, 300),
        case(pg.Beale(), GD(lr=0.002), (2, 2), 200),
        case(pg.LeastSquares(), pg.Adagrad(lr=1.0), None, 300),
        case(pg.Himmelblau(), pg.Adam(lr=0.01), (0, 0), 100),
        case(pg.TwoValleys(), pg.RMSProp(lr=0.002), (-1.9, 1), 200),
        case(pg.SoftSaddle(), GD(lr=0.1), (1, 1e-6), 150),
        case(pg.CrossEntropy(), GD(lr=1.0), (-10, 10), 10),
        case(pg.Geman(), GD(lr=0.5), (4, 3), 100),
        case(F("(x-3)**4+y**2"), GD(lr=0.02), (0, 0), 40),
        case(pg.Canyon(), GD(lr=0.05), (-6, 1), 200),
    )
):
    add(f"D15{'abcdefghijkl'[_i - 1] if _i else ''}", "an estimate", paced, _setting)
add("D16", "Bowl, Cosine has ended", ended, case(pg.Bowl(), GD(lr=0.005), None, 100, pg.Cosine()))
add(
    "D16a",
    "Rosenbrock, OneCycle has ended",
    ended,
    case(pg.Rosenbrock(), pg.Adam(lr=0.05), None, 60, pg.OneCycle()),
)
add(
    "D16b",
    "Beale, Polynomial has ended",
    ended,
    case(pg.Beale(), pg.Momentum(lr=0.001), (2, 2), 80, pg.Polynomial()),
)
add(
    "D16c",
    "Booth, StepDecay has faded",
    ended,
    case(pg.Booth(), GD(lr=0.02), None, 200, pg.StepDecay(every=10, gamma=0.1)),
)


def unrefuted(setting: Setting) -> Answer:
    """A number that is shown is on the side of the line that it says."""
    said = Said(setting)
    faults = [f"tells {p:g} %" for p in percents(said.text) if p > 100]
    for f in said.diagnosis.findings:
        if f.label == "plateau" and f.quantity.startswith("slope") and f.measured > f.threshold:
            faults.append(f"plateau by {f.measured:.3g}, its line is {f.threshold:g}")
    return said.answer(faults)


add(
    "D13",
    "Staircase, Nesterov, a shelf",
    unrefuted,
    case(pg.Staircase(), pg.Nesterov(lr=0.000142), (9.77397, -0.268723), 200),
)
add(
    "D13a",
    "Staircase, GD, the next shelf",
    unrefuted,
    case(pg.Staircase(), GD(lr=0.001), (3.3, 0.1), 200),
)
add(
    "D13b",
    "x³ + y², its shoulder",
    unrefuted,
    case(F("x**3+y**2"), GD(lr=0.0005), (0.15, 0.1), 200),
)
