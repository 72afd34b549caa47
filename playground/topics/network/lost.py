"""Trainings that learn nothing: diverged, or on a plateau."""

from __future__ import annotations

import math

import numpy as np

from playground.diagnosis.finding import Finding, Fix, told
from playground.diagnosis.outcome import (
    CONVERGED,
    DIVERGED,
    PLATEAU,
    Outcome,
)
from playground.diagnosis.rule import Rule
from playground.language import tr
from playground.networks import Initialisation
from playground.optimizers.adam import Adam
from playground.topics.network import lines
from playground.topics.network.signs import Signs
from playground.topics.network.tried import first_that_helps
from playground.words import number, percent

PER_PARAMETER = Adam(lr=0.02)
"""A step per parameter, where the slope is too small or the limit too low for one step."""


def said(
    s: Signs,
    outcome: Outcome,
    story: str,
    measure: tuple[str, float, float],
    change: Fix = None,
    advice: str = "",
) -> Finding:
    """`told` of the whole training; a change is named only after it was tried and ended lower.

    advice: as for `told`; without one it is to be tried.
    """
    if change is None:
        return told(outcome, story, measure, (0, s.last))
    others = (s.calmer(), s.with_lr(s.optimizer.lr / lines.MUCH_CALMER), PER_PARAMETER)
    helps = first_that_helps(s.trace.settings, s.trace.loss, (change, *others))
    if helps is None:
        none = tr(
            "None of the changes that were tried ends clearly lower than this run and its start, "
            "on average over the last tenth of its updates."
        )
        story = f"{story} {none}"
    return told(outcome, story, measure, (0, s.last), helps, advice or tr("Try {change}."))


def ended(s: Signs) -> float:
    return float(np.median(s.f[-s.fifth :]))


def _over(s: Signs) -> bool:
    return s.trace.finite <= s.trace.steps


def diverged(s: Signs) -> bool:
    return _over(s) or ended(s) > lines.DIVERGED * float(s.f[0])


def tell_divergence(s: Signs) -> Finding:
    last, begun = ended(s), float(s.f[0])
    what = (
        tr("Loss or weights are no longer finite from update {} on", s.trace.finite)
        if _over(s)
        else tr("The loss ended at {}, above the {} it began with", number(last), number(begun))
    )
    gauge = s.gauge[0] * s.trace.limit / 2 if len(s.gauge) else math.nan
    if gauge > s.trace.limit:
        what = tr(
            "{}: η·λ_max was {} at the first update and the limit is {}",
            *(what, number(gauge), number(s.trace.limit)),
        )
    grown = math.inf if _over(s) else last / begun
    measure = "final loss over the first", grown, lines.DIVERGED
    return said(s, DIVERGED, f"{what}.", measure, s.below_the_limit())


# ---- plateau ----------------------------------------------------------------------------------


REACH = "slope × usual weights / loss"


def units_alike(s: Signs) -> bool:
    return s.reach < lines.FLAT and s.difference < lines.ALIKE


def units_dead(s: Signs) -> bool:
    left = s.f[-1] > lines.UNLEARNT * s.f[0]
    return bool(s.reach < lines.FLAT and s.dead > lines.DEAD and left)


def unmoved(s: Signs) -> bool:
    return bool(s.reach < lines.FLAT and s.f[-1] > lines.UNMOVED * s.f[0])


def unmoved_for_good(s: Signs) -> bool:
    return unmoved(s) and not s.trace.settings.layers


def tell_alike(s: Signs) -> Finding:
    return said(
        s,
        PLATEAU,
        tr(
            "Nothing is learnt: the loss stays at {} with |∇f| = {}, because all units of a layer "
            "are the same (their weights differ by {}), so they get the same gradient and stay "
            "the same.",
            *(number(s.f[-1]), number(s.size[-1]), number(s.difference)),
        ),
        (REACH, s.reach, lines.FLAT),
        _initialisation(s),
        tr("Start from {change}."),
    )


def tell_dead(s: Signs) -> Finding:
    why = tr(
        "{} of the hidden units give the same whatever the example, so no gradient passes them",
        percent(s.dead),
    )
    return _stands_flat(s, why, s.below_the_limit())


def tell_straight(s: Signs) -> Finding:
    return said(
        s,
        CONVERGED,
        tr(
            "It has arrived: without a hidden layer the loss is convex, so where its slope is 0, "
            "|∇f| = {}, there is nothing lower. The loss is {}, at first {}: straight lines cannot "
            "tell these points apart any better.",
            *(number(s.size[-1]), number(s.f[-1]), number(s.f[0])),
        ),
        (REACH, s.reach, lines.FLAT),
    )


def tell_unmoved(s: Signs) -> Finding:
    if s.weights > lines.SMALL_WEIGHTS:
        why = tr("steps in proportion to so small a slope lead nowhere")
        return _stands_flat(s, why, PER_PARAMETER)
    return _stands_flat(s, tr("the weights are too small to pass a signal"), _initialisation(s))


def _stands_flat(s: Signs, why: str, change: Fix) -> Finding:
    return said(
        s,
        PLATEAU,
        tr(
            "It stands on a plateau: the loss is {} and the slope only {}, which over the length "
            "of usual weights would win {} of it; {}.",
            *(number(s.f[-1]), number(s.size[-1]), percent(s.reach), why),
        ),
        (REACH, s.reach, lines.FLAT),
        change,
    )


def _initialisation(s: Signs) -> Initialisation:
    name = "He" if s.trace.settings.activation.homogeneous else "Xavier"
    return Initialisation.all[name]()


RULES = (
    Rule(DIVERGED, diverged, tell_divergence),
    Rule(PLATEAU, units_alike, tell_alike),
    Rule(PLATEAU, units_dead, tell_dead),
    Rule(CONVERGED, unmoved_for_good, tell_straight),
    Rule(PLATEAU, unmoved, tell_unmoved),
)
