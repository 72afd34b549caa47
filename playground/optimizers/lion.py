"""Lion: the sign of the momentum."""

from typing import Any, NamedTuple

import numpy as np

from playground.language import mark
from playground.maths import sign, zeros
from playground.optimizers.base import Optimizer
from playground.optimizers.parameters import kept, learning_rate, weight_decay


class Lion(Optimizer):
    """Every parameter moves by the same length; momentum only decides the direction.

    The sign is taken of a quick mixture of momentum and slope, then the slow momentum is updated.
    Weight decay is kept out of the sign and multiplied by η.  Steps never shrink by themselves:
    near a minimum Lion bounces at the scale of η unless a schedule lowers it.  sign(0) = 0.
    """

    year = 2023
    source = "Chen et al. 2023, arXiv:2302.06675"

    lr: float = learning_rate(0.02)
    beta1: float = kept(
        0.9, r"\beta_1", "Share of the momentum in the direction.", words="share of the momentum"
    )
    beta2: float = kept(
        0.99, r"\beta_2", "Memory of the momentum m.", words="memory of the momentum"
    )
    weight_decay: float = weight_decay(1e-3, decoupled=True)

    @property
    def equations(self) -> dict[str, str]:
        pulled = "(<u> + <weight_decay> <x'>)" if np.any(self.weight_decay) else "<u>"
        return {
            "u": r"\operatorname{sign}(<beta1> <m'> + (1 - <beta1>) <g>)",
            "m": "<beta2> <m'> + (1 - <beta2>) <g>",
            "x": f"<x'> - <lr> {pulled}",
        }

    direction, memory = "<u>", "m"
    unscaled = "<beta1> <m'> + (1 - <beta1>) <g>"
    no_limit = mark(
        "Lion's steps have the length η whatever the gradient, so it has no linear limit: it "
        "always ends in a bounce whose size is set by η."
    )

    class State(NamedTuple):
        u: Any
        m: Any

    def init(self, p: Any) -> State:
        return self.State(zeros(p), zeros(p))

    def rule(self, x: Any, g: Any, state: State, lr: Any) -> tuple[Any, State]:
        u = sign(self.beta1 * state.m + (1 - self.beta1) * g)
        m = self.beta2 * state.m + (1 - self.beta2) * g
        return x - lr * (u + self.weight_decay * x), self.State(u, m)

    def torch(self) -> None:
        """PyTorch has no such optimizer; this one is optax's."""
