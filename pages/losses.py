"""Losses: cross-entropy against squared error, one-hot targets and softmax."""

from functools import partial

import numpy as np
import streamlit as st

from playground.language import tr
from playground.topics.losses import figures, settings, words
from playground.topics.losses.experiment import LOSSES, one_hot, softmax
from playground.topics.race.panel import open_race
from playground.ui import draw, in_sidebar, opened, page
from playground.ui.chapters import chart, side_by_side, table, take_away
from playground.ui.say import say

PAGE = "losses"
page(tr("Losses"), tr("The loss you choose decides whether a badly wrong answer can be mended."))
s = opened(PAGE, settings.LogitLosses())
s = in_sidebar(PAGE, s, "wrong", "optimizer", "steps")
say(words.verdict(s))

for column, loss in zip(st.columns(2, gap="large"), LOSSES, strict=True):
    with column:
        chart(partial(figures.logit_plane, loss, s.path(loss)), loss)
        if st.button(
            tr("Watch it in the player"), icon=":material/play_arrow:", key=f"watch-{loss}"
        ):
            open_race(s.race(loss))
st.caption(
    tr(
        "The same softmax, the same start (ring), the same optimizer. Below the dotted line the "
        "answer is right. The red arrow points where the gradient sends the first step; where "
        "there is none, the ground is level."
    )
)

probability = np.geomspace(1e-12, 0.999, 200)
here = 1 / (1 + np.exp(2 * s.wrong))
times = settings.rescues(s.optimizer, s.steps), settings.flow_times(s.optimizer)
shown = {
    "profiles": partial(figures.profiles, s.wrong),
    "slopes": partial(figures.slopes, probability, settings.slopes(probability), here),
    "rescues": partial(figures.rescues, settings.STARTS, *times, s.wrong, s.steps),
}
for column, (name, figure) in zip(st.columns(3), shown.items(), strict=True):
    with column:
        chart(figure, name)
st.caption(
    tr(
        "The slope of the cross-entropy is √2 (1 − p), largest where the answer is most wrong. "
        "The squared error has 4√2 p (1 − p)²: the softmax itself is flat there, and p multiplies "
        "the slope away."
    )
)

st.header(tr("One-hot and softmax"))
for name, column in zip(("first", "second", "third", "right"), st.columns(4), strict=True):
    with column:
        s = draw(PAGE, s, name)
st.markdown(words.softmax_words(s))
targets = {"softmax p": softmax(s.logits), "one-hot y": one_hot([s.right_class], 3)[0]}
wanted, sloped = tr("What is said, what is wanted"), tr("Slope along each logit")
side_by_side(
    (partial(figures.bars, targets, figures.TARGETS, wanted), "softmax"),
    (partial(figures.bars, settings.gradients(s), figures.COLOURS, sloped), "gradients"),
)
table(*words.softmax_table(s))

st.header(tr("Why not number the classes?"))
st.markdown(
    tr(
        "A number says that class 2 lies between 1 and 3. Least squares believes it: false for "
        "clouds in a triangle, where one-hot wins, but true of irises, whose species differ in "
        "size. Share of right answers on fresh examples:"
    )
)
table(*words.coding_table())
take_away(PAGE, s.code, lambda: words.columns(s))
