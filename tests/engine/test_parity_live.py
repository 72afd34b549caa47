"""The whole product of settings, schedules and surfaces, side by side with PyTorch and optax."""

import math

import numpy as np
import pytest

import playground as pg
from tests.oracles.golden import cases
from tests.oracles.golden.figure import TOLERANCE
from tests.support.laws import settings
from tests.support.part import some


@pytest.fixture(scope="module")
def reference():
    pytest.importorskip("torch")
    from tests.oracles.golden import reference

    return reference


def compare(case, expected):
    for i, x in enumerate(case.ours()):
        assert cases.deviation(x, expected[..., i]) <= TOLERANCE, (case, case.surfaces[i])


@pytest.mark.parametrize("schedule", some(cases.IN_PRODUCT, 4))
def test_every_step_of_every_trajectory_equals_torch(reference, schedule):
    product = cases.product([schedule])
    for case, expected in zip(product, reference.descend(product), strict=True):
        compare(case, expected)


def test_divergent_runs_equal_torch_until_they_are_far(reference):
    far = cases.divergent()
    for case, expected in zip(far, reference.descend(far), strict=True):
        compare(case, expected)


@pytest.mark.parametrize("case", some(cases.lions(["Constant", "WarmupCosine"]), 3), ids=str)
def test_lion_equals_optax(reference, case):
    pytest.importorskip("optax")
    compare(case, reference.lion(case))


@pytest.mark.parametrize("name", cases.SCHEDULES)
def test_schedules_equal_torch_step_by_step(reference, name):
    factor = cases.SCHEDULES[name][0](np.arange(cases.STEPS), cases.STEPS)
    expected = reference.rates(name, lr=0.3)
    np.testing.assert_allclose(0.3 * factor, expected, rtol=1e-12, atol=1e-14)


# ---- the lines of PyTorch that we print -------------------------------------------------------


def built(line, torch, **names):
    return eval(line, {"torch": torch, "math": math, **names})


@pytest.mark.parametrize(
    "optimizer",
    [o for cls in pg.Optimizer.all.values() for o in settings(cls) if o.torch()],
    ids=repr,
)
def test_the_printed_optimizer_descends_as_ours(reference, optimizer):
    """Every rule that prints a line, with every option: what the line builds takes our steps.

    It is led along our path, so that where paths are chaotic rounding is not mistaken for a rule.
    """
    torch = pytest.importorskip("torch")
    run = pg.simulate(pg.Rosenbrock(b=5.0), optimizer, (-1.2, 1.0), 100)
    with reference.float64():
        p = torch.zeros(2, requires_grad=True)
        theirs = built(optimizer.torch(), torch, params=[p])
        for t in range(run.finite - 1):
            with torch.no_grad():
                p.copy_(torch.tensor(run.x[t]))
            p.grad = torch.tensor(run.gradient[t])
            theirs.step()
            np.testing.assert_allclose(run.x[t + 1], p.detach().numpy(), rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("case", cases.product(["Constant"]), ids=lambda c: c.key)
def test_the_printed_optimizer_is_the_one_compared(reference, case):
    torch = pytest.importorskip("torch")
    params = [torch.zeros(2, requires_grad=True)]
    line = cases.ours(case.name, case.arguments).torch()
    expected = getattr(torch.optim, case.theirs)(params, **case.arguments)
    assert built(line, torch, params=params).defaults == expected.defaults


@pytest.mark.parametrize("cls", [c for c in pg.Optimizer.all.values() if c().torch()])
def test_defaults_are_torchs(reference, cls):
    """Except for the learning rate, and the momentum that gives a class its name."""
    torch = pytest.importorskip("torch")
    optimizer = built(cls().torch(), torch, params=[torch.zeros(2, requires_grad=True)])
    arguments = {**optimizer.defaults, "lr": cls().lr}
    spelled = {k: v for k, v in arguments.items() if k not in ("nesterov", "amsgrad")}
    known = {
        k: v for k, v in spelled.items() if k in cases.NAMES or k in {p.name for p in cls.params()}
    }
    assert len(known) >= 2
    assert cases.ours(cls.__name__, known) == cls()


@pytest.mark.parametrize("name", cases.SCHEDULES)
def test_the_printed_scheduler_gives_the_schedule(reference, name):
    torch = pytest.importorskip("torch")
    schedule, steps, lr = cases.SCHEDULES[name][0], 50, 0.3
    for line in (schedule.torch(steps, lr), schedule.torch()):
        optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=lr)
        scheduler = built(line, torch, optimizer=optimizer, steps=steps, lr=lr)
        rates = [optimizer.param_groups[0]["lr"]]
        for _ in range(steps - 1):
            optimizer.step()
            scheduler.step()
            rates.append(optimizer.param_groups[0]["lr"])
        expected = lr * schedule(np.arange(steps), steps)
        np.testing.assert_allclose(rates, expected, rtol=1e-12, atol=1e-14)
