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


# ---- 12 Normalised inputs ---------------------------------------------------------------------

TREATED = {
    "raw": lambda x: x,
    "centred": lambda x: x - x.mean(axis=0),
    "scaled": lambda x: x / x.std(axis=0),
    "standardised": lambda x: (x - x.mean(axis=0)) / x.std(axis=0),
    "variance": lambda x: (x - x.mean(axis=0)) / x.var(axis=0),
}


def features():
    """The examples of the lesson, drawn here: x₁ in [1, 1000], x₂ in [0, 1], and a bias."""
    rng = np.random.default_rng(0)
    x1, x2 = rng.uniform(1, 1000, 500), rng.uniform(0, 1, 500)
    y = 0.01 * x1 + 3 * x2 + 2 + 0.1 * rng.standard_normal(500)
    return np.column_stack([x1, x2]), y


def treated(way, steps, step=1.0):
    """κ; the update that leaves a thousandth of the excess loss, or None; what is left at last."""
    x, y = features()
    a = np.column_stack([TREATED[way](x), np.ones(500)])
    values = np.linalg.svd(a, compute_uv=False) ** 2 / 500
    best = np.linalg.lstsq(a, y, rcond=None)[0]
    w, there, first, lr = np.zeros(3), None, None, step * 2 / (values.max() + values.min())
    for t in range(steps + 1):
        away = a @ (w - best)
        excess = away @ away / 1000
        first = excess if first is None else first
        there = t if there is None and excess <= 1e-3 * first else there
        w = w - lr * a.T @ away / 500
    return values.max() / values.min(), there, excess / first, lr * values.max()


def share(text):
    """A share as it is read."""
    return float(text.removesuffix(" %")) / 100


def test_the_bowls_of_the_lesson_are_as_long_as_the_syllabus_says():
    """Section 8: κ 6.5e6, 1.06e6, 76, 1.14, 1.06e6; updates never, never, 132, 1, never."""
    state = ALL["normalised-inputs"].exhibit.preset
    assert (state.examples, state.step, state.steps, state.seed) == (500, 1, 1000, 0)
    facts = told("normalised-inputs", "own")
    for way, kappa, there in (
        ("raw", 6.5e6, None),
        ("centred", 1.06e6, None),
        ("scaled", 76, 132),
        ("standardised", 1.14, 1),
    ):
        found, arrived, left, _ = treated(way, 1000)
        assert found == pytest.approx(kappa, rel=0.01)
        assert facts[f"{way}_kappa"] == pytest.approx(found, rel=1e-6)
        assert facts[f"{way}_there"] == arrived == there
        if there is None:
            assert share(facts[f"{way}_left"]) == pytest.approx(left, rel=5e-3)
        else:
            assert facts[f"{way}_left"] is None


@pytest.mark.parametrize(
    ("state", "steps", "step", "enough"),
    [
        ("own", 1000, 1.0, "scaled"),
        (0, 1000, 1.0, "scaled"),
        (1, 100, 1.0, "standardised"),
        (2, 1000, 0.7, "scaled"),
        (3, 1000, 1.2, "standardised"),
    ],
)
def test_the_least_treatment_that_is_enough(state, steps, step, enough):
    facts, thrown, there = told("normalised-inputs", state), [], []
    for way in ("raw", "centred", "scaled", "standardised"):
        _, arrived, left, gauge = treated(way, steps, step)
        if gauge > 2:  # one direction grows at every step
            thrown.append(way)
            assert facts[f"{way}_there"] is facts[f"{way}_left"] is None
        elif arrived is None:
            assert share(facts[f"{way}_left"]) == pytest.approx(left, rel=5e-3)
        else:
            there.append(way)
            assert facts[f"{way}_there"] == arrived
    assert facts["enough"] == there[0] == enough
    assert facts["thrown"] == (", ".join(thrown) or None)


def test_the_variance_turns_the_bowl_round_and_leaves_it_as_long():
    facts = told("normalised-inputs", "check")
    kappa, there, left, gauge = treated("variance", 1000)
    assert there is None
    assert gauge < 2
    assert facts["fate"] == "waits"
    assert facts["own_kappa"] == pytest.approx(kappa, rel=1e-6)
    assert kappa == pytest.approx(treated("centred", 0)[0], rel=1e-3)
    assert share(facts["own_left"]) == pytest.approx(left, rel=5e-3)
    spreads = TREATED["variance"](features()[0]).std(axis=0)
    assert spreads[1] / spreads[0] == pytest.approx(1000, rel=0.1)


def test_your_own_treatment_is_told_where_it_is_none_of_the_four():
    exhibit = ALL["normalised-inputs"].exhibit
    state, _ = exhibit.read({"centred": "1", "power": "1.5"})
    x, _ = features()
    a = np.column_stack([(x - x.mean(axis=0)) / x.std(axis=0) ** 1.5, np.ones(500)])
    assert exhibit.facts(state)["own_kappa"] == pytest.approx(np.linalg.cond(a) ** 2, rel=1e-6)
    assert told("normalised-inputs", 0)["own_kappa"] is None
