"""Any valid value of a declared class, as strategies of hypothesis: what laws are tried on."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from playground.declare import Declared
from playground.kinds import CHOICE, MEMBER, REAL, SWITCH, TEXT, WHOLE, WHOLES, Kind, Param

Values = st.SearchStrategy[Any]

AWKWARD = (5e-324, 2.2250738585072014e-308, 1e-300, 0.1 + 0.2, 1 / 3, math.pi, 1e16, 1e22, 1e308)
"""Floats that are lost where a number is printed with too few digits."""

TEXTS = ("x**2 + 2*y**2", "abs(x - 1/3) + y**2", "sin(x)*y + x**4 + y**4", "", "-5,10,0,15.5")


def reals(p: Param) -> Values:
    """Any float of the valid ground, to its very ends."""
    low, high = p.valid.bounds
    lowest, highest = max(low, -1.7e308), min(high, 1.7e308)
    inside = st.floats(
        lowest,
        highest,
        exclude_min=p.valid.text[0] == "(" and math.isfinite(low),
        exclude_max=p.valid.text[-1] == ")" and math.isfinite(high),
    )
    known = [v for a in AWKWARD for v in (a, -a, 1 - a) if p.valid.holds(v)]
    return inside | st.sampled_from(known) if known else inside


def whole(p: Param) -> Values:
    low, high = p.valid.bounds
    least = math.ceil(low) if math.isfinite(low) else -WHOLE.LARGEST
    most = math.floor(high) if math.isfinite(high) else WHOLE.LARGEST
    return st.integers(least, most).filter(p.valid.holds)


ANY: dict[Kind, Callable[[Param, int], Values]] = {
    SWITCH: lambda p, depth: st.booleans(),
    CHOICE: lambda p, depth: st.sampled_from(p.choices),
    TEXT: lambda p, depth: st.sampled_from(TEXTS),
    WHOLES: lambda p, depth: st.lists(whole(p), max_size=4, unique=True).map(sorted).map(tuple),
    MEMBER: lambda p, depth: members(p.family, depth - 1),
    WHOLE: lambda p, depth: whole(p),
    REAL: lambda p, depth: reals(p),
}
"""A strategy for a parameter of each kind, whose members are nested no deeper than said."""


def nests(cls: type[Declared]) -> bool:
    """Whether a value holds others of its own family."""
    return any(p.kind is MEMBER and issubclass(cls, p.family) for p in cls.params())


def members(family: type[Declared], depth: int = 3) -> Values:
    """Any value of a family; of those that hold others of it, so many in one another."""
    classes = [cls for cls in family.all.values() if depth > 0 or not nests(cls)]
    return st.sampled_from(classes).flatmap(lambda cls: values(cls, depth))


def values(cls: type[Declared], depth: int = 3) -> Values:
    """Any value of a class: some of its parameters changed, so that they fit together."""
    some = {p.name: ANY[p.kind](p, depth) for p in cls.params()}
    return st.fixed_dictionaries({}, optional=some).map(lambda changes: fitting(cls, changes))


def fitting(cls: type[Declared], changes: dict[str, Any]) -> Declared:
    """The value with these parameters, if they fit together; each alone is valid."""
    try:
        return cls(**changes)
    except ValueError:
        assume(False)
        raise
