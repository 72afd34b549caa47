"""Mini-batches: what the noise of few examples costs, what it saves and where it leads."""

from functools import partial

import streamlit as st

from playground.language import tr
from playground.topics.batches import figures, panel, settings, words
from playground.ui import draw, in_sidebar, opened, page
from playground.ui.chapters import chart, table, take_away
from playground.ui.say import say

PAGE = "batches"
page(
    tr("Mini-batches"),
    tr("How many examples should one update look at? Few are noisy, many are slow."),
)
s = opened(PAGE, settings.Sampling())
s = in_sidebar(PAGE, s, "batch", "lr", "data", "draws", "seed")
top = st.container(key="verdict").empty()

left, right = st.columns([3, 2], gap="large")
with left:
    st.header(tr("The descent"))
    for name, column in zip(("budget", "axis", "updates", "epochs"), st.columns(4), strict=True):
        with column:
            s = draw(PAGE, s, name)
runs = s.descents()
with top:
    say(words.verdict(s, runs))
floors = {run.batch: settings.floor_of(s.data, s.lr, run.batch, s.draws) for run in runs}
with left:
    chart(partial(figures.losses, runs, floors, s.size, s.axis), "losses")
with right:
    st.header(tr("The way over the weights"))
    chart(partial(figures.paths, s.loss(), runs, s.size), "paths")
table(*words.descent_table(s, runs))
st.caption(
    tr(
        "Equal updates favour large batches, equal examples small ones: compare both budgets, and "
        "both axes."
    )
)

st.header(tr("The gradient is a cloud"))
st.markdown(
    tr(
        "Gradients of many random batches at the start, around the gradient of all examples. The "
        "variance of a batch is C/B · (N − B)/(N − 1)."
    )
)
chart(partial(figures.clouds, s.clouds(), s.size), "clouds", name=tr("Gradients of random batches"))
table(*words.cloud_table(s.clouds(), s.size))

left, right = st.columns(2, gap="large")
with left:
    st.header(tr("The floor"))
    chart(partial(figures.floors, *settings.floors(s.data, s.lr, s.seed)), "floors")
    st.caption(
        tr(
            "Reshuffled examples cancel within an epoch, so their floor is lower than that of "
            "independent draws."
        )
    )
with right:
    st.header(tr("The time"))
    chart(partial(figures.costs, settings.costs()), "costs")
    st.caption(words.cost_words(settings.costs()))

st.header(tr("Sharp and flat minima"))
st.markdown(
    tr(
        "Two minima of one training loss, and descents that begin at the bottom of either. "
        "Examples disagree about where the minimum lies, which costs more gradient where the "
        "valley is narrow."
    )
)
s = draw(PAGE, s, "well_lr")
panel.wells(s.well_lr)
take_away(PAGE, s.code, lambda: words.columns(runs))
