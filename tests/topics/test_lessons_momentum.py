"""The lesson on momentum against a loop of its own: Polyak's rule, one coordinate at a time."""

import itertools
import math

import pytest

from playground.topics.course import lessons

LESSON = lessons()["momentum"]
NEAR = 1e-3


def swung(momentum, lr=0.01, curvature=1.0, start=-3.0, steps=200):
    """x after every step, by hand."""
    x, b, path = start, 0.0, [start]
    for _ in range(steps):
        b = momentum * b + curvature * x
        x -= lr * b
        path.append(x)
    return path


def sides(path):
    """How often it changes sides, beyond what is near."""
    far = [x > 0 for x in path if abs(x) > NEAR * abs(path[0])]
    return sum(a != b for a, b in itertools.pairwise(far))


def momentum_of(state):
    ((_, runner),) = state.entries()
    return runner.optimizer.momentum


def test_the_preset_overshoots_as_the_theory_of_the_oscillator_says():
    """Of √μ^(π/φ) with cos φ = (1 + μ − ηλ)/(2√μ); the run's own is 0.1532 (syllabus, 3)."""
    ((_, runner),) = LESSON.exhibit.preset.entries()
    mu, lr = runner.optimizer.momentum, runner.optimizer.lr
    assert (mu, lr) == (0.9, 0.01)
    phi = math.acos((1 + mu - lr) / (2 * math.sqrt(mu)))
    theory = math.sqrt(mu) ** (math.pi / phi)
    path = swung(mu)
    assert max(path) / 3 == pytest.approx(0.1532, abs=5e-5)
    assert max(path) / 3 == pytest.approx(theory, abs=5e-4)
    facts = LESSON.facts()
    assert facts["a.overshoot"] == pytest.approx(max(path) / 3, rel=1e-12)
    assert facts["a.passing"] == "passes"
    assert facts["a.crossings"] == sides(path)


def test_it_is_at_rest_when_it_stays_near():
    """Steep as well as flat: the distance of both coordinates together."""
    flat, steep = swung(0.9), swung(0.9, curvature=100.0, start=1.0)
    away = [math.hypot(x, y) for x, y in zip(flat, steep, strict=True)]
    last = max(t for t, d in enumerate(away) if d > NEAR * away[0])
    assert LESSON.facts()["a.arrived"] == last + 1


def rests(momentum):
    """Whether it is near the minimum in the end, by both coordinates."""
    flat, steep = swung(momentum), swung(momentum, curvature=100.0, start=1.0)
    return math.hypot(flat[-1], steep[-1]) <= NEAR * math.hypot(flat[0], steep[0])


def test_half_the_momentum_does_not_pass():
    half, beyond = (variation.state for variation in LESSON.variations)
    assert sides(swung(momentum_of(half))) == 0
    assert LESSON.facts(half)["a.passing"] == "stops"
    assert LESSON.facts(beyond)["a.passing"] == "leaves"


def test_the_ball_that_leaves_is_beyond_the_limit():
    """2(1 + μ)/λ of the steep direction: beyond it the loop grows, and the lesson says so."""
    limit = 2 * 1.9 / 100
    for share, leaves in ((0.9, False), (1.1, True)):
        state = LESSON.exhibit.read({"a.lr": str(share * limit)})[0]
        steep = swung(0.9, share * limit, 100.0, 1.0)
        assert (abs(steep[-1]) > 1) == leaves
        assert (LESSON.facts(state)["a.passing"] == "leaves") == leaves
        assert LESSON.facts(state)["a.limit"] == pytest.approx(limit, rel=1e-12)


def test_the_question_at_the_end_is_answered_by_swinging_on():
    state = LESSON.check.state
    path = swung(momentum_of(state))
    assert sides(path) > 0
    assert not rests(momentum_of(state))
    assert rests(0.9)
    assert LESSON.facts(state)["a.passing"] == "rings"
    assert LESSON.facts(state)["a.crossings"] == sides(path)
