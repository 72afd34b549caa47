"""How long a network's passes and updates take, in seconds of a reference core.

A product costs by weights and examples, an activation by units and examples, and every call its
overhead; see `playground.cost` for the unit, and for who holds these constants against the clock.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from playground.networks.activations import Activation
from playground.networks.mlp import MLP
from playground.tally import operations

PASS, LAYER = 50e-6, 12e-6
"""Calls of one pass forward and back: of all, and of every layer."""
PRODUCT, UNIT, OPERATION = 0.12e-9, 5e-9, 0.5e-9
"""A weight, a unit, and an operation of its activation, forward and back, for every example."""
FORWARD = 0.4
"""Share of a pass forward and back that is its way forward."""
COMPLEX = 4.0
"""Times as long as a pass takes in complex numbers, which is a Hessian-vector product."""
UPDATE, RULE = 10e-6, 3e-9
"""Of an optimizer: its calls, and every parameter."""
MOVED, FETCHED, CACHE = 2e-9, 10e-9, 10e6
"""Of every parameter that is unpacked and whose gradient is packed, and how much more where so
many are no longer in the cache."""
HELD = 40
"""Bytes of every parameter while it is trained."""


class Extent(NamedTuple):
    """What the cost of a network depends on; so many equal ones side by side."""

    parameters: int
    units: int
    layers: int
    activation: Activation
    networks: int = 1

    @classmethod
    def of(cls, mlp: MLP) -> Extent:
        return cls(mlp.size, sum(mlp.sizes[1:]), len(mlp.shapes), mlp.activation)

    @property
    def held(self) -> float:
        """Bytes of a training under way: points, gradients, and both being packed."""
        return HELD * self.parameters * self.networks

    def gradient(self, examples: int) -> float:
        """Seconds of loss and gradient on so many examples."""
        unit = UNIT + OPERATION * dearness(self.activation)
        each = PRODUCT * self.parameters + unit * self.units
        numbers = self.networks * self.parameters
        moved = numbers * (MOVED + FETCHED * min(1.0, numbers / CACHE))
        return PASS + self.networks * (LAYER * self.layers + examples * each) + moved

    def forward(self, examples: int) -> float:
        """Of the way forward alone."""
        return FORWARD * self.gradient(examples)

    def update(self, examples: int) -> float:
        """Of one update of an optimizer."""
        return self.gradient(examples) + UPDATE + RULE * self.parameters * self.networks

    def moment(self, examples: int, dev: int = 0) -> float:
        """Of everything that is recorded of a training at one moment."""
        tested = 2 * self.forward(dev) if dev else 0.0
        return self.gradient(examples) + self.forward(examples) + tested


@cache
def dearness(activation: Activation) -> float:
    """Operations of an activation and its slope for every unit."""
    return operations(activation.value) + operations(lambda z: activation.slope(z, z))
