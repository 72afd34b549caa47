"""The surface in three dimensions with the paths on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from playground.figures.ground import tone
from playground.figures.theme import RUNNERS
from playground.simulation import Run
from playground.surfaces import Surface


def relief(surface: Surface, runs: Mapping[str, Run], names: Mapping[str, str]) -> dict[str, Any]:
    """A Plotly figure of the surface as a landscape; runs and names go by slot.

    Height is the tone of the map (a log scale where the range demands it), so that the floor of a
    valley can be seen; the hover tells the true loss.  Paths end where they leave the window.
    """
    x0, x1, y0, y1 = surface.span
    size = 90
    x, y = np.linspace(x0, x1, size), np.linspace(y0, y1, size)
    grid = np.stack(np.meshgrid(x, y))
    heights = surface(grid)
    reach = tone(heights)
    order = np.argsort(heights, axis=None)
    true, shown = heights.ravel()[order], reach.ravel()[order]
    data: list[dict[str, Any]] = [
        {
            "type": "surface",
            "x": x,
            "y": y,
            "z": reach,
            "customdata": heights,
            "showscale": False,
            "colorscale": [[0, "#E9EFF8"], [1, "#4A6DA3"]],
            "opacity": 0.92,
            "hovertemplate": "x %{x:.3g}<br>y %{y:.3g}<br>loss %{customdata:.4g}<extra></extra>",
            "contours": {
                "z": {
                    "show": True,
                    "color": "#6B86B0",
                    "width": 1,
                    "start": 0,
                    "end": 1,
                    "size": 0.08,
                }
            },
        },
    ]
    for slot, run in runs.items():
        with np.errstate(invalid="ignore"):
            px, py = run.x.T
            inside = (px >= x0) & (px <= x1) & (py >= y0) & (py <= y1)
        end = len(inside) if inside.all() else int(np.argmin(inside))
        z = np.interp(run.f[:end], true, shown) + 0.01
        line = {"color": RUNNERS[slot].colour, "width": 5}
        data.append(
            {
                "type": "scatter3d",
                "mode": "lines",
                "x": px[:end],
                "y": py[:end],
                "z": z,
                "line": line,
                "name": names[slot],
                "customdata": run.f[:end],
                "hovertemplate": "loss %{customdata:.4g}",
            }
        )
    axis = {"showbackground": False, "gridcolor": "rgba(128,128,128,0.2)", "zeroline": False}
    layout = {
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
    return {"data": data, "layout": layout}
