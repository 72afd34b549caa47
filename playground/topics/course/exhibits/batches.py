"""Descents on random parts of the data, as an exhibit: who comes down for least, and how far."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from playground.networks.linear import Descent
from playground.topics.batches import figures, words
from playground.topics.batches.settings import LAST, Sampling, floor_of
from playground.topics.course.exhibits.exhibit import EXHIBITS, Fact, PageExhibit
from playground.words import chosen_percent

ENDS = ("one", "all")
"""Who looks at one example an update, and who at all."""


def _goal(run: Descent) -> float:
    """The excess loss at which a descent is down."""
    return words.SHARE * float(run.excess[0])


def _down(run: Descent) -> int | None:
    """The update that brings it down, if the end of the run is so far down on average."""
    if not run.floor(LAST) <= _goal(run):  # one that has left the numbers is not
        return None
    return int(run.updates_to(_goal(run)))


def _looked(run: Descent) -> int | None:
    """How many examples it looked at until it was down."""
    updates = _down(run)
    return None if updates is None else updates * run.batch


def _kind(run: Descent) -> str:
    """Whether it looks at ``one`` example an update, at ``all``, or at a number ``between``."""
    if run.batch == 1:
        return "one"
    return "all" if run.batch == run.n else "between"


def _end(s: Sampling, kind: str) -> Descent:
    """The descent on one example an update, or on all."""
    return s.descents()[0 if kind == "one" else -1]


def _cheapest(s: Sampling) -> Descent | None:
    """Whose way down took the fewest examples; None if nobody came down."""
    down = [run for run in s.descents() if _down(run) is not None]
    return min(down, key=lambda run: _looked(run) or 0, default=None)


def _lowest(s: Sampling) -> Descent:
    """Whose loss is lowest in the last updates."""
    return min(s.descents(), key=lambda run: np.nan_to_num(run.floor(LAST), nan=np.inf))


def _late(run: Descent) -> float | None:
    """Its mean excess loss over the last updates; None if that is no number any more."""
    late = run.floor(LAST)
    return late if math.isfinite(late) else None


def _of_cheapest(s: Sampling, what: Callable[[Descent], Fact]) -> Fact:
    """Something of the descent whose way down was cheapest."""
    cheapest = _cheapest(s)
    return None if cheapest is None else what(cheapest)


def _made(run: Descent) -> int:
    return len(run.w) - 1


def _missed(run: Descent) -> int | None:
    """How many updates it has made, if they did not bring it down."""
    return _made(run) if _down(run) is None else None


def _beside_all(s: Sampling, lower: bool) -> Fact:
    """Where one example an update ends, if that is lower, or not, than all at a time end."""
    one, every = (_late(_end(s, kind)) for kind in ENDS)
    return one if None not in (one, every) and (one < every) == lower else None  # type: ignore


OF_END: dict[str, Callable[[Descent], Fact]] = {
    "needs": _looked,
    "updates": _down,
    "made": _made,
    "missed": _missed,
    "late": _late,
}
"""What is known of both of them."""


EXHIBITS["batches"] = PageExhibit(
    page="batches",
    preset=Sampling(),
    known={
        "n": lambda s: s.n,
        "limit": lambda s: s.loss().largest_lr,
        "goal": lambda _: chosen_percent(words.SHARE),
        "last": lambda _: chosen_percent(LAST),
        "cheapest": lambda s: _of_cheapest(s, _kind) or "none",
        "cheapest_size": lambda s: _of_cheapest(s, lambda run: run.batch),
        "cheapest_needs": lambda s: _of_cheapest(s, _looked),
        "cheapest_updates": lambda s: _of_cheapest(s, _down),
        "lowest": lambda s: _kind(_lowest(s)),
        "lowest_size": lambda s: _lowest(s).batch,
        "lowest_late": lambda s: _late(_lowest(s)),
        "price": lambda s: _beside_all(s, lower=False),
        "lead": lambda s: _beside_all(s, lower=True),
    }
    | {
        f"{kind}_{name}": lambda s, k=kind, of=of: of(_end(s, k))
        for kind in ENDS
        for name, of in OF_END.items()
    },
    found=lambda s: [words.verdict(s, s.descents())],
    drawn=lambda s: [
        figures.losses(
            s.descents(),
            {run.batch: floor_of(s.data, s.lr, run.batch, s.draws) for run in s.descents()},
            s.size,
            s.axis,
        ),
        figures.paths(s.loss(), s.descents(), s.size),
    ],
)
