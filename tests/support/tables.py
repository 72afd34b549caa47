"""Long tables of formulas, each in a text file beside this module."""

import re
from pathlib import Path

FOLDER = Path(__file__).with_name("lines_of_formulas")


def blocks(name: str) -> list[str]:
    """The texts of a file, three blanks or a line apart."""
    return re.split("\n+|   ", _text(name))


def rows(name: str) -> list[tuple[str, ...]]:
    """The lines of a file, cut at their arrows; blanks around an arrow do not count."""
    return [tuple(map(str.strip, line.split(" → "))) for line in _text(name).strip().split("\n")]


def _text(name: str) -> str:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return file.read().strip("\n")
