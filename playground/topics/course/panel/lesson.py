"""A lesson, from its question to its check."""

from __future__ import annotations

import streamlit as st

from playground.language import tr
from playground.topics.course.exhibits.races import RaceExhibit
from playground.topics.course.lesson import Lesson, filled, lessons
from playground.topics.course.panel.asking import ask
from playground.topics.course.panel.stage import PAGE, before, here, stage
from playground.topics.course.panel.summary import summary
from playground.topics.course.told import explained
from playground.topics.course.visit import (
    BETWEEN,
    WITHIN,
    Visit,
    begin,
    merged,
    read,
    read_record,
    write,
    written,
)
from playground.ui.browser import keepsake, pager
from playground.ui.say import judged, literal, say
from playground.ui.session import session
from playground.ui.state import opened, put
from playground.ui.terms import Terms
from playground.words import Said

ICONS = {None: "circle", True: "check_circle", False: "cancel"}
"""By whether the prediction of a lesson was right."""


def show() -> None:
    """The lesson a visitor is at."""
    visit: Visit = opened(PAGE, begin(), read, write)
    contents(visit)
    paging(visit)
    keepsake(PAGE, written(visit.record), BETWEEN, WITHIN, _found)
    lesson = visit.about
    terms = Terms()
    st.header(lesson.title)
    st.markdown(terms.explained(lesson.question))
    predict(visit, terms)
    if visit.guess:
        afterwards(visit, terms)
    else:
        session().write_address(PAGE)  # else the run does, whose controls are the last
    last = lesson.number == len(lessons())
    with (
        st.container(key="answer-summary"),
        st.expander(tr("What you predicted"), expanded=last),
    ):
        summary(visit)


def contents(visit: Visit) -> None:
    """All lessons in the sidebar, with how their predictions went."""
    hidden = "answers" in session().view.value.hidden
    with st.sidebar.container(key="lessons", gap=None):
        for name, lesson in lessons().items():
            entry = None if hidden else visit.entry(name)
            label = f"{lesson.number} {literal(lesson.title)}"
            st.button(
                f"**{label}**" if name == visit.lesson else label,
                key=f"lesson-{name}",
                icon=f":material/{ICONS[entry.right if entry else None]}:",
                type="tertiary",
                on_click=_go,
                args=(name,),
                width="stretch",
            )


def paging(visit: Visit) -> None:
    """Where the visitor is in the course, back and on."""
    every = list(lessons().values())
    i = visit.about.number - 1
    back = every[i - 1] if i else None
    on = every[i + 1] if i + 1 < len(every) else None

    def go(onwards: bool) -> None:
        if there := on if onwards else back:
            _go(there.name)

    place = f"{i + 1} / {len(every)}"
    pager(PAGE, tr("Lessons"), place, back.title if back else "", on.title if on else "", go)


def predict(visit: Visit, terms: Terms) -> None:
    """What is to be predicted, or what was."""
    lesson = visit.about
    st.subheader(lesson.heading("predict"))
    st.markdown(terms.explained(filled(lesson.scene, lesson.facts())))
    if visit.guess:
        said, again = st.columns([5, 1], vertical_alignment="center")
        said.markdown(tr("You said: {}", f"**{literal(lesson.asking.said(visit.guess))}**"))
        again.button(tr("Predict again"), on_click=_forget, type="tertiary")
        return
    place = None
    words = st.container()
    if isinstance(lesson.exhibit, RaceExhibit):
        words, picture = st.columns([2, 3], gap="large")
        with picture:
            place = before(visit, lesson.exhibit.preset)
    with words:
        guess = ask(f"{visit.lesson}-guess", lesson.asking, place)
        st.button(
            tr("Run it"),
            icon=":material/play_arrow:",
            disabled=not guess,
            on_click=_predict,
            args=(guess,),
        )


def afterwards(visit: Visit, terms: Terms) -> None:
    """The run, and all that is said once it was predicted."""
    lesson = visit.about
    stage(visit, lambda now: _explain(lesson, now))
    with st.container(key="answer-idea"):
        st.subheader(lesson.heading("idea"))
        st.markdown(terms.explained(lesson.idea))
    with st.container(key="answer-check"):
        closing(visit)
    onwards(visit)


def _explain(lesson: Lesson, visit: Visit) -> None:
    """Whether the prediction was right, why, and what was found in this run."""
    with st.container(key="answer-happened"):
        st.subheader(lesson.heading("happened"))
        told = explained(visit)
        label = tr("as you said") if told.right else tr("not as you said")
        say(Said(label, True if told.right else None, told.so))
        if told.varied:
            say(Said(tr("in your variation"), None, told.varied))
        for text in told.why:
            st.markdown(text)
        with st.expander(tr("What was found, with its numbers"), expanded=False):
            for name, finding in lesson.facts(visit.run).told:
                if isinstance(finding, Said):
                    say(finding)
                else:
                    st.markdown(f"**{literal(name)}** {judged(finding)}")
    st.subheader(lesson.heading("variations"))
    variations(visit)


def variations(visit: Visit) -> None:
    """What else to try, and the way to all controls."""
    lesson = visit.about
    for i, variation in enumerate(lesson.variations):
        press, words = st.columns([2, 5], vertical_alignment="center")
        press.button(
            literal(variation.words),
            key=f"try-{visit.lesson}-{i}",
            icon=":material/check:" if visit.state == variation.state else None,
            on_click=_try,
            args=(variation.state,),
            width="stretch",
        )
        words.markdown(filled(variation.watch, lesson.facts(variation.state)))
    st.page_link(
        f"pages/{lesson.exhibit.page}.py",
        label=tr("All its controls, on its own page"),
        icon=":material/tune:",
        query_params=lesson.exhibit.whole(visit.run) or None,
    )


def closing(visit: Visit) -> None:
    """The question at the end, and its answer once it was answered."""
    lesson = visit.about
    st.subheader(lesson.heading("check"))
    facts = lesson.facts(lesson.check.state)
    st.markdown(filled(lesson.check.text, facts))
    answer = ask(f"{visit.lesson}-answer", lesson.check.asking)
    st.button(tr("Answer"), disabled=not answer, on_click=_answer, args=(answer,))
    if visit.answer:
        entry = visit.entry(visit.lesson)
        right = bool(entry and entry.checked)
        so = filled(lesson.check.asking.answer(facts), facts)
        said = lesson.check.asking.said(visit.answer)
        say(
            Said(
                tr("right") if right else tr("not right"),
                True if right else None,
                tr("You said: “{}” It is: “{}”", said, so),
            )
        )
        st.markdown(filled(lesson.check.after, facts))


def onwards(visit: Visit) -> None:
    """What comes next."""
    later = [lesson for lesson in lessons().values() if lesson.number > visit.about.number]
    if later:
        st.button(
            tr("Next: {}", literal(later[0].title)),
            icon=":material/arrow_forward:",
            on_click=_go,
            args=(later[0].name,),
        )


def _go(name: str) -> None:
    put(PAGE, here().going(name))


def _predict(guess: str) -> None:
    put(PAGE, here().predicting(guess))


def _forget() -> None:
    put(PAGE, here().going(here().lesson))


def _answer(answer: str) -> None:
    put(PAGE, here().answering(answer))


def _try(state: object) -> None:
    put(PAGE, here().running(state))


def _found(text: str) -> None:
    """The browser has kept a record."""
    visit = here()
    put(PAGE, visit.recording(merged(visit.record, read_record(text)[0])))
