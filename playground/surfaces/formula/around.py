"""What people write around a formula: quotes, $, ``f(x, y) =``, ``lambda x, y:``, a semicolon."""

from __future__ import annotations

import re
from collections.abc import Iterator

from playground.language import tr
from playground.surfaces.formula import slips
from playground.surfaces.formula.vocabulary import GREEK

_WRAPPERS = ("$$", "$", "`", '"', "'")
_LABEL = re.compile(
    r"(?:def\s+\w+\s*\([^()]*\)[^:]*:\s*)?return\b|lambda\s+\w+(?:\s*,\s*\w+)*\s*:"
    r"|\(\s*x\s*,\s*y\s*\)\s*(?:->|=>|↦|→)"
    rf"|\\?[A-Za-z{GREEK}]\w*\s*(?:\([^()=<>]*\))?\s*:?=(?!=)"
)
_HEIGHT_LAST = re.compile(r"(?<![=<>!:])=\s*(?:z|[fF]\s*(?:\(\s*x\s*,\s*y\s*\))?)\s*$")
_LAST_SIGN = re.compile(r"(?<=[\w)\]}|])\s*(?:;+|(?<![0-9])\.)\s*$")


def around(plain: str) -> Iterator[tuple[int, int, str]]:
    """The parts (start, end, what to say) that stand around a formula and not in it."""
    start, end = len(plain) - len(plain.lstrip()), len(plain.rstrip())
    for mark in _WRAPPERS:
        size = len(mark)
        if (
            end - start > 2 * size
            and plain[start:end].startswith(mark)
            and plain[:end].endswith(mark)
        ):
            yield start, start + size, slips.character(mark[0])
            yield end - size, end, slips.character(mark[0])
            start, end = start + size, end - size
            break
    start += len(plain[start:end]) - len(plain[start:end].lstrip())
    label = _LABEL.match(plain, start, end)
    if label and _is_label(label.group(), plain[label.end() : end]):
        yield start, label.end(), tr(slips.ONLY_HEIGHT)
    elif found := _HEIGHT_LAST.search(plain[:end]):
        yield found.start(), end, tr(slips.ONLY_HEIGHT)
    if last := _LAST_SIGN.search(plain[:end]):
        yield last.start(), end, tr("a formula ends without a sign")


def _is_label(label: str, rest: str) -> bool:
    """Whether ``label`` names the height; ``x = ...`` and ``y = x*y`` are equations."""
    name = label.rstrip(":= ")
    if name == "x" or "=" in rest:
        return False
    return name != "y" or re.search(r"(?<![A-Za-z])y(?![A-Za-z])", rest) is None
