"""Maps of many descents: one coloured cell per descent, theory's border dashed on top."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from playground.diagnosis import MEANING, OUTCOMES
from playground.figures.ground import draw_surface
from playground.figures.ruler import Ruler, still
from playground.links import to_text
from playground.surfaces import Surface
from playground.topics.maps.basins import Basins
from playground.topics.maps.sweep import Sweep

FAST_TO_SLOW = ("#08306B", "#1B62A5", "#4A97C9", "#8CC3E0", "#C6DFF0")
"""Steps: one hue, dark where few are needed; the pale end stays apart from grey."""
ON_THE_WAY, DIVERGED, NOT_FINITE = "#B4B4B4", "#E08A4A", "#474747"
MINIMA = ("#0072B2", "#D55E00", "#009E73", "#C2519C", "#B8860B", "#7A4FC9", "#3FA7DC", "#8C564B")
"""The lowest minimum first; all beyond these share the last colour."""
VERDICTS = {
    "diverged": DIVERGED,
    "noise_floor": "#8C564B",
    "edge_of_stability": "#7A4FC9",
    "converged": "#0B4F8A",
    "local_minimum": "#3FA7DC",
    "saddle": "#C2519C",
    "oscillating": "#C9A400",
    "limit_cycle": "#EBD671",
    "plateau": "#6B6B6B",
    "step_collapse": "#5E8C6A",
    "slow": "#9FC8A9",
    "in_progress": ON_THE_WAY,
}
"""A colour for each outcome of the diagnosis: arrived blue, bouncing yellow, too slow green."""
INK = "#10151D"
"""Lines on the cells, which are the same in the light and the dark theme."""


class Layer(NamedTuple):
    """Some cells of a map: their colours, their name in the legend, and what the hover says."""

    name: str
    colours: tuple[str, ...]
    z: np.ndarray  # (ny, nx): place on the colour scale; NaN where another layer has the cell
    words: str = ""
    """Hover text; ``%{customdata}`` stands for the cell's entry of `numbers`."""
    numbers: np.ndarray | None = None  # (ny, nx)


def steps_layer(steps: np.ndarray, most: int) -> Layer:
    """Cells coloured by the logarithm of their steps; NaN stays empty."""
    place = np.log10(np.maximum(steps, 1)) / np.log10(max(most, 2))
    return Layer("arrived", FAST_TO_SLOW, place, "arrived after %{customdata} steps", steps)


def flat_layer(name: str, colour: str, cells: np.ndarray, words: str = "") -> Layer:
    """Cells of one colour."""
    return Layer(name, (colour,), np.where(cells, 0.0, np.nan), words or name)


def sweep_layers(sweep: Sweep) -> list[Layer]:
    """Steps where a cell arrived, one colour for each other outcome."""
    after = f"after {sweep.steps} steps"
    return [
        steps_layer(sweep.steps_to, sweep.steps),
        flat_layer(f"on the way {after}", ON_THE_WAY, sweep.outcome == 1),
        flat_layer("diverged", DIVERGED, sweep.outcome == 2),
    ]


def verdict_layers(found: np.ndarray) -> list[Layer]:
    """One colour per outcome; `found (ny, nx)` counts along `OUTCOMES`."""
    return [
        flat_layer(
            label.replace("_", " "),
            VERDICTS[label],
            found == k,
            f"{label.replace('_', ' ')}<br>{MEANING[label]}",
        )
        for k, label in enumerate(OUTCOMES)
    ]


def parameter_map(
    layers: Sequence[Layer],
    x: Ruler,
    y: Ruler,
    names: tuple[str, str],
    here: tuple[float, float],
    edge: np.ndarray | None = None,
    most: int = 0,
) -> dict[str, Any]:
    """A Plotly figure of the cells of two parameters.

    names: of the axes.  here: the current pair, drawn as a crosshair.  edge: theory's border as
    an x for each row ``(ny,)``, drawn dashed; NaN has none.  most: the largest number of steps,
    where the layers show steps.
    """
    where = f"{names[0]} %{{x}}<br>{names[1]} %{{y}}"
    xs, ys = [to_text(v) for v in x.values.tolist()], [to_text(v) for v in y.values.tolist()]
    data = [_cells(layer, xs, ys, where, most) for layer in layers if _used(layer)]
    rows = np.arange(len(y.values))
    if edge is not None and np.isfinite(edge).any():
        data += _dashed(x.place(edge), rows, "border in theory")
    data += _crosshair(float(x.place(here[0])), float(y.place(here[1])), len(xs), len(ys))
    return {"data": data, "layout": _layout() | x.axes(names[0], "x") | y.axes(names[1], "y")}


def basin_layers(basins: Basins, steps: int) -> list[Layer]:
    """One hue per minimum, darker where fewer steps were needed."""
    layers = []
    for k in range(min(len(basins.heights), len(MINIMA))):
        rest = k == len(MINIMA) - 1 and len(basins.heights) > len(MINIMA)
        mine = basins.which >= k if rest else basins.which == k
        x, y = basins.minima[:, k]
        name = "another minimum" if rest else f"minimum at ({x:.3g}, {y:.3g})"
        place = np.log10(np.maximum(basins.steps, 1)) / np.log10(max(steps, 2))
        layers.append(
            Layer(
                name,
                (MINIMA[k], _pale(MINIMA[k])),
                np.where(mine, place, np.nan),
                f"{name}<br>after %{{customdata}} steps",
                np.where(mine, basins.steps, np.nan),
            )
        )
    astray = basins.which < 0
    return [
        *layers,
        flat_layer(f"at no minimum after {steps} steps", ON_THE_WAY, astray & basins.finite),
        flat_layer("not finite", NOT_FINITE, astray & ~basins.finite),
    ]


def basin_map(
    layers: Sequence[Layer], basins: Basins, surface: Surface, most: int = 0
) -> dict[str, Any]:
    """A Plotly figure of the starts of a surface, with its level lines and minima on top."""
    where = "start (%{x:.4g}, %{y:.4g})"
    data = [_cells(layer, basins.x, basins.y, where, most) for layer in layers if _used(layer)]
    for trace in data:
        trace |= {"xaxis": "x", "yaxis": "y"}
    lines = draw_surface(surface, size=100).levels
    joined = np.concatenate([np.vstack([line, [[np.nan, np.nan]]]) for line in lines])
    data.append(
        {
            "type": "scatter",
            "mode": "lines",
            "x": joined[:, 0],
            "y": joined[:, 1],
            "line": {"color": "rgba(16,21,29,0.35)", "width": 0.7},
            "hoverinfo": "skip",
            "showlegend": False,
        }
    )
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
                "color": "white",
                "size": 11 if len(basins.heights) < 20 else 6,
                "line": {"color": INK, "width": 1.2},
            },
        }
    )
    x, y = still("x of the start"), still("y of the start")
    x["range"], y["range"] = _edges(basins.x), _edges(basins.y)
    return {"data": data, "layout": {**_layout(), "xaxis": x, "yaxis": y}}


def _used(layer: Layer) -> bool:
    return bool(np.isfinite(layer.z).any())


def _cells(layer: Layer, x: Any, y: Any, where: str, most: int) -> dict[str, Any]:
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
        "title": {"text": "steps (log)", "side": "right"},
        "thickness": 12,
        "outlinewidth": 0,
        "tickvals": np.log10(ticks) / np.log10(max(most, 2)),
        "ticktext": [str(n) for n in ticks],
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
        line | {"line": {"color": "rgba(255,255,255,0.85)", "width": 4}, "showlegend": False},
        line | {"line": {"color": INK, "width": 2, "dash": "dash"}, "showlegend": False},
        # The legend lies on the page, not on the cells: its sample follows the theme.
        line
        | {
            "x": [None],
            "y": [None],
            "line": {"width": 2, "dash": "dash", "color": "#808080"},
            "name": name,
            "showlegend": True,
        },
    ]


def _crosshair(x: float, y: float, nx: int, ny: int) -> list[dict[str, Any]]:
    """Two hairlines and a ring."""
    common = {"type": "scatter", "xaxis": "x2", "yaxis": "y2", "hoverinfo": "skip"}
    lines = common | {
        "mode": "lines",
        "x": [x, x, None, -0.5, nx - 0.5],
        "showlegend": False,
        "y": [-0.5, ny - 0.5, None, y, y],
    }
    ring = {
        "mode": "markers",
        "name": "this run",
        "marker": {
            "size": 12,
            "symbol": "circle",
            "color": "white",
            "line": {"color": INK, "width": 3},
        },
    }
    return [
        lines | {"line": {"color": "rgba(255,255,255,0.45)", "width": 3}},
        lines | {"line": {"color": "rgba(16,21,29,0.7)", "width": 1}},
        common | ring | {"x": [x], "y": [y]},
    ]


def _layout() -> dict[str, Any]:
    return {
        "height": 560,
        "margin": {"l": 60, "r": 10, "t": 10, "b": 50},
        "dragmode": False,
        "hovermode": "closest",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
    }


def _edges(centres: np.ndarray) -> list[float]:
    half = (centres[1] - centres[0]) / 2
    return [float(centres[0] - half), float(centres[-1] + half)]


def _pale(colour: str) -> str:
    """Three quarters of the way to white."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{255 - (255 - c) // 4:02X}" for c in (red, green, blue))
