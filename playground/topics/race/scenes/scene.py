"""What a scene is, and the words in which scenes are written."""

from __future__ import annotations

import math
from typing import NamedTuple

from playground.language import tr
from playground.optimizers import Optimizer
from playground.schedules import Constant, Schedule
from playground.surfaces import Surface
from playground.topics.race.race import Conditions, Race, Runner


class Scene(NamedTuple):
    """A race worth watching."""

    name: str
    sentence: str
    """In English, as is the name; visitors read `title` and `watch`."""
    race: Race
    values: tuple[object, ...] = ()
    """What stands for each ``{}`` of the sentence."""

    @property
    def title(self) -> str:
        """What it is called, in the language of the visitor."""
        return tr(self.name)

    @property
    def watch(self) -> str:
        """One sentence: what to look at."""
        return tr(self.sentence, *self.values)


def surface(name: str, **params: float) -> Surface:
    return Surface.all[name](**params)


def runner(name: str, plan: Schedule = Constant(), /, **params: float | bool) -> Runner:
    return Runner(Optimizer.all[name](**params), plan)


def schedule(name: str, **params: object) -> Schedule:
    return Schedule.all[name](**params)


def between(
    ground: Surface,
    *runners: Runner,
    start: tuple[float, float] | None = None,
    steps: int = 200,
    noise: float = 0.0,
    seed: int = 0,
) -> Race:
    return Race(ground, runners, start, Conditions(steps, noise, seed))


def turned(start: tuple[float, float], angle: float) -> tuple[float, float]:
    """A start turned about the origin, with the few digits that a link can bear."""
    (x, y), turn = start, math.radians(angle)
    c, s = math.cos(turn), math.sin(turn)
    return round(c * x - s * y, 4), round(s * x + c * y, 4)


KAPPA = 100
BOWL = surface("Bowl", kappa=KAPPA)
ROUND_START = (-3.0, 1.0)
