"""What the chapters of a page are made of: verdict, chart, table, and the lines to take away."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping
from itertools import zip_longest
from typing import Any

import numpy as np
import streamlit as st

from playground.figures.empty import empty, nothing_of
from playground.figures.spoken import spoken
from playground.language import tr
from playground.player import drawing
from playground.ui.say import literal


def chart(
    figure: dict[str, Any], key: str, place: Any = st, *, name: str = "", cells: bool = False
) -> tuple[int, int] | None:
    """A figure in the colours of the theme; its title is text above it, which wraps.

    Axes on which nothing could be drawn are not shown: words say so.

    name: what it is called where it is not seen, if neither its title nor its axes say it.
    cells: whether its cells can be clicked; (row, column) of the one clicked just now is returned.
    """
    layout = dict(figure["layout"])
    title = layout.pop("title", {}).get("text", "")
    with place.container(key=f"chart-{key}"):
        if title:
            st.markdown(f"**{title}**")
        if empty(figure):
            st.caption(literal(nothing_of(figure)))
            return None
        shown = spoken(figure | {"layout": layout}, name or title)
        if cells:
            rows, columns = np.shape(figure["data"][0]["z"])
            shown["layout"]["meta"]["cells"] = [columns, rows]
        return drawing(shown, key)


def side_by_side(*shown: tuple[dict[str, Any], str]) -> None:
    """Charts in one row, each a figure and its key."""
    for column, (figure, key) in zip(st.columns(len(shown), gap="large"), shown, strict=True):
        with column:
            chart(figure, key)


def table(head: list[str], rows: list[list[str]]) -> None:
    """A plain table; with a true minus sign 1e−15 is not broken at the end of a line.

    Every column has a head, or whoever hears the table does not know what they hear.
    """
    if not all(head):
        raise ValueError(f"a column without a head: {head}")
    cells = [[c if "`" in c else re.sub(r"-(?=\d)", "−", c) for c in row] for row in rows]
    lines = [head, ["---"] * len(head), *cells]
    st.markdown("\n".join("| " + " | ".join(line) + " |" for line in lines))


def take_away(name: str, code: str, columns: Callable[[], Mapping[str, Any]]) -> None:
    """The lines that reproduce the numbers, and the numbers themselves.

    Closed, it holds no code: to colour a line, Streamlit loads the grammars of all languages.
    """
    lines = st.expander(
        tr("The code"), icon=":material/code:", key=f"code-{name}", on_change="rerun"
    )
    if lines.open:
        lines.code(code, "python")
    st.download_button(
        tr("The numbers (CSV)"),
        data=lambda: to_csv(columns()),
        file_name=f"{name}.csv",
        mime="text/csv",
        icon=":material/table:",
        on_click="ignore",
        key=f"csv-{name}",
    )


def to_csv(columns: Mapping[str, Any]) -> str:
    """Columns, not all of one length, as CSV at full precision."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows(zip_longest(*map(list, columns.values()), fillvalue=""))
    return text.getvalue()
