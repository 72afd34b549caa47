"""Figures on whose axes nothing can be drawn, and what is said in their place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from playground.figures.spoken import unmarked
from playground.figures.ticks import numeric
from playground.language import tr


def empty(figure: Mapping[str, Any]) -> bool:
    """Whether no trace has a value that its axes can show."""
    return not any(_draws(trace, figure["layout"]) for trace in figure["data"])


def _draws(trace: Mapping[str, Any], layout: Mapping[str, Any]) -> bool:
    if not {"x", "y"} <= set(trace) or "z" in trace or trace.get("type", "scatter") == "bar":
        return True  # of what is no line, this is not the place to judge
    shown = [_shown(trace[of], layout.get(_axis(trace, of), {})) for of in "xy"]
    return bool(np.any(shown[0] & shown[1]))


def _axis(trace: Mapping[str, Any], of: str) -> str:
    """The name of the axis of a trace in the layout: "y2" is "yaxis2" there."""
    return f"{of}axis{str(trace.get(f'{of}axis', of))[1:]}"


def _shown(values: Any, axis: Mapping[str, Any]) -> np.ndarray:
    values = numeric(values)
    if values.dtype.kind not in "iuf":
        return np.ones(values.shape, dtype=bool)
    shown: np.ndarray = np.isfinite(values)
    return shown & (values > 0) if axis.get("type") == "log" else shown


def nothing_of(figure: Mapping[str, Any]) -> str:
    """That there is nothing to draw, and what the figure says of why."""
    notes = [unmarked(note["text"]) for note in figure["layout"].get("annotations", ())]
    return tr("Nothing to draw: {}.", ", ".join(notes)) if notes else tr("Nothing to draw.")
