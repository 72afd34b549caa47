"""Mini-batches: clouds of gradients, paths, floors, costs and the minima they leave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from playground.figures.fields import field, outline, path, spots
from playground.figures.ground import Map, draw_heights
from playground.figures.hover import read_out
from playground.figures.panels import Limit, axis, figure_of, line, multiples, positive
from playground.figures.theme import BLUE, GREEN, GREY, PINK, SKY, VERMILION
from playground.language import tr
from playground.networks.linear import LinearRegression
from playground.shelf import remembered
from playground.topics.batches.experiment import DEVIATIONS, Cloud, Cost, Descent
from playground.topics.batches.wells import FLAT, SHARP, Escape, Wells

MINE = VERMILION
OTHERS = (PINK, SKY, GREEN, BLUE)
"""From the smallest of the other batch sizes to all examples."""
COLUMNS = 750
"""Points of a line at most: no chart is wider on a screen."""
LONGEST = 1500
"""Updates of a path at most: what follows walks about where it is by then."""


def colours(sizes: Sequence[int], mine: int) -> dict[int, str]:
    """A colour for each batch size; the chosen one is the same whatever it is."""
    others = dict(zip([n for n in sizes if n != mine], OTHERS, strict=False))
    return others | {mine: MINE}


def clouds(found: Sequence[Cloud], mine: int) -> dict[str, Any]:
    """Gradients of random batches, one panel a size; ellipses of two standard deviations."""
    widest = max(float(np.sqrt(np.diag(c.theory)).max()) for c in found)
    centre, reach = found[0].full, 3.2 * widest
    panels = []
    for c in found:
        colour = MINE if c.batch == mine else SKY
        title = f"B = {c.batch}"
        panels.append(
            (
                f"<b>{title}</b>" if c.batch == mine else title,
                [
                    spots(
                        c.gradients[:400, 0],
                        c.gradients[:400, 1],
                        tr("gradient of a batch"),
                        colour,
                        size=3,
                        opacity=0.45,
                    ),
                    outline(c.ellipse(c.measured), tr("measured, {} sd", DEVIATIONS), colour),
                    outline(
                        c.ellipse(c.theory), tr("theory, {} sd", DEVIATIONS), GREY, predicted=True
                    ),
                    spots(
                        c.full[[0]], c.full[[1]], tr("full gradient"), GREY, symbol="cross", size=8
                    ),
                ],
            )
        )
    x = axis("∂L/∂w₁", range=[float(centre[0] - reach), float(centre[0] + reach)])
    y = axis("∂L/∂w₂", range=[float(centre[1] - reach), float(centre[1] + reach)])
    return multiples(panels, x, y, columns=min(len(found), 3), row=210)


def paths(loss: LinearRegression, runs: Sequence[Descent], mine: int) -> dict[str, Any]:
    """The descents over both weights; the noisiest lies at the bottom."""
    shades, traces = colours([run.batch for run in runs], mine), []
    for run in sorted(runs, key=lambda run: (run.batch == mine, run.batch)):
        if run.batch in (1, mine, run.n):
            traces += path(
                run.w[:LONGEST].T, f"B = {run.batch}", shades[run.batch], dots=run.batch == run.n
            )
    return field(_terrain(loss), traces, "w₁", "w₂", height=400)


@remembered
def _terrain(loss: LinearRegression) -> Map:
    """The loss over both weights, around the best ones and the start."""
    reach = 1.3 * float(np.abs(loss.optimum).max())
    (x0, y0), (x1, y1) = loss.optimum - reach, loss.optimum + reach
    grid = np.array(np.meshgrid(np.linspace(x0, x1, 160), np.linspace(y0, y1, 160)))
    return draw_heights(loss.excess(grid), (x0, x1, y0, y1))


def losses(
    runs: Sequence[Descent], floors: Mapping[int, float], mine: int, over: str
) -> dict[str, Any]:
    """Excess loss on all examples over updates or epochs; the predicted floors dashed."""
    shades, data = colours([run.batch for run in runs], mine), []
    for run in runs:
        keep = np.unique(np.linspace(0, len(run.w) - 1, COLUMNS).astype(int))
        x = (run.updates if over == "updates" else run.epochs)[keep]
        data.append(
            line(
                x,
                positive(np.where(run.excess > 1e-14, run.excess, np.nan)[keep]),
                f"B = {run.batch}",
                shades[run.batch],
                hover=f"{tr(over)} {{x}}: {{y}}",
            )
        )
        data[-1]["line"]["width"] = 2.5 if run.batch == mine else 1.5
        floor = floors[run.batch]
        if 0 < floor < np.inf:
            data.append(
                line(
                    x[[0, -1]],
                    [floor, floor],
                    tr("floor of B = {}, theory", run.batch),
                    shades[run.batch],
                    predicted=True,
                    legend=False,
                )
            )
    data.append(line([np.nan], [np.nan], tr("floor, theory"), GREY, predicted=True))
    top = max(float(runs[0].excess[0]) * 3, 1e-3)
    y = axis(tr("excess loss"), log=True, range=[-9, float(np.log10(top))])
    return figure_of(data, axis(tr(over)), y, height=400)


def floors(
    sizes: Sequence[int], theory: Sequence[float], measured: Mapping[str, Sequence[float]]
) -> dict[str, Any]:
    """Where each batch size stops: drawn independently as predicted, reshuffled lower."""
    hover = "B = {x}: {y}"
    data = [
        line(sizes, positive(values), tr("measured, {}", tr(order)), colour, dots=True, hover=hover)
        for (order, values), colour in zip(measured.items(), (BLUE, GREEN), strict=True)
    ]
    predicted = line(
        sizes, positive(theory), tr("theory, replacement"), GREY, predicted=True, hover=hover
    )
    x, y = axis(tr("batch size B"), log=True), axis(tr("noise floor"), log=True)
    return figure_of([*data, predicted], x, y, height=330)


def costs(found: Sequence[Cost]) -> dict[str, Any]:
    """Seconds per update and per epoch, against doing one example after the other."""
    sizes = [c.batch for c in found]
    hover = "B = {x}: {y} s"
    one = found[0].update
    data = [
        line(sizes, [c.update for c in found], tr("one update"), BLUE, dots=True, hover=hover),
        line(sizes, [c.epoch for c in found], tr("one epoch"), MINE, dots=True, hover=hover),
        line(
            sizes,
            [one * n for n in sizes],
            tr("one update, example by example"),
            GREY,
            predicted=True,
            hover=hover,
        ),
    ]
    return figure_of(
        data,
        axis(tr("batch size B"), log=True),
        axis(tr("seconds"), log=True),
        height=330,
    )


def wells(
    at: Wells, found: Mapping[float, Sequence[Escape]], spreads: Mapping[float, float]
) -> dict[str, Any]:
    """The two minima, and where the runs with batches of one ended.

    Bars: ends of the runs from either minimum; dashed: the bell that a parabola predicts.
    """
    x = np.linspace(-3.2, 3.8, 400)
    top = 1.1 * float(at(at.hilltop))
    data = [
        line(x, at(x), tr("training loss"), BLUE, hover="x = {x}: {y}"),
        line(
            x,
            at(x, moved=0.5),
            tr("moved by ½: other data"),
            BLUE,
            dash="dot",
            hover="x = {x}: {y}",
        ),
    ]
    for start, colour, name in (
        (SHARP, MINE, tr("ends, from the sharp one")),
        (FLAT, GREEN, tr("ends, from the flat one")),
    ):
        height, edges = np.histogram(found[start][0].x, bins=70, range=(-3.2, 3.8))
        data.append(
            {
                "type": "bar",
                "x": (edges[1:] + edges[:-1]) / 2,
                "y": 0.4 * top * height / max(height.max(), 1),
                "yaxis": "y",
                "name": name,
                "opacity": 0.45,
                "marker": {"color": colour, "line": {"width": 0}},
                "hovertemplate": "x = %{x}<extra></extra>",
            }
        )
        if spreads[start] > 0 and found[start][0].left < 0.5:
            with np.errstate(over="ignore"):  # a step of nothing spreads nothing
                bell = 0.4 * top * np.exp(-(((x - start) / spreads[start]) ** 2) / 2)
            data.append(line(x, bell, tr("predicted spread"), GREY, predicted=True))
    y = axis(tr("loss; ends, scaled"), range=[0, top])
    return figure_of(data, axis("x"), y, [Limit(at.hilltop, tr("hilltop"), of="x")], height=340)


def escapes(sizes: Sequence[int], found: Mapping[float, Sequence[Escape]]) -> dict[str, Any]:
    """Share of the runs that left each minimum, by batch size."""
    data = [
        {
            "type": "bar",
            "x": [str(n) for n in sizes],
            "y": [e.left for e in found[start]],
            "name": name,
            "marker": {"color": colour},
            **read_out("B = %{x}: {y:%}", y=[e.left for e in found[start]]),
        }
        for start, colour, name in (
            (SHARP, MINE, tr("left the sharp one")),
            (FLAT, GREEN, tr("left the flat one")),
        )
    ]
    y = axis(tr("share of the runs"), tickformat=".0%", range=[0, 1.05])
    figure = figure_of(data, axis(tr("batch size B"), type="category"), y, height=340)
    figure["layout"] |= {"barmode": "group", "bargap": 0.35}
    return figure
