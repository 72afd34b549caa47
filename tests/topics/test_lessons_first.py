"""What the first lessons teach, against plain loops and closed forms written here."""

import numpy as np
import pytest

from playground.topics.course import lessons

ALL = lessons()


def bowl(kappa, angle=0.0):
    """The gradient of a turned bowl, by its matrix."""
    c, s = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    turn = np.array([[c, -s], [s, c]])
    return turn @ np.diag([1.0, kappa]) @ turn.T


def descend(gradient, start, rates):
    """Gradient descent ``(T+1, 2)``, a rate a step."""
    x = [np.array(start, dtype=float)]
    for rate in rates:
        x.append(x[-1] - rate * gradient(x[-1]))
    return np.array(x)


def loss_on(matrix, p):
    return 0.5 * np.einsum("...i,ij,...j", p, matrix, p)


# ---- 1 One step -------------------------------------------------------------------------------


def left_after_one(rate, kappa=100, start=(-3, 1)):
    before, after = loss_on(bowl(kappa), descend(lambda x: bowl(kappa) @ x, start, [rate]))
    return after / before


def rises_from(kappa, start):
    """The rate at which one step gains nothing, by bisection."""
    low, high = 1e-6, 10.0
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if left_after_one(middle, kappa, start) < 1 else (low, middle)
    return low


def test_one_step_shrinks_the_loss_up_to_twice_the_best_rate():
    race = ALL["one-step"].exhibit.preset
    assert (race.surface.kappa, race.begin, race.conditions.steps) == (100, (-3.0, 1.0), 1)
    rates = np.linspace(1e-4, 0.03, 30_000)
    best = rates[np.argmin([left_after_one(rate) for rate in rates])]
    assert best == pytest.approx(0.0100089, abs=1e-6)
    assert rises_from(100, (-3, 1)) == pytest.approx(0.0200178, abs=1e-7)


@pytest.mark.parametrize(
    ("guess", "least", "most"),
    [(1e-5, 0.997, 0.9985), (1e-2, 0, 0.085), (0.0199, 0, 1), (0.1, 50, 99)],
)
def test_the_step_that_was_predicted_is_the_one_that_is_made(guess, least, most):
    lesson = ALL["one-step"]
    facts = lesson.facts(lesson.run_of(str(guess)))
    assert least < left_after_one(guess) < most
    told = facts["a.fallen"] if most <= 1 else facts["a.risen"]
    assert told == pytest.approx(left_after_one(guess), rel=1e-12)
    assert (facts["a.fallen"] is None) == (most > 1) != (facts["a.risen"] is None)


@pytest.mark.parametrize("state", ["preset", "check", 0, 1, 2])
def test_the_rate_that_is_asked_for_is_where_the_loss_begins_to_rise(state):
    lesson = ALL["one-step"]
    of = {"preset": lesson.exhibit.preset, "check": lesson.check.state}
    race = of[state] if state in of else lesson.variations[state].state
    facts = lesson.facts(race)
    true = rises_from(race.surface.kappa, race.begin)
    assert facts["a.break_even"] == pytest.approx(true, rel=1e-9)
    assert facts["a.best_rate"] == pytest.approx(true / 2, rel=1e-9)


def test_a_start_without_slope_has_no_such_rate():
    lesson = ALL["one-step"]
    facts = lesson.facts(lesson.exhibit.read({"start": "0,0"})[0])
    assert facts["a.break_even"] is facts["a.fallen"] is facts["a.risen"] is None
    assert lesson.asking.key("0.01", facts) == "wrong"
