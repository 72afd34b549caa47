"""A part of many cases of one law: the suite asks some, ``EXHAUSTIVE=1 pytest`` asks every one."""

from __future__ import annotations

import os
from collections.abc import Iterable
from itertools import product
from typing import Any

EXHAUSTIVE = bool(os.environ.get("EXHAUSTIVE"))


def some(cases: Iterable[Any], of: int, first: int = 0) -> list[Any]:
    """Every `of`-th case; a number that divides no length of a product meets all its factors."""
    return list(cases) if EXHAUSTIVE else list(cases)[first % of :: of]


def in_turn(first: Iterable[Any], *others: Iterable[Any]) -> list[tuple[Any, ...]]:
    """Instead of the whole product: each of `first` once, and each of the others by turns."""
    rows, columns = list(first), [list(other) for other in others]
    if EXHAUSTIVE:
        return list(product(rows, *columns))
    return [(row, *(c[i % len(c)] for c in columns)) for i, row in enumerate(rows)]
