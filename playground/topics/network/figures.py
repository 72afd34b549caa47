"""A network seen: while it learns, as the browser draws it, and its loss about the end."""

from __future__ import annotations

from typing import Any

import numpy as np

from playground.figures.fields import polyline
from playground.figures.ground import draw_heights, tone
from playground.figures.hover import read_out
from playground.figures.panels import ground
from playground.figures.ruler import still
from playground.figures.theme import BLUE, GREEN, GREY, GROUND, INK, PAPER, VERMILION, clear
from playground.language import tr
from playground.networks.pieces import REACH, pieces
from playground.player import Learner
from playground.player.learner import LARGEST
from playground.topics.network.training import Trace
from playground.topics.network.view import Around
from playground.words import number

CLASSES = (BLUE, VERMILION, GREEN)
"""Colour of each class."""


def learner(trace: Trace) -> Learner | None:
    """The network at every update, for the browser; None where its loss is never a number.

    It ends where a parameter is larger than can be sent.  The plane of the inputs holds all
    examples.
    """
    sent = np.abs(trace.p[: trace.finite]).max(axis=1) <= LARGEST
    if not sent.any():
        return None
    inputs = np.concatenate([trace.data.inputs, trace.dev.inputs])
    low, high = inputs.min(axis=0), inputs.max(axis=0)
    pad = 0.06 * (high - low)
    x0, y0, x1, y1 = (float(v) for v in (*(low - pad), *(high + pad)))
    return Learner(
        trace.mlp.sizes,
        trace.mlp.loss,
        REACH,
        pieces(trace.mlp.activation),
        trace.p[: len(sent) if sent.all() else int(np.argmin(sent))],
        (x0, x1, y0, y1),
        inputs,
        np.concatenate([trace.data.targets, trace.dev.targets]),
        len(trace.data.targets),
        CLASSES,
    )


def random_plane_map(around: Around) -> dict[str, Any]:
    """The loss about the end in a random plane, in the manner of the quiet map."""
    along, heights = around.along, around.heights
    edge = float(along[0]), float(along[-1])
    drawn = draw_heights(heights, (*edge, *edge))
    here = tr("after update {}: loss {}", around.t, number(around.loss))
    data = [
        {
            "type": "heatmap",
            "x": along,
            "y": along,
            "z": tone(heights),
            "zmin": 0,
            "zmax": 1,
            "zsmooth": "best",
            "showscale": False,
            "colorscale": [[0, clear(GROUND, 0)], [1, clear(GROUND, 0.47)]],
            **read_out(
                tr("%{x} along the first, %{y} along the second direction<br>loss {loss}"),
                loss=heights,
            ),
        },
        polyline(drawn.levels, clear(GREY, 0.6), 0.8),
        {
            "type": "scatter",
            "mode": "markers",
            "x": [0],
            "y": [0],
            "showlegend": False,
            "marker": {
                "symbol": "star",
                "size": 13,
                "color": PAPER,
                "line": {"color": INK, "width": 1.4},
            },
            "hovertemplate": f"{here}<extra></extra>",
        },
    ]
    axes = {
        "xaxis": still(tr("first direction, 1 = as large as the weights")),
        "yaxis": still(tr("second direction")) | {"scaleanchor": "x", "scaleratio": 1},
    }
    for axis in axes.values():
        axis |= {"range": list(edge), "constrain": "domain"}
    return {"data": data, "layout": _layout(440) | axes}


def learning_line(losses: np.ndarray, steps: int) -> str:
    """An SVG of the losses so far on a log axis, as wide as the whole training will be."""
    good = np.isfinite(losses) & (losses > 0)
    height, width = np.log(losses[good]), np.flatnonzero(good) / max(steps, 1) * 600
    spread = max(float(np.ptp(height)), 1e-9) if len(height) else 1.0
    top = float(height.max()) if len(height) else 0.0
    points = " ".join(
        f"{x:.1f},{4 + 52 * (top - h) / spread:.1f}" for x, h in zip(width, height, strict=True)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 60">'
        f'<polyline points="{points}" fill="none" stroke="{GROUND}" stroke-width="2"/></svg>'
    )


def _layout(height: int) -> dict[str, Any]:
    return ground(height) | {"margin": {"l": 45, "r": 5, "t": 30, "b": 40}}
