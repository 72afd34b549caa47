"""Learning-rate schedules as values.

Every module is imported, so a new class is a new schedule.
"""

from playground.declare import import_all
from playground.schedules.base import Constant, Schedule
from playground.schedules.cosine import Cosine, CosineRestarts, OneCycle
from playground.schedules.decay import (
    Exponential,
    InverseSqrt,
    InverseTime,
    MultiStep,
    Polynomial,
    StepDecay,
)
from playground.schedules.sequence import Sequence, WarmupCosine
from playground.schedules.warmup import LinearWarmup, Noam

import_all(__name__, __path__)

__all__ = [
    "Constant",
    "Cosine",
    "CosineRestarts",
    "Exponential",
    "InverseSqrt",
    "InverseTime",
    "LinearWarmup",
    "MultiStep",
    "Noam",
    "OneCycle",
    "Polynomial",
    "Schedule",
    "Sequence",
    "StepDecay",
    "WarmupCosine",
]
