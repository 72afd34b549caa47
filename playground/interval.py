"""The ground on which a parameter means something: an interval of the real line."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from playground.words import setting


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
        above = value >= low if first else value > low
        below = value <= high if last else value < high
        return bool(np.all(above & below & np.isfinite(value)))

    def __str__(self) -> str:
        low, high = self.bounds
        parts = []
        if math.isfinite(low):
            parts.append(f"{'greater than' if self.text[0] == '(' else 'at least'} {setting(low)}")
        if math.isfinite(high):
            parts.append(f"{'below' if self.text[-1] == ')' else 'at most'} {setting(high)}")
        return " and ".join(parts)
