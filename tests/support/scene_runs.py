"""What the tests of the scenes share: their register, their runs, and questions to a run."""

from functools import cache

import numpy as np

import playground as pg
from playground.topics.race import SCENES

TESTS = {}


def scene(slug):
    """Register the test of a scene; it gets the scene's runs by slot."""

    def register(test):
        TESTS[slug] = test
        return test

    return register


@cache
def runs(slug):
    return SCENES[slug].race.runs()


def longer(run, steps):
    """The same descent with more updates."""
    return pg.simulate(run.surface, run.optimizer, run.problem.start, steps, run.schedule)


def flips(values):
    """Whether the sign changes in every step."""
    return bool(np.all(values[1:] * values[:-1] < 0))


def arrival(run, distance, around=(0.0, 0.0)):
    """The first step from which the run stays within a distance."""
    away = np.hypot(*(run.x - np.array(around)).T) > distance
    return int(np.flatnonzero(away)[-1]) + 1 if away.any() else 0
