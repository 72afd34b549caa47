"""Rows about outcomes and their causes: divergence, bounces, starts outside, rounding."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

import playground as pg
from tests.oracles.reported.rows import Answer, F, Said, add, case, row
from tests.oracles.truth.function import Descended
from tests.oracles.truth.ground import search
from tests.oracles.truth.setting import Setting

GD = pg.GradientDescent


def bounded(setting: Setting) -> Answer:
    """Bounded for ten times as long, and below its start: no divergence."""
    said = Said(setting)
    long = setting.longer(10 * setting.steps)
    faults = [] if np.nanmax(long.f) < 100 * long.f[0] else ["the row is mistaken: it leaves"]
    faults += said.never(r"and rising", r"diverg", r"would hold")
    return said.answer(faults, said.label_not("diverged"))


for _name, _steps in (("D.13", 800), ("D.13a", 2000), ("D.13b", 5000)):
    add(
        _name,
        f"Bowl, Adadelta, {_steps}",
        bounded,
        case(pg.Bowl(kappa=100.0), pg.Adadelta(), (-3, 1), _steps),
    )
add("D1", "Bowl, Adam without β₁", bounded, case(pg.Bowl(), pg.Adam(lr=0.5, beta1=0.0), None, 50))
for _name, _rule in (
    ("D1a", pg.RMSProp(lr=0.3, alpha=0.9)),
    ("D1b", pg.AMSGrad(lr=0.5, beta1=0.0)),
    ("D1c", pg.MeanSquareAdagrad(lr=0.5)),
    ("D1d", pg.Adamax(lr=0.5, beta1=0.0)),
    ("D1e", pg.NAdam(lr=0.5, beta1=0.0)),
):
    add(_name, f"Bowl, {_rule!r}", bounded, case(pg.Bowl(), _rule, None, 50))


def leap(setting: Setting) -> Answer:
    """A rise of the loss far above its start on the way is told, as an event or in words."""
    said, f = Said(setting), setting.run.f
    top = float(np.max(f))
    told = [float(m) for m in re.findall(r"\d+(?:\.\d+)?", said.text)]
    named = any(np.isclose(v, t, rtol=0.03) for v in told for t in (top, top / f[0]))
    event = len(said.diagnosis.labels) > 1
    fault = f"the loss rose from {f[0]:.3g} to {top:.3g} at step {int(np.argmax(f))}, untold"
    return said.answer([] if named or event else [fault])


add(
    "D.17",
    "Bowl, RAdam's first steps",
    leap,
    case(pg.Bowl(kappa=100.0), pg.RAdam(lr=0.05), (-3, 1), 200),
)
add("D.17a", "Bowl, RAdam(0.1)", leap, case(pg.Bowl(kappa=50.0), pg.RAdam(lr=0.1), (-3, 1), 300))
add(
    "D.17b",
    "a restart that throws it up",
    leap,
    case(pg.Bowl(kappa=100.0), GD(lr=0.0215), (-3, 1), 250, pg.CosineRestarts(period=100)),
)


def wrong_wall(setting: Setting, factor: float, bound: float) -> Answer:
    """The factor is that of the coordinate that diverges, and the rate only as small as needed."""
    said, finding = Said(setting), Said(setting).diagnosis.findings[0]
    gauge = 1 + factor
    faults = (
        []
        if np.isclose(finding.measured, gauge, rtol=0.02)
        else [f"measures {finding.measured:.3g}, right is {gauge:.3g}"]
    )
    lr = getattr(finding.fix, "lr", np.nan)
    if not 0.3 * bound < lr < bound:
        faults.append(f"η = {lr:g} is named, every η < {bound:g} holds")
    return said.answer(faults, said.label_in("diverged"))


add(
    "D.27",
    "log(x)² + y²",
    wrong_wall,
    case(F("log(x)**2+y**2"), GD(lr=1.1), (0.5, 1), 100),
    1.2,
    1.0,
)
add(
    "D.27a",
    "cosh is steep at the start only",
    wrong_wall,
    case(F("exp(-3*x)+y**2"), GD(lr=1.05), (0, 1), 120),
    1.1,
    1.0,
)


def outside(setting: Setting) -> Answer:
    """The start has no finite loss: no rate is to blame, and none helps."""
    said = Said(setting)
    faults = said.never(r"too large", r"too long", r"would hold", r"infinity", r"diverged by")
    if not re.search(r"domain|defined|no value|not exist", said.text):
        faults.append("that the start is outside the domain is not said")
    return said.answer(faults, said.offers_nothing())


for _name, _text in (
    ("D.55", "log(x)**2+y**2"),
    ("D.55a", "sqrt(x)+y**2"),
    ("D.55b", "asin(x)+y**2"),
    ("D.55c", "x**1.5+y**2"),
    ("D.55d", "x*log(x)+y**2"),
):
    add(_name, _text, outside, case(F(_text), GD(), (-2.4, 2.2), 100))
add("D.55e", "asin(x), Adam", outside, case(F("asin(x)**2+y**2"), pg.Adam(), (-2.4, 2.2), 5))


def thrown(setting: Setting) -> Answer:
    """Thrown from pit to pit: no edge of stability."""
    said = Said(setting)
    return said.answer(said.label_not("edge_of_stability"), said.never(r"edge of stability"))


add(
    "U7", "Rastrigin, Momentum(0.01)", thrown, case(pg.Rastrigin(), pg.Momentum(lr=0.01), None, 300)
)
add("U7a", "Ackley, Momentum", thrown, case(pg.Ackley(), pg.Momentum(lr=0.2), None, 300))
add(
    "U7b",
    "sin(3x)·sin(3y)",
    thrown,
    case(F("sin(3*x)*sin(3*y)+0.1*(x**2+y**2)"), GD(lr=0.25), (-2.4, 2.2), 300),
)


def came_back(setting: Setting) -> Answer:
    """What follows an excursion counts: it is there again at the end."""
    said, run = Said(setting), setting.run
    faults = [] if run.f[-1] < run.f[0] else ["the row is mistaken: it did not come back"]
    faults += [*said.never(r"gone by", r"would hold"), said.label_not("diverged")]
    return said.answer(faults)


DROP = pg.StepDecay(every=10, gamma=0.1)
add(
    "D3",
    "Bowl, StepDecay after a blow-up",
    came_back,
    case(pg.Bowl(kappa=100.0), GD(lr=0.1), None, 200, DROP),
)
add(
    "D3a",
    "a fifth of the rate after a blow-up",
    came_back,
    case(pg.Bowl(kappa=100.0), GD(lr=0.05), None, 200, pg.StepDecay(every=10, gamma=0.2)),
)
add(
    "D3b",
    "momentum and one milestone",
    came_back,
    case(
        pg.Bowl(kappa=50.0),
        pg.Momentum(lr=0.12, momentum=0.5),
        None,
        300,
        pg.MultiStep(milestones=(6,), gamma=0.05),
    ),
)


def stuck(surface: pg.Surface, start: tuple[float, float]) -> Answer:
    """Without noise nothing leaves a point of zero gradient: nothing is offered."""
    faults, says = [], ""
    for rule in (GD(), pg.Momentum(), pg.Adam(), pg.RMSProp(), pg.Lion(weight_decay=0.0)):
        said = Said(case(surface, rule, start, 60))
        says = f"{said.label}: {said.text}"
        faults += said.offers_nothing() + said.never(r"gets away", r"leaves? (it )?sooner")
    return Answer(says, tuple(dict.fromkeys(faults)))


add("D11", "MonkeySaddle at (0, 0)", stuck, pg.MonkeySaddle(), (0.0, 0.0))
add("D11a", "x⁴ - y⁴", stuck, F("x**4-y**4"), (0.0, 0.0))
add("D11b", "Saddle at (0, 0)", stuck, pg.Saddle(), (0.0, 0.0))
add("D11c", "(x²-1)² at its maximum", stuck, F("(x**2-1)**2+y**2"), (0.0, 0.0))


def _rounded_starts() -> Iterator[tuple[pg.Surface, tuple[float, float]]]:
    for surface in (pg.Himmelblau(), pg.Beale(), pg.SixHumpCamel(), pg.TwoValleys()):
        for rest in search(Descended(surface)).rests[:2]:
            yield surface, (float(rest.x[0]), float(rest.x[1]))


@row("D12", "starts at a minimum, to rounding, under every rule")
def rounding() -> Answer:
    """A gradient of 1e-16 is no motion; only Lion makes whole steps of any sign."""
    faults, count = [], 0
    for surface, start in _rounded_starts():
        for kind in pg.Optimizer.all.values():
            undecayed = {p.name: 0.0 for p in kind.params() if p.name == "weight_decay"}
            labels = pg.diagnose(pg.simulate(surface, kind(**undecayed), start, 150)).labels
            right = {"converged", "local_minimum", *["limit_cycle"][: kind is pg.Lion]}
            count += 1
            if labels[0] not in right or len(labels) > 1:
                faults.append(f"{kind.__name__} on {surface!r}: {' '.join(labels)}")
    return Answer(f"{len(faults)} of {count} are not converged", tuple(faults))


@row("U5", "what runs down for ever is its own, neutral outcome")
def forever() -> Answer:
    runs = [
        case(pg.Staircase(), pg.Momentum(lr=0.5, momentum=0.9), (0, 1), 300),
        case(pg.Saddle(), GD(lr=0.1), (1, 0.1), 150),
        case(pg.MonkeySaddle(), GD(lr=0.01), (-1, 0.2), 400),
        case(F("-x+y**2"), GD(lr=0.1), (0, 1), 400),
    ]
    faults = []
    for setting in runs:
        said = Said(setting)
        faults += [f"{setting}: {f}" for f in (*said.neutral(), *said.offers_nothing())]
    return Answer(Said(runs[0]).answer().says, tuple(faults))
