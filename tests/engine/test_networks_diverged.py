"""Of parameters that a training has blown up, a network says inf and nan, and warns of nothing."""

import numpy as np
import pytest

import playground as pg
from playground.networks import MLP
from playground.networks.heads import HEADS
from playground.networks.linear import LinearRegression, sgd

INPUTS = np.random.default_rng(0).normal(size=(6, 2))
BLOWN = (1e308, -1e308, np.inf, np.nan)


@pytest.mark.parametrize("activation", pg.Activation.all.values(), ids=pg.Activation.all)
@pytest.mark.parametrize("loss", HEADS)
def test_it_warns_of_nothing(activation, loss):
    outputs = 3 if loss == "softmax" else 1
    mlp = MLP((2, 4, outputs), activation(), loss)
    targets = np.arange(6) % 2 if outputs == 1 else np.arange(6) % outputs
    asked = mlp.loss_on(INPUTS, targets, 0.1)
    for value in BLOWN:
        p = np.full(mlp.size, value)
        p[::2] = 1e200
        assert len(mlp.forward(p, INPUTS).outputs) == len(mlp.predict(p, INPUTS)) == 6
        assert mlp.error(p, INPUTS, targets).shape == ()
        assert not np.isfinite(asked(p))
        assert asked.gradient(p).shape == p.shape
        assert len(asked.value_and_gradient(p)) == len(asked.value_and_error(p)) == 2
        assert len(asked.slope_and_error(p)) == 3


@pytest.mark.parametrize("lr", [1e3, 1e100, 1e308])
def test_a_descent_that_leaves_has_no_floor_and_warns_of_nothing(lr):
    loss = LinearRegression(INPUTS, INPUTS[:, 0])
    for updates in range(20, 120, 7):  # some end where only the sum is too large for a number
        run = sgd(loss, 2, lr, updates=updates)
        assert not run.floor() < 1e10
