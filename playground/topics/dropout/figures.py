"""Dropout: masks, moments, depth, sub-networks, and training with and without."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from playground.figures.fields import spots
from playground.figures.hover import read_out
from playground.figures.panels import (
    Limit,
    Trace,
    axis,
    figure_of,
    ground,
    line,
    positive,
)
from playground.figures.theme import BLUE, GREEN, GREY, OCHRE, VERMILION, clear
from playground.language import tr
from playground.networks.dropout import Depth, KeptUnits, Moments
from playground.networks.training import Training
from playground.topics.dropout.training import Average
from playground.words import number, setting

KEPT, DROPPED = BLUE, VERMILION
MEAN, SECOND = BLUE, VERMILION
WITH, WITHOUT = BLUE, OCHRE
COLOURS = {"no dropout": WITHOUT, "dropout": WITH}
DEPTHS = (BLUE, VERMILION, GREEN)


def mask(drawn: np.ndarray, title: str) -> dict[str, Any]:
    """One mask ``(examples, units)``: what is kept is dark, what is dropped is empty."""
    trace = {
        "type": "heatmap",
        "z": drawn,
        "zmin": 0,
        "zmax": max(float(drawn.max()), 1.0),
        "colorscale": [[0, clear(GREY, 0.1)], [1, KEPT]],
        "showscale": False,
        "xgap": 1,
        "ygap": 1,
        **read_out(tr("example %{y}, unit %{x}: × {z}"), z=drawn),
    }
    return {
        "data": [trace],
        "layout": {
            **ground(260, title),
            "xaxis": axis(
                tr("unit"), showgrid=False, tick0=0, dtick=16 if drawn.shape[1] > 16 else 1
            ),
            "yaxis": axis(tr("example"), autorange="reversed", showgrid=False, dtick=5),
        },
    }


def kept_units(counts: np.ndarray, theory: KeptUnits) -> dict[str, Any]:
    """How many units of one layer a mask keeps, over many examples; the binomial law dashed."""
    k, hover = theory.k, tr("{x} units: {y:%}")
    share = np.bincount(counts, minlength=len(k)) / len(counts)
    data = [
        line(k, share, tr("measured"), KEPT, hover=hover),
        line(k, theory.probability, tr("binomial"), GREY, predicted=True, hover=hover),
    ]
    reach = max(6 * theory.sd, 4)
    ends = [max(theory.mean - reach, -0.5), min(theory.mean + reach, len(k) - 0.5)]
    y = axis(tr("share of examples"), tickformat=".0%", rangemode="tozero")
    return figure_of(
        data,
        axis(tr("units kept"), range=ends),
        y,
        [Limit(theory.mean, "np", "x", "bottom")],
        tr("Units kept in the last hidden layer"),
        260,
    )


def moments(found: Mapping[str, Moments]) -> dict[str, Any]:
    """Mean and second moment with masks, relative to without; dashes are theory."""
    names = [tr(name) for name in found]
    data: list[Trace] = []
    every = list(found.values())
    for name, colour, shape, values, theory in (
        (
            tr("second moment"),
            SECOND,
            {"symbol": "square-open", "size": 18},
            [m.second for m in every],
            [m.second_theory for m in every],
        ),
        (
            tr("mean"),
            MEAN,
            {"symbol": "circle", "size": 9},
            [m.mean for m in every],
            [m.mean_theory for m in every],
        ),
    ):
        stroke = {"symbol": "line-ew", "size": 34, "line": {"width": 2, "color": colour}}
        predicted, hover = spots(names, theory, tr("{}, theory", name), colour), "{x}: × {y}"
        predicted |= {"marker": stroke, "showlegend": False}
        measured = spots(names, values, name, colour, hover=hover)
        measured["marker"] |= {"line": {"width": 2}, **shape}
        data += [predicted, measured]
    top = max(m.second for m in found.values())
    y = axis(tr("with mask ÷ without"), range=[0, max(1.3, 1.15 * top)])
    x = axis("", range=[-0.5, len(names) - 0.5])
    return figure_of(
        data, x, y, [Limit(1, tr("as at test time"))], tr("One mask, in training"), 320
    )


def depth(found: Mapping[float, Depth]) -> dict[str, Any]:
    """Training over test mean square through a deep network, one line a keep probability."""
    data, hover = [], tr("layer {x}: × {y}")
    for (keep, d), colour in zip(found.items(), DEPTHS, strict=False):
        layers = np.arange(1, len(d.ratio) + 1)
        data += [
            line(layers, d.ratio, f"p = {setting(keep)}", colour, dots=True, hover=hover),
            line(
                layers,
                d.theory,
                tr("p = {}, theory", setting(keep)),
                colour,
                predicted=True,
                hover=hover,
                legend=False,
            ),
        ]
    y = axis(tr("mean square, training ÷ test"), log=True)
    return figure_of(
        data,
        axis(tr("layer")),
        y,
        [Limit(1, tr("as at test time"))],
        tr("The same through {} ReLU layers", len(layers)),
        320,
    )


def training(runs: Mapping[str, Training], what: str, steps: int) -> dict[str, Any]:
    """Training (dotted) and test (solid) `what`, loss or error, with and without dropout."""
    data = []
    for name, run in runs.items():
        colour = COLOURS[name]
        for part, of, dash in (
            (tr("training"), what, "dot"),
            (tr("test"), f"dev_{what}", "solid"),
        ):
            values = getattr(run, of)
            y = positive(values) if what == "loss" else values
            data.append(
                line(
                    run.t,
                    y,
                    f"{tr(name)}, {part}",
                    colour,
                    dash=dash,
                    hover=tr("update {x}: {y}"),
                )
            )
    x = axis(tr("update"), range=[0, steps])
    if what == "loss":
        return figure_of(data, x, axis(tr("loss"), log=True), (), tr("Loss"), 320)
    y = axis(tr("share of wrong classes"), tickformat=".0%")
    return figure_of(data, x, y, (), tr("Error"), 320)


def recipes(test: Mapping[str, tuple[float, float]], names: Mapping[str, str]) -> dict[str, Any]:
    """Test loss of each recipe for test time."""
    order = list(names)
    colours = [DROPPED if name == "forgotten" else WITH for name in order]
    data = [
        {
            "type": "bar",
            "orientation": "h",
            "y": [names[name] for name in order],
            "width": 0.6,
            "x": [test[name][0] for name in order],
            "marker": {"color": colours},
            "text": [number(test[name][0]) for name in order],
            "textposition": "auto",
            **read_out(tr("%{y}: loss {x}"), x=[test[name][0] for name in order]),
            "showlegend": False,
        }
    ]
    y = axis("", categoryorder="array", categoryarray=[names[name] for name in order][::-1])
    return figure_of(
        data,
        axis(tr("test loss"), rangemode="tozero"),
        y,
        (),
        tr("{} ways at test time", len(names)),
        300,
    )


def averages(found: Average) -> dict[str, Any]:
    """Test loss against the number of sub-networks averaged; weight scaling as a hairline."""
    data = [
        line(
            found.networks,
            found.loss,
            tr("mean of sub-networks"),
            WITH,
            hover=tr("{x} networks: {y}"),
        )
    ]
    top = max(float(found.loss.max()), found.scaled)
    return figure_of(
        data,
        axis(tr("sub-networks averaged")),
        axis(tr("test loss"), range=[0, 1.15 * top]),
        [Limit(found.scaled, tr("the whole network, once"))],
        tr("Many sub-networks, or one pass"),
        300,
    )


def debugging(cost: Mapping[float, np.ndarray]) -> dict[str, Any]:
    """The loss that training sees, update by update."""
    data = [
        line(
            np.arange(len(values)),
            positive(values),
            tr("keep = {}", setting(keep)),
            colour,
            hover=tr("update {x}: J = {y}"),
        )
        for (keep, values), colour in zip(_last_first(cost), (WITH, WITHOUT), strict=False)
    ]
    y = axis(tr("loss J under the masks of each update"), log=True)
    return figure_of(data, axis(tr("update")), y, height=300)


def _last_first(cost: Mapping[float, np.ndarray]) -> Sequence[tuple[float, np.ndarray]]:
    """The jumping curve below, the quiet one on top of it."""
    return list(cost.items())[::-1]
