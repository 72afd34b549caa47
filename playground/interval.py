"""The ground on which a parameter means something, and the refusal of what is not on it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from playground.language import tr
from playground.types import Array
from playground.words import setting


class Refusal(ValueError):
    """A value that may not stand where it was given, with what may: `allowed`, in words."""

    def __init__(self, where: str, allowed: str, given: Any) -> None:
        super().__init__(where, allowed, given)
        self.allowed = allowed

    def __str__(self) -> str:
        return tr("{} must be {}; got {!r}.", *self.args)


class WrongKind(Refusal):
    """A value of quite another sort than what is asked for."""

    def __str__(self) -> str:
        return tr("{} must be {}, not {!r}.", *self.args)


def as_numbers(value: Any) -> Array | None:
    """A number, or an array of them, as floats; None of anything else."""
    try:
        array = np.asarray(value)
    except (TypeError, ValueError):  # rows of several lengths, say
        return None
    return array.astype(float) if array.dtype.kind in "iuf" else None


@dataclass(frozen=True)
class Interval:
    """The ground on which a parameter means something, written as in mathematics: ``"[0, 1)"``."""

    text: str

    @cached_property
    def bounds(self) -> tuple[float, float]:
        low, high = self.text[1:-1].split(",")
        return float(low), float(high)

    @property
    def closed(self) -> tuple[bool, bool]:
        """Whether the bounds belong to it."""
        return self.text[0] == "[", self.text[-1] == "]"

    def holds(self, value: Any) -> bool:
        """Whether every element of `value` lies inside; NaN never does, nor does infinity."""
        low, high = self.bounds
        value = np.asarray(value, dtype=float)
        first, last = self.closed
        if not value.ndim:  # a number, as nearly always, is compared faster alone
            one = value.item()
            inside = low < one < high or (one == low and first) or (one == high and last)
            return inside and math.isfinite(one)
        above = value >= low if first else value > low
        below = value <= high if last else value < high
        return bool(np.all(above & below & np.isfinite(value)))

    def words(self, largest: float = math.inf) -> str:
        """Between what its numbers lie, where those up to `largest` count; empty of all."""
        return tr("{} and at most {}", self, largest) if self.bounds[1] > largest else str(self)

    def __str__(self) -> str:
        low, high = self.bounds
        first, last = self.closed
        above = tr("at least {}", setting(low)) if first else tr("greater than {}", setting(low))
        below = tr("at most {}", setting(high)) if last else tr("below {}", setting(high))
        if math.isfinite(low) and math.isfinite(high):
            return tr("{} and {}", above, below)
        return above if math.isfinite(low) else below if math.isfinite(high) else ""
