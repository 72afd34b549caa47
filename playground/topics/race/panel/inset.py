"""The runs of a race in place, wherever a page tells of them: they play, and lead to the race."""

from __future__ import annotations

import streamlit as st

from playground import player
from playground.language import tr
from playground.topics.race import multiples
from playground.topics.race.panel.controls import open_race
from playground.topics.race.race import Race


def inset(race: Race, key: str) -> None:
    """A small map for each run, its verdict in one line, and the door to the race."""
    with st.container(key="inset"):
        player.small_multiples(multiples.runs_in_place(race), key)
        if st.button(tr("Open in the race"), icon=":material/open_in_new:", key=f"{key}-open"):
            open_race(race)
