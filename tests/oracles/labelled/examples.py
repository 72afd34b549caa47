"""Labelled runs from an independent study, in its own conventions, turned into our runs.

The study's JSON holds formulas, so a case becomes a `Formula` that knows the study's window and
critical points; its optimizers and schedules are ours under other names.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

import playground as pg
from playground.declare import param
from playground.surfaces.critical import CriticalPoint, classify
from playground.surfaces.landscape import diagonal


class _Example(pg.Formula):
    """A formula with a window and critical points known beforehand."""

    def critical_points(self) -> tuple[CriticalPoint, ...]:
        return self._known  # type: ignore[attr-defined]


class _Factors(pg.Schedule):
    """A schedule given by its factors, one per update."""

    factors: tuple = param((1,))

    def __post_init__(self) -> None:
        pass

    def factor(self, t: Any, steps: int) -> Any:
        last = len(self.factors) - 1  # which is kept where a run is carried on
        return np.array(self.factors)[np.minimum(np.asarray(t, dtype=int), last)]

    def torch(self, *_: Any) -> None:
        return None


def surface_of(case: dict[str, Any]) -> pg.Surface:
    fact = case["surface"]
    text = fact["formula"]
    if fact["name"] == "canyon":  # log cosh y overflows beyond 710
        text = "0.5*a*x**2 + b*(abs(y) + log(1 + exp(-2*abs(y))) - log(2))"
    for name, value in fact["params"].items():
        text = _substitute(text, name, value)
    x0, x1, y0, y1 = fact["window"]
    kind = type("_Example", (_Example,), {"span": (x0, x1, y0, y1)})
    surface = kind(text)
    known = np.array(fact["minima"] + fact["saddles"], dtype=float).reshape(-1, 2).T
    points = classify(surface, known, diagonal(surface.span))
    object.__setattr__(surface, "_known", tuple(sorted(points, key=lambda q: q.f)))
    return surface


def _substitute(text: str, name: str, value: float) -> str:
    import re

    return re.sub(rf"\b{name}\b", f"({value!r})", text)


def optimizer_of(case: dict[str, Any]) -> pg.Optimizer:
    fact = case["optimizer"]
    lr, mu = fact["lr"], fact.get("mu")
    match fact["name"]:
        case "gd":
            return pg.GradientDescent(lr=lr)
        case "momentum":
            return pg.Momentum(lr=lr, momentum=mu)
        case "nesterov":
            return pg.Nesterov(lr=lr, momentum=mu)
        case "adagrad":
            return pg.Adagrad(lr=lr, eps=1e-8)
        case "adagrad_rms":
            return pg.MeanSquareAdagrad(lr=lr, eps=1e-8)
        case "rmsprop":
            return pg.RMSProp(
                lr=lr, alpha=fact["alpha"], eps=1e-8, first_gradient=fact["init"] == "g0"
            )
        case "adam":
            return pg.Adam(lr=lr)
    raise ValueError(fact["name"])


def schedule_of(case: dict[str, Any]) -> pg.Schedule:
    fact = case["schedule"]
    t = np.arange(case["steps"])
    match fact:
        case None:
            return pg.Constant()
        case {"kind": "step", "factor": factor, "every": every}:
            factors = factor ** (t // every)
        case {"kind": "exp", "k": k}:
            factors = np.exp(-k * t)
        case {"kind": "inv_t", "k": k}:
            factors = 1 / (1 + k * t)
        case {"kind": "inv_sqrt", "t0": t0}:
            factors = 1 / np.sqrt(1 + t / t0)
        case _:
            raise ValueError(fact)
    return _Factors(tuple(factors.tolist()))


def examples(path: Path) -> Iterator[tuple[str, pg.Run, str, list[str]]]:
    """Name, run, outcome and events of every case of the study's file."""
    for case in json.loads(path.read_text())["cases"]:
        noise = case["noise"]["sigma"] if case["noise"] else 0.0
        run = pg.simulate(
            surface_of(case),
            optimizer_of(case),
            case["start"],
            case["steps"],
            schedule_of(case),
            noise,
            case["seed"] or 0,
        )
        yield case["id"], run, case["expected"]["outcome"], case["expected"]["events"]
