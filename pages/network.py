"""A real network: the same verdict, gauge and microscope as on the bowl."""

from functools import partial

import streamlit as st

from playground.language import tr
from playground.topics.network import stage as network_stage
from playground.topics.network.figures import random_plane_map
from playground.topics.network.panel import network as real
from playground.topics.network.panel import weights as network_weights
from playground.topics.network.settings import RealNetwork
from playground.ui import in_sidebar, opened, page
from playground.ui.chapters import chart, take_away

page(
    tr("A real network"),
    tr("What holds on the bowl holds for a network: watch one learn, live."),
    stage=True,
)
s = opened(real.PAGE, RealNetwork())
s = in_sidebar(real.PAGE, s, *(p.name for p in s.params()))
shown = real.network(s)
network_stage.stage(s, shown)
real.judgement(s, shown)
st.markdown(real.in_numbers(shown))
st.caption(
    tr(
        "The map is the plane of the path's two main directions. *In the plane*, the chart behind "
        "that chip, compares its loss (dashed) with the network's own: they agree where the path "
        "lies in the plane. On its clock the network decides and its weights change: filled "
        "examples are learnt, open ones tested, wrong ones larger; where a place is fainter, its "
        "class leads less. Weights above 0 are orange, those below blue. A click on the limit "
        "under *Gauge* trains with the learning rate that reaches it."
    )
)

st.header(tr("The end in a random plane"))
left, right = st.columns(2, gap="large", vertical_alignment="center")
with left:
    chart(
        partial(random_plane_map, shown.around), "network-around", name=tr("The loss about the end")
    )
right.markdown(real.around_words(shown))

st.header(tr("Two weights under the microscope"))
network_weights.panel(shown.trace, network_stage.update(s, shown))
take_away("network", real.code(s), lambda: real.columns(shown))
