"""The project's Python files as syntax trees; each is parsed once, and only when a law asks."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
HOUSE = ROOT / "playground"


@cache
def tree(path: Path) -> ast.Module:
    """Shared by all who ask: it is looked at, never changed."""
    return ast.parse(path.read_text("utf-8"))


def dotted(path: Path) -> str:
    """The name under which a file is imported."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


FILES = {dotted(path): path for path in sorted(HOUSE.rglob("*.py"))}
"""The modules of the house."""
