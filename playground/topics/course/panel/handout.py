"""One page of paper a lesson: to predict with a pen, to run with a phone."""

from __future__ import annotations

import streamlit as st

from playground.figures import vignette
from playground.language import tr
from playground.topics.course.asking import Where
from playground.topics.course.exhibits.races import RaceExhibit
from playground.topics.course.lesson import Lesson, filled
from playground.topics.course.teaching import link_of
from playground.ui.browser import print_button
from playground.ui.say import literal, picture
from playground.ui.tools import qr_code

BOX = "☐"
LINE = "\\_" * 70


def sheet(lesson: Lesson, base: str) -> None:
    """The handout of a lesson, and the button that prints it and nothing else."""
    print_button("handout", tr("Print the handout"))
    with st.container(key="handout", border=True):
        head, code = st.columns([5, 1])
        with head:
            st.subheader(literal(lesson.title))
            st.markdown(lesson.question)
            st.markdown(tr("Name: {}", LINE[:80]))
        link = link_of(base, lesson.name)
        with code:
            picture(qr_code(link) or "", tr("QR code of the lesson"))
        ask, drawing = st.columns([3, 2])
        with ask:
            _predict(lesson)
        with drawing:
            _ground(lesson)
        _afterwards(lesson)
        st.caption(f"[{literal(link)}](<{link}>)")


def _predict(lesson: Lesson) -> None:
    st.markdown(f"**1. {lesson.heading('predict')}**")
    st.markdown(filled(lesson.scene, lesson.facts()))
    if lesson.asking.choices:
        st.markdown("  \n".join(f"{BOX} {words}" for words in lesson.asking.choices.values()))
    elif isinstance(lesson.asking, Where):
        st.markdown(tr("Mark the place on the map."))
    else:
        st.markdown(tr("Your number: {}", LINE[:40]))
    st.markdown(tr("Because {}", LINE[:88]))


def _ground(lesson: Lesson) -> None:
    """The map without a path: the start is where the ring is."""
    if isinstance(lesson.exhibit, RaceExhibit):
        race = lesson.exhibit.preset
        alt = tr("The map, with the start")
        picture(vignette(race.surface, start=race.begin, width=300, height=190), alt)


def _afterwards(lesson: Lesson) -> None:
    st.markdown(f"**2. {lesson.heading('happened')}**  \n{LINE}  \n{LINE}  \n{LINE}")
    tries = [f"{BOX} {literal(variation.words)}: {LINE[:90]}" for variation in lesson.variations]
    st.markdown(f"**3. {lesson.heading('variations')}**  \n" + "  \n".join(tries))
    st.markdown(f"**4. {lesson.heading('idea')}**")
    st.markdown(lesson.idea)
    check = lesson.check
    st.markdown(f"**5. {lesson.heading('check')}**")
    st.markdown(filled(check.text, lesson.facts(check.state)))
    if check.asking.choices:
        st.markdown("  \n".join(f"{BOX} {words}" for words in check.asking.choices.values()))
    else:
        st.markdown(LINE[:40])
