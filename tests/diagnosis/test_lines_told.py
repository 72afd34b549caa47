"""Either side of the lines of what is told of one run: its reason, its growth, its leaps."""

from types import SimpleNamespace

import numpy as np
import pytest

import playground as pg
from playground.diagnosis import diagnose, divergence, events, underway, unrest, walls
from playground.diagnosis.leaps import Leap, leaps
from playground.diagnosis.pace import Pace
from playground.diagnosis.say import growth_per_step
from playground.simulation import Run
from tests.support.given import Given


@pytest.mark.parametrize(("rule", "least"), [(events.swings_over, 5), (events.bursts, 20)])
def test_below_a_least_number_of_updates_there_is_no_event(rule, least):
    assert not rule(Given(n=least - 1)).any()
    with pytest.raises(AttributeError):
        rule(Given(n=least))


# ---- stretches --------------------------------------------------------------------------------


def test_a_step_collapses_from_its_first_rates_or_from_what_a_warm_up_brought_it_to():
    """The third rate is a first one; of later ones the first half counts, the second does not."""
    first, warmed, late = np.full((3, 400, 1), 1.0)
    first[2] = warmed[100:140] = 8.0
    late[201:] = 8.0
    late[-1] = 1.0
    for lr, fell in ((first, 8.0), (warmed, 8.0), (late, 1.0)):
        moments = Pace.moments.func(Given(n=400))
        then = Pace.rates_then.compute(Given(n=400, lr=lr, moments=moments))
        assert Pace.collapse.compute(Given(rates_then=then, noise=0.0)) == fell


def test_the_last_slopes_are_at_least_three():
    """Of the last three the median is high, of four it would not be."""
    size = np.ones((41, 1))
    size[-3:] = [[1.0], [4.0], [4.0]]
    assert divergence._steepens(Given(n=40, size=size)).all()
    size[-3:] = [[1.0], [1.0], [4.0]]
    assert not divergence._steepens(Given(n=40, size=size)).any()


@pytest.mark.parametrize(("grown", "power"), [(10, 1.0), (5, 0.5)])
def test_growth_is_averaged_over_the_later_half_of_twenty_updates(grown, power):
    late = 1.1 ** np.maximum(np.arange(41) - (40.0 - grown), 0)[:, None]
    given = Given(fifth=40, flipping=0.0, late_size=late)
    assert growth_per_step(given) == pytest.approx(1.1**power)


@pytest.mark.parametrize(("windows", "seen"), [(9.0, True), (11.0, False)])
def test_a_gentler_wall_is_looked_for_within_ten_windows(windows, seen):
    """A bounce one window wide, where the slope grows with the distance as far as said."""
    one = np.ones(1)
    bounce = SimpleNamespace(
        points=lambda _: np.array([-one, 0 * one]),
        end=np.array([one, 0 * one]),
        length=1.0,
        decay=0.0,
        clips=False,
        surface=SimpleNamespace(gradient=lambda p: np.minimum(p, windows)),
        last_size=one,
        late_size=np.ones((2, 1)),
    )
    assert walls.no_gentler_wall(bounce).all() != seen


# ---- reasons ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("growth", "predicted"), [(2.9, True), (3.1, False)])
def test_growth_is_what_the_quadratic_predicts_up_to_one_and_a_half(growth, predicted):
    """η·λ = 3 multiplies the distance by 2; the points grow otherwise, as on steeper ground."""
    bowl, x = pg.Quadratic(a=1.0, b=1.0, c=0.0), (-growth) ** np.arange(12.0)
    some = pg.simulate(bowl, pg.GradientDescent(lr=3.0), (1.0, 0.0), 11)
    run = Run(some.problem, np.array([x, np.zeros(12)]).T)
    told = diagnose(run, (-1.0, 1.0, -1.0, 1.0))
    assert told.outcome == "diverged"
    assert ("multiplies the distance to the floor" in told.verdict) == predicted


@pytest.mark.parametrize(("share", "one_factor"), [(0.89, False), (0.91, True)])
def test_one_factor_describes_a_bounce_that_nearly_always_flips(monkeypatch, share, one_factor):
    def told(e, outcome, *_, **__):
        return "else"

    monkeypatch.setattr(unrest, "_tell_converging", lambda *_: "one factor")
    monkeypatch.setattr(unrest.fixes, "finding", told)
    monkeypatch.setattr(unrest.fixes, "under_the_limit", lambda *_: None)
    monkeypatch.setattr(unrest, "comes_to_rest", lambda *_: "")
    shrinking = 0.9 ** np.arange(21.0)[:, None]
    given = Given(
        limit=2.0,
        gauge=1.9,
        at_a_tip=False,
        flipping=share,
        hover=1.0,
        last_size=1.0,
        wall_slope=lambda stretch: shrinking[stretch],
        pull=0.0,
        decay=0.0,
    )
    assert unrest.tell_bounce(given) == ("one factor" if one_factor else "else")


@pytest.mark.parametrize(("gauge", "small"), [(0.59, True), (0.61, False)])
def test_a_step_below_three_tenths_of_the_limit_is_to_blame(monkeypatch, gauge, small):
    monkeypatch.setattr(underway, "steepest_late", lambda e: gauge)
    monkeypatch.setattr(underway.Future, "of", lambda e: SimpleNamespace(ended=False))
    rule = pg.GradientDescent(lr=0.1)
    e = Given(limit=2.0, gauge=0.0, optimizer=rule)
    assert ("The step is small" in underway.why_slow(e, rule.replace(lr=0.2))) == small
    assert underway.why_slow(e, rule.replace(lr=0.05)) == ""


@pytest.mark.parametrize(("gauge", "room"), [(0.99, True), (1.01, False)])
def test_above_half_the_limit_a_step_has_no_room_to_double(monkeypatch, gauge, room):
    monkeypatch.setattr(underway, "steepest_late", lambda e: gauge)
    monkeypatch.setattr(underway.Future, "of", lambda e: SimpleNamespace(ended=False))
    one, rule = np.ones(1), pg.GradientDescent(lr=0.1)
    e = Given(limit=2.0, gauge=0.0, optimizer=rule)
    e.local = SimpleNamespace(low=one, high=9 * one)
    assert ("leaves little room" in underway.why_slow(e, pg.Momentum())) != room


# ---- leaps ------------------------------------------------------------------------------------


def leap(flips=slice(-3, None), low=10):
    """The leaps of a descent whose gradient leaps up at update 60, once in |g| and in loss.

    `flips`: which of the sixty updates before it flipped.  `low`: so many updates before it the
    loss was lower, and only then.
    """
    t, at = np.arange(111), 60
    size = np.where(t == at, 10.0, np.where((t > at) & (t < 90), 3.0, 1.0))
    f = np.where(t == 0, 1001.0, np.where(t == at - low, 1.0, 3.0))
    flipped = np.zeros(110, dtype=bool)
    flipped[np.arange(at)[flips]] = True
    return leaps(size, f, flipped)


def test_half_of_the_last_six_updates_have_flipped():
    assert leap(slice(-6, -3))
    assert not leap(slice(-7, -4))


def test_the_loss_rises_above_what_it_was_ten_or_five_updates_before():
    assert [k for k in range(1, 25) if leap(low=k)] == [5, 10]


def test_the_reason_of_a_burst_is_looked_for_in_the_twenty_updates_before(monkeypatch):
    asked = []
    monkeypatch.setattr(events, "steepest", lambda e, stretch: asked.append(stretch) or 3.0)
    monkeypatch.setattr(events.fixes, "calmer", lambda e: ())
    monkeypatch.setattr(
        events.fixes, "finding", lambda e, label, text, measure, steps, *_, **__: (text(), steps)
    )
    calm = np.ones((100, 1))
    found = Given(limit=2.0, sharpness=calm, lr=calm, size=calm)
    found.leaps = ([Leap(60, 80, 9.0)],)
    assert events.tell_burst(found)[1] == (40, 80)
    assert asked == [slice(40, 61)]
