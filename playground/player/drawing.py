"""A Plotly figure of a page, drawn by `js/figure.js` instead of Streamlit's own chart.

That one is another chart whenever its data is, which Plotly then draws three times, in sight or
not: on a page of eleven charts a move of a slider took two thirds of a second.  Ours is the same
chart with new data: drawn once, where only what has changed moves, and only while it is near the
window.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import Any

import streamlit as st
from plotly.io.json import to_json_plotly

from playground.player.modules import script

_figure = st.components.v2.component(
    "optimizer_playground_figure", js=script("mount_figure"), isolate_styles=False
)


def drawing(figure: Mapping[str, Any], key: str) -> tuple[int, int] | None:
    """Draw a figure; the (row, column) of the cell clicked just now, or None.

    figure: `data` and `layout`, which has a `height` in pixels; its `meta` has the `name` and the
        `words` of the figure, and `cells` where the cells of its heatmap can be clicked.
    """
    height = int(figure["layout"]["height"])
    result = _figure(key=key, data=packed(figure), height=height, on_cell_change=_nothing)
    if not result.get("cell"):
        return None
    row, column = result["cell"].split(",")
    return int(row), int(column)


def packed(figure: Mapping[str, Any]) -> bytes:
    """The message of a figure: its JSON as one zlib stream."""
    return zlib.compress(to_json_plotly(dict(figure)).encode(), 1)


def _nothing() -> None:
    """Streamlit reports only the values that have a callback."""
