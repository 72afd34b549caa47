"""Gradient check: which mistakes a difference quotient finds, and when it misleads."""

from functools import partial

import streamlit as st

from playground.language import tr
from playground.topics.gradient_check import figures, panel, words
from playground.topics.gradient_check import settings as checks
from playground.topics.gradient_check.bugs import BUGS
from playground.ui import draw, in_sidebar, opened, page
from playground.ui.chapters import chart, table, take_away
from playground.ui.say import literal, say

PAGE = "gradient_check"
page(
    tr("Gradient check"),
    tr(
        "Is this gradient right? Compare it with a difference quotient, and see when that can be "
        "trusted."
    ),
)
s = opened(PAGE, checks.GradientCheck())
s = in_sidebar(PAGE, s, *checks.SIDEBAR)

exam = s.examined(s.bug)
say(words.verdict(s, exam))
exams = [s.examined(bug) for bug in BUGS]
left, right = st.columns([3, 2])
chart(partial(figures.bugs, exams, s.bug), "bugs", left)
chart(partial(figures.blocks, exam), "blocks", right)
st.caption(
    tr(
        "One dot a mistake, the chosen one large. A grey tick is what a perfect check would "
        "report: the distance between the reported gradient and the right one."
    )
)

difference, own = st.container(), st.container()
with difference:
    st.header(tr("The best difference"))
    s = draw(PAGE, s, "function")
with own:  # before what is above it is drawn: the curves may be of the function typed here
    st.header(tr("Your own function"))
    task = st.container()
    for column, name in zip(st.columns(3), ("f", "dfdx", "dfdy"), strict=True):
        with column:
            s = draw(PAGE, s, name)
    for column, name in zip(st.columns(2), ("x", "y"), strict=True):
        with column:
            s = draw(PAGE, s, name)
with difference:
    curves = checks.curves(s)
    if curves is None:
        st.info(literal(words.no_curves(s)))
    else:
        panel.curves(curves, s.h)
    take_away(PAGE, s.code, lambda: words.columns(curves[0] if curves else (), exams))
with own:
    task.markdown(
        tr("Type a function of x and y and the derivatives you found by hand.")
        + (" " + tr("The ones given here have a slip to find.")) * s.untouched
    )
    check = checks.own_check(s)
    say(words.own_words(s, check))
    table(*words.own_table(s, check))

st.header(tr("Three traps"))
panel.traps(s)
