"""What is said of a text that is no formula: every slip, its place, and the line to write."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from playground.language import tr, trn

SHOWN = 5
"""So many different slips are told in words; a longer list helps nobody."""


class Slip(NamedTuple):
    """One thing that is wrong in ``text[start:end]``; an empty place means the whole text."""

    hint: str
    start: int = 0
    end: int = 0


class FormulaError(ValueError):
    """A text that is no formula of x and y, answered once.

    `slips` are all that were found, in the order of the text.  `readings` are whole lines that
    parse: one where the text can only mean that, several where it is ambiguous, none where it
    has no meaning here.  `correction` is the line to take over, given only if it is the only one.
    The sentence is plain text, in which whatever is not printable stands as its code; whoever
    shows it on a page must still escape it.
    """

    def __init__(self, text: str, slips: Sequence[Slip], readings: Sequence[str] = ()) -> None:
        super().__init__(text, tuple(slips), tuple(readings))
        self.text, self.slips, self.readings = text, tuple(slips), tuple(readings)

    @property
    def correction(self) -> str | None:
        """The whole line as it should be written, if there is no doubt about it."""
        return self.readings[0] if len(self.readings) == 1 else None

    @property
    def position(self) -> int | None:
        """Where the first slip begins, counted from 0; None if it has no place."""
        first = self.slips[0]
        return first.start if self.text[first.start : first.end] else None

    @property
    def sentence(self) -> str:
        """All slips, and what to write instead."""
        told = "; ".join(_told(self.text, self.slips)) + "."
        told = told[:1].upper() + told[1:]
        if self.correction:
            return tr("Write {} instead. {}", self.correction, told)
        if self.readings:
            return tr("{} It can be read as {}.", told, tr(" or as ").join(self.readings))
        return told

    def __str__(self) -> str:
        return self.sentence


def _told(text: str, slips: Sequence[Slip]) -> list[str]:
    """The slips in words; those of one kind share theirs."""
    by_hint: dict[str, list[Slip]] = {}
    for slip in slips:
        by_hint.setdefault(slip.hint, []).append(slip)
    told = [_one(text, hint, places) for hint, places in by_hint.items()]
    if len(told) > SHOWN:
        more = len(told) - SHOWN
        told[SHOWN:] = [trn("and {} more slip", "and {} more slips", more, more)]
    return told


def _one(text: str, hint: str, places: list[Slip]) -> str:
    first = places[0]
    piece = text[first.start : first.end]
    if not piece:
        return hint
    piece = piece if len(piece) <= 24 else piece[:21] + "..."
    others = [str(slip.start + 1) for slip in places[1:4]]
    at, shown = first.start + 1, _printable(piece)
    if not others:
        return tr("at character {}, '{}': {}", at, shown, hint)
    also = ", ".join(others) + (" ..." if len(places) > 4 else "")
    return tr("at character {}, '{}' (and at {}): {}", at, shown, also, hint)


def _printable(piece: str) -> str:
    return "".join(
        sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in piece
    )
