"""What the player's JavaScript says, and how it is said in the language of the visitor.

The texts are literals in `js/`, inside `tr` and `trn` of `js/language.js`; they are found there for
the template of the catalogues, and translated here for the browser, which in English gets nothing.

>>> texts_of('tr("Play"), trn("{} step", "{} " + "steps", n, n)')
[('Play',), ('{} step', '{} steps')]
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

from playground.language import ENGLISH, spoken_now, tr, trn
from playground.player.modules import uncommented

PART = r'"(?:\\.|[^"\\\n])*"'
LITERAL = rf"{PART}(?:\s*\+\s*{PART})*"
CALL = re.compile(rf"\btr\(\s*({LITERAL})|\btrn\(\s*({LITERAL}),\s*({LITERAL})")
SEVERAL = 2
"""Of how many things the form of a plural is sent that the browser says of any number but one.

That is all it knows of plurals: a language of three forms has the one for two there.
"""


def texts_of(source: str) -> list[tuple[str, ...]]:
    """The texts of a JavaScript source in their order, the forms of a plural side by side."""
    calls = CALL.finditer(uncommented(source)[0])
    return [tuple(_said(part) for part in call.groups() if part) for call in calls]


def _said(literal: str) -> str:
    """What a literal says; in one of double quotes JavaScript writes as JSON does."""
    return "".join(json.loads(part) for part in re.findall(PART, literal))


@cache
def texts() -> tuple[tuple[str, ...], ...]:
    """All texts of the player's JavaScript, each once."""
    files = sorted(Path(__file__).with_name("js").glob("*.js"))
    return tuple(
        dict.fromkeys(text for file in files for text in texts_of(file.read_text("utf-8")))
    )


def catalogue() -> dict[str, str] | None:
    """Every text with what is said instead of it; None in English, where it is said itself."""
    if spoken_now() == ENGLISH:
        return None
    said: dict[str, str] = {}
    for one, *several in texts():
        if not several:
            said[one] = tr(one)
        for many in several:
            said |= {one: trn(one, many, 1), many: trn(one, many, SEVERAL)}
    return said
