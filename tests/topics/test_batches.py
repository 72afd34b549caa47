"""Mini-batches: their noise, its floor, and which minimum it leaves."""

import numpy as np
import pytest

from playground.networks.linear import ORDERS, batches, sgd
from playground.topics.batches import experiment as b
from playground.topics.batches import wells as w


@pytest.fixture(scope="module")
def loss():
    return b.synthetic()


@pytest.mark.parametrize(
    ("batch", "variance"), [(1, 17.73), (4, 4.42), (16, 1.092), (64, 0.260), (256, 0.052)]
)
def test_variance_law(loss, batch, variance):
    cloud = b.cloud(loss, np.zeros(2), batch, draws=6000, seed=1)
    assert np.trace(cloud.theory) == pytest.approx(variance, rel=0.01)
    # examples have heavy tails, so a measured variance of single ones is good to a few percent
    assert np.trace(cloud.measured) == pytest.approx(variance, rel=0.06)
    np.testing.assert_allclose(cloud.gradients.mean(axis=0), loss.gradient(np.zeros(2)), atol=0.2)


def test_batches_without_replacement_know_that_the_set_is_finite(loss):
    everything = b.cloud(loss, np.zeros(2), 1024, draws=3)
    np.testing.assert_allclose(everything.gradients, everything.full[None].repeat(3, 0))
    assert np.trace(everything.theory) == 0
    again = b.cloud(loss, np.zeros(2), 256, draws=6000, replace=True)
    assert np.trace(again.theory) == pytest.approx(17.73 / 256, rel=0.01)
    assert np.trace(again.measured) == pytest.approx(17.73 / 256, rel=0.06)


def test_the_ellipse_holds_the_share_a_gaussian_has(loss):
    cloud = b.cloud(loss, np.zeros(2), 64, draws=4000)
    away = (cloud.gradients - cloud.full).T
    distance = np.sqrt((away * np.linalg.solve(cloud.theory, away)).sum(axis=0))
    assert np.mean(distance < 2) == pytest.approx(1 - np.exp(-2), abs=0.03)
    edge = cloud.ellipse(cloud.theory) - cloud.full[:, None]
    np.testing.assert_allclose((edge * np.linalg.solve(cloud.theory, edge)).sum(axis=0), 4)


@pytest.mark.parametrize(("batch", "epochs"), [(1, 0.04), (8, 0.29), (64, 2.3), (1024, 37)])
def test_all_batch_sizes_need_the_same_number_of_updates(loss, batch, epochs):
    runs = [sgd(loss, batch, seed=seed) for seed in range(5)]
    updates = np.median([run.updates_to(0.05) for run in runs])
    assert 33 <= updates <= 43
    assert updates * batch / 1024 == pytest.approx(epochs, rel=0.2)
    assert runs[0].epochs[-1] == 500 * batch / 1024


def test_the_noise_floor_is_solved_exactly(loss):
    for batch in (1, 8):
        run = sgd(loss, batch, updates=30_000, order="replacement", seed=2)
        assert run.floor(0.95) == pytest.approx(b.stationary_excess(loss, 0.05, batch), rel=0.1)
    g = loss.gradients(loss.optimum)
    first_order = 0.01 * np.trace(g.T @ g / len(g)) / 4 / 64
    assert b.stationary_excess(loss, 0.01, 64) == pytest.approx(first_order, rel=0.02)
    assert b.stationary_excess(loss, 0.9, 1) == np.inf


def test_a_single_example_can_diverge_where_all_together_converge(loss):
    run = sgd(loss, 1, lr=1.2, updates=400)
    assert not run.excess[-1] < run.excess[0]
    assert sgd(loss, 1024, lr=1.2, updates=400).excess[-1] < 1e-12


def test_reshuffling_lowers_the_floor(loss):
    floors = {
        order: np.mean([sgd(loss, 64, updates=3000, order=order, seed=s).floor() for s in range(3)])
        for order in ORDERS
    }
    assert floors["reshuffle"] == pytest.approx(2.0e-5, rel=0.25)
    assert floors["replacement"] == pytest.approx(8.5e-5, rel=0.25)
    assert floors["shuffle once"] < floors["replacement"] / 2
    single = sgd(loss, 1, updates=20_000).floor()
    assert single == pytest.approx(5.7e-3, rel=0.15)
    assert sgd(loss, 8, updates=20_000).floor() == pytest.approx(5e-4, rel=0.2)


def test_equal_updates_favour_large_batches_and_equal_examples_small_ones(loss):
    few = b.batch_sizes(loss, (8, 1024), epochs=1)
    assert few[0].excess[-1] < few[1].excess[-1] / 10
    assert [len(run.w) - 1 for run in few] == [128, 1]
    same = b.batch_sizes(loss, (8, 1024), updates=300)
    assert same[1].excess[-1] < same[0].excess[-1] / 10
    with pytest.raises(ValueError, match="not both"):
        b.batch_sizes(loss, (1,), updates=3, epochs=3)


@pytest.mark.parametrize("order", ORDERS)
def test_batches_are_what_their_order_says(order):
    draws = batches(10, 4, order, np.random.default_rng(0))
    epochs = [[next(draws) for _ in range(3)] for _ in range(2)]
    sizes = [len(part) for part in epochs[0]]
    if order == "replacement":
        assert sizes == [4, 4, 4]
        return
    assert sizes == [4, 4, 2]
    for epoch in epochs:
        assert sorted(np.concatenate(epoch)) == list(range(10))
    same = np.array_equal(np.concatenate(epochs[0]), np.concatenate(epochs[1]))
    assert same == (order == "shuffle once")


@pytest.mark.parametrize(("batch", "order"), [(0, "reshuffle"), (11, "reshuffle"), (2, "sorted")])
def test_wrong_batches_are_refused(batch, order):
    with pytest.raises(ValueError, match=r"batch has|order must"):
        next(batches(10, batch, order, np.random.default_rng(0)))


def test_real_flowers_show_the_same_law():
    loss = b.petals()
    cloud = b.cloud(loss, np.zeros(2), 10, draws=8000)
    assert np.trace(cloud.measured) == pytest.approx(np.trace(cloud.theory), rel=0.06)
    assert loss.optimum[0] == pytest.approx(0.987, abs=1e-3)  # petal length tells petal width
    assert loss.excess(sgd(loss, 10, updates=3000).w[-1]) < 5e-3


def test_the_cost_of_an_update_is_measured_for_every_size():
    costs = b.measure_cost((1, 64, 4096))
    assert [c.batch for c in costs] == [1, 64, 4096]
    assert all(c.epoch == pytest.approx(c.update * 4096 / c.batch) for c in costs)
    assert all(c.update > 0 for c in costs)


# ---- sharp and flat -------------------------------------------------------------------------


def test_the_sharp_well_is_deeper_and_noisier_and_worse_after_a_shift():
    wells = w.Wells()
    x = np.array([w.SHARP, w.FLAT])
    curvature = (wells.gradient(x + 1e-5) - wells.gradient(x - 1e-5)) / 2e-5
    np.testing.assert_allclose(curvature, [3.85, 0.65], rtol=1e-3)
    slope = (wells(x + 0.3 + 1e-6) - wells(x + 0.3 - 1e-6)) / 2e-6
    np.testing.assert_allclose(slope, wells.gradient(x + 0.3), rtol=1e-6)
    assert wells(w.SHARP) < wells(w.FLAT)
    assert wells(w.SHARP, moved=0.5) > wells(w.FLAT, moved=0.5)
    assert wells.noise(w.SHARP) == pytest.approx(3.85 * 0.18, rel=1e-3)
    assert wells.noise(w.FLAT) == pytest.approx(0.65 * 0.18, rel=1e-3)


def test_small_batches_leave_the_sharp_minimum_and_none_leaves_the_flat_one():
    wells = w.Wells()
    left = {batch: w.escape(wells, w.SHARP, batch).left for batch in (1, 2, 4)}
    assert left[1] == pytest.approx(1.00, abs=0.01)
    assert left[2] == pytest.approx(0.16, abs=0.06)
    assert left[4] == 0
    assert w.escape(wells, w.SHARP, 256, updates=200, runs=2).crossed == 0
    assert [w.escape(wells, w.FLAT, batch).crossed for batch in (1, 2)] == [0, 0]


def test_the_spread_in_the_flat_well_is_what_the_noise_sets():
    """Var x = η s²/(λ (2 − ηλ)), where the well is a parabola."""
    wells = w.Wells()
    x = w.escape(wells, w.FLAT, 1, updates=300, runs=4000).x
    theory = 0.45 * wells.noise(w.FLAT) ** 2 / (0.65 * (2 - 0.45 * 0.65))
    assert x.var() == pytest.approx(theory, rel=0.1)


def test_equal_noise_leaves_the_flat_minimum_sooner():
    """Where its barrier is lower: 1.8 above the flat bottom here, 3.3 above the sharp one."""
    wells = w.Wells(rise=1.5, n=32)
    sharp, flat = (
        w.escape_by_noise(wells, start, updates=1500, runs=100) for start in (w.SHARP, w.FLAT)
    )
    assert flat.crossed > sharp.crossed + 0.2
    assert w.escape(wells, w.SHARP, 1).left > 0.9 > w.escape(wells, w.FLAT, 1).left == 0
