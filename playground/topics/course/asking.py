"""Kinds of question: choose, set a number, show a place; each has a measured answer.

A lesson asks by one line: ``choose a.outcome``, ``number a.limit from 0.001 to 0.1``,
``place a``.  The first word is the kind, the second the fact that answers.
"""

from __future__ import annotations

import math
import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from playground.language import tr
from playground.topics.course.exhibits.exhibit import Facts
from playground.topics.course.source import LessonError
from playground.words import point, setting

CLOSE = 0.1
"""Share by which a number that was set may differ from the measured one and is right."""
NEARBY = 0.1
"""Share of the window by which a place may differ from the real one and is right."""
ROUND = 1e-4
"""Share of the window below which a coordinate of a place is 0."""
RIGHT, WRONG, LOW, HIGH = "right", "wrong", "low", "high"


@dataclass(frozen=True)
class Asking(ABC):
    """A question whose answer is a fact of an exhibit.

    choices: what can be said, by key; empty where it is no choice.
    """

    fact: str
    choices: Mapping[str, str]
    kind: ClassVar[str]

    @abstractmethod
    def check(self, guess: str) -> None:
        """`ValueError` unless this is something that can be answered."""

    @abstractmethod
    def relation(self, guess: str, facts: Facts) -> str:
        """How a guess stands to what is so: `RIGHT`, or in which way it is not."""

    @abstractmethod
    def answer(self, facts: Facts) -> str:
        """What is so, in words."""

    def said(self, guess: str) -> str:
        """A guess, in words."""
        return guess

    def key(self, guess: str, facts: Facts) -> str:
        """Which of the lesson's explanations fits."""
        return self.relation(guess, facts)


class Choose(Asking):
    """One of a few sentences; the fact is the key of the right one."""

    kind = "choose"

    def check(self, guess: str) -> None:
        if guess not in self.choices:
            raise ValueError(tr("it must be one of {}", ", ".join(self.choices)))

    def relation(self, guess: str, facts: Facts) -> str:
        return RIGHT if guess == facts[self.fact] else WRONG

    def answer(self, facts: Facts) -> str:
        return self.choices.get(str(facts[self.fact]), "")

    def said(self, guess: str) -> str:
        return self.choices[guess]

    def key(self, guess: str, facts: Facts) -> str:
        return str(facts[self.fact])


@dataclass(frozen=True)
class Number(Asking):
    """A number; a count must be met, of a measured number `CLOSE` is right."""

    low: float = -math.inf
    high: float = math.inf
    kind = "number"

    def check(self, guess: str) -> None:
        try:
            if math.isfinite(float(guess)) and self.low <= float(guess) <= self.high:
                return
        except ValueError:
            pass
        if math.isfinite(self.low):
            ends = setting(self.low), setting(self.high)
            raise ValueError(tr("it must be a number from {} to {}", *ends))
        raise ValueError(tr("it must be a number"))

    def relation(self, guess: str, facts: Facts) -> str:
        given, fact = float(guess), facts[self.fact]
        if not isinstance(fact, (int, float)):  # there is no such number
            return WRONG
        room = CLOSE * abs(fact) if isinstance(fact, float) else 0.5
        if abs(given - fact) <= room:
            return RIGHT
        return LOW if given < fact else HIGH

    def answer(self, facts: Facts) -> str:
        return facts.in_words(self.fact) or ""

    def said(self, guess: str) -> str:
        return setting(float(guess))


class Where(Asking):
    """A place on the map: where a runner ends."""

    kind = "place"

    def check(self, guess: str) -> None:
        try:
            if all(map(math.isfinite, place_of(guess))):
                return
        except ValueError:
            pass
        raise ValueError(tr("it must be two numbers, such as {}", "-1,0.5"))

    def relation(self, guess: str, facts: Facts) -> str:
        reach, end = NEARBY * facts.measured("reach"), self._end(facts)
        return RIGHT if end and math.dist(place_of(guess), end) <= reach else WRONG

    def answer(self, facts: Facts) -> str:
        end = self._end(facts)
        if not end:
            return ""
        least = ROUND * facts.measured("reach")
        return tr("It ends at {}.", point(0.0 if abs(v) < least else v for v in end))

    def _end(self, facts: Facts) -> tuple[float, float] | None:
        """Where the runner ends; None where there is none."""
        if facts[f"{self.fact}.end_x"] is None:
            return None
        return facts.measured(f"{self.fact}.end_x"), facts.measured(f"{self.fact}.end_y")

    def said(self, guess: str) -> str:
        return point(place_of(guess))


def place_of(guess: str) -> tuple[float, float]:
    """The place that a guess names."""
    x, y = map(float, guess.split(","))
    return x, y


KINDS: dict[str, type[Asking]] = {cls.kind: cls for cls in (Choose, Number, Where)}
RANGE = re.compile(r"(\S+) from (\S+) to (\S+)")


def asking(line: str, choices: Mapping[str, str]) -> Asking:
    """The question that a line of a lesson asks."""
    kind, _, rest = line.partition(" ")
    if kind not in KINDS or not rest:
        raise LessonError(f"“{line}” must begin with one of {', '.join(KINDS)}, then a fact.")
    if kind != Number.kind:
        return KINDS[kind](rest, choices)
    if (found := RANGE.fullmatch(rest)) is None:
        return Number(rest, choices)
    return Number(found[1], choices, float(found[2]), float(found[3]))
