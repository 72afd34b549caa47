"""The runs that the tests of the microscope look at."""

import pytest

import playground as pg
from tests.support.laws import settings

EVERY = [o for cls in pg.Optimizer.all.values() for o in settings(cls)] + [
    pg.RMSProp(momentum=0.9, centered=True, weight_decay=0.1),
    pg.RMSProp(first_gradient=True, centered=True),
    pg.Adam(bias_correction=False, weight_decay=0.2),
    pg.Momentum(dampening=0.5, weight_decay=0.2),
    pg.RAdam(beta2=0.9),
    pg.Rprop(lr=0.3, step_max=0.2),
]
TIMES = 1, 2, 3, 10, 29
every = pytest.mark.parametrize("optimizer", EVERY, ids=repr)
SURFACE, START = pg.Rosenbrock(b=5.0), (-1.2, 1.0)


def run(optimizer, schedule=None, noise=0.1, steps=30):
    schedule = pg.WarmupCosine(warmup=5, start=0.2) if schedule is None else schedule
    return pg.simulate(SURFACE, optimizer, START, steps, schedule, noise, seed=4)
