"""The surface in three dimensions with the paths on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from playground.figures.ground import tone
from playground.figures.hover import read_out
from playground.figures.panels import Trace
from playground.figures.theme import GREY, LEVEL, RELIEF, RUNNERS, clear
from playground.simulation import Run
from playground.surfaces import Surface

SIZE = 90
"""Samples of the landscape along each side."""


def relief(surface: Surface, runs: Mapping[str, Run], names: Mapping[str, str]) -> dict[str, Any]:
    """A Plotly figure of the surface as a landscape; runs and names go by slot.

    Height is the tone of the map (a log scale where the range demands it), so that the floor of a
    valley can be seen; the hover tells the true loss.  Paths end where they leave the window.
    """
    x0, x1, y0, y1 = surface.span
    x, y = np.linspace(x0, x1, SIZE), np.linspace(y0, y1, SIZE)
    heights = surface(np.stack(np.meshgrid(x, y)))
    reach = tone(heights)
    order = np.argsort(heights, axis=None)
    true, shown = heights.ravel()[order], reach.ravel()[order]
    data = [_landscape(x, y, reach, heights)]
    for slot, run in runs.items():
        with np.errstate(invalid="ignore"):
            px, py = run.x.T
            inside = (px >= x0) & (px <= x1) & (py >= y0) & (py <= y1)
        end = len(inside) if inside.all() else int(np.argmin(inside))
        z = np.interp(run.f[:end], true, shown) + 0.01
        path = {
            "type": "scatter3d",
            "mode": "lines",
            "x": px[:end],
            "y": py[:end],
            "z": z,
            "line": {"color": RUNNERS[slot].colour, "width": 5},
            "name": names[slot],
            **read_out("loss {loss}", names[slot], loss=run.f[:end]),
        }
        data.append(path)
    paths = ", ".join(names[slot] for slot in runs)
    meta = {"name": "The surface in three dimensions", "words": f"With the paths of: {paths}."}
    return {"data": data, "layout": _layout() | {"meta": meta}}


def _landscape(x: np.ndarray, y: np.ndarray, reach: np.ndarray, heights: np.ndarray) -> Trace:
    lines = {"show": True, "color": LEVEL, "width": 1, "start": 0, "end": 1, "size": 0.08}
    return {
        "type": "surface",
        "x": x,
        "y": y,
        "z": reach,
        "showscale": False,
        "colorscale": [[k, colour] for k, colour in enumerate(RELIEF)],
        "opacity": 0.92,
        **read_out("loss {loss}", loss=heights),
        "contours": {"z": lines},
    }


def _layout() -> dict[str, Any]:
    axis = {"showbackground": False, "gridcolor": clear(GREY, 0.2), "zeroline": False}
    return {
        "scene": {
            "xaxis": {**axis, "title": {"text": "x"}},
            "yaxis": {**axis, "title": {"text": "y"}},
            "zaxis": {**axis, "showticklabels": False, "title": {"text": "loss, compressed"}},
            "camera": {"eye": {"x": 1.3, "y": -1.5, "z": 1.1}},
        },
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "height": 560,
        "uirevision": "relief",
        "legend": {"orientation": "h"},
        "showlegend": True,
    }
