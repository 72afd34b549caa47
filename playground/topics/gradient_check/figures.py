"""Gradient checks: error against the difference h, mistakes found and missed, and the traps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from playground.figures.hover import read_out
from playground.figures.panels import Limit, axis, figure_of, line, positive
from playground.figures.theme import BLUE, GRADIENT, GREEN, GREY, OCHRE, VERMILION
from playground.language import tr
from playground.topics.gradient_check.check import THRESHOLDS, Curve, meaning_of
from playground.topics.gradient_check.lab import ALARM, Asymptotes, Examination
from playground.topics.gradient_check.traps import BurnIn, Kinks, Swallowing, expected_crossing
from playground.words import setting

METHODS = {"forward": VERMILION, "central": BLUE, "complex": GREEN}
VERDICTS = {
    "caught": (GREEN, "circle"),
    "passes": (BLUE, "circle-open"),
    "missed": (GRADIENT, "x"),
    "false alarm": (OCHRE, "diamond"),
    "no mistake": (GREY, "circle-open"),
    "nothing to compare": (GREY, "square-open"),
}
"""Colour and mark of what a check does."""
LOWEST = 1e-13
"""Where a check without any error is drawn on a logarithmic axis."""


def thresholds(of: str = "y") -> list[Limit]:
    """The limits of a relative error, each labelled with what begins there."""
    limits = [limit for limit, _ in THRESHOLDS[:-1]]
    return [Limit(limit, tr(meaning_of(1.01 * limit).partition(":")[0]), of) for limit in limits]


def bugs(found: Sequence[Examination], chosen: str) -> dict[str, Any]:
    """What the check reports for every mistake, beside what a perfect check would report."""
    names = [tr(exam.bug) for exam in found]
    data: list[dict[str, Any]] = [
        {
            "type": "scatter",
            "mode": "markers",
            "y": names,
            "name": tr("a perfect check"),
            "x": [max(exam.truth, LOWEST) for exam in found],
            "hoverinfo": "skip",
            "marker": {"symbol": "line-ns", "size": 16, "line": {"width": 2, "color": GREY}},
        }
    ]
    for verdict, (colour, symbol) in VERDICTS.items():
        mine = [exam for exam in found if exam.verdict == verdict]
        data.append(
            {
                "type": "scatter",
                "mode": "markers",
                "y": [tr(exam.bug) for exam in mine],
                "x": [max(exam.check.error, LOWEST) for exam in mine],
                "name": tr(verdict),
                "marker": {
                    "symbol": symbol,
                    "color": colour,
                    "line": {"color": colour, "width": 2.5 if symbol.endswith("open") else 0},
                    "opacity": 1,  # by default marks of several sizes let the ground through
                    "size": [16 if exam.bug == chosen else 10 for exam in mine],
                },
                **read_out(f"%{{y}}: {{e}}, {tr(verdict)}", e=[exam.check.error for exam in mine]),
                "visible": True if mine else "legendonly",
                "showlegend": bool(mine),
            }
        )
    y = axis(
        "",
        categoryorder="array",
        categoryarray=names[::-1],
        showgrid=False,
        range=[-0.6, len(names) + 0.9],
    )
    x = axis(tr("relative error"), log=True, range=[np.log10(LOWEST) - 0.3, 0.3], tickangle=0)
    return figure_of(data, x, y, thresholds("x"), tr("Every mistake under these conditions"), 380)


def blocks(exam: Examination) -> dict[str, Any]:
    """Relative error of each block of parameters: where to look."""
    found = exam.check.blocks
    colours = [
        METHODS["forward"] if error > ALARM else METHODS["central"] for error in found.values()
    ]
    data = [
        {
            "type": "scatter",
            "mode": "markers",
            "x": list(found),
            "y": [max(error, LOWEST) for error in found.values()],
            "marker": {"size": 14, "color": colours},
            "showlegend": False,
            **read_out("%{x}: {error}", error=list(found.values())),
        }
    ]
    y = axis(tr("relative error"), log=True, range=[np.log10(LOWEST) - 0.3, 0.5])
    return figure_of(
        data, axis(tr("block of parameters")), y, thresholds(), tr("Where it differs"), 380
    )


def u_curve(
    curves: Sequence[Curve], theory: Asymptotes, precision: str, h: float
) -> dict[str, Any]:
    """Relative error against the difference h, every method in one precision; theory dashed."""
    data = []
    for curve in (curve for curve in curves if curve.precision == precision):
        colour, hover = METHODS[curve.method], "h = {x}: {y}"
        data.append(line(curve.h, positive(curve.error), tr(curve.method), colour, hover=hover))
        predicted = theory.truncation(curve.h, curve.method) + theory.roundoff(
            curve.h, curve.method, precision
        )
        data.append(
            line(
                curve.h,
                positive(predicted),
                tr("{}, theory", tr(curve.method)),
                colour,
                predicted=True,
                hover=hover,
                legend=False,
            )
        )
    x = axis(tr("difference h"), log=True, range=[-18, -0.5])
    y = axis(tr("relative error"), log=True, range=[-17.5, 0.5])
    return figure_of(data, x, y, [Limit(h, "h", "x")], precision, 340)


def swallowing(found: Swallowing, current: float) -> dict[str, Any]:
    """A mistake in the data's gradient disappears behind the regulariser."""
    large = found.regulariser[found.regulariser > 0]
    tail = found.whole[-1] * large[-1] / large
    hover = "λ = {x}: {y}"
    data = [
        line(
            large,
            found.whole[found.regulariser > 0],
            tr("whole gradient"),
            METHODS["forward"],
            dots=True,
            hover=hover,
        ),
        line(
            large,
            np.full(len(large), found.data),
            tr("data's part alone"),
            METHODS["central"],
            hover=hover,
        ),
        line(
            large,
            positive(np.where(tail < 1, tail, np.nan)),
            "1/λ",
            GREY,
            predicted=True,
            hover=hover,
        ),
    ]
    y = axis(tr("relative error"), log=True, range=[-8, 0.5])
    limits = [*thresholds(), Limit(current, "λ", "x")]
    return figure_of(data, axis(tr("regulariser λ"), log=True), y, limits, tr("Swallowed by λ"))


def kinks(found: Mapping[float, Kinks]) -> dict[str, Any]:
    """Right gradients that fail, and how many parameters step across a kink."""
    data, colours = [], (METHODS["forward"], METHODS["central"])
    hover = tr("{x} examples: {y:%}")
    for (h, kink), colour in zip(found.items(), colours, strict=True):
        data += [
            line(
                kink.points,
                kink.failing(),
                tr("fail, h = {}", setting(h)),
                colour,
                dots=True,
                hover=hover,
            ),
            line(
                kink.points,
                kink.crossing,
                tr("cross, h = {}", setting(h)),
                colour,
                dash="dot",
                hover=hover,
            ),
            line(
                kink.points,
                expected_crossing(kink.points, h),
                tr("cross in theory, h = {}", setting(h)),
                colour,
                predicted=True,
                hover=hover,
                legend=False,
            ),
        ]
    y = axis(tr("share"), tickformat=".0%", range=[-0.03, 1.08])
    return figure_of(
        data, axis(tr("examples"), log=True), y, (), tr("Right, and yet it fails: kinks")
    )


def burn_in(found: BurnIn) -> dict[str, Any]:
    """A mistake that the start hides, along the training it spoils."""
    t = np.arange(len(found.error))
    data = [
        line(
            t,
            positive(found.error),
            tr("relative error"),
            METHODS["forward"],
            hover=tr("update {x}: {y}"),
        )
    ]
    y = axis(tr("relative error"), log=True, range=[-11, 0.5])
    return figure_of(
        data,
        axis(tr("updates with the wrong gradient")),
        y,
        thresholds(),
        tr("Hidden at the start"),
    )
