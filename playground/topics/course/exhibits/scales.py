"""Descents on inputs that are treated in one way or another, as an exhibit."""

from __future__ import annotations

import math
from collections.abc import Callable

from playground.language import tr
from playground.topics.course.exhibits.exhibit import EXHIBITS, Fact, PageExhibit
from playground.topics.normalisation import figures, words
from playground.topics.normalisation.settings import SHARE, Descended, Scales, descents
from playground.words import chosen_percent, percent

TREATMENTS = ("raw", "centred", "scaled", "standardised")
"""From the least to the most that is done to an input."""


def _fate(s: Scales, each: Descended) -> str:
    """Whether a descent ``leaves``, ``arrives`` within its updates, or still ``waits``."""
    if s.lr(each.problem) >= each.problem.largest_lr:
        return "leaves"
    return "waits" if _arrived(each) is None else "arrives"


def _arrived(each: Descended) -> int | None:
    """The update that leaves so little of the first excess loss that it has arrived."""
    update = each.run.updates_to(SHARE * each.run.excess[0])
    return int(update) if math.isfinite(update) else None


def _named(s: Scales, way: str) -> Descended:
    return next(each for each in descents(s) if each.name == way)


def _enough(s: Scales) -> str:
    """The least treatment after which a descent arrives; ``none`` if none is enough."""
    there = (way for way in TREATMENTS if _fate(s, _named(s, way)) == "arrives")
    return next(there, "none")


def _left(s: Scales, each: Descended) -> str | None:
    """What share of the excess is left at the end, if it still waits."""
    if _fate(s, each) != "waits":
        return None
    return percent(float(each.run.excess[-1] / each.run.excess[0]))


def _there(s: Scales, each: Descended) -> int | None:
    return _arrived(each) if _fate(s, each) == "arrives" else None


def _thrown(s: Scales) -> str | None:
    """The treatments after which a descent leaves; None if it never does."""
    names = [tr(way) for way in TREATMENTS if _fate(s, _named(s, way)) == "leaves"]
    return ", ".join(names) or None


def _compared(s: Scales) -> list[Descended]:
    """Where the sliders are, and every treatment."""
    own, *others = descents(s)
    return [own, *(each for each in others if each.name in TREATMENTS)]


def _own(s: Scales, of: Callable[[Scales, Descended], Fact]) -> Fact:
    """Something of where the sliders are; None if that is one of the treatments."""
    own = descents(s)[0]
    return None if own.name in TREATMENTS else of(s, own)


OF_WAY: dict[str, Callable[[Scales, Descended], Fact]] = {
    "kappa": lambda _, each: each.problem.kappa,
    "left": _left,
    "there": _there,
}

EXHIBITS["normalisation"] = PageExhibit(
    page="normalisation",
    preset=Scales(),
    known={
        "goal": lambda _: chosen_percent(SHARE),
        "enough": _enough,
        "thrown": _thrown,
        "fate": lambda s: _fate(s, descents(s)[0]),
    }
    | {f"own_{name}": lambda s, of=of: _own(s, of) for name, of in OF_WAY.items()}
    | {
        f"{way}_{name}": lambda s, way=way, of=of: of(s, _named(s, way))
        for way in TREATMENTS
        for name, of in OF_WAY.items()
    },
    found=lambda s: [words.verdict(s, descents(s)[0])],
    drawn=lambda s: [
        figures.descents(_compared(s), SHARE),
        figures.weight_space(s.problem(), descents(s)[0].run),
    ],
)
