"""Home: what this is, in one picture and three doors."""

import streamlit as st

from playground.figures import vignette
from playground.topics.race import SCENES, SLOTS
from playground.topics.reference.counterparts import promise
from playground.ui import page, picture

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

scene = SCENES["opening"]
page(
    "Optimizer Playground",
    "## See why neural networks train, stall, oscillate, overshoot or blow up.",
    controls=False,
)
names = ", ".join(runner.name for _, runner in scene.race.entries())
with st.container(key="hero"):
    picture(
        vignette(scene.race.surface, scene.race.runs(), 960, 380, seconds=8),
        f"The paths of {names} down {scene.race.surface.label()}, moving.",
        scene.watch,
    )

for column, (door, icon, title, text) in zip(st.columns(3), DOORS, strict=True):
    with column, st.container(border=True, height="stretch"):
        st.page_link(door, label=f"**{title}**", icon=icon)
        st.markdown(text)
st.caption(
    f"{promise()} Nothing is clipped, rescaled or tuned in secret; a run that diverges is shown "
    "diverging."
)
