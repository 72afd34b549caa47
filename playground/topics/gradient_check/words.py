"""What the gradient-check page says, in sentences and tables that change with its numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from playground.topics.gradient_check.bugs import BUGS
from playground.topics.gradient_check.check import STEPS, Curve
from playground.topics.gradient_check.components import RIGHT, WRONG, Component, worst
from playground.topics.gradient_check.lab import ALARM, HIDDEN, Asymptotes, Examination
from playground.topics.gradient_check.settings import FUNCTIONS, WIDTHS, GradientCheck
from playground.topics.gradient_check.traps import (
    BESIDE,
    BurnIn,
    Kinks,
    Swallowing,
    across_the_kink,
)
from playground.words import Said, number, percent, setting

WHOLE = 10
"""Digits of a gradient that is compared by eye."""


def verdict(s: GradientCheck, exam: Examination) -> Said:
    """Whether the check tells the truth, and the number that says so."""
    error, alarm = f"relative error {number(exam.check.error)}", setting(ALARM)
    match exam.verdict:
        case "caught":
            block = max(exam.check.blocks, key=exam.check.blocks.get)  # type: ignore[arg-type]
            tail = f"{BUGS[s.bug].sentence} It differs most in {block}."
            return Said("caught", True, f"The check finds the mistake: {error} > {alarm}. {tail}")
        case "missed":
            said = f"The mistake slips through: {error} ≤ {alarm}. "
            return Said("missed", False, said + _why_missed(s, exam))
        case "false alarm":
            said = f"The gradient is right, and yet the check complains: {error} > {alarm}. "
            return Said("false alarm", False, said + _why_alarmed(s, exam))
        case "no mistake":
            return Said("no mistake", None, _why_harmless(s))
        case "nothing to compare":
            said = (
                f"Both gradients are 0 to rounding (below {number(exam.noise)}), so there is "
                "nothing to compare: start from other weights."
            )
            return Said("nothing to compare", None, said)
    return Said("passes", True, f"The gradient is right and passes: {error} ≤ {alarm}.")


def _why_harmless(s: GradientCheck) -> str:
    if s.bug.startswith("regulariser"):
        return (
            f"With λ = {setting(s.regulariser)} the regulariser hardly counts, and the gradient "
            "is right: raise it."
        )
    return (
        f"{BUGS[s.bug].sentence} With {s.activation.label()} that changes nothing: the gradient "
        "is right wherever the network stands."
    )


def _why_missed(s: GradientCheck, exam: Examination) -> str:
    if exam.truth < HIDDEN and s.bug.startswith("regulariser"):
        return "λ is so small that the regulariser hardly counts: raise it."
    if s.regulariser > 0 and exam.truth < ALARM:
        alone = s.replace(regulariser=0.0).examined(s.bug)
        if alone.truth > ALARM:
            return (
                f"The regulariser swallows it: the data's part alone, with λ = 0, differs by "
                f"{number(alone.truth)}."
            )
    if exam.truth < ALARM:
        return (
            f"At this point it changes the gradient by only {number(exam.truth)}: let the network "
            "learn a little (warm up) and check again."
        )
    return f"A perfect check would say {number(exam.truth)}: choose another h."


def _why_alarmed(s: GradientCheck, exam: Examination) -> str:
    if s.dropout == "fresh masks":
        return (
            "Every evaluation drew new masks, so two different functions were subtracted: "
            "freeze the mask or switch dropout off."
        )
    if exam.crossing > 0 and s.activation.kinked:
        return (
            f"{percent(exam.crossing)} of the first layer's parameters step across a kink: take "
            "fewer points or a smaller h."
        )
    if s.precision == "float32":
        return "Single precision has too few digits for a difference: check in float64."
    return "The step is far from its best: move h, or take central differences."


def curve_table(found: list[Curve], theory: Asymptotes) -> tuple[list[str], list[list[str]]]:
    """Best step, its error and the slopes, beside theory."""
    head = [
        "method",
        "precision",
        "best h",
        "in theory",
        "its error",
        "slope",
        "in theory",
        "round-off slope",
    ]
    return head, [_curve_row(curve, theory) for curve in found]


def _curve_row(curve: Curve, theory: Asymptotes) -> list[str]:
    exact = curve.method == "complex"
    best = theory.best_h(STEPS, curve.method, curve.precision)
    return [
        curve.method,
        curve.precision,
        "any small one" if exact else setting(curve.best_h),
        "any small one" if exact else "–" if np.isnan(best) else setting(best),
        number(curve.best_error),
        "–" if np.isnan(curve.slope) else number(curve.slope),
        "1" if curve.method == "forward" else "2",
        "none" if exact else number(curve.roundoff_slope),
    ]


GOOD = {RIGHT: True, "probably right": True, "suspicious": False, WRONG: False}
"""By what a component is; None where nothing can be said against it or for it."""


def own_words(s: GradientCheck, found: list[Component]) -> Said:
    """What the check says of the visitor's derivatives: of the component that decides."""
    place, i = f"({setting(s.x)}, {setting(s.y)})", worst(found)
    mine = found[i]
    name = f"∂f/∂{'xy'[i]}"
    pair = f"{number(mine.analytic)} against {number(mine.numerical)}"
    match mine.verdict:
        case "undefined":
            said = _why_undefined(s, mine, name, place)
        case "kink":
            low, high = map(number, mine.sides)
            said = (
                f"A kink lies within h = {setting(s.h)} of {place}: the slopes beside it are {low} "
                f"and {high}. Your {name} = {number(mine.analytic)} may be taken there, and "
                f"the difference across the kink, {number(mine.numerical)}, is no derivative. "
                "Move the point or take a smaller h."
            )
        case "cannot tell":
            said = (
                f"At {place} the difference quotient of {name} is only good to ± "
                f"{number(mine.worth)}, so {pair} proves nothing: take another h."
            )
        case "right" if max(abs(mine.analytic), abs(mine.numerical)) <= mine.worth:
            said = f"At {place} your gradient is right; {name} is 0 as far as h can tell: {pair}."
        case verdict:
            said = (
                f"At {place} the component farthest from its difference quotient is {name}: {pair}"
                f", where the quotient is good to ± {number(mine.worth)}. That is {verdict}."
            )
    return Said(mine.verdict, GOOD.get(mine.verdict), said)


def _why_undefined(s: GradientCheck, mine: Component, name: str, place: str) -> str:
    with np.errstate(all="ignore"):
        value = float(s.typed(np.array([s.x, s.y])))
    if not np.isfinite(value):
        return f"f has no finite value at {place}: choose a point of its domain."
    if not np.isfinite(mine.analytic):
        return f"{name} has no finite value at {place}, though f has: there is nothing to compare."
    return (
        f"f is not defined everywhere within h = {setting(s.h)} of {place}: the edge of its domain "
        "is too near for a difference. Move the point or take a smaller h."
    )


def own_table(s: GradientCheck, found: list[Component]) -> tuple[list[str], list[list[str]]]:
    """Value and gradient at the point: yours, numerical, exact, and what is said of each."""
    here = np.array([s.x, s.y])
    with np.errstate(all="ignore"):
        exact, value = s.typed.exact(here), number(float(s.typed(here)), WHOLE)
    rows = [
        [
            f"∂f/∂{name}",
            *(number(float(v), WHOLE) for v in (c.analytic, c.numerical, exact[i])),
            c.verdict,
        ]
        for i, (name, c) in enumerate(zip("xy", found, strict=True))
    ]
    head = f"f({setting(s.x)}, {setting(s.y)}) = {value}"
    return [head, "yours", f"numerical, h = {setting(s.h)}", "exact", "verdict"], rows


def no_curves(s: GradientCheck) -> str:
    """Why there is no relative error to draw."""
    where = f" at ({setting(s.x)}, {setting(s.y)})" if s.function == FUNCTIONS[2] else ""
    return (
        f"The function has no slope{where}, or one that is 0 to rounding, and nothing is relative "
        "to that: choose another point."
    )


def trap_words(found: Swallowing, burned: BurnIn, kinked: Mapping[float, Kinks]) -> list[str]:
    """One sentence for each trap, with its numbers."""
    wide, narrow = (kinked[h] for h in WIDTHS)
    last, most = float(found.regulariser[-1]), wide.points[-1]
    return [
        f"The mistake stays {number(found.data)} in the data's part, but at λ = {setting(last)} "
        f"the whole gradient differs by only {number(found.whole[-1])}. Check with λ = 0, and λ "
        "alone.",
        f"With {most} points {percent(wide.failing()[-1])} of the right gradients fail at h = "
        f"{setting(WIDTHS[0])}, {percent(narrow.failing()[-1])} at h = {setting(WIDTHS[1])}. "
        f"Beside a kink, at x = {setting(BESIDE)}, the central difference of ReLU is "
        f"{number(across_the_kink())} instead of 0.",
        f"A forgotten φ′ differs by {number(burned.zero)} at zero weights and "
        f"{number(burned.tiny)} at tiny ones, but by {number(burned.after)} after "
        f"{len(burned.error) - 1} updates. Check again after a warm-up.",
    ]


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
