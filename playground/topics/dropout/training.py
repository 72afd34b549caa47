"""Dropout while a small network over-fits: errors, averages of sub-networks, and debugging.

Source: Srivastava et al. 2014, JMLR 15:1929; Ng, Improving Deep Neural Networks, week 1.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from playground.networks.activations import ReLU, softplus
from playground.networks.datasets import noisy_moons
from playground.networks.dropout import masks, scaled_weights
from playground.networks.initialisations import He
from playground.networks.mlp import MLP
from playground.networks.training import Data, Moment, Training, training_moments
from playground.optimizers import Optimizer

NETWORKS = 50
"""Sub-networks whose answers are averaged."""


@dataclass(frozen=True, eq=False)
class DropoutTraining:
    """One training with dropout and what its network says at test time, by four recipes."""

    training: Training
    """Losses and errors without masks: `error`, `dev_error`, `loss`, `dev_loss` ``(K+1,)``; of the
    parameters the last."""
    test: dict[str, tuple[float, float]]
    """By recipe (loss, share of wrong classes) on fresh data: ``scaled`` is one pass of the whole
    network, ``average`` the mean of `NETWORKS` sub-networks, ``one mask`` a single sub-network, and
    ``forgotten`` what comes out if plain dropout's weights are not scaled."""
    fresh: Data
    """What it was tested on."""
    apart: float
    """Mean |p_scaled − p_average| over the test data: how good weight scaling approximates."""


def overfit(
    keep: float | Sequence[float],
    optimizer: Optimizer,
    *,
    n: int = 60,
    width: int = 64,
    steps: int = 1000,
    seed: int = 0,
    progress: Callable[[Moment], object] | None = None,
) -> DropoutTraining:
    """Train 2-width-width-1 with ReLU on n noisy moons, with dropout of the hidden layers.

    Without dropout the network learns the noise by heart: the training error reaches 0 and the
    test loss climbs.  1000 fresh points are the test data.  `keep` is one share for both hidden
    layers, or three: of the inputs and of each hidden layer.
    """
    mlp = MLP((2, width, width, 1), ReLU())
    data, test = noisy_moons(n, seed)
    shares = (1.0, keep, keep) if isinstance(keep, (int, float)) else tuple(keep)
    draw = None if min(shares) == 1 else masks(mlp, shares)
    moments, p = [], np.empty(0)
    for moment in training_moments(
        mlp, data, optimizer, steps=steps, seed=seed, initialisation=He(), masks=draw, dev=test
    ):
        moments.append(moment.light())
        p = moment.p
        if progress is not None:
            progress(moment)
    # Inverted dropout divided by `keep` while training; plain dropout's weights are therefore
    # larger by 1/keep, and unscaled they speak too loud.
    loud = scaled_weights(mlp, p, [1 / share for share in shares])
    said = {
        "scaled": mlp.forward(p, test.inputs).outputs[None],
        "average": _outputs(mlp, p, test, shares, NETWORKS, seed),
        "one mask": _outputs(mlp, p, test, shares, 1, seed),
        "forgotten": mlp.forward(loud, test.inputs).outputs[None],
    }
    logs = {name: _mean_log(outputs, test)[-1] for name, outputs in said.items()}
    right = {name: np.exp(log) for name, log in logs.items()}
    with np.errstate(over="ignore"):  # of a training that diverged the mean may be infinite
        losses = {name: float(-log.mean()) for name, log in logs.items()}
    return DropoutTraining(
        replace(Training.of(mlp, moments), p=p[None]),
        {name: (losses[name], float((q <= 0.5).mean())) for name, q in right.items()},
        test,
        float(np.abs(right["scaled"] - right["average"]).mean()),
    )


def _outputs(
    mlp: MLP, p: Any, data: Data, keep: Sequence[float], networks: int, seed: int
) -> np.ndarray:
    """Outputs ``(networks, n, 1)`` of sub-networks."""
    draw, rng = masks(mlp, keep), np.random.default_rng(seed)
    n = len(data.inputs)
    return np.stack([mlp.forward(p, data.inputs, draw(n, rng)).outputs for _ in range(networks)])


def _mean_log(outputs: np.ndarray, data: Data) -> np.ndarray:
    """log of the mean probability of the right class over the first 1 ... N networks, ``(N, n)``.

    In logarithms, since a sub-network that is sure and wrong gives it less than any number.
    """
    with np.errstate(all="ignore"):  # a training that diverged says nothing
        log = -softplus(-outputs[..., 0] * np.where(data.targets > 0.5, 1, -1))
        return np.logaddexp.accumulate(log) - np.log(np.arange(1, len(log) + 1))[:, None]


@dataclass(frozen=True, eq=False)
class Debugging:
    """The cost that a training sees, step by step."""

    cost: dict[float, np.ndarray]
    """By keep probability, the loss under that step's masks, ``(steps,)``."""

    @property
    def rises(self) -> dict[float, int]:
        """How many of the steps raised the cost."""
        return {keep: int((np.diff(cost) > 0).sum()) for keep, cost in self.cost.items()}


def debugging(
    keeps: tuple[float, ...] = (1.0, 0.8, 0.5),
    steps: int = 300,
    lr: float = 0.05,
    width: int = 64,
    seed: int = 0,
) -> Debugging:
    """With dropout the cost J jumps, so a bug is hard to see: set keep = 1 and J must fall.

    Gradient descent on all examples with a small step; only the masks change between steps.
    """
    mlp, data = MLP((2, width, width, 1), ReLU()), noisy_moons(60, seed)[0]
    return Debugging({keep: _cost(mlp, data, keep, steps, lr, seed) for keep in keeps})


def _cost(mlp: MLP, data: Data, keep: float, steps: int, lr: float, seed: int) -> np.ndarray:
    p: Any = mlp.init(He(), seed)
    rng, draw, cost = np.random.default_rng(seed), masks(mlp, keep), []
    for _ in range(steps):
        loss = mlp.loss_on(*data, masks=draw(len(data.inputs), rng))
        value, g = loss.value_and_gradient(p)
        p = p - lr * g
        cost.append(float(value))
    return np.array(cost)


@dataclass(frozen=True, eq=False)
class Average:
    """Test loss of the mean prediction of 1, 2, ... sub-networks."""

    networks: np.ndarray
    """1 ... N, ``(N,)``."""
    loss: np.ndarray
    """Of the mean prediction of so many, ``(N,)``."""
    scaled: float
    """Of the whole network, one pass: what weight scaling approximates the average by."""


def averaging(
    found: DropoutTraining, keep: Sequence[float], networks: int = NETWORKS, seed: int = 0
) -> Average:
    """How many sub-networks an average needs, on the fresh data of `overfit`."""
    mlp, p = found.training.mlp, found.training.end
    outputs = _outputs(mlp, p, found.fresh, keep, networks, seed)
    number = np.arange(1, networks + 1)
    with np.errstate(over="ignore"):
        loss = -_mean_log(outputs, found.fresh).mean(axis=1)
    return Average(number, loss, found.test["scaled"][0])
