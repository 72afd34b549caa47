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
ValueError: Box: width must be a finite number greater than 0; got 0.

The one call of `param` is the only place where the default, the slider's range, the symbol, the
meaning and the valid ground of a parameter are written.  Controls, links, documentation, the
reproducing line of code and the tests are loops over `Family.all` and `cls.params()`.
"""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import math
import pkgutil
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, Self, dataclass_transform

import numpy as np


@dataclass(frozen=True)
class Interval:
    """The ground on which a parameter means something, written as in mathematics: ``"[0, 1)"``."""

    text: str

    @property
    def bounds(self) -> tuple[float, float]:
        low, high = self.text[1:-1].split(",")
        return float(low), float(high)

    def holds(self, value: Any) -> bool:
        """Whether every element of `value` lies inside; NaN never does, nor does infinity."""
        low, high = self.bounds
        value = np.asarray(value, dtype=float)
        above = value > low if self.text[0] == "(" else value >= low
        below = value < high if self.text[-1] == ")" else value <= high
        return bool(np.all(above & below & np.isfinite(value)))

    def __str__(self) -> str:
        low, high = self.bounds
        parts = []
        if math.isfinite(low):
            parts.append(f"{'greater than' if self.text[0] == '(' else 'at least'} {low:g}")
        if math.isfinite(high):
            parts.append(f"{'below' if self.text[-1] == ')' else 'at most'} {high:g}")
        return " and ".join(parts)


@dataclass(frozen=True)
class Param:
    """One parameter: what a control, a link, the documentation and a test need to know of it.

    `low` and `high` are the range of the control, a convenience that does not bound code; `valid`
    is the ground outside which the value has no meaning.  `more` marks rarely used parameters,
    which controls keep behind "more".  `role` tells those who reason about a class what the
    parameter does in it, whatever its name: a pull towards zero, a share kept.
    """

    name: str
    default: Any
    low: float | None
    high: float | None
    tex: str
    help: str
    scale: str
    valid: Interval
    choices: tuple[str, ...]
    more: bool
    role: str

    @property
    def kind(self) -> str:
        """`toggle`, `integer`, `number`, `choice`, `text`, `integers` or `declared`."""
        match self.default:
            case bool():
                return "toggle"
            case int():
                return "integer"
            case float():
                return "number"
            case str():
                return "choice" if self.choices else "text"
            case tuple():
                return "integers"
            case _:
                return "declared"

    @property
    def family(self) -> type[Declared]:
        """The family a parameter of kind `declared` is chosen from."""
        return next(c for c in type(self.default).__mro__ if "all" in vars(c))

    def check(self, owner: str, value: Any) -> Any:
        """`value` in its canonical form, or a `ValueError` that says what is allowed."""
        where = f"{owner}: {self.name}"
        match self.kind:
            case "toggle":
                if not isinstance(value, (bool, np.bool_)):
                    raise ValueError(f"{where} must be True or False, not {value!r}.")
                return bool(value)
            case "choice":
                if value not in self.choices:
                    raise ValueError(
                        f"{where} must be one of {', '.join(self.choices)}, not {value!r}."
                    )
                return value
            case "text":
                if not isinstance(value, str):
                    raise ValueError(f"{where} must be text, not {value!r}.")
                return value
            case "declared":
                if not isinstance(value, self.family):
                    raise ValueError(f"{where} must be a {self.family.__name__}, not {value!r}.")
                return value
            case "integers":
                return self._integers(where, value)
        return self._number(where, value)

    def _integers(self, where: str, value: Any) -> tuple[int, ...]:
        try:
            numbers = tuple(int(v) for v in value)
            whole = all(n == v for n, v in zip(numbers, value, strict=True))
        except (TypeError, ValueError, OverflowError):
            whole = False
        if not whole or not all(self.valid.holds(n) for n in numbers):
            raise ValueError(f"{where} must be whole numbers, each {self.valid}; got {value!r}.")
        return numbers

    def _number(self, where: str, value: Any) -> Any:
        whole = self.kind == "integer"
        allowed = f"{'a whole' if whole else 'a finite'} number {self.valid}".rstrip()
        try:
            array = np.asarray(value)
            if array.dtype.kind not in "iuf":
                raise TypeError
            array = array.astype(float)
        except (TypeError, ValueError):
            raise ValueError(f"{where} must be {allowed}; got {value!r}.") from None
        if not self.valid.holds(array) or (whole and not np.all(array == np.floor(array))):
            raise ValueError(f"{where} must be {allowed}; got {value!r}.")
        if whole:
            array = array.astype(int)
        if array.ndim == 0:
            return array.item()
        array = array.copy()
        array.flags.writeable = False  # the value is hashed, so it may not change
        return array


def param(
    default: Any,
    low: float | None = None,
    high: float | None = None,
    tex: str = "",
    help: str = "",
    *,
    scale: str = "linear",
    valid: str = "(-inf, inf)",
    choices: tuple[str, ...] = (),
    more: bool = False,
    role: str = "",
) -> Any:
    """Declare a parameter of a `Declared` class; see `Param` for the meaning of each argument."""
    assert scale in ("linear", "log", "decay"), scale
    facts = {
        "low": low,
        "high": high,
        "tex": tex,
        "help": help,
        "scale": scale,
        "valid": Interval(valid),
        "choices": choices,
        "more": more,
        "role": role,
    }
    return dataclasses.field(default=default, metadata=facts)


@dataclass_transform(frozen_default=True)
class Declared:
    """Base of every family.  ``class Surface(Declared, family=True)`` opens a register."""

    all: ClassVar[dict[str, Any]]
    order: ClassVar[float] = 0
    """Place in menus; equal places keep the order of definition."""

    def __init_subclass__(cls, family: bool = False, **options: Any) -> None:
        super().__init_subclass__(**options)
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
        return tuple(Param(f.name, f.default, **f.metadata) for f in fields)

    @classmethod
    def summary(cls) -> str:
        """First sentence of the docstring."""
        return cls.description().split("\n\n")[0].replace("\n", " ")

    @classmethod
    def description(cls) -> str:
        """The docstring as written, for the page and the reference."""
        return inspect.getdoc(cls) or ""

    @classmethod
    @cache
    def label(cls) -> str:
        """The class name with its words set apart: ``GradientDescent`` → ``Gradient Descent``."""
        return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", cls.__name__)

    def values(self) -> dict[str, Any]:
        return {f.name: getattr(self, f.name) for f in dataclasses.fields(self)}  # type: ignore[arg-type]

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
        return hash((type(self).__name__, self._key()))

    def _key(self) -> tuple[Any, ...]:
        return tuple(_key(value) for value in self.values().values())


def _key(value: Any) -> Any:
    return (value.shape, value.tobytes()) if isinstance(value, np.ndarray) else value


def import_all(package: str, path: Iterable[str]) -> None:
    """Import every module of a package, so that what they declare is registered."""
    for module in pkgutil.iter_modules(path):
        importlib.import_module(f"{package}.{module.name}")
