"""The loss you choose: cross-entropy or squared error on one softmax, and how to code classes.

Source: Golik, Doetsch & Ney 2013, Interspeech; Bishop 2006, Pattern Recognition and Machine
Learning, section 4.1.3 (least squares for classification).
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

import numpy as np

from playground.language import mark, tr
from playground.networks import Data
from playground.networks.linear import LinearRegression
from playground.optimizers import Optimizer
from playground.simulation import simulate
from playground.simulation.ends import finish
from playground.surfaces import Surface
from playground.surfaces.classifier_losses import CrossEntropy, SquaredSoftmax

LOSSES: dict[str, Surface] = {
    mark("cross-entropy"): CrossEntropy(),
    mark("squared error"): SquaredSoftmax(),
}


def one_hot(labels: Any, classes: int) -> np.ndarray:
    """Row i has a 1 in column labels[i] and 0 elsewhere: labels ``(n,)`` → ``(n, k)``."""
    labels = np.asarray(labels)
    if labels.dtype.kind not in "iu" or np.any((labels < 0) | (labels >= classes)):
        raise ValueError(f"labels must be whole numbers from 0 to {classes - 1}.")
    return np.eye(classes)[labels]


def softmax(logits: Any) -> np.ndarray:
    """e^zⱼ / Σ e^zₖ along the first axis, ``(k, ...)``; the largest logit is subtracted first."""
    z = np.asarray(logits, dtype=float)
    e = np.exp(z - z.max(axis=0))
    return e / e.sum(axis=0)


def cross_entropy(logits: Any, label: int) -> Any:
    """−log p_label of logits ``(k, ...)``: log Σ e^zₖ − z_label, finite for any finite logits."""
    z = np.asarray(logits, dtype=float)
    return np.logaddexp.reduce(z - z[label], axis=0)


def squared_error(logits: Any, label: int) -> Any:
    """Σ (pₖ − yₖ)² of the softmax p of logits ``(k, ...)`` and the one-hot y."""
    p = softmax(logits)
    p[label] -= 1
    return (p * p).sum(axis=0)


@dataclass(frozen=True)
class Rescue:
    """One descent from wrong logits towards the right class."""

    loss: str
    start: tuple[float, float]
    gradient: float
    """Length of the gradient at the start."""
    steps: float
    """Updates until the right logit is the larger one; NaN if it never was."""
    end: tuple[float, float]
    """The logits then, or after all steps."""


def steps_to_right(
    start: tuple[float, float],
    optimizer: Optimizer,
    steps: int = 10_000,
    losses: dict[str, Surface] = LOSSES,
) -> list[Rescue]:
    """How long each loss takes from the logits (x of the right class, y of the wrong one).

    The slope of the cross-entropy is √2 (1 − p), largest where the answer is most wrong; that of
    the squared error is 4√2 p (1 − p)², which vanishes there as well.
    """
    ways = []
    for name, surface in losses.items():
        path = simulate(surface, optimizer, start, steps).x
        right = np.flatnonzero(path[:, 0] > path[:, 1])
        arrived = float(right[0]) if len(right) else np.nan
        gradient = float(np.linalg.norm(surface.gradient(path[0])))
        x, y = path[int(right[0]) if len(right) else -1].tolist()
        ways.append(Rescue(name, start, gradient, arrived, (x, y)))
    return ways


def rescue_time(surface: Surface, starts: Any, optimizer: Optimizer, steps: int = 10_000) -> Any:
    """Updates to the right class from logits (−a, a), for every a of `starts (n,)` at once."""
    a = np.asarray(starts, dtype=float)
    tie = float(surface(np.zeros(2)))  # both losses depend on x − y alone
    return finish(
        surface, optimizer, np.array([-a, a]), steps, target=np.nextafter(tie, -np.inf)
    ).steps


@dataclass(frozen=True)
class Coding:
    """How well least squares classifies under one way of writing down the classes."""

    name: str
    accuracy: float


def codings(train: Data, test: Data) -> list[Coding]:
    """One-hot against whole-number labels, for every numbering of the classes up to reversal.

    A linear model is fitted by least squares; the answer is the largest output (one-hot) or the
    nearest number.  Numbers claim that class 1 lies between 0 and 2: false for three clouds in a
    triangle, where one-hot wins, but true of the irises, whose species differ in size.  There
    numbers win, for least squares to one-hot targets masks a class that lies in the middle.
    """
    classes = int(train.targets.max()) + 1

    def fit(targets: np.ndarray) -> np.ndarray:
        features = LinearRegression.with_bias(train.inputs, targets).a
        weights = np.linalg.lstsq(features, targets, rcond=None)[0]
        return np.column_stack([test.inputs, np.ones(len(test.inputs))]) @ weights

    said = fit(one_hot(train.targets, classes)).argmax(axis=1)
    found = [Coding(tr("one-hot"), float(np.mean(said == test.targets)))]
    for order in itertools.permutations(range(classes)):
        if order[0] > order[-1]:
            continue  # counting backwards is the same model
        number = np.argsort(order)  # class → its number
        said = np.clip(np.rint(fit(number[train.targets].astype(float))), 0, classes - 1)
        accuracy = float(np.mean(said == number[test.targets]))
        found.append(Coding(tr("numbered {}", " < ".join(map(str, order))), accuracy))
    return found
