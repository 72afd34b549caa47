"""The shelf: results that are remembered for all visitors, within one budget of bytes.

Whatever a page computes from settings alone is put here, so that whoever asks again, or asks at
the same time, gets it without a second computation.  There is one shelf for the whole process:
what was used longest ago leaves it first, whatever it is of.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cache, wraps
from threading import Event, Lock
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType
from typing import Any, ParamSpec, TypeVar

import numpy as np

from playground.giving_way import give_way
from playground.known import SMALL, known
from playground.language import spoken_now

BUDGET = 256 * 2**20
"""Bytes of the shelf that everybody shares: some hundred runs of 10 000 steps."""
MANY, SAMPLE = 64, 4
"""A sequence of more items than `MANY` is measured by so many of them, evenly spaced."""
LOOK = 0.1
"""Seconds between two looks at a computation that somebody else is making."""
NUMBER = 32
"""Bytes that one of `SMALL` counts."""
SHARED = (type, ModuleType, FunctionType, BuiltinFunctionType, MethodType)
"""What belongs to the program and not to a value."""
COLLECTIONS = (list, tuple, set, frozenset)

P = ParamSpec("P")
V = TypeVar("V")


def size_of(value: Any) -> int:
    """Bytes that a value and its parts hold, each part counted once.

    An array counts with the memory it keeps alive, a container or an object with its own size and
    that of everything in it; classes, functions and modules count nothing.
    """
    total, waiting, seen = 0, [value], set[int]()
    while waiting:
        part = waiting.pop()
        kind: Any = type(part)
        if kind in SMALL:
            total += NUMBER
        elif id(part) not in seen and (inside := _way_into(kind)):
            seen.add(id(part))
            total += sys.getsizeof(part)
            if isinstance(part, (list, tuple)) and len(part) > MANY:
                some = part[:: len(part) // SAMPLE]
                total += len(part) * sum(map(size_of, some)) // len(some)
            else:
                waiting += inside(part)
    return total


@cache
def _way_into(kind: type) -> Callable[[Any], list[Any]] | None:
    """What tells the parts of such a value; None where it counts nothing.

    They come as a list at once, because other threads may be at work on the value.
    """
    if issubclass(kind, SHARED):
        return None
    if issubclass(kind, COLLECTIONS):
        return list
    for family, inside in ((np.ndarray, _of_array), (dict, _of_dict)):
        if issubclass(kind, family):
            return inside
    return _of_object


def _of_array(array: np.ndarray) -> list[Any]:
    return [array.base] if array.dtype != object else [array.base, array.ravel().tolist()]


def _of_dict(mapping: dict[Any, Any]) -> list[Any]:
    return [*list(mapping.keys()), *list(mapping.values())]


def _of_object(value: Any) -> list[Any]:
    return list(getattr(value, "__dict__", {}).values())


@dataclass
class _Kept:
    """A key, its value, and the size of both when it was measured last."""

    key: Hashable
    value: Any
    size: int = 0

    def measured(self) -> int:
        """Its size now."""
        return size_of((self.key, self.value))


class Shelf:
    """Values by key, at most `budget` bytes of them; safe to use from many threads.

    Properties that are computed when first asked for (`functools.cached_property`) make a value
    grow after it was kept.  So whatever is used waits to be measured again, and whenever a value
    is put down, the one that has waited longest is.

    >>> shelf = Shelf(budget=1000)
    >>> shelf.get("answer", lambda: 42), shelf.get("answer", lambda: 0)
    (42, 42)
    """

    def __init__(self, budget: int = BUDGET) -> None:
        self.budget = budget
        self._kept: dict[Hashable, _Kept] = {}  # what was used longest ago first
        self._used: dict[Hashable, None] = {}  # since it was measured last; the longest ago first
        self._total = 0
        self._made: dict[Hashable, Event] = {}
        self._lock = Lock()

    @property
    def size(self) -> int:
        """Bytes on the shelf as measured last."""
        return self._total

    def __len__(self) -> int:
        return len(self._kept)

    def find(self, key: Hashable) -> Any:
        """The value of a key, or None if it is not there."""
        with self._lock:
            kept = self._take(key)
        return None if kept is None else kept.value

    def get(
        self, key: Hashable, make: Callable[[], V], waiting: Callable[[], object] | None = None
    ) -> V:
        """The value of a key, made now unless it is there or somebody is making it.

        `waiting` is called again and again while somebody else makes it; it may raise to give up.
        What `make` raises reaches its caller alone and nothing is kept; whoever waited makes it.
        """
        while True:
            with self._lock:
                if (kept := self._take(key)) is not None:
                    return kept.value
                ready = self._made.get(key)
                if ready is None:
                    self._made[key] = Event()
                    break
            while not ready.wait(LOOK):
                give_way(idle=True)
                if waiting is not None:
                    waiting()
        try:
            value = make()
            self._put(key, value)
            return value
        finally:
            with self._lock:
                self._made.pop(key).set()

    def _take(self, key: Hashable) -> _Kept | None:
        """What is kept under a key equal to this one.

        It stays under its own: once the object of an `_Itself` is gone, no other equals it.
        """
        kept = self._kept.pop(key, None)
        if kept is not None:
            self._kept[kept.key] = kept
            self._used.setdefault(kept.key)
        return kept

    def _put(self, key: Hashable, value: Any) -> None:
        """Keep a value; what was used longest ago makes room, or it itself if it is too large."""
        new = _Kept(key, value)
        new.size = new.measured()
        with self._lock:
            waited = next(iter(self._used), None)
            again = None if waited is None else self._kept[waited]
            self._used.pop(waited, None)
            self._kept[key] = new
            self._used[key] = None
            self._total += new.size
        size = 0 if again is None else again.measured()  # for long, so nobody has to wait for it
        with self._lock:
            if again is not None and self._kept.get(again.key) is again:
                self._total += size - again.size
                again.size = size
            while self._total > self.budget:
                leaves = next(iter(self._kept))
                self._used.pop(leaves, None)
                self._total -= self._kept.pop(leaves).size


SHELF = Shelf()
"""The one of this process."""


def remembered(function: Callable[P, V]) -> Callable[P, V]:
    """A function whose results are kept on the shelf, known by its arguments (see `known`).

    They may hold words, so each language has its own.
    """

    @wraps(function)
    def asked(*args: P.args, **options: P.kwargs) -> V:
        key = (function, spoken_now(), known(args), known(sorted(options.items())))
        return SHELF.get(key, lambda: function(*args, **options))

    return asked
