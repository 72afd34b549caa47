"""What a teacher sets: the lesson looked at."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit

from playground.declare import Declared, param
from playground.topics.course.lesson import Lesson, lessons
from playground.topics.course.visit import GUESS, LESSON, Visit, read, write

COURSE = "course"


class Teaching(Declared, family=True):
    """The lesson whose handout, links and questions are shown."""

    lesson: str = param(
        next(iter(lessons())), choices=tuple(lessons()), help="What is to be taught."
    )

    @property
    def about(self) -> Lesson:
        return lessons()[self.lesson]


def link_of(base: str, lesson: str, **more: str) -> str:
    """The whole link of a lesson, with whatever else a link may say.

    base: where the app is, up to the slash before its pages.
    """
    query = urlencode({LESSON: lesson, **more})
    return f"{base}/{COURSE}?{query}"


def votes(base: str, lesson: Lesson) -> dict[str, str]:
    """The link of every choice of a lesson's prediction, by its words."""
    return {
        words: link_of(base, lesson.name, **{GUESS: key})
        for key, words in lesson.asking.choices.items()
    }


def visit_of(link: str) -> tuple[Visit, list[str]]:
    """The visit that a link says, and what in it could not be understood."""
    query = dict(parse_qsl(urlsplit(link.strip()).query, keep_blank_values=True))
    return read(query, Visit(next(iter(lessons()))))


__all__ = ["COURSE", "Teaching", "link_of", "visit_of", "votes", "write"]
