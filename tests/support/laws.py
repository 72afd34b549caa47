"""What the laws over all declared things share: values outside and inside a parameter's ground."""

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from playground.declare import Declared, Param


def invalid_values(p: Param) -> list[Any]:
    """Values that have no meaning for the parameter."""
    match p.kind:
        case "toggle":
            return [2, "yes"]
        case "choice" | "declared" | "text":
            return ["no such thing" if p.kind != "text" else 1, 3]
        case "integers":
            return [(1.5,), (-1,), "many"]
    low, high = p.valid.bounds
    values: list[Any] = [math.nan, math.inf, "many", [1.0, math.nan]]
    values += [] if p.kind == "number" else [1.5]
    if math.isfinite(low):
        values.append(low if p.valid.text[0] == "(" else low - 1)
    if math.isfinite(high):
        values.append(high if p.valid.text[-1] == ")" else high + 1)
    return values


def sweep(p: Param) -> np.ndarray:
    """Three values a control offers, the default among them."""
    low, high = float(p.low), float(p.high)
    inside = low + 0.25 * (high - low) if p.scale == "linear" else math.sqrt(max(low, 0.01) * high)
    values = np.array([p.default, inside, 0.5 * (inside + p.default)], dtype=float)
    return np.round(values).astype(int) if p.kind == "integer" else values


def numeric(cls: type[Declared]) -> list[Param]:
    return [p for p in cls.params() if p.kind in ("number", "integer")]


def settings(cls: type[Declared]) -> Iterator[Any]:
    """The default and, one at a time, every parameter moved, every switch turned."""
    yield cls()
    for p in cls.params():
        if p.kind == "toggle":
            yield cls(**{p.name: not p.default})
        elif p.name != "lr":
            yield cls(**{p.name: float(sweep(p)[1])})
