"""What a visitor predicted in the course, and what to look at again."""

from __future__ import annotations

import streamlit as st

from playground.language import tr, trn
from playground.topics.course.lesson import lessons
from playground.topics.course.visit import Visit
from playground.ui.chapters import table
from playground.ui.say import literal


def summary(visit: Visit) -> None:
    """A line a lesson that was predicted, and the titles of those to look at again."""
    if not visit.record:
        st.markdown(tr("Nothing yet. What you predict is kept in this browser and in the address."))
        return
    right = sum(entry.right for entry in visit.record)
    st.markdown(
        trn(
            "One prediction so far; right: {1}.",
            "{0} predictions so far; right: {1}.",
            len(visit.record),
            len(visit.record),
            right,
        )
    )
    signs = {True: tr("right"), False: tr("not right"), None: tr("not answered")}
    rows = []
    for entry in visit.record:
        lesson = lessons()[entry.name]
        said = literal(lesson.asking.said(entry.guess))
        rows.append([literal(lesson.title), said, signs[entry.right], signs[entry.checked]])
    table([tr("Lesson"), tr("You predicted"), tr("It was"), tr("Question at the end")], rows)
    again = [e.name for e in visit.record if not e.right or e.checked is False]
    if again:
        titles = ", ".join(literal(lessons()[name].title) for name in again)
        st.markdown(tr("Worth another look: {}.", titles))
    st.caption(tr("The link of this page says all of it: that is how a worksheet is handed in."))
