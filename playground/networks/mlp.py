"""A fully connected network as a function of all its parameters: a surface one cannot see.

>>> from playground.networks.datasets import moons
>>> net = MLP((2, 16, 16, 1), Tanh(), "logistic")
>>> loss = net.loss_on(*moons(100))  # inputs (100, 2), targets (100,)
>>> p = net.init(Xavier(), seed=0)
>>> g = loss.gradient(p)
>>> p.shape, g.shape, loss.hvp(p, g).shape, bool(loss(p - 0.1 * g) < loss(p))
((337,), (337,), (337,), True)

Parameters come first, runs after, as everywhere: p (P,) is one network, p (P, R) are R of them.
Matrices lead with the runs, W (R, n_out, n_in), because that is what a batched product wants.
BLAS sums a product in an order that depends on the shapes and the processor, so R runs at once
agree with R single ones to rounding, not to the bit as the descents of `simulate` do.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from playground.giving_way import give_way
from playground.networks.activations import Activation, Tanh
from playground.networks.heads import HEADS, Head
from playground.networks.initialisations import Initialisation, Xavier
from playground.networks.layers import Layers, Masks, Pass
from playground.networks.loss import Loss


@dataclass(frozen=True)
class MLP:
    """z₁ = W₁x + b₁, a = φ(z), z₂ = W₂a + b₂, ...: linear layers with an activation between.

    `sizes` are the numbers of inputs, hidden units and outputs; `loss` is ``logistic`` (two
    classes, one output), ``softmax`` (k classes) or ``squared`` (½‖o − y‖²), each a mean over the
    examples.  Parameters lie in p as W₁ row by row, b₁, W₂, b₂, ... (PyTorch's order).

    Raises `ValueError` for fewer than two sizes, sizes below 1 and an unknown loss.
    """

    sizes: tuple[int, ...] = (2, 16, 16, 1)
    activation: Activation = Tanh()
    loss: str = "logistic"

    def __post_init__(self) -> None:
        sizes = tuple(int(n) for n in self.sizes)
        if len(sizes) < 2 or min(sizes) < 1 or sizes != tuple(self.sizes):
            raise ValueError(f"sizes must be at least two whole numbers above 0; got {self.sizes}.")
        if self.loss not in HEADS:
            raise ValueError(f"loss must be one of {', '.join(HEADS)}; got {self.loss!r}.")
        object.__setattr__(self, "sizes", sizes)

    @property
    def head(self) -> Head:
        return HEADS[self.loss]

    @cached_property
    def shapes(self) -> list[tuple[int, int]]:
        """(n_out, n_in) of every layer."""
        return [(n_out, n_in) for n_in, n_out in zip(self.sizes, self.sizes[1:], strict=False)]

    @cached_property
    def size(self) -> int:
        """P, the number of parameters."""
        return sum(n_out * (n_in + 1) for n_out, n_in in self.shapes)

    # ---- parameters -----------------------------------------------------------------------

    def init(self, initialisation: Initialisation = Xavier(), seed: Any = 0) -> np.ndarray:
        """Parameters ``(P,)`` drawn with `seed`, or ``(P, R)`` for a sequence of R seeds."""
        if np.ndim(seed):
            return np.stack([self.init(initialisation, s) for s in seed], axis=-1)
        rng = np.random.default_rng(seed)
        return self.pack([(initialisation.weights(n, m, rng), np.zeros(m)) for m, n in self.shapes])

    def unpack(self, p: Any) -> Layers:
        """[(W (..., n_out, n_in), b (..., n_out)), ...] of parameters `p (P, ...)`; views of p."""
        p = np.asarray(p)
        if p.shape[:1] != (self.size,):
            raise ValueError(f"this network has {self.size} parameters; got shape {p.shape}.")
        flat, at, layers = p if p.ndim == 1 else np.moveaxis(p, 0, -1), 0, []
        for n_out, n_in in self.shapes:
            w = flat[..., at : at + n_out * n_in].reshape(*flat.shape[:-1], n_out, n_in)
            at += n_out * n_in
            layers.append((w, flat[..., at : at + n_out]))
            at += n_out
        return layers

    def pack(self, layers: Layers) -> np.ndarray:
        """Parameters ``(P, ...)`` of the layers: the inverse of `unpack`."""
        runs = layers[0][0].shape[:-2]
        rows = [part.reshape(*runs, -1) for layer in layers for part in layer]
        flat = np.concatenate(rows, axis=-1)
        return np.moveaxis(flat, -1, 0) if runs else flat

    @cached_property
    def is_weight(self) -> np.ndarray:
        """1 where a parameter is a weight, 0 where it is a bias, ``(P,)``."""
        return np.concatenate([np.repeat([1.0, 0.0], [m * n, m]) for m, n in self.shapes])

    # ---- what the network computes: of parameters that diverged inf and nan, without a warning

    @np.errstate(all="ignore")
    def forward(self, p: Any, inputs: Any, masks: Masks | None = None) -> Pass:
        """Everything that one forward pass computes on inputs `(n, d)`."""
        give_way()
        p = np.asarray(p)
        layers = self.unpack(p)
        signal = _examples(inputs, self.sizes[0]).astype(p.real.dtype, copy=False)
        seen = Pass([], [], [])
        for i, (w, b) in enumerate(layers):
            if masks is not None and masks[i] is not None:
                signal = signal * masks[i].astype(signal.real.dtype, copy=False)
            seen.inputs.append(signal)
            seen.z.append(signal @ w.swapaxes(-1, -2) + b[..., None, :])
            if i < len(layers) - 1:
                signal = self.activation.value(seen.z[-1])
                seen.a.append(signal)
        return seen

    @np.errstate(all="ignore")
    def predict(self, p: Any, inputs: Any) -> np.ndarray:
        """Probabilities (or values, if squared) for inputs ``(n, d)``: ``(..., n, k)``, runs first.

        With one output the last axis is left out: ``(..., n)``.
        """
        said = self.head.predict(self.forward(p, inputs).outputs)
        return said[..., 0] if self.sizes[-1] == 1 else said

    @np.errstate(all="ignore")
    def error(self, p: Any, inputs: Any, targets: Any) -> np.ndarray:
        """Share of wrong classes, or mean squared error, ``(...)``."""
        targets = self.head.targets(targets, self.sizes[-1])
        outputs = self.forward(p, inputs).outputs
        return np.asarray(self.head.wrong(outputs, targets).mean(axis=-1))

    def loss_on(
        self, inputs: Any, targets: Any, weight_decay: Any = 0.0, masks: Masks | None = None
    ) -> Loss[MLP]:
        """The loss as a function of the parameters; see `Loss`."""
        inputs = _examples(inputs, self.sizes[0])
        targets = self.head.targets(targets, self.sizes[-1])
        if len(inputs) != len(targets):
            raise ValueError(f"{len(inputs)} inputs have {len(targets)} targets.")
        return Loss(self, inputs, targets, weight_decay, masks)


def _examples(inputs: Any, d: int) -> np.ndarray:
    rows = np.asarray(inputs)
    if rows.ndim != 2 or rows.shape[1] != d:
        raise ValueError(f"inputs must have shape (n, {d}); got {rows.shape}.")
    return rows if rows.dtype.kind == "f" else rows.astype(float)
