"""The chapter on sharp and flat minima, which takes a moment the first time."""

from __future__ import annotations

from functools import partial

import streamlit as st

from playground.language import tr
from playground.topics.batches import figures
from playground.topics.batches.well_words import equal_noise_words, escape_table, escape_words
from playground.topics.batches.wells import ESCAPES, FLAT, RUNS, SHARP, WELLS, escaped, spread
from playground.ui.chapters import chart, table
from playground.ui.progress import progress_bar
from playground.ui.say import say


def wells(lr: float) -> None:
    """Runs from either minimum, by batch size: what became of them, drawn and in words."""
    verdict, found = st.empty(), {SHARP: [], FLAT: []}  # type: ignore[var-annotated]
    jobs = [(start, batch) for batch in ESCAPES for start in (SHARP, FLAT)]
    with progress_bar() as tell:
        for k, (start, batch) in enumerate(jobs):
            tell(k / len(jobs), tr("{} runs with batches of {} …", RUNS, batch))
            found[start].append(escaped(start, batch, lr))
    with verdict.container():
        say(escape_words(lr, found))
    spreads = {start: spread(lr, start, 1) for start in found}
    left, right = st.columns(2, gap="large")
    with left:
        chart(partial(figures.wells, WELLS, found, spreads), "wells")
    with right:
        chart(partial(figures.escapes, ESCAPES, found), "escapes")
    table(*escape_table(lr, found))
    st.markdown(equal_noise_words())
