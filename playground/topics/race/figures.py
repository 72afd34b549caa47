"""Figures of a race that are not played: what each ingredient multiplied a step by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from playground.figures.theme import GRADIENT, GREY, SCALE, VELOCITY
from playground.microscope import Stage

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
        "y": [stage.name for stage in made],
        "marker": {
            "color": [COLOURS.get(stage.name, GREY) for stage in made],
            "pattern": {"shape": ["/" if f is not None and f < 0 else "" for f in own]},
        },
        "text": ["" if f is None else f"× {f:.3g}" for f in own],
        "textposition": "auto",
        "cliponaxis": False,
        "hoverinfo": "text",
    }
    layout = {
        "height": 76 + 30 * len(made),
        "margin": {"l": 100, "r": 10, "t": 4, "b": 44},
        "xaxis": {
            "type": "log",
            "range": [ends[0] - 0.4, ends[1] + 0.4],
            "fixedrange": True,
            "zeroline": False,
            "title": {"text": f"factor on Δ{'xy'[i]}, log axis; striped: reversed"},
            "tickvals": [10.0**n for n in range(-12, 13)],
            "exponentformat": "power",
        },
        "yaxis": {"autorange": "reversed", "fixedrange": True, "showgrid": False},
        "shapes": [
            {
                "type": "line",
                "yref": "paper",
                "x0": 1,
                "x1": 1,
                "y0": 0,
                "y1": 1,
                "line": {"width": 1, "color": GREY},
            }
        ],
    }
    return {"data": [bars], "layout": layout}
