"""The language a visitor reads, and the marks of all that is said in it.

Whatever a visitor reads is written in English where it is said, inside `tr`; that is its name in
the catalogues, which are files: ``languages/<code>/LC_MESSAGES/playground.mo``, made from the
template ``languages/playground.pot`` with gettext's own tools.  A sentence with values is one
text with ``{}`` for each of them, so that another language may set them in another order (``{1}``
before ``{0}``):

>>> tr("{} of {} steps", 3, 12)
'3 of 12 steps'
>>> trn("{} step", "{} steps", 1, 1)
'1 step'

Texts that are made when a module is loaded, before anybody has chosen a language, are marked there
and translated where they are read:

>>> ENDINGS = {"far": mark("It is far away.")}
>>> tr(ENDINGS["far"])
'It is far away.'

What declared things say of themselves (labels, meanings, docstrings) is translated by the
classes that hold it, and found for the template through their registers.
"""

from __future__ import annotations

import gettext
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent / "languages"
DOMAIN = "playground"
ENGLISH = "en"
"""The language of the source, which needs no catalogue."""


class Language(NamedTuple):
    """A code, as in the folder's name and the link, and its catalogue."""

    code: str
    catalogue: gettext.NullTranslations


KNOWN = {ENGLISH: Language(ENGLISH, gettext.NullTranslations())}
"""Languages whose catalogues are no files."""
_spoken: ContextVar[Language] = ContextVar("language", default=KNOWN[ENGLISH])


def languages() -> tuple[str, ...]:
    """The codes of all languages, English first."""
    return (*KNOWN, *sorted(file.parent.parent.name for file in FOLDER.glob(f"*/*/{DOMAIN}.mo")))


def speak(code: str) -> None:
    """Say everything in a language, from here on, in this thread; `KeyError` if it is unknown."""
    if code not in languages():
        raise KeyError(code)
    _spoken.set(KNOWN.get(code) or _loaded(code))


def spoken_now() -> str:
    """The code of the language in which things are said."""
    return _spoken.get().code


@cache
def _loaded(code: str) -> Language:
    return Language(code, gettext.translation(DOMAIN, FOLDER, [code]))


def tr(text: str, *parts: object, **named: object) -> str:
    """A text in the language of the visitor, with its values in their places."""
    said = _spoken.get().catalogue.gettext(text) if text else ""
    return said.format(*parts, **named) if parts or named else said


def trn(one: str, many: str, count: int, *parts: object, **named: object) -> str:
    """The form of a text that a number of things asks for."""
    said = _spoken.get().catalogue.ngettext(one, many, count)
    return said.format(*parts, **named) if parts or named else said


def mark(text: str) -> str:
    """A text that is translated where it is read."""
    return text
