"""Settings at the ends of their ground: where a page computes longest, or not at all."""

from __future__ import annotations

from typing import Any

import numpy as np

from playground.clipping import Clipping
from playground.cost import Bounded, TooMuch
from playground.declare import Declared
from playground.kinds import CHOICE, MEMBER, REAL, SWITCH, WHOLE, Param
from playground.optimizers import Optimizer
from playground.surfaces import Surface
from playground.topics.race import Conditions, Race, Runner
from playground.topics.race.race import SLOTS

LONGEST = "sin(" * 39 + "x*y" + ")" * 39
"""The dearest formula there is: no longer one can be typed."""
PARTLY = 0.3
"""Share of the sizes that stay as they are, so that they are not all at their ends at once."""


def corner(cls: type[Declared], rng: np.random.Generator) -> dict[str, Any]:
    """Every parameter at an end, or as it is."""
    return {p.name: _some(p, rng) for p in cls.params() if p.kind in (MEMBER, CHOICE, SWITCH)} | {
        p.name: _some(p, rng) for p in cls.params() if p.kind is WHOLE and rng.random() > PARTLY
    }


def _some(p: Param, rng: np.random.Generator) -> Any:
    if p.kind is MEMBER:
        return member(p.family, rng)
    if p.kind is CHOICE:
        return str(rng.choice(p.choices))
    if p.kind is SWITCH:
        return bool(rng.random() < 0.5)
    ends = [*p.valid.bounds, p.low, p.high, p.default]
    return int(rng.choice([v for v in ends if v is not None and p.valid.holds(v)]))


def member(family: type[Declared], rng: np.random.Generator) -> Any:
    """Any class of a family; of surfaces, the dearest formula as often as any other."""
    if family is Surface and rng.random() < 0.3:
        return Surface.all["Formula"](text=LONGEST)
    plain = [c for c in family.all.values() if all(p.kind is not MEMBER for p in c.params())]
    cls = plain[rng.integers(len(plain))]
    rates = {p.name: p.low for p in cls.params() if p.kind is REAL and p.name == "lr"}
    return cls(**rates)


def settled(cls: type[Bounded], changes: dict[str, Any]) -> tuple[Any, TooMuch | None]:
    """The settings as they are asked for; or, with what refused them, as the refusal proposes.

    None where they do not fit together for another reason.
    """
    try:
        return cls(**changes), None
    except TooMuch as refused:
        return cls(**changes | refused.ways[-1]), refused
    except ValueError:
        return None, None


def race_corner(rng: np.random.Generator) -> Race:
    """A race of many runners for many updates."""
    runners = tuple(
        Runner(member(Optimizer, rng), clip=member(Clipping, rng))
        for _ in SLOTS[: rng.integers(1, len(SLOTS) + 1)]
    )
    noise = float(rng.choice([0.0, 0.1]))
    return Race(member(Surface, rng), runners, None, Conditions(steps=10_000, noise=noise))
