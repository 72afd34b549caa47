"""Either side of the lines of lengths, of runs that left and of bursts, on paths made by hand."""

import math

import numpy as np
import pytest

import playground as pg
from playground.diagnosis import (
    departure,
    diagnose,
    divergence,
    edge,
    lines,
    noise,
    outcomes,
    rest,
    unrest,
)
from playground.diagnosis.events import Way
from playground.diagnosis.ground import ground_of
from playground.diagnosis.leaps import leaps
from playground.diagnosis.motion import Motion
from playground.diagnosis.pace import Pace
from playground.diagnosis.path import Path
from playground.diagnosis.say import growth_per_step
from playground.simulation import Run
from tests.support.given import BENT, GROUND, LOW, Given, nearest

WINDOW = (-1.0, 1.0, -1.0, 1.0)
DIAGONAL = math.hypot(2, 2)


def along(x, surface=None, optimizer=None):
    """A run through the given points ``(T+1, 2)``, whoever made it go there."""
    x = np.array(x, dtype=float)
    steps = len(x) - 1
    some = pg.simulate(
        surface or pg.Quadratic(a=1.0, b=1.0, c=0.0),
        optimizer or pg.GradientDescent(lr=0.1),
        x[0],
        steps,
    )
    return Run(some.problem, x)


def line(x):
    return np.array([x, np.zeros(len(x))]).T


# ---- stretches --------------------------------------------------------------------------------


def test_stretches_are_shares_of_a_run_with_a_least_length():
    for n, fifth, tail in ((5, 5, 10), (40, 10, 10), (100, 20, 10), (400, 80, 20)):
        given = Given(n=n)
        assert (Path.fifth.fget(given), Motion.tail.fget(given)) == (fifth, tail)


def test_the_last_quarter_is_what_hovers():
    f = np.where(np.arange(101) >= 75, 1.0, 9.0)[:, None]
    quarter = Given(last_loss=[1.0], low=0.0, local=BENT, loss=lambda stretch: f[stretch] + [0, 0])
    np.testing.assert_allclose(Pace.hover.compute(quarter), 1.0)


def test_a_last_stride_is_of_three_updates():
    asked = []
    rest.stands(
        Given(
            amplitude=1.0,
            hold=1.0,
            travelled=1.0,
            local=LOW,
            nearest=nearest([1.0]),
            moved=lambda k: asked.append(k) or 1.0,
        )
    )
    assert asked == [3]


def test_it_still_falls_if_it_is_lower_than_four_updates_ago():
    asked = []
    given = Given(last_loss=0.0, end_outside=1.0, loss=lambda t: asked.append(t) or 1.0)
    departure._below(given)
    assert asked == [-5]


@pytest.mark.parametrize(
    ("rule", "least"),
    [
        (divergence.runaway, 8),
        (divergence.growing_bounce, 4),
        (unrest.bounces, 4),
        (noise.judged_by_noise, 20),
        (edge.at_the_edge, 50),
        (Pace.ringing.compute, 10),
    ],
)
def test_below_a_least_number_of_updates_a_rule_asks_nothing(rule, least):
    assert not rule(Given(n=least - 1)).any()
    with pytest.raises(AttributeError):
        rule(Given(n=least))


# ---- runs that left ---------------------------------------------------------------------------


@pytest.mark.parametrize(("far", "left"), [(0.9e4, False), (1.1e4, True)])
def test_ten_thousand_windows_away_is_gone(far, left):
    run = along(line([0.5, far * DIAGONAL, 0.5, 0.5]))  # its drop is not done when it is back
    told = diagnose(run, WINDOW)
    assert (told.outcome == "diverged") == left
    batch = Run(
        pg.simulate(run.surface, run.optimizer, np.array([[0.5], [0.0]]), 3).problem,
        run.x[..., None],
    )
    assert (outcomes(batch, WINDOW)[0] == 0) == left


@pytest.mark.parametrize(("far", "said"), [(90.0, True), (110.0, False)])
def test_ground_without_a_loss_is_named_where_it_is_near(far, said):
    surface = pg.Formula("log(x) + x**2 + y**2")
    run = along(line([0.5, 0.4, 0.3, -far * DIAGONAL]), surface)
    assert ("not defined" in diagnose(run, WINDOW).verdict) == said


@pytest.mark.parametrize(("last", "calm"), [(0.09, True), (0.11, False)])
def test_a_slope_that_was_not_growing_is_not_blamed(last, calm):
    run = along(line([0.01] * 20 + [last, math.nan]))
    assert ("nothing was growing" in diagnose(run, WINDOW).verdict) == calm


def test_growth_is_averaged_over_the_last_twenty_updates():
    flat = np.where(np.arange(101) < 80, 1.0, 1.1 ** np.arange(-80, 21))[:, None]
    given = Given(fifth=40, flipping=0.0, late_size=flat[-41:])
    assert growth_per_step(given) == pytest.approx(1.1)


# ---- bursts -----------------------------------------------------------------------------------


def leap(height=10.0, after=0.3, flips=3, rise=2.0, calm=30, quiet=1.0, at=60):
    """|g|, loss and flips of one descent that leaps up at update 60."""
    n = at + calm + 20
    t = np.arange(n + 1)
    size = np.full(n + 1, 1.0) * quiet
    size[at] = height * quiet
    size[at + 1 :] = after * height * quiet
    size[at + calm :] = height * quiet * 0.99  # and stays up
    f = np.where(t == at, 1.0 + rise, 1.0)
    f[0] = 1001.0
    flipped = np.zeros(n, dtype=bool)
    flipped[at - flips : at] = True
    return leaps(size, f, flipped)


def test_a_burst_is_told_from_what_is_none():
    assert [found.peak for found in leap()] == [60]
    assert leap(height=4.9) == [] != leap(height=5.1)
    assert leap(after=0.36) == [] != leap(after=0.34)
    assert leap(flips=2) == []
    assert leap(rise=0.9) == [] != leap(rise=1.1)
    assert leap(calm=20) == [] != leap(calm=21)
    assert leap(at=11) == [] != leap(at=12)


def test_the_quiet_before_a_burst_is_that_of_fifty_updates():
    def after(begin):
        size = np.ones(200)
        size[:begin] = 100.0
        size[100] = 10.0
        f = np.where(np.arange(200) == 100, 2.0, 1.0)
        return leaps(size, f, np.arange(199) > 90)

    assert after(74) != []  # more than half of the fifty before are quiet
    assert after(76) == []


@pytest.mark.parametrize(("share", "seen"), [(0.049, False), (0.051, True)])
def test_a_swing_across_is_one_from_a_twentieth_of_the_start(share, seen):
    x = np.concatenate(
        [np.linspace(1, 0.01, 20), share * np.array([-0.5, -1.0, -0.5]), np.full(10, -0.01)]
    )
    run = along(np.array([x, 0 * x]).T, pg.Quadratic(a=1.0, b=1.0, c=0.0), pg.Momentum())
    way = Way(run, WINDOW, run.steps)
    assert (way.swings[0] is not None) == seen
    if seen:
        assert way.swings[0].share == pytest.approx(share, abs=1e-12)


# ---- the ground -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Ackley", "Bowl"])
def test_a_tip_is_told_from_a_bottom(name):
    assert ground_of(pg.Surface.all[name](), (-3, 3, -3, 3)).tips[0] == (name == "Ackley")


def test_sentences_keep_to_the_lines_they_state():
    point = {"ground": GROUND._replace(floor=False), "nearest_of": lambda *_: nearest([1.0])}
    given = Given(travelled=1.0, hold=0.0, end=0.0, **point)
    assert "less than a millionth" in rest._rest(given, 0.9e-6)
    assert "less than a millionth" not in rest._rest(given, 1.1e-6)
    assert lines.EDGE_BELOW * 2 == 1.85
    assert lines.EDGE_ABOVE * 2 == 2.25


def test_the_middle_third_is_what_a_runaway_is_compared_with():
    t = np.arange(91)[:, None]
    size = np.where((t >= 30) & (t <= 60), 1.0, 9.0) + 1e-9 * t
    assert divergence._steepens(Given(n=90, size=size)).all()
    assert not divergence._steepens(Given(n=90, size=np.where(t > 40, 9.0, size))).any()
    assert not divergence._steepens(Given(n=90, size=np.where(t > 44, 9.0, 1.0))).any()


def test_the_early_slope_is_that_of_the_first_tenth():
    asked = []

    def slope(stretch):
        asked.append(stretch)
        return np.ones((2, 10, 2))

    unrest._keeps_high(Given(local=BENT, fall=1.0, hold=1.0, last_size=1.0, slope=slope))
    assert asked == [slice(10)]
