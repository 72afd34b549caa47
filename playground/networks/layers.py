"""What is between a network and its loss: layers, dropout masks, and one forward pass."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

import numpy as np

from playground.networks.activations import Activation
from playground.networks.heads import Head

Layers = list[tuple[np.ndarray, np.ndarray]]
"""Weights ``(..., n_out, n_in)`` and biases ``(..., n_out)`` of every layer."""

Masks = Sequence[Any]
"""Dropout factors on the input of every layer, ``(n, n_in)`` or None: data first, then hidden."""


class Pass(NamedTuple):
    """One forward pass through L layers, runs first."""

    inputs: list[np.ndarray]
    """What each layer was given, ``(..., n, n_in)``, after dropout."""
    z: list[np.ndarray]
    """Pre-activations ``(..., n, n_out)``; the last are the outputs."""
    a: list[np.ndarray]
    """Activations of the hidden layers before dropout, ``(..., n, n_out)``."""

    @property
    def outputs(self) -> np.ndarray:
        return self.z[-1]


class Network(Protocol):
    """What a loss asks of its network; `playground.networks.mlp.MLP` says what each is."""

    @property
    def sizes(self) -> tuple[int, ...]: ...

    @property
    def activation(self) -> Activation: ...

    @property
    def head(self) -> Head: ...

    @property
    def size(self) -> int: ...

    @property
    def is_weight(self) -> np.ndarray: ...

    def unpack(self, p: Any) -> Layers: ...

    def pack(self, layers: Layers) -> np.ndarray: ...

    def forward(self, p: Any, inputs: Any, masks: Masks | None = None) -> Pass: ...
