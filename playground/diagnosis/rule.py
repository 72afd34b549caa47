"""A rule: what holds for which descents, and how it is told of one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

from playground.diagnosis.finding import Finding
from playground.diagnosis.outcome import Outcome
from playground.diagnosis.pace import Pace
from playground.diagnosis.quantity import every, some
from playground.giving_way import giving_way
from playground.types import Mask

E = TypeVar("E")


@dataclass(frozen=True)
class Rule(Generic[E]):
    """One way to come by a label, in two halves.

    A map asks the first half of all its descents; a single run asks the same and then the second
    half of the rule that held, so that they cannot disagree.
    """

    outcome: Outcome
    holds: Callable[[E], Mask | bool]
    """Of which descents it holds ``(N,)``."""
    tell: Callable[[E], Finding]
    """The sentence and the numbers, of a single descent of which it holds."""


def first(rules: Sequence[Rule[E]], e: E) -> Finding:
    """What the first rule that holds tells of one descent; the last one always holds."""
    return next(rule.tell(e) for rule in giving_way(rules) if rule.holds(e))


def decide(rules: Sequence[Rule[Pace]], e: Pace) -> np.ndarray:
    """The number of the first rule that holds, of every descent ``(N,)``."""
    found, open_ = np.full(e.count, len(rules) - 1), np.arange(e.count)
    for number, rule in enumerate(giving_way(rules[:-1])):
        holds = np.asarray(rule.holds(e))
        found[open_[holds]] = number
        if every(holds):
            break
        if some(holds):
            e, open_ = e.part(~holds), open_[~holds]
    return found


def asked(e: Pace, *tests: Callable[[Pace], Mask]) -> Mask:
    """Which descents pass all tests; each is asked only of those that passed the ones before."""
    holds = np.array(tests[0](e))
    for test in tests[1:]:
        if not some(holds):
            break
        if every(holds):
            holds = test(e)
        else:
            passed = test(e.part(holds))
            holds[holds] = passed
    return holds


def never(e: Pace) -> Mask:
    return np.zeros(e.count, dtype=bool)
