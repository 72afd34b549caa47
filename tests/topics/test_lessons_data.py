"""Batches and normalised inputs in the lessons, against plain loops and closed forms."""

import numpy as np
import pytest

from playground.topics.course import lessons

ALL = lessons()


# ---- 10 Batches -------------------------------------------------------------------------------

EXAMPLES = 1024
SIZES = (1, 8, 64, EXAMPLES)


def told(lesson, state):
    """The facts of the lesson's run, of one of its variations by number, or of its check."""
    lesson = ALL[lesson]
    if state == "own":
        return lesson.facts(lesson.exhibit.preset)
    return lesson.facts(lesson.check.state if state == "check" else lesson.variations[state].state)


def descend(size, lr, updates, seed):
    """Excess loss after every update of a line through fresh examples, every epoch in new order."""
    rng = np.random.default_rng((99, seed))
    a = rng.standard_normal((EXAMPLES, 2))
    y = a @ [1, -2] + 0.5 * rng.standard_normal(EXAMPLES)
    h, best = a.T @ a / EXAMPLES, np.linalg.solve(a.T @ a, a.T @ y)
    w, order, found = np.zeros(2), [], []
    for t in range(updates + 1):
        found.append((w - best) @ h @ (w - best) / 2)
        if t * size % EXAMPLES == 0:
            order = rng.permutation(EXAMPLES)
        now = order[t * size % EXAMPLES :][:size]
        w = w - lr * a[now].T @ (a[now] @ w - y[now]) / size
    return np.array(found)


def typical(size, lr, updates, draws=7):
    """Median over draws: the update that leaves two per cent, and the mean of the last fifth."""
    runs = [descend(size, lr, updates, seed) for seed in range(draws)]
    down = [np.argmax(f <= 0.02 * f[0]) if (f <= 0.02 * f[0]).any() else np.inf for f in runs]
    return np.median(down), np.median([f[-(len(f) // 5) or -1 :].mean() for f in runs]), runs[0][0]


def test_every_batch_size_is_down_after_as_many_updates_and_stops_where_the_syllabus_says():
    """Section 8: 37 to 41 updates whatever B; floors 5.7e-3, 5e-4, 2e-5, 5e-11 and below."""
    state = ALL["batches"].exhibit.preset
    assert (state.n, state.lr, state.updates, state.data) == (EXAMPLES, 0.05, 500, "synthetic")
    facts = told("batches", "own")
    for size, floor in zip(SIZES, (5.7e-3, 5e-4, 2e-5, 5e-11), strict=True):
        updates, late, first = typical(size, 0.05, 500)
        assert updates == pytest.approx(39, abs=6)
        assert late < 2 * floor
        assert size == EXAMPLES or late > floor / 2
        if size in (1, EXAMPLES):
            kind = "one" if size == 1 else "all"
            assert facts[f"{kind}_updates"] == pytest.approx(updates, rel=0.4)
            assert facts[f"{kind}_needs"] == facts[f"{kind}_updates"] * size
            assert facts[f"{kind}_late"] < 0.02 * first
    assert facts["one_late"] == pytest.approx(typical(1, 0.05, 500)[1], rel=0.4)
    assert facts["one_late"] == facts["price"]
    assert facts["cheapest"] == "one"


@pytest.mark.parametrize(
    ("state", "lr", "lengths", "key"),
    [
        ("own", 0.05, (500, 500, 500, 500), "one"),
        (0, 0.05, (5120, 640, 80, 5), "one"),
        (1, 0.025, (500, 500, 500, 500), "one"),
        (2, 0.4, (500, 500, 500, 500), "between"),
    ],
)
def test_who_is_down_for_the_fewest_examples(state, lr, lengths, key):
    looked = {}
    for size, updates in zip(SIZES, lengths, strict=True):
        down, late, first = typical(size, lr, updates)
        looked[size] = down * size if late <= 0.02 * first else np.inf
    cheapest = min(looked, key=looked.get)
    facts = told("batches", state)
    assert facts["cheapest"] == {1: "one", EXAMPLES: "all"}.get(cheapest, "between") == key
    assert facts["cheapest_size"] == cheapest
    assert (facts["one_needs"] is None) == (looked[1] == np.inf)
    assert (facts["all_needs"] is None) == (looked[EXAMPLES] == np.inf)


def test_who_is_lowest_after_equally_many_examples():
    late = {size: typical(size, 0.05, 5 * EXAMPLES // size)[1] for size in SIZES}
    facts = told("batches", "check")
    assert min(late, key=late.get) in (8, 64)
    assert facts["lowest"] == "between"
    assert facts["lowest_late"] < 0.5 * min(late[1], late[EXAMPLES])
    assert facts["one_late"] == pytest.approx(late[1], rel=0.4)
    assert facts["all_late"] == pytest.approx(2.5 * 0.95**10, rel=0.2)


def test_one_at_a_time_ends_lower_with_half_the_rate():
    assert typical(1, 0.025, 500)[1] < 0.7 * typical(1, 0.05, 500)[1]
    assert told("batches", 1)["one_late"] < told("batches", "own")["one_late"]
