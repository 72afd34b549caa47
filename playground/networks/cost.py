"""How long a network's passes and updates take, in seconds of a reference core.

A product costs by weights and examples, an activation by units and examples, and every call its
overhead; see `playground.cost` for the unit, and for who holds these constants against the clock.
"""

from __future__ import annotations

from functools import cache

from playground.networks.activations import Activation
from playground.networks.mlp import MLP
from playground.tally import operations

PASS, LAYER = 50e-6, 15e-6
"""Calls of one pass forward and back: of all, and of every layer."""
PRODUCT, UNIT, OPERATION = 0.16e-9, 6e-9, 0.5e-9
"""A weight, a unit, and an operation of its activation, forward and back, for every example."""
FORWARD = 0.4
"""Share of a pass forward and back that is its way forward."""
COMPLEX = 4.0
"""Times as long as a pass in complex numbers takes, of a Hessian-vector product."""
UPDATE, RULE = 10e-6, 4e-9
"""Of an optimizer: its calls, and every parameter."""


def pass_seconds(mlp: MLP, examples: int, networks: int = 1) -> float:
    """Loss and gradient of so many networks side by side on so many examples."""
    units = sum(mlp.sizes[1:])
    each = PRODUCT * mlp.size + (UNIT + OPERATION * dearness(mlp.activation)) * units
    return PASS + networks * LAYER * len(mlp.shapes) + networks * examples * each


def update_seconds(mlp: MLP, examples: int, networks: int = 1) -> float:
    """One update of an optimizer on so many examples."""
    rule = UPDATE + RULE * mlp.size * networks
    return pass_seconds(mlp, examples, networks) + rule


def moment_seconds(mlp: MLP, examples: int, dev: int = 0, networks: int = 1) -> float:
    """Everything that is recorded of a training at one moment."""
    tested = 2 * FORWARD * pass_seconds(mlp, dev, networks) if dev else 0.0
    return (1 + FORWARD) * pass_seconds(mlp, examples, networks) + tested


@cache
def dearness(activation: Activation) -> float:
    """Operations of an activation and its slope for every unit."""
    return operations(activation.value) + operations(lambda z: activation.slope(z, z))
