"""Hyper-parameter map: learning rate × one other parameter, one descent per cell."""

from functools import partial

import streamlit as st

from playground.language import tr
from playground.topics.maps.border import border
from playground.topics.maps.figures import parameter_map
from playground.topics.maps.layers import verdict_layers
from playground.topics.maps.panel import dropout_trials, map_settings, trials
from playground.topics.maps.stage import judged_sweep, measured_sweep, this_run
from playground.topics.maps.watched import watch, watched
from playground.topics.maps.words import border_words, layer_words, sweep_words
from playground.topics.race.panel import inset
from playground.ui import page
from playground.ui.chapters import chart

page(
    tr("Hyper-parameter map"),
    tr("Which pairs of settings work? Each cell is one whole descent."),
)
s = map_settings()
same = s.replace(trials=1, seed=0, colour="steps")
left, right = st.columns([3, 2], gap="large")
with left:
    measured, here = measured_sweep(s), this_run(s)
    edge = border(s.surface, s.optimizer, s.second, measured.y_values, s.steps)
    own = s.optimizer.lr, getattr(s.optimizer, s.second)
    names = s.optimizer.param("lr").label, s.optimizer.param(s.second).label
    judged = judged_sweep(s, measured)
    cell = chart(
        partial(parameter_map, measured, judged, *s.rulers(), names, own, edge, s.steps),
        "map",
        name=tr("Map of two parameters"),
        cells=True,
    )
    st.caption(
        tr(
            "Point at a cell to watch its run; a click keeps it, another lets it go. A cell "
            "arrives when its loss *first* meets the tolerance, so a fast ball may arrive by "
            "passing through."
        )
    )
    if cell:
        watch(same, (float(measured.x_values[cell[1]]), float(measured.y_values[cell[0]])))
    with st.container(horizontal=True):
        if st.button(tr("Watch this run"), icon=":material/play_arrow:"):
            watch(same, own)
        if (
            st.button(
                tr("Watch the best cell"),
                icon=":material/star:",
                disabled=measured.best is None,
            )
            and measured.best
        ):
            watch(same, measured.best)
with right:
    inset(s.race(*watched(same, own)), "cell")
if judged is not None:
    st.markdown(layer_words(verdict_layers(judged)))
st.markdown(sweep_words(measured, here))
st.markdown(border_words(s.surface, s.optimizer, measured, edge))

left, right = st.columns(2, gap="large")
with left:
    trials(s, measured.target)
with right:
    dropout_trials(s)
