"""Rows about changes that a sentence, a button or a finding names: each is run."""

from __future__ import annotations

import playground as pg
from tests.oracles.reported.rows import Answer, F, Said, add, case
from tests.oracles.truth.change import effect
from tests.oracles.truth.reading import changes, percents
from tests.oracles.truth.setting import Setting

GD = pg.GradientDescent


def helps(setting: Setting, *never: str) -> Answer:
    """What is named ends no worse, and it is what the finding offers."""
    said = Said(setting)
    return said.answer(said.change_helps(), said.never(*never))


def decays(setting: Setting) -> Answer:
    """A decaying rate that is named is a schedule."""
    said = Said(setting)
    named = changes(said.text, setting.optimizer)
    fixed = [c for c in named if not isinstance(c, pg.Schedule)]
    promises = said.never(r"decaying rate")
    faults = [f"{c!r} is a fixed rate" for c in fixed if promises]
    return said.answer(faults, said.change_helps())


def offers(setting: Setting) -> Answer:
    """Every button leads no higher, and its words are shares and words that can be true."""
    faults, says = [], []
    function_ends = {True: "with its decay", False: "without"}
    for remedy in pg.remedies(setting.run):
        says.append(remedy.sentence)
        told = percents(remedy.sentence)
        faults += [f"tells {t:g} %" for t in told if not 0 <= t <= 1000]
        if "diverged" in remedy.sentence and ("nothing" in remedy.sentence or told):
            faults.append(f"“{remedy.sentence}”")
        changed = setting.change(optimizer=remedy.optimizer, schedule=remedy.schedule)
        for decayed, how in function_ends.items():
            fix = changed.optimizer
            both = setting.change(schedule=changed.schedule)
            if effect(setting, fix, decayed).word == "worse" and both == setting:
                faults.append(f"{remedy.sentence} ends worse, {how}")
    return Answer(" | ".join(says) or "nothing is offered", tuple(dict.fromkeys(faults)))


add("C14", "Rosenbrock, RAdam", helps, case(pg.Rosenbrock(), pg.RAdam(lr=0.01), None, 500))
add(
    "C14a",
    "Rosenbrock, RMSProp creeps",
    helps,
    case(pg.Rosenbrock(), pg.RMSProp(lr=0.001), None, 300),
)
add("C14b", "Beale, Adagrad collapses", helps, case(pg.Beale(), pg.Adagrad(lr=0.05), (2, 2), 300))
add(
    "C14c",
    "Booth, AdamW(0.5) with decay",
    helps,
    case(pg.Booth(), pg.AdamW(lr=0.01, weight_decay=1.0), (-8, -6), 200),
)
add(
    "C14d",
    "QuarticSaddle, Adamax",
    helps,
    case(pg.QuarticSaddle(), pg.Adamax(lr=0.001), (0.5, 0.001), 200),
)
add(
    "C23",
    "|x| + 2|y| with InverseSqrt",
    decays,
    case(F("abs(x)+2*abs(y)"), GD(lr=0.1), (2.55, 0.57), 500, pg.InverseSqrt()),
)
add(
    "C23a",
    "hypot with StepDecay",
    decays,
    case(F("hypot(x,y)"), GD(lr=0.3), (2, 1), 300, pg.StepDecay(every=200, gamma=0.5)),
)
add(
    "C23b",
    "RMSProp's cycle under InverseSqrt",
    decays,
    case(pg.Bowl(), pg.RMSProp(lr=0.1, alpha=0.9), (-3, 1), 400, pg.InverseSqrt(t0=100.0)),
)
add(
    "D18",
    "Beale creeps",
    helps,
    case(pg.Beale(), GD(lr=0.000205), (-2.83, 2.77), 200),
    r"η·λ_max = [\d.]+ is above the limit",
)
add(
    "D18a",
    "Rosenbrock creeps after a steep start",
    helps,
    case(pg.Rosenbrock(), GD(lr=0.0008), (-2, -1), 300),
    r"η·λ_max = [\d.]+ is above the limit",
)
add(
    "D20",
    "Rosenbrock, OneCycle",
    helps,
    case(pg.Rosenbrock(b=10.0), GD(lr=0.0002), (22, 23), 200, pg.OneCycle()),
)
add(
    "D20a",
    "Beale, OneCycle, momentum",
    helps,
    case(pg.Beale(), pg.Momentum(lr=0.001), (3.5, 3), 150, pg.OneCycle()),
)
add(
    "D21",
    "SquaredSoftmax, Newton",
    helps,
    case(pg.SquaredSoftmax(), pg.Newton(lr=0.1), (-4.86, -2.71), 100),
    r"infinity",
    r"limit 0\b",
)
add(
    "D21a",
    "CrossEntropy, Newton",
    helps,
    case(pg.CrossEntropy(), pg.Newton(), (3, -1), 50),
    r"infinity",
    r"limit 0\b",
)
add(
    "D21b",
    "x⁴ + y⁴ - x²y², Newton",
    helps,
    case(F("x**4+y**4-x**2*y**2"), pg.Newton(lr=0.5), (1, 0.5), 50),
    r"infinity",
    r"limit 0\b",
)
add(
    "D22",
    "offers at a minimum that it is thrown out of",
    offers,
    case(pg.Rosenbrock(), GD(lr=0.5), (1 + 1e-9, 1), 300),
)
add(
    "D22a",
    "offers under coupled decay",
    offers,
    case(pg.Booth(), pg.Momentum(lr=0.12, weight_decay=1.0), (-8, -6), 300),
)
add(
    "D22b",
    "offers where little drop is left",
    offers,
    case(pg.Himmelblau(), pg.Adam(lr=2.0, beta1=0.0), (3.0001, 2.0), 200),
)
add("D22c", "offers on what has no floor", offers, case(pg.Saddle(), GD(lr=2.5), (1, 0.001), 60))
