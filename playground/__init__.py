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
    "lesson",
    "remedies",
    "simulate",
    "theory",
]


def lesson(name: str) -> Any:
    """A lesson of the course: its question, its experiment as a figure, and what is known of it.

    >>> momentum = lesson("momentum")
    >>> print(momentum.question)
    What does a heavy ball do when it reaches the lowest point of a valley?
    >>> len(momentum.figure("a.momentum=0.5").frames) > 1
    True
    >>> momentum.facts()["a.passing"]
    'passes'

    Raises `ValueError` for a name that no lesson has.
    """
    known = importlib.import_module("playground.topics.course").lessons()
    if name not in known:
        raise ValueError(f"there is no lesson {name!r}; they are {', '.join(known)}.")
    return known[name]


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
