"""The palette is in the theme alone: no other file of Python writes a colour down."""

import ast
import re
from pathlib import Path

from playground.figures import theme
from tests.support.source import ROOT, tree

FILES = [*sorted((ROOT / "playground").rglob("*.py")), *sorted((ROOT / "pages").glob("*.py"))]
COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})\b|\b(?:rgb|hsl)a?\(\s*\d")
NAMED = {"white", "black"}
ELSEWHERE = [path for path in FILES if path != Path(theme.__file__)]


def colours(text):
    """The colours a text of the source writes down; a name counts only where it is all there is."""
    return COLOUR.findall(text) or [text for _ in (1,) if text in NAMED]


def test_a_colour_is_named_not_written():
    assert {str(path): colour for path in ELSEWHERE for colour in written(path)} == {}


def written(path):
    """The colours in the texts of a file."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from colours(node.value)


def test_colours_are_taken_apart_and_put_together():
    assert theme.channels("#0072B2") == (0, 114, 178)
    assert theme.clear("#0072B2", 0.5) == "rgba(0,114,178,0.5)"
    assert theme.pale("#000000") == "#C0C0C0"
    assert theme.pale(theme.PAPER) == theme.PAPER
