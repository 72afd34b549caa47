"""What the tolerant reader reads: words with their kinds and places."""

from __future__ import annotations

from typing import NamedTuple


class Word(NamedTuple):
    """A word, its kind, its place, and whether no blank stands before it.

    Kinds: ``number name function fraction frac root raised sign unknown end``.
    """

    kind: str
    word: str
    start: int
    end: int
    glued: bool = True
