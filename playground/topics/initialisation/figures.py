"""A deep network at its first breath: signal, gradient and units, layer by layer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from playground.figures.hover import read_out
from playground.figures.panels import (
    Limit,
    Trace,
    axis,
    figure_of,
    line,
    multiples,
    positive,
)
from playground.figures.theme import (
    BLUE,
    GRADIENT,
    GREEN,
    GREY,
    HALF_PRECISION,
    OCHRE,
    SKY,
    VERMILION,
    VIOLET,
)
from playground.language import tr
from playground.networks.propagation import PRECISIONS, Flow, Propagation
from playground.topics.initialisation.lines import DRIFT, LEARNED, MOSTLY
from playground.topics.initialisation.power import Powers
from playground.words import number, percent, setting

SIGNAL, SATURATED, SILENT = BLUE, VERMILION, VIOLET
RATES = (SKY, GREEN, OCHRE, VERMILION, VIOLET)
"""Learning rates of a training, from small to large."""
NUMBERS = np.finfo(float)
NESTED = dict(zip(PRECISIONS, ((HALF_PRECISION, 9), (GREEN, 5), (BLUE, 2)), strict=True))
"""Colour and width of each precision: they lie on each other until one gives up."""


def flow(theory: Flow, measured: Propagation | None, way: str) -> dict[str, Any]:
    """Mean square per layer, `way` forward (signal) or backward (gradient)."""
    predicted = getattr(theory, way)
    layers = np.arange(1, len(predicted) + 1)
    colour = SIGNAL if way == "forward" else GRADIENT
    hover = tr("layer {x}: {y}")
    data = []
    if measured is not None:
        data.append(
            line(
                layers,
                positive(getattr(measured, way)),
                tr("measured"),
                colour,
                dots=len(layers) < 15,
                hover=hover,
            )
        )
    data.append(line(layers, positive(predicted), tr("theory"), GREY, predicted=True, hover=hover))
    first = predicted[0] if way == "forward" else predicted[-1]
    limits = (
        [
            Limit(first * DRIFT, tr("× {}: exploding", setting(DRIFT))),
            Limit(first / DRIFT, tr("÷ {}: vanishing", setting(DRIFT))),
        ]
        if NUMBERS.tiny * DRIFT < first < NUMBERS.max / DRIFT
        else []
    )
    limits = _apart(limits, predicted)
    limits += _lost(getattr(theory if measured is None else measured, way), way)
    name = "z" if way == "forward" else "∂f/∂z"
    y = axis(tr("mean square of {}", name), log=True) | _room(predicted, limits)
    title = (
        tr("Signal, on the way forward") if way == "forward" else tr("Gradient, on the way back")
    )
    return figure_of(data, axis(tr("layer")), y, limits, title)


def _apart(limits: list[Limit], values: np.ndarray) -> list[Limit]:
    """Both limits, or the one that is passed where the other would lie on it."""
    logs = np.log10(positive(values))
    if np.isnan(logs).all() or np.ptp(logs[np.isfinite(logs)]) < 50:
        return limits
    return limits[:1] if np.nanmax(logs) > np.log10(limits[0].value) else limits[1:]


def _lost(values: np.ndarray, way: str) -> list[Limit]:
    """Where along its way a mean square leaves what a logarithmic axis can show, and how."""
    layers = np.arange(1, len(values) + 1)
    found = []
    for word, lost in (("0", values == 0), ("∞", ~np.isfinite(values))):
        if lost.all():
            found.append(Limit(1, tr("{} in every layer", word), "x", "bottom"))
        elif lost.any() and way == "forward":
            first = int(layers[lost][0])
            found.append(Limit(first, tr("{} from layer {}", word, first), "x", "bottom"))
        elif lost.any():
            last = int(layers[lost][-1])
            found.append(Limit(last, tr("{} down from layer {}", word, last), "x", "bottom"))
    return found


def _room(values: np.ndarray, limits: Sequence[Limit]) -> dict[str, Any]:
    """A range that holds the curve and its limits, in powers of ten."""
    seen = positive(values)
    if np.isnan(seen).all():
        return {"range": [-1, 1]}
    ends = np.log10(
        [np.nanmin(seen), np.nanmax(seen), *(limit.value for limit in limits if limit.of == "y")]
    )
    return {"range": [float(ends.min()) - 1, float(ends.max()) + 2]}


def units(measured: Propagation) -> dict[str, Any]:
    """Share of saturated activations and of silent units per layer."""
    layers = np.arange(1, len(measured.silent) + 1)
    hover = tr("layer {x}: {y:%}")
    data = [line(layers, measured.silent, tr("silent units"), SILENT, hover=hover, dash="dot")]
    if measured.activation.saturates:
        data.insert(
            0, line(layers, measured.saturated, tr("saturated activations"), SATURATED, hover=hover)
        )
    limits = [Limit(MOSTLY, tr("saturated"))] if measured.activation.saturates else []
    y = axis(tr("share of the layer"), tickformat=".0%", range=[-0.03, 1.08])
    return figure_of(data, axis(tr("layer")), y, limits, tr("Units that do not learn"))


def shown_layers(depth: int) -> list[int]:
    """At most six layers whose histograms are shown, first and last among them, from 0."""
    return sorted({round(k) for k in np.linspace(0, depth - 1, 6)})


def histograms(measured: Propagation) -> dict[str, Any]:
    """How the activations of some layers are distributed, all on the axes of the first."""
    middle = (measured.edges[1:] + measured.edges[:-1]) / 2
    panels = []
    for layer in shown_layers(len(measured.forward)):
        share = measured.histogram[layer]
        outside = 1 - share.sum()
        title = tr("layer {}", layer + 1)
        if outside > 0.005:
            title = tr("layer {}, {} outside", layer + 1, percent(outside))
        bars: Trace = {
            "type": "bar",
            "x": middle,
            "y": positive(share),
            "marker": {"color": SIGNAL, "line": {"width": 0}},
            **read_out(tr("around {x}: {y:%}"), x=middle, y=share),
        }
        panels.append((title, [bars]))
    ends = [float(measured.edges[0]), float(measured.edges[-1])]
    # The smallest share that one activation of a layer can be lies far below what is visible.
    y = axis(tr("share"), log=True, range=[-4, 0.1])
    return multiples(panels, axis(tr("activation"), range=ends), y)


def losses(t: Any, loss: np.ndarray, rates: np.ndarray, steps: int) -> dict[str, Any]:
    """Training loss ``(K, R)`` over the updates t ``(K,)``, one line a learning rate."""
    data = [
        line(
            t,
            positive(loss[:, k]),
            f"η = {number(rate)}",
            RATES[k % len(RATES)],
            hover=tr("update {x}: loss {y}"),
        )
        for k, rate in enumerate(rates)
    ]
    limits = [Limit(float(np.log(2)), tr("guessing")), Limit(float(LEARNED), tr("learned"))]
    seen = positive(loss[loss < 1e6]) if (loss < 1e6).any() else np.array([1.0])
    low, high = np.nanmin(seen, initial=0.1), np.nanmax(seen, initial=2.0)
    y = axis(
        tr("training loss"), log=True, range=np.log10([low / 1.5, min(high, 1e3) * 1.5]).tolist()
    )
    return figure_of(data, axis(tr("update"), range=[0, steps]), y, limits, height=320)


def powers(found: Powers) -> dict[str, Any]:
    """factor^L in three precisions against exact arithmetic, with the layer where each gives up."""
    exact = found.layers * np.log10(found.factor)
    data, limits = [], []
    for name, values in found.values.items():
        with np.errstate(all="ignore"):
            logs = np.log10(values.astype(float))
        end = found.overflow[name] or found.underflow[name]
        colour, width = NESTED[name]
        data.append(line(found.layers, logs, name, colour, hover=tr("layer {x}: log₁₀ {y}")))
        data[-1]["line"]["width"] = width
        if end is not None:
            word = "∞" if found.overflow[name] else "0"
            at = "top" if found.factor > 1 else "bottom"
            limits.append(Limit(end, tr("{}: {} from {}", name, word, end), "x", at))
    data.append(
        line(
            found.layers, exact, tr("exact"), GREY, predicted=True, hover=tr("layer {x}: log₁₀ {y}")
        )
    )
    y = axis(tr("log₁₀ of the product"))
    return figure_of(data, axis(tr("layer L")), y, limits, f"{setting(found.factor)}ᴸ")
