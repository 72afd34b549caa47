"""Clicks on the cells of a native chart: `st.plotly_chart` reports none on heatmaps."""

from __future__ import annotations

import streamlit as st

from playground.player.modules import script
from playground.ui.chapters import chart

_STYLE = """
[class*="st-key-cells-"] .nsewdrag {
  cursor: pointer;
}
"""
_clicks = st.components.v2.component(
    "optimizer_playground_clicks", js=script("clicks"), css=_STYLE, isolate_styles=False
)


def cells(figure: dict, key: str, name: str) -> tuple[int, int] | None:
    """Show a figure of cells; the (row, column) of the cell clicked just now, or None."""
    with st.container(key=f"cells-{key}"):
        chart(figure, f"{key}-figure", name=name)
        result = _clicks(key=f"{key}-clicks", on_cell_change=lambda: None)
    if not result.get("cell"):
        return None
    row, column = result["cell"].split(",")
    return int(row), int(column)
