"""Dropout: what random masks do to a network in training, and what is left to do at test time."""

from functools import partial

import streamlit as st

from playground.language import tr
from playground.topics.dropout import figures, settings, words
from playground.ui import in_sidebar, opened, page
from playground.ui.chapters import chart, take_away
from playground.ui.say import say

PAGE = "dropout"
page(
    tr("Dropout"), tr("Silence random units while a network learns, and it relies on none of them.")
)
s = opened(PAGE, settings.DropoutSettings())
s = in_sidebar(PAGE, s, *(p.name for p in s.params()))

found, depths, (counts, law) = s.moments(), s.depths(), s.counted()
say(words.verdict(s, found))
st.caption(words.elsewhere(s))
places = st.columns([2, 4, 4, 4])
for place, (name, drawn) in zip(places, s.masks().items(), strict=False):
    chart(partial(figures.mask, drawn, tr(name).capitalize()), f"mask-{name}", place)
chart(partial(figures.kept_units, counts, law), "kept", places[3])
st.caption(f"{tr('Every example draws its own mask.')} {words.counted_words(counts, law)}")
left, right = st.columns(2)
chart(partial(figures.moments, found), "moments", left)
chart(partial(figures.depth, depths), "depth", right)
right.caption(words.depth_words(depths))
left.caption(
    tr(
        "Dots: measured on ReLU units. Dashes: theory. What training sees differs from what the "
        "test sees, in the second moment if not in the mean."
    )
)

st.header(tr("A network that learns its noise by heart"))
verdict, bar = st.empty(), st.empty()
left, right = (column.empty() for column in st.columns(2))


def progress(share, so_far):
    name = list(so_far)[-1]
    bar.progress(share, tr("Training with {} …", tr(name)))
    for place, what in ((left, "loss"), (right, "error")):
        chart(figures.training(so_far, what, s.steps), f"{name}-{what}-{share}", place)


without, with_it = settings.runs(s, progress)
bar.empty()
with verdict.container():
    say(words.training_words(without, with_it))
both = dict(zip(settings.NAMES, (without.training, with_it.training), strict=True))
for place, what in ((left, "loss"), (right, "error")):
    chart(partial(figures.training, both, what, s.steps), what, place)

st.header(tr("At test time"))
average = settings.averaged(s, with_it)
left, right = st.columns(2)
chart(partial(figures.recipes, with_it.test, words.recipe_names()), "recipes", left)
chart(partial(figures.averages, average), "averages", right)
st.markdown(words.average_words(with_it, average))
take_away(PAGE, s.code, lambda: words.columns(s, with_it, without))

st.header(tr("To find a bug, switch dropout off"))
debugged = settings.debugged(s)
chart(partial(figures.debugging, debugged.cost), "debugging")
st.markdown(
    tr(
        "{} A loss that jumps hides mistakes: set keep to 1, see J fall at every update, then "
        "drop units.",
        words.debugging_words(debugged),
    )
)
