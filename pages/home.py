"""Home: what this is, in one picture and four doors."""

import streamlit as st

from playground.language import mark, tr
from playground.topics.race.panel.hero import hero
from playground.topics.reference.counterparts import promise, release_line
from playground.ui import page
from playground.ui.page import APP

DOORS = (
    (
        "pages/course.py",
        ":material/school:",
        mark("Take the course"),
        mark("Predict, run, and be told what happened and why: a few minutes a lesson."),
    ),
    (
        "pages/trajectories.py",
        ":material/landscape:",
        mark("Watch them race"),
        mark(
            "Pick a surface and several optimizers with their own settings and schedules, and see "
            "who oscillates, overshoots, gets stuck or blows up, and why."
        ),
    ),
    (
        "pages/initialisation.py",
        ":material/lan:",
        mark("From the bowl to the network"),
        mark(
            "Initialisation, dropout, normalised inputs, batches, regularisation: each claim of "
            "the lecture as an experiment with its theory drawn beside it."
        ),
    ),
    (
        "pages/reference.py",
        ":material/menu_book:",
        mark("Look it up"),
        mark(
            "Every optimizer, schedule and surface with its formula, its parameters, its source, "
            "and the PyTorch line it equals where there is one."
        ),
    ),
)

page(
    APP,
    tr("## See why neural networks train, stall, oscillate, overshoot or blow up."),
    controls=False,
)
left, right = st.columns([5, 3], gap="medium")
with left, st.container(key="home-hero", gap=None):
    hero()
with right:
    for i, (door, icon, title, text) in enumerate(DOORS):
        with st.container(border=True, key=f"door-{i}"):
            st.page_link(door, label=f"**{tr(title)}**", icon=icon)
            st.markdown(tr(text))
st.caption(
    promise()
    + " "
    + tr("Nothing is clipped, rescaled or tuned in secret; a run that diverges is shown diverging.")
    + " "
    + release_line()
)
