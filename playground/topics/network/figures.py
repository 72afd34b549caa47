"""A trained network seen: what it decides, its loss about the end, and its loss while it learns."""

from __future__ import annotations

from typing import Any

import numpy as np

from playground.figures.fields import polyline
from playground.figures.ground import draw_heights, level_lines, tone
from playground.figures.hover import read_out
from playground.figures.panels import ground
from playground.figures.ruler import still
from playground.figures.theme import BLUE, GREEN, GREY, GROUND, INK, PAPER, VERMILION, clear
from playground.networks import Data
from playground.topics.network.training import Trace
from playground.topics.network.view import Around
from playground.words import number

CLASSES = ((BLUE, "circle"), (VERMILION, "square"), (GREEN, "diamond"))
"""Colour and symbol of each class."""


def decision(trace: Trace, t: int, count: int = 61) -> dict[str, Any]:
    """What the network after t updates says of every place, and of the points it learns from.

    A place has the colour of the class that scores highest there, the paler the less it leads;
    the line is where two classes score the same.
    """
    inputs = np.concatenate([trace.data.inputs, trace.dev.inputs])
    low, high = inputs.min(axis=0), inputs.max(axis=0)
    pad = 0.08 * (high - low)
    x, y = (np.linspace(a, b, count) for a, b in zip(low - pad, high + pad, strict=True))
    places = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    with np.errstate(all="ignore"):
        scores = trace.scores(trace.p[t], places).reshape(count, count, -1)
    lead = np.stack([_lead(scores, k) for k in range(scores.shape[-1])])
    data = [_field(x, y, lead[k], CLASSES[k][0]) for k in range(len(lead))]
    data.append(_border(x, y, lead[1:] if len(lead) == 2 else lead))
    for part, name in ((trace.dev, "test"), (trace.data, "training")):
        answers = trace.scores(trace.p[t], part.inputs).argmax(axis=-1)
        data += [_points(part, k, name, answers) for k in range(len(lead))]
    axes = {"xaxis": still("x₁"), "yaxis": still("x₂") | {"scaleanchor": "x", "scaleratio": 1}}
    for axis, values in zip(axes.values(), (x, y), strict=True):
        axis |= {"range": [float(values[0]), float(values[-1])], "constrain": "domain"}
    axes["yaxis"]["constraintoward"] = "top"
    return {"data": data, "layout": _layout(440) | axes}


def _lead(scores: np.ndarray, k: int) -> np.ndarray:
    """By how much class k scores above the best of the others, ``(n, n)``."""
    return scores[..., k] - np.delete(scores, k, axis=-1).max(axis=-1)


def _field(x: np.ndarray, y: np.ndarray, lead: np.ndarray, colour: str) -> dict[str, Any]:
    """The places of one class, transparent where its lead is 0."""
    return {
        "type": "heatmap",
        "x": x,
        "y": y,
        "z": np.where(lead > 0, lead, np.nan),
        "zmin": 0,
        "zmax": 1,
        "colorscale": [[0, clear(colour, 0.04)], [1, clear(colour, 0.42)]],
        "showscale": False,
        "hoverinfo": "skip",
    }


def _border(x: np.ndarray, y: np.ndarray, leads: np.ndarray) -> dict[str, Any]:
    """Where the lead of a class changes its sign."""
    finite = [lead for lead in leads if np.isfinite(lead).all()]
    lines = [line for lead in finite for line in level_lines(x, y, lead, [0.0])]
    return polyline(lines, GREY, 2) | {"name": "border", "showlegend": True}


def _points(data: Data, k: int, part: str, answers: np.ndarray) -> dict[str, Any]:
    """The points of one class; wrong ones are ringed."""
    mine = data.targets == k
    colour, symbol = CLASSES[k]
    wrong = answers[mine] != k
    training = part == "training"
    x, y = data.inputs[mine].T
    return {
        "type": "scatter",
        "mode": "markers",
        "x": x,
        "y": y,
        "name": f"class {k}",
        "legendgroup": f"class {k}",
        "showlegend": part == "training",
        "text": np.where(wrong, "wrong", "right"),
        **read_out(f"class {k}, {part}: %{{text}}<br>({{x}}, {{y}})", x=x, y=y),
        "marker": {
            "color": colour,
            "symbol": symbol if training else f"{symbol}-open",
            "size": np.where(wrong, 11, 7) if training else np.where(wrong, 9, 5),
            "opacity": 1 if training else 0.6,
            "line": {
                "color": np.where(wrong, INK, PAPER) if training else colour,
                "width": np.where(wrong, 2, 0.7),
            },
        },
    }


def random_plane_map(around: Around) -> dict[str, Any]:
    """The loss about the end in a random plane, in the manner of the quiet map."""
    along, heights = around.along, around.heights
    edge = float(along[0]), float(along[-1])
    drawn = draw_heights(heights, (*edge, *edge))
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
                "%{x} along the first, %{y} along the second direction<br>loss {loss}", loss=heights
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
            "hovertemplate": f"after update {around.t}: loss {number(around.loss)}<extra></extra>",
        },
    ]
    axes = {
        "xaxis": still("first direction, 1 = as large as the weights"),
        "yaxis": still("second direction") | {"scaleanchor": "x", "scaleratio": 1},
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
