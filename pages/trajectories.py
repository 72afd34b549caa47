"""Trajectories: pick a surface and runners, watch them race, and read what happened and why."""

import streamlit as st

from playground import player
from playground.language import tr
from playground.topics.race import stage
from playground.topics.race.panel import (
    fairness,
    microscope,
    modes,
    results,
    scenes,
    vary,
    verdicts,
)
from playground.topics.race.panel.controls import catch_up, live_race, race_frame, runner_styles
from playground.ui import page
from playground.ui.session import session

VARY = tr("Vary")

page(tr("Trajectories"), stage=True)
st.html(runner_styles())
frame = race_frame()
scenes.scene_chips(frame.race)
# The player stands above the tabs and shows what the open one asks for.
room = player.make_room(stage.PLAYER)
views = st.tabs(
    [
        tr("What happened"),
        VARY,
        tr("Step microscope"),
        tr("Modes"),
        tr("Formulas and code"),
        tr("Download"),
    ],
    default=VARY if vary.wanted(frame.race) else None,
    key="view",
    on_change="rerun",
)
told, several, steps, waves, words, files = views
session().see("view")


@st.fragment
def live() -> None:
    """All that changes when a slider of the surface or of an open runner moves."""
    race = live_race(frame)
    if scenes.of(race) != scenes.of(frame.race):
        st.rerun(scope="app")  # another scene is lit, or none
    runs = race.runs()
    stage.show(race, runs, room, under_microscope=bool(steps.open))
    with next(view for view in views if view.open):
        if told.open:
            verdicts.panel(race, runs)
            results.results(race, runs, fairness.conditions(race))
            fairness.button()
        elif several.open:
            vary.panel(race, stage.surface_map(race.surface))
        elif steps.open:
            microscope.panel(race, runs)
        elif waves.open:
            modes.panel(race, runs)
        elif words.open:
            results.formulas(race)
        else:
            results.downloads(race, runs, stage.page_of(race, runs))
    catch_up()


live()
stage.fans()
