"""The lesson on normalised inputs against a descent written here, on a Hessian written here."""

import numpy as np
import pytest

from playground.topics.course import lessons

LESSON = lessons()["normalised-inputs"]
PRESET = LESSON.exhibit.preset
THOUSANDTH = 1e-3


def features(state):
    """The inputs as that state transforms them, with a column of ones for the bias."""
    x = state.data().inputs
    x = (x - state.centred * x.mean(axis=0)) / x.std(axis=0) ** state.power
    return np.column_stack([x, np.ones(len(x))])


def curvatures(state):
    a = features(state)
    return np.linalg.eigvalsh(a.T @ a / len(a))


def descended(state, most):
    """Excess loss after every update, as a share of that at the start, at the best rate."""
    a, y = features(state), state.data().targets
    best = np.linalg.lstsq(a, y, rcond=None)[0]
    low, *_, high = curvatures(state)
    w, excess = np.zeros(3), []
    for _ in range(most + 1):
        error = a @ (w - best)
        excess.append(error @ error)
        w = w - 2 / (low + high) * (a.T @ (a @ w - y)) / len(a)
    return np.array(excess) / excess[0]


def link(**query):
    state, problems = LESSON.exhibit.read({name: str(value) for name, value in query.items()})
    assert not problems
    return state


@pytest.mark.parametrize(
    ("query", "kappa", "pace"),
    [
        ({"centred": 0}, 6.5e6, "crawls"),
        ({}, 1.06e6, "crawls"),
        ({"centred": 0, "power": 1}, 76, "later"),
        ({"power": 1}, 1.14, "soon"),
        ({"power": 2}, 1.06e6, "crawls"),
    ],
)
def test_elongation_and_pace_are_those_of_the_syllabus(query, kappa, pace):
    """Section 8, Normalisation: κ and the updates to a thousandth, never, never, 132, 1, never."""
    state = link(**query)
    facts = LESSON.facts(state)
    low, *_, high = curvatures(state)
    assert high / low == pytest.approx(kappa, rel=0.15)
    assert facts["kappa"] == pytest.approx(high / low, rel=1e-6)
    assert facts["pace"] == pace
    share = descended(state, PRESET.steps)
    if pace == "crawls":
        assert share[-1] > THOUSANDTH
        assert facts["left"] == pytest.approx(share[-1], rel=1e-6)
    else:
        assert facts["needed"] == np.flatnonzero(share <= THOUSANDTH)[0]


def test_its_variations_and_its_question():
    both, scaled, neither = (variation.state for variation in LESSON.variations)
    assert [LESSON.facts(s)["pace"] for s in (both, scaled, neither)] == ["soon", "later", "crawls"]
    assert LESSON.check.state == link(power=2)
    assert LESSON.facts(LESSON.check.state)["pace"] == "crawls"


def test_a_rate_too_large_leaves():
    facts = LESSON.facts(link(power=1, step=2.5))
    low, *_, high = curvatures(link(power=1))
    assert 2.5 * 2 / (low + high) > 2 / high
    assert facts["pace"] == "leaves"
