"""What a teacher sets: the lesson looked at; and its links, given out and handed in."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from playground.links import Given, LinkReader, Query
from playground.topics.course.lesson import Lesson, lessons
from playground.topics.course.visit import GUESS, LESSON, Visit, begin, read
from playground.ui.view import parted

COURSE = "course"
FRAMED = ("embed", "embed_options")
"""What Streamlit itself reads of a link."""


@dataclass(frozen=True)
class Teaching:
    """The lesson whose handout, links and questions are shown."""

    lesson: str

    @property
    def about(self) -> Lesson:
        return lessons()[self.lesson]


def taught_of(query: Given, default: Teaching) -> tuple[Teaching, list[str]]:
    """What a link says is taught, and a sentence for everything that could not be understood."""
    reader = LinkReader(query)
    return Teaching(reader.one_of(LESSON, lessons(), default.lesson)), reader.finish()


def link_taught(value: Teaching) -> Query:
    """The entries that say what is taught."""
    return {} if value.lesson == begin().lesson else {LESSON: value.lesson}


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


def visit_of(link: str) -> tuple[Visit | None, list[str]]:
    """The visit that a link says, and what in it could not be understood; None of no such link."""
    try:
        parts = urlsplit(link.strip())
    except ValueError:  # such as http://[
        return None, []
    if parts.path.rstrip("/").rpartition("/")[2] != COURSE:
        return None, []
    _, query = parted(dict(parse_qsl(parts.query, keep_blank_values=True)))
    return read({name: text for name, text in query.items() if name not in FRAMED}, begin())
