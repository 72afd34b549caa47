"""What is made in the pseudo-language, while the test itself goes on in English."""

import re
from collections.abc import Callable
from contextvars import copy_context
from typing import TypeVar

from playground.language import KNOWN, speak
from tests.support import pseudo

V = TypeVar("V")


def abroad(make: Callable[[], V]) -> V:
    """What a function returns where that language is spoken."""
    context = copy_context()
    code = pseudo.known()
    try:
        context.run(speak, code)
        return context.run(make)
    finally:
        del KNOWN[code]


def plain_words(text: str) -> list[str]:
    """The words of a text of which some letter that would wear an accent wears none."""
    return re.findall(rf"\S*[{pseudo.PLAIN}]\S*", text)
