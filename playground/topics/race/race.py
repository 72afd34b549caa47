"""What the Trajectories page shows: a race of runners on one surface, as a value."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from playground.clipping import Clipping, NoClipping
from playground.declare import Declared, param
from playground.diagnosis import Diagnosis, diagnose
from playground.glossary import SEED
from playground.optimizers import Optimizer
from playground.schedules import Constant, Schedule
from playground.shelf import remembered
from playground.simulation import Run, simulate
from playground.surfaces import Surface
from playground.topics.race.cost import most_steps
from playground.words import setting

SLOTS = "abcdefgh"
LENGTH = "length"
"""Role of the number of updates: all that are shown together are played on one clock."""


@dataclass(frozen=True)
class Runner:
    """One competitor: an optimizer with its own hyper-parameters, schedule and clipping."""

    optimizer: Optimizer
    schedule: Schedule = Constant()
    clip: Clipping = NoClipping()

    @property
    def name(self) -> str:
        """What tells it from the others: its class and what differs from the usual."""
        return self._named("lr")

    @property
    def short(self) -> str:
        """Its name without the learning rate, for where that is shown beside it."""
        return self._named()

    def _named(self, *always: str) -> str:
        told = {*always, *self.optimizer.changed().keys() - {"lr"}}
        parts = [
            f"{p.short} {setting(getattr(self.optimizer, p.name))}"
            for p in self.optimizer.params()
            if p.name in told
        ]
        if self.schedule != Constant():
            parts.append(self.schedule.label().lower())
        if self.clip != NoClipping():
            values = " ".join(map(setting, self.clip.values().values()))
            parts.append(f"{self.clip.label().lower()} {values}")
        return f"{self.optimizer.label()} {', '.join(parts)}".rstrip()


class Conditions(Declared, family=True):
    """What holds for all runners alike."""

    steps: int = param(
        200,
        10,
        1000,
        "T",
        "Number of updates.",
        scale="log",
        valid="[1, 10000]",
        role=LENGTH,
    )
    noise: float = param(
        0.0,
        0,
        1,
        r"\sigma",
        "Standard deviation of the noise added to each gradient coordinate.",
        valid="[0, 1000]",
    )
    seed: int = param(0, 0, 99, SEED, "Which noise is drawn.", valid="[0, 1000000]")


@dataclass(frozen=True)
class Race:
    """Up to eight runners, one per slot a…h, from one start on one surface.

    Where they would compute for longer than one visitor may ask for, they make fewer updates.
    """

    surface: Surface
    runners: tuple[Runner | None, ...]
    start: tuple[float, float] | None = None
    """None is the surface's own start."""
    conditions: Conditions = field(default_factory=Conditions)
    vary: str = ""
    """Name of the number that is shown at several values; what names none is as if empty."""

    def __post_init__(self) -> None:
        padding = len(SLOTS) - len(self.runners)
        object.__setattr__(self, "runners", (*self.runners, *[None] * padding))
        if self.start == self.surface.start:
            object.__setattr__(self, "start", None)
        most = most_steps(self, self.conditions.steps)
        if most < self.conditions.steps:
            object.__setattr__(self, "conditions", self.conditions.replace(steps=most))

    @property
    def begin(self) -> tuple[float, float]:
        return self.start or self.surface.start

    def entries(self) -> list[tuple[str, Runner]]:
        """The occupied slots with their runners."""
        return [(s, r) for s, r in zip(SLOTS, self.runners, strict=True) if r is not None]

    def with_runner(self, slot: str, runner: Runner | None) -> Race:
        runners = list(self.runners)
        runners[SLOTS.index(slot)] = runner
        return replace(self, runners=tuple(runners))

    def run(self, runner: Runner) -> Run:
        """The run of a runner."""
        return _run(*self._terms(runner))

    def sweep(self, runner: Runner, starts: np.ndarray | None = None) -> Run:
        """The batch of a runner that holds arrays, or of `starts (2, N)`; it is not remembered."""
        return simulate(*self._terms(runner, starts))

    def _terms(self, runner: Runner, starts: np.ndarray | None = None) -> tuple[Any, ...]:
        c, begin = self.conditions, self.begin if starts is None else starts
        terms = self.surface, runner.optimizer, begin, c.steps, runner.schedule
        return (*terms, c.noise, c.seed, runner.clip)

    def runs(self) -> dict[str, Run]:
        """The run of every occupied slot."""
        return {slot: self.run(runner) for slot, runner in self.entries()}


def race_of(
    surface: Surface,
    optimizers: list[Optimizer],
    steps: int,
    start: tuple[float, float] | None = None,
    schedule: Schedule = Constant(),
    clip: Clipping = NoClipping(),
) -> Race:
    """The race these descents are."""
    runners = tuple(Runner(o, schedule, clip) for o in optimizers)
    return Race(surface, runners, start, Conditions(steps=steps))


@remembered
def diagnosis(run: Run) -> Diagnosis:
    """The diagnosis of a run, made once for all that show it."""
    return diagnose(run)


@remembered
def _run(*arguments: Any) -> Run:
    """One simulation; a moved slider re-runs only the runner it belongs to."""
    return simulate(*arguments)
