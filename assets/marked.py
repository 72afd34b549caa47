"""Every text of the house that is said in several languages, and the file it stands in."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from babel.messages.extract import extract

from playground.declare import Declared
from playground.diagnosis.outcome import Outcome
from playground.glossary import GLOSSARY

ROOT = Path(__file__).parents[1]
HOUSE = ROOT / "playground"
TEXTS = {"tr": 1, "mark": 1, "trn": 2}
"""Functions that mark a text, and how many of their arguments it is: one form, or two."""

INNER = {"parse_template_string": True}
"""How Babel also finds what a template of JavaScript has inside."""


@dataclass(frozen=True)
class Text:
    """A text in English, or its two forms, and the file it stands in, seen from the root."""

    file: str
    said: str | tuple[str, str]


def everything() -> list[Text]:
    """Every text of the house, by the file it stands in."""
    files = [*HOUSE.rglob("*.py"), *ROOT.glob("pages/*.py"), ROOT / "streamlit_app.py"]
    found = [text for file in sorted(files) for text in of_python(file)]
    found += [text for file in sorted(HOUSE.rglob("js/*.js")) for text in of_script(file)]
    found += [Text(_place(module), said) for module, said in of_declared() if said]
    return sorted(dict.fromkeys(found), key=lambda text: text.file)


def calls(tree: ast.AST) -> list[ast.Call]:
    """The calls that mark a text, in the order of the file, also those in a formatted string."""
    found = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TEXTS
    ]
    return sorted(found, key=lambda call: (call.lineno, call.col_offset))


def literals(call: ast.Call) -> list[str]:
    """The texts that a call marks; fewer than it should where they are computed."""
    wanted = call.args[: TEXTS[call.func.id]]  # type: ignore[attr-defined]
    return [a.value for a in wanted if isinstance(a, ast.Constant) and isinstance(a.value, str)]


def of_python(file: Path) -> Iterator[Text]:
    """What `tr`, `trn` and `mark` are given word by word."""
    for call in calls(ast.parse(file.read_text("utf-8"))):
        match literals(call):
            case [one]:
                yield Text(_place(file), one)
            case [one, many]:
                yield Text(_place(file), (one, many))


def of_script(file: Path) -> Iterator[Text]:
    """The same of the player."""
    forms = {"tr": None, "trn": (1, 2)}
    with file.open("rb") as source:
        for _, said, _, _ in extract("javascript", source, forms, options=INNER):
            yield Text(_place(file), said)  # type: ignore[arg-type]


def of_declared() -> Iterator[tuple[ModuleType, str]]:
    """What declared things say of themselves, with the module that declares them."""
    modules = [
        importlib.import_module(m.name) for m in pkgutil.walk_packages([str(HOUSE)], "playground.")
    ]
    for cls in _classes(modules):
        module = sys.modules[cls.__module__]
        if cls.all:
            yield from ((module, said) for said in (cls.called, *cls.paragraphs()))
        for p in cls.params():
            yield from ((module, said) for said in (p.noun, p.sentence, *p.choices))
    for term in GLOSSARY:
        module = sys.modules[type(term).__module__]
        yield from ((module, said) for said in (term.name, term.sentence, *term.others))
    for module in modules:
        for outcome in (value for value in vars(module).values() if isinstance(value, Outcome)):
            yield from ((module, said) for said in (outcome.noun, outcome.meaning))


def _classes(modules: list[ModuleType]) -> Iterator[Any]:
    """The members of all families, and the settings of all pages, which are families of none."""
    for module in modules:
        for cls in vars(module).values():
            if not inspect.isclass(cls) or cls.__module__ != module.__name__:
                continue
            family = getattr(cls, "all", None) if issubclass(cls, Declared) else None
            if family is not None and (cls in family.values() or not family):
                yield cls


def _place(of: Path | ModuleType) -> str:
    path = of if isinstance(of, Path) else Path(str(of.__file__))
    return path.relative_to(ROOT).as_posix()
