"""The palette is in the theme alone: no other file of Python writes a colour down."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

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


GROUNDS = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]
MARKS = [stroke.colour for stroke in theme.RUNNERS.values()]
MARKS += [theme.GRADIENT, theme.VELOCITY, theme.SCALE, theme.HIT]


@pytest.mark.parametrize("ground", ["light", "dark"])
def test_a_mark_is_seen_on_both_grounds(ground):
    """3 : 1, as is asked of what is no text."""
    paper = luminance(GROUNDS[ground]["backgroundColor"])
    for colour in MARKS:
        low, high = sorted([luminance(colour), paper])
        assert (high + 0.05) / (low + 0.05) >= 3, colour


def luminance(colour):
    """Relative luminance as WCAG defines it."""
    shares = [channel / 255 for channel in theme.channels(colour)]
    linear = [v / 12.92 if v <= 0.03928 else ((v + 0.055) / 1.055) ** 2.4 for v in shares]
    return sum(w * v for w, v in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_colours_are_taken_apart_and_put_together():
    assert theme.channels("#0072B2") == (0, 114, 178)
    assert theme.clear("#0072B2", 0.5) == "rgba(0,114,178,0.5)"
    assert theme.pale("#000000") == "#C0C0C0"
    assert theme.pale(theme.PAPER) == theme.PAPER
