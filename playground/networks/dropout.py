"""Dropout: masks, what they do to mean and second moment, and what is done at test time.

Each unit is kept with probability p.  *Inverted* dropout divides what is kept by p, so that the
expected signal is the same with and without masks and nothing has to be done at test time; *plain*
dropout does not, and the weights must be multiplied by p at test time.
Source: Srivastava et al. 2014, JMLR 15:1929; Ng, Improving Deep Neural Networks, week 1.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from playground.giving_way import give_way, giving_way
from playground.networks.activations import ReLU
from playground.networks.initialisations import He
from playground.networks.mlp import MLP


def mask(
    shape: tuple[int, ...], keep: float, rng: np.random.Generator, inverted: bool = True
) -> np.ndarray:
    """Factors of the given shape: 0 with probability 1 − keep, else 1/keep (1 if not inverted).

    Raises `ValueError` for a keep probability outside (0, 1].
    """
    if not 0 < keep <= 1:
        raise ValueError(f"keep must be above 0 and at most 1; got {keep!r}.")
    kept = rng.random(shape) < keep
    return kept / keep if inverted else kept.astype(float)


def masks(
    mlp: MLP, keep: float | Sequence[float], inverted: bool = True
) -> Callable[[int, np.random.Generator], list[Any]]:
    """A function ``(n, rng) -> masks`` for losses and trainings: a mask per example and unit.

    One number keeps that share in every hidden layer and the whole input; a sequence says it for
    the input and every hidden layer.  1 draws no mask.
    """
    shares = _shares(mlp, keep)

    def draw(n: int, rng: np.random.Generator) -> list[Any]:
        pairs = zip(mlp.sizes, shares, strict=False)
        return [None if p == 1 else mask((n, size), p, rng, inverted) for size, p in pairs]

    return draw


def _shares(mlp: MLP, keep: float | Sequence[float]) -> list[float]:
    """The share that is kept of the input of every layer."""
    layers = len(mlp.sizes) - 1
    shares = [1.0, *[keep] * (layers - 1)] if isinstance(keep, (int, float)) else list(keep)
    if len(shares) != layers:
        raise ValueError(f"keep needs {layers} shares, the input's first; got {len(shares)}.")
    return shares


@dataclass(frozen=True)
class Moments:
    """Mean and second moment of masked activations, divided by those of the same without mask."""

    mean: float
    second: float
    mean_theory: float
    second_theory: float


def moments(keep: float, inverted: bool = True, draws: int = 400_000, seed: int = 0) -> Moments:
    """What one mask does to activations φ = max(ξ, 0), measured over `draws` of them.

    Inverted: mean × 1, second moment × 1/p.  Plain: both × p.
    """
    give_way()
    rng = np.random.default_rng(seed)
    a = np.maximum(rng.standard_normal(draws), 0)
    masked = a * mask(a.shape, keep, rng, inverted)
    mean, second = masked.mean() / a.mean(), (masked**2).mean() / (a**2).mean()
    theory = (1.0, 1 / keep) if inverted else (keep, keep)
    return Moments(float(mean), float(second), *theory)


@dataclass(frozen=True, eq=False)
class Depth:
    """Mean square of the pre-activations with masks over that without, layer by layer."""

    ratio: np.ndarray
    """Measured in layers 1 ... L, ``(L,)``."""
    theory: np.ndarray
    """Inverted p^−(l−1), plain p^(l−1): the first layer sees no mask."""


def through_depth(
    keep: float,
    layers: int = 10,
    width: int = 512,
    samples: int = 512,
    seed: int = 0,
    inverted: bool = True,
) -> Depth:
    """Dropout after every layer of a ReLU network with He's initialisation, train against test.

    Each layer passes second moments on, and each mask multiplies them by 1/p, so the training
    signal outgrows the test signal like p^−l although their means agree.
    """
    rng = np.random.default_rng(seed)
    train = test = rng.standard_normal((samples, width))
    ratio = []
    for _ in giving_way(range(layers)):
        w = He().weights(width, width, rng)
        z_train, z_test = train @ w.T, test @ w.T
        ratio.append((z_train**2).mean() / (z_test**2).mean())
        test = ReLU()(z_test)
        train = ReLU()(z_train) * mask(z_train.shape, keep, rng, inverted)
    rate = 1 / keep if inverted else keep
    return Depth(np.array(ratio), rate ** np.arange(layers))


def scaled_weights(mlp: MLP, p: Any, keep: float | Sequence[float]) -> np.ndarray:
    """Parameters ``(P, ...)`` for test time after *plain* dropout: each weight times its input's p.

    Leaving this out is the classic bug: every layer then hears 1/p times as much as in training.
    """
    layers = zip(mlp.unpack(p), _shares(mlp, keep), strict=True)
    return mlp.pack([(w * share, b) for (w, b), share in layers])


@dataclass(frozen=True, eq=False)
class KeptUnits:
    """How many of n units a mask keeps: a binomial number, not always n p."""

    mean: float
    sd: float
    exactly: float
    """Probability that it is the nearest whole number to the mean."""
    k: np.ndarray
    """0 ... n."""
    probability: np.ndarray
    """Of keeping k units, ``(n+1,)``."""


def kept_units(n: int = 50, keep: float = 0.8) -> KeptUnits:
    """Mean n p, deviation √(n p (1 − p)); 50 units at 0.8: 40 ± 2.83, exactly 40 in 14 %."""
    from scipy.stats import binom

    k = np.arange(n + 1)
    probability = binom.pmf(k, n, keep)
    mean = n * keep
    sd = float(np.sqrt(n * keep * (1 - keep)))
    return KeptUnits(mean, sd, float(probability[round(mean)]), k, probability)
