"""Regularisation: what keeps a model from learning its examples by heart."""

from functools import partial

import streamlit as st

from playground.language import tr
from playground.topics.regularisation import figures, panel, settings, words
from playground.topics.regularisation.penalties import PENALTIES
from playground.ui import draw, in_sidebar, opened, page
from playground.ui.chapters import chart, side_by_side, table, take_away
from playground.ui.say import say

PAGE = "regularisation"
page(
    tr("Regularisation"),
    tr("A model can be right about its examples and wrong about everything else."),
)
s = opened(PAGE, settings.Penalties())
s = in_sidebar(PAGE, s, "degree", "examples", "ridge", "seed")
say(words.verdict(s))

side_by_side(
    (partial(figures.errors, settings.along_degrees(s), settings.NOISE, s.degree), "errors"),
    (partial(figures.fits, settings.fits(s)), "fits"),
)
st.caption(words.bias_words(s))

st.header(tr("L2 is a decay of the weights"))
for name, column in zip(("lr", "decay"), st.columns(2), strict=True):
    with column:
        s = draw(PAGE, s, name)
say(words.decay_words(s))
side_by_side(
    (partial(figures.lengths, settings.shrinking(s)), "lengths"),
    (partial(figures.race, settings.raced()), "race"),
)
st.caption(
    tr(
        "Left: gradient descent. Right: for Adam the two are not the same. Its division by the "
        "gradient's size also divides the penalty's pull, so weights with large gradients hardly "
        "decay; AdamW decays them all alike."
    )
)

st.header(tr("L1 makes zeros"))
s = draw(PAGE, s, "strength")
say(words.constrained_words(s))
side_by_side(*((partial(figures.touching, each, s.strength), each) for each in PENALTIES))
left, right = st.columns(2, gap="large")
with left:
    relevant = int((settings.sparse()[1] != 0).sum())
    chart(partial(figures.weights, settings.penalised(), relevant), "weights")
with right:
    st.markdown(
        tr(
            "Few of many features matter here. A zero falls off a logarithmic axis, so the curve "
            "of the proximal method ends early. Following the subgradient only jumps across zero."
        )
    )
    table(*words.penalty_table())

st.header(tr("Stop early"))
for name, column in zip(("width", "steps"), st.columns(2), strict=True):
    with column:
        s = draw(PAGE, s, name)
run = panel.stop_early(s)

st.header(tr("More data from the same examples"))
chart(partial(figures.augmentation, panel.augmentations()), "augmentation")
st.caption(
    tr(
        "Two arches, told apart by the nearest neighbour. A mirror image keeps its class; turned "
        "upside down it lies where the other class is."
    )
)
take_away(PAGE, s.code, lambda: words.columns(s, run))
