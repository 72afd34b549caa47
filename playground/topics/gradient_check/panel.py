"""The chapter on traps, whose checks across kinks take a moment the first time."""

from __future__ import annotations

import streamlit as st

from playground.language import tr
from playground.topics.gradient_check import figures
from playground.topics.gradient_check.settings import (
    GradientCheck,
    burned,
    kinks_so_far,
    swallowed,
)
from playground.topics.gradient_check.trap_words import trap_words
from playground.ui.chapters import chart


def traps(s: GradientCheck) -> None:
    """Three ways to be misled, side by side, each with its sentence below."""
    places, bar = [column.container() for column in st.columns(3)], st.empty()
    hidden, spoilt = swallowed(s), burned()
    with places[0]:
        chart(figures.swallowing(hidden, s.regulariser), "swallowing")
    with places[2]:
        chart(figures.burn_in(spoilt), "burn-in")
    with places[1]:
        place = st.empty()
    for done, kinked in kinks_so_far():
        chart(figures.kinks(kinked), f"kinks-{done}", place)
        bar.progress(done, tr("Right gradients of ReLU networks, checked …"))
    bar.empty()
    for column, sentence in zip(places, trap_words(hidden, spoilt, kinked), strict=True):
        column.markdown(sentence)
