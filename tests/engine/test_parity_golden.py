"""Our trajectories against those that PyTorch and optax once wrote down, without either."""

import re

import numpy as np
import pytest

import playground as pg
from playground.release import PARITY
from tests.oracles.golden import cases, figure
from tests.support.source import ROOT

GOLDEN = np.load(figure.GOLDEN)

EVERY = [*cases.product(cases.IN_PRODUCT), *cases.lions(cases.IN_PRODUCT), *cases.divergent()]


@pytest.mark.parametrize("key", sorted({case.key for case in EVERY}))
def test_trajectories_equal_the_reference(key):
    ours = [case for case in EVERY if case.key == key]
    assert len(ours) == len(GOLDEN[key])
    for gap, case, surface in figure.differences(ours):
        assert gap <= figure.TOLERANCE, (case.schedule, surface)


def test_the_figure_on_the_pages_is_the_one_that_is_measured():
    assert figure.measured() == PARITY, "run python -m tests.oracles.golden.figure"
    assert PARITY.equal == PARITY.trajectories


def test_the_figure_counts_what_differs(monkeypatch):
    """One trajectory led astray is one that is not equal, and the bound says how far it went."""
    few = cases.product(["Constant"])[:1]
    astray = few[0]._replace(arguments={"lr": 0.005})
    monkeypatch.setattr(cases, "product", lambda schedules: [astray])
    monkeypatch.setattr(cases, "divergent", list)
    found = figure.measured()
    assert found.trajectories == len(few[0].surfaces)
    assert found.equal < found.trajectories
    assert found.below > figure.TOLERANCE


@pytest.mark.parametrize(
    "name", ["README.md", "CONTRIBUTING.md", "requirements-dev.txt", ".ci/run"]
)
def test_everybody_names_the_version_of_pytorch_that_is_compared(name):
    said = re.findall(r"torch==([\d.]*\d)", (ROOT / name).read_text("utf-8"))
    assert set(said) == {cases.TORCH}


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
