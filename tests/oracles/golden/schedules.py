"""Schedules and the lines of PyTorch they are compared with, written by hand.

The runs are as long as `cases.STEPS`; `o` is the optimizer, `LR` its learning rate.
"""

from typing import Any

import playground as pg

SCHEDULES: dict[str, tuple[Any, str]] = {
    "Constant": (pg.Constant(), "LambdaLR(o, lambda e: 1.0)"),
    "StepDecay": (pg.StepDecay(every=30, gamma=0.7), "StepLR(o, 30, 0.7)"),
    "MultiStep": (
        pg.MultiStep(milestones=(20, 90, 91), gamma=0.4),
        "MultiStepLR(o, [20, 90, 91], 0.4)",
    ),
    "MultiStepAtOnce": (
        pg.MultiStep(milestones=(0, 60, 60), gamma=0.5),
        "MultiStepLR(o, [0, 60, 60], 0.5)",
    ),
    "Exponential": (pg.Exponential(gamma=0.97), "ExponentialLR(o, 0.97)"),
    "InverseTime": (pg.InverseTime(k=0.1), "LambdaLR(o, lambda e: 1 / (1 + 0.1 * e))"),
    "InverseSqrt": (pg.InverseSqrt(t0=5.0), "LambdaLR(o, lambda e: (1 + e / 5) ** -0.5)"),
    "Line": (pg.Polynomial(), "PolynomialLR(o, 200, 1.0)"),
    "Polynomial": (pg.Polynomial(power=2.5, total=120), "PolynomialLR(o, 120, 2.5)"),
    "Cosine": (pg.Cosine(), "CosineAnnealingLR(o, 200)"),
    "CosineBack": (pg.Cosine(period=70, floor=0.1), "CosineAnnealingLR(o, 70, eta_min=0.1 * LR)"),
    "CosineRestarts": (
        pg.CosineRestarts(period=20, multiply=2, floor=0.05),
        "CosineAnnealingWarmRestarts(o, 20, 2, eta_min=0.05 * LR)",
    ),
    "EqualRestarts": (
        pg.CosineRestarts(period=30, multiply=1),
        "CosineAnnealingWarmRestarts(o, 30, 1)",
    ),
    "OneCycle": (pg.OneCycle(), "OneCycleLR(o, LR, 200, cycle_momentum=False)"),
    "OneCycleLinear": (
        pg.OneCycle(
            peak=2.0, pct_start=0.4, div_factor=10.0, final_div_factor=100.0, anneal="linear"
        ),
        "OneCycleLR(o, 2 * LR, 200, pct_start=0.4, div_factor=10, final_div_factor=100, "
        "anneal_strategy='linear', cycle_momentum=False)",
    ),
    "OneCycleThree": (
        pg.OneCycle(pct_start=0.35, three_phase=True),
        "OneCycleLR(o, LR, 200, pct_start=0.35, three_phase=True, cycle_momentum=False)",
    ),
    "OneCycleDown": (
        pg.OneCycle(pct_start=0.0),
        "OneCycleLR(o, LR, 200, pct_start=0.0, cycle_momentum=False)",
    ),
    "LinearWarmup": (pg.LinearWarmup(warmup=40, start=0.25), "LinearLR(o, 0.25, 1.0, 40)"),
    "Noam": (
        pg.Noam(warmup=40),
        "LambdaLR(o, lambda e: 40**0.5 * min((e + 1) ** -0.5, (e + 1) * 40**-1.5))",
    ),
    "WarmupCosine": (
        pg.WarmupCosine(warmup=30, start=0.2, floor=0.1),
        "SequentialLR(o, [LinearLR(o, 0.2, 1.0, 30), "
        "CosineAnnealingLR(o, 170, eta_min=0.1 * LR)], [30])",
    ),
    "Sequence": (
        pg.Sequence(pg.Exponential(gamma=0.99), pg.StepDecay(every=25, gamma=0.5), at=80),
        "SequentialLR(o, [ExponentialLR(o, 0.99), StepLR(o, 25, 0.5)], [80])",
    ),
    "SequenceOfThree": (
        pg.Sequence(
            pg.Sequence(pg.LinearWarmup(warmup=20), pg.Constant(), at=20),
            pg.CosineRestarts(period=40, multiply=1),
            at=100,
        ),
        "SequentialLR(o, [LinearLR(o, 0.1, 1.0, 20), ConstantLR(o, 1.0), "
        "CosineAnnealingWarmRestarts(o, 40, 1)], [20, 100])",
    ),
}
