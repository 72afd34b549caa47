"""Fitting and over-fitting: bias and variance, early stopping, more data, honest test sets.

Source: Ng, Improving Deep Neural Networks, week 1; Hastie, Tibshirani & Friedman 2009, The
Elements of Statistical Learning, section 7.3.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from playground.networks import MLP, Data, Training, train
from playground.networks.activations import ReLU
from playground.networks.datasets import moons
from playground.networks.initialisations import He
from playground.optimizers.adam import Adam

# ---- bias and variance ----------------------------------------------------------------------


class Judgement(NamedTuple):
    """What two errors say, and what helps."""

    high_bias: bool
    high_variance: bool
    sentence: str


def judge(
    train_error: float, dev_error: float, base_error: float = 0.0, tolerance: float = 0.05
) -> Judgement:
    """Bias is the training error above the best possible one, variance what the dev error adds.

    Errors are shares of wrong answers.  15 % and 16 % is high bias if a person makes no mistakes,
    but not if nobody can do better than 15 %.
    """
    bias, variance = train_error - base_error > tolerance, dev_error - train_error > tolerance
    advice = {
        (True, True): "High bias and high variance: a larger network first, then more data.",
        (True, False): "High bias: a larger network or a longer training; more data will not help.",
        (False, True): "High variance: more data, regularisation or a better suited network.",
        (False, False): "Neither: the model fits and carries over.",
    }
    return Judgement(bias, variance, advice[bias, variance])


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
    fits, errors = np.empty((repeats, len(grid))), np.empty((2, repeats))
    for k in range(repeats):
        x = rng.uniform(-1, 1, n)
        y = np.sin(np.pi * x) + noise * rng.standard_normal(n)
        a = basis(x, degree)
        rows = np.concatenate([a, np.sqrt(ridge) * np.eye(degree + 1)])
        c = np.linalg.lstsq(rows, np.concatenate([y, np.zeros(degree + 1)]), rcond=None)[0]
        dev_y = np.sin(np.pi * dev_x) + noise * rng.standard_normal(len(dev_x))
        fits[k] = basis(grid, degree) @ c
        errors[:, k] = np.mean((y - a @ c) ** 2), np.mean((dev_y - basis(dev_x, degree) @ c) ** 2)
    return Polynomials(degree, grid, np.sin(np.pi * grid), fits, *errors)


# ---- early stopping and weight decay on a network -------------------------------------------


class Stop(NamedTuple):
    """Where a training should have stopped by its dev loss."""

    t: int
    p: np.ndarray  # (P,)
    dev_loss: float
    end_loss: float
    """The dev loss at the end."""
    dev_error: float
    end_error: float
    """Share of wrong answers: it often does *not* rise while the loss does."""


def stopping_point(training: Training) -> Stop:
    """The remembered moment of lowest dev loss of one training."""
    k = int(np.argmin(training.dev_loss))
    return Stop(
        int(training.t[k]),
        training.p[k],
        float(training.dev_loss[k]),
        float(training.dev_loss[-1]),
        float(training.dev_error[k]),
        float(training.dev_error[-1]),
    )


def overfitted(
    n: int = 60,
    width: int = 128,
    steps: int = 400,
    noise: float = 0.35,
    lr: float = 0.003,
    seed: int = 0,
) -> Training:
    """A 2-width-width-1 ReLU network that learns n noisy moons by heart, with 1000 dev points."""
    net = MLP((2, width, width, 1), ReLU())
    data, dev = moons(n, noise, seed), moons(1000, noise, seed + 10_000)
    return train(
        net, data, Adam(lr=lr), steps=steps, dev=dev, initialisation=He(), seed=seed, every=5
    )


@dataclass(frozen=True, eq=False)
class DecayTable:
    """The same over-fitted network under several penalties, averaged over seeds."""

    penalties: np.ndarray
    """λ of J = loss + λ/(2m) Σ‖W‖², ``(k,)``."""
    accuracy: np.ndarray  # (seeds, k): on fresh data
    loss: np.ndarray  # (seeds, k): mean negative log-likelihood on fresh data
    squared_norm: np.ndarray  # (seeds, k): Σ‖W‖²


def decay_table(
    penalties: tuple[float, ...] = (0.0, 0.01, 0.1, 1.0, 3.0, 10.0),
    n: int = 60,
    width: int = 64,
    steps: int = 800,
    noise: float = 0.35,
    seeds: int = 5,
) -> Iterator[DecayTable]:
    """Train all penalties at once; yields the table after every seed, so a page can stop it."""
    net, k = MLP((2, width, width, 1), ReLU()), len(penalties)
    found: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
    for seed in range(seeds):
        data, dev = moons(n, noise, seed), moons(1000, noise, seed + 10_000)
        start = np.repeat(net.init(He(), seed)[:, None], k, axis=1)
        strength = np.asarray(penalties) / n
        run = train(
            net,
            data,
            Adam(lr=0.003),
            steps=steps,
            dev=dev,
            start=start,
            weight_decay=strength,
            every=steps,
        )
        norm = (net.is_weight[:, None] * run.end**2).sum(axis=0)
        found.append((1 - run.dev_error[-1], run.dev_loss[-1], norm))
        yield DecayTable(np.asarray(penalties), *map(np.array, zip(*found, strict=True)))


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


# ---- how large a dev set --------------------------------------------------------------------


def standard_error(error: float, n: int) -> float:
    """Standard deviation √(p(1 − p)/n) of an error rate measured on n examples."""
    return float(np.sqrt(error * (1 - error) / n))


def selection_optimism(
    n: int, models: int = 100, error: float = 0.1, repeats: int = 2000, seed: int = 0
) -> float:
    """How much too good the best of equal models looks on the dev set that chose it.

    All models truly err at the same rate; the best of them was lucky, by about √(2 ln models)
    standard errors.  A test set that chose nothing shows the true rate.
    """
    wrong = np.random.default_rng(seed).binomial(n, error, size=(repeats, models))
    return float(error - wrong.min(axis=1).mean() / n)
