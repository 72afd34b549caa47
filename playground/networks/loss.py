"""The loss of a network as a function of its parameters: value, gradient, Hessian."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np

from playground.networks.layers import Layers, Masks, Network, Pass
from playground.types import Array

N = TypeVar("N", bound=Network)

BLOCK = 1 << 20
"""Numbers per layer that are held at once; more runs than that are taken in turns."""


@dataclass(frozen=True, eq=False)
class Loss(Generic[N]):
    """f(p) = mean cost over the examples + ½ λ Σ‖W‖², the surface an optimizer walks on.

    `weight_decay` is λ; biases are not decayed.  (Lecture notes that write λ/(2n) mean n times
    this λ.)  A λ of shape (R,) decays every run differently.  `masks` are fixed dropout factors.
    float32 parameters are computed in float32, complex ones in complex arithmetic.
    """

    mlp: N
    inputs: np.ndarray
    targets: np.ndarray
    weight_decay: Any = 0.0
    masks: Masks | None = None

    def __call__(self, p: Any) -> Any:
        """Losses ``(...)`` of the parameters ``p (P, ...)``."""
        return self._in_blocks(lambda q, decay: self._value(q, decay)[0], p)[()]

    def gradient(self, p: Any) -> np.ndarray:
        """Gradients ``(P, ...)`` by back-propagation."""
        return self._in_blocks(lambda q, decay: self._both(q, decay)[1], p)

    def value_and_gradient(self, p: Any) -> tuple[Any, np.ndarray]:
        """Loss ``(...)`` and gradient ``(P, ...)`` of parameters ``(P, ...)`` from one pass."""
        with np.errstate(all="ignore"):
            return self._both(np.asarray(p), self.weight_decay)

    def slope_and_error(self, p: Any) -> tuple[Any, np.ndarray, Any]:
        """The same and the error of people's counting, ``(...)``, from one pass."""
        with np.errstate(all="ignore"):
            p = np.asarray(p)
            value, seen = self._value(p, self.weight_decay)
            return value, self._back(p, self.weight_decay, seen), self._error(seen)

    def value_and_error(self, p: Any) -> tuple[Any, Any]:
        """Loss and error ``(...)`` of parameters ``(P, ...)`` from one pass."""

        def both(q: Any, decay: Any) -> np.ndarray:
            value, seen = self._value(q, decay)
            return np.stack([value, self._error(seen)])

        value, error = self._in_blocks(both, p)
        return value, error

    def hvp(self, p: Any, v: Any) -> np.ndarray:
        """Hessian times `v (P, ...)`, exact to round-off: ``Im ∇f(p + i h v)/h`` with h = 1e-20.

        The complex step: no difference of nearby numbers is taken, so h can be so small that the
        next term of the expansion is lost below round-off.  Source: Squire & Trapp 1998.
        """
        h = 1e-20
        return self.gradient(np.asarray(p) + 1j * h * np.asarray(v)).imag / h

    def hessian(self, p: Any) -> np.ndarray:
        """Hessians ``(P, P, ...)``: one Hessian-vector product a parameter, all at once."""
        point: Array = np.asarray(p, dtype=float)
        unit = np.eye(self.mlp.size).reshape(self.mlp.size, self.mlp.size, *[1] * (point.ndim - 1))
        columns = self.hvp(point[:, None], unit)
        return np.asarray(columns + np.swapaxes(columns, 0, 1)) / 2

    def _value(self, p: Any, decay: Any) -> tuple[Any, Pass]:
        seen = self.mlp.forward(p, self.inputs, self.masks)
        targets = self.targets.astype(p.real.dtype, copy=False)
        value = self.mlp.head.cost(seen.outputs, targets).mean(axis=-1)
        if np.any(decay):
            square = (_column(self.mlp.is_weight, p) * p * p).sum(axis=0)
            value = value + decay / 2 * square
        return value, seen

    def _error(self, seen: Pass) -> Any:
        return self.mlp.head.wrong(seen.outputs, self.targets).mean(axis=-1)

    def _both(self, p: Any, decay: Any) -> tuple[Any, np.ndarray]:
        value, seen = self._value(p, decay)
        return value, self._back(p, decay, seen)

    def _back(self, p: Any, decay: Any, seen: Pass) -> np.ndarray:
        """The gradient, from a pass whose arrays it reads and leaves as they are."""
        layers, phi = self.mlp.unpack(p), self.mlp.activation
        targets = self.targets.astype(p.real.dtype, copy=False)
        delta = (self.mlp.head.predict(seen.outputs) - targets) / len(targets)  # ∂f/∂z
        slopes: Layers = []
        for i in reversed(range(len(layers))):
            slopes.insert(0, (delta.swapaxes(-1, -2) @ seen.inputs[i], delta.sum(axis=-2)))
            if i == 0:
                break
            delta = delta @ layers[i][0]
            if self.masks is not None and self.masks[i] is not None:
                delta = delta * self.masks[i].astype(delta.real.dtype, copy=False)
            delta = delta * phi.slope(seen.z[i - 1], seen.a[i - 1])
        gradient = self.mlp.pack(slopes)
        if np.any(decay):
            gradient = gradient + decay * (_column(self.mlp.is_weight, p) * p)
        return gradient

    def _in_blocks(self, function: Callable[[Any, Any], Any], p: Any) -> np.ndarray:
        """`function` of p and λ, so many runs at a time that the layers fit into memory."""
        p = np.asarray(p)
        p = p if p.dtype.kind in "fc" else p.astype(float)
        each = max(1, BLOCK // (len(self.inputs) * max(self.mlp.sizes)))
        with np.errstate(all="ignore"):
            if p[:1].size <= each:
                return np.asarray(function(p, self.weight_decay))
            flat = p.reshape(len(p), -1)
            decay = np.broadcast_to(self.weight_decay, p.shape[1:]).reshape(-1)
            starts = range(0, flat.shape[1], each)
            parts = [function(flat[:, i : i + each], decay[i : i + each]) for i in starts]
        out = np.concatenate(parts, axis=-1)
        return out.reshape(*out.shape[:-1], *p.shape[1:])


def _column(values: np.ndarray, p: np.ndarray) -> np.ndarray:
    """`values (P,)` ready to multiply p (P, ...), in its precision."""
    return values.astype(p.real.dtype).reshape(-1, *[1] * (p.ndim - 1))
