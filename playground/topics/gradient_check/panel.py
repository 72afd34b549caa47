"""The chapter on traps, whose checks across kinks take a moment the first time."""

from __future__ import annotations

from functools import partial

import streamlit as st

from playground.language import tr
from playground.shelf import SHELF
from playground.topics.gradient_check import figures
from playground.topics.gradient_check.settings import (
    GradientCheck,
    burned,
    kinks_so_far,
    swallowed,
)
from playground.topics.gradient_check.trap_words import trap_words
from playground.topics.gradient_check.traps import Kinks
from playground.ui.chapters import chart


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
