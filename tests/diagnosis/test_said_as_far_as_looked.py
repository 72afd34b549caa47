"""What is said of bounces, bursts and the way left, as far as the run carried on shows it."""

import re
from itertools import islice

import numpy as np
import pytest

import playground as pg
from playground.diagnosis import diagnose, leaps, lines
from playground.diagnosis.future import Future
from tests.oracles.truth.drawn import settings
from tests.support.part import some
from tests.support.told import seen, told


def drawn(seed, count=4):
    return islice(settings(7000 + seed), count)


# ---- bounces ------------------------------------------------------------------------------------


def test_a_bounce_with_inertia_shrinks_by_the_modulus_of_its_roots():
    """The roots of z² − (1 + μ − ηλ)z + μ are complex: of modulus √μ."""
    run = pg.simulate(pg.Quadratic(), pg.Momentum(lr=1.5), (-100.0, 2.0), 40)
    shrinks = float(re.search(r"shrinks by ([\d.]+) % per step on average", told(run))[1])
    assert shrinks == pytest.approx(100 * (1 - 0.9**0.5), rel=5e-3)
    steep = np.abs(pg.simulate(pg.Quadratic(), pg.Momentum(lr=1.5), (0, 2), 400).x[:, 1])
    rate = np.log(steep[390:].max() / steep[:10].max()) / 390
    assert shrinks == pytest.approx(100 * (1 - np.exp(rate)), rel=0.02)


def test_a_cycle_of_two_does_not_converge():
    run = pg.simulate(pg.SixHumpCamel(), pg.GradientDescent(lr=0.142), (-0.591, 0.983), 20)
    later = pg.simulate(pg.SixHumpCamel(), pg.GradientDescent(lr=0.142), (-0.591, 0.983), 2020)
    assert np.ptp(later.x[-10:, 1]) > 0.2
    assert "converging" not in told(run)


@pytest.mark.parametrize("seed", some(range(40), of=4))
def test_what_converges_is_half_as_wide_when_it_is_carried_on(seed):
    for setting in drawn(seed):
        if "converging oscillation" in told(setting.run):
            e = seen(setting.run)
            late = setting.longer(e.n + lines.LOOK_AHEAD).x[-e.tail :]
            assert np.hypot(*(late - late.mean(axis=0)).T).max() <= e.amplitude.item() / 2


def test_what_neither_rises_nor_falls_is_not_said_to_be_lower_each_time():
    run = pg.simulate(
        pg.Formula("log(cosh(0.892*x)) + 0.1*y**2"), pg.GradientDescent(lr=3.45), (0.883, 1.72), 150
    )
    np.testing.assert_array_equal(run.f[-20:-1], run.f[-19:])
    assert "lower" not in diagnose(run).findings[0].story


def test_a_circle_that_narrows_later_is_not_said_to_widen():
    run = pg.simulate(
        pg.Bowl(),
        pg.RMSProp(lr=0.0892, alpha=0.9, weight_decay=1.0),
        *((2.35, 0.915), 200, pg.Noam(warmup=100)),
    )
    assert "keeps moving about" in told(run)
    assert Future.of(seen(run)).width < seen(run).amplitude.item()
    assert "wider" not in told(run)


# ---- bursts -------------------------------------------------------------------------------------


def test_a_slope_that_flips_between_two_sizes_does_not_burst():
    run = pg.simulate(pg.Booth(), pg.Lion(lr=3.37), (1.0, 3.0), 800)
    assert "burst" not in diagnose(run).labels


@pytest.mark.parametrize(("before", "quiet"), [(1.0, True), (10.0, True), (0.0, False)])
def test_a_burst_comes_out_of_a_slope_that_was_quiet(before, quiet):
    """Flat or fallen to its size, not grown to it at every step since the start."""
    size = np.ones(120)
    size[:20] = before if before else 1e-9
    if not before:
        size[:60] = np.geomspace(1e-9, 1, 60)
    size[60:64] = [3, 10, 30, 3]
    flips, f = np.ones(119, dtype=bool), size.copy()
    assert bool(leaps.leaps(size, f, flips)) == quiet


@pytest.mark.parametrize("seed", some(range(40), of=4))
def test_steeper_ground_that_is_blamed_for_a_burst_is_steeper(seed):
    for setting in drawn(seed):
        for finding in diagnose(setting.run).findings:
            if finding.label != "burst" or not setting.run.surface.quadratic:
                continue
            assert "steeper ground" not in finding.sentence
            if not seen(setting.run).adaptive and setting.run.schedule == pg.Constant():
                assert "had risen" not in finding.sentence


# ---- what is left -------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", some(range(40), of=4))
def test_what_is_left_of_the_way_to_a_known_minimum_is_the_distance_to_it(seed):
    for setting in drawn(seed):
        run, minima = setting.run, setting.run.surface.minima()
        said = re.search(r"arrived at the lowest minimum: (\S+) is left", told(run))
        if not said or run.optimizer.coupled_decay or seen(run).ground.floor:
            continue
        away = min(np.hypot(*(run.x[-1] - q)) for q in minima)
        assert float(
            said[1].replace("·10", "e").translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789"))
        ) == (pytest.approx(away, rel=6e-3))


def test_with_decay_what_is_left_is_the_way_to_where_it_goes():
    run = pg.simulate(
        pg.RotatedSaddle(), pg.Adam(lr=0.00456, beta1=0.5, weight_decay=0.01), (2.92, 3.18), 500
    )
    later = pg.simulate(
        pg.RotatedSaddle(), pg.Adam(lr=0.00456, beta1=0.5, weight_decay=0.01), (2.92, 3.18), 3500
    )
    left = Future.of(seen(run)).left
    assert left == pytest.approx(np.hypot(*(later.x[-1] - run.x[-1])), rel=0.02)


@pytest.mark.parametrize("start", [(7.03, 12.0), (-10.4, -5.09), (-1.49, 3.06), (0.5, 0.5)])
def test_far_from_a_floor_what_is_left_is_the_way_to_its_nearest_point(start):
    """Of xy = 1, outside the window as well."""
    run = pg.simulate(pg.Product(), pg.Adam(lr=0.0333), start, 4)
    x = np.geomspace(1e-3, 1e3, 2_000_001)
    away = min(np.hypot(*(np.array([s * x, s / x]) - run.x[-1][:, None])).min() for s in (1, -1))
    assert Future.of(seen(run)).left == pytest.approx(away, rel=1e-5)


@pytest.mark.parametrize("seed", some(range(60), of=5))
def test_what_keeps_within_a_distance_does_so_as_long_as_is_said(seed):
    for setting in drawn(seed):
        said = re.search(r"keep within (\d\S*) in the last 750 of 3000 steps", told(setting.run))
        if said:
            after = Future.of(seen(setting.run))
            x = setting.longer(seen(setting.run).n + lines.LOOK_AHEAD).x[-750:]
            assert np.hypot(*(x - after.rest).T).max() == pytest.approx(float(said[1]), rel=6e-3)
