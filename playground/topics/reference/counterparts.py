"""Which optimizers, schedules and clippings PyTorch has too, read from the registers."""

from __future__ import annotations

from playground.clipping import Clipping
from playground.declare import Declared
from playground.language import tr, trn
from playground.optimizers import Optimizer
from playground.release import PARITY, VERSION
from playground.schedules import Schedule
from playground.words import number, setting

WITH_COUNTERPARTS = (Optimizer, Schedule, Clipping)
"""The families of which PyTorch has members."""


def torch_line(cls: type[Declared]) -> str | None:
    """The line of PyTorch that a class equals with its default parameters, or None."""
    value = cls()
    return value.torch() if isinstance(value, WITH_COUNTERPARTS) else None


def has_counterparts(family: type[Declared]) -> bool:
    """Whether this is a family of which PyTorch has members."""
    return family in WITH_COUNTERPARTS


def promise() -> str:
    """What is equal to PyTorch, and what has no counterpart there, in a sentence."""
    every = [*Optimizer.all.values(), *Schedule.all.values()]
    alone = [cls.label() for cls in every if torch_line(cls) is None]
    if not alone:
        return tr(
            "Every optimizer and schedule that PyTorch has equals it in float64, and it has them "
            "all."
        )
    *others, last = alone
    return trn(
        "Every optimizer and schedule that PyTorch has equals it in float64; {} has no counterpart "
        "there.",
        "Every optimizer and schedule that PyTorch has equals it in float64; {} have no "
        "counterpart there.",
        len(alone),
        tr("{} and {}", ", ".join(others), last) if others else last,
    )


def release_line() -> str:
    """The version, and how equal it was to PyTorch when that was measured, in a sentence."""
    return tr(
        "Version {version} equals PyTorch {torch} in {equal} of {all} trajectories of {steps} "
        "steps; the largest relative difference is below {below}.",
        version=VERSION,
        torch=PARITY.torch,
        equal=setting(PARITY.equal),
        all=setting(PARITY.trajectories),
        steps=setting(PARITY.steps),
        below=number(PARITY.below),
    )
