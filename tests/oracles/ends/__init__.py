"""Addresses at the ends: every declared field of every page at the ends of its valid ground.

``python -m tests.oracles.ends [page …]`` opens them all, one field at a time and then in random
combinations, and prints what ends in an exception box, shows a bare "nan", or takes long; see
``--help``.  `tests.app.test_ends_of_settings` opens a part of them.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from playground.clipping import Clipping
from playground.declare import Declared
from playground.kinds import CHOICE, MEMBER, SWITCH, TEXT, WHOLE, WHOLES, Param, to_text
from playground.links import Query
from playground.optimizers import Optimizer
from playground.schedules import Schedule
from playground.surfaces import Surface
from playground.topics.batches.settings import Sampling
from playground.topics.dropout.settings import DropoutSettings
from playground.topics.gradient_check.settings import GradientCheck
from playground.topics.initialisation.settings import FirstBreath
from playground.topics.losses.settings import LogitLosses
from playground.topics.maps.settings import BasinMap, HyperparameterMap
from playground.topics.network.settings import RealNetwork
from playground.topics.normalisation.settings import Scales
from playground.topics.race import Conditions
from playground.topics.regularisation.settings import Penalties
from tests.oracles.reported.pages import Page, opened

FAR, NEAR = 1e308, 5e-324
"""The ends of what a double holds: nearly the largest, and the smallest above zero."""
TEXTS = {
    "text": (
        "x",
        "-x**2-y**2",
        "1/x+log(y)",
        "1e12*x**100",
        "0*x",
        "exp(exp(x*y))",
        "sqrt(-1-x*x)",
    ),
    "window": ("-1e12,1e12,-1e12,1e12", "0,1e-18,0,1e-18", "1e12,1.000000001e12,-1,1"),
    "f": ("0*x", "1/x", "1e12*x**100", "sqrt(-1-x*x)", "abs(x)", "exp(exp(x*y))"),
    "dfdx": ("", "0", "1/0", "1e12*x**100"),
    "dfdy": ("", "0", "1/0", "1e12*x**100"),
    "start": ("0,0", "1e308,-1e308", "5e-324,5e-324", "-0,1e15"),
}
"""Valid texts at the edge, by the name of their field."""
VIEWS = ("What happened", "Vary", "Step microscope", "Modes", "Formulas and code", "Download")


class Field(NamedTuple):
    """One field of a page: its name in the address, what must be chosen for it to be there."""

    name: str
    param: Param
    context: Query


class Ground(NamedTuple):
    """One page: its declared settings, and sizes at which it is opened where nothing else is asked.

    What a size costs is asked by its own ends alone.
    """

    settings: type[Declared]
    small: Query = {}
    parts: dict[str, type[Declared]] = {}
    """Families that an address chooses from beside the settings, by name."""
    views: tuple[str, ...] = ("",)


PAGES = {
    "basins": Ground(BasinMap, {"cells": "5", "steps": "20"}),
    "batches": Ground(Sampling, {"updates": "20", "epochs": "1"}),
    "dropout": Ground(DropoutSettings, {"steps": "20", "width": "4"}),
    "gradient_check": Ground(GradientCheck),
    "hyperparameters": Ground(HyperparameterMap, {"cells": "5", "steps": "20"}),
    "initialisation": Ground(
        FirstBreath, {"depth": "5", "width": "10", "steps": "20", "layers": "20"}
    ),
    "losses": Ground(LogitLosses, {"steps": "50"}),
    "network": Ground(RealNetwork, {"steps": "20", "width": "4", "examples": "20"}),
    "normalisation": Ground(Scales, {"steps": "20"}),
    "regularisation": Ground(Penalties, {"width": "4", "steps": "10"}),
    "trajectories": Ground(
        Conditions,
        {"steps": "40", "b": "none", "c": "none", "d": "none"},
        {"surface": Surface, "a": Optimizer, "a.schedule": Schedule, "a.clip": Clipping},
        VIEWS,
    ),
}


def fields(page: str) -> Iterator[Field]:
    """Every declared field of a page, those of all members of a family included."""
    ground = PAGES[page]
    for name, family in ground.parts.items():
        yield from _of_family(name, family, {})
    yield from _of(ground.settings, "", {})


def _of(cls: type[Declared], prefix: str, context: Query) -> Iterator[Field]:
    for p in cls.params():
        if p.kind is MEMBER:
            yield from _of_family(prefix + p.name, p.family, context)
        else:
            yield Field(prefix + p.name, p, context)


def _of_family(name: str, family: type[Declared], context: Query) -> Iterator[Field]:
    """Of every member; one that holds others of its own family is opened a level deep."""
    for member, cls in family.all.items():
        if any(p.kind is MEMBER for p in cls.params()) and member in context.values():
            continue
        yield from _of(cls, f"{name}.", context | {name: member})


def ends(p: Param) -> list[Any]:
    """The ends of the slider and of the valid ground, as far as a double reaches."""
    if p.kind is CHOICE:
        return list(p.choices)
    if p.kind is SWITCH:
        return [False, True]
    if p.kind is TEXT:
        return list(TEXTS.get(p.name, ()))
    if p.kind is WHOLES:
        return [(), (0,), (1, 1, 1), (10**15, 3)]
    low, high = p.valid.bounds
    inside = (max(low, -FAR), min(high, FAR))
    at = [
        *inside,
        np.nextafter(low, high),
        np.nextafter(high, low),
        NEAR,
        -NEAR,
        0.0,
        p.low,
        p.high,
    ]
    if p.kind is WHOLE:
        at += [inside[0] + 1]
    found = dict.fromkeys(float(v) for v in at if v is not None and p.valid.holds(v))
    return [int(v) if p.kind is WHOLE else v for v in found if p.kind is not WHOLE or v == int(v)]


def addresses(page: str) -> Iterator[Query]:
    """One field at a time."""
    small = PAGES[page].small
    for field in fields(page):
        for value in ends(field.param):
            yield small | field.context | {field.name: to_text(value)}
    if page == "trajectories":
        yield from (small | {"start": text} for text in TEXTS["start"])


def combinations(page: str, seed: int) -> Iterator[Query]:
    """All fields at once, each left alone or at one of its ends; endless."""
    rng = np.random.default_rng([seed, sorted(PAGES).index(page)])
    ground = PAGES[page]
    sizes = set(ground.small)
    while True:
        query = dict(ground.small)
        parts = list(ground.parts.items())
        for name, family in parts:
            query |= _some_member(rng, name, family)
        for p in ground.settings.params():
            if p.kind is MEMBER:
                query |= _some_member(rng, p.name, p.family)
            elif p.name not in sizes:
                query |= _some_value(rng, p.name, p)
        if page == "trajectories" and rng.random() < 0.3:
            query["start"] = str(rng.choice(TEXTS["start"]))
        yield query


def _some_member(rng: np.random.Generator, name: str, family: type[Declared]) -> Query:
    member = str(rng.choice(list(family.all)))
    query = {name: member}
    for p in family.all[member].params():
        if p.kind is MEMBER:
            query |= _some_member(rng, f"{name}.{p.name}", p.family)
        else:
            query |= _some_value(rng, f"{name}.{p.name}", p)
    return query


def _some_value(rng: np.random.Generator, name: str, p: Param) -> Query:
    found = ends(p)
    if not found or rng.random() < 0.5:
        return {}
    return {name: to_text(found[rng.integers(len(found))])}


BARE = re.compile(
    r"(?<![\w.])(?:nan|inf|None(?! of))(?![\w])|<[\w.]+ (?:object|at 0x)|/[\w/]+\.py\b"
)
"""What no sentence may hold: a number that is none, a value's repr, a path."""


def faults(page: Page) -> list[str]:
    """What is wrong with what an address shows."""
    found = [
        " | ".join([e.value[:200], *map(_place, _ours(e.stack_trace)[-4:])])
        for e in page.app.exception
    ]
    found += [
        f"says {m.group()!r}: …{page.text[max(m.start() - 60, 0) : m.end() + 30]}…"
        for m in BARE.finditer(page.text)
    ]
    return found


def _ours(trace: list[str]) -> list[str]:
    return [line for line in trace if "site-packages" not in line]


def _place(line: str) -> str:
    """A line of a traceback in a few words."""
    found = re.search(r'File ".*?(\w+/\w+\.py)", line (\d+)[^\n]*\n\s*([^\n]*)', line)
    return " ".join(found.groups()) if found else line


def asked(page: str, query: Query, view: str = "") -> list[str]:
    """The faults of one address; a warning is one."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return faults(opened(page, view, **query))
