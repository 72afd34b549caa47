"""Write the template of all translations, and bring a language up to it.

`python assets/make_catalogue.py` writes ``playground/languages/playground.pot``: every text that a
visitor can read.  `python assets/make_catalogue.py de` does so and makes, or updates, the file in
which German is written, ``de/LC_MESSAGES/playground.po``; the texts that are finished in it are
compiled into ``playground.mo`` beside it, which the app reads.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import marked  # noqa: E402

from playground.language import DOMAIN, FOLDER  # noqa: E402

TEMPLATE = FOLDER / f"{DOMAIN}.pot"
ABOUT = "# What a visitor of the Optimizer Playground reads."
CHANGING = re.compile(rb'"(?:POT-Creation-Date|Generated-By|Project-Id-Version|Report-Msgid).*\n')
"""Lines of a header that change without a change of any text, or say nothing."""
WIDTH = 100


def template() -> Catalog:
    """Every text of the house, in the order of the files they stand in."""
    catalogue = Catalog(header_comment=ABOUT, fuzzy=False)
    for text in marked.everything():
        catalogue.add(text.said, locations=[(text.file, 0)])
    return catalogue


def written(catalogue: Catalog) -> bytes:
    """A catalogue as translators get it: the same texts are the same bytes."""
    for message in catalogue:
        message.flags -= {"python-format"}  # the sign of a percentage is no format here
    file = io.BytesIO()
    write_po(file, catalogue, WIDTH, include_lineno=False)
    return CHANGING.sub(b"", file.getvalue())


def updated(code: str, file: Path, new: Catalog) -> Catalog:
    """The catalogue of a language with the texts of today; what was written of them is kept.

    Where a text has changed a little its translation is kept too, marked "fuzzy" until somebody
    has read it, and is not compiled.
    """
    catalogue = Catalog(code, header_comment=ABOUT, fuzzy=False)
    if file.exists():
        with file.open("rb") as before:
            catalogue = read_po(before, code)
    catalogue.update(new)
    return catalogue


def faults(catalogue: Catalog) -> list[str]:
    """Translations with other values than the text they translate, which could not be said."""
    return [f"{m.id!r}: {m.string!r}" for m in catalogue if m.id and not m.fuzzy and not _agree(m)]


def _agree(message: Message) -> bool:
    """Whether every form that is written has the values of the text, and no other."""
    allowed = [values(text) for text in _forms(message.id)]
    return all(values(form) in allowed for form in _forms(message.string))


def _forms(said: str | Iterable[str] | None) -> list[str]:
    """The forms of a text, or of its translation, that are written."""
    return [form for form in ([said] if isinstance(said, str) else said or ()) if form]


def values(text: str) -> frozenset[str]:
    """The names or places of the values in a text; none where its braces are mathematics."""
    try:
        names = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    except ValueError:
        return frozenset()
    return frozenset(name or str(place) for place, name in enumerate(names))


def compiled(catalogue: Catalog) -> bytes:
    """The finished texts of a catalogue as gettext reads them."""
    file = io.BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def bring_up(code: str) -> str:
    """Make or update the files of a language; how far it is."""
    folder = FOLDER / code / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    po = folder / f"{DOMAIN}.po"
    catalogue = updated(code, po, template())
    po.write_bytes(written(catalogue))
    if wrong := faults(catalogue):
        raise SystemExit("\n".join(["These hold other values than their text:", *wrong]))
    po.with_suffix(".mo").write_bytes(compiled(catalogue))
    done = sum(bool(m.id and _forms(m.string)) and not m.fuzzy for m in catalogue)
    return f"{code}: {done} of {len(catalogue)} texts"


if __name__ == "__main__":
    TEMPLATE.write_bytes(written(template()))
    for code in sys.argv[1:]:
        print(bring_up(code))
