"""The whole state of a page as a readable address, and back.

A declared value called ``a`` is written ``a=Momentum&a.lr=0.02``: its class, then the parameters
that differ from the default.  What equals the default is not written.  Reading never fails: what
cannot be understood is named in a sentence and the default stands in.

>>> import playground as pg
>>> write_value("a", pg.Momentum(lr=0.02), None)
{'a': 'Momentum', 'a.lr': '0.02'}
>>> reader = Reader({"a": "Momentum", "a.lr": "-1"})
>>> reader.value("a", pg.Optimizer, pg.Adam())
Momentum()
>>> reader.problems
['a.lr = “-1” must be a finite number greater than 0; 0.01 stands in.']
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from typing import Any

from playground.declare import Declared, Param

Query = dict[str, str]


def to_text(value: Any) -> str:
    """A parameter's value as it stands in a link."""
    match value:
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:g}" if float(f"{value:g}") == value else repr(value)
        case tuple():
            return ",".join(map(to_text, value))
        case Declared():
            return type(value).__name__
    return str(value)


def write_value(name: str, value: Declared, default: Declared | None, prefix: str = "") -> Query:
    """The entries of one declared value: ``name=Class`` and ``prefix.param=value``."""
    prefix = prefix or name
    same_class = type(value) is type(default)
    base = default if default is not None and same_class else type(value)()
    query = {} if same_class else {name: type(value).__name__}
    for p in value.params():
        ours, theirs = getattr(value, p.name), getattr(base, p.name)
        if p.kind == "declared":
            query |= write_value(f"{prefix}.{p.name}", ours, theirs)
        elif ours != theirs:
            query[f"{prefix}.{p.name}"] = to_text(ours)
    return query


def write_settings(settings: Declared) -> Query:
    """The entries of a page whose state is one declared value, fields at the top level."""
    query: Query = {}
    default = type(settings)()
    for p in settings.params():
        ours, theirs = getattr(settings, p.name), getattr(default, p.name)
        if p.kind == "declared":
            query |= write_value(p.name, ours, theirs)
        elif ours != theirs:
            query[p.name] = to_text(ours)
    return query


class Reader:
    """Takes entries out of a query and keeps, as sentences, what it could not understand."""

    def __init__(self, query: Mapping[str, str]) -> None:
        self.query = {key: query[key] for key in query}
        self.known: set[str] = set()
        self.problems: list[str] = []

    def take(self, name: str) -> str | None:
        """The text of an entry, or None."""
        self.known.add(name)
        return self.query.get(name)

    def one_of(self, name: str, names: Iterable[str], default: str) -> str:
        """The entry if it is one of `names`, else the default."""
        text = self.take(name)
        if text is None or text in names:
            return default if text is None else text
        close = difflib.get_close_matches(text, list(names), 1, 0.5)
        hint = f"did you mean {close[0]}?" if close else f"choose one of {', '.join(names)}."
        self.problems.append(f"{name} = “{_short(text)}” is not known; {hint}")
        return default

    def param(self, name: str, p: Param, default: Any) -> Any:
        """The value of one parameter."""
        text = self.take(name)
        if text is None:
            return default
        try:
            return p.check(name.rpartition(".")[0] or "this page", from_text(p, text))
        except ValueError as error:
            allowed = str(error).partition(" must be ")[2].partition("; got")[0].rstrip(".")
            self.problems.append(
                f"{name} = “{_short(text)}” must be {allowed}; {to_text(default)} stands in."
            )
            return default

    def value(
        self, name: str, family: type[Declared], default: Declared | None, by_class: bool = False
    ) -> Declared | None:
        """A declared value of a family, or None (written ``none``).

        Its parameters are called ``name.param``, or with `by_class` ``Class.param``.
        """
        usual = "none" if default is None else type(default).__name__
        choice = self.one_of(name, family.all, usual) if self.take(name) != "none" else "none"
        if choice == "none":
            return None
        cls = family.all[choice]
        base = default if default is not None and type(default) is cls else cls()
        changes = {}
        for p in cls.params():
            entry = f"{choice if by_class else name}.{p.name}"
            if p.kind == "declared":
                nested = self.value(entry, p.family, getattr(base, p.name))
                changes[p.name] = nested or getattr(base, p.name)
            else:
                changes[p.name] = self.param(entry, p, getattr(base, p.name))
        try:
            return base.replace(**changes)
        except ValueError as error:  # the parameters do not fit together
            self.problems.append(f"{name}: {error} The defaults stand in.")
            return base

    def settings(self, default: Declared) -> Any:
        """A page's state, fields at the top level."""
        changes = {}
        for p in default.params():
            ours = getattr(default, p.name)
            if p.kind == "declared":
                changes[p.name] = self.value(p.name, p.family, ours) or ours
            else:
                changes[p.name] = self.param(p.name, p, ours)
        try:
            return default.replace(**changes)
        except ValueError as error:
            self.problems.append(f"{error} The defaults stand in.")
            return default

    def finish(self) -> list[str]:
        """All problems, with the entries nobody asked for."""
        for name in self.query:
            if name not in self.known:
                close = difflib.get_close_matches(name, self.known, 1, 0.6)
                hint = f" Did you mean {close[0]}?" if close else ""
                self.problems.append(f"“{_short(name)}” means nothing here.{hint}")
        return self.problems


def from_text(p: Param, text: str) -> Any:
    """The value a link's text stands for; `ValueError` where it stands for none."""
    match p.kind:
        case "toggle":
            if text.lower() not in ("yes", "no", "true", "false", "1", "0"):
                raise ValueError("it must be yes or no")
            return text.lower() in ("yes", "true", "1")
        case "integer" | "number":
            try:
                return float(text)
            except ValueError:
                return p.check("it", text)  # says what a number here must be
        case "integers":
            return tuple(float(part) for part in text.split(",") if part.strip())
    return text


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:40] + "…"
