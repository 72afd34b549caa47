"""A listener at the places where computations give way, for as long as a test needs it."""

from collections.abc import Iterator
from contextlib import contextmanager

from playground.giving_way import Listener, listen


@contextmanager
def heard_by(listener: Listener) -> Iterator[None]:
    """Let it be called at every such place; afterwards whoever listened before is."""
    before = listen(listener)
    try:
        yield
    finally:
        listen(before)
