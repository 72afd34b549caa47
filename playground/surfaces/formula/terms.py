"""Terms that record arithmetic instead of doing it, and the short program that does it later.

Derivative rules are written as equations on terms (``2 * u * v``).  Equal terms are one term, what
is zero by structure vanishes, and `Program` keeps only the steps its results need.  So an exact
gradient costs little more than the value, and y + sqrt(x) has slope 1 along y even at x = 0, where
a rule that multiplies inf by 0 would say NaN.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from playground.surfaces.formula.arithmetic import OPERATIONS
from playground.types import Real


class Entry:
    """A quantity of a `Ledger`: x, y, a constant, or an operation on earlier terms."""

    __slots__ = ("args", "ledger", "number", "op", "value")

    def __init__(
        self, ledger: Ledger, number: int, op: str, args: tuple[Entry, ...], value: float | None
    ) -> None:
        self.ledger, self.number, self.op, self.args, self.value = ledger, number, op, args, value

    # Derivatives are combined with these: here 0 · anything is 0, and 1 · u is u.

    def __add__(self, other: Entry | float) -> Entry:
        other = self.ledger.term(other)
        if self.value == 0.0 or other.value == 0.0:
            return other if self.value == 0.0 else self
        return self.ledger.apply("+", self, other)

    def __sub__(self, other: Entry | float) -> Entry:
        other = self.ledger.term(other)
        if self.value == 0.0 or other.value == 0.0:
            return -other if self.value == 0.0 else self
        return self.ledger.apply("-", self, other)

    def __mul__(self, other: Entry | float) -> Entry:
        other = self.ledger.term(other)
        for a, b in ((self, other), (other, self)):
            if a.value in (0.0, 1.0):
                return b if a.value else a
            if a.value == -1.0:
                return -b
        return self.ledger.apply("*", self, other)

    def __truediv__(self, other: Entry | float) -> Entry:
        return self if self.value == 0.0 else self.ledger.apply("/", self, self.ledger.term(other))

    def __neg__(self) -> Entry:
        if self.op == "neg":
            return self.args[0]
        return self if self.value == 0.0 else self.ledger.apply("neg", self)

    def __radd__(self, other: float) -> Entry:
        return self.ledger.term(other) + self

    def __rsub__(self, other: float) -> Entry:
        return self.ledger.term(other) - self

    def __rmul__(self, other: float) -> Entry:
        return self.ledger.term(other) * self

    def __rtruediv__(self, other: float) -> Entry:
        return self.ledger.term(other) / self


class Ledger:
    """All terms of one formula, each entered once, in an order in which they can be computed."""

    def __init__(self) -> None:
        self._entries: dict[Any, Entry] = {}
        self.x, self.y = self._enter("x", (), None), self._enter("y", (), None)

    def term(self, value: Entry | float) -> Entry:
        return value if isinstance(value, Entry) else self._enter("number", (), float(value))

    def apply(self, op: str, *args: Entry) -> Entry:
        """The operation as it stands; on constants it is done now."""
        constants = [arg.value for arg in args if arg.value is not None]
        if len(constants) < len(args):
            return self._enter(op, args, None)
        with np.errstate(all="ignore"):
            return self.term(float(OPERATIONS[op](*constants)))

    def _enter(self, op: str, args: tuple[Entry, ...], value: float | None) -> Entry:
        # -0.0 == 0.0, so the sign is part of the key
        key = (op, *(arg.number for arg in args), value, str(value))
        if key not in self._entries:
            self._entries[key] = Entry(self, len(self._entries), op, args, value)
        return self._entries[key]


class Program:
    """The steps that compute some terms from x and y, on floats or arrays alike."""

    def __init__(self, ledger: Ledger, results: Sequence[Entry]) -> None:
        needed = _needed(results)
        last_use = {arg: term for term in needed for arg in term.args}
        place = {ledger.x: 0, ledger.y: 1}
        free: list[int] = []
        self._memory: list[Any] = [None, None]  # x, y, then constants and room for temporaries
        self._steps: list[tuple[Callable[..., Real], int, int, int]] = []  # -1: no second operand
        for term in needed:
            if term in place:
                continue
            # A temporary is overwritten after its last use, so that few arrays are alive at once.
            done = {arg for arg in term.args if arg.args and last_use[arg] is term}
            free += [place[arg] for arg in done if arg not in results]
            if term.args and free:
                place[term] = free.pop()
            else:
                place[term] = len(self._memory)
                self._memory.append(term.value)
            if term.args:
                first, second = (*(place[arg] for arg in term.args), -1)[:2]
                self._steps.append((OPERATIONS[term.op], place[term], first, second))
        self._results = [place[term] for term in results]

    @property
    def is_constant(self) -> bool:
        """Whether no result depends on x or y."""
        return not self._steps and min(self._results) > 1

    def __call__(self, x: Real, y: Real) -> list[Real]:
        memory = self._memory.copy()
        memory[0], memory[1] = x, y
        for operation, place, first, second in self._steps:
            if second < 0:
                memory[place] = operation(memory[first])
            else:
                memory[place] = operation(memory[first], memory[second])
        return [memory[place] for place in self._results]


def _needed(results: Sequence[Entry]) -> list[Entry]:
    """The results and all they are made of, earliest first."""
    found: dict[int, Entry] = {}
    waiting = list(results)
    while waiting:
        term = waiting.pop()
        if term.number not in found:
            found[term.number] = term
            waiting.extend(term.args)
    return [found[number] for number in sorted(found)]
