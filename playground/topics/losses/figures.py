"""Cross-entropy beside squared error: two surfaces, one start, and why one of them stalls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from playground.figures.fields import field, path, spots
from playground.figures.ground import draw_surface
from playground.figures.hover import read_out
from playground.figures.panels import Limit, axis, figure_of, line, positive
from playground.figures.theme import BLUE, GRADIENT, GREEN, GREY, PALE, VERMILION
from playground.language import mark, tr
from playground.topics.losses.experiment import LOSSES

TARGETS = {mark("softmax p"): BLUE, mark("one-hot y"): GREEN}
COLOURS = dict(zip(LOSSES, (BLUE, VERMILION), strict=True))


def logit_plane(loss: str, points: np.ndarray) -> dict[str, Any]:
    """One loss over the two logits with the descent `points (2, T+1)` on it."""
    reach = max(12.0, 1.2 * float(np.abs(points[:, 0]).max()))
    drawn = draw_surface(LOSSES[loss], (-reach, reach, -reach, reach))
    shown = np.where(np.abs(points) <= reach, points, np.nan)
    tie = line(
        [-reach, reach],
        [-reach, reach],
        tr("right above, wrong below"),
        GREY,
        dash="dot",
        legend=False,
    )
    tie["hoverinfo"] = "skip"
    traces = [tie, *path(shown, tr(loss), COLOURS[loss], legend=False)]
    here = -LOSSES[loss].gradient(points[:, 0])
    figure = field(
        drawn,
        traces,
        tr("x: logit of the right class"),
        tr("y: logit of the wrong class"),
        tr(loss).capitalize(),
        height=400,
    )
    if (length := float(np.hypot(*here))) > 1e-3:
        figure["layout"]["annotations"] = [_arrow(points[:, 0], here * 0.2 * reach / length)]
    return figure


def _arrow(start: np.ndarray, step: np.ndarray) -> dict[str, Any]:
    """Where the gradient sends the first step; a slope too small to see has none."""
    end = start + step
    return {
        "x": end[0],
        "y": end[1],
        "ax": start[0],
        "ay": start[1],
        "xref": "x",
        "yref": "y",
        "axref": "x",
        "ayref": "y",
        "text": "",
        "showarrow": True,
        "arrowhead": 2,
        "arrowwidth": 2,
        "arrowcolor": GRADIENT,
    }


def profiles(start: float) -> dict[str, Any]:
    """Both losses depend on y − x alone: one cut through each surface."""
    d = np.linspace(-12, max(24.0, 2.4 * start), 300)
    points = np.array([-d / 2, d / 2])
    data = [
        line(d, f(points), tr(name), COLOURS[name], hover="y − x = {x}: {y}")
        for name, f in LOSSES.items()
    ]
    here = np.array([-start, start])
    data += [
        spots([2 * start], [float(f(here))], tr("start"), COLOURS[name], size=10, core=True)
        | {"showlegend": False}
        for name, f in LOSSES.items()
    ]
    return figure_of(
        data,
        axis(tr("y − x: wrong minus right")),
        axis(tr("loss")),
        [Limit(0, tr("tie"), of="x")],
        tr("A cut through both"),
        height=320,
    )


def slopes(
    probability: np.ndarray, found: Mapping[str, tuple[np.ndarray, np.ndarray]], here: float
) -> dict[str, Any]:
    """Length of the gradient over the probability of the right class."""
    hover, data = "p = {x}: {y}", []
    for name, (measured, closed) in found.items():
        data.append(line(probability, positive(measured), tr(name), COLOURS[name], hover=hover))
        data[-1]["line"]["width"] = 4
        data.append(
            line(
                probability,
                positive(closed),
                tr("{}, closed form", tr(name)),
                PALE,
                predicted=True,
                legend=False,
                hover=hover,
            )
        )
    data.append(line([np.nan], [np.nan], tr("closed form"), PALE, predicted=True))
    limits = [Limit(here, tr("start"), of="x")] if here >= probability[0] else []
    return figure_of(
        data,
        axis(tr("probability of the right class"), log=True),
        axis(tr("slope"), log=True),
        limits,
        tr("How steep where"),
        height=320,
    )


def rescues(
    starts: np.ndarray,
    found: Mapping[str, np.ndarray],
    flow: Mapping[str, np.ndarray] | None,
    here: float,
    steps: int,
) -> dict[str, Any]:
    """Updates until the right class wins, over how wrong the start is."""
    hover, data = tr("a = {x}: {y} updates"), []
    for name, values in found.items():
        data.append(line(starts, positive(values), tr(name), COLOURS[name], hover=hover))
        data[-1]["line"]["width"] = 4
        if flow is not None:
            data.append(
                line(
                    starts,
                    positive(flow[name]),
                    tr("{}, gradient flow", tr(name)),
                    PALE,
                    predicted=True,
                    legend=False,
                    hover=hover,
                )
            )
    if flow is not None:
        data.append(line([np.nan], [np.nan], tr("gradient flow"), PALE, predicted=True))
    limits = [Limit(steps, tr("all updates")), Limit(here, tr("start"), of="x")]
    y = axis(tr("updates"), log=True, range=[-0.3, np.log10(steps) + 1])
    return figure_of(
        data,
        axis(tr("a, start at (−a, a)")),
        y,
        limits,
        tr("How long to the right class"),
        height=320,
    )


def bars(
    columns: Mapping[str, np.ndarray], colours: Mapping[str, str], title: str
) -> dict[str, Any]:
    """Bars per class, side by side."""
    data = [
        {
            "type": "bar",
            "x": ["1", "2", "3"],
            "y": values,
            "name": tr(name),
            "marker": {"color": colours[name]},
            **read_out(tr("class %{x}: {y}"), tr(name), y=values),
        }
        for name, values in columns.items()
    ]
    figure = figure_of(data, axis(tr("class"), type="category"), axis(""), title=title, height=280)
    figure["layout"] |= {"barmode": "group", "bargap": 0.35}
    return figure
