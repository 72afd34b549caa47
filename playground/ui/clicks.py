"""Clicks on the cells of a native chart: `st.plotly_chart` reports none on heatmaps."""

from __future__ import annotations

import streamlit as st

_SCRIPT = """
// Listens to Plotly's own click event in the container this component shares with the chart.
export default function ({ parentElement, setTriggerValue }) {
  const box = parentElement.closest("[class*='st-key-cells-']");
  let graph = null;
  const report = ({ points }) => setTriggerValue("cell", points[0].pointNumber.join(","));
  const attach = () => {
    const found = box.querySelector(".js-plotly-plot");
    if (!found?.on || found === graph) return;
    graph?.removeListener?.("plotly_click", report);
    graph = found;
    graph.on("plotly_click", report);
  };
  attach();
  const watcher = new MutationObserver(attach);
  watcher.observe(box, { childList: true, subtree: true });
  return () => {
    watcher.disconnect();
    graph?.removeListener?.("plotly_click", report);
  };
}
"""
_STYLE = """
[class*="st-key-cells-"] .nsewdrag {
  cursor: pointer;
}
"""
_clicks = st.components.v2.component(
    "optimizer_playground_clicks", js=_SCRIPT, css=_STYLE, isolate_styles=False
)


def cells(figure: dict, key: str) -> tuple[int, int] | None:
    """Show a figure of cells; the (row, column) of the cell clicked just now, or None."""
    with st.container(key=f"cells-{key}"):
        st.plotly_chart(figure, key=f"{key}-figure", config={"displayModeBar": False})
        result = _clicks(key=f"{key}-clicks", on_cell_change=lambda: None)
    if not result.get("cell"):
        return None
    row, column = result["cell"].split(",")
    return int(row), int(column)
