"""Words of the glossary in running text, each with its meaning on hover, on focus or on a tap."""

from __future__ import annotations

import re

from playground.glossary import GLOSSARY

ASIDE = re.compile(
    r"\$\$?.*?\$\$?|`[^`]*`|\[[^\]]*\]\([^)]*\)|^Source:.*$", re.DOTALL | re.MULTILINE
)
"""What is no running text: mathematics, code, links, sources."""
TOO_COMMON = 4
"""Nouns of so few letters or less are words of every sentence: no term is made of them."""


class Terms:
    """The terms of one page: each is explained where it first stands.

    A term is a link to its own place, so a keyboard and a finger reach it; the style shows its
    title.
    """

    def __init__(self) -> None:
        self._meanings = {t.noun.lower(): t.meaning for t in GLOSSARY if len(t.noun) > TOO_COMMON}
        nouns = sorted(self._meanings, key=len, reverse=True)
        self._pattern = re.compile(rf"\b({'|'.join(map(re.escape, nouns))})\b", re.IGNORECASE)

    def explained(self, text: str) -> str:
        """The text, Markdown, with what is said here for the first time explained."""
        parts, at = [], 0
        for aside in ASIDE.finditer(text):
            parts += [self._pattern.sub(self._term, text[at : aside.start()]), aside[0]]
            at = aside.end()
        return "".join([*parts, self._pattern.sub(self._term, text[at:])])

    def _term(self, found: re.Match[str]) -> str:
        meaning = self._meanings.pop(found[0].lower(), "")
        said = meaning.replace('"', "”").replace("\\", "")
        return f'[{found[0]}](#term "{said}")' if said else found[0]
