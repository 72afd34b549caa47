"""Home: what this is, in one picture and three doors."""

import streamlit as st

from playground.topics.race import SLOTS
from playground.topics.race.panel.hero import hero
from playground.topics.reference.counterparts import promise
from playground.ui import page

DOORS = (
    (
        "pages/trajectories.py",
        ":material/landscape:",
        "Watch them race",
        f"Pick a surface, up to {len(SLOTS)} optimizers with their own settings and schedules, and "
        "see who oscillates, overshoots, gets stuck or blows up, and why.",
    ),
    (
        "pages/initialisation.py",
        ":material/lan:",
        "From the bowl to the network",
        "Initialisation, dropout, normalised inputs, batches, regularisation: each claim of the "
        "lecture as an experiment with its theory drawn beside it.",
    ),
    (
        "pages/reference.py",
        ":material/menu_book:",
        "Look it up",
        "Every optimizer, schedule and surface with its formula, its parameters, its source, and "
        "the PyTorch line it equals where there is one.",
    ),
)

page(
    "Optimizer Playground",
    "## See why neural networks train, stall, oscillate, overshoot or blow up.",
    controls=False,
)
left, right = st.columns([5, 3], gap="medium")
with left, st.container(key="home-hero", gap=None):
    hero()
    st.caption("Turn a learning rate η: the path follows.")
with right:
    for i, (door, icon, title, text) in enumerate(DOORS):
        with st.container(border=True, key=f"door-{i}"):
            st.page_link(door, label=f"**{title}**", icon=icon)
            st.markdown(text)
st.caption(
    f"{promise()} Nothing is clipped, rescaled or tuned in secret; a run that diverges is shown "
    "diverging."
)
