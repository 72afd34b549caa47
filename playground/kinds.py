"""What one parameter is, and its kind, which checks, reads and writes its values.

Everything that must know what sort of value a parameter has asks its `Kind`: the declaration what
is valid, a link what a text stands for, the controls which widget to draw (see
`playground.ui.controls.WIDGETS`), the tests which values to try.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from playground.interval import Interval, Refusal, WrongKind, as_numbers
from playground.language import mark, tr
from playground.words import symbol


@dataclass(frozen=True)
class Param:
    """One parameter: what a control, a link, the documentation and a test need to know of it.

    `low` and `high` are the range of the control, a convenience that does not bound code; `valid`
    is the ground outside which the value has no meaning.  `more` marks rarely used parameters,
    which controls keep behind "more".  `role` tells those who reason about a class what the
    parameter does in it, whatever its name: a pull towards zero, a share kept.  `noun` and
    `sentence` say in English what it is; visitors read `words` and `help`, in their language.
    """

    name: str
    default: Any
    low: float | None
    high: float | None
    tex: str
    sentence: str
    scale: str
    valid: Interval
    choices: tuple[str, ...]
    more: bool
    role: str
    noun: str

    @property
    def words(self) -> str:
        """Its noun, as the visitor reads it."""
        return tr(self.noun)

    @property
    def help(self) -> str:
        """What it is, in one sentence or none."""
        return tr(self.sentence)

    @property
    def label(self) -> str:
        """Words and symbol, in plain text, for a control and whoever listens to it."""
        return f"{self.words} {symbol(self.tex)}".rstrip()

    @property
    def short(self) -> str:
        """The symbol, or the words where there is none."""
        return symbol(self.tex) or self.words

    @cached_property
    def kind(self) -> Kind:
        """The kind of its values."""
        return next(kind for kind in KINDS if kind.declares(self))

    @property
    def family(self) -> Any:
        """The family a parameter of kind `MEMBER` is chosen from."""
        return next(c for c in type(self.default).__mro__ if "all" in vars(c))

    def check(self, owner: str, value: Any) -> Any:
        """`value` in its canonical form, or a `ValueError` that says what is allowed."""
        return self.kind.check(self, f"{owner}: {self.name}", value)


class Kind:
    """One kind of value a parameter can have."""

    numeric = False
    """Whether a value is one number, which an array may stand for in a batch."""
    of: type = object
    """The class of a default of this kind."""

    def declares(self, p: Param) -> bool:
        """Whether a parameter declared like this is of this kind."""
        return isinstance(p.default, self.of)

    def check(self, p: Param, where: str, value: Any) -> Any:
        """`value` in its canonical form, or a `ValueError` that says what is allowed `where`."""
        raise NotImplementedError

    def read(self, p: Param, text: str) -> Any:
        """The value a link's text stands for, not yet checked; `ValueError` if it is none."""
        return text

    def write(self, value: Any) -> str:
        """The text of a value in a link."""
        return str(value)


class Switch(Kind):
    """On or off."""

    of = bool
    words = {"yes": True, "no": False, "true": True, "false": False, "1": True, "0": False}

    def check(self, p: Param, where: str, value: Any) -> bool:
        if not isinstance(value, (bool, np.bool_)):
            raise WrongKind(where, "True or False", value)
        return bool(value)

    def read(self, p: Param, text: str) -> bool:
        if text.lower() not in self.words:
            raise Refusal(p.name, tr("yes or no"), text)
        return self.words[text.lower()]

    def write(self, value: Any) -> str:
        return "yes" if value else "no"


class Real(Kind):
    """A finite number, or an array of them."""

    of: type = float
    numeric = True
    one = mark("a finite number {}")
    LARGEST = float("inf")

    def allowed(self, p: Param) -> str:
        return tr(self.one, p.valid.words(self.LARGEST)).strip()

    def check(self, p: Param, where: str, value: Any) -> Any:
        array = as_numbers(value)
        if array is None or not (p.valid.holds(array) and self.holds(array)):
            raise Refusal(where, self.allowed(p), value)
        array = self.canonical(array)
        if array.ndim == 0:
            return array.item()
        array = array.copy()
        array.flags.writeable = False  # the value is hashed, so it may not change
        return array

    def holds(self, array: np.ndarray) -> bool:
        """Whether every element is a number of this kind."""
        return True

    def canonical(self, array: np.ndarray) -> np.ndarray:
        return array

    def read(self, p: Param, text: str) -> float:
        try:
            return float(text)
        except ValueError:
            raise Refusal(p.name, self.allowed(p), text) from None

    def write(self, value: Any) -> str:
        return f"{value:g}" if float(f"{value:g}") == value else repr(value)


class Whole(Real):
    """A whole number, or an array of them."""

    of = int
    one = mark("a whole number {}")
    LARGEST = 2**53 - 1
    """Beyond it a double, and so a browser, knows some whole numbers only."""

    def holds(self, array: np.ndarray) -> bool:
        return bool(np.all((np.abs(array) <= self.LARGEST) & (array == np.rint(array))))

    def canonical(self, array: np.ndarray) -> np.ndarray:
        return array.astype(int)

    def write(self, value: Any) -> str:
        return str(value)


class Choice(Kind):
    """One of a few words."""

    of = str

    def declares(self, p: Param) -> bool:
        return super().declares(p) and bool(p.choices)

    def check(self, p: Param, where: str, value: Any) -> str:
        if value not in p.choices:
            raise WrongKind(where, tr("one of {}", ", ".join(p.choices)), value)
        return str(value)


class Text(Kind):
    """Free text, which the declared class may restrict further."""

    of = str

    def check(self, p: Param, where: str, value: Any) -> str:
        if not isinstance(value, str):
            raise WrongKind(where, "text", value)
        return value


class Wholes(Kind):
    """Some whole numbers."""

    of = tuple

    def check(self, p: Param, where: str, value: Any) -> tuple[int, ...]:
        try:
            numbers = tuple(int(v) for v in value)
            whole = all(n == v for n, v in zip(numbers, value, strict=True))
        except (TypeError, ValueError, OverflowError):
            whole = False
        if not whole or not all(p.valid.holds(n) and abs(n) <= Whole.LARGEST for n in numbers):
            raise Refusal(where, tr("whole numbers, each {}", p.valid.words(Whole.LARGEST)), value)
        return numbers

    def read(self, p: Param, text: str) -> tuple[float, ...]:
        return tuple(REAL.read(p, part) for part in text.split(",") if part.strip())

    def write(self, value: Any) -> str:
        return ",".join(map(to_text, value))


class Member(Kind):
    """A declared value of a family, with parameters of its own."""

    def check(self, p: Param, where: str, value: Any) -> Any:
        if not isinstance(value, p.family):
            raise WrongKind(where, f"a {p.family.__name__}", value)
        return value

    def write(self, value: Any) -> str:
        return type(value).__name__


SWITCH, WHOLE, REAL, CHOICE = Switch(), Whole(), Real(), Choice()
TEXT, WHOLES, MEMBER = Text(), Wholes(), Member()
KINDS: tuple[Kind, ...] = (SWITCH, WHOLE, REAL, CHOICE, TEXT, WHOLES, MEMBER)
"""Every kind; a parameter is of the first that declares it (a bool is an int to Python)."""


def to_text(value: Any) -> str:
    """A value of any kind as it stands in a link."""
    return next(kind for kind in KINDS if isinstance(value, kind.of)).write(value)
