"""Heads: what the last layer's outputs mean, and what a wrong one costs.

A head is a mean over the n examples, so that neither the loss nor the gradient grows with n.
Outputs are ``(..., n, k)``, targets ``(n, k)``; every function keeps the precision of the outputs
and accepts complex ones.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

import numpy as np

from playground.networks.activations import logistic, softplus
from playground.types import Array, ArrayLike


class Head(ABC):
    """A loss on outputs, its gradient, the prediction and the error that people count."""

    def targets(self, targets: ArrayLike, k: int) -> Array:
        """Targets as an array ``(n, k)``."""
        rows: Array = np.asarray(targets, dtype=float)
        rows = rows.reshape(len(rows), -1)
        if rows.shape[1] != k:
            raise ValueError(f"{k} outputs need targets (n, {k}); got {rows.shape}.")
        return rows

    @abstractmethod
    def cost(self, outputs: Any, targets: Any) -> Any:
        """Cost of every example, ``(..., n)``."""

    @abstractmethod
    def predict(self, outputs: np.ndarray) -> np.ndarray:
        """What the network says, ``(..., n, k)``; minus the target, it is the cost's gradient."""

    @abstractmethod
    def wrong(self, outputs: Any, targets: Any) -> Any:
        """The error of every example that people count, ``(..., n)``."""


class Squared(Head):
    """½‖o − y‖²: regression.  The error is the squared distance."""

    def cost(self, outputs: Any, targets: Any) -> Any:
        difference = outputs - targets
        return (difference * difference).sum(axis=-1) / 2

    def predict(self, outputs: np.ndarray) -> np.ndarray:
        return outputs

    def wrong(self, outputs: Any, targets: Any) -> Any:
        return ((outputs - targets) ** 2).sum(axis=-1)


class Logistic(Head):
    """log(1 + eᵒ) − y o with y in {0, 1}: two classes.  The error is the wrong class."""

    def targets(self, targets: ArrayLike, k: int) -> Array:
        rows = super().targets(targets, k)
        if not np.isin(rows, (0, 1)).all():
            raise ValueError("the logistic loss needs targets 0 or 1.")
        return rows

    def cost(self, outputs: Any, targets: Any) -> Any:
        return (softplus(outputs) - targets * outputs).sum(axis=-1)

    def predict(self, outputs: np.ndarray) -> np.ndarray:
        return logistic(outputs)

    def wrong(self, outputs: Any, targets: Any) -> Any:
        return ((outputs > 0) != (targets > 0.5)).mean(axis=-1)


class Softmax(Head):
    """log Σ eᵒ − o_class: k classes, given as whole numbers (n,) or one-hot (n, k)."""

    def targets(self, targets: ArrayLike, k: int) -> Array:
        classes = np.asarray(targets)
        if classes.ndim == 1:
            if classes.dtype.kind not in "iu" or classes.min() < 0 or classes.max() >= k:
                raise ValueError(f"classes must be whole numbers from 0 to {k - 1}.")
            classes = np.eye(k)[classes]
        return super().targets(classes, k)

    def cost(self, outputs: Any, targets: Any) -> Any:
        top = outputs.real.max(axis=-1, keepdims=True)
        total = np.log(np.exp(outputs - top).sum(axis=-1)) + top[..., 0]
        return total - (targets * outputs).sum(axis=-1)

    def predict(self, outputs: np.ndarray) -> np.ndarray:
        e = np.exp(outputs - outputs.real.max(axis=-1, keepdims=True))
        return np.asarray(e / e.sum(axis=-1, keepdims=True))

    def wrong(self, outputs: Any, targets: Any) -> Any:
        return outputs.argmax(axis=-1) != targets.argmax(axis=-1)


HEADS: dict[str, Head] = {"logistic": Logistic(), "squared": Squared(), "softmax": Softmax()}
