"""Random draws on a line: where the good values lie and where the trials fell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

GOOD, BAD = "#2E86C9", "#9A9A9A"
OUTWARD = np.array([-1, 1])
BANDS = 40
"""Stretches of good values drawn at most, the widest first."""


class Strip(NamedTuple):
    """One budget of trials."""

    name: str
    values: np.ndarray  # (n,)
    good: np.ndarray  # (n,)


def strips(
    rows: Sequence[Strip], values: np.ndarray, good: np.ndarray, title: str, log: bool
) -> dict[str, Any]:
    """A Plotly figure of the trials, one row a budget, over the stretches of good values.

    values, good ``(n,)``: all values in ascending order and which of them are good.
    """
    names = [row.name for row in rows]
    data = [
        {
            "type": "scatter",
            "mode": "markers",
            "x": row.values[row.good == kind],
            "y": [row.name] * int((row.good == kind).sum()),
            "name": "hit" if kind else "miss",
            "marker": _mark(kind),
            "showlegend": False,
            "hovertemplate": f"{title} %{{x:.3g}}: {'hit' if kind else 'miss'}<extra></extra>",
        }
        for row in rows
        for kind in (False, True)
    ]
    shapes = [
        {
            "type": "rect",
            "xref": "x",
            "yref": "paper",
            "x0": a,
            "x1": b,
            "y0": 0,
            "y1": 1,
            "fillcolor": GOOD,
            "opacity": 0.22,
            "line": {"width": 0},
            "layer": "below",
        }
        for a, b in stretches(values, good)
    ]
    ends = np.array([values[0], values[-1]], dtype=float)
    axis = {
        "title": {"text": title},
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "ticks": "outside",
    }
    if log:
        axis |= {
            "type": "log",
            "range": (np.log10(ends) + 0.1 * OUTWARD).tolist(),
            "dtick": 1,
            "exponentformat": "power",
        }
    else:
        axis |= {"range": (ends + 0.03 * np.ptp(ends) * OUTWARD).tolist()}
    layout = {
        "height": 60 + 55 * len(rows),
        "margin": {"l": 10, "r": 10, "t": 10, "b": 40},
        "dragmode": False,
        "hovermode": "closest",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "shapes": shapes,
        "xaxis": axis,
        "yaxis": {
            "fixedrange": True,
            "showgrid": False,
            "categoryarray": names[::-1],
            "categoryorder": "array",
            "range": [-0.6, len(rows) - 0.4],
            "automargin": True,
        },
    }
    return {"data": data, "layout": layout}


def stretches(values: np.ndarray, good: np.ndarray) -> list[tuple[float, float]]:
    """The stretches of consecutive good values, at most the widest forty, in order."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], good.astype(int), [0]])))
    first, last = edges[::2], edges[1::2] - 1
    kept = np.sort(np.argsort(first - last, kind="stable")[:BANDS])
    return [(float(values[first[k]]), float(values[last[k]])) for k in kept]


def _mark(good: bool) -> dict[str, Any]:
    if good:
        return {"color": GOOD, "size": 11, "symbol": "circle"}
    return {"color": BAD, "size": 9, "symbol": "x-thin", "line": {"color": BAD, "width": 2}}
