"""Initialisation: how signal and gradient survive a deep network before its first step."""

from functools import partial

import streamlit as st

from playground.language import tr
from playground.networks.propagation import SATURATED
from playground.topics.initialisation import panel, settings, words
from playground.topics.initialisation.figures import flow, histograms, powers, units
from playground.topics.initialisation.verdict import outcome_of
from playground.ui import draw, in_sidebar, opened, page
from playground.ui.chapters import chart, table, take_away
from playground.ui.say import say
from playground.words import percent

PAGE = "initialisation"
page(
    tr("Initialisation"),
    tr("A deep network can be lost before its first step. See whether this one is."),
)
s = opened(PAGE, settings.FirstBreath())
s = in_sidebar(PAGE, s, *settings.SIDEBAR)

top, charts, below = st.container(key="verdict").empty(), st.columns(3), st.container()
predicted, places = s.predicted(), [column.empty() for column in charts]
ways = ("forward", "backward")


def at_once() -> None:
    """Theory is there while the network is measured."""
    for way, place in zip(ways, places, strict=False):
        chart(partial(flow, predicted, None, way), f"theory-{way}", place)


measured = s.measured(meanwhile=at_once)
for way, place in zip(ways, places, strict=False):
    chart(partial(flow, predicted, measured, way), way, place)
chart(partial(units, measured), "units", places[2])
with top:
    say(words.verdict(outcome_of(measured)))
with below:
    table(*words.layer_table(predicted, measured))
    st.caption(
        tr(
            "Solid: this network, one random draw. Dashed: what infinitely wide layers would do. "
            "A silent unit has slope 0 for every input; a saturated activation has less than {} "
            "of the slope at 0.",
            percent(SATURATED),
        )
    )
    st.header(tr("What the units say"))
    chart(partial(histograms, measured), "histograms", name=tr("Activations of some layers"))
    take_away(PAGE, s.code, lambda: words.columns(s, predicted, measured))

training = st.container()
st.header(tr("Every initialisation, in theory"))
st.markdown(
    tr("The same {} layers with {}, all ways to draw the weights.", s.depth, s.activation.label())
)
table(*words.every_initialisation(s))

st.header(tr("The same number, once a layer"))
st.markdown(tr("Multiply by a constant in every layer, as a linear network does."))
for column, name in zip(st.columns(3), ("grow", "shrink", "layers"), strict=True):
    with column:
        s = draw(PAGE, s, name)
for column, way, product in zip(st.columns(2), "ab", settings.powers_of(s), strict=True):
    with column:
        chart(partial(powers, product), f"powers-{way}")  # both factors may be one number
        st.markdown(words.gives_up(product.factor))
st.markdown(words.full_matrix(s))
with training:  # the slow part comes last, so that nothing on the page waits for it
    panel.train_it(s)
