"""What the lessons on adaptive steps teach, against loops written here."""

import numpy as np
import pytest

from tests.support.taught import ALL, chosen, percents, varied

# ---- 7 Collapse and burst ---------------------------------------------------------------------

VALLEY = np.array([[0.002, 0.02], [0.02, 2.0]])


def divided(rates, mean, start=(-100.0, 2.0)):
    """Descent whose slopes are divided by the root of the sum or the mean of their squares.

    A leap grows out of rounding, so the slope is written as the surface has it, term by term.
    """
    x, total = [np.array(start)], np.zeros(2)
    scales = []
    for t, rate in enumerate(rates, start=1):
        (a, c), (_, b) = VALLEY
        g = np.array([a * x[-1][0] + c * x[-1][1], c * x[-1][0] + b * x[-1][1]])
        total = total + g * g
        scales.append(np.sqrt(total / t if mean else total) + 1e-8)
        x.append(x[-1] - rate * g / scales[-1])
    return np.array(x), np.array(scales)


def wobble(x):
    """How far it is from the floor of the valley."""
    return np.abs(x[:, 1] + 0.01 * x[:, 0])


def leaps_of(x, quiet=40, line=0.3):
    """First step of every stretch off the floor, after it was quiet."""
    off = wobble(x) > line
    off[:quiet] = False
    first = np.flatnonzero(off)
    return [int(t) for t in first if not off[max(t - quiet, 0) : t].any()]


def left(x):
    return np.hypot(*x[-1]) / np.hypot(*x[0])


RATES = np.full(800, 0.3)
COSINE = 0.15 * (1 + np.cos(np.pi * np.arange(800) / 800))


def test_the_mean_of_the_squares_bursts_three_times_and_calms_down():
    x, scale = divided(RATES, mean=True)
    assert len(leaps_of(x)) == 3
    assert wobble(x)[40:].max() == pytest.approx(1.09, abs=0.01)
    top = 0.3 * np.linalg.eigvalsh(VALLEY / np.sqrt(scale[:, :, None] * scale[:, None]))[:, -1]
    assert np.flatnonzero(top > 2)[0] == 80  # the syllabus: theory 80.9
    calm = wobble(x)
    assert calm[250:380].max() < 0.1 * calm[160:200].max()
    facts = ALL["collapse-and-burst"].facts()
    assert facts["a.fate"] == "bursts"
    assert facts["a.leap_count"] == 3
    assert facts["a.past_limit"] == 80
    assert facts["a.leap_at"] == 160 + np.hypot(*(VALLEY @ x[160:200].T)).argmax()


def test_the_sum_collapses_far_away_on_a_slope_that_has_hardly_changed():
    x, scale = divided(RATES, mean=False)
    assert x[-1, 0] == pytest.approx(-83.9, abs=0.05)
    size = np.hypot(*(VALLEY @ x.T))
    assert size[-1] > 0.8 * size[100]
    facts = varied(ALL["collapse-and-burst"], "The sum, not the mean")
    assert facts["a.fate"] == "short"
    assert not leaps_of(x)
    assert percents(facts["a.way_left"]) == pytest.approx(left(x), rel=0.01)
    assert percents(facts["a.slope_kept"]) == pytest.approx(size[-1] / size[100], rel=0.01)
    shrunk = scale[0, 0] / scale[-1, 0]
    assert percents(facts["a.factor_left"]) == pytest.approx(shrunk, rel=0.01)


def test_a_large_rate_arrives_by_the_sum_and_a_brake_by_the_root_of_time_ends_the_leaps():
    lesson = ALL["collapse-and-burst"]
    large, _ = divided(np.full(800, 8.0), mean=False)
    away = np.hypot(*large.T) > 1e-3 * np.hypot(*large[0])
    facts = varied(lesson, "The sum, at a large rate")
    assert facts["a.fate"] == "arrives"
    assert facts["a.arrived"] == np.flatnonzero(away)[-1] + 1
    braked, _ = divided(0.3 / np.sqrt(1 + np.arange(800) / 50), mean=True)
    facts = varied(lesson, "The mean, with a brake")
    assert facts["a.fate"] == "short"
    assert not leaps_of(braked)
    assert percents(facts["a.way_left"]) == pytest.approx(left(braked), rel=0.01)


def test_a_cosine_does_not_end_the_leaps():
    x, _ = divided(COSINE, mean=True)
    assert wobble(x)[40:].max() == pytest.approx(0.85, abs=0.01)  # the syllabus
    closing = ALL["collapse-and-burst"].check
    facts = ALL["collapse-and-burst"].facts(closing.state)
    assert facts["a.fate"] == "bursts"
    assert facts["a.leap_at"] == 40 + np.hypot(*(VALLEY @ x[40:].T)).argmax()
    assert percents(facts["a.way_left"]) == pytest.approx(left(x), rel=0.01)


def test_what_leaves_the_picture_is_said_to_leave_and_a_short_hop_is_not():
    lesson = ALL["collapse-and-burst"]
    hanging = chosen(lesson, "surface.a=-1&a.lr=1")
    assert hanging["a.fate"] == "leaves"
    assert hanging["a.way_left"] is None
    assert chosen(lesson, "start=0.001,0.001")["a.fate"] != "leaves"
    assert chosen(lesson, "a.lr=0.1")["a.fate"] == "short"


# ---- 8 RMSProp and Adam -----------------------------------------------------------------------


def rmsprop(rates, alpha=0.9, curvature=100.0, start=1.0):
    """One coordinate of RMSProp whose mean starts at the first square."""
    y, v = [start], None
    for rate in rates:
        g = curvature * y[-1]
        v = g * g if v is None else alpha * v + (1 - alpha) * g * g
        y.append(y[-1] - rate * g / np.sqrt(v))
    return np.array(y)


def adam(rates, curvature=100.0, start=1.0, betas=(0.9, 0.999), corrected=True):
    """One coordinate of Adam."""
    y, m, v = [start], 0.0, 0.0
    for t, rate in enumerate(rates, start=1):
        g = curvature * y[-1]
        m, v = betas[0] * m + (1 - betas[0]) * g, betas[1] * v + (1 - betas[1]) * g * g
        full = [1 - b**t if corrected else 1 for b in betas]
        y.append(y[-1] - rate * (m / full[0]) / np.sqrt(v / full[1]))
    return np.array(y)


def swing(y, rate=0.05, last=80):
    return np.ptp(y[-last:]) / 2 / rate


@pytest.mark.parametrize(("curvature", "start"), [(1.0, -3.0), (100.0, 1.0)])
def test_rmsprop_ends_in_a_hop_of_half_a_learning_rate_in_every_coordinate(curvature, start):
    y = rmsprop(np.full(400, 0.05), curvature=curvature, start=start)
    assert np.abs(y[-20:]) == pytest.approx(0.025, rel=1e-3)
    assert (y[-20:-1] * y[-19:] < 0).all()


def test_the_hop_of_the_lesson_and_what_ends_it():
    lesson = ALL["adaptive"]
    constant = np.full(400, 0.05)
    cosine = 0.025 * (1 + np.cos(np.pi * np.arange(400) / 400))
    for facts, y, kind in (
        (lesson.facts(), rmsprop(constant), "hops"),
        (varied(lesson, "Adam"), adam(constant), "rests"),
        (varied(lesson, "A rate that falls"), rmsprop(cosine), "rests"),
        (varied(lesson, "A longer memory"), rmsprop(constant, alpha=0.99), "rests"),
        (chosen(lesson, "a.lr=0.001"), rmsprop(np.full(400, 0.001)), "travels"),
    ):
        rate = 0.001 if kind == "travels" else 0.05
        assert facts["a.hopping"] == kind
        assert facts["a.half_width"] == pytest.approx(swing(y, rate), rel=1e-3, abs=1e-4)
        turns = np.mean(np.diff(y[-80:])[1:] * np.diff(y[-80:])[:-1] < 0)
        assert {"hops": swing(y) > 0.05 and turns > 0.6, "rests": swing(y) < 0.05}.get(
            kind, turns < 0.6
        )


def test_a_larger_rate_hops_as_far_in_learning_rates():
    lesson = ALL["adaptive"]
    facts = lesson.facts(lesson.check.state)
    assert facts["a.lr"] == 0.2
    assert facts["a.half_width"] == pytest.approx(swing(rmsprop(np.full(400, 0.2)), 0.2), rel=1e-4)
    assert facts["a.half_width"] == pytest.approx(0.5, abs=1e-4)
