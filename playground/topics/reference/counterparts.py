"""Which optimizers and schedules PyTorch has too, read from the registers."""

from __future__ import annotations

from playground.declare import Declared
from playground.optimizers import Optimizer
from playground.schedules import Schedule


def torch_line(cls: type[Declared]) -> str | None:
    """The line of PyTorch that a class equals with its default parameters, or None."""
    value = cls()
    if isinstance(value, Schedule):
        return value.torch()
    return value.torch() if isinstance(value, Optimizer) else None


def has_counterparts(family: type[Declared]) -> bool:
    """Whether this is a family of which PyTorch has members."""
    return family in (Optimizer, Schedule)


def promise() -> str:
    """What is equal to PyTorch, and what has no counterpart there, in a sentence."""
    every = [*Optimizer.all.values(), *Schedule.all.values()]
    alone = [cls.label() for cls in every if torch_line(cls) is None]
    head = "Every optimizer and schedule that PyTorch has equals it in float64"
    if not alone:
        return f"{head}, and it has them all."
    names = f"{', '.join(alone[:-1])} and {alone[-1]}" if len(alone) > 1 else alone[0]
    return f"{head}; {names} {'have' if len(alone) > 1 else 'has'} no counterpart there."
