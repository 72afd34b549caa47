"""The row of scenes: one click each, and one sentence that says what to watch."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from playground.language import tr
from playground.topics.race.panel.controls import PAGE
from playground.topics.race.race import Race
from playground.topics.race.scenes import SCENES
from playground.ui.chips import chips
from playground.ui.state import put


def of(race: Race) -> str | None:
    """The slug of the scene a race is, whatever is looked at in it."""
    plain = replace(race, vary="")
    return next((slug for slug, scene in SCENES.items() if scene.race == plain), None)


def scene_chips(race: Race) -> None:
    """Every scene as a chip; the one the race is, is lit and explained."""
    current = of(race)
    titles = {slug: scene.title for slug, scene in SCENES.items()}
    chips("scene", tr("Scenes"), titles, current, _show)
    if current:
        st.markdown(f"**{SCENES[current].title}.** {SCENES[current].watch}")
    else:  # always one line, so that the map below keeps its place while the visitor drags
        st.markdown(tr("**Your own race.** The address of this page is its link."))


def _show(slug: str) -> None:
    put(PAGE, SCENES[slug].race)
