"""What happened in the training of a network, in the labels of the diagnosis of descents.

A network has no known minima and too many directions to look at each, so the rules ask what can be
measured: loss, gradient, sharpness against the limit, and whether the units differ at all.
"""

from __future__ import annotations

from playground.diagnosis.finding import Finding
from playground.diagnosis.rule import first
from playground.topics.network import lost, telling
from playground.topics.network.signs import Signs
from playground.topics.network.training import Trace

RULES = (*lost.RULES, *telling.RULES)
"""In the order in which they are asked: the first that holds wins, the last always does."""


def outcome_of(trace: Trace) -> Finding:
    """The outcome: the first rule that holds; the last one always does."""
    return first(RULES, Signs(trace))


def burst(trace: Trace) -> Finding | None:
    """An event beside the outcome: the highest leap of the gradient that healed by itself."""
    s = Signs(trace)
    return telling.LEAP.tell(s) if telling.LEAP.holds(s) else None
