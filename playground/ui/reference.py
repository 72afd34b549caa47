"""One declared class as a reference entry: equation, parameters, tiny picture."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np

from playground.declare import Declared
from playground.figures import curve, vignette
from playground.optimizers import Optimizer
from playground.schedules import Schedule
from playground.simulation import simulate
from playground.surfaces import Surface
from playground.ui.words import plain


def equation(cls: type[Declared]) -> str:
    """LaTeX of the class with its default parameters."""
    formula: Any = cls().formula  # type: ignore[attr-defined]
    return formula() if callable(formula) else formula


def facts(cls: type[Declared], to_text: Callable[[Any], str]) -> str:
    """The parameters as a Markdown table, empty for a class without any."""
    rows = [
        f"| `{p.name}` | {f'${p.tex}$' if p.tex else ''} | {plain(to_text(p.default))} "
        f"| {plain(str(p.valid)) if p.kind in ('number', 'integer') else ''} | {p.help} |"
        for p in cls.params()
    ]
    head = ["| parameter | symbol | default | allowed | meaning |", "|---|---|---|---|---|"]
    return "\n".join(head + rows) if rows else ""


@lru_cache(maxsize=128)
def portrait(cls: type[Declared]) -> str:
    """The tiny picture: a surface's map, an optimizer's path, a schedule's curve."""
    if issubclass(cls, Surface):
        return vignette(cls())
    if issubclass(cls, Schedule):
        steps = 200
        return curve(cls()(np.arange(steps), steps))
    assert issubclass(cls, Optimizer)
    bowl, optimizer = Surface.all["Bowl"](kappa=10), Optimizer.all[cls.__name__]()
    return vignette(bowl, {"b": simulate(bowl, optimizer, steps=150)})
