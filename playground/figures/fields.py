"""Charts over a plane: the quiet map below, paths and outlines on top, points in space."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from playground.figures.ground import Map, with_gaps
from playground.figures.hover import read_out
from playground.figures.panels import Trace, axis, ground
from playground.figures.theme import LEVEL, PAPER, clear
from playground.language import tr


def field(
    drawn: Map | None,
    traces: Sequence[Trace],
    x: str,
    y: str,
    title: str = "",
    height: int = 380,
    equal: bool = True,
) -> dict[str, Any]:
    """A Plotly figure of traces on the map of a surface; `equal` gives both axes one unit."""
    layout = ground(height, title) | {"xaxis": axis(x), "yaxis": axis(y)}
    if equal:
        # Narrow, it keeps to its title: the height that is left is below it.
        layout["yaxis"] |= {"scaleanchor": "x", "constraintoward": "top"}
    data = list(traces)
    if drawn is not None:
        x0, x1, y0, y1 = drawn.window
        layout["images"] = [drawn.layer()]
        layout["xaxis"] |= {"range": [x0, x1], "showgrid": False, "constrain": "domain"}
        layout["yaxis"] |= {"range": [y0, y1], "showgrid": False, "constrain": "domain"}
        data.insert(0, polyline(drawn.levels, clear(LEVEL, 0.45), 0.8))
    return {"data": data, "layout": layout}


def path(
    points: Any, name: str, colour: str, dots: bool = True, dash: str = "solid", legend: bool = True
) -> list[Trace]:
    """A descent `points (2, T)`: casing, line, a ring at the start, a white-cored head."""
    x, y = (np.where(np.isfinite(row), row, np.nan) for row in np.asarray(points, dtype=float))
    line = {"type": "scatter", "x": x, "y": y, "showlegend": False}
    shown = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    first, last = shown[[0, -1]]
    return [
        line
        | {
            "mode": "lines",
            "line": {"color": clear(PAPER, 0.75), "width": 4.5},
            "hoverinfo": "skip",
        },
        line
        | {
            "mode": "lines+markers" if dots else "lines",
            "name": name,
            "showlegend": legend,
            "line": {"color": colour, "width": 2, "dash": dash},
            "marker": {"size": 4, "color": colour},
            **read_out(tr("update {t}: ({x}, {y})"), name, t=np.arange(x.size), x=x, y=y),
        },
        spots(x[[first]], y[[first]], tr("start"), colour, hollow=True) | {"showlegend": False},
        spots(x[[last]], y[[last]], name, colour, size=9, core=True) | {"showlegend": False},
    ]


def spots(
    x: Any,
    y: Any,
    name: str,
    colour: str,
    *,
    size: float = 9,
    hollow: bool = False,
    core: bool = False,
    symbol: str = "circle",
    opacity: float = 1.0,
    hover: str = "{x}, {y}",
) -> Trace:
    """Points: filled, a ring (`hollow`) or with a white core."""
    marker: dict[str, Any] = {"size": size, "color": colour, "symbol": symbol, "opacity": opacity}
    if hollow:
        marker["symbol"], marker["line"] = f"{symbol}-open", {"width": 2, "color": colour}
    if core:
        marker |= {"color": PAPER, "line": {"width": 2.5, "color": colour}}
    return {
        "type": "scatter",
        "mode": "markers",
        "x": x,
        "y": y,
        "name": name,
        "marker": marker,
    } | read_out(hover, name, x=x, y=y)


def outline(
    points: Any, name: str, colour: str, *, predicted: bool = False, legend: bool = True
) -> Trace:
    """A closed curve `points (2, n)`."""
    x, y = points
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "name": name,
        "showlegend": legend,
        "line": {"color": colour, "width": 2, "dash": "dash" if predicted else "solid"},
        "hovertemplate": f"{name}<extra></extra>",
    }


def polyline(lines: Sequence[np.ndarray], colour: str, width: float) -> Trace:
    """Many lines ``(M, 2)`` as one trace that says nothing when it is pointed at."""
    x, y = with_gaps(lines).T
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "hoverinfo": "skip",
        "showlegend": False,
        "line": {"color": colour, "width": width},
    }
