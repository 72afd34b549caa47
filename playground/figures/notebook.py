"""A figure of the house as a Plotly figure, which a notebook shows."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go


def plotted(figure: dict[str, Any]) -> go.Figure:
    """The figure, without what only our own drawing reads in it."""
    return go.Figure(figure, skip_invalid=True)
