"""What can be reached from the pages: every top-level name of the package, and who mentions it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.support.source import FILES, ROOT, tree

DOORS = [*sorted((ROOT / "pages").glob("*.py")), ROOT / "streamlit_app.py"]
DOORS += sorted((ROOT / "assets").glob("*.py"))

Name = tuple[str, str]
"""A module and a name at its top level."""


@cache
def bound(path: Path) -> dict[str, Name]:
    """What a file's imports bind: its own name → (module, name); "" is the module itself."""
    found: dict[str, Name] = {}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.asname: (alias.name, "") for alias in node.names if alias.asname}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = {alias.asname or alias.name: alias.name for alias in node.names}
            found |= {here: (node.module, there) for here, there in names.items()}
    return found


@cache
def definitions(module: str) -> dict[str, ast.stmt]:
    """The functions and classes at the top level of a module."""
    kinds = (ast.FunctionDef, ast.ClassDef)
    return {node.name: node for node in tree(FILES[module]).body if isinstance(node, kinds)}


def home(name: Name) -> Name:
    """Where a name that may be passed on by a package is defined."""
    module, own = name
    while module in FILES and own and own not in definitions(module):
        imports = bound(FILES[module])
        if own in imports and imports[own] != (module, own):
            module, own = imports[own]
        elif f"{module}.{own}" in FILES:
            return f"{module}.{own}", ""
        else:
            break
    return module, own


def mentioned(node: ast.AST, imports: dict[str, Name], module: str = "") -> Iterator[Name]:
    """The names of the house that a piece of code mentions, lines of code in its texts included."""
    for part in ast.walk(node):
        if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name):
            owner, own = home(imports.get(part.value.id, ("", "")))
            if owner and not own:
                yield home((owner, part.attr))
        elif isinstance(part, ast.Name):
            yield home(imports.get(part.id, (module, part.id)))
        elif isinstance(part, ast.JoinedStr):
            texts = (v.value for v in part.values if isinstance(v, ast.Constant))
            yield from quoted(" ".join(map(str, texts)))
        elif isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield from quoted(part.value)


def quoted(text: str) -> Iterator[Name]:
    """The names that lines of code on a page import; with a star, the names they use."""
    for module, names in re.findall(r"from (playground[\w.]*) import ([\w, *]+)", text):
        if "*" in names:
            names = ", ".join(re.findall(r"\w+", text))
        for own in re.split(r",\s*", names):
            yield home((module, own.strip()))


def loose(module: str) -> Iterator[ast.stmt]:
    """The statements of a module that run when it is imported."""
    kinds = (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)
    yield from (node for node in tree(FILES[module]).body if not isinstance(node, kinds))


def reached(roots: set[Name]) -> set[Name]:
    """All that the doors, what runs at import, `roots` and whatever these use mention."""
    waiting = {home(root) for root in roots}
    for path in DOORS:
        waiting.update(mentioned(tree(path), bound(path)))
    for module in FILES:
        for node in loose(module):
            waiting.update(mentioned(node, bound(FILES[module]), module))
    found: set[Name] = set()
    while waiting:
        name = waiting.pop()
        module, own = name
        if name in found or module not in FILES or own not in definitions(module):
            continue
        found.add(name)
        waiting.update(mentioned(definitions(module)[own], bound(FILES[module]), module))
    return found


def members() -> Iterator[tuple[str, str, str]]:
    """The public methods, properties and annotated fields of every class: module, class, name."""
    for module in FILES:
        for owner, node in definitions(module).items():
            for part in node.body if isinstance(node, ast.ClassDef) else ():
                if isinstance(part, ast.FunctionDef):
                    yield module, owner, part.name
                elif isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name):
                    yield module, owner, part.target.id


def words() -> set[str]:
    """Every attribute, keyword and word of a text, no docstring, outside the tests."""
    found: set[str] = set()
    parts = [part for path in (*FILES.values(), *DOORS) for part in ast.walk(tree(path))]
    docstrings = {id(part.value) for part in parts if isinstance(part, ast.Expr)}
    for part in parts:
        if id(part) in docstrings:
            continue
        if isinstance(part, ast.Attribute):
            found.add(part.attr)
        elif isinstance(part, ast.keyword) and part.arg:
            found.add(part.arg)
        elif isinstance(part, ast.Constant) and isinstance(part.value, str):
            found.update(re.findall(r"\w+", part.value))
    return found
