"""The cells of a map in colours: what each colour stands for, and what the hover says."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from playground.diagnosis import OUTCOMES
from playground.figures.theme import (
    BLUE,
    BROWN,
    CELLS,
    DIVERGED,
    FAST_TO_SLOW,
    GREEN,
    NOT_FINITE,
    OCHRE,
    ON_THE_WAY,
    PINK,
    SKY,
    VERMILION,
    VIOLET,
    pale,
)
from playground.language import tr
from playground.topics.maps.basins import Basins
from playground.topics.maps.sweep import HIGHER, Sweep
from playground.words import point

MINIMA = (BLUE, VERMILION, GREEN, PINK, OCHRE, VIOLET, SKY, BROWN)
"""The lowest minimum first; all beyond these share the last colour."""


class Layer(NamedTuple):
    """Some cells of a map: their colours, their name in the legend, and what the hover says."""

    name: str
    colours: tuple[str, ...]
    z: np.ndarray  # (ny, nx): place on the colour scale; NaN where another layer has the cell
    words: str = ""
    """Hover text; ``%{customdata}`` stands for the cell's entry of `numbers`."""
    numbers: np.ndarray | None = None  # (ny, nx)


def steps_layer(steps: np.ndarray, most: int) -> Layer:
    """Cells coloured by the logarithm of their steps; NaN stays empty."""
    place = np.log10(np.maximum(steps, 1)) / np.log10(max(most, 2))
    said = tr("arrived after %{customdata} steps")
    return Layer(tr("arrived"), FAST_TO_SLOW, place, said, steps)


def flat_layer(name: str, colour: str, cells: np.ndarray, words: str = "") -> Layer:
    """Cells of one colour."""
    return Layer(name, (colour,), np.where(cells, 0.0, np.nan), words or name)


def sweep_layers(sweep: Sweep) -> list[Layer]:
    """Steps where a cell arrived, one colour for each other outcome."""
    late = tr("on the way after {} steps", sweep.steps)
    return [
        steps_layer(sweep.steps_to, sweep.steps),
        flat_layer(late, ON_THE_WAY, sweep.outcome == 1),
        flat_layer(tr(HIGHER), DIVERGED, sweep.outcome == 2),
    ]


def verdict_layers(found: np.ndarray) -> list[Layer]:
    """One colour per outcome; `found (ny, nx)` counts along `OUTCOMES`."""
    return [
        flat_layer(
            outcome.noun,
            CELLS[outcome.colour],
            found == k,
            f"{outcome.noun}<br>{outcome.meaning}",
        )
        for k, outcome in enumerate(OUTCOMES)
    ]


def basin_layers(basins: Basins, steps: int) -> list[Layer]:
    """One hue per minimum, darker where fewer steps were needed."""
    layers, after = [], tr("after %{customdata} steps")
    for k in range(min(len(basins.heights), len(MINIMA))):
        rest = k == len(MINIMA) - 1 and len(basins.heights) > len(MINIMA)
        mine = basins.which >= k if rest else basins.which == k
        x, y = basins.minima[:, k]
        name = tr("another minimum") if rest else tr("minimum at {}", point((x, y)))
        place = np.log10(np.maximum(basins.steps, 1)) / np.log10(max(steps, 2))
        layers.append(
            Layer(
                name,
                (MINIMA[k], pale(MINIMA[k])),
                np.where(mine, place, np.nan),
                f"{name}<br>{after}",
                np.where(mine, basins.steps, np.nan),
            )
        )
    astray, nowhere = basins.which < 0, tr("at no minimum after {} steps", steps)
    return [
        *layers,
        flat_layer(nowhere, ON_THE_WAY, astray & basins.finite),
        flat_layer(tr("not finite"), NOT_FINITE, astray & ~basins.finite),
    ]
