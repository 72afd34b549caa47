"""A walk through the words of a text that remembers slips, and the forks it came to."""

from __future__ import annotations

from typing import NamedTuple

from playground.language import tr
from playground.surfaces.formula import slips
from playground.surfaces.formula import vocabulary as v
from playground.surfaces.formula.errors import Slip
from playground.surfaces.formula.loose import Loose
from playground.surfaces.formula.pairs import pairings, unmatched
from playground.surfaces.formula.words import Word


class Stop(Exception):
    """The text goes on in a way that has no meaning."""


class Piece(NamedTuple):
    """A piece of well-written formula and how tightly its outermost operation binds."""

    text: str
    level: int = v.ATOM

    def at(self, level: int) -> str:
        """The text, bracketed where it binds less tightly than `level`."""
        return self.text if self.level >= level else f"({self.text})"


class Cursor:
    """Goes through the words of a text once, taking the given ways at its forks."""

    def __init__(self, loose: Loose, ways: tuple[int, ...]) -> None:
        self.words, self.ways, self.text = loose.words, ways, loose.text
        self.forks: list[int] = []  # how many ways there are at each
        self.slips: list[Slip] = []
        self.at, self.depth = 0, 0
        self.bar_roles: dict[int, bool] = {}
        self.unclosed: list[int] = []

    def pair(self) -> None:
        """Decide which bars open, and where brackets begin and end; `Stop` if that cannot be."""
        self._pair_bars()
        self._close_brackets()

    def _pair_bars(self) -> None:
        bars = pairings(self.words)
        if not bars:
            bar = next(w for w in self.words if w.word == "|")
            hint = tr("these bars do not pair; the absolute value is written abs(x)")
            raise self.stop(hint, bar)
        self.bar_roles = bars[self.fork(len(bars)) if len(bars) > 1 else 0]

    def _close_brackets(self) -> None:
        """A bracket closed and never opened: left out, or opened at one of the likely places."""
        self.unclosed, unopened = unmatched(self.words)
        for at in unopened:
            word = self.words[at]
            self.slip(tr(slips.NEVER_OPENED), word)
            likely = [0]
            for i in range(1, at):
                if (
                    self.words[i - 1].word in ("*", "/", "**")
                    or self.words[i - 1].kind == "function"
                ):
                    likely.append(i)
                    break
            way = self.fork(1 + len(likely))
            blank = Word("skip", "", word.start, word.start)
            words = list(self.words)
            if way:
                place = words[likely[way - 1]]
                words.insert(likely[way - 1], Word("sign", "(", place.start, place.start, False))
            else:
                words[at] = blank
            self.words = [w for w in words if w.kind != "skip"]
            self.bar_roles = {
                i + (i >= likely[way - 1] if way else -(i > at)): role
                for i, role in self.bar_roles.items()
            }
            self.unclosed, _ = unmatched(self.words)
            return  # one is mended, more are a guess

    @property
    def next(self) -> Word:
        return self.words[self.at]

    def take(self) -> Word:
        self.at += 1
        return self.words[self.at - 1]

    def is_sign(self, *signs: str) -> bool:
        return self.next.kind == "sign" and self.next.word in signs

    def slip(self, hint: str, first: Word, last: Word | None = None) -> None:
        self.slips.append(Slip(hint, first.start, (last or first).end))

    def fork(self, ways: int = 2) -> int:
        self.forks.append(ways)
        return self.ways[len(self.forks) - 1] if len(self.forks) <= len(self.ways) else 0

    def stop(self, hint: str, first: Word, last: Word | None = None) -> Stop:
        self.slip(hint, first, last)
        return Stop()

    def operand_follows(self) -> bool:
        """Whether the next word begins an operand."""
        if self.next.kind == "sign":
            return self.next.word == "(" or (self.next.word == "|" and self.opens(self.at))
        return self.next.kind not in ("end", "raised")

    def opens(self, at: int) -> bool:
        """Whether the bar at word `at` opens."""
        return self.bar_roles[at]


def times(left: Piece, sign: str, right: Piece) -> Piece:
    return Piece(f"{left.at(v.PRODUCT)}{sign}{right.at(v.UNARY)}", v.PRODUCT)


def exponent_of(raised: Word) -> str:
    return raised.word if raised.word.lstrip("-").isalnum() else f"({raised.word})"
