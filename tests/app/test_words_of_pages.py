"""One noun, one symbol and one notation: on every page, and for every declared parameter."""

from __future__ import annotations

import re
from functools import cache

import pytest

from playground.glossary import GLOSSARY
from playground.words import symbol
from tests.app.test_controls import DECLARED
from tests.app.test_pages import PAGES, opened
from tests.support.visible import CODE, figures, texts

GREEK = "alpha|beta|gamma|delta|epsilon|eta|theta|kappa|lambda|mu|rho|sigma|tau|phi|psi"
CRYPTIC = re.compile(rf"[_\\$\d{{}}]|\b({GREEK}|lr|eps|std|pct|div|dfd[xy]|params?)\b")
ELSEWHERE = re.compile(
    "|".join(rf"\b{re.escape(word)}s?\b" for term in GLOSSARY for word in term.elsewhere),
    re.IGNORECASE,
)
NOTATIONS = {
    "the exponent of a computer": r"\d[eE][+\-−]?\d",
    "an ASCII minus": r"(?<![\w.\u2013–])-\d(?!\w*-)",
    "thousands set apart by a comma or a space that breaks": r"\d,\d{3}\b|\b\d{1,3}(?: \d{3})+\b",
    "a power of ten with a factor 1": r"(?<![\d.])1·10[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]",
    "a zero behind the point that says nothing": r"(?<![\d.v:])\d+\.\d*0(?![\d.])",
    "an index that is not set low": r"λ\\?_",
    "another power of ten": r"×\s?10\s?[\^⁰¹²³⁴⁵⁶⁷⁸⁹⁻<]|10\^",
}
SOURCES = re.compile(r"[0-9a-f]{32}|\d+\(\d+\):\d+|\d+:\d+|arXiv:\S+")
"""Volumes, pages and numbers of papers; fingerprints of files."""
PARAMETERS = [
    pytest.param(p, id=f"{cls.__name__}.{p.name}") for cls in DECLARED for p in cls.params()
]


@pytest.mark.parametrize("p", PARAMETERS)
def test_the_label_of_a_parameter_is_plain_words_and_its_symbol(p):
    assert re.fullmatch(r"[A-Za-z][a-z,\- ]+", p.words)
    assert not CRYPTIC.search(p.words)
    assert not ELSEWHERE.search(p.words)
    assert p.label == f"{p.words} {symbol(p.tex)}".strip()
    assert not re.search(r"[\\${}_^]", p.label)


@pytest.mark.parametrize("p", PARAMETERS)
def test_a_noun_of_the_glossary_has_its_symbol(p):
    for term in GLOSSARY:
        if term.noun == p.words and p.kind.numeric and term.tex:
            assert p.tex == term.tex


def test_no_word_and_no_noun_means_two_things():
    nouns = [term.noun for term in GLOSSARY]
    assert len(set(nouns)) == len(nouns)
    for term in GLOSSARY:
        assert not ELSEWHERE.search(f"{term.noun} {term.meaning}")


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_a_page_uses_the_nouns_of_the_glossary_and_one_notation(page):
    found = []
    for text in read_on(page.stem):
        found += [("noun", m[0], around(text, m)) for m in ELSEWHERE.finditer(text)]
        for name, pattern in NOTATIONS.items():
            found += [(name, m[0], around(text, m)) for m in re.finditer(pattern, text)]
    assert found == []


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_a_log_axis_has_ticks_of_its_own_in_our_notation(page):
    """At most four of them, and none of Plotly's 100µ."""
    for layout in (figure["layout"] for figure in figures(once(page.stem))):
        for axis in (part for name, part in layout.items() if re.match(r"[xy]axis", name)):
            assert axis.get("exponentformat") == "power" or axis.get("type") != "log"
            if axis.get("type") == "log" and axis.get("showticklabels", True):
                assert 1 <= len(axis["ticktext"]) <= 4


@cache
def once(page):
    """A page that is looked at and not touched."""
    return opened(page)


def read_on(page):
    """The texts of a page, on every tab; not the column of the glossary that names the others."""
    app = once(page)
    shown = [texts(app)]
    for tab in app.tabs if page == "reference" else ():
        app.session_state["reference"] = tab.label
        shown.append(texts(app.run()))
    for text in dict.fromkeys(text for one in shown for _, text in one):
        if "| elsewhere |" not in text:
            yield SOURCES.sub("", text)


def around(text, match):
    return text[max(match.start() - 40, 0) : match.end() + 40]


def test_the_reference_shows_the_glossary():
    app = opened("reference")
    app.session_state["reference"] = "Glossary"
    app.run()
    shown = " ".join(markdown.value for markdown in app.markdown)
    for term in GLOSSARY:
        assert f"**{term.noun}**" in shown


def test_code_is_no_prose():
    assert CODE.sub("", "try Momentum(lr=0.1, f=F(2)) or `lr`").strip() == "try  or"
