"""A lesson as it is written: Markdown that can be read as it is, in chapters of a fixed order.

    ---
    goal: what one can do afterwards
    exhibit: overshoot
    predict: choose a.passing
    ---
    # Title
    The question, in one sentence.

    ## Predict ... ## What happened ... ## Try ... ## The idea ... ## Check ... ## For the teacher

The headings are words of the lesson and may be in any language: the order says which is which.  A
choice is an item that begins with its key, ``- **passes** It runs past.``; a variation is one that
begins with a link, ``- [Less of it](?a.momentum=0.5) and it no longer crosses.``  What stands as
`code` is the name of a fact, and is shown as what was measured.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

CHAPTERS = ("question", "predict", "happened", "variations", "idea", "check", "teacher")
"""What the chapters are, in order; the first has the title for its heading."""
ITEM = re.compile(r"^- (.*(?:\n  .*)*)", re.MULTILINE)
KEYED = re.compile(r"\*\*(.+?)\*\*\s+(.+)", re.DOTALL)
LINKED = re.compile(r"\[(.+?)\]\(\?(.*?)\)\s*(.*)", re.DOTALL)


class LessonError(ValueError):
    """A lesson is not written as lessons are; the message says where and how."""


@dataclass(frozen=True)
class Chapter:
    """A heading and what stands below it."""

    heading: str
    body: str

    @property
    def lead(self) -> str:
        """What stands before the first item."""
        return ITEM.split(self.body, maxsplit=1)[0].strip()

    @property
    def rest(self) -> str:
        """What stands behind the last item."""
        return ITEM.sub("", self.body[self.body.find("\n- ") + 1 :]).strip() if self.items else ""

    @property
    def items(self) -> list[str]:
        """The items, each in one line."""
        return [" ".join(item.split()) for item in ITEM.findall(self.body)]

    def keyed(self) -> dict[str, str]:
        """The items by their keys; those without one are left out."""
        return {m[1]: m[2] for item in self.items if (m := KEYED.fullmatch(item))}

    def linked(self) -> list[tuple[str, str, str]]:
        """The items that begin with a link: its words, its query, and what follows."""
        return [(m[1], m[2], m[3]) for item in self.items if (m := LINKED.fullmatch(item))]


@dataclass(frozen=True)
class Source:
    """A lesson's file: its facts by name, and its chapters by what they are."""

    name: str
    facts: dict[str, str]
    chapters: dict[str, Chapter]

    def fact(self, name: str) -> str:
        """A line at its head."""
        if name not in self.facts:
            raise LessonError(f"{self.name}: a line “{name}: …” is missing at its head.")
        return self.facts[name]


def read_source(file: Path) -> Source:
    """The lesson in a file; its name is the file's, without the number that orders it."""
    name = file.stem.partition("-")[2]
    _, head, body = f"\n{file.read_text('utf-8')}".split("\n---\n", 2)
    facts = dict(line.split(": ", 1) for line in head.splitlines() if line.strip())
    parts = re.split(r"^#{1,2} (.+)\n", body, flags=re.MULTILINE)[1:]
    found = [Chapter(*pair) for pair in zip(parts[::2], map(str.strip, parts[1::2]), strict=True)]
    if len(found) != len(CHAPTERS):
        raise LessonError(
            f"{name}: a lesson has {len(CHAPTERS)} chapters ({', '.join(CHAPTERS)}), "
            f"this one has {len(found)}."
        )
    return Source(name, facts, dict(zip(CHAPTERS, found, strict=True)))
