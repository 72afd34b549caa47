"""Nothing on a page is said in English alone, whatever the language.

Every page is shown in a language whose words all wear accents (`tests.support.pseudo`): a word
without one was not marked, and a word that was asked for and is not in the template was marked
where nobody finds it.
"""

import re
import shutil
import sys
from contextvars import ContextVar

import pytest

import playground as pg
from playground import language
from playground.glossary import GLOSSARY
from playground.kinds import MEMBER, TEXT, to_text
from playground.language import KNOWN, Language
from playground.surfaces.formula.arithmetic import FUNCTIONS
from playground.topics.course import lesson as course
from playground.topics.course import lessons
from playground.ui.page import APP
from tests.app.test_pages import PAGES, opened
from tests.support import pseudo
from tests.support.source import ROOT
from tests.support.visible import CODE, texts

sys.path.insert(0, str(ROOT / "assets"))

import marked

FOUND = {text.said for text in marked.everything()}
"""What is in the template, looked up before another language is spoken."""
ENGLISH = re.compile(rf"[A-Za-z]*[{pseudo.PLAIN}][A-Za-z]*")
"""A run of letters one of which would wear an accent."""
SHORT = 3
"""Shorter runs are symbols, units and what stands between accents."""
SILENT = re.compile(
    r"\]\([^)]*\)|https?://\S+|(?<![^\s\[])/\w*\?\S+"  # where a link leads
    r"|:material/\w+:|:[a-z]+(?:-[a-z]+)*(?=\[)"  # icons and colours
    r"|%\{[^}]*\}|&\w+;"  # what Plotly puts in, and signs of HTML
    rf"|\b(?:{'|'.join(FUNCTIONS)})\("  # what is typed in a formula
    r"|[\w.]+=[\w.,-]*"  # an entry of a link
    r"|\b[A-Z]\w*\.\w+"  # a parameter as a link names it
    r"|\bfloat(?:16|32|64)\b|\b[0-9a-f]{32}\b",  # formats of numbers, fingerprints of files
    re.DOTALL,
)
"""What is not read as words."""
CLASSES = [cls for family in pg.FAMILIES for cls in family.all.values()]
LEFT = {
    "the name of the playground": [APP],
    "authors and journals have one name": [
        *(cls.source for cls in CLASSES if cls.source),
        *(term.source for term in GLOSSARY if term.source),
    ],
    "so do those of the lessons": [
        line
        for file in course.folder().glob("en/*.md")
        for line in file.read_text("utf-8").splitlines()
        if line.startswith("Source: ")
    ],
    "a default is shown as it is written in code": [
        f"| {to_text(p.default)} |"
        for cls in CLASSES
        for p in cls.params()
        if p.kind in (MEMBER, TEXT)
    ],
}
"""What stays as it is, with the reason."""
UNDRESSED = re.compile(r"(^- \*\*[^*]+\*\*|^Source: .*$)", re.MULTILINE)
"""Of a lesson: the keys of its choices, and its sources."""
KEPT = sorted((text for texts in LEFT.values() for text in texts), key=len, reverse=True)


class Asked(pseudo.Pseudo):
    """The catalogue, which remembers what it was asked for."""

    def __init__(self):
        super().__init__()
        self.texts = set()

    def gettext(self, message):
        self.texts.add(message)
        return super().gettext(message)

    def ngettext(self, one, many, count):
        self.texts.add((one, many))
        return super().ngettext(one, many, count)


@pytest.fixture(scope="module")
def translated(tmp_path_factory):
    """The lessons in that language: a file each, as another language has them."""
    folder = tmp_path_factory.mktemp("lessons")
    shutil.copytree(course.folder() / "en", folder / "en")
    (folder / pseudo.CODE).mkdir()
    for file in (folder / "en").iterdir():
        _, head, body = file.read_text("utf-8").split("---\n", 2)
        head = re.sub("(?<=goal: ).*", lambda m: pseudo.dressed(m[0]), head)
        parts = UNDRESSED.split(body)
        worn = "".join(part if i % 2 else pseudo.dressed(part) for i, part in enumerate(parts))
        (folder / pseudo.CODE / file.name).write_text(f"---\n{head}---\n{worn}", "utf-8")
    return folder


@pytest.fixture
def asked(monkeypatch, translated):
    """The pseudo-language in place of English, in every thread, whatever a link asks for."""
    catalogue = Asked()
    spoken = Language(pseudo.CODE, catalogue)
    monkeypatch.setitem(KNOWN, language.ENGLISH, spoken)
    monkeypatch.setattr(language, "_spoken", ContextVar("language", default=spoken))
    monkeypatch.setattr(course, "HERE", translated)
    course._lessons.cache_clear()
    yield catalogue.texts
    course._lessons.cache_clear()


def plain(text):
    """The words of a text that wear no accent."""
    for known in KEPT:
        text = text.replace(known, " ")
    text = SILENT.sub(" ", CODE.sub(" ", text))
    return [word for word in ENGLISH.findall(text) if len(word) >= SHORT]


def shown(page, **query):
    """The texts of a page, on every tab, with the kinds of their elements."""
    app = opened(page, **query)
    found = texts(app)
    for tab in app.tabs if page == "reference" else ():
        app.session_state["reference"] = tab.label
        found += texts(app.run())
        assert not app.exception
    return dict.fromkeys(found)


def predicted():
    """A lesson of every kind, predicted and answered wrongly, and in a variation."""
    yield {"lesson": "momentum", "guess": "stops", "answer": "stops", "a.momentum": "0.5"}
    yield {"lesson": "one-step", "guess": "0.05", "answer": "0.2"}
    yield {"lesson": "minima-and-saddles", "guess": "-1,0"}
    yield {"lesson": "normalised-inputs", "guess": "soon", "answer": "later"}
    yield {"lesson": "real-network", "guess": next(iter(lessons()["real-network"].asking.choices))}


@pytest.mark.parametrize(
    ("page", "query"),
    [*((path.stem, {}) for path in PAGES), *(("course", query) for query in predicted())],
    ids=lambda one: one if isinstance(one, str) else one.get("lesson", ""),
)
def test_every_word_of_a_page_can_be_translated(page, query, asked):
    found = [
        f"{kind}: {' '.join(dict.fromkeys(words))} — in “{text[:200]}”"
        for kind, text in shown(page, **query)
        if (words := plain(text))
    ]
    assert not found, "\n".join([f"{len(found)} texts are not marked:", *found])
    assert asked - FOUND - set(KEPT) == set()


@pytest.mark.parametrize(
    "text", ["It stands still.", "the slope", "the ŝlopé here", ":red-badge[diverged] it is"]
)
def test_an_unmarked_word_is_seen(text):
    assert plain(text)


@pytest.mark.parametrize(
    "text",
    [
        pseudo.dressed("It stands still, at a slope of {} after {} steps."),
        ":material/check: ",
        "](https://example.org)",
        "Bowl.kappa a.lr=0.1 η·λ = 2 (x, y)",
    ],
)
def test_what_is_no_word_is_not(text):
    assert plain(text) == []
