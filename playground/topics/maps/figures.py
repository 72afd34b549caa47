"""Maps of many descents: one coloured cell per descent, theory's border dashed on top."""

from __future__ import annotations

from typing import Any

import numpy as np

from playground.figures.fields import polyline
from playground.figures.ground import draw_surface
from playground.figures.panels import ground
from playground.figures.ruler import Ruler, still
from playground.figures.theme import FAST_TO_SLOW, GREY, INK, PAPER, clear
from playground.language import tr
from playground.surfaces import Surface
from playground.topics.maps.basins import Basins
from playground.topics.maps.layers import Layer, basin_layers, sweep_layers, verdict_layers
from playground.topics.maps.sweep import Sweep
from playground.words import alike, setting

HIGH, LOW = 560, 440
"""Pixels; of the map of starts two stand side by side."""
ON_CELLS = {"type": "scatter", "xaxis": "x2", "yaxis": "y2", "hoverinfo": "skip"}
"""What is drawn between the cells: see `Ruler.axes`."""


def parameter_map(
    measured: Sweep,
    judged: np.ndarray | None,
    x: Ruler,
    y: Ruler,
    names: tuple[str, str],
    here: tuple[float, float],
    edge: np.ndarray | None = None,
    most: int = 0,
) -> dict[str, Any]:
    """A Plotly figure of the cells of two parameters; the best one is marked with a star.

    judged: the outcome of every cell, in whose colours it is; None where steps are shown.  names:
    of the axes.  here: the current pair, drawn as a crosshair.  edge: theory's border as
    an x for each row ``(ny,)``, drawn dashed; NaN has none.  most: the largest number of steps,
    where they are shown.
    """
    layers = sweep_layers(measured) if judged is None else verdict_layers(judged)
    where = f"{names[0]} %{{x}}<br>{names[1]} %{{y}}"
    xs, ys = [setting(v) for v in x.values.tolist()], [setting(v) for v in y.values.tolist()]
    data = [_cells(layer, xs, ys, where, most) for layer in layers if _used(layer)]
    rows = np.arange(len(y.values))
    if edge is not None and np.isfinite(edge).any():
        data += _dashed(x.place(edge), rows, tr("border in theory"))
    data += _crosshair(float(x.place(here[0])), float(y.place(here[1])), len(xs), len(ys))
    if (best := measured.best) is not None:
        data.append(_marked(x.place(best[0]), y.place(best[1]), tr("best cell"), "star", 13, 1))
    return {"data": data, "layout": _layout(HIGH) | x.axes(names[0], "x") | y.axes(names[1], "y")}


def basin_map(
    basins: Basins, judged: np.ndarray | None, surface: Surface, steps: int
) -> dict[str, Any]:
    """A Plotly figure of the starts of a surface, with its level lines and minima on top.

    judged: the outcome from every start, in whose colours it is; None where minima are shown.
    """
    layers = basin_layers(basins, steps) if judged is None else verdict_layers(judged)
    where = tr("start (%{x}, %{y})")
    data = [_cells(layer, basins.x, basins.y, where) for layer in layers if _used(layer)]
    for trace in data:
        trace |= {"xaxis": "x", "yaxis": "y"}
    data.append(polyline(draw_surface(surface, size=100).levels, clear(INK, 0.35), 0.7))
    data.append(
        {
            "type": "scatter",
            "mode": "markers",
            "x": basins.minima[0],
            "y": basins.minima[1],
            "hoverinfo": "skip",
            "showlegend": False,
            "marker": {
                "symbol": "star",
                "color": PAPER,
                "size": 11 if len(basins.heights) < 20 else 6,
                "line": {"color": INK, "width": 1.2},
            },
        }
    )
    x, y = still(tr("x of the start")), still(tr("y of the start"))
    x["range"], y["range"] = _edges(basins.x), _edges(basins.y)
    return {"data": data, "layout": {**_layout(LOW), "xaxis": x, "yaxis": y}}


def _used(layer: Layer) -> bool:
    return bool(np.isfinite(layer.z).any())


def _cells(layer: Layer, x: Any, y: Any, where: str, most: int = 0) -> dict[str, Any]:
    trace = {
        "type": "heatmap",
        "x": x,
        "y": y,
        "z": layer.z.astype(np.float32),
        "zmin": 0,
        "zmax": 1,
        "colorscale": _scale(layer.colours),
        "showscale": False,
        "hoverongaps": False,
        "hovertemplate": f"{where}<br>{layer.words}<extra></extra>",
    }
    if layer.numbers is not None:
        trace["customdata"] = [
            [None if np.isnan(v) else int(v) for v in row] for row in layer.numbers
        ]
    if layer.colours is FAST_TO_SLOW and most:
        return trace | {"showscale": True, "colorbar": _steps_bar(most)}
    return trace | {"name": layer.name, "showlegend": True}


def _scale(colours: tuple[str, ...]) -> list[list[Any]]:
    stops = np.linspace(0, 1, max(len(colours), 2))
    return [[float(s), colours[min(i, len(colours) - 1)]] for i, s in enumerate(stops)]


def _steps_bar(most: int) -> dict[str, Any]:
    """The colour bar of steps, on a log scale."""
    ticks = [n for d in range(5) for n in (10**d, 3 * 10**d) if n <= most]
    return {
        "title": {"text": tr("steps (log)"), "side": "right"},
        "thickness": 12,
        "outlinewidth": 0,
        "tickvals": np.log10(ticks) / np.log10(max(most, 2)),
        "ticktext": alike(ticks),
    }


def _dashed(x: np.ndarray, y: np.ndarray, name: str) -> list[dict[str, Any]]:
    """A dashed line on a pale casing, legible on any cell."""
    line = {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "xaxis": "x2",
        "yaxis": "y2",
        "hoverinfo": "skip",
    }
    return [
        line | {"line": {"color": clear(PAPER, 0.85), "width": 4}, "showlegend": False},
        line | {"line": {"color": INK, "width": 2, "dash": "dash"}, "showlegend": False},
        # The legend lies on the page, not on the cells: its sample follows the theme.
        line
        | {
            "x": [None],
            "y": [None],
            "line": {"width": 2, "dash": "dash", "color": GREY},
            "name": name,
            "showlegend": True,
        },
    ]


def _marked(x: Any, y: Any, name: str, symbol: str, size: int, width: int) -> dict[str, Any]:
    """One cell, marked and named in the legend."""
    line = {"color": INK, "width": width}
    marker = {"size": size, "symbol": symbol, "color": PAPER, "line": line}
    place = {"x": [float(x)], "y": [float(y)]}
    return ON_CELLS | place | {"mode": "markers", "name": name, "marker": marker}


def _crosshair(x: float, y: float, nx: int, ny: int) -> list[dict[str, Any]]:
    """Two hairlines and a ring."""
    lines = ON_CELLS | {
        "mode": "lines",
        "x": [x, x, None, -0.5, nx - 0.5],
        "showlegend": False,
        "y": [-0.5, ny - 0.5, None, y, y],
    }
    return [
        lines | {"line": {"color": clear(PAPER, 0.45), "width": 3}},
        lines | {"line": {"color": clear(INK, 0.7), "width": 1}},
        _marked(x, y, tr("this run"), "circle", 12, 3),
    ]


def _layout(height: int) -> dict[str, Any]:
    return ground(height) | {"margin": {"l": 60, "r": 10, "t": 10, "b": 50}}


def _edges(centres: np.ndarray) -> list[float]:
    half = (centres[1] - centres[0]) / 2
    return [float(centres[0] - half), float(centres[-1] + half)]
