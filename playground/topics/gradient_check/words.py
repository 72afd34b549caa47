"""What the gradient-check page says, in sentences and tables that change with its numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from playground.language import tr
from playground.shelf import remembered
from playground.topics.gradient_check.bugs import BUGS
from playground.topics.gradient_check.check import STEPS, Curve
from playground.topics.gradient_check.components import RIGHT, WRONG, Component, worst
from playground.topics.gradient_check.lab import ALARM, HIDDEN, Asymptotes, Examination
from playground.topics.gradient_check.settings import FUNCTIONS, GradientCheck
from playground.words import Said, number, percent, setting

WHOLE = 10
"""Digits of a gradient that is compared by eye."""


@remembered
def verdict(s: GradientCheck, exam: Examination) -> Said:
    """Whether the check tells the truth, and the number that says so."""
    error, alarm = number(exam.check.error), setting(ALARM)
    label = tr(exam.verdict)
    match exam.verdict:
        case "caught":
            block = max(exam.check.blocks, key=exam.check.blocks.get)  # type: ignore[arg-type]
            said = tr("The check finds the mistake: relative error {} > {}.", error, alarm)
            said += f" {BUGS[s.bug].sentence} " + tr("It differs most in {}.", block)
            return Said(label, True, said)
        case "missed":
            said = tr("The mistake slips through: relative error {} ≤ {}.", error, alarm)
            return Said(label, False, f"{said} {_why_missed(s, exam)}")
        case "false alarm":
            said = tr(
                "The gradient is right, and yet the check complains: relative error {} > {}.",
                *(error, alarm),
            )
            return Said(label, False, f"{said} {_why_alarmed(s, exam)}")
        case "no mistake":
            return Said(label, None, _why_harmless(s))
        case "nothing to compare":
            said = tr(
                "Both gradients are 0 to rounding (below {}), so there is nothing to compare: "
                "start from other weights.",
                number(exam.noise),
            )
            return Said(label, None, said)
    said = tr("The gradient is right and passes: relative error {} ≤ {}.", error, alarm)
    return Said(label, True, said)


def _why_harmless(s: GradientCheck) -> str:
    if s.bug.startswith("regulariser"):
        return tr(
            "With λ = {} the regulariser hardly counts, and the gradient is right: raise it.",
            setting(s.regulariser),
        )
    why = tr(
        "With {} that changes nothing: the gradient is right wherever the network stands.",
        s.activation.label(),
    )
    return f"{BUGS[s.bug].sentence} {why}"


def _why_missed(s: GradientCheck, exam: Examination) -> str:
    if exam.truth < HIDDEN and s.bug.startswith("regulariser"):
        return tr("λ is so small that the regulariser hardly counts: raise it.")
    if s.regulariser > 0 and exam.truth < ALARM:
        alone = s.replace(regulariser=0.0).examined(s.bug)
        if alone.truth > ALARM:
            return tr(
                "The regulariser swallows it: the data's part alone, with λ = 0, differs by {}.",
                number(alone.truth),
            )
    if exam.truth < ALARM:
        return tr(
            "At this point it changes the gradient by only {}: let the network learn a little "
            "(warm up) and check again.",
            number(exam.truth),
        )
    return tr("A perfect check would say {}: choose another h.", number(exam.truth))


def _why_alarmed(s: GradientCheck, exam: Examination) -> str:
    if s.dropout == "fresh masks":
        return tr(
            "Every evaluation drew new masks, so two different functions were subtracted: freeze "
            "the mask or switch dropout off."
        )
    if exam.crossing > 0 and s.activation.kinked:
        return tr(
            "{} of the first layer's parameters step across a kink: take fewer points or a "
            "smaller h.",
            percent(exam.crossing),
        )
    if s.precision == "float32":
        return tr("Single precision has too few digits for a difference: check in float64.")
    return tr("The step is far from its best: move h, or take central differences.")


@remembered
def curve_table(found: list[Curve], theory: Asymptotes) -> tuple[list[str], list[list[str]]]:
    """Best step, its error and the slopes, beside theory."""
    head = [
        tr("method"),
        tr("precision"),
        tr("best h"),
        tr("in theory"),
        tr("its error"),
        tr("slope"),
        tr("in theory"),
        tr("round-off slope"),
    ]
    return head, [_curve_row(curve, theory) for curve in found]


def _curve_row(curve: Curve, theory: Asymptotes) -> list[str]:
    exact = curve.method == "complex"
    best = theory.best_h(STEPS, curve.method, curve.precision)
    return [
        tr(curve.method),
        curve.precision,
        tr("any small one") if exact else setting(curve.best_h),
        tr("any small one") if exact else "–" if np.isnan(best) else setting(best),
        number(curve.best_error),
        "–" if np.isnan(curve.slope) else number(curve.slope),
        "1" if curve.method == "forward" else "2",
        tr("none") if exact else number(curve.roundoff_slope),
    ]


GOOD = {RIGHT: True, "probably right": True, "suspicious": False, WRONG: False}
"""By what a component is; None where nothing can be said against it or for it."""


def own_words(s: GradientCheck, found: list[Component]) -> Said:
    """What the check says of the visitor's derivatives: of the component that decides."""
    place, i = f"({setting(s.x)}, {setting(s.y)})", worst(found)
    mine = found[i]
    name = f"∂f/∂{'xy'[i]}"
    pair = tr("{} against {}", number(mine.analytic), number(mine.numerical))
    match mine.verdict:
        case "undefined":
            said = _why_undefined(s, mine, name, place)
        case "kink":
            said = _kink(s, mine, name, place)
        case "cannot tell":
            said = tr(
                "At {} the difference quotient of {} is only good to ± {}, so {} proves nothing: "
                "take another h.",
                *(place, name, number(mine.worth), pair),
            )
        case "right" if max(abs(mine.analytic), abs(mine.numerical)) <= mine.worth:
            said = tr(
                "At {} your gradient is right; {} is 0 as far as h can tell: {}.", place, name, pair
            )
        case verdict:
            said = tr(
                "At {} the component farthest from its difference quotient is {}: {}, where the "
                "quotient is good to ± {}. That is {}.",
                *(place, name, pair, number(mine.worth), tr(verdict)),
            )
    return Said(tr(mine.verdict), GOOD.get(mine.verdict), said)


def _kink(s: GradientCheck, mine: Component, name: str, place: str) -> str:
    low, high = map(number, mine.sides)
    return tr(
        "A kink lies within h = {h} of {place}: the slopes beside it are {low} and {high}. Your "
        "{name} = {yours} may be taken there, and the difference across the kink, {numerical}, "
        "is no derivative. Move the point or take a smaller h.",
        h=setting(s.h),
        place=place,
        name=name,
        low=low,
        high=high,
        yours=number(mine.analytic),
        numerical=number(mine.numerical),
    )


def _why_undefined(s: GradientCheck, mine: Component, name: str, place: str) -> str:
    with np.errstate(all="ignore"):
        value = float(s.typed(np.array([s.x, s.y])))
    if not np.isfinite(value):
        return tr("f has no finite value at {}: choose a point of its domain.", place)
    if not np.isfinite(mine.analytic):
        return tr(
            "{} has no finite value at {}, though f has: there is nothing to compare.", name, place
        )
    return tr(
        "f is not defined everywhere within h = {} of {}: the edge of its domain is too near for "
        "a difference. Move the point or take a smaller h.",
        setting(s.h),
        place,
    )


@remembered
def own_table(s: GradientCheck, found: list[Component]) -> tuple[list[str], list[list[str]]]:
    """Value and gradient at the point: yours, numerical, exact, and what is said of each."""
    here = np.array([s.x, s.y])
    with np.errstate(all="ignore"):
        exact, value = s.typed.exact(here), number(float(s.typed(here)), WHOLE)
    rows = [
        [
            f"∂f/∂{name}",
            *(number(float(v), WHOLE) for v in (c.analytic, c.numerical, exact[i])),
            tr(c.verdict),
        ]
        for i, (name, c) in enumerate(zip("xy", found, strict=True))
    ]
    head = f"f({setting(s.x)}, {setting(s.y)}) = {value}"
    return [
        head,
        tr("yours"),
        tr("numerical, h = {}", setting(s.h)),
        tr("exact"),
        tr("verdict"),
    ], rows


def no_curves(s: GradientCheck) -> str:
    """Why there is no relative error to draw."""
    if s.function == FUNCTIONS[2]:
        return tr(
            "The function has no slope at ({}, {}), or one that is 0 to rounding, and nothing is "
            "relative to that: choose another point.",
            *(setting(s.x), setting(s.y)),
        )
    return tr(
        "The function has no slope, or one that is 0 to rounding, and nothing is relative to "
        "that: choose another point."
    )


def columns(found: Sequence[Curve], exams: Sequence[Examination]) -> Mapping[str, Any]:
    """The download."""
    return {
        "h": STEPS,
        **{f"{c.method} {c.precision}": c.error for c in found},
        "mistake": [e.bug for e in exams],
        "relative error": [e.check.error for e in exams],
        "perfect check": [e.truth for e in exams],
        "verdict": [e.verdict for e in exams],
    }
