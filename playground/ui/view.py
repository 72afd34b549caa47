"""How a page is looked at, as a part of every link: language, what is hidden, for a wall or not.

A `PageView` stands in the address of any page beside what the page itself writes there, and is kept
from page to page.

>>> view_of({"hide": "verdict,scenes", "lr": "0.1"}).value
PageView(hide='verdict,scenes')
>>> parted({"hide": "verdict,scenes", "lr": "0.1"})
({'hide': 'verdict,scenes'}, {'lr': '0.1'})
>>> view_of({"hide": "verdct"}).problems
('hide: “verdct” is no part of a page. Did you mean verdict?',)
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import NamedTuple

from playground.declare import Declared, param
from playground.language import ENGLISH, languages, mark, speak, tr
from playground.links import Given, LinkReader
from playground.ui.sheet import Sheet


class Part(NamedTuple):
    """A part of a page that can be hidden.

    words: what it is, for a visitor.
    selectors: of CSS, each for what some page has.
    """

    words: str
    selectors: tuple[str, ...]


_DRAWER = ":root:has([data-testid=stSidebarNav])"
"""A narrow window, whose sidebar holds the navigation too."""

PARTS = {
    "controls": Part(
        mark("the controls in the sidebar"),
        (
            "[data-testid=stSidebarUserContent]",
            f":root:not({_DRAWER}) [data-testid=stSidebar]",
            f":root:not({_DRAWER}) [data-testid=stExpandSidebarButton]",
        ),
    ),
    "navigation": Part(
        mark("the way to the other pages"),
        (
            "[data-testid=stHeader] .rc-overflow",
            "[data-testid=stSidebarNav]",
        ),
    ),
    "verdict": Part(
        mark("what is said of how it ended, and why"),
        (
            ".pgp-verdict",
            ".pgp-events",
            "[class*=st-key-runner-][class*=-verdict]",
            "[data-testid=stMarkdown]:has(.stMarkdownBadge)",
        ),
    ),
    "runners": Part(mark("the cards that name the runners"), (".pgp-legend",)),
    "charts": Part(mark("the charts beside the map"), (".pgp-side",)),
    "scenes": Part(mark("the row of scenes"), (".st-key-chips-scene-row",)),
    "tools": Part(mark("undo, redo, reset and the link"), (".st-key-tools",)),
    "words": Part(
        mark("what explains the pictures"),
        (".st-key-lead", "[data-testid=stCaptionContainer]", ".pgp-foot"),
    ),
    "answers": Part(mark("what a lesson explains, and its check"), ("[class*=st-key-answer]",)),
    "code": Part(
        mark("the code and the numbers to take away"),
        ("[class*=st-key-code-]", "[class*=st-key-csv-]"),
    ),
}
"""By the name that stands in a link."""

WALL = ("controls", "navigation", "tools")
"""What a projector does not show."""


class PageView(Declared, family=True):
    """How a page is looked at."""

    language: str = param(ENGLISH, help=mark("The language of all words."))
    hide: str = param("", help=mark("Names of the parts that are not shown, set apart by commas."))
    projector: bool = param(False, help=mark("Whether the page is shown on a wall."))

    def check(self) -> None:
        if self.language not in languages():
            raise ValueError(f"PageView: language must be one of {', '.join(languages())}.")
        for name in self.hidden:
            if name not in PARTS:
                raise ValueError(_no_part(name))

    @property
    def hidden(self) -> tuple[str, ...]:
        """The names of the parts that are asked to be hidden."""
        return tuple(self.hide.split(",")) if self.hide else ()

    def selectors(self) -> Iterator[str]:
        """Of all that is not shown."""
        for name in dict.fromkeys((*self.hidden, *(WALL if self.projector else ()))):
            yield from PARTS[name].selectors


def parted(query: Given) -> tuple[Given, Given]:
    """What of an address is of the view, and what is of the page."""
    mine = {name: text for name, text in query.items() if name in PageView.names()}
    return mine, {name: text for name, text in query.items() if name not in mine}


def view_of(query: Given) -> Sheet:
    """The view that an address asks for, and, in its language, what could not be understood."""
    reader = LinkReader(parted(query)[0])
    language = reader.one_of("language", languages(), ENGLISH)
    speak(language)
    names = [name.strip() for name in (reader.take("hide") or "").split(",")]
    reader.problems += [_no_part(name) for name in names if name and name not in PARTS]
    hide = ",".join(dict.fromkeys(name for name in names if name in PARTS))
    projector = reader.param(PageView.param("projector"), False, "projector")
    return Sheet(PageView(language, hide, projector), tuple(reader.problems), linked=True)


def _no_part(name: str) -> str:
    close = difflib.get_close_matches(name, PARTS, 1, 0.5)
    shown = name if len(name) <= 40 else name[:40] + "…"
    if close:
        return tr("hide: “{}” is no part of a page. Did you mean {}?", shown, close[0])
    return tr("hide: “{}” is no part of a page. Choose from {}.", shown, ", ".join(PARTS))
