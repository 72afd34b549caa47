"""Declared things: a frozen dataclass whose fields are its parameters, registered by being written.

Everything a visitor can choose is a value of such a class:

>>> class Shape(Declared, family=True):
...     "A family: it opens a register."
>>> class Box(Shape):
...     "A box."
...     width: float = param(1.0, 0.1, 10, "w", "How wide it is.", scale="log", valid="(0, inf)")
>>> Shape.all
{'Box': <class 'playground.declare.Box'>}
>>> Box(width=2) == Box(width=2.0), Box(width=3), Box.params()[0].tex
(True, Box(width=3.0), 'w')
>>> Box(width=0)
Traceback (most recent call last):
playground.interval.Refusal: Box: width must be a finite number greater than 0; got 0.

The one call of `param` is the only place where the default, the slider's range, the symbol, the
meaning and the valid ground of a parameter are written.  Controls, links, documentation, the
reproducing line of code and the tests are loops over `Family.all` and `cls.params()`.
"""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, ClassVar, Self, dataclass_transform

import numpy as np

from playground.glossary import Concept
from playground.interval import Interval
from playground.kinds import Param
from playground.language import tr
from playground.words import indexed


def param(
    default: Any,
    low: float | None = None,
    high: float | None = None,
    tex: str | Concept = "",
    help: str = "",
    *,
    words: str = "",
    scale: str = "linear",
    valid: str = "",
    choices: tuple[str, ...] = (),
    more: bool = False,
    role: str = "",
) -> Any:
    """Declare a parameter of a `Declared` class; see `Param` for the meaning of each argument.

    tex: the symbol, or the term of the glossary that has it, with its noun and its meaning.
    words: where the noun is neither the term's nor the name of the field.
    valid: every number where it is not said; on a log scale every one above 0.
    """
    term = tex if isinstance(tex, Concept) else Concept(words, tex, help)
    noun = words or term.name
    assert scale in ("linear", "log", "decay"), scale
    facts: dict[str, Any] = {
        "low": low,
        "high": high,
        "tex": term.tex,
        "sentence": help or term.sentence,
        "scale": scale,
        "valid": Interval(valid or ("(0, inf)" if scale == "log" else "(-inf, inf)")),
        "choices": choices,
        "more": more,
        "role": role,
    } | ({"noun": noun} if noun else {})
    return dataclasses.field(default=default, metadata=facts)


@dataclass_transform(frozen_default=True)
class Declared:
    """Base of every family.  ``class Surface(Declared, family=True)`` opens a register."""

    all: ClassVar[dict[str, Any]]
    order: ClassVar[float] = 0
    """Place in menus; equal places keep the order of definition."""
    seam: ClassVar[str] = r"(?<=[a-z])(?=[A-Z])"
    """Where one word of the name of a class ends and the next begins."""
    called: ClassVar[str]
    """The name in English, its words set apart: ``GradientDescent`` → ``Gradient Descent``."""
    known_by_class: ClassVar[bool] = False
    """Whether a link names its parameters after the class (``Bowl.kappa``), not after the field."""

    def __init_subclass__(cls, family: bool = False, **options: Any) -> None:
        super().__init_subclass__(**options)
        cls.called = vars(cls).get("called") or re.sub(cls.seam, " ", cls.__name__)
        # `eq=False`: fields may be arrays, whose == is no truth value.  `Declared` compares them.
        dataclass(frozen=True, eq=False, repr=False)(cls)
        if family:
            cls.all = {}
        elif not inspect.isabstract(cls) and not cls.__name__.startswith("_"):
            cls.all[cls.__name__] = cls
            ordered = sorted(cls.all.items(), key=lambda item: item[1].order)
            cls.all.clear()
            cls.all.update(ordered)

    def __post_init__(self) -> None:
        for p in self.params():
            value = p.check(type(self).__name__, getattr(self, p.name))
            object.__setattr__(self, p.name, value)
        self.check()

    def check(self) -> None:
        """Raise `ValueError` where parameters, each valid alone, do not fit together."""

    @classmethod
    @cache
    def params(cls) -> tuple[Param, ...]:
        """The declared parameters, in order."""
        fields = dataclasses.fields(cls)  # type: ignore[arg-type]
        return tuple(
            Param(f.name, f.default, **{"noun": f.name.replace("_", " "), **f.metadata})
            for f in fields
        )

    @classmethod
    def param(cls, name: str) -> Param:
        """The parameter of this name; `KeyError` if there is none."""
        return {p.name: p for p in cls.params()}[name]

    @classmethod
    def paragraphs(cls) -> list[str]:
        """The docstring in English, each paragraph on one line."""
        return [re.sub("[ \n]+", " ", t) for t in (inspect.getdoc(cls) or "").split("\n\n")]

    @classmethod
    def summary(cls) -> str:
        """First paragraph of the docstring, in the language of the visitor."""
        return indexed(tr(cls.paragraphs()[0]))

    @classmethod
    def description(cls) -> str:
        """The docstring for the page and the reference, the indices of symbols set low."""
        return indexed("\n\n".join(map(tr, cls.paragraphs())))

    @classmethod
    def label(cls) -> str:
        """What it is called, in the language of the visitor."""
        return tr(cls.called)

    @classmethod
    @cache
    def names(cls) -> tuple[str, ...]:
        """The names of the parameters, in order."""
        return tuple(field.name for field in dataclasses.fields(cls))  # type: ignore[arg-type]

    def values(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.names()}

    def changed(self) -> dict[str, Any]:
        """The parameters that differ from their defaults."""
        return {
            p.name: value
            for p in self.params()
            if _key(value := getattr(self, p.name)) != _key(p.default)
        }

    def replace(self, **changes: Any) -> Self:
        """The same value with some parameters changed, checked again."""
        return dataclasses.replace(self, **changes)  # type: ignore[type-var]

    def fitting(self, changes: Mapping[str, Any]) -> tuple[Self, dict[str, ValueError]]:
        """The value with all of the changes that make sense together, and why the others do not.

        They are taken in order, and again as long as one that was refused has come to fit.
        """
        value, refused = self, {name: ValueError() for name in changes}
        try:
            return self.replace(**changes), {}
        except ValueError:  # then one after the other
            pass
        settled = False
        while not settled:
            settled = True
            for name in tuple(refused):
                try:
                    value, settled = value.replace(**{name: changes[name]}), False
                    del refused[name]
                except ValueError as error:
                    refused[name] = error
        return value, refused

    def shape(self) -> tuple[int, ...]:
        """The batch shape: what the array-valued parameters broadcast to."""
        return np.broadcast_shapes(
            *(
                v.shape() if isinstance(v, Declared) else np.shape(v)
                for v in self.values().values()
                if isinstance(v, (np.ndarray, Declared))
            )
        )

    def lanes(self, shape: tuple[int, ...], index: Any) -> Self:
        """The value of some lanes of a batch: arrays broadcast to `shape`, flattened, indexed."""
        if self.shape() == ():
            return self
        twin = object.__new__(type(self))
        for name, value in self.values().items():
            if isinstance(value, Declared):
                value = value.lanes(shape, index)
            elif isinstance(value, np.ndarray):
                value = np.broadcast_to(value, shape).reshape(-1)[index]
                value = value.item() if value.ndim == 0 else value
            object.__setattr__(twin, name, value)
        return twin

    def __repr__(self) -> str:
        inside = ", ".join(
            f"{name}={value.tolist() if isinstance(value, np.ndarray) else value!r}"
            for name, value in self.changed().items()
        )
        return f"{type(self).__name__}({inside})"

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Declared)
            and type(self) is type(other)
            and self._key() == other._key()
        )

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:  # asked for again and again: every key of the shelf holds some
        return hash((type(self).__name__, self._key()))

    def _key(self) -> tuple[Any, ...]:
        return tuple(_key(getattr(self, name)) for name in self.names())


def _key(value: Any) -> Any:
    return (value.shape, value.tobytes()) if isinstance(value, np.ndarray) else value


def import_all(package: str, path: Iterable[str]) -> None:
    """Import every module of a package, so that what they declare is registered."""
    for module in pkgutil.iter_modules(path):
        importlib.import_module(f"{package}.{module.name}")
