"""The controls of a question: a choice, a number on a ladder or typed, a place on the map."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import streamlit as st

from playground.kinds import to_text
from playground.language import tr
from playground.topics.course.asking import Asking, Choose, Number, Where
from playground.words import setting

POSITIONS = 81
DIGITS = 2

Point = tuple[float, float]


def ask(key: str, asking: Asking, place: Point | None = None) -> str:
    """The controls of a question; what is answered, as a link says it, or nothing yet.

    place: what is shown on the map.
    """
    return WIDGETS[type(asking)](key, asking, place)


def _choose(key: str, asking: Asking, place: Point | None) -> str:
    chosen = st.radio(
        tr("What do you think?"),
        list(asking.choices),
        index=None,
        format_func=lambda name: asking.choices.get(name, name),
        key=key,
        label_visibility="collapsed",
    )
    return chosen or ""


def _number(key: str, asking: Asking, place: Point | None) -> str:
    assert isinstance(asking, Number)
    if not math.isfinite(asking.low):
        typed = st.number_input(tr("Your answer"), value=None, key=key, format="%.6g")
        return "" if typed is None else to_text(float(typed))
    ladder = positions_of(asking.low, asking.high)
    chosen = st.select_slider(
        tr("Your answer"),
        [None, *ladder],
        format_func=lambda v: "?" if v is None else setting(v),
        key=key,
    )
    return "" if chosen is None else to_text(chosen)


def positions_of(low: float, high: float) -> list[float]:
    """The values of a ladder, in digits that can be read; it is logarithmic where it can be."""
    values = np.geomspace(low, high, POSITIONS) if low > 0 else np.linspace(low, high, POSITIONS)
    return sorted({float(f"{value:.{DIGITS}g}") for value in values})


def _place(key: str, asking: Asking, place: Point | None) -> str:
    if place is None:
        st.caption(tr("Click on the map, or drag the ring."))
        return ""
    return ",".join(to_text(float(f"{v:.4g}")) for v in place)


WIDGETS: dict[type[Asking], Callable[[str, Asking, Point | None], str]] = {
    Choose: _choose,
    Number: _number,
    Where: _place,
}
