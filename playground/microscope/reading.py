r"""Reading an update equation as a student does: from its LaTeX to a number.

The equations of the optimizers are templates such as ``\frac{<m>}{1 - <beta1>^{<t>}}``; here they
are parsed once and then calculated with any numbers in place of ``<m>`` and ``<m'>``.  What is
shown on the page and what is calculated is therefore one text.

    sum      term (± term)*                 condition   sum (> | < | =) sum, \text{otherwise}
    term     factor ((\cdot)? factor)*      factor      atom (^ group)?
    atom     number, <name>, (sum), |sum|, \frac, \sqrt, \max, \min, \operatorname{sign}, cases
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from playground.maths import power

Values = Mapping[str, Any]
Part = Callable[[Values], Any]

TOKEN = re.compile(
    r"\s*(?:<(?P<name>\w+'?)>|(?P<number>\d+(?:\.\d+)?)|(?P<word>\\(?:[a-zA-Z]+|\\))"
    r"|(?P<mark>[-{}()|^+&,=<>]))"
)
OTHER = "_other"
"""``<g_other>`` is the g of the other coordinate."""


@lru_cache(maxsize=512)
def part_of(text: str) -> Part:
    """The formula as a function of its numbers; `ValueError` for what is not understood."""
    reader = _Reader(text.replace(r"\tfrac12", r"\frac{1}{2}"))
    part = reader.sum()
    if reader.kind is not None:
        raise reader.refusal()
    return part


def calculate(text: str, values: Values) -> Any:
    """The number that the formula stands for, under the rules of IEEE 754."""
    with np.errstate(all="ignore"):
        return part_of(text)(values)


class _Reader:
    """A recursive descent over the tokens, each rule of the grammar one method."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.kind: str | None = None
        self.token = ""
        self.next()

    def next(self) -> str:
        """The present token, after moving to the one behind it."""
        token, rest = self.token, self.text[self.at :]
        match = TOKEN.match(rest)
        if match:
            self.kind = match.lastgroup
            self.token = match[self.kind or 0]
            self.at += match.end()
        elif rest.strip():
            raise self.refusal()
        else:
            self.kind, self.token = None, ""
        return token

    def refusal(self) -> ValueError:
        return ValueError(f"cannot read {self.text!r} at {self.at}.")

    def expect(self, token: str) -> None:
        if self.token != token or self.kind not in ("mark", "word"):
            raise self.refusal()
        self.next()

    def sum(self) -> Part:
        total = self.term()
        while self.kind == "mark" and self.token in ("+", "-"):
            total = _both(np.add if self.next() == "+" else np.subtract, total, self.term())
        return total

    def term(self) -> Part:
        if self.kind == "mark" and self.token == "-":
            self.next()
            product = self.term()
            return lambda values: -product(values)
        product = self.factor()
        while self.opens_factor():
            if self.token == r"\cdot":
                self.next()
            product = _both(np.multiply, product, self.factor())
        return product

    def opens_factor(self) -> bool:
        if self.kind == "word":
            return self.token not in (r"\\", r"\end")
        return self.kind in ("name", "number") or (self.kind, self.token) == ("mark", "(")

    def factor(self) -> Part:
        base = self.atom()
        if (self.kind, self.token) == ("mark", "^"):
            self.next()
            return _both(power, base, self.group() if self.token == "{" else self.number())
        return base

    def group(self) -> Part:
        self.expect("{")
        inside = self.sum()
        self.expect("}")
        return inside

    def number(self) -> Part:
        number = float(self.next())
        return lambda values: number

    def atom(self) -> Part:
        match self.kind, self.token:
            case "number", _:
                return self.number()
            case "name", name:
                self.next()
                if name.endswith(OTHER):
                    own = name.removesuffix(OTHER)
                    return lambda values: np.asarray(values[own])[..., ::-1]
                return lambda values: values[name]
            case "mark", "(":
                return self.between("(", ")")
            case "mark", "|":
                return _one(np.abs, self.between("|", "|"))
            case "word", word if word in WORDS:
                self.next()
                return WORDS[word](self)
            case _:
                raise self.refusal()

    def between(self, opening: str, closing: str) -> Part:
        self.expect(opening)
        inside = self.sum()
        self.expect(closing)
        return inside

    def fraction(self) -> Part:
        return _both(np.divide, self.group(), self.group())

    def root(self) -> Part:
        return _one(np.sqrt, self.group())

    def largest(self) -> Part:
        return self.of_two(np.maximum)

    def smallest(self) -> Part:
        return self.of_two(np.minimum)

    def of_two(self, function: Any) -> Part:
        self.expect("(")
        first = self.sum()
        self.expect(",")
        second = self.sum()
        self.expect(")")
        return _both(function, first, second)

    def sign(self) -> Part:
        if self.letters() != "sign":
            raise self.refusal()
        return _one(np.sign, self.factor())

    def letters(self) -> str:
        """The plain words in braces, such as ``{cases}``."""
        match = re.match(r"([\w ]+)\}", self.text[self.at :])
        if (self.kind, self.token) != ("mark", "{") or not match:
            raise self.refusal()
        self.at += match.end()
        self.next()
        return match[1]

    def cases(self) -> Part:
        rows = []
        if self.letters() != "cases":
            raise self.refusal()
        while True:
            value = self.sum()
            self.expect("&")
            rows.append((self.condition(), value))
            if self.token != r"\\":
                break
            self.next()
        self.expect(r"\end")
        self.letters()

        def choose(values: Values) -> Any:
            choice: Any = np.nan
            for holds, value in reversed(rows):
                choice = np.where(holds(values), value(values), choice)
            return choice

        return choose

    def condition(self) -> Part:
        if self.token == r"\text":
            self.next()
            self.letters()
            return lambda values: True
        left, sign = self.sum(), self.next()
        if sign not in COMPARED:
            raise self.refusal()
        return _both(COMPARED[sign], left, self.sum())


def _one(function: Any, part: Part) -> Part:
    return lambda values: function(part(values))


def _both(function: Any, left: Part, right: Part) -> Part:
    return lambda values: function(left(values), right(values))


COMPARED = {">": np.greater, "<": np.less, "=": np.equal}
WORDS: dict[str, Callable[[_Reader], Part]] = {
    r"\frac": _Reader.fraction,
    r"\sqrt": _Reader.root,
    r"\max": _Reader.largest,
    r"\min": _Reader.smallest,
    r"\operatorname": _Reader.sign,
    r"\begin": _Reader.cases,
}
