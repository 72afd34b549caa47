"""Round ticks, few of them, in the notation of `playground.words`; `axes.js` draws the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from playground.words import alike

MOST = 4
"""Ticks of an axis, at most."""
DIGITS = (1, 2, 5)


def numeric(values: Any) -> np.ndarray:
    """Values in one row: numbers, in which None is a gap, or what is not of numbers as it is."""
    found = np.asarray(values).ravel()
    if found.dtype.kind != "O":
        return found
    try:
        return found.astype(float)  # None is NaN
    except (TypeError, ValueError):
        return found


@np.errstate(over="ignore")  # beyond the largest number there are none
def ticks(low: float, high: float, log: bool = False, most: int = MOST) -> np.ndarray:
    """Round values from low to high, in order: steps of 1, 2 or 5, or whole decades.

    low, high: the ends, positive on a logarithmic axis.  That has 1, 2 and 5 of its decades where
    these are few enough, else whole powers of ten; a short one has even steps.
    """
    if not log:
        return _even(low, high, most)
    first, last = np.floor(np.log10([low, high]))
    powers = 10.0 ** np.arange(first, last + 1)
    for digits in (DIGITS, (1, 5), (1,)):
        found = np.sort(np.outer(powers, digits).ravel())
        found = found[(found >= low * (1 - 1e-9)) & (found <= high * (1 + 1e-9))]
        if len(found) <= most:
            break
    if len(found) < 2:
        return _even(low, high, most)
    return (
        found[np.round(np.log10(found)) % -(-len(found) // most) == 0]
        if len(found) > most
        else found
    )


def _even(low: float, high: float, most: int) -> np.ndarray:
    rough = (high - low) / most
    if not 0 < rough < np.inf:
        return np.array([low])
    power = 10.0 ** np.floor(np.log10(rough))
    for digit in (*DIGITS, 10, 20):
        step = digit * power
        whole = np.arange(np.ceil(low / step - 1e-9), np.floor(high / step + 1e-9) + 1)
        if len(whole) <= most:
            break
    return np.array([float(f"{k * step:.12g}") for k in whole])


def ticked(
    low: float,
    high: float,
    log: bool = False,
    most: int = MOST,
    say: Callable[[Iterable[float]], list[str]] = alike,
) -> dict[str, Any]:
    """The settings of a Plotly axis with these ticks."""
    values = ticks(low, high, log, most).tolist()
    return {"tickmode": "array", "tickvals": values, "ticktext": say(values)}
