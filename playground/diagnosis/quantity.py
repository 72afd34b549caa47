"""Quantities of many descents, computed when first asked for, of the lanes that ask.

The axis of N descents is the last one: ``(N,)``, ``(2, N)``, ``(k, N)``, ``(2, k, N)``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

from playground.types import Array, Mask

Index = NDArray[np.intp]
"""Which of some points, of N descents ``(N,)``."""

T = TypeVar("T")


class quantity(Generic[T]):
    """A cached property of N descents, its axis last.

    Part of the evidence takes its lanes of what the whole has computed already, and computes the
    rest for itself alone: what a later rule asks is asked of the lanes that are still undecided.
    """

    def __init__(self, compute: Callable[[Any], T], name: str = "") -> None:
        self.compute, self.name, self.__doc__ = compute, name, compute.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, e: None, owner: type) -> quantity[T]: ...
    @overload
    def __get__(self, e: object, owner: type) -> T: ...
    def __get__(self, e: Any, owner: type) -> quantity[T] | T:
        return self if e is None else self.of(e)

    def of(self, e: Any) -> T:
        known: dict[str, Any] = vars(e)
        if self.name in known:
            found: T = known[self.name]
            return found
        whole = e.whole
        if whole is not None and _known(whole, self.name):
            value: T = taken(self.of(whole), e.lanes)
        else:
            value = self.compute(e)
        known[self.name] = value
        return value


def _known(e: Any, name: str) -> bool:
    return name in vars(e) or (e.whole is not None and _known(e.whole, name))


def taken(value: Any, lanes: Index) -> Any:
    """Some lanes of an array, or of every array of a named tuple."""
    if isinstance(value, tuple):
        return type(value)(*(taken(item, lanes) for item in value))
    return np.take(value, lanes, axis=-1)


def some(which: Mask) -> bool:
    """Whether it holds of any descent; quicker than ``which.any()``, most of all of one."""
    return bool(which) if which.size == 1 else bool(np.count_nonzero(which))


def every(which: Mask) -> bool:
    """Whether it holds of all."""
    return bool(which) if which.size == 1 else bool(np.count_nonzero(which) == which.size)


def once(test: Callable[[Any], Mask]) -> Callable[[Any], Mask]:
    """A test that several rules ask, answered once of each descent."""
    return quantity(test, test.__qualname__).of


def mean(values: Array, axis: int = 0) -> Array:
    """Mean along an axis of time.

    Added up in order, so that a lane has the same bits alone and among others: `numpy.sum` adds
    in pairs or in order, as the layout suggests.
    """
    found: Array = np.add.accumulate(values, axis).take(-1, axis) / values.shape[axis]
    return found


def median(values: Array) -> Array:
    """Median along the first axis; NaN where any value is.  Quicker than `numpy.median`."""
    n = len(values)
    if n < 1:
        return np.full(values.shape[1:], np.nan)
    low, high = (n - 1) // 2, n // 2
    ordered = np.partition(values, sorted({low, high, n - 1}), axis=0)
    middle = 0.5 * (ordered[low] + ordered[high]) if low != high else ordered[low]
    return np.where(np.isnan(ordered[-1]), np.nan, middle)
