"""The whole state of a page as a readable address, and back.

A declared value called ``a`` is written ``a=Momentum&a.lr=0.02``: its class, then the parameters
that differ from the default.  What equals the default is not written.  Where a family is
`known_by_class`, its parameters are named after the class: ``surface=Bowl&Bowl.kappa=50``; both
names are understood everywhere.  Reading never fails: what cannot be understood is named in a
sentence and the default stands in.

>>> import playground as pg
>>> write_value("a", pg.Momentum(lr=0.02), None)
{'a': 'Momentum', 'a.lr': '0.02'}
>>> reader = LinkReader({"a": "Momentum", "a.lr": "-1"})
>>> reader.value("a", pg.Optimizer, pg.Adam())
Momentum()
>>> reader.problems
['a.lr = “-1” must be a finite number greater than 0; 0.01 stands in.']
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from playground.declare import Declared
from playground.interval import Refusal
from playground.kinds import MEMBER, Param, to_text
from playground.language import tr, trn

Query = dict[str, str]
Given = Mapping[str, str | list[str]]
"""The query of an address; a list where a name stands in it more than once."""


def write_value(name: str, value: Declared, default: Declared | None) -> Query:
    """The entries of one declared value: ``name=Class`` and ``name.param=value``."""
    same_class = type(value) is type(default)
    base = default if default is not None and same_class else _at_default(value)
    query = {} if same_class else {name: type(value).__name__}
    return query | _write_params(f"{_prefix(name, type(value))}.", value, base)


def write_settings(settings: Declared, default: Declared | None = None) -> Query:
    """The entries of a page whose state is one declared value, fields at the top level."""
    return _write_params("", settings, _at_default(settings) if default is None else default)


def _at_default(value: Declared) -> Declared:
    """The value of the same class in which all is at its default."""
    cls: Any = type(value)
    return _made_plain(cls)


@cache
def _made_plain(cls: Any) -> Declared:  # once, for every run of every page asks
    plain: Declared = cls()
    return plain


def _write_params(prefix: str, value: Declared, base: Declared) -> Query:
    query: Query = {}
    for p in value.params():
        ours, theirs = getattr(value, p.name), getattr(base, p.name)
        if p.kind is MEMBER:
            query |= write_value(prefix + p.name, ours, theirs)
        elif ours != theirs:
            query[prefix + p.name] = p.kind.write(ours)
    return query


def _prefix(name: str, cls: type[Declared]) -> str:
    return cls.__name__ if cls.known_by_class else name


class LinkReader:
    """Takes entries out of a query and keeps, as sentences, what it could not understand."""

    def __init__(self, query: Given) -> None:
        self.query: Query = {}
        self.known: set[str] = set()
        self.problems: list[str] = []
        for name, given in query.items():
            texts = [given] if isinstance(given, str) else given
            self.query[name] = texts[-1]
            if len(texts) > 1:
                self.problems.append(_repeated(_short(name), len(texts), _short(texts[-1])))

    def take(self, *names: str) -> str | None:
        """The text of an entry, or None; an entry with two names goes by the last one given."""
        self.known.update(names)
        given = [name for name in names if name in self.query]
        if len(given) > 1:
            first, last = given
            self.problems.append(tr("{} and {} are the same; {} counts.", first, last, last))
        return self.query[given[-1]] if given else None

    def one_of(self, name: str, names: Iterable[str], default: str) -> str:
        """The entry if it is one of `names`, else the default."""
        text = self.take(name)
        if text is None or text in names:
            return default if text is None else text
        close = difflib.get_close_matches(text, list(names), 1, 0.5)
        hint = (
            tr("did you mean {}?", close[0]) if close else tr("choose one of {}.", ", ".join(names))
        )
        here = name, _short(text), hint, _standing(default)
        self.problems.append(tr("{} = “{}” is not known; {} {} stands in.", *here))
        return default

    def param(self, p: Param, default: Any, *names: str) -> Any:
        """The value of one parameter, under whichever of its names it is given."""
        text = self.take(*names)
        if text is None:
            return default
        name = next(n for n in reversed(names) if n in self.query)
        try:
            return p.check(name, p.kind.read(p, text))
        except Refusal as error:
            here = name, _short(text), error.allowed, _standing(default)
            self.problems.append(tr("{} = “{}” must be {}; {} stands in.", *here))
            return default

    def value(
        self, name: str, family: type[Declared], default: Declared | None, optional: bool = False
    ) -> Any:
        """A declared value of a family, or None (written ``none``) where it is optional."""
        usual = "none" if default is None else type(default).__name__
        if optional and self.take(name) == "none":
            return None
        choice = self.one_of(name, family.all, usual)
        if choice == "none":
            return None
        cls = family.all[choice]
        base = default if default is not None and type(default) is cls else cls()
        prefixes = dict.fromkeys([name, _prefix(name, cls)])
        found: Declared = self._params(base, [f"{prefix}." for prefix in prefixes])
        return found

    def settings(self, default: Declared) -> Any:
        """A page's state, fields at the top level."""
        return self._params(default, [""])

    def _params(self, base: Declared, prefixes: list[str]) -> Any:
        changes, called = {}, {}
        for p in base.params():
            ours, names = getattr(base, p.name), [prefix + p.name for prefix in prefixes]
            if p.kind is MEMBER:
                changes[p.name] = self.value(names[-1], p.family, ours)
            else:
                changes[p.name] = self.param(p, ours, *names)
            called[p.name] = next((n for n in reversed(names) if n in self.query), names[-1])
        value, refused = base.fitting(changes)
        for field, error in refused.items():  # it does not fit the others
            name, (why, _, _) = called[field], str(error).partition("\n")  # then come pointers
            text, standing = _short(to_text(changes[field])), _standing(getattr(base, field))
            self.problems.append(tr("{} = “{}”: {} {} stands in.", name, text, why, standing))
        return value

    def finish(self) -> list[str]:
        """All problems, with the entries nobody asked for."""
        for name in self.query:
            if name not in self.known:
                close = difflib.get_close_matches(name, self.known, 1, 0.6)
                said = tr("“{}” means nothing here.", _short(name))
                hint = tr("Did you mean {}?", close[0]) if close else ""
                self.problems.append(f"{said} {hint}".rstrip())
        return self.problems


def read_settings(query: Given, default: Declared) -> tuple[Any, list[str]]:
    """A page's state from a link, and a sentence for everything that could not be understood."""
    reader = LinkReader(query)
    return reader.settings(default), reader.finish()


def _repeated(name: str, times: int, last: str) -> str:
    """What is said of an entry that stands in a link more than once."""
    if times == 2:
        return tr("{} stands twice in the link; the last one counts, “{}”.", name, last)
    return trn(
        "{name} stands {times} time in the link; the last one counts, “{last}”.",
        "{name} stands {times} times in the link; the last one counts, “{last}”.",
        times,
        name=name,
        times=times,
        last=last,
    )


def _standing(default: Any) -> str:
    """What stands in for a value that was not understood."""
    return to_text(default) or tr("the default")


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:40] + "…"
