"""What inertia and a rate for each parameter do in the first lessons, against plain loops."""

import numpy as np
import pytest

from playground.topics.course import lessons
from tests.support.plain import bowl

ALL = lessons()


# ---- 5 Local minima and saddles ---------------------------------------------------------------


def two_valleys(x, momentum, c=0.3, lr=0.01, steps=600):
    """Where a ball ends along x and how often it came over the ridge, from any number of starts.

    The surface is a sum of a part in x and one in y, so y has no say.
    """
    ridge = np.sort(np.roots([4, 0, -4, -c]).real)[1]
    x = np.array(x, dtype=float)
    velocity, over, side = np.zeros_like(x), np.zeros(x.shape, dtype=int), x > ridge
    for _ in range(steps):
        velocity = momentum * velocity + 4 * x * (x * x - 1) - c
        x = x - lr * velocity
        over, side = over + ((x > ridge) != side), x > ridge
    return x, over, ridge


def height(x, c=0.3):
    return (x * x - 1) ** 2 - c * x


def test_the_valleys_of_the_lesson_have_the_numbers_of_the_syllabus():
    race = ALL["minima-and-saddles"].exhibit.preset
    minima = sorted(np.roots([4, 0, -4, -0.3]).real)[::2]
    assert minima == pytest.approx([-0.96015, 1.03558], abs=1e-5)
    assert [height(x) for x in minima] == pytest.approx([0.29415, -0.30543], abs=1e-5)
    runs = race.runs()
    assert runs["a"].x[-1, 0] == pytest.approx(two_valleys(-1.9, 0)[0], abs=1e-9)
    assert runs["a"].x[-1] == pytest.approx([minima[0], 0], abs=1e-3)
    assert runs["b"].x[-1] == pytest.approx([minima[1], 0], abs=1e-3)


@pytest.mark.parametrize(
    ("state", "momentum", "start", "passage"),
    [
        (None, 0.9, -1.9, "through"),
        (0, 0.95, -1.9, "back"),
        (1, 0.9, 1.9, "through"),
        ("check", 0.9, -1.6, "stays"),
    ],
)
def test_the_ball_ends_where_a_plain_loop_ends(state, momentum, start, passage):
    lesson = ALL["minima-and-saddles"]
    race = {None: lesson.exhibit.preset, "check": lesson.check.state}.get(state)
    facts = lesson.facts(lesson.variations[state].state if race is None else race)
    end, over, ridge = two_valleys(start, momentum)
    assert facts["b.end_x"] == pytest.approx(end, abs=1e-9)
    assert facts["b.end_y"] == pytest.approx(0, abs=1e-3)
    assert facts["b.passages"] == over
    assert facts["b.passage"] == passage
    told, other = ("b.deep_loss", "b.shallow_loss")[:: 1 if end > ridge else -1]
    assert facts[told] == pytest.approx(height(end), abs=1e-6)
    assert facts[other] is facts["b.saddle_slope"] is None


def test_momentum_is_no_law():
    facts = ALL["minima-and-saddles"].facts()
    row = np.linspace(-2.2, 2.2, 441)
    end, _, ridge = two_valleys(row, 0.9)
    rescued, lost = np.mean(end[row < ridge] > ridge), np.mean(end[row > ridge] < ridge)
    assert (rescued, lost) == pytest.approx((0.282, 0.193), abs=5e-4)
    assert facts["b.rescued"] == f"{100 * rescued:.1f} %"
    assert facts["b.lost"] == f"{100 * lost:.1f} %"


def test_exactly_on_the_ridge_nothing_moves_to_a_side():
    lesson = ALL["minima-and-saddles"]
    facts = lesson.facts(lesson.variations[2].state)
    assert (facts["a.end_x"], facts["b.end_x"]) == (0, 0)
    assert facts["b.saddle_slope"] == pytest.approx(0, abs=1e-9)
    assert facts["b.deep_loss"] is facts["b.shallow_loss"] is facts["b.rescued"] is None
    beside, _, _ = two_valleys(1e-6, 0.9, c=0)
    assert beside == pytest.approx(1, abs=1e-3)


def test_a_surface_with_one_valley_has_no_ridge_to_speak_of():
    lesson = ALL["minima-and-saddles"]
    facts = lesson.facts(lesson.exhibit.read({"surface.c": "-1", "surface.h": "0.1"})[0])
    names = ("passages", "deep_loss", "shallow_loss", "saddle_slope", "rescued", "lost")
    assert [facts[f"b.{name}"] for name in names] == [None] * len(names)


# ---- 6 A rate for each parameter --------------------------------------------------------------


def paths_of_three(kappa, angle, start, rates, steps):
    """Gradient descent, Adagrad and Adam on a bowl, each rule written out ``(T+1, 2)``."""
    matrix, (plain, ada, adam) = bowl(kappa, angle), rates
    x, y, z = (np.array(start, dtype=float) for _ in range(3))
    squares, m, v = np.zeros(2), np.zeros(2), np.zeros(2)
    paths = [[x], [y], [z]]
    for t in range(1, steps + 1):
        x = x - plain * (matrix @ x)
        squares = squares + (matrix @ y) ** 2
        y = y - ada * (matrix @ y) / (np.sqrt(squares) + 1e-10)
        m, v = 0.9 * m + 0.1 * (matrix @ z), 0.999 * v + 0.001 * (matrix @ z) ** 2
        z = z - adam * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
        for path, point in zip(paths, (x, y, z), strict=True):
            path.append(point)
    return [np.array(path) for path in paths]


def arrives(path, radius):
    """The first step from which on a path stays within a radius of the origin; None if never."""
    outside = np.flatnonzero(np.hypot(*path.T) > radius)
    first = int(outside[-1]) + 1 if len(outside) else 0
    return first if first < len(path) else None


START = np.array([-3.0, 1.0])
RATES = (0.0195, 0.5, 0.05)


def turn(start, angle):
    c, s = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    return np.array([[c, -s], [s, c]]) @ start


def test_the_turn_costs_the_adaptive_rules_their_advantage():
    race = ALL["per-parameter"].exhibit.preset
    assert (race.surface.kappa, race.surface.angle, race.conditions.steps) == (100, 45, 400)
    assert tuple(r.optimizer.lr for _, r in race.entries()) == RATES
    assert race.begin == pytest.approx(turn(START, 45), abs=1e-4)
    plain = [arrives(path, 0.05) for path in paths_of_three(100, 0, START, RATES, 700)]
    turned = [arrives(p, 0.05) for p in paths_of_three(100, 45, turn(START, 45), RATES, 700)]
    assert plain == [208, 47, 102]
    assert turned == [208, 622, 687]


@pytest.mark.parametrize(
    ("state", "angle", "rates", "slowed"),
    [
        (None, 45, RATES, "adaptive"),
        (0, 0, RATES, "nobody"),
        (1, 5, RATES, "adaptive"),
        (2, 45, (0.0195, 2.0, 0.05), "adaptive"),
        ("check", 90, RATES, "nobody"),
    ],
)
def test_who_is_slower_is_who_is_slower_in_plain_loops(state, angle, rates, slowed):
    lesson = ALL["per-parameter"]
    race = {None: lesson.exhibit.preset, "check": lesson.check.state}.get(state)
    race = lesson.variations[state].state if race is None else race
    facts, steps = lesson.facts(race), race.conditions.steps
    radius = 1e-3 * np.hypot(*START)
    plain, turned = (
        [arrives(p, radius) for p in paths_of_three(100, a, turn(START, a), rates, steps)]
        for a in (0, angle)
    )
    assert facts["slowed"] == slowed
    slower = [a is None or a > 1.1 * b for a, b in zip(turned, plain, strict=True)]
    assert slower == ([False, True, True] if slowed == "adaptive" else [False] * 3)
    for slot, here, there in zip("abc", turned, plain, strict=True):
        assert facts[f"{slot}.arrived"] == here
        assert facts[f"{slot}.unturned_arrived"] == there
        assert (facts[f"{slot}.still_away"] is None) == (here is not None)


def test_of_a_round_bowl_only_some_are_slower_and_of_no_bowl_nothing_is_said():
    lesson = ALL["per-parameter"]
    assert lesson.facts(lesson.exhibit.read({"surface.kappa": "1"})[0])["slowed"] == "some"
    canyon_race = lesson.exhibit.read({"surface": "Canyon"})[0]
    assert lesson.facts(canyon_race)["b.unturned_arrived"] is None
