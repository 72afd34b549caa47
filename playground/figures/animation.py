"""A run as a plain Plotly figure with frames, for notebooks and for stand-alone HTML."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from playground.figures.fields import polyline
from playground.figures.ground import Map, draw_surface
from playground.figures.theme import LEVEL, PAPER, RUNNERS, Stroke, clear
from playground.language import tr
from playground.simulation import Run

FRAMES, TAIL = 120, 24
"""Most frames of an animation, and how many points the comet's tail is long."""
BESIDE = {"xaxis": "x2", "yaxis": "y2"}
"""The chart beside the map."""


def animate(
    run: Run | Sequence[Run],
    names: Sequence[str] | None = None,
    window: tuple[float, float, float, float] | None = None,
) -> go.Figure:
    """An animated map of one or several runs on one surface, with their loss beside it.

    The loss is that above the lowest minimum, on a log axis; without a minimum it is f itself.

    The faint line is the whole path, the bright one a comet's tail of the last points, so a frame
    stays small however long the run.  Points that are not finite are left out; a path that leaves
    the window is not bent back into it.  Raises `ValueError` for a batch or for no run at all.

    >>> import playground as pg
    >>> rules = pg.GradientDescent(lr=0.019), pg.Adam(lr=0.3)
    >>> figure = pg.figures.animate([pg.simulate(pg.Bowl(), rule) for rule in rules])
    >>> len(figure.frames) <= 120
    True
    >>> page = pg.figures.standalone(figure)  # a file that plays in any browser
    """
    runs = [run] if isinstance(run, Run) else list(run)
    if not runs or any(r.shape for r in runs):
        raise ValueError("animate takes one or more single runs; take one of a batch by its index.")
    names = [r.optimizer.label() for r in runs] if names is None else list(names)
    ground = draw_surface(runs[0].surface, window)
    still = [polyline(ground.levels, clear(LEVEL, 0.5), 0.7)]
    for stroke, r, name in zip(RUNNERS.values(), runs, names, strict=False):
        still += _whole(r, stroke, name)
    colours = [stroke.colour for stroke in RUNNERS.values()]

    def moving(t: int) -> list[dict[str, Any]]:
        return [trace for r, c in zip(runs, colours, strict=False) for trace in _heads(r, c, t)]

    steps, first = max(r.steps for r in runs), moving(0)
    where = list(range(len(still), len(still) + len(first)))
    times = np.unique(np.rint(np.linspace(0, steps, min(FRAMES, steps + 1))).astype(int)).tolist()
    frames = [{"name": str(t), "traces": where, "data": moving(t)} for t in times]
    bounded = bool(np.isfinite(runs[0].surface.lowest()))
    figure = {"data": still + first, "layout": _layout(ground, times, bounded), "frames": frames}
    return go.Figure(figure, skip_invalid=False)


def _whole(run: Run, stroke: Stroke, name: str) -> list[dict[str, Any]]:
    """The whole path, faint, and the loss over the steps."""
    line = {"color": stroke.colour, "dash": stroke.dash, "width": 1.5}
    return [
        _line(run.x[:, 0], run.x[:, 1], name, line=line, opacity=0.35),
        _line(np.arange(run.steps + 1), _loss(run), name, line=line, showlegend=False, **BESIDE),
    ]


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


def _loss(run: Run) -> np.ndarray:
    """What is drawn beside the map, ``(T+1,)``."""
    return run.excess if np.isfinite(run.surface.lowest()) else run.f


def _heads(run: Run, colour: str, t: int) -> list[dict[str, Any]]:
    """Comet's tail, head, and the point on the loss curve, at step t."""
    t = min(t, max(run.finite - 1, 0))
    tail = slice(max(0, t - TAIL), t + 1)
    dot = {"color": PAPER, "size": 9, "line": {"color": colour, "width": 3}}
    here = slice(t, t + 1)
    return [
        _line(run.x[tail, 0], run.x[tail, 1], line={"color": colour, "width": 3}, showlegend=False),
        _line(run.x[here, 0], run.x[here, 1], mode="markers", marker=dot, showlegend=False),
        _line(
            np.array([t]), _loss(run)[here], mode="markers", marker=dot, showlegend=False, **BESIDE
        ),
    ]


def _layout(ground: Map, times: Sequence[int], bounded: bool) -> dict[str, Any]:
    x0, x1, y0, y1 = ground.window
    loss: dict[str, Any] = {"title": tr("loss")}
    if bounded:
        loss = {"type": "log", "exponentformat": "power", "title": tr("excess loss (log axis)")}
    return {
        "template": "plotly_white",
        "images": [ground.layer()],
        "xaxis": {"range": [x0, x1], "domain": [0, 0.6], "showgrid": False, "zeroline": False},
        "yaxis": {"range": [y0, y1], "showgrid": False, "zeroline": False},
        "xaxis2": {"domain": [0.68, 1], "anchor": "y2", "title": tr("step")},
        "yaxis2": loss | {"anchor": "x2"},
        "legend": {"orientation": "h", "y": 1.1},
        "margin": {"l": 50, "r": 20, "t": 50, "b": 30},
        **_controls(times),
    }


def _controls(times: Sequence[int]) -> dict[str, Any]:
    """Buttons to play and pause, and a slider with one step for each frame."""
    play = {
        "frame": {"duration": 50, "redraw": False},
        "transition": {"duration": 0},
        "fromcurrent": True,
    }
    jump = {**play, "mode": "immediate"}

    def button(label: str, frames: Any, how: dict[str, Any]) -> dict[str, Any]:
        return {"label": label, "method": "animate", "args": [frames, how]}

    buttons = {
        "type": "buttons",
        "direction": "left",
        "x": 0,
        "y": -0.1,
        "buttons": [button("▶", None, play), button("⏸", [None], jump)],
    }
    slider = {
        "x": 0.12,
        "len": 0.88,
        "y": -0.05,
        "currentvalue": {"prefix": f"{tr('step')} "},
        "steps": [button(str(t), [str(t)], jump) for t in times],
    }
    return {"updatemenus": [buttons], "sliders": [slider]}


def standalone(figure: go.Figure) -> str:
    """The figure as one HTML page that plays without a network."""
    return figure.to_html(include_plotlyjs=True, full_html=True, auto_play=False)
