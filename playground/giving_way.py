"""Places where a long computation gives way, to whoever waits, or for good if nobody does.

The engine marks them, in the loops that may last, and knows no more: it starts no thread, never
sleeps, and runs where nobody listens.  Whoever runs it among others (`playground.ui.courtesy`)
says what happens there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

Item = TypeVar("Item")

OFTEN = 64
"""Turns of a loop on single numbers between two places; one takes some microseconds."""


class Listener(Protocol):
    """What is called at every such place."""

    def __call__(self, idle: bool = False) -> object: ...


def nobody(idle: bool = False) -> None:
    """Listens where none else does."""


_listener: Listener = nobody


def give_way(idle: bool = False) -> None:
    """A place where the computation may wait, or end by what the listener raises.

    idle: it does nothing at present but wait for what somebody else computes.
    """
    _listener(idle)


def giving_way(items: Iterable[Item]) -> Iterator[Item]:
    """The same items, with such a place before each.

    >>> list(giving_way("abc"))
    ['a', 'b', 'c']
    """
    for item in items:
        _listener()
        yield item


def listen(listener: Listener) -> Listener:
    """Let `listener` be called at every such place of this process; who listened before."""
    global _listener
    before, _listener = _listener, listener
    return before
