"""Descents on random parts of the data, as an exhibit."""

from __future__ import annotations

from collections.abc import Callable

from playground.networks.linear import Descent
from playground.topics.batches import figures, words
from playground.topics.batches.settings import LAST, Sampling, floor_of
from playground.topics.course.exhibits.exhibit import EXHIBITS, Fact, PageExhibit

NAMES = {"one": 1, "few": 8, "many": 64}
"""Batch sizes that are always there, by what a lesson calls them; ``all`` has every example."""


def _named(s: Sampling) -> dict[str, Descent]:
    """The descents that have a name."""
    found = {run.batch: run for run in s.descents()}
    sizes = NAMES | {"all": s.n}
    return {name: found[size] for name, size in sizes.items() if size in found}


def _lowest(s: Sampling) -> str:
    """Whose excess loss, averaged over the end, is the least."""
    runs = _named(s)
    return min(runs, key=lambda name: runs[name].floor(LAST))


def _of(name: str, what: Callable[[Sampling, Descent], Fact]) -> Callable[[Sampling], Fact]:
    """What is asked of one of them; None where there are too few examples for it."""

    def asked(s: Sampling) -> Fact:
        run = _named(s).get(name)
        return None if run is None else what(s, run)

    return asked


def _floors(s: Sampling) -> dict[int, float]:
    return {run.batch: floor_of(s.data, s.lr, run.batch, s.draws) for run in s.descents()}


EXHIBITS["batches"] = PageExhibit(
    page="batches",
    preset=Sampling(data="synthetic", budget="examples", epochs=3),
    known={
        "n": lambda s: s.n,
        "lowest": _lowest,
        **{
            f"{name}_{what}": _of(name, ask)
            for name in (*NAMES, "all")
            for what, ask in {
                "batch": lambda s, run: int(run.batch),
                "updates": lambda s, run: len(run.w) - 1,
                "excess": lambda s, run: float(run.floor(LAST)),
            }.items()
        },
    },
    found=lambda s: [words.verdict(s, s.descents())],
    drawn=lambda s: [
        figures.losses(s.descents(), _floors(s), s.size, s.axis),
        figures.paths(s.loss(), s.descents(), s.size),
    ],
)
