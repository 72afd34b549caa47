"""A Plotly figure of a page, drawn by `js/figure.js` instead of Streamlit's own chart.

That one is another chart whenever its data is, which Plotly then draws three times, in sight or
not: on a page of eleven charts a move of a slider took two thirds of a second.  Ours is the same
chart with new data: drawn once, where only what has changed moves, and only while it is near the
window.
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Mapping
from typing import Any

import numpy as np
import streamlit as st
from plotly.io.json import to_json_plotly

from playground.player.component import nothing
from playground.player.modules import script

_figure = st.components.v2.component(
    "optimizer_playground_figure", js=script("mount_figure"), isolate_styles=False
)
LEAST, MOST = (float(edge) for edge in (np.finfo(np.float32).tiny, np.finfo(np.float32).max))
FEW = 16
"""Below so many numbers a list is as short, and is read by eye."""


def drawing(body: bytes, height: int, key: str) -> tuple[int, int] | None:
    """Draw a `packed` figure, `height` pixels high.

    Returns the (row, column) of the cell clicked just now, or None.
    """
    result = _figure(key=key, data=body, height=height, on_cell_change=nothing)
    if not result.get("cell"):
        return None
    row, column = result["cell"].split(",")
    return int(row), int(column)


def packed(figure: Mapping[str, Any]) -> bytes:
    """The message of a figure: its JSON as one zlib stream, its numbers as typed arrays.

    figure: `data` and `layout`, whose `meta` has the `name` and the `words` of the figure, and,
        where the cells of its heatmap can be chosen, how many `cells` it has across and up.
    """
    data = [{name: typed(value) for name, value in trace.items()} for trace in figure["data"]]
    return zlib.compress(to_json_plotly({"data": data, "layout": figure["layout"]}).encode(), 1)


def typed(value: Any) -> Any:
    """Real numbers in single precision, finer than any pixel, where its range holds them."""
    if not isinstance(value, np.ndarray) or value.dtype.kind != "f" or value.size < FEW:
        return value
    sizes = np.abs(value[np.isfinite(value) & (value != 0)])
    if sizes.size and not LEAST < sizes.min() <= sizes.max() < MOST:
        return value
    body = base64.b64encode(np.ascontiguousarray(value, "<f4").tobytes()).decode()
    shape = {"shape": ", ".join(map(str, value.shape))} if value.ndim > 1 else {}
    return {"dtype": "f4", "bdata": body, **shape}
