"""Trajectories: pick a surface and runners, and watch them race."""

import streamlit as st

from playground.figures import relief
from playground.player import player
from playground.scenes import SCENES
from playground.ui import page, put
from playground.ui.race import PAGE, race_controls, runner_styles, set_start
from playground.ui.results import downloads, formulas, table
from playground.ui.stage import charts, ground, tracks

PLAYER = "race"


def show_scene() -> None:
    if slug := st.session_state["scene"]:
        put(PAGE, SCENES[slug].race)


page("")
st.html(runner_styles())
race = race_controls()
runs = race.runs()

current = next((slug for slug, scene in SCENES.items() if scene.race == race), None)
st.session_state["scene"] = current
st.pills("Scenes", list(SCENES), key="scene", on_change=show_scene,
         format_func=lambda slug: SCENES[slug].title, label_visibility="collapsed")  # fmt: skip
if current:
    st.markdown(f"**{SCENES[current].title}.** {SCENES[current].watch}")

views = st.tabs(["Map", "3-D", "Formulas and code", "Download"], key="view", on_change="rerun")
flat, solid, words, files = views
with flat:
    player(
        ground(race.surface),
        tracks(race, runs),
        charts(race, runs),
        key=PLAYER,
        start=race.begin,
        on_start=lambda: set_start(*st.session_state[PLAYER]["start"]),
    )
if solid.open:
    with solid:
        names = {slot: runner.name for slot, runner in race.entries()}
        st.plotly_chart(relief(race.surface, runs, names), key="relief")
if words.open:
    with words:
        formulas(race)
if files.open:
    with files:
        downloads(race, runs)
table(race, runs)
