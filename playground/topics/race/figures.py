"""Figures of a race that are not played: the factors of a step, and the modes of a path."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from playground.figures.panels import Limit, axis, figure_of
from playground.figures.theme import GRADIENT, GREY, RUNNERS, SCALE, VELOCITY
from playground.language import tr
from playground.microscope import Mode, Stage
from playground.words import number

COLOURS = {"gradient": GRADIENT, "memory": VELOCITY, "scaling": SCALE}


def factors(stages: Sequence[Stage], i: int) -> dict[str, Any]:
    """Bars from 1 to what each ingredient multiplied coordinate i of the step by, on a log axis."""
    made = stages[1:]
    factor = np.array([stage.factor for stage in made])
    every = np.abs(factor[np.isfinite(factor) & (factor != 0)])
    ends = np.log10([np.min(every, initial=0.5), np.max(every, initial=2.0)])
    own = [float(f) if np.isfinite(f) and f != 0 else None for f in factor[:, i]]
    bars = {
        "type": "bar",
        "orientation": "h",
        "width": 0.6,
        "base": 1.0,
        "x": [None if f is None else abs(f) - 1 for f in own],
        "y": [tr(stage.name) for stage in made],
        "marker": {
            "color": [COLOURS.get(stage.name, GREY) for stage in made],
            "pattern": {"shape": ["/" if f is not None and f < 0 else "" for f in own]},
        },
        "text": ["" if f is None else f"× {number(f)}" for f in own],
        "textposition": "auto",
        "cliponaxis": False,
        "hoverinfo": "text",
    }
    figure = figure_of(
        [bars],
        axis(
            tr("factor on Δ{}; striped: reversed", "xy"[i]),
            log=True,
            range=[ends[0] - 0.4, ends[1] + 0.4],
        ),
        axis("", autorange="reversed", showgrid=False),
        [Limit(1.0, "", of="x")],
        height=76 + 30 * len(made),
    )
    figure["layout"]["margin"] = {"l": 100, "r": 10, "t": 4, "b": 44}
    return figure


POINTS = 600
"""Points of a line at most; longer runs keep the lowest and highest of every stretch."""


def amplitudes(names: dict[str, str], modes: dict[str, Mode]) -> dict[str, Any]:
    """|amplitude| of one mode of every runner over the step."""
    data: list[dict[str, Any]] = []
    for slot, mode in modes.items():
        mark, size = RUNNERS[slot], np.abs(mode.amplitude)
        steps = _thin(size)
        line = {"color": mark.colour, "width": 2}
        runner: dict[str, Any] = {"legendgroup": slot}
        data.append(_trace(steps, size[steps], names[slot], line=line, mode="lines", **runner))
        at, runner["showlegend"] = mode.flips, False
        if at.size:
            data.append(
                _trace(
                    at,
                    size[at],
                    tr("{} changes sign", names[slot]),
                    mode="markers",
                    marker={"color": mark.colour, "size": 4},
                    **runner,
                )
            )
        if np.any(mode.line > 0):
            told = np.flatnonzero(mode.line > 0)[[0, -1]]
            line = {"color": mark.colour, "width": 1.5, "dash": "dash"}
            data.append(
                _trace(
                    told,
                    mode.line[told],
                    tr("{} predicted", names[slot]),
                    line=line,
                    mode="lines",
                    opacity=0.8,
                    **runner,
                )
            )
    figure = figure_of(data, axis(tr("step")), axis(tr("|amplitude|"), log=True), height=360)
    figure["layout"] |= {"margin": {"l": 56, "r": 8, "t": 8, "b": 40}, "showlegend": True}
    return figure


def _trace(x: Any, y: Any, name: str, **options: Any) -> dict[str, Any]:
    values = [value if math.isfinite(value) else None for value in np.asarray(y).tolist()]
    return {"type": "scatter", "x": np.asarray(x).tolist(), "y": values, "name": name, **options}


def _thin(size: np.ndarray) -> np.ndarray:
    """Steps to draw: all, or of a long run the lowest and highest of every stretch."""
    if len(size) <= POINTS:
        return np.arange(len(size))
    known = np.nan_to_num(size)
    stretches = np.array_split(np.arange(len(size)), POINTS // 2)
    kept = {int(s[k]) for s in stretches for k in (np.argmin(known[s]), np.argmax(known[s]))}
    return np.array(sorted({0, len(size) - 1, *kept}))
