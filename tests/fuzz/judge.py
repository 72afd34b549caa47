"""What is wrong with a page that a hostile visitor made: a fault a line, none where all is well."""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from streamlit.testing.v1 import AppTest

from playground.ui.say import JOINER
from tests.fuzz.hostile import CANARY
from tests.fuzz.links import Link
from tests.oracles.ends import BARE
from tests.support.visible import NOT_WORDS

LITERAL = {"code", "text", "text_input", "text_area", "number_input", "bidi_component", "image"}
"""Elements that show what they are given letter by letter: their label is Markdown all the same."""
GIVEN = re.compile(r"default|value|placeholder|.*formatted_value|.*raw_values|.*data.*|.*json.*")
"""Fields of a message that hold what is typed, and not what is read as Markdown."""
AROUND = re.compile(rf"“[^”]*{CANARY}[^”]*”|[^\s“”]*{CANARY}[^\s“”]*")
ESCAPED = re.compile(r"\\[^A-Za-z0-9\s]")
TEETH = re.compile(r"[\\`*_{}\[\]()#<>$~|:!&\n\r]")
"""What Markdown, HTML or a formula begins with, and the end of a line, after which more may."""
LINKED = re.compile(r"https?://\w|www\.\w|[\w.+-]@[\w-]+\.\w", re.IGNORECASE)
"""What Streamlit makes a link of, however it is escaped."""
QUOTED = re.compile(r"“[^”]*”|`+[^`]*`+|(?:got|, )\s*'[^']*'|: .* is not known here")
SCHEME = re.compile(r"\s*(?:javascript|vbscript|data:(?!image/svg))", re.IGNORECASE)


class Heard(logging.Handler):
    """What a run has logged."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record.getMessage()[:300])


@contextmanager
def listening() -> Iterator[list[str]]:
    """A warning of Python is an error, and what is logged is heard."""
    heard = Heard()
    loggers = [logging.getLogger(name) for name in ("", "streamlit")]
    for logger in loggers:
        logger.addHandler(heard)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            yield heard.records
    finally:
        for logger in loggers:
            logger.removeHandler(heard)


def faults(app: AppTest) -> Iterator[str]:
    """What no page may show, whatever it was asked for."""
    for box in app.exception:
        yield f"an exception: {box.value[:200]} | {_place(box.stack_trace)}"
    for kind, body in markdown(app._tree):
        yield from (f"{kind} has markup: …{piece}…" for piece in unescaped(body))
        words = "" if kind == "exception" else QUOTED.sub("", body.replace("\\", ""))
        yield from (f"{kind} says {m.group()!r}: {words[:200]}" for m in BARE.finditer(words))
    for kind, name, value in strings(app._tree):
        if name in ("url", "href", "page", "src") and SCHEME.match(value):
            yield f"{kind} leads to {value[:80]!r}"
        if kind == "html" and CANARY in value:
            yield f"html holds {value[:200]!r}"


def unsaid(app: AppTest, link: Link) -> Iterator[str]:
    """The entries of a link that mean nothing, of which the page does not say so."""
    said = " ".join(box.value for box in app.warning).replace("\\", "").replace(JOINER, "")
    for entry in link.entries:
        if entry.senseless and _shown(entry.name) not in re.sub(r"\s+", " ", said):
            yield f"{entry.name[:40]!r} = {entry.text[:40]!r} is refused without a word"


def _shown(name: str) -> str:
    """The beginning of a name, as it is quoted."""
    return re.sub(r"\s+", " ", name[:40].replace("\\", ""))


def unescaped(body: str) -> list[str]:
    """Pieces of a hostile text that stand in Markdown as they came."""
    left = ESCAPED.sub("", body)
    found = [piece for piece in AROUND.findall(left) if TEETH.search(piece)]
    whole = [piece for piece in AROUND.findall(body.replace("\\", "")) if LINKED.search(piece)]
    return [piece[:80] for piece in (*found, *whole)]


def markdown(node: Any) -> Iterator[tuple[str, str]]:
    """Kind and text of all that is read as Markdown."""
    for kind, name, value in strings(node):
        typed = kind in LITERAL and name != "label"
        if kind != "html" and not typed and not GIVEN.fullmatch(name):
            yield kind, value


def strings(node: Any) -> Iterator[tuple[str, str, str]]:
    """Kind of element, name of the field and text, of every text of every element."""
    proto = getattr(node, "proto", None)
    if proto is not None:
        yield from ((node.type, *found) for found in _of_message(proto))
    for child in getattr(node, "children", {}).values():
        yield from strings(child)


def _of_message(message: Any) -> Iterator[tuple[str, str]]:
    for field, value in message.ListFields():
        if NOT_WORDS.fullmatch(field.name) and field.name not in ("url", "page"):
            continue
        for one in value if _many(field) else [value]:
            if isinstance(one, str):
                yield field.name, one
            elif hasattr(one, "ListFields"):
                yield from _of_message(one)


def _many(field: Any) -> bool:
    return bool(field.is_repeated)


def _place(trace: list[str]) -> str:
    """The last place of ours in a trace."""
    ours = [line for line in trace if "site-packages" not in line and "File" in line]
    return " ".join(ours[-1].split()) if ours else " ".join(trace[-1:])
