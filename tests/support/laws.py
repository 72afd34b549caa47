"""What the laws over all declared things share: values outside and inside a parameter's ground."""

import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from playground.declare import Declared
from playground.kinds import CHOICE, MEMBER, REAL, SWITCH, TEXT, WHOLE, WHOLES, Kind, Param


def another_number(p: Param, value: float) -> float:
    """A valid number other than `value`."""
    for candidate in (value * 1.5 + 1, value / 3, 0.123):
        candidate = round(candidate) if p.kind is WHOLE else candidate
        if candidate != value and p.valid.holds(candidate):
            return candidate
    raise AssertionError(f"no other value of {p}")


ANOTHER: dict[Kind, Callable[[Param, Any], Any]] = {
    SWITCH: lambda p, value: not value,
    CHOICE: lambda p, value: next(c for c in p.choices if c != value),
    TEXT: lambda p, value: "x**2 + 2*y**2",
    WHOLES: lambda p, value: (7, 11),
    MEMBER: lambda p, value: next(
        cls() for name, cls in p.family.all.items() if name != type(value).__name__
    ),
    WHOLE: another_number,
    REAL: another_number,
}
"""A valid value of a parameter of each kind, other than a given one."""


def invalid_numbers(p: Param) -> list[Any]:
    low, high = p.valid.bounds
    values: list[Any] = [math.nan, math.inf, "many", [1.0, math.nan]]
    values += [1.5] if p.kind is WHOLE else []
    if math.isfinite(low):
        values.append(low if p.valid.text[0] == "(" else low - 1)
    if math.isfinite(high):
        beyond = max(high + 1, math.nextafter(high, math.inf))
        values.append(high if p.valid.text[-1] == ")" else beyond)
    return values


INVALID: dict[Kind, Callable[[Param], list[Any]]] = {
    SWITCH: lambda p: [2, "yes"],
    CHOICE: lambda p: ["no such thing", 3],
    TEXT: lambda p: [1, 3],
    WHOLES: lambda p: [(1.5,), (-1,), "many"],
    MEMBER: lambda p: ["no such thing", 3],
    WHOLE: invalid_numbers,
    REAL: invalid_numbers,
}
"""Values that have no meaning for a parameter of each kind."""


def another(p: Param, value: Any) -> Any:
    return ANOTHER[p.kind](p, value)


def invalid_values(p: Param) -> list[Any]:
    return INVALID[p.kind](p)


def variants(family: type[Declared]) -> Iterator[Any]:
    """Every class with its defaults, and with each parameter changed, where the two fit."""
    for cls in family.all.values():
        yield cls()
        for p in cls.params():
            try:
                yield cls(**{p.name: another(p, getattr(cls(), p.name))})
            except ValueError:
                continue  # does not fit the other defaults, such as step_min above step_max


def sweep(p: Param) -> np.ndarray:
    """Three values a control offers, the default among them."""
    low, high = float(p.low), float(p.high)
    inside = low + 0.25 * (high - low) if p.scale == "linear" else math.sqrt(max(low, 0.01) * high)
    values = np.array([p.default, inside, 0.5 * (inside + p.default)], dtype=float)
    return np.round(values).astype(int) if p.kind is WHOLE else values


def numeric(cls: type[Declared]) -> list[Param]:
    return [p for p in cls.params() if p.kind.numeric]


def settings(cls: type[Declared]) -> Iterator[Any]:
    """The default and, one at a time, every parameter moved, every switch turned."""
    yield cls()
    for p in cls.params():
        if p.kind is SWITCH:
            yield cls(**{p.name: not p.default})
        elif p.name != "lr":
            yield cls(**{p.name: float(sweep(p)[1])})
