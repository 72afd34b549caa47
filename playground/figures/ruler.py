"""An axis of cells, each a value of a parameter on the scale it is declared on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from playground.figures.ticks import ticks as round_ticks
from playground.words import alike

TICKS = 6
"""At most, on a scale that is even in the value or its logarithm."""


@dataclass(frozen=True, eq=False)
class Ruler:
    """An axis of evenly spaced cells: where a value lies on it, in cells, and what it is labelled.

    `scale` is that of the parameter: even in the value, in its logarithm, or in log(1 − β).
    """

    values: np.ndarray  # (n,)
    scale: str

    def place(self, value: Any) -> np.ndarray:
        """The place of a value on the axis, ``0`` the middle of the first cell, in cells."""
        with np.errstate(all="ignore"):
            at, ends = self._even(value), self._even(self.values[[0, -1]])
            place: np.ndarray = (at - ends[0]) / (ends[1] - ends[0]) * (len(self.values) - 1)
        return place

    def _even(self, value: Any) -> np.ndarray:
        value = np.asarray(value, dtype=float)
        if self.scale == "log":
            return np.log(value)
        return -np.log(1 - value) if self.scale == "decay" else value

    @np.errstate(over="ignore")
    def ticks(self) -> np.ndarray:
        """Round values inside the axis."""
        low, high = self.values[0], self.values[-1]
        if self.scale == "decay":
            candidates = np.array([0, 0.3, 0.5, 0.7, 0.9, 0.97, 0.99, 0.997, 0.999, 0.9999])
        else:
            log = self.scale == "log"
            candidates = round_ticks(float(low), float(high), log, TICKS)
        slack = 1e-9 * abs(high)
        inside = (candidates >= low - slack) & (candidates <= high + slack)
        return candidates[inside & np.isfinite(candidates)]

    def axes(self, name: str, letter: str) -> dict[str, Any]:
        """Two Plotly axes, one over the other: x (or y) of the cells, x2 of what is drawn on them.

        Cells are categories, named by their values, so that the hover says the exact value on any
        scale.  Lines and round ticks lie between cells, which only a numeric axis can say.
        """
        ticks = self.ticks()
        texts = alike(float(f"{v:.6g}") for v in ticks)
        shown = {
            "tickmode": "array",
            "tickvals": self.place(ticks),
            "ticktext": texts,
            "overlaying": letter,
            "range": [-0.5, len(self.values) - 0.5],
            "side": "bottom" if letter == "x" else "left",
            "tickangle": 0,
        }
        hidden = {
            "type": "category",
            "showticklabels": False,
            "ticks": "",
            "fixedrange": True,
            "showgrid": False,
            "zeroline": False,
        }
        return {f"{letter}axis": hidden, f"{letter}axis2": still(name) | shown}


def still(title: str) -> dict[str, Any]:
    """A Plotly axis that cannot be zoomed, so that a finger on it scrolls the page."""
    return {
        "title": {"text": title},
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "ticks": "outside",
    }
