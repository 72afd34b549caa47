"""Our trajectories against those that PyTorch and optax once wrote down, without either."""

from pathlib import Path

import numpy as np
import pytest

import playground as pg
from tests.oracles.golden import cases

FILE = Path(__file__).parents[1] / "oracles" / "golden" / "trajectories.npz"
GOLDEN = np.load(FILE)
TOLERANCE = 1e-10

EVERY = [*cases.product(cases.IN_PRODUCT), *cases.lions(cases.IN_PRODUCT), *cases.divergent()]


@pytest.mark.parametrize("key", sorted({case.key for case in EVERY}))
def test_trajectories_equal_the_reference(key):
    ours = [case for case in EVERY if case.key == key]
    assert len(ours) == len(GOLDEN[key])
    for case, expected in zip(ours, GOLDEN[key], strict=True):
        for i, x in enumerate(case.ours()):
            gap = cases.deviation(x[list(cases.KEPT)], expected[..., i])
            assert gap <= TOLERANCE, (case.schedule, case.surfaces[i])


@pytest.mark.parametrize("name", cases.SCHEDULES)
def test_schedules_equal_the_reference_step_by_step(name):
    factor = cases.SCHEDULES[name][0](np.arange(cases.STEPS), cases.STEPS)
    np.testing.assert_allclose(factor, GOLDEN[f"lr-{name}"], rtol=1e-12, atol=1e-14)


def test_every_reference_is_of_something_and_every_schedule_has_one():
    """What prints a line of PyTorch is compared live with what that line builds."""
    assert {case.name for case in EVERY} <= set(pg.Optimizer.all)
    assert {type(s).__name__ for s, _ in cases.SCHEDULES.values()} == {
        n for n, cls in pg.Schedule.all.items() if cls.__module__.startswith("playground")
    }


def test_divergent_references_do_diverge():
    for case in cases.divergent():
        assert not np.all(np.abs(GOLDEN[case.key][0][-1]) <= cases.FAR)
