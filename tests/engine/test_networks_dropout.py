"""Dropout: what masks do in expectation, in depth and to a network that over-fits."""

import numpy as np
import pytest

import playground as pg
from playground.networks.activations import Identity, ReLU, Tanh
from playground.networks.dropout import (
    kept_units,
    mask,
    masks,
    moments,
    scaled_weights,
    through_depth,
)
from playground.networks.mlp import MLP
from playground.topics.dropout.training import debugging, overfit
from tests.engine.test_networks import by_torch


def test_a_mask_is_zero_or_one_over_p():
    drawn = mask((200, 500), 0.8, np.random.default_rng(0))
    assert set(np.unique(drawn)) == {0.0, 1.25}
    assert (drawn > 0).mean() == pytest.approx(0.8, abs=0.005)
    assert set(np.unique(mask((50, 50), 0.8, np.random.default_rng(0), inverted=False))) == {0, 1}


@pytest.mark.parametrize(("keep", "second"), [(0.5, 2.00), (0.8, 1.248), (0.9, 1.108)])
def test_inverted_dropout_keeps_the_mean_and_raises_the_second_moment(keep, second):
    inverted, plain = moments(keep), moments(keep, inverted=False)
    assert inverted.mean == pytest.approx(inverted.mean_theory, rel=0.01)
    assert inverted.second == pytest.approx(second, rel=0.01)
    assert inverted.second_theory == 1 / keep
    assert plain.mean == pytest.approx(keep, rel=0.01)
    assert plain.second == pytest.approx(keep, rel=0.01)


@pytest.mark.parametrize(("keep", "tenth"), [(0.5, 482), (0.8, 7.1), (0.9, 2.5)])
def test_ten_layers_multiply_the_second_moment_by_one_over_p_each(keep, tenth):
    depth = through_depth(keep)
    assert depth.ratio[0] == 1  # the first layer sees no mask
    assert depth.theory[-1] == pytest.approx((1 / keep) ** 9)
    assert depth.ratio[-1] == pytest.approx(tenth, rel=0.15)


def test_forty_of_fifty_units_are_an_expectation():
    kept = kept_units(50, 0.8)
    assert (kept.mean, kept.sd) == (40, pytest.approx(2.83, abs=0.002))
    assert kept.exactly == pytest.approx(0.139, abs=0.001)
    counts = (mask((20_000, 50), 0.8, np.random.default_rng(1)) > 0).sum(axis=1)
    assert counts.std() == pytest.approx(kept.sd, rel=0.02)
    assert (counts == 40).mean() == pytest.approx(kept.exactly, abs=0.01)


def test_a_loss_under_fixed_masks_is_that_of_pytorch():
    torch = pytest.importorskip("torch")
    rng = np.random.default_rng(0)
    mlp = MLP((3, 6, 5, 2), Tanh(), "softmax")
    drawn = masks(mlp, (0.9, 0.8, 0.5))(9, rng)
    assert [m.shape for m in drawn] == [(9, 3), (9, 6), (9, 5)]
    f = mlp.loss_on(rng.standard_normal((9, 3)), rng.integers(2, size=9), 0.1, drawn)
    p = mlp.init(seed=1)
    value, gradient = by_torch(torch, f, p)
    assert f(p) == pytest.approx(value, rel=1e-13)
    np.testing.assert_allclose(f.gradient(p), gradient, rtol=1e-10, atol=1e-15)


def test_weight_scaling_is_the_average_of_networks_where_everything_is_linear():
    mlp = MLP((4, 30, 1), Identity(), "squared")
    p, x = mlp.init(seed=0), np.random.default_rng(0).standard_normal((6, 4))
    draw, rng = masks(mlp, 0.5), np.random.default_rng(1)
    average = np.mean([mlp.forward(p, x, draw(6, rng)).outputs for _ in range(4000)], axis=0)[:, 0]
    spread = np.abs(mlp.predict(p, x)).max()
    np.testing.assert_allclose(average, mlp.predict(p, x), atol=0.05 * spread)


def test_plain_dropout_needs_its_weights_scaled_at_test_time():
    mlp = MLP((4, 40, 30, 1), Identity(), "squared")
    p, x = mlp.init(seed=0), np.random.default_rng(0).standard_normal((6, 4))
    draw, rng = masks(mlp, 0.5, inverted=False), np.random.default_rng(1)
    heard = np.mean([mlp.forward(p, x, draw(6, rng)).outputs for _ in range(4000)], axis=0)[:, 0]
    scaled, forgotten = mlp.predict(scaled_weights(mlp, p, 0.5), x), mlp.predict(p, x)
    np.testing.assert_allclose(heard, scaled, atol=0.06 * np.abs(scaled).max())
    np.testing.assert_allclose(forgotten, 4 * scaled, rtol=1e-12)  # two layers, 1/p each


def test_keeping_everything_draws_nothing():
    mlp = MLP((2, 8, 8, 1), ReLU())
    assert masks(mlp, 1.0)(5, np.random.default_rng(0)) == [None, None, None]
    assert masks(mlp, 0.8)(5, np.random.default_rng(0))[0] is None  # the data stay whole


def test_dropout_helps_a_network_that_learns_its_data_by_heart():
    plain, dropped = (overfit(keep, pg.Adam(lr=0.005), steps=500) for keep in (1.0, 0.5))
    assert plain.training.error[-1] == 0
    assert plain.training.dev_loss[-1] > 1.8 * plain.training.dev_loss.min()
    assert dropped.test["scaled"][0] < 0.75 * plain.test["scaled"][0]
    assert dropped.training.loss[-1] > plain.training.loss[-1]
    # Averaging beats the approximation, which beats one sub-network; loud weights are worst.
    losses = [dropped.test[name][0] for name in ("average", "scaled", "one mask", "forgotten")]
    assert losses == sorted(losses)
    assert 0 < dropped.apart < 0.05
    assert plain.apart < 1e-15


def test_without_masks_the_cost_falls_in_every_step():
    rises = debugging().rises
    assert rises[1.0] == 0
    assert 110 < rises[0.8] < 190
    assert 110 < rises[0.5] < 190


@pytest.mark.parametrize("keep", [0.0, -0.1, 1.1, float("nan")])
def test_an_impossible_share_is_refused(keep):
    with pytest.raises(ValueError, match="keep"):
        mask((2,), keep, np.random.default_rng(0))


def test_a_share_is_needed_for_every_layer():
    with pytest.raises(ValueError, match="2 shares"):
        masks(MLP((2, 3, 1)), (0.5,))
