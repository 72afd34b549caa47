"""What the chapters of a page are made of: verdict, chart, table, and the lines to take away."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping
from functools import partial
from itertools import zip_longest
from typing import Any, NamedTuple

import numpy as np
import streamlit as st

from playground.figures.empty import empty, nothing_of
from playground.figures.spoken import spoken
from playground.language import tr
from playground.player import drawing, packed
from playground.shelf import remembered
from playground.ui.say import literal

Figure = dict[str, Any]


class _Ready(NamedTuple):
    """A figure as the browser gets it."""

    title: str
    nothing: str
    """What is said where nothing can be drawn."""
    height: int
    body: bytes


def chart(
    figure: Figure | partial[Figure],
    key: str,
    place: Any = st,
    *,
    name: str = "",
    cells: bool = False,
) -> tuple[int, int] | None:
    """A figure in the colours of the theme; its title is text above it, which wraps.

    Axes on which nothing could be drawn are not shown: words say so.

    figure: itself, or the function that makes it with its arguments; then it is made, put into
        words and packed once for all who ask for the same.
    name: what it is called where it is not seen, if neither its title nor its axes say it.
    cells: whether its cells can be clicked; (row, column) of the one clicked just now is returned.
    """
    if isinstance(figure, partial):
        ready = _made_once(figure.func, figure.args, figure.keywords, name, cells)
    else:
        ready = _ready(figure, name, cells)
    with place.container(key=f"chart-{key}"):
        if ready.title:
            st.markdown(f"**{ready.title}**")
        if ready.nothing:
            st.caption(literal(ready.nothing))
            return None
        return drawing(ready.body, ready.height, key)


def _ready(figure: Figure, name: str, cells: bool) -> _Ready:
    layout = dict(figure["layout"])
    title, height = layout.pop("title", {}).get("text", ""), int(layout["height"])
    if empty(figure):
        return _Ready(title, nothing_of(figure), height, b"")
    shown = spoken(figure | {"layout": layout}, name or title)
    if cells:
        rows, columns = np.shape(figure["data"][0]["z"])
        shown["layout"]["meta"]["cells"] = [columns, rows]
    return _Ready(title, "", height, packed(shown))


@remembered
def _made_once(
    make: Callable[..., Figure],
    arguments: tuple[Any, ...],
    options: dict[str, Any],
    name: str,
    cells: bool,
) -> _Ready:
    return _ready(make(*arguments, **options), name, cells)


def side_by_side(*shown: tuple[Figure | partial[Figure], str]) -> None:
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
