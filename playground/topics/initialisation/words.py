"""What the initialisation page says, in sentences and tables that change with its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from playground.diagnosis.finding import Finding
from playground.language import tr
from playground.networks.initialisations import Initialisation
from playground.networks.propagation import PRECISIONS, Flow, Propagation, theory
from playground.shelf import remembered
from playground.topics.initialisation.labels import DEAD, HEALTHY, SYMMETRIC
from playground.topics.initialisation.power import power_experiment
from playground.topics.initialisation.settings import FirstBreath
from playground.words import Said, number, setting

FOREVER = 20_000
"""Layers after which a product that still is a number is left alone."""


@remembered
def verdict(found: Finding) -> Said:
    """The verdict with the number that decided it beside its threshold."""
    sentence = f"{found.sentence} {_comparison(found)}"
    return Said(found.label.noun, found.label.good, sentence)


def _comparison(found: Finding) -> str:
    measured, line = number(found.measured), setting(found.threshold)
    if found.label is SYMMETRIC:
        return tr("The {} is {}.", found.quantity, measured)
    if found.label is HEALTHY:
        return tr(
            "Largest change: {}, allowed from {} to {}.",
            measured,
            setting(1 / found.threshold),
            line,
        )
    sign = "≥" if found.label is DEAD else ">" if found.measured > found.threshold else "<"
    return tr("Decisive: {}: {} {} {}.", found.quantity, measured, sign, line)


@remembered
def layer_table(predicted: Flow, measured: Propagation) -> tuple[list[str], list[list[str]]]:
    """The numbers of the charts: measured and predicted, first, last and per layer."""
    rows = []
    for name, way in ((tr("signal"), "forward"), (tr("gradient"), "backward")):
        for flow, how in ((measured, tr("measured")), (predicted, tr("theory"))):
            values, factor = getattr(flow, way), getattr(flow, f"{way}_factor")
            rows.append([name, how, *map(_cell, (values[0], values[-1], factor))])
    return [
        tr("mean square"),
        tr("how"),
        tr("layer 1"),
        tr("layer {}", len(predicted.forward)),
        tr("× per layer"),
    ], rows


def _cell(value: float) -> str:
    return "–" if np.isnan(value) else "∞" if np.isinf(value) else number(value)


@remembered
def every_initialisation(s: FirstBreath) -> tuple[list[str], list[list[str]]]:
    """Theory's factors per layer of all initialisations, for this activation and size."""
    rows = []
    for cls in Initialisation.all.values():
        usual = [cls(), *([cls(**cls.notable)] if cls.notable else [])]
        for value in [s.initialisation] if isinstance(s.initialisation, cls) else usual:
            flow = theory(s.depth, s.width, s.activation, value)
            bold = "**" if value == s.initialisation else ""
            forward = flow.forward[-1], flow.forward_factor
            backward = flow.backward[0], flow.backward_factor
            rows.append([f"{bold}`{value!r}`{bold}", *map(_cell, (*forward, *backward))])
    head = [
        tr("initialisation"),
        tr("signal, layer {}", s.depth),
        tr("× per layer"),
        tr("gradient, layer 1"),
        tr("× per layer"),
    ]
    return head, rows


@remembered
def gives_up(factor: float) -> str:
    """Where each precision stops holding factor^L, in a sentence."""
    found = power_experiment(factor, FOREVER)
    ends = []
    for name in PRECISIONS:
        over, under = found.overflow[name], found.underflow[name]
        if over:
            ends.append(tr("{} overflows from layer {}", name, over))
        elif under:
            ends.append(tr("{} is 0 from layer {}", name, under))
        else:
            ends.append(tr("{} lasts for more than {} layers", name, FOREVER))
    return f"{setting(factor)}ᴸ: {', '.join(ends)}."


@remembered
def full_matrix(s: FirstBreath) -> str:
    """Why the layer must be c times the identity."""
    full = power_experiment(s.grow, 1, full=2).factor
    with np.errstate(over="ignore"):
        grown, shrunk = np.power((s.grow, s.shrink), float(s.layers))
    grow, shrink = setting(s.grow), setting(s.shrink)
    return tr(
        "After {} layers {}ᴸ is {} and {}ᴸ is {}. The layer is c times the identity; a 2 × 2 "
        "matrix *full* of {} multiplies by {} instead.",
        s.layers,
        grow,
        _cell(grown),
        shrink,
        _cell(shrunk),
        grow,
        setting(full),
    )


def columns(s: FirstBreath, predicted: Flow, measured: Propagation) -> Mapping[str, Any]:
    """The download."""
    return {
        "layer": range(1, s.depth + 1),
        "signal measured": measured.forward,
        "signal theory": predicted.forward,
        "gradient measured": measured.backward,
        "gradient theory": predicted.backward,
        "saturated": measured.saturated,
        "silent": measured.silent,
    }
