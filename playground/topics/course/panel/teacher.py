"""What a teacher needs: the lessons at a glance, their links, and what a class sends back."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from playground.language import tr, trn
from playground.topics.course.lesson import Lesson, filled, lessons
from playground.topics.course.teaching import (
    Teaching,
    link_of,
    link_taught,
    taught_of,
    visit_of,
    votes,
)
from playground.topics.course.visit import Predicted, begin
from playground.ui.chapters import table
from playground.ui.chips import chips
from playground.ui.say import literal, picture
from playground.ui.session import session
from playground.ui.state import opened, put
from playground.ui.tools import qr_code

PAGE = "teacher"
MOST = 300
"""Lines that are read at once."""
NARROW = 4
"""Codes in a row."""


def base() -> str:
    """Where the app is, as the browser calls it, up to the slash before its pages."""
    return (st.context.url or "").rpartition("/")[0]


def overview() -> None:
    """The lessons with goal, time and what each shows."""
    rows = [
        [
            f"[{lesson.number} {literal(lesson.title)}](course?lesson={lesson.name})",
            literal(lesson.goal),
            tr("{} minutes", lesson.minutes),
            literal(lesson.question),
        ]
        for lesson in lessons().values()
    ]
    table([tr("Lesson"), tr("Goal"), tr("Time"), tr("What is asked")], rows)


def taught() -> Teaching:
    """The row of lessons, of which one is looked at."""
    value: Teaching = opened(PAGE, Teaching(begin().lesson), taught_of, link_taught)
    titles = {name: f"{lesson.number} {lesson.title}" for name, lesson in lessons().items()}

    def go(name: str) -> None:
        put(PAGE, Teaching(name))

    chips("taught", tr("Lessons"), titles, value.lesson, go)
    session().write_address(PAGE)
    return value


def notes(lesson: Lesson) -> None:
    """Misconceptions, what to ask, and the answers."""
    st.subheader(lesson.heading("teacher"))
    st.markdown(lesson.teacher)
    with st.expander(tr("The answers")):
        facts = lesson.facts()
        st.markdown(tr("Prediction: {}", filled(lesson.asking.answer(facts), facts)))
        asked = lesson.facts(lesson.check.state)
        st.markdown(tr("Question at the end: {}", lesson.check.asking.answer(asked)))
        st.markdown(filled(lesson.check.after, asked))


def links(lesson: Lesson, where: str) -> None:
    """The lesson as a link, in every way it may be looked at."""
    st.subheader(tr("Links"))
    for words, more in (
        (tr("To work alone; the link a student sends back says what was done"), {}),
        (tr("Without answers until somebody presses Reveal"), {"hide": "answers"}),
        (tr("For the wall"), {"projector": "yes"}),
        (tr("To stand in another page"), {"embed": "true"}),
    ):
        st.caption(words)
        st.code(link_of(where, lesson.name, **more), language=None, wrap_lines=True)


def vote(lesson: Lesson, where: str) -> None:
    """A code for each choice: who scans it has predicted that."""
    found = votes(where, lesson)
    if not found:
        return
    st.subheader(tr("A vote by link"))
    st.caption(tr("Whoever opens one has predicted that; nothing is counted or stored here."))
    for column, (words, link) in zip(st.columns(NARROW), found.items(), strict=False):
        with column:
            picture(qr_code(link) or "", tr("QR code of: {}", words), literal(words))


def returned() -> None:
    """The links of a class, read where they are pasted, and counted."""
    text = st.text_area(
        tr("The links your students sent, one a line"),
        help=tr("They are read here and forgotten with this page; nothing is stored."),
        key="returned",
        height=120,
    )
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        return
    if len(lines) > MOST:
        st.warning(tr("Only the first {} of {} lines are read.", MOST, len(lines)))
    read = [visit_of(line) for line in lines[:MOST]]
    if others := sum(visit is None for visit, _ in read):
        st.warning(
            trn(
                "{} line is no link of a lesson.",
                "{} lines are no links of a lesson.",
                others,
                others,
            )
        )
    if strange := sum(bool(problems) for _, problems in read):
        st.warning(tr("{} of {} links were not fully understood.", strange, len(read) - others))
    done = [(i, visit.record) for i, (visit, _) in enumerate(read, start=1) if visit is not None]
    if done:
        head = [tr("Line"), tr("Lesson"), tr("Predicted"), tr("It was"), tr("Question at the end")]
        table(head, [row for i, record in done for row in _rows(i, record)])
    counted = Counter((entry.name, entry.guess) for _, record in done for entry in record)
    if counted:
        votes_of = [[*_said(*one), str(n)] for one, n in counted.most_common()]
        table([tr("Lesson"), tr("Prediction"), tr("How many")], votes_of)


def _rows(number: int, record: tuple[Predicted, ...]) -> list[list[str]]:
    """What was done in every lesson that a link tells of; the first prediction counts."""
    if not record:
        return [[str(number), tr("nothing yet"), "", "", ""]]
    signs = {True: tr("right"), False: tr("not right"), None: tr("not answered")}
    return [
        [str(number), *_said(e.name, e.guess), signs[e.right], signs[e.checked]] for e in record
    ]


def _said(name: str, guess: str) -> tuple[str, str]:
    lesson = lessons()[name]
    return literal(lesson.title), literal(lesson.asking.said(guess))
