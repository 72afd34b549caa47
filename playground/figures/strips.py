"""Random draws on a line: where the good values lie and where the trials fell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from playground.figures.hover import read_out
from playground.figures.panels import axis, figure_of
from playground.figures.theme import HIT, MISS
from playground.language import tr

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
    data = [_trials(row, good, title) for row in rows for good in (False, True)]
    shapes = [_stretch(a, b) for a, b in stretches(values, good)]
    ends = np.array([values[0], values[-1]], dtype=float)
    x: dict[str, Any] = {"ticks": "outside", "showgrid": False}
    if log:
        x |= {"range": (np.log10(ends) + 0.1 * OUTWARD).tolist()}
    else:
        x |= {"range": (ends + 0.03 * np.ptp(ends) * OUTWARD).tolist()}
    y: dict[str, Any] = {
        "showgrid": False,
        "categoryarray": [row.name for row in rows][::-1],
        "categoryorder": "array",
        "range": [-0.6, len(rows) - 0.4],
    }
    figure = figure_of(data, axis(title, log, **x), axis("", **y), height=60 + 55 * len(rows))
    figure["layout"] |= {"margin": {"l": 10, "r": 10, "t": 10, "b": 40}, "shapes": shapes}
    return figure


def _trials(row: Strip, good: bool, title: str) -> dict[str, Any]:
    """The hits of a budget, or its misses."""
    name, mine = tr("hit") if good else tr("miss"), row.good == good
    return {
        "type": "scatter",
        "mode": "markers",
        "x": row.values[mine],
        "y": [row.name] * int(mine.sum()),
        "name": name,
        "marker": _mark(good),
        "showlegend": False,
        **read_out(f"{title} {{x}}: {name}", x=row.values[mine]),
    }


def _stretch(low: float, high: float) -> dict[str, Any]:
    """A band behind the trials."""
    return {
        "type": "rect",
        "xref": "x",
        "yref": "paper",
        "x0": low,
        "x1": high,
        "y0": 0,
        "y1": 1,
        "fillcolor": HIT,
        "opacity": 0.22,
        "line": {"width": 0},
        "layer": "below",
    }


def stretches(values: np.ndarray, good: np.ndarray) -> list[tuple[float, float]]:
    """The stretches of consecutive good values, at most the widest `BANDS`, in order."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], good.astype(int), [0]])))
    first, last = edges[::2], edges[1::2] - 1
    kept = np.sort(np.argsort(first - last, kind="stable")[:BANDS])
    return [(float(values[first[k]]), float(values[last[k]])) for k in kept]


def _mark(good: bool) -> dict[str, Any]:
    if good:
        return {"color": HIT, "size": 11, "symbol": "circle"}
    return {"color": MISS, "size": 9, "symbol": "x-thin", "line": {"color": MISS, "width": 2}}
