"""The lesson on batches against stochastic descents written here."""

import numpy as np
import pytest

from playground.topics.course import lessons

LESSON = lessons()["batches"]
PRESET = LESSON.exhibit.preset
SIZES = {"one": 1, "few": 8, "many": 64, "all": 1024}
LAST = 0.2
SEEDS = 4


def problem():
    """The syllabus' linear regression: y = x₁ − 2 x₂ + noise, N = 1024."""
    rng = np.random.default_rng(1)
    a = rng.standard_normal((1024, 2))
    return a, a @ [1.0, -2.0] + 0.5 * rng.standard_normal(1024)


def ended(batch, updates, seed):
    """Mean excess loss over the last fifth of the updates, examples in a new order each pass."""
    a, y = problem()
    best = np.linalg.lstsq(a, y, rcond=None)[0]
    rng = np.random.default_rng(100 + seed)
    w, excess, order = np.zeros(2), [], []
    for _ in range(updates):
        if len(order) < batch:
            order = list(rng.permutation(len(y)))
        rows, order = order[:batch], order[batch:]
        w = w - 0.05 * (a[rows].T @ (a[rows] @ w - y[rows])) / batch
        error = a @ (w - best)
        excess.append(error @ error / 2 / len(y))
    return np.mean(excess[-max(round(LAST * updates), 1) :])


def means(updates_of):
    return {
        name: np.mean([ended(size, updates_of(size), seed) for seed in range(SEEDS)])
        for name, size in SIZES.items()
    }


def test_its_data_are_the_syllabus_problem():
    a, y = problem()
    loss = PRESET.loss()
    assert np.array_equal(loss.a, a)
    assert (PRESET.lr, PRESET.n, PRESET.budget) == (0.05, len(y), "examples")


def test_of_the_same_examples_the_few_get_lowest():
    facts = LESSON.facts()
    found = means(lambda size: PRESET.epochs * 1024 // size)
    assert min(found, key=found.get) == "few"
    assert facts["lowest"] == "few"
    for name, size in SIZES.items():
        assert facts[f"{name}_updates"] == PRESET.epochs * 1024 // size
        assert facts[f"{name}_excess"] == pytest.approx(found[name], rel=0.6)


def test_of_the_same_updates_all_get_lowest():
    """And the floors of the syllabus: 5.7e-3, 5e-4, 2e-5 for 1, 8 and 64."""
    state = LESSON.check.state
    facts = LESSON.facts(state)
    assert facts["lowest"] == "all"
    for name, floor in (("one", 5.7e-3), ("few", 5e-4), ("many", 2e-5)):
        assert facts[f"{name}_excess"] == pytest.approx(floor, rel=0.9)
    assert facts["all_excess"] == pytest.approx(ended(1024, state.updates, 0), rel=1e-6)


def test_more_passes_are_for_larger_batches():
    passes = LESSON.variations[1].state
    facts = LESSON.facts(passes)
    assert facts["lowest"] == "many"
    assert ended(64, passes.epochs * 16, 0) < ended(8, passes.epochs * 128, 0)
