"""Either side of the lines of runs that came back, rest by decay, linger, rise or return."""

from types import SimpleNamespace

import numpy as np
import pytest

from playground.diagnosis import balance, passing, rules, underway
from playground.diagnosis.future import Future
from playground.diagnosis.pace import Pace
from playground.diagnosis.place import Place
from playground.diagnosis.quantity import taken
from tests.support.given import GROUND, LOW, Given, local, nearest


def test_a_run_came_back_if_a_tenth_of_its_drop_is_left():
    given = Given(remaining=[0.09, 0.11], fall=1.0, end_outside=0)
    assert rules.came_back(given).tolist() == [True, False]
    assert not rules.came_back(Given(remaining=0.09, fall=1.0, end_outside=1)).any()


def test_newtons_step_leads_to_a_minimum_without_curvature_within_ten_of_it():
    level = GROUND._replace(level=np.array([True]))
    given = Given(ground=level, nearest=nearest([9.5, 10.5]), local=local(distance=1.0))
    assert Place.at_a_level_minimum.compute(given).tolist() == [True, False]


# ---- rest -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("strays", "stays"), [(0.19, True), (0.21, False)])
def test_rounding_stirs_a_rule_within_a_fifth_of_the_window(strays, stays):
    start = np.zeros((2, 1))
    given = Given(
        start=start,
        first_loss=1.0,
        low=0.0,
        pull=0.0,
        slope=lambda t: start,
        local_at=lambda p, g: taken(LOW, [0]),
        points=lambda: np.array([[[0.0], [strays], [0.0]], np.zeros((3, 1))]),
    )
    assert bool(balance._stays_in_the_pit(given).item()) == stays


def held(end=(3.0, 4.0), pull=0.5, moves=0.0):
    """Where decoupled decay has pulled by 10 · 0.1 · 0.5 · 5 = 2.5 in the last ten updates."""
    return Given(
        lr=np.full((100, 1), 0.1),
        pull=pull,
        decay=0.0,
        end=np.array(end)[:, None],
        moved=lambda late, early=0: np.array([moves]),
        amplitude=0.0,
        travelled=1.0,
        noise=0.0,
        nearest=nearest([1.0]),
        last_size=1.0,
    )


@pytest.mark.parametrize(("share", "holds"), [(0.0045, True), (0.0055, False)])
def test_decay_holds_what_moves_by_less_than_a_two_hundredth_of_its_pull(share, holds):
    assert bool(balance._balanced(held(moves=2.5 * share)).item()) == holds


@pytest.mark.parametrize(("share", "at_the_rim"), [(0.97, False), (0.99, True)])
def test_the_rim_of_decay_begins_two_hundredths_inside(monkeypatch, share, at_the_rim):
    monkeypatch.setattr(balance, "_strays", lambda e: 0.0)
    monkeypatch.setattr(balance, "_drifts_in", lambda e: False)
    told = balance.tell_held(held(end=(2.0 * share, 0.0))).sentence
    assert ("pulls every |xᵢ| to no more than" in told) == at_the_rim


# ---- carried on -------------------------------------------------------------------------------


@pytest.mark.parametrize(("last", "ended"), [(0.019, True), (0.021, False)])
def test_a_rate_is_at_its_end_at_a_fiftieth_of_its_highest(last, ended):
    rate, goes_on = np.array([[0.5], [1.0], [last]]), np.zeros(1, dtype=bool)
    assert Future(SimpleNamespace(n=3, lr=rate, goes_on=goes_on)).ended == ended


def risen(drops, drop=2.0, start=3.0):
    """A loss that rises by so many drops above its start, and comes back."""
    f = np.array([start, start + drops * drop, start - 0.5 * drop])[:, None]
    last = {"last_loss": f[-1], "flipping": 0.0}
    seen = {"loss": lambda stretch: f[stretch], "noise": 0.0}
    return Given(n=2, f=f, first_loss=start, tail=10, **last, **seen, fall=drop)


@pytest.mark.parametrize(("drops", "healthy"), [(4.9, True), (5.1, False)])
def test_what_rose_by_five_drops_is_not_called_healthy(drops, healthy):
    after = SimpleNamespace(goes_down=True, needed=1.0, left=1.0, for_good=1.0, rest=None)
    given = risen(drops)
    given.moved = lambda k: np.ones(1) * 0.1
    said = underway._healthy(given, after)
    assert said.endswith("healthy") == healthy


# ---- passing events ---------------------------------------------------------------------------


@pytest.mark.parametrize(("steps", "lingered"), [(49, False), (51, True)])
def test_what_lingers_spends_a_twentieth_of_its_steps_at_a_saddle(steps, lingered):
    x = np.ones((2, 1001, 1))
    x[:, 300 : 300 + steps + 1] = 0.0
    saddle = GROUND._replace(others=np.zeros((1, 2)))
    f = np.where(np.arange(1001) > 600, -1.0, 0.0)[:, None]
    here = {"points": lambda at=slice(None): x[:, at], "noise": 0.0, "last_loss": -1.0, "f": f}
    given = Given(n=1000, ground=saddle, **here)
    stay = passing._stay(given)
    assert (stay is not None) == lingered
    assert stay is None or (stay.first, stay.last) == (300, 300 + steps)


@pytest.mark.parametrize(("drops", "thrown"), [(0.95, False), (1.05, True)])
def test_what_rises_by_its_drop_is_thrown_up(drops, thrown):
    assert passing._thrown(risen(drops)) == thrown


def still(rises, **rates):
    """Four updates on level ground, of a rule without a limit."""
    flat = {"points": lambda at=slice(None): np.zeros((2, 5, 1))[:, at], "surface": lambda p: 0.0}
    given = Given(n=4, limit=np.inf, along=lambda *_: np.zeros(1), **flat, **rates)
    given.leads_up = np.zeros((4, 1), dtype=bool)
    given.sharpness, given.f = np.zeros((4, 1)), np.zeros((5, 1))
    given.f[1 + rises :] = 1.0
    return given


@pytest.mark.parametrize(("times", "raised"), [(1.9, False), (2.1, True)])
def test_a_schedule_has_raised_a_rate_that_doubles(times, raised):
    lr = np.array([1.0, times, 1.0, 1.0])[:, None]
    given = still(1, lr=lr, rates=lambda s: lr[s, None] * np.ones((1, 2, 1)))
    assert ("its schedule had raised the rate" in passing._why_up(given, 3)) == raised


@pytest.mark.parametrize(("times", "said"), [(1.9, False), (2.1, True)])
def test_first_steps_are_to_blame_that_are_twice_those_afterwards(times, said):
    rates = np.array([times, 1.0, 1.0, 1.0])[:, None, None] * np.ones((1, 2, 1))
    given = still(0, lr=np.ones((4, 1)), rates=lambda s: rates[s])
    given.adaptive = True
    assert ("the effective rate at step" in passing._why_up(given, 2)) == said


@pytest.mark.parametrize(
    ("low", "high", "returned"),
    [(0.45, 1.0, True), (0.55, 1.2, False), (0.3, 0.55, False), (0.3, 0.65, True)],
)
def test_a_rate_returns_that_had_halved_and_doubles(low, high, returned):
    lr = np.array([1.0] * 10 + [low] * 10 + [high] * 10)[:, None]
    f = np.where(np.arange(31) >= 21, 2.0, 1.0)[:, None]
    assert (passing._return(Given(n=30, lr=lr, f=f)) is not None) == returned


# ---- pace -------------------------------------------------------------------------------------


def swinging(reach=1.0, before=0.9, after=0.5, other=0.0, n=100, linear=True):
    """A mode that swings through the goal, `before` and `after` wide; the `other` stays off it."""
    t, late = np.arange(n + 1), np.arange(n // 2, n + 1)
    z = np.where(late < 3 * n // 4, before, after) * (-1.0) ** late
    return Given(
        n=n,
        linear=linear,
        travelled=1.0,
        middle=0.0,
        way_to_the_middle=[reach, reach],
        points=lambda stretch: np.array([t, 0 * t])[:, stretch, None] * [0.01, 0.01],
        modal=lambda stretch, middle: np.array([z, 0 * z + other])[..., None] + np.zeros(2),
    )


def test_a_swing_dies_out_if_it_is_seen_and_more_than_a_tremble_within_reach_of_the_goal():
    assert Pace._rings(swinging()).all()
    assert Pace._rings(swinging(after=0.011)).all()
    assert not Pace._rings(swinging(after=0.009)).any()
    strides = [Pace._rings(swinging(after=a, linear=False)).all() for a in (0.029, 0.031)]
    assert strides == [False, True]
    assert not Pace._rings(swinging(after=0.95)).any()
    assert Pace._rings(swinging(reach=1.4)).all()  # the run makes 0.01 a step, 1.0 in all
    assert not Pace._rings(swinging(reach=1.6)).any()


def test_what_only_trembles_on_a_longer_way_is_no_swing():
    assert Pace._rings(swinging(other=0.49)).all()
    assert not Pace._rings(swinging(other=0.51)).any()
