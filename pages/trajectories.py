"""Trajectories: pick a surface and runners, watch them race, and read what happened and why."""

import streamlit as st

from playground.figures import relief
from playground.ui import fairness, microscope, modes, page, results, scenes, stage, verdicts
from playground.ui.race import race_controls, runner_styles

page("")
st.html(runner_styles())
race = race_controls()
runs = race.runs()
scenes.row(race)

stand = st.container()  # the player stands above the tabs and shows what the open one asks for
told, solid, steps, waves, words, files = st.tabs(
    ["What happened", "3-D", "Step microscope", "Modes", "Formulas and code", "Download"],
    key="view",
    on_change="rerun",
)
with stand:
    stage.show(race, runs, under_microscope=bool(steps.open))
if told.open:
    with told:
        verdicts.panel(race, runs)
        results.table(race, runs)
        st.markdown(fairness.line(race))
        fairness.button()
if solid.open:
    names = {slot: runner.name for slot, runner in race.entries()}
    solid.plotly_chart(relief(race.surface, runs, names), key="relief")
if steps.open:
    with steps:
        microscope.panel(race, runs)
if waves.open:
    with waves:
        modes.panel(race, runs)
if words.open:
    with words:
        results.formulas(race)
if files.open:
    with files:
        results.downloads(race, runs)
