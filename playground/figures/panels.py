"""Charts of lines: measured solid, predicted dashed, thresholds as labelled hairlines."""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from typing import Any

import numpy as np

from playground.figures.hover import read_out
from playground.figures.labels import Limit, placed
from playground.figures.theme import GREY, NOTHING
from playground.figures.ticks import MOST, numeric, ticked
from playground.language import mark, tr
from playground.words import alike, chosen_percents

Trace = dict[str, Any]


LOGARITHMIC = mark("{} (log)")
"""The title of a logarithmic axis."""
DECADES = -323, sys.float_info.max_10_exp - 1
"""The lowest power of ten that is above 0, and the last of which nine times as much is a number."""


def line(
    x: Any,
    y: Any,
    name: str,
    colour: str,
    *,
    predicted: bool = False,
    dots: bool = False,
    dash: str = "solid",
    hover: str = "{x}: {y}",
    legend: bool = True,
) -> Trace:
    """One line; what is not a finite number is a gap, and a line of one point a dot."""
    y = np.asarray(y, dtype=float)
    dots = dots or np.isfinite(y).sum() == 1
    trace: Trace = {
        "type": "scatter",
        "mode": "lines+markers" if dots else "lines",
        "x": np.asarray(x),
        "y": np.where(np.isfinite(y), y, np.nan),
        "name": name,
        "showlegend": legend,
        "line": {"color": colour, "width": 2, "dash": "dash" if predicted else dash},
    } | read_out(hover, name, x=x, y=y)
    if dots:
        trace["marker"] = {"size": 6, "color": colour}
    return trace


def positive(y: Any) -> np.ndarray:
    """What a logarithmic axis can show of y; the rest is a gap."""
    y = np.asarray(y, dtype=float)
    return np.where(np.isfinite(y) & (y > 0), y, np.nan)


def axis(title: str, log: bool = False, **more: Any) -> dict[str, Any]:
    """An axis that a finger scrolls past; a logarithmic one says so."""
    shown = {
        "title": {"text": tr(LOGARITHMIC, title) if log else title},
        "fixedrange": True,
        "zeroline": False,
        "ticklabeloverflow": "allow",
        "ticklabelstandoff": 3,  # or those of both axes meet in the corner
        "automargin": True,
        "exponentformat": "power",  # and no 100µ, where Plotly sets the ticks
    }
    if log:
        shown["type"] = "log"
    return shown | more


def figure_of(
    data: Sequence[Trace],
    x: dict[str, Any],
    y: dict[str, Any],
    limits: Sequence[Limit] = (),
    title: str = "",
    height: int = 300,
) -> dict[str, Any]:
    """A Plotly figure of one panel.

    A limit that is no number has no place on it, nor has one of 0 on a logarithmic axis.
    """
    logs = {letter for letter, of in (("x", x), ("y", y)) if of.get("type") == "log"}
    limits = [limit for limit in limits if math.isfinite(limit.value)]
    limits = [limit for limit in limits if limit.of not in logs or limit.value > 0]
    layout = {
        **ground(height, title),
        "xaxis": x | _ticks(x, data, "x"),
        "yaxis": y | _ticks(y, data, "y"),
        "shapes": [_hairline(limit) for limit in limits],
        "annotations": placed(limits, data, {"x": x, "y": y}, height),
    }
    return {"data": list(data), "layout": layout}


def _ticks(of: dict[str, Any], data: Sequence[Trace], letter: str) -> dict[str, Any]:
    """A few round ticks in our notation, where the axis is of numbers and says nothing of its own.

    A tick format in per cent stands for shares.
    """
    log, ends = of.get("type") == "log", of.get("range")
    every = [numeric(trace[letter]) for trace in data if letter in trace]
    if {"dtick", "tickvals", "type"} & set(of) - ({"type"} if log else set()) or any(
        v.dtype.kind not in "iuf" for v in every
    ):
        return {}
    if ends is None:
        seen = np.concatenate([np.empty(0), *(positive(v) if log else v for v in every)])
        seen = seen[np.isfinite(seen)]
        if not seen.size:
            return {}
        low, high = float(seen.min()), float(seen.max())
        if of.get("rangemode") == "tozero":
            low, high = min(low, 0.0), max(high, 0.0)
    else:
        low, high = (10.0 ** float(np.clip(end, *DECADES)) for end in ends) if log else ends
    most = MOST + 2 if letter == "x" and not log else MOST
    return ticked(low, high, log, most, chosen_percents if "tickformat" in of else alike)


def ground(height: int, title: str = "") -> dict[str, Any]:
    """The layout that all charts share: no template, no background, the legend above."""
    legend = {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "xanchor": "left"}
    return {
        "height": height,
        "margin": {"l": 60, "r": 14, "t": 4, "b": 44},
        "title": {"text": title},
        "dragmode": False,
        "hovermode": "closest",
        "legend": legend,
        "bargap": 0,
        "paper_bgcolor": NOTHING,
        "plot_bgcolor": NOTHING,
    }


def multiples(
    panels: Sequence[tuple[str, Sequence[Trace]]],
    x: dict[str, Any],
    y: dict[str, Any],
    columns: int = 3,
    row: int = 165,
) -> dict[str, Any]:
    """Small multiples: panels (title, traces) with the very same axes, row by row."""
    rows = -(-len(panels) // columns)
    layout = ground(40 + row * rows) | {"showlegend": False, "annotations": []}
    layout["margin"] = {"l": 56, "r": 8, "t": 24, "b": 44}
    every = [trace for _, traces in panels for trace in traces]
    across, up = x | _ticks(x, every, "x"), y | _ticks(y, every, "y")
    data = []
    for k, (title, traces) in enumerate(panels):
        i, j, tail = k // columns, k % columns, str(k + 1) if k else ""
        left, right = j / columns, (j + 1) / columns - (0.03 if j < columns - 1 else 0)
        high = 1 - i / rows - (0.06 if i else 0)
        low = 1 - (i + 1) / rows + (0.08 if i < rows - 1 else 0)
        bare = {"showticklabels": False, "title": {"text": ""}}
        below = {} if k + columns >= len(panels) else bare
        layout[f"xaxis{tail}"] = across | below | {"domain": [left, right], "anchor": f"y{tail}"}
        layout[f"yaxis{tail}"] = (
            up | ({} if j == 0 else bare) | {"domain": [low, high], "anchor": f"x{tail}"}
        )
        layout["annotations"].append(
            {
                "text": title,
                "x": left,
                "y": high,
                "xref": "paper",
                "yref": "paper",
                "xanchor": "left",
                "yanchor": "bottom",
                "showarrow": False,
                "font": {"size": 12},
            }
        )
        data += [trace | {"xaxis": f"x{tail}", "yaxis": f"y{tail}"} for trace in traces]
    return {"data": data, "layout": layout}


def _hairline(limit: Limit) -> dict[str, Any]:
    along, across = (limit.of, "y" if limit.of == "x" else "x")
    return {
        "type": "line",
        f"{along}ref": along,
        f"{across}ref": "paper",
        f"{along}0": limit.value,
        f"{along}1": limit.value,
        f"{across}0": 0,
        f"{across}1": 1,
        "line": {"color": GREY, "width": 1, "dash": "dot"},
        "layer": "below",
    }
