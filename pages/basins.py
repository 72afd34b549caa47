"""Basin map: which minimum, after how many steps, from every start."""

from functools import partial

import streamlit as st

from playground.language import tr
from playground.topics.maps.figures import basin_map
from playground.topics.maps.layers import verdict_layers
from playground.topics.maps.settings import BasinMap
from playground.topics.maps.stage import judged_basins, measured_basins
from playground.topics.maps.watched import watch, watched
from playground.topics.maps.words import basin_words, layer_words, rescue_words
from playground.topics.race.panel import inset
from playground.ui import page, settings
from playground.ui.chapters import chart
from playground.words import point

page(
    tr("Basin map"),
    tr("From which start does a descent reach which minimum? Each cell is one start."),
)
with st.sidebar:
    s = settings("basins", BasinMap())
results, clicked = {}, None
optimizers = {"first": s.first, "second": s.second}
*columns, beside = st.columns([3, 3, 2])
for column, (which, optimizer) in zip(columns, optimizers.items(), strict=True):
    with column:
        st.header(optimizer.label())
        results[which] = measured = measured_basins(s, optimizer)
        judged = judged_basins(s, optimizer)
        clicked = (
            chart(
                partial(basin_map, measured, judged, s.surface, s.steps),
                which,
                name=tr("Map of {} by its start", optimizer.label()),
                cells=True,
            )
            or clicked
        )
        if judged is not None:
            st.markdown(layer_words(verdict_layers(judged)))
        st.markdown(basin_words(optimizer, measured, s.steps))
same = s.replace(colour="minimum")
if clicked:
    x, y = s.starts()
    watch(same, (float(x[clicked[1]]), float(y[clicked[0]])))
start = watched(same, s.surface.start)
with beside:
    st.header(tr("Both runs"))
    st.caption(
        tr(
            "From {}. Point at a cell to watch another start; a click keeps it, another lets it "
            "go.",
            point(start),
        )
    )
    inset(s.race(*start), "cell")
if s.colour == "minimum":
    st.caption(tr("Darker cells need fewer steps."))
if not s.surface.minima():
    st.info(tr("This surface has no minimum to end in."))
elif s.first != s.second:
    st.markdown(
        rescue_words((tr("the first"), results["first"]), (tr("the second"), results["second"]))
    )
