"""A bowl turned about its minimum, with the start: who needs longer than on the bowl unturned."""

from __future__ import annotations

import math

import numpy as np

from playground.shelf import remembered
from playground.simulation import Run, simulate
from playground.topics.course.exhibits.exhibit import Fact
from playground.topics.course.exhibits.races import OF_RUN, of_race, of_run
from playground.topics.race import Race

LONGER = 1.1
"""How many times as long, or as far away, a runner must be to count as slower."""


@remembered
def _unturned(run: Run) -> Run | None:
    """The same rule on the bowl along the axes, its start turned back; None if it is no bowl."""
    p = run.problem
    if "angle" not in p.surface.values():
        return None
    turn = math.radians(p.surface.values()["angle"])
    (x, y), c, s = p.start, math.cos(turn), math.sin(turn)
    start, ground = np.array([c * x + s * y, c * y - s * x]), p.surface.replace(angle=0.0)
    return simulate(ground, p.optimizer, start, p.steps, p.schedule, p.noise, p.seed, p.clip)


@of_run
def _unturned_arrived(run: Run) -> Fact:
    """The step from which on it stays near the minimum on the bowl unturned."""
    plain = _unturned(run)
    return None if plain is None else OF_RUN["arrived"](plain)


@of_run
def _still_away(run: Run) -> Fact:
    """How far from the minimum it ends, if it has not arrived."""
    return OF_RUN["distance"](run) if OF_RUN["arrived"](run) is None else None


def _needs(run: Run) -> tuple[float, float]:
    """The step at which it arrives, infinity if it does not, and how far away it ends."""
    step, away = OF_RUN["arrived"](run), OF_RUN["distance"](run)
    assert isinstance(away, float)
    assert not isinstance(step, str)
    return math.inf if step is None else step, away


def _slower(run: Run) -> bool:
    """Whether it arrives later than on the bowl unturned, or, if neither arrives, ends farther."""
    plain = _unturned(run)
    if plain is None:
        return False
    (here, far), (there, near) = _needs(run), _needs(plain)
    return far > LONGER * near if here == there == math.inf else here > LONGER * there


@of_race
def _slowed(race: Race) -> str:
    """Whom the turn makes slower: nobody, everybody, the adaptive rules alone, or others."""
    runners = dict(race.entries())
    slow = {slot for slot, run in race.runs().items() if _slower(run)}
    if not slow:
        return "nobody"
    if slow == runners.keys():
        return "everybody"
    adaptive = {s for s, r in runners.items() if r.optimizer.adaptive()}
    return "adaptive" if slow == adaptive else "some"
