"""The first two gates of a typed formula: which signs it may contain, and in which order.

Python's parser sees only what passes here: numbers, known names, ``+ - * / **``, brackets and the
commas of arguments, in the order of a well-formed expression of bounded size.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from playground.language import tr
from playground.surfaces.formula import slips
from playground.surfaces.formula.arithmetic import FUNCTIONS
from playground.surfaces.formula.errors import FormulaError

LENGTH, NODES, DEPTH = 500, 200, 40
SMALLEST, LARGEST = 1e-30, 1e12

_TOKEN = re.compile(
    r"(?P<blank>[ \t]+)"
    r"|(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<name>[A-Za-z][A-Za-z0-9]*)"
    r"|(?P<sign>\*\*|[-+*/(),])"
)


class Token(NamedTuple):
    """A word of the formula and where it stands: ``text[start:end]``."""

    word: str
    start: int
    end: int
    kind: str = "sign"


def check(text: str) -> None:
    """Raise a `FormulaError` that says what is wrong, and where, unless `text` is well formed."""
    if not isinstance(text, str):
        raise slips.refusal(tr("a formula is text, such as x**2 + y**2"))
    if len(text) > LENGTH:
        hint = tr("the formula has {} characters; at most {} are allowed", len(text), LENGTH)
        raise slips.refusal(hint)
    tokens = list(_tokens(text))
    if not tokens:
        raise slips.refusal(tr("the formula is empty; type something like x**2 + y**2"))
    nodes = sum(token.word not in "()," for token in tokens)
    if nodes > NODES:
        hint = tr(
            "the formula has {} numbers, names and signs; at most {} are allowed", nodes, NODES
        )
        raise slips.refusal(hint)
    order = _Order(text)
    for token in tokens:
        order.follow(token)
    order.finish()


def _tokens(text: str) -> list[Token]:
    tokens, at = [], 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise slips.refusal(slips.character(text[at]), text, at, at + 1)
        at = match.end()
        token = Token(match.group(), match.start(), at, str(match.lastgroup))
        if token.kind == "number":
            _check_number(text, token)
        if token.kind != "blank":
            tokens.append(token)
    return tokens


def _check_number(text: str, token: Token) -> None:
    word, start, end, _ = token
    value, mantissa = float(word), re.split("[eE]", word)[0]
    if re.match("0[0-9]", word):
        raise slips.refusal(tr("a number does not begin with an extra 0"), text, start, end)
    if value > LARGEST:
        hint = tr("this number is too large; at most {:g} is allowed", LARGEST)
        raise slips.refusal(hint, text, start, end)
    if value < SMALLEST and mantissa.strip("0."):
        hint = tr("this number is too small; use 0 or at least {:g}", SMALLEST)
        raise slips.refusal(hint, text, start, end)


class _Order:
    """Follows the tokens: an operand, an operator, an operand ...; brackets match."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.wants_operand = True
        self.before: Token | None = None
        self.brackets: list[tuple[Token, bool]] = []  # open ones, and whether of a function

    def follow(self, token: Token) -> None:
        if token.kind == "name" and token.word not in slips.KNOWN:
            raise self.refusal(slips.name(token.word), token)
        if self.before is not None and self.before.word in FUNCTIONS and token.word != "(":
            raise self.refusal(slips.no_brackets(self.before.word), self.before)
        if self.wants_operand:
            self._operand(token)
        else:
            self._operator(token)
        self.before = token

    def _operand(self, token: Token) -> None:
        if token.word == "(":
            of_function = self.before is not None and self.before.word in FUNCTIONS
            self.brackets.append((token, of_function))
            if len(self.brackets) > DEPTH:
                raise self.refusal(tr("brackets are nested more than {} deep", DEPTH), token)
        elif token.kind == "sign" and token.word not in ("+", "-"):
            hint = slips.missing_operand(self.before and self.before.word, token.word)
            raise self.refusal(hint, self.before or token, token)
        self.wants_operand = token.kind == "sign" or token.word in FUNCTIONS

    def _operator(self, token: Token) -> None:
        if token.kind != "sign" or token.word == "(":
            assert self.before is not None
            hint = slips.missing_operator(self.before.word, token.word)
            raise self.refusal(hint, self.before, token)
        if token.word == ")":
            if not self.brackets:
                raise self.refusal(tr(slips.NEVER_OPENED), token)
            self.brackets.pop()
            return
        if token.word == "," and not (self.brackets and self.brackets[-1][1]):
            at = token.start
            raise slips.refusal(tr(slips.COMMA), self.text, max(at - 1, 0), at + 2)
        self.wants_operand = True

    def finish(self) -> None:
        assert self.before is not None
        if self.before.word in FUNCTIONS:
            raise self.refusal(slips.no_brackets(self.before.word), self.before)
        if self.wants_operand:
            raise self.refusal(tr("something is missing after this"), self.before)
        if self.brackets:
            raise self.refusal(tr(slips.NEVER_CLOSED), self.brackets[-1][0])

    def refusal(self, hint: str, first: Token, last: Token | None = None) -> FormulaError:
        return slips.refusal(hint, self.text, first.start, (last or first).end)
