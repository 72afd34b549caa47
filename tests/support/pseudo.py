"""A language in which whatever was marked can be seen: every letter of it wears an accent."""

import gettext
import re

from playground.language import KNOWN, Language

CODE = "pseudo"
PLAIN = "aceginorsuyzACEGINORSUYZ"
WORN = "àćèĝîñôŕśùýžÀĆÈĜÎÑÔŔŚÙÝŽ"
LETTERS = str.maketrans(PLAIN, WORN)
KEPT = re.compile(
    r"(\$\$?.*?\$\$?"  # mathematics
    r"|`[^`]*`"  # code
    r"|\{[^{}]*\}"  # where values go
    r"|:[a-z]+/\w+:|:[a-z]+-badge(?=\[)|:[a-z-]+(?=\[)"  # Streamlit's own icons and colours
    r"|\]\([^)]*\)"  # where a link leads
    r"|<[^<>]*>|&\w+;)",  # HTML
    re.DOTALL,
)
"""What means something to whoever shows the text."""


def dressed(text: str) -> str:
    """A text in that language; what is not read as words stays."""
    parts = KEPT.split(text)
    return "".join(p if i % 2 else p.translate(LETTERS) for i, p in enumerate(parts))


class Pseudo(gettext.NullTranslations):
    """The catalogue: it knows every text that is asked for."""

    def gettext(self, message: str) -> str:
        return dressed(message)

    def ngettext(self, one: str, many: str, count: int) -> str:
        return dressed(one if count == 1 else many)


def known() -> str:
    """Make the language known to this process; its code."""
    KNOWN[CODE] = Language(CODE, Pseudo())
    return CODE
