"""How many operations a function of arrays makes of every number: it is called once, and watched.

>>> operations(lambda x: 3 * x + 1)
2.0
>>> operations(np.sin)
16.0

What is cheap counts one; an elementary function counts as many as it takes time.  So the price of
a formula that a visitor types, of a rule or of an activation follows from what it is, and nobody
keeps a table of prices beside the classes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

CHEAP, DEAR, MOVED = 1.0, 16.0, 4.0
"""Prices of a number in a sum or a comparison, in an elementary function, and in a choice."""
ELEMENTARY = frozenset(
    (
        *("sin", "cos", "tan", "arcsin", "arccos", "arctan", "arctan2", "sinh", "cosh", "tanh"),
        *("exp", "expm1", "exp2", "log", "log1p", "log2", "log10", "logaddexp", "hypot", "power"),
        *("erf", "erfc", "expit"),
    )
)
"""Names of the elementary functions of NumPy and SciPy."""
PLACES = np.linspace(0.3, 1.7, 16)
"""Numbers of usual size, which are in the domain of everything."""


class Tallied(np.ndarray):
    """An array that knows what was made of it, and all that comes of it."""

    spent: list[float]

    def __array_finalize__(self, made_of: Any) -> None:
        self.spent = getattr(made_of, "spent", [0.0])

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        options.pop("out", None)  # what is written in place is as dear, and may be plain
        price = DEAR if ufunc.__name__ in ELEMENTARY else CHEAP
        result = getattr(ufunc, method)(*map(_plain, inputs), **options)
        parts = result if isinstance(result, tuple) else (result,)
        self.spent[0] += price * max(map(np.size, parts)) / len(PLACES)
        made = tuple(map(self._tallied, parts))
        return made if isinstance(result, tuple) else made[0]

    def __array_function__(self, function: Any, types: Any, args: Any, options: Any) -> Any:
        result = super().__array_function__(function, types, args, options)
        self.spent[0] += MOVED * np.size(result) / len(PLACES)
        return self._tallied(result) if isinstance(result, np.ndarray) else result

    def _tallied(self, value: Any) -> Any:
        twin = np.asarray(value).view(Tallied)
        twin.spent = self.spent
        return twin


def _plain(value: Any) -> Any:
    """An array as NumPy knows it; anything else as it is."""
    return value.view(np.ndarray) if isinstance(value, Tallied) else value


def tallied(rows: int = 0) -> Tallied:
    """Numbers to call a function with: one row of them, or so many."""
    values = np.broadcast_to(PLACES, (rows, len(PLACES))).copy() if rows else PLACES.copy()
    return values.view(Tallied)


def operations(function: Callable[..., Any], arguments: int = 1) -> float:
    """Operations that a function of so many arrays makes for every number of one of them."""
    first = tallied()
    with np.errstate(all="ignore"):
        function(*[first] * arguments)
    return first.spent[0]
