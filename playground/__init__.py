"""Optimizer Playground: see why neural networks train, stall, oscillate, overshoot or blow up.

>>> import playground as pg
>>> run = pg.simulate(pg.Bowl(kappa=50.0), pg.Momentum(lr=0.02), steps=100)
>>> run.x.shape, run.f.shape
((101, 2), (101,))
"""

import importlib
import os
from typing import Any

# Before NumPy loads: the matrices here are small, and the BLAS threads of several visitors at once
# fight over the cores, up to 40 times slower than one thread each.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from playground import theory
from playground.clipping import Clipping
from playground.diagnosis import Diagnosis, diagnose
from playground.diagnosis.remedies import remedies
from playground.networks.activations import Activation
from playground.networks.initialisations import Initialisation
from playground.optimizers import Optimizer
from playground.schedules import Schedule
from playground.simulation import Run, simulate
from playground.surfaces import Surface

__all__ = [
    "Activation",
    "Clipping",
    "Diagnosis",
    "Initialisation",
    "Optimizer",
    "Run",
    "Schedule",
    "Surface",
    "diagnose",
    "remedies",
    "simulate",
    "theory",
]

LAZY = ("figures", "networks", "topics")
FAMILIES = (Surface, Optimizer, Schedule, Clipping, Activation, Initialisation)

# Every declared class is a name of the package, so that `eval(repr(value), vars(playground))`
# gives the value back.
for _family in FAMILIES:
    globals().update(_family.all)
    __all__ += list(_family.all)


def __getattr__(name: str) -> Any:
    """Classes declared after the package was imported, and modules that load when first used."""
    if name in LAZY:
        return importlib.import_module(f"{__name__}.{name}")
    for family in FAMILIES:
        if name in family.all:
            return family.all[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
