"""Links of every page that nobody would write, made from the register of what is declared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from random import Random
from typing import NamedTuple
from urllib.parse import quote_plus

from playground.kinds import CHOICE, TEXT, Param, to_text
from playground.links import Query
from playground.topics.course import lessons
from playground.topics.race import Race
from playground.topics.race.race import SLOTS
from playground.ui.view import PARTS, PageView
from tests.fuzz.formulas import formula
from tests.fuzz.hostile import MARKUP, no_number, text
from tests.fuzz.visitor import NAMES
from tests.oracles.ends import PAGES, Field, _of, ends, fields
from tests.topics.test_lessons import guesses

STATELESS = ("home", "reference")
"""Pages that read nothing from a link but how they are looked at."""
FRAMED = {"embed": ("true", "false", "<zqx>"), "embed_options": ("dark_theme", "zqx")}
"""What Streamlit itself reads."""
OPEN = ("Vary", "Step microscope", "Modes", "Formulas and code", "Download")
"""Views that are not the first."""
JUNK = ("&&&", "%zz", "%", "=", "=&=", ";a=b", "%ff=%fe", "%ED%A0%80=1", "a%00b=1", "?", "#", "&a")
"""Pieces of a query that no program writes."""
SIZES = ("cells", "steps", "width", "depth", "layers", "examples", "updates", "epochs")


class Entry(NamedTuple):
    """One name of a link with its text."""

    name: str
    text: str
    senseless: bool = False
    """Whether it means nothing for certain, so that the page must name it."""


@dataclass(frozen=True)
class Link:
    """An address of the app."""

    page: str
    entries: tuple[Entry, ...]
    junk: str = ""

    @property
    def query(self) -> str:
        parts = (f"{_quoted(e.name)}={_quoted(e.text)}" for e in self.entries)
        return "&".join(filter(None, (*parts, self.junk)))

    def __str__(self) -> str:
        return f"{self.page}?{self.query}"

    def without(self, i: int) -> Link:
        """The link without one of its entries."""
        return replace(self, entries=self.entries[:i] + self.entries[i + 1 :])


def _quoted(text: str) -> str:
    return quote_plus(text, errors="surrogatepass")


def link_of(address: str) -> Link:
    """The link that an address is; which of its entries mean nothing is not known."""
    page, _, query = address.partition("?")
    return Link(page, (), query)


@cache
def grounds(page: str) -> tuple[Field, ...]:
    """Every declared field that a link of a page can name."""
    if page == "course":
        return tuple(field for name in lessons() for field in _of_lesson(name))
    return tuple(fields(page)) if page in PAGES else ()


def _of_lesson(name: str) -> Iterator[Field]:
    """What is asked in a lesson, and the settings of its exhibit once it was answered."""
    lesson = lessons()[name]
    answered = {"lesson": name, "guess": guesses(lesson)[0]}
    preset = lesson.exhibit.preset
    found = fields("trajectories") if isinstance(preset, Race) else _of(type(preset), "", {})
    yield from (field._replace(context=answered | field.context) for field in found)


def link(chance: Random, large: bool = False, page: str = "") -> Link:
    """Some link.

    large: whether sizes, on which the time of a page depends, may be as large as they come.
    """
    page = page or chance.choice(NAMES)
    entries = [*_small(chance, page, large)]
    for _ in range(chance.choice((0, 1, 1, 2, 3, 6))):
        entries += _field(chance, page, large)
    if page in ("course", "teacher"):
        entries += _of_course(chance)
    if chance.random() < 0.3:
        entries += _view(chance)
    if chance.random() < 0.3:
        entries += _unknown(chance, page)
    if entries and chance.random() < 0.1:
        entries += [chance.choice(entries)._replace(text=text(chance), senseless=False)]
    if chance.random() < 0.02:
        entries += [Entry(f"n{i}", str(i)) for i in range(300)]
    kept = {e.name: e for e in entries}  # only the last of a name is read
    entries = [e._replace(senseless=e.senseless and kept[e.name] is e) for e in entries]
    return Link(page, tuple(entries), chance.choice(JUNK) if chance.random() < 0.05 else "")


def _small(chance: Random, page: str, large: bool) -> Iterator[Entry]:
    """The sizes that keep a page quick."""
    if page in PAGES and not (large and chance.random() < 0.5):
        for name, value in PAGES[page].small.items():
            if name not in SLOTS or chance.random() < 0.7:
                yield Entry(name, value)


def _field(chance: Random, page: str, large: bool) -> Iterator[Entry]:
    """A field in its context, at a value that is valid, just not, or nothing of the kind."""
    if not (known := grounds(page)):
        return
    field = chance.choice(known)
    slot = chance.choice(SLOTS) if chance.random() < 0.3 else "a"
    named = {_moved(k, slot): v for k, v in field.context.items()}
    for name, value in named.items():
        yield Entry(name, value)
    name, p = _moved(field.name, slot), field.param
    size = name in PAGES[page].small if page in PAGES else p.name in SIZES
    said = value_of(chance, p) if not size or large else text(chance)
    if size and not large and not no_number(said):
        said = chance.choice(MARKUP)
    numeric = p.kind not in (TEXT, CHOICE)
    yield Entry(
        name, said, senseless=page not in ("course", *STATELESS) and no_number(said) and numeric
    )


def _moved(name: str, slot: str) -> str:
    """The name of a field of a runner in another slot."""
    head, dot, rest = name.partition(".")
    return f"{slot}{dot}{rest}" if head == "a" else name


def value_of(chance: Random, p: Param) -> str:
    """The text of a value: legal to its very ends, or hostile."""
    which = chance.random()
    legal = ends(p)
    if which < 0.35 and legal:
        return to_text(chance.choice(legal))
    if which < 0.5 and p.kind.numeric and p.low is not None and p.high is not None:
        value = chance.uniform(p.low, p.high)
        return to_text(type(p.default)(value))
    if p.kind is TEXT and which < 0.85:
        return formula(chance)
    return text(chance)


def _unknown(chance: Random, page: str) -> Iterator[Entry]:
    """A name that nothing has; two pages read no settings, and say nothing of any."""
    name = chance.choice((chance.choice(MARKUP), text(chance), "lrr", "a.lr.lr", "a.a.a.lr"))
    yield Entry(name, text(chance), senseless=no_number(name) and page not in STATELESS)


def _view(chance: Random) -> Iterator[Entry]:
    """How the page is looked at."""
    name = chance.choice((*PageView.names(), *FRAMED))
    if name in FRAMED:
        yield Entry(name, chance.choice(FRAMED[name]))
    elif name == "hide" and chance.random() < 0.6:
        yield Entry(name, ",".join(chance.sample([*PARTS, "", text(chance)], 3)))
    else:
        said = chance.choice(("yes", "no", "en", "de", text(chance)))
        yield Entry(name, said, senseless=no_number(said) and name != "hide")


def _of_course(chance: Random) -> Iterator[Entry]:
    """Where somebody is in the course, or says they are."""
    name = chance.choice([*lessons()])
    if chance.random() < 0.7:
        yield Entry("lesson", name)
    said = [*guesses(lessons()[name]), "0.01", "1,2", "nan,nan", "1e999", text(chance)]
    for key in ("guess", "answer"):
        if chance.random() < 0.5:
            yield Entry(key, chance.choice(said))
    if chance.random() < 0.4:
        record = ":".join((chance.choice((name, text(chance))), chance.choice(said), "rw"))
        yield Entry("done", "|".join([record] * chance.choice((1, 2, 300))))


def state_of(chance: Random, page: str) -> Query:
    """What is open on a page beside its settings: a tab, and the lines of code."""
    state: Query = {}
    if page == "trajectories" and chance.random() < 0.4:
        state["view"] = chance.choice(OPEN)
    return state
