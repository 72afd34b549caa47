"""A run as a plain Plotly figure with frames, for notebooks and for stand-alone HTML."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from playground.figures.ground import Map, draw_surface
from playground.figures.theme import RUNNERS
from playground.simulation import Run

FRAMES, TAIL = 120, 24
"""Most frames of an animation, and how many points the comet's tail is long."""


def animate(
    run: Run | Sequence[Run],
    names: Sequence[str] | None = None,
    window: tuple[float, float, float, float] | None = None,
) -> go.Figure:
    """An animated map of one or several runs on one surface, with their loss beside it.

    The faint line is the whole path, the bright one a comet's tail of the last points, so a frame
    stays small however long the run.  Points that are not finite are left out; a path that leaves
    the window is not bent back into it.  Raises `ValueError` for a batch or for no run at all.
    """
    runs = [run] if isinstance(run, Run) else list(run)
    if not runs or any(r.shape for r in runs):
        raise ValueError("animate takes one or more single runs; take one of a batch by its index.")
    names = [r.optimizer.label() for r in runs] if names is None else list(names)
    ground = draw_surface(runs[0].surface, window)
    still, moving = [_levels(ground)], []
    for mark, r, name in zip(RUNNERS.values(), runs, names, strict=False):
        line = {"color": mark.colour, "dash": mark.dash, "width": 1.5}
        still += [
            _line(r.x[:, 0], r.x[:, 1], name, line=line, opacity=0.35),
            _line(
                np.arange(r.steps + 1),
                r.f,
                name,
                line=line,
                xaxis="x2",
                yaxis="y2",
                showlegend=False,
            ),
        ]
        moving.append((r, mark.colour))
    steps = max(r.steps for r in runs)
    times = np.unique(np.rint(np.linspace(0, steps, min(FRAMES, steps + 1))).astype(int))
    first = [trace for r, colour in moving for trace in _heads(r, colour, 0)]
    where = list(range(len(still), len(still) + len(first)))
    frames = [
        {
            "name": str(t),
            "traces": where,
            "data": [trace for r, colour in moving for trace in _heads(r, colour, t)],
        }
        for t in times
    ]
    layout = _layout(ground, [str(t) for t in times])
    return go.Figure(
        {"data": still + first, "layout": layout, "frames": frames}, skip_invalid=False
    )


def _line(x: np.ndarray, y: np.ndarray, name: str = "", **style: Any) -> dict[str, Any]:
    with np.errstate(all="ignore"):
        good = np.isfinite(x) & np.isfinite(y) & (np.abs(x) < 1e30) & (np.abs(y) < 1e30)
    return {
        "type": "scatter",
        "mode": "lines",
        "x": np.where(good, x, np.nan),
        "y": np.where(good, y, np.nan),
        "name": name,
        "hoverinfo": "skip",
        **style,
    }


def _levels(ground: Map) -> dict[str, Any]:
    gap = np.full((1, 2), np.nan, np.float32)
    joined = np.concatenate([part for line in ground.levels for part in (line, gap)] or [gap])
    return _line(
        joined[:, 0],
        joined[:, 1],
        showlegend=False,
        opacity=0.5,
        line={"color": "#6B86B0", "width": 0.7},
    )


def _heads(run: Run, colour: str, t: int) -> list[dict[str, Any]]:
    """Comet's tail, head, and the point on the loss curve, at step t."""
    t = min(t, max(run.finite - 1, 0))
    tail = slice(max(0, t - TAIL), t + 1)
    dot = {"color": "white", "size": 9, "line": {"color": colour, "width": 3}}
    here = slice(t, t + 1)
    return [
        _line(run.x[tail, 0], run.x[tail, 1], line={"color": colour, "width": 3}, showlegend=False),
        _line(run.x[here, 0], run.x[here, 1], mode="markers", marker=dot, showlegend=False),
        _line(
            np.array([t]),
            run.f[here],
            mode="markers",
            marker=dot,
            showlegend=False,
            xaxis="x2",
            yaxis="y2",
        ),
    ]


def _layout(ground: Map, names: list[str]) -> dict[str, Any]:
    x0, x1, y0, y1 = ground.window
    picture = "data:image/png;base64," + base64.b64encode(ground.picture).decode()
    play = {
        "frame": {"duration": 50, "redraw": False},
        "transition": {"duration": 0},
        "fromcurrent": True,
    }
    jump = {**play, "mode": "immediate"}
    return {
        "template": "plotly_white",
        "images": [
            {
                "source": picture,
                "xref": "x",
                "yref": "y",
                "x": x0,
                "y": y1,
                "layer": "below",
                "sizex": x1 - x0,
                "sizey": y1 - y0,
                "sizing": "stretch",
            }
        ],
        "xaxis": {"range": [x0, x1], "domain": [0, 0.6], "showgrid": False, "zeroline": False},
        "yaxis": {"range": [y0, y1], "showgrid": False, "zeroline": False},
        "xaxis2": {"domain": [0.68, 1], "anchor": "y2", "title": "step"},
        "yaxis2": {
            "anchor": "x2",
            "type": "log",
            "title": "loss (log axis)",
            "exponentformat": "power",
        },
        "legend": {"orientation": "h", "y": 1.1},
        "margin": {"l": 50, "r": 20, "t": 50, "b": 30},
        "updatemenus": [
            {
                "type": "buttons",
                "direction": "left",
                "x": 0,
                "y": -0.1,
                "buttons": [
                    {"label": "▶", "method": "animate", "args": [None, play]},
                    {"label": "⏸", "method": "animate", "args": [[None], jump]},
                ],
            }
        ],
        "sliders": [
            {
                "x": 0.12,
                "len": 0.88,
                "y": -0.05,
                "currentvalue": {"prefix": "step "},
                "steps": [
                    {"label": name, "method": "animate", "args": [[name], jump]} for name in names
                ],
            }
        ],
    }


def standalone(figure: go.Figure) -> str:
    """The figure as one HTML page that plays without a network."""
    return figure.to_html(include_plotlyjs=True, full_html=True, auto_play=False)
