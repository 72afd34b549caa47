"""Where a visitor of the course is: the lesson, what was predicted, what is shown, what was done.

All of it is in the address, so a link is a worksheet that is handed in, and nothing of it is kept
on the server.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from playground.language import tr
from playground.links import Given, LinkReader, Query
from playground.topics.course.asking import RIGHT, Asking
from playground.topics.course.lesson import Lesson, lessons

LESSON, GUESS, ANSWER, DONE = "lesson", "guess", "answer", "done"
OURS = (LESSON, GUESS, ANSWER, DONE)
"""The names in a link that are the course's; all others are the exhibit's."""
BETWEEN, WITHIN = "|", ":"
YES, NO, OPEN = "r", "w", "-"
"""Marks of a record: right, wrong, not asked yet."""


@dataclass(frozen=True)
class Predicted:
    """What is kept of a lesson: what was predicted first, and how both questions went."""

    name: str
    guess: str
    right: bool
    checked: bool | None = None

    def written(self) -> str:
        mark = {True: YES, False: NO, None: OPEN}
        return WITHIN.join((self.name, self.guess, mark[self.right] + mark[self.checked]))


@dataclass(frozen=True)
class Visit:
    """What the page of the course shows."""

    lesson: str
    guess: str = ""
    state: Any = None
    """What is run; None is what the lesson runs."""
    answer: str = ""
    record: tuple[Predicted, ...] = ()

    @property
    def about(self) -> Lesson:
        return lessons()[self.lesson]

    @property
    def run(self) -> Any:
        """What is run, whoever has set it."""
        return self.about.run_of(self.guess) if self.state is None else self.state

    @property
    def changed(self) -> bool:
        """Whether it is not what the lesson runs."""
        return self.state is not None

    def predicting(self, guess: str) -> Visit:
        """The visit once that was predicted; the first prediction is the one that counts."""
        lesson = self.about
        right = lesson.asking.relation(guess, lesson.facts(lesson.run_of(guess))) == RIGHT
        record = merged(self.record, [Predicted(self.lesson, guess, right)])
        return replace(self, guess=guess, state=None, answer="", record=record)

    def answering(self, answer: str) -> Visit:
        """The visit once the question at the end was answered so; the last answer counts."""
        check = self.about.check
        right = check.asking.relation(answer, self.about.facts(check.state)) == RIGHT
        record = tuple(
            replace(e, checked=right) if e.name == self.lesson else e for e in self.record
        )
        return replace(self, answer=answer, record=record)

    def going(self, name: str) -> Visit:
        """The visit of another lesson, with the record."""
        return Visit(name, record=self.record)

    def running(self, state: Any) -> Visit:
        """The visit with another state; what the lesson itself runs is none of the visitor's."""
        return replace(self, state=None if state == self.about.run_of(self.guess) else state)

    def recording(self, record: tuple[Predicted, ...]) -> Visit:
        return replace(self, record=record)

    def entry(self, name: str) -> Predicted | None:
        return next((e for e in self.record if e.name == name), None)


def begin() -> Visit:
    """The course at its first lesson."""
    return Visit(next(iter(lessons())))


def merged(ours: Iterable[Predicted], theirs: Iterable[Predicted]) -> tuple[Predicted, ...]:
    """Two records as one, in the order of the lessons; of a lesson in both the first counts."""
    found = {e.name: e for e in (*theirs, *ours)}
    return tuple(found[name] for name in lessons() if name in found)


def write(visit: Visit) -> Query:
    """The link of a visit."""
    query = {} if visit.lesson == begin().lesson else {LESSON: visit.lesson}
    if visit.guess:
        query |= {GUESS: visit.guess}
        query |= visit.about.exhibit.write(visit.state) if visit.changed else {}
    query |= {ANSWER: visit.answer} if visit.answer else {}
    return query | ({DONE: written(visit.record)} if visit.record else {})


def written(record: Iterable[Predicted]) -> str:
    """A record as text."""
    return BETWEEN.join(entry.written() for entry in record)


def read(query: Given, default: Visit) -> tuple[Visit, list[str]]:
    """The visit of a link, and a sentence for everything in it that could not be understood."""
    reader = LinkReader(query)
    lesson = lessons()[reader.one_of(LESSON, lessons(), default.lesson)]
    guess = _asked(reader, GUESS, lesson.asking)
    answer = _asked(reader, ANSWER, lesson.check.asking)
    record, strange = read_record(reader.take(DONE) or "")
    if strange:
        reader.problems.append(
            tr("{} does not say what was done in a lesson: “{}” is left out.", DONE, strange[:40])
        )
    visit = Visit(lesson.name, record=record)
    if guess:  # whoever opens such a link has predicted that
        visit = visit.predicting(guess)
        visit = visit.answering(answer) if answer else visit
    rest = {name: text for name, text in query.items() if name not in OURS}
    if not rest:
        return visit, reader.problems
    state, problems = lesson.exhibit.read(rest)
    visit = visit.running(state) if visit.guess else visit  # nothing runs before it is predicted
    return visit, reader.problems + problems


def _asked(reader: LinkReader, name: str, question: Asking) -> str:
    """What a link says in answer to a question; nothing if that is no answer."""
    text = reader.take(name)
    if text is None:
        return ""
    try:
        question.check(text)
    except ValueError as error:
        reader.problems.append(tr("{} = “{}”: {}.", name, text[:40], error))
        return ""
    return text


def read_record(text: str) -> tuple[tuple[Predicted, ...], str]:
    """The record that a text says, and what in it says nothing."""
    found, strange = [], ""
    for part in filter(None, text.split(BETWEEN)):
        name, _, rest = part.partition(WITHIN)
        guess, _, marks = rest.rpartition(WITHIN)
        try:
            lessons()[name].asking.check(guess)
            right, checked = ({YES: True, NO: False, OPEN: None}[mark] for mark in marks)
            found.append(Predicted(name, guess, bool(right), checked))
        except (KeyError, ValueError):
            strange = strange or part
    return merged(reversed(found), ()), strange  # of a lesson that stands twice the first counts
