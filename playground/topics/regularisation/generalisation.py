"""Fitting and over-fitting: bias and variance, early stopping, more data.

Source: Ng, Improving Deep Neural Networks, week 1; Hastie, Tibshirani & Friedman 2009, The
Elements of Statistical Learning, section 7.3.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from playground.language import mark
from playground.networks import MLP, Data, Training, train, training_moments
from playground.networks.activations import ReLU
from playground.networks.datasets import noisy_moons
from playground.networks.initialisations import He
from playground.networks.training import Moment
from playground.optimizers.adam import Adam

# ---- bias and variance ----------------------------------------------------------------------


class Judgement(NamedTuple):
    """What two errors say."""

    high_bias: bool
    high_variance: bool

    @property
    def label(self) -> str:
        return {
            (True, True): mark("high bias and variance"),
            (True, False): mark("high bias"),
            (False, True): mark("high variance"),
            (False, False): mark("fits"),
        }[self.high_bias, self.high_variance]


def judge(
    train_error: float, dev_error: float, base_error: float = 0.0, tolerance: float = 0.05
) -> Judgement:
    """Bias is the training error above the best possible one, variance what the dev error adds.

    Errors are shares of wrong answers.  15 % and 16 % is high bias if a person makes no mistakes,
    but not if nobody can do better than 15 %.
    """
    return Judgement(train_error - base_error > tolerance, dev_error - train_error > tolerance)


@dataclass(frozen=True, eq=False)
class Polynomials:
    """Polynomials of one degree fitted to many small samples of sin(πx) + noise."""

    degree: int
    grid: np.ndarray  # (g,)
    truth: np.ndarray  # (g,)
    fits: np.ndarray
    """Every fit on the grid, ``(repeats, g)``."""
    train_error: np.ndarray
    """Mean squared errors on the sample, ``(repeats,)``."""
    dev_error: np.ndarray
    """On fresh points with fresh noise, ``(repeats,)``; the median is fair, the mean is not."""

    @property
    def squared_bias(self) -> float:
        """(mean fit − truth)², averaged over the grid."""
        return float(np.mean((self.fits.mean(axis=0) - self.truth) ** 2))

    @property
    def variance(self) -> float:
        """Variance of the fits about their mean, averaged over the grid."""
        return float(self.fits.var(axis=0).mean())


def polynomials(
    degree: int,
    n: int = 25,
    noise: float = 0.3,
    ridge: float = 0.0,
    repeats: int = 200,
    seed: int = 0,
) -> Polynomials:
    """Least squares on n points even at random in [−1, 1], in Legendre polynomials.

    `ridge` = λ minimises Σ (y − p(x))² + λ Σ cₖ² over the coefficients.  In expectation the dev
    error is bias² + variance + noise², and the training error noise² (1 − (degree + 1)/n) once
    the bias is gone.
    """
    rng = np.random.default_rng(seed)
    grid, dev_x = np.linspace(-1, 1, 201), rng.uniform(-1, 1, 400)
    basis = np.polynomial.legendre.legvander
    on_grid, on_dev, dev_truth = basis(grid, degree), basis(dev_x, degree), np.sin(np.pi * dev_x)
    pull, still = np.sqrt(ridge) * np.eye(degree + 1), np.zeros(degree + 1)
    fits, errors = np.empty((repeats, len(grid))), np.empty((2, repeats))
    for k in range(repeats):
        x = rng.uniform(-1, 1, n)
        y = np.sin(np.pi * x) + noise * rng.standard_normal(n)
        a = basis(x, degree)
        c = np.linalg.lstsq(np.concatenate([a, pull]), np.concatenate([y, still]), rcond=None)[0]
        dev_y = dev_truth + noise * rng.standard_normal(len(dev_x))
        fits[k] = on_grid @ c
        errors[:, k] = np.mean((y - a @ c) ** 2), np.mean((dev_y - on_dev @ c) ** 2)
    return Polynomials(degree, grid, np.sin(np.pi * grid), fits, *errors)


# ---- early stopping -------------------------------------------------------------------------


class EarlyStop(NamedTuple):
    """Where a training should have stopped by its dev loss."""

    t: int
    p: np.ndarray  # (P,)
    dev_loss: float
    end_loss: float
    """The dev loss at the end."""
    dev_error: float
    end_error: float
    """Share of wrong answers: it often does *not* rise while the loss does."""


def stopping_point(training: Training) -> EarlyStop:
    """The remembered moment of lowest dev loss of one training."""
    k = int(np.argmin(training.dev_loss))
    return EarlyStop(
        int(training.t[k]),
        training.p[k],
        float(training.dev_loss[k]),
        float(training.dev_loss[-1]),
        float(training.dev_error[k]),
        float(training.dev_error[-1]),
    )


LEARNED, EVERY = 60, 5
"""Examples that are learnt by heart, and updates between two moments that are recorded."""


class Overfitting(NamedTuple):
    """A 2-width-width-1 ReLU network that learns a few noisy moons by heart, with Adam."""

    width: int = 128
    steps: int = 400
    seed: int = 0

    @property
    def net(self) -> MLP:
        return MLP((2, self.width, self.width, 1), ReLU())

    def moments(self) -> Iterator[Moment]:
        """The training, moment by moment."""
        return training_moments(self.net, *self._how[0], **self._how[1])

    def trained(self) -> Training:
        """The whole training at once."""
        return train(self.net, *self._how[0], **self._how[1])

    @property
    def _how(self) -> tuple[tuple[Data, Adam], dict[str, Any]]:
        data, dev = noisy_moons(LEARNED, self.seed)
        how = {"steps": self.steps, "dev": dev, "seed": self.seed, "every": EVERY}
        return (data, Adam(lr=0.003)), how | {"initialisation": He()}


# ---- more data ------------------------------------------------------------------------------


class Augmentation(NamedTuple):
    """Accuracy on fresh data, means over many samples."""

    plain: float
    mirrored: float
    """Every example also with x → −x, which keeps its class."""
    flipped: float
    """Every example also with y → −y, which does not: augmentation must keep the meaning."""


def arch(n: int, noise: float, seed: int) -> Data:
    """Two arches one above the other, y = ±½ − x² + noise: the same after x → −x, not y → −y."""
    rng = np.random.default_rng(seed)
    label, x = np.arange(n) % 2, rng.uniform(-1, 1, n)
    y = label - 0.5 - x * x + noise * rng.standard_normal(n)
    return Data(np.column_stack([x, y]), label)


def augmentation(
    n: int = 20, noise: float = 0.3, repeats: int = 300, seed: int = 0
) -> Augmentation:
    """Classify by the nearest neighbour among n examples, without and with reflected copies."""
    scores = np.empty((repeats, 3))
    for k in range(repeats):
        data, fresh = arch(n, noise, seed + 2 * k), arch(400, noise, seed + 2 * k + 1)
        for j, mirror in enumerate((None, (-1, 1), (1, -1))):
            more = (
                data
                if mirror is None
                else Data(
                    np.concatenate([data.inputs, data.inputs * mirror]), np.tile(data.targets, 2)
                )
            )
            scores[k, j] = np.mean(_nearest(more, fresh.inputs) == fresh.targets)
    return Augmentation(*scores.mean(axis=0).tolist())


def _nearest(data: Data, inputs: np.ndarray) -> np.ndarray:
    away = ((inputs[:, None] - data.inputs) ** 2).sum(axis=-1)
    return data.targets[away.argmin(axis=1)]
