"""What the first lessons teach, against plain loops and closed forms written here."""

import numpy as np
import pytest

from playground.topics.course import lessons
from tests.support.plain import bowl

ALL = lessons()


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


# ---- 2 Is it stuck? and 3 Flat loss -----------------------------------------------------------


def canyon(p, a=0.05, b=10.0):
    return np.array([a * p[0], b * np.tanh(p[1])])


def canyon_loss(path, a=0.05, b=10.0):
    return 0.5 * a * path[:, 0] ** 2 + b * np.log(np.cosh(path[:, 1]))


def told_by(gradient, loss, path):
    """How a path ends, by the syllabus: what rises, what has no slope, what alternates."""
    slopes = np.array([gradient(p) for p in path])
    late = len(path) // 5
    lengths = np.linalg.norm(slopes, axis=1)
    opposed = np.mean((slopes[-late:-1] * slopes[1 - late :]).sum(axis=1) < 0)
    if loss[-1] > 1.02 * loss[-late - 1]:
        return "climbs"
    if lengths[-1] < 0.01 * lengths[0]:
        return "rests"
    return "bounces" if opposed > 0.6 else "walks"


def path_of(race):
    """The gradient and the path of a race's only runner, whose schedule may cut its rate."""
    (_, runner), *others = race.entries()
    assert not others
    lr, plan, steps = runner.optimizer.lr, runner.schedule, race.conditions.steps
    cut = getattr(plan, "milestones", (steps,))[0]
    rates = [lr * getattr(plan, "gamma", 1) ** (t >= cut) for t in range(steps)]
    if type(race.surface).__name__ == "Canyon":
        assert (race.surface.a, race.surface.b) == (0.05, 10)
        return canyon, (path := descend(canyon, race.begin, rates)), canyon_loss(path)
    matrix = bowl(race.surface.kappa)
    path = descend(lambda p: matrix @ p, race.begin, rates)
    return lambda p: matrix @ p, path, loss_on(matrix, path)


def test_the_bowl_of_the_lesson_bounces_and_is_not_stuck():
    race = ALL["is-it-stuck"].exhibit.preset
    gradient, path, loss = path_of(race)
    assert race.conditions.steps == 50
    assert loss[-1] == pytest.approx(18.90, abs=0.005)
    assert np.linalg.norm(gradient(path[0])) == pytest.approx(100.0, abs=0.05)
    assert np.linalg.norm(gradient(path[-1])) == pytest.approx(60.5, abs=0.05)
    assert np.all(path[1:, 1] * path[:-1, 1] < 0)
    assert path[-1, 1] == pytest.approx(0.605006, abs=1e-6)
    assert np.all(np.diff(loss) < 0)
    assert np.all(np.diff(loss, 2) > 0)


def test_the_loss_of_the_canyon_is_flat_where_its_slope_is_not():
    race = ALL["flat-loss"].exhibit.preset
    gradient, path, loss = path_of(race)
    assert race.conditions.steps == 400
    assert loss[-1] == pytest.approx(12.4334, abs=1e-4)
    assert np.ptp(loss[-101:]) / loss[-1] < 5e-7
    assert np.linalg.norm(gradient(path[-1])) == pytest.approx(9.575, abs=5e-4)
    assert abs(path[-1, 1]) == pytest.approx(1.91501, abs=1e-5)
    assert 2 * abs(path[-1, 1]) == pytest.approx(0.4 * 10 * np.tanh(abs(path[-1, 1])), rel=1e-6)
    assert np.all(path[1:, 1] * path[:-1, 1] < 0)


@pytest.mark.parametrize("name", ["is-it-stuck", "flat-loss"])
def test_what_late_steps_do_is_what_a_plain_loop_does(name):
    lesson = ALL[name]
    states = [lesson.exhibit.preset, lesson.check.state, *(v.state for v in lesson.variations)]
    expected = {
        "is-it-stuck": ["bounces", "walks", "walks", "climbs", "rests"],
        "flat-loss": ["bounces", "bounces", "rests", "rests", "bounces"],
    }[name]
    for race, motion in zip(states, expected, strict=True):
        gradient, path, loss = path_of(race)
        facts = lesson.facts(race)
        assert facts["a.late_motion"] == told_by(gradient, loss, path) == motion
        assert facts["a.slope"] == pytest.approx(np.linalg.norm(gradient(path[-1])), rel=1e-6)
        assert facts["a.loss"] == pytest.approx(loss[-1], rel=1e-6, abs=1e-12)


def test_a_rate_below_and_one_above_the_best_leave_the_same_slope():
    lesson = ALL["is-it-stuck"]
    above, below = lesson.facts(), lesson.facts(lesson.check.state)
    assert below["a.wall_factor"] == pytest.approx(1 - 1e-4 * 100)
    assert above["a.wall_factor"] == pytest.approx(-below["a.wall_factor"])
    assert below["a.slope"] == pytest.approx(np.hypot(2.985, 100 * 0.99**50), rel=1e-3)


def test_the_bounce_has_the_amplitude_of_the_closed_form():
    lesson = ALL["flat-loss"]
    for state, lr in [(None, 0.4), (lesson.check.state, 0.6), (lesson.variations[2].state, 0.25)]:
        y = 5.0
        for _ in range(10_000):
            y = lr * 10 * np.tanh(y) / 2
        assert lesson.facts(state)["a.bounce"] == pytest.approx(y, rel=1e-4)
    assert lesson.facts(lesson.check.state)["a.bounce"] == pytest.approx(3, rel=0.1)


def test_the_cut_ends_the_bounce_within_ten_steps():
    _, _, loss = path_of(ALL["flat-loss"].variations[0].state)
    assert loss[400] == pytest.approx(12.4334, abs=1e-4)
    assert loss[410] < 1.2e-7


def test_a_bounce_between_unequal_heights_is_none_that_climbs():
    lesson = ALL["flat-loss"]
    assert lesson.facts(lesson.exhibit.read({"a.lr": "1"})[0])["a.late_motion"] == "bounces"
    dying = ALL["is-it-stuck"].exhibit.read({"surface.kappa": "1", "a.lr": "1.95"})[0]
    assert ALL["is-it-stuck"].facts(dying)["a.late_motion"] == "settles"
