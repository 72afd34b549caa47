"""The rooms of the house, read from the source: what each is, how long, and what it stands on."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parents[1]
HOUSE = ROOT / "playground"


def rooms() -> dict[str, Path]:
    """The modules and packages on the first floor of the package, and the pages, by name."""
    files = {p.stem: p for p in HOUSE.glob("*.py") if p.stem != "__init__"}
    packages = {p.parent.name: p.parent for p in HOUSE.glob("*/__init__.py")}
    return files | packages | {"pages": ROOT / "pages"}


def lines(path: Path) -> int:
    """Lines of Python and JavaScript of a file or folder, without what npm has installed there."""
    files = [path] if path.is_file() else [*path.rglob("*.py"), *path.rglob("*.*js")]
    ours = [file for file in files if "node_modules" not in file.parts]
    return sum(len(file.read_text("utf-8").splitlines()) for file in ours)


def summary(path: Path) -> str:
    """The first sentence of a room's docstring."""
    file = path if path.is_file() else path / "__init__.py"
    text = ast.get_docstring(ast.parse(file.read_text("utf-8"))) or ""
    return re.split(r"\.\s", f"{text} ".replace("\n", " "))[0].strip()


@cache
def imported(path: Path) -> frozenset[str]:
    """The rooms that a room imports from."""
    return frozenset(_imported(path))


def _imported(path: Path) -> Iterator[str]:
    files = [path] if path.is_file() else path.rglob("*.py")
    for node in (node for file in files for node in ast.walk(ast.parse(file.read_text("utf-8")))):
        if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith("playground"):
            continue
        parts = (node.module or "").split(".")
        yield from [parts[1]] if len(parts) > 1 else [alias.name for alias in node.names]


def below() -> dict[str, set[str]]:
    """Room → the rooms it stands on, from the ground up."""
    every = dict(sorted(rooms().items()))
    graph = {name: sorted(imported(path) & every.keys() - {name}) for name, path in every.items()}
    return {name: set(graph[name]) for name in TopologicalSorter(graph).static_order()}


def storeys() -> list[list[str]]:
    """The rooms by height: one stands above the highest of those that it stands on."""
    height: dict[str, int] = {}
    for name, under in below().items():
        height[name] = 1 + max((height[other] for other in under), default=-1)
    return [
        sorted(name for name in height if height[name] == level)
        for level in range(max(height.values()) + 1)
    ]


def next_below() -> dict[str, set[str]]:
    """Room → the rooms right under it: those that it does not reach through another."""
    graph = below()
    reach: dict[str, set[str]] = {}
    for name, under in graph.items():
        reach[name] = under.union(*(reach[other] for other in under))
    return {
        name: {o for o in under if not any(o in reach[other] for other in under - {o})}
        for name, under in graph.items()
    }
