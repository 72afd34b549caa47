"""Linear regression as a loss: the one learning problem of which everything is known exactly."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np


@dataclass(frozen=True, eq=False)
class LinearRegression:
    """f(w) = 1/(2n) Σᵢ (aᵢ·w − yᵢ)², a quadratic bowl with Hessian H = AᵀA/n.

    `a (n, P)` are the features of n examples (a column of ones is the bias), `y (n,)` the targets.
    Points are ``w (P, ...)``, as everywhere.
    """

    a: np.ndarray
    y: np.ndarray

    @classmethod
    def with_bias(cls, inputs: Any, targets: Any) -> LinearRegression:
        """The last of the P = d + 1 parameters multiplies 1."""
        return cls(np.column_stack([inputs, np.ones(len(inputs))]), np.asarray(targets))

    def __call__(self, w: Any) -> Any:
        """Losses ``(...)``."""
        return (self._residual(w) ** 2).mean(axis=0) / 2

    def gradient(self, w: Any) -> np.ndarray:
        """Gradients ``(P, ...)``."""
        return np.tensordot(self.a.T, self._residual(w), 1) / len(self.y)

    def hessian(self, w: Any = None) -> np.ndarray:
        """AᵀA/n ``(P, P)``, the same everywhere."""
        return self.a.T @ self.a / len(self.y)

    def gradients(self, w: Any) -> np.ndarray:
        """Gradient of every example's own loss at one point, ``(n, P)``; their mean is ∇f."""
        return self.a * self._residual(w)[:, None]

    @cached_property
    def optimum(self) -> np.ndarray:
        """The point of least loss, ``(P,)``."""
        return np.linalg.lstsq(self.a, self.y, rcond=None)[0]

    @cached_property
    def modes(self) -> tuple[np.ndarray, np.ndarray]:
        """Eigenvalues ``(P,)`` of the Hessian, ascending, and eigenvectors in columns ``(P, P)``.

        From the singular values of A, which keeps the small ones exact where κ is large.
        """
        _, s, v = np.linalg.svd(self.a, full_matrices=False)
        return s[::-1] ** 2 / len(self.y), v[::-1].T

    def excess(self, w: Any) -> Any:
        """How much the losses ``(...)`` lie above the least one: ½ Σ λᵢ (distance along vᵢ)²."""
        values, vectors = self.modes
        away = w - self.optimum.reshape(-1, *[1] * (np.ndim(w) - 1))
        return np.tensordot(values, np.tensordot(vectors.T, away, 1) ** 2, 1) / 2

    @property
    def kappa(self) -> float:
        """Condition number λ_max/λ_min."""
        values, _ = self.modes
        return float(values[-1] / values[0])

    @property
    def largest_lr(self) -> float:
        """Gradient descent diverges above 2/λ_max."""
        return float(2 / self.modes[0][-1])

    @property
    def best_lr(self) -> float:
        """2/(λ_min + λ_max): both ends of the spectrum shrink by (κ − 1)/(κ + 1) a step."""
        values, _ = self.modes
        return float(2 / (values[0] + values[-1]))

    def _residual(self, w: Any) -> np.ndarray:
        return np.tensordot(self.a, w, 1) - self.y.reshape(-1, *[1] * (np.ndim(w) - 1))
