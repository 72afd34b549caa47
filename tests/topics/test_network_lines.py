"""Either side of every line of a training's verdict, on signs that are given."""

from types import SimpleNamespace

import numpy as np
import pytest

from playground.topics.network import learning, lost
from playground.topics.network.signs import Signs


def given(quantity, **quantities):
    """A quantity of a training of which only some others are given."""
    return vars(Signs)[quantity].func(SimpleNamespace(**quantities))


def training(finite=101, steps=100, batch=0, lr=(1.0, 1.0), **more):
    settings = SimpleNamespace(batch=batch)
    return SimpleNamespace(finite=finite, steps=steps, settings=settings, lr=np.array(lr), **more)


def signs(**quantities):
    """Signs of a training without batches that reached its end; what is not given is not asked."""
    return SimpleNamespace(**{"trace": training(), **quantities})


LOSS = np.array([1.0, 0.2])  # of which more is left than counts as learnt
CALM = np.full(60, 1.9)
"""η·λ_max of sixty measurements."""


def gauge(begins=1.5, hovers=2.0, top=2.1, n=60):
    found = np.full(n, hovers)
    found[: n // 5], found[-1] = begins, top
    return found


CASES = {
    "DIVERGED": (
        lost.diverged,
        lambda end: {"f": np.array([1.0, end, end]), "fifth": 1},
        (1.99, False),
        (2.01, True),
    ),
    "FLAT": (
        lost.unmoved,
        lambda reach: {"reach": reach, "f": np.ones(2)},
        (0.019, True),
        (0.021, False),
    ),
    "ALIKE": (
        lost.units_alike,
        lambda spread: {"reach": 0.0, "difference": spread},
        (0.9e-9, True),
        (1.1e-9, False),
    ),
    "DEAD": (
        lost.units_dead,
        lambda dead: {"reach": 0.0, "dead": dead, "f": LOSS},
        (0.49, False),
        (0.51, True),
    ),
    "UNLEARNT": (
        lost.units_dead,
        lambda end: {"reach": 0.0, "dead": 1.0, "f": np.array([1.0, end])},
        (0.09, False),
        (0.11, True),
    ),
    "UNMOVED": (
        lost.unmoved,
        lambda end: {"reach": 0.0, "f": np.array([1.0, end])},
        (0.89, False),
        (0.91, True),
    ),
    "RATE_ALIVE": (
        learning.at_the_noise_floor,
        lambda lr: {"noise": 2.0, "fall": 0.0, "trace": training(batch=8, lr=(1.0, lr))},
        (0.049, False),
        (0.051, True),
    ),
    "NOISE": (
        learning.at_the_noise_floor,
        lambda noise: {"noise": noise, "fall": 0.0, "trace": training(batch=8)},
        (0.99, False),
        (1.01, True),
    ),
    "NOISE_FALL": (
        learning.at_the_noise_floor,
        lambda fall: {"noise": 2.0, "fall": fall, "trace": training(batch=8)},
        (0.09, True),
        (0.11, False),
    ),
    "GAUGES": (
        learning.at_the_edge,
        lambda n: {"quiet": 1.0, "gauge": gauge(n=n)},
        (19, False),
        (20, True),
    ),
    "EDGE_ALIVE": (
        learning.at_the_edge,
        lambda quiet: {"quiet": quiet, "gauge": gauge()},
        (0.9e-3, False),
        (1.1e-3, True),
    ),
    "EDGE_BEGINS": (
        learning.at_the_edge,
        lambda begins: {"quiet": 1.0, "gauge": gauge(begins=begins)},
        (1.79, True),
        (1.81, False),
    ),
    "EDGE_BELOW": (
        learning.at_the_edge,
        lambda hovers: {"quiet": 1.0, "gauge": gauge(hovers=hovers)},
        (1.84, False),
        (1.86, True),
    ),
    "EDGE_ABOVE": (
        learning.at_the_edge,
        lambda hovers: {"quiet": 1.0, "gauge": gauge(hovers=hovers)},
        (2.24, True),
        (2.26, False),
    ),
    "QUIET": (
        learning.at_rest,
        lambda quiet: {"quiet": quiet, "fall": 0.0},
        (0.009, True),
        (0.011, False),
    ),
    "REST_FALL": (
        learning.at_rest,
        lambda fall: {"quiet": 0.0, "fall": fall},
        (0.049, True),
        (0.051, False),
    ),
    "BENDS_DOWN": (
        learning.at_a_saddle,
        lambda low: {"quiet": 0.0, "fall": 0.0, "f": LOSS, "lowest_curvature": -low},
        (0.049, False),
        (0.051, True),
    ),
    "FLIPS": (
        learning.bounces,
        lambda flips: {"flips": flips, "quiet": 1.0, "fall": 0.0, "gauge": CALM},
        (0.59, False),
        (0.61, True),
    ),
    "STRONG": (
        learning.bounces,
        lambda quiet: {"flips": 1.0, "quiet": quiet, "fall": 0.0, "gauge": CALM},
        (0.09, False),
        (0.11, True),
    ),
    "SLOW": (
        learning.under_way,
        lambda halving: {"halving": halving, "last": 100},
        (299, True),
        (301, False),
    ),
    "BURST": (
        learning.leapt,
        lambda height: {"leap": (50, height), "f": LOSS, "fifth": 1},
        (4.9, False),
        (5.1, True),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_below_and_above_a_line_a_training_is_told_apart(name):
    rule, of, *sides = CASES[name]
    for value, holds in sides:
        assert bool(rule(signs(**of(value)))) == holds


@pytest.mark.parametrize(("length", "small"), [(0.49, True), (0.51, False)])
def test_weights_below_half_of_the_usual_pass_no_signal(monkeypatch, length, small):
    monkeypatch.setattr(lost, "_stands_flat", lambda s, why, change: why)
    monkeypatch.setattr(lost, "_initialisation", lambda s: None)
    assert ("too small" in lost.tell_unmoved(signs(weights=length))) == small


def test_the_end_is_the_last_fifth_and_the_beginning_the_first_tenth():
    assert given("fifth", f=np.ones(100)) == 20
    size = np.ones(100)
    size[9], size[10] = 4.0, 99.0  # the steepest of the first tenth is the last of it
    assert given("quiet", size=size, fifth=20) == 0.25


def leap(at=60, after=3.0, calm=10, rise=1.3, higher=None, n=200):
    """Whether it is a leap that the slope is ten times its usual size once, and the loss rises.

    `higher`: so many updates before it, without a rise, the slope was higher still.
    """
    t = np.arange(n)
    size = np.ones(n)
    size[at] = 10.0
    size[at + 1 : at + 1 + calm] = after
    size[at + 1 + calm :] = 6.0
    if higher:
        size[at - higher] = 11.0
    f = np.where((t >= at - 1) & (t <= at + 1), rise, 1.0)
    return given("leap", size=size, f=f)[0] == at


def test_a_leap_falls_back_below_a_third_of_its_peak_and_stays():
    assert leap()
    assert leap(after=3.4)
    assert not leap(after=3.6)
    assert not leap(calm=9)


def test_a_leap_raises_the_loss_by_a_fifth():
    assert leap(rise=1.21)
    assert not leap(rise=1.19)


def test_a_leap_is_the_highest_of_ten_updates_about_it_and_not_of_the_first_twenty():
    assert leap(at=20)
    assert not leap(at=19)
    assert leap(higher=11)
    assert not leap(higher=10)


def test_the_usual_size_is_the_median_of_fifty_updates_before():
    assert given("leap", size=peaked(74), f=risen())[1] == pytest.approx(10.0)
    assert given("leap", size=peaked(76), f=risen())[1] == pytest.approx(0.1)


def peaked(begin):
    size = np.ones(160)
    size[:begin] = 100.0
    size[100] = 10.0
    return size


def risen():
    return np.where(np.abs(np.arange(160) - 100) < 2, 2.0, 1.0)


def test_the_curvature_about_a_leap_is_that_of_twenty_updates_on_either_side():
    at = np.arange(0, 201)
    value = np.where(at < 82, 9.0, np.where(at < 119, 2.0, 1.0))  # 81 is 19 before 100
    trace = training(gauged=at, gauge=value)
    ask = Signs.gauge_about
    assert ask(SimpleNamespace(trace=trace), 100) == (9.0, 1.0)
    trace.gauge = np.where((at > 80) & (at <= 120), 2.0, np.where(at > 120, 1.0, 9.0))
    assert ask(SimpleNamespace(trace=trace), 100) == (2.0, 2.0)
