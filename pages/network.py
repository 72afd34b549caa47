"""A real network: the same verdict, gauge and microscope as on the bowl."""

import streamlit as st

from playground.topics.network import stage as network_stage
from playground.topics.network.figures import decision, random_plane_map
from playground.topics.network.panel import network as real
from playground.topics.network.panel import weights as network_weights
from playground.topics.network.settings import RealNetwork
from playground.ui import in_sidebar, opened, page
from playground.ui.chapters import chart, take_away

page(
    "A real network",
    "What holds on the bowl holds for a network: watch one learn, live.",
    compact=True,
)
s = opened(real.PAGE, RealNetwork())
s = in_sidebar(real.PAGE, s, *(p.name for p in s.params()))
shown = real.network(s)
real.judgement(s, shown)
network_stage.stage(s, shown)
st.markdown(real.in_numbers(shown))
st.caption(
    "The map is the plane of the path's two main directions. Its loss (dashed) is the "
    "network's own only where the path lies in the plane. Click the limit in the gauge to "
    "train with the learning rate that reaches it."
)

t = network_stage.update(s, shown)
left, right = st.columns(2, gap="large")
with left:
    st.header("What it decides")
    chart(decision(shown.trace, t), "network-decision", name="What the network decides")
    st.caption(real.decision_words(shown, t))
with right:
    st.header("The end in a random plane")
    chart(random_plane_map(shown.around), "network-around", name="The loss about the end")
    st.caption(real.around_words(shown))

st.header("Two weights under the microscope")
network_weights.panel(shown.trace, t)
take_away("network", real.code(s), lambda: real.columns(shown))
