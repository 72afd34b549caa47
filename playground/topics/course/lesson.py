"""A lesson: a question, a prediction, a run, an explanation, and what to take along."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import metadata
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from playground.language import ENGLISH, spoken_now
from playground.topics.course.asking import Asking, asking
from playground.topics.course.exhibits import EXHIBITS
from playground.topics.course.exhibits.exhibit import Exhibit, Facts
from playground.topics.course.source import LessonError, Source, read_source
from playground.words import indexed

HERE = Path(__file__).parents[3] / "assets" / "lessons"
PACKAGE = "optimizer-playground"
CODE = re.compile(r"`([^`]+)`")
SENTENCES = re.compile(r"(?<=[.?])\s+(?=[A-Z“])")


@dataclass(frozen=True)
class Variation:
    """Something else to try: its words, its state, and what to look at."""

    words: str
    state: Any
    watch: str


@dataclass(frozen=True)
class Closing:
    """The question at the end, whose answer is a fact of a run of its own."""

    text: str
    asking: Asking
    state: Any
    after: str
    """What is said once it is answered."""


@dataclass(frozen=True)
class Lesson:
    """A lesson as it is written, with the exhibit it is about."""

    number: int
    source: Source = field(repr=False)
    exhibit: Exhibit = field(repr=False)
    """With what the lesson sets in it for its preset."""

    @property
    def name(self) -> str:
        return self.source.name

    @property
    def title(self) -> str:
        return self.source.chapters["question"].heading

    @property
    def question(self) -> str:
        """What it is about, in one sentence."""
        return self.source.chapters["question"].body

    @property
    def goal(self) -> str:
        return self.source.fact("goal")

    @property
    def minutes(self) -> int:
        return int(self.source.fact("minutes"))

    def heading(self, chapter: str) -> str:
        """The heading of a chapter, in the lesson's language."""
        return self.source.chapters[chapter].heading

    @property
    def controls(self) -> tuple[str, ...]:
        """The settings that can be changed in the lesson; of a race the player has them."""
        return tuple(self.source.facts.get("controls", "").replace(",", " ").split())

    @cached_property
    def asking(self) -> Asking:
        """What is to be predicted."""
        return asking(self.source.fact("predict"), self._choices("predict", self.exhibit.preset))

    @property
    def scene(self) -> str:
        """What is said before the prediction."""
        return self.source.chapters["predict"].lead

    def run_of(self, guess: str) -> Any:
        """The state that is run once that was predicted; a lesson may take the guess into it."""
        into = self.source.facts.get("takes")
        return self._state(f"{into}={guess}") if into and guess else self.exhibit.preset

    @property
    def stories(self) -> dict[str, str]:
        """Explanations by what is so, and ``not …`` by what was wrongly expected."""
        return self.source.chapters["happened"].keyed()

    @cached_property
    def variations(self) -> list[Variation]:
        chapter = self.source.chapters["variations"]
        return [Variation(w, self._state(q), watch) for w, q, watch in chapter.linked()]

    @property
    def idea(self) -> str:
        return self.source.chapters["idea"].body

    @cached_property
    def check(self) -> Closing:
        chapter = self.source.chapters["check"]
        state = self._state(self.source.facts.get("check on", ""))
        question = asking(self.source.fact("check"), self._choices("check", state))
        text, _, after = chapter.body.partition("\n\n> ")
        return Closing(_lead(text), question, state, after.replace("\n> ", "\n"))

    @property
    def teacher(self) -> str:
        """Misconceptions, and what to ask."""
        return self.source.chapters["teacher"].body

    def facts(self, state: Any = None) -> Facts:
        """What is known of a state, by default of the preset."""
        return self.exhibit.facts(self.exhibit.preset if state is None else state)

    def _choices(self, chapter: str, state: Any) -> dict[str, str]:
        """What can be chosen in a chapter, by key."""
        facts = self.facts(state)
        return {k: filled(text, facts) for k, text in self.source.chapters[chapter].keyed().items()}

    def _state(self, query: str) -> Any:
        state, problems = self.exhibit.read(dict(parse_qsl(query, keep_blank_values=True)))
        if problems:
            raise LessonError(f"{self.name}: ?{query}: {' '.join(problems)}")
        return state

    def figure(self, query: str = "") -> Any:
        """The experiment as a figure for a notebook, with what differs from it as in a link."""
        return self.exhibit.figure(self._state(query))


def _lead(text: str) -> str:
    return re.split(r"^- ", text, maxsplit=1, flags=re.MULTILINE)[0].strip()


def filled(text: str, facts: Facts) -> str:
    """A text with what was measured in place of the names of facts.

    A sentence that needs a fact which this state does not have is left out.
    """
    told = []
    for sentence in SENTENCES.split(text):
        words = {name: facts.in_words(name) for name in CODE.findall(sentence)}
        if None not in words.values():
            told.append(CODE.sub(lambda m, words=words: words[m[1]] or "", sentence))
    return indexed(" ".join(told))


def folder() -> Path:
    """Where the lessons are: in the checkout, or where the installed package has put them."""
    if HERE.is_dir():
        return HERE
    for file in metadata.files(PACKAGE) or ():
        if file.parts[-3:-1] == ("lessons", ENGLISH):
            return Path(str(file.locate())).parents[1]
    raise FileNotFoundError(f"{PACKAGE} was installed without its lessons.")


def _files(language: str) -> Iterator[Path]:
    """A file a lesson in order; those that are not in that language yet, in English."""
    for file in sorted((folder() / ENGLISH).glob("[0-9]*-*.md")):
        theirs = folder() / language / file.name
        yield theirs if theirs.exists() else file


@cache
def _lessons(language: str) -> dict[str, Lesson]:
    found = {}
    for i, file in enumerate(_files(language), start=1):
        source = read_source(file)
        found[source.name] = Lesson(i, source, _exhibit(source))
    return found


def _exhibit(source: Source) -> Exhibit:
    """The exhibit a lesson names, from the state the lesson sets."""
    name = source.fact("exhibit")
    if name not in EXHIBITS:
        raise LessonError(f"{source.name}: there is no exhibit {name}; one of {list(EXHIBITS)}.")
    exhibit = EXHIBITS[name]
    state, problems = exhibit.read(dict(parse_qsl(source.facts.get("set", ""))))
    if problems:
        raise LessonError(f"{source.name}: {' '.join(problems)}")
    return exhibit.beginning(state)


def lessons() -> dict[str, Lesson]:
    """All lessons by name, in order, in the language that is spoken."""
    return _lessons(spoken_now())
