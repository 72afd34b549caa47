"""The curves of the difference quotients, and the traps, whose checks take a moment at first."""

from __future__ import annotations

from functools import partial

import streamlit as st

from playground.language import tr
from playground.shelf import SHELF
from playground.topics.gradient_check import figures, words
from playground.topics.gradient_check.check import NEARBY
from playground.topics.gradient_check.settings import (
    Curves,
    GradientCheck,
    burned,
    kinks_so_far,
    swallowed,
)
from playground.topics.gradient_check.trap_words import trap_words
from playground.topics.gradient_check.traps import Kinks
from playground.ui.chapters import chart, table


def curves(found: Curves, h: float) -> None:
    """Error against the difference, in both precisions, and what is read off the curves."""
    for column, precision in zip(st.columns(2), ("float64", "float32"), strict=True):
        with column:
            chart(partial(figures.u_curve, *found, precision, h), precision)
    st.caption(
        tr(
            "Solid: measured, averaged over {} nearby points. Dashed: the leading term of "
            "Taylor's series plus rounding of f. Where the error is exactly 0 the line ends.",
            len(NEARBY),
        )
    )
    table(*words.curve_table(*found))


def traps(s: GradientCheck) -> None:
    """Three ways to be misled, side by side, each with its sentence below."""
    places, bar = [column.container() for column in st.columns(3)], st.empty()
    hidden, spoilt = swallowed(s), burned()
    with places[0]:
        chart(partial(figures.swallowing, hidden, s.regulariser), "swallowing")
    with places[2]:
        chart(partial(figures.burn_in, spoilt), "burn-in")
    with places[1]:
        place = st.empty()

    def checked() -> dict[float, Kinks]:
        for done, kinked in kinks_so_far():
            chart(figures.kinks(kinked), f"kinks-{done}", place)
            bar.progress(done, tr("Right gradients of ReLU networks, checked …"))
        bar.empty()
        return kinked

    kinked = SHELF.get(kinks_so_far, checked)
    chart(partial(figures.kinks, kinked), "kinks", place)
    for column, sentence in zip(places, trap_words(hidden, spoilt, kinked), strict=True):
        column.markdown(sentence)
