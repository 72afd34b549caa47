"""Races as exhibits: every scene is one, and what can be known of its runners has a name each."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from playground import theory
from playground.figures import animate
from playground.links import Given, Query
from playground.simulation import Run
from playground.topics.course.exhibits.exhibit import (
    EXHIBITS,
    Exhibit,
    Fact,
    Facts,
    Register,
    setting_of,
)
from playground.topics.race import OPENING, SCENES, SLOTS, Race, diagnosis, read, write

NEAR = 1e-3
"""Share of the distance at the start within which a runner has arrived."""
OF_RUN = Register[Callable[[Run], Fact]]()
"""What can be asked of a runner, as in ``a.loss``."""
OF_RACE = Register[Callable[[Race], Fact]]()
"""What can be asked of a whole race."""
of_run, of_race = OF_RUN.declare, OF_RACE.declare


@dataclass(frozen=True)
class RaceExhibit(Exhibit):
    """A race, whose page is Trajectories."""

    preset: Race
    page: str = "trajectories"

    def read(self, query: Given) -> tuple[Race, list[str]]:
        return read(query, self.preset)

    def write(self, state: Race) -> Query:
        return write(state, self.preset)

    def whole(self, state: Race) -> Query:
        return write(state, OPENING)

    def facts(self, state: Race) -> Facts:
        return OfRace(state)

    def figure(self, state: Race) -> Any:
        return animate([*state.runs().values()], [r.name for _, r in state.entries()])


@dataclass(frozen=True)
class OfRace(Facts):
    """The facts of a race: ``a.loss`` of the runner in slot a, ``first`` of all of them.

    What was chosen is known as well: ``a.momentum``, ``surface.kappa``, ``steps``.
    """

    race: Race

    def __getitem__(self, name: str) -> Fact:
        of, dot, what = name.rpartition(".")
        if not dot:
            known = OF_RACE.get(name)
            return known(self.race) if known else setting_of(self.race.conditions, name)
        if of == "surface":
            return setting_of(self.race.surface, what)
        if of not in SLOTS:
            raise KeyError(name)
        run = self._runs.get(of)
        if what not in OF_RUN:
            return setting_of(run.optimizer, what) if run else None
        if run is None or run.finite < 2:  # removed, or gone before it made a step
            return None
        with np.errstate(all="ignore"):
            return OF_RUN[what](run)

    @cached_property
    def _runs(self) -> dict[str, Run]:
        return self.race.runs()

    @property
    def told(self) -> list[tuple[str, Any]]:
        runners = dict(self.race.entries())
        return [
            (runners[s].name, f) for s, run in self._runs.items() for f in diagnosis(run).findings
        ]


# ---- what can be asked ------------------------------------------------------------------------


def _goal(run: Run) -> np.ndarray:
    """The minimum nearest to where it ends, or where it ends if none is known ``(2,)``."""
    end = run.x[run.finite - 1]
    minima = run.surface.minima()
    return min(map(np.array, minima), key=lambda m: math.dist(m[:2], end))[:2] if minima else end


def _away(run: Run) -> np.ndarray:
    """Distance to that minimum before and after every update ``(T+1,)``."""
    distance: np.ndarray = np.hypot(*(run.x[: max(run.finite, 1)] - _goal(run)).T)
    return distance


def _rate(run: Run) -> float:
    return float(run.optimizer.values()["lr"])


@of_run
def _outcome(run: Run) -> str:
    """The label of how it ended."""
    return diagnosis(run).outcome.name


@of_run
def _loss(run: Run) -> float:
    return float(run.f[run.finite - 1])


@of_run
def _first_loss(run: Run) -> float:
    return float(run.f[0])


@of_run
def _slope(run: Run) -> float:
    """Length of the gradient where it ends."""
    return float(np.hypot(*run.gradient[run.finite - 1]))


@of_run
def _first_slope(run: Run) -> float:
    return float(np.hypot(*run.gradient[0]))


@of_run
def _limit(run: Run) -> float:
    """The learning rate at which η·λ meets the limit of the rule, at the nearest minimum."""
    return float(theory.critical_lr(run.optimizer, run.surface, _goal(run), run.steps))


@of_run
def _distance(run: Run) -> float:
    """How far it ends from the nearest minimum."""
    return float(_away(run)[-1])


@of_run
def _arrived(run: Run) -> int | None:
    """The first step from which on it stays near the minimum."""
    away = _away(run)
    far = np.flatnonzero(away > NEAR * away[0])
    first = int(far[-1]) + 1 if far.size else 0
    return first if first < len(away) else None


@of_run
def _crossings(run: Run) -> int:
    """How often its flattest coordinate changes sides about the minimum."""
    x = run.x[: run.finite, 0] - _goal(run)[0]
    x = x[np.abs(x) > NEAR * np.abs(x[0])]
    return int(np.count_nonzero(np.diff(np.sign(x))))


@of_run
def _overshoot(run: Run) -> float:
    """How far x gets beyond the minimum, as a share of the distance it began with."""
    x = run.x[: run.finite, 0] - _goal(run)[0]
    return float(max(0.0, (-x * np.sign(x[0])).max()) / abs(x[0]))


@of_run
def _first_step(run: Run) -> float:
    """The longest coordinate of the first step, in learning rates."""
    return float(np.abs(run.x[1] - run.x[0]).max() / _rate(run))


@of_run
def _half_width(run: Run) -> float:
    """Half the width of what y does over the last fifth, in learning rates."""
    late = run.x[-max(run.steps // 5, 2) :, 1]
    return float((late.max() - late.min()) / 2 / _rate(run))


@of_run
def _end_x(run: Run) -> float:
    return float(run.x[run.finite - 1, 0])


@of_run
def _end_y(run: Run) -> float:
    return float(run.x[run.finite - 1, 1])


@of_race
def _first(race: Race) -> str:
    """The slot of the runner that arrives first; of those that never do, the one that is nearest.

    Near is `NEAR` of the way.
    """
    facts = OfRace(race)

    def order(slot: str) -> tuple[float, float]:
        when, left = facts[f"{slot}.arrived"], facts.measured(f"{slot}.distance")
        return (math.inf if when is None else float(when)), left

    return min(race.runs(), key=order)


@of_race
def _reach(race: Race) -> float:
    """The longer side of the window."""
    x0, x1, y0, y1 = race.surface.span
    return max(x1 - x0, y1 - y0)


EXHIBITS |= {name: RaceExhibit(scene.race) for name, scene in SCENES.items()}
