"""What the gradient-check page says, in sentences and tables that change with its numbers."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from playground.networks.activations import LeakyReLU, ReLU
from playground.topics.gradient_check.bugs import BUGS
from playground.topics.gradient_check.check import STEPS, Check, Curve
from playground.topics.gradient_check.lab import ALARM, HIDDEN, Asymptotes, Examination
from playground.topics.gradient_check.settings import WIDTHS, Conditions
from playground.topics.gradient_check.traps import BurnIn, Kinks, Swallowing, across_the_kink


def verdict(s: Conditions, exam: Examination) -> tuple[str, bool, str]:
    """Label, whether the check tells the truth, and the sentence with the number."""
    error = f"relative error {exam.check.error:.2g}"
    match exam.verdict:
        case "caught":
            block = max(exam.check.blocks, key=exam.check.blocks.get)  # type: ignore[arg-type]
            tail = f"{BUGS[s.bug].sentence} It differs most in {block}."
            return "caught", True, f"The check finds the mistake: {error} > {ALARM:g}. {tail}"
        case "missed":
            said = f"The mistake slips through: {error} ≤ {ALARM:g}. "
            return "missed", False, said + _why_missed(s, exam)
        case "false alarm":
            said = f"The gradient is right, and yet the check complains: {error} > {ALARM:g}. "
            return "false alarm", False, said + _why_alarmed(s, exam)
    return "passes", True, f"The gradient is right and passes: {error} ≤ {ALARM:g}."


def _why_missed(s: Conditions, exam: Examination) -> str:
    if exam.truth < HIDDEN and s.bug.startswith("regulariser"):
        return "λ is so small that the regulariser hardly counts: raise it."
    if s.regulariser > 0 and exam.truth < ALARM:
        alone = s.replace(regulariser=0.0).examined(s.bug)
        if alone.truth > ALARM:
            return (
                f"The regulariser swallows it: the data's part alone, with λ = 0, differs by "
                f"{alone.truth:.2g}."
            )
    if exam.truth < ALARM:
        return (
            f"At this point it changes the gradient by only {exam.truth:.2g}: let the network "
            "learn a little (warm up) and check again."
        )
    return f"A perfect check would say {exam.truth:.2g}: choose another h."


def _why_alarmed(s: Conditions, exam: Examination) -> str:
    if s.dropout == "fresh masks":
        return (
            "Every evaluation drew new masks, so two different functions were subtracted: "
            "freeze the mask or switch dropout off."
        )
    if exam.crossing > 0 and isinstance(s.activation, (ReLU, LeakyReLU)):
        return (
            f"{exam.crossing:.1%} of the first layer's parameters step across a kink: take "
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
    rows = []
    for curve in found:
        exact = curve.method == "complex"
        best = theory.best_h(STEPS, curve.method, curve.precision)
        rows.append(
            [
                curve.method,
                curve.precision,
                "any small one" if exact else f"{curve.best_h:.0e}",
                "any small one" if exact else f"{best:.0e}",
                f"{curve.best_error:.1e}",
                _number(curve.slope),
                "1" if curve.method == "forward" else "2",
                "none" if exact else _number(curve.roundoff_slope),
            ]
        )
    return head, rows


def _number(value: float) -> str:
    return "–" if np.isnan(value) else f"{value:.3g}"


def own_words(s: Conditions, check: Check) -> tuple[str, bool, str]:
    """What the check says of the visitor's derivatives."""
    if not np.isfinite(check.error):
        return "undefined", False, f"The function has no finite slope at ({s.x:g}, {s.y:g})."
    judged = check.judgement
    return (
        judged.partition(":")[0],
        check.error <= ALARM,
        (
            f"At ({s.x:g}, {s.y:g}) your gradient and the difference quotient differ by "
            f"{check.error:.2g}: {judged}."
        ),
    )


def own_table(s: Conditions, check: Check) -> tuple[list[str], list[list[str]]]:
    """Value and gradient at the point: yours, numerical, exact."""
    exact = s.typed.exact(np.array([s.x, s.y]))
    rows = [
        [f"∂f/∂{name}", *(f"{float(v[i]):.10g}" for v in (check.analytic, check.numerical, exact))]
        for i, name in enumerate("xy")
    ]
    value = f"f({s.x:g}, {s.y:g}) = {float(s.typed(np.array([s.x, s.y]))):.10g}"
    return [value, "yours", f"numerical, h = {s.h:g}", "exact"], rows


def trap_words(found: Swallowing, burned: BurnIn, kinked: Mapping[float, Kinks]) -> list[str]:
    """One sentence for each trap, with its numbers."""
    wide, narrow = kinked.values()
    last, most = found.regulariser[-1], wide.points[-1]
    return [
        f"The mistake stays {found.data:.2g} in the data's part, but at λ = {last:g} the whole "
        f"gradient differs by only {found.whole[-1]:.2g}. Check with λ = 0, and λ alone.",
        f"With {most} points {wide.failing()[-1]:.0%} of the right gradients fail at h = "
        f"{WIDTHS[0]:g}, {narrow.failing()[-1]:.0%} at h = {WIDTHS[1]:g}. Beside a kink, at "
        f"x = −1e-6, the central difference of ReLU is {across_the_kink():.2g} instead of 0.",
        f"A forgotten φ′ differs by {burned.zero:.1g} at zero weights and {burned.tiny:.1g} at "
        f"tiny ones, but by {burned.after:.2g} after {len(burned.error) - 1} updates. Check "
        "again after a warm-up.",
    ]
