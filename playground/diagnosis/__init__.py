"""Diagnosis: what happened in a run, why, and what would help.

>>> import playground as pg
>>> run = pg.simulate(pg.Canyon(), pg.GradientDescent(lr=0.4), steps=400)
>>> pg.diagnose(run).labels
('oscillating',)
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np

from playground.diagnosis import events, passing, rules
from playground.diagnosis.balance import rests_from_the_start
from playground.diagnosis.finding import Diagnosis, Finding
from playground.diagnosis.ground import Window
from playground.diagnosis.outcome import EVENTS, LABELS, MEANING, OUTCOMES, Outcome
from playground.diagnosis.rule import first
from playground.diagnosis.rules import outcomes
from playground.diagnosis.say import with_clipping
from playground.diagnosis.way import Way
from playground.giving_way import giving_way
from playground.simulation import Run

__all__ = [
    "EVENTS",
    "LABELS",
    "MEANING",
    "OUTCOMES",
    "Diagnosis",
    "Finding",
    "Outcome",
    "diagnose",
    "outcomes",
]


def diagnose(run: Run, window: Window | None = None) -> Diagnosis:
    """What happened in one descent: exactly one outcome, then any events.

    `window` (x0, x1, y0, y1) is the scale on which near and far are measured, by default the
    surface's `span`.  A small change of the loss is never taken for a critical point: gradient,
    Hessian and the known minima decide.  A change that is named was run: it is looked for when a
    sentence or a fix is first read.  Raises `ValueError` for a batch.

    >>> import playground as pg
    >>> run = pg.simulate(pg.Bowl(kappa=100), pg.GradientDescent(lr=0.021))
    >>> cause = pg.diagnose(run).findings[0]
    >>> cause.label, cause.fix
    ('diverged', GradientDescent(lr=0.018))
    >>> pg.diagnose(pg.simulate(pg.Bowl(kappa=100), cause.fix, steps=1000)).labels
    ('converged',)
    """
    if run.shape:
        raise ValueError("a diagnosis is of one descent: take one with run[index] first.")
    with np.errstate(all="ignore"):
        e = rules.of_one(Way, run, window or run.surface.span)
        rules_of_events = () if rests_from_the_start(e).all() else (*events.RULES, *passing.RULES)
        told = (rule.tell(e) for rule in giving_way(rules_of_events) if rule.holds(e))
        judge = partial(diagnose, window=window)
        found = (with_clipping(first(rules.RULES, e), e), *told)
        return Diagnosis(tuple(replace(finding, judge=judge) for finding in found))
