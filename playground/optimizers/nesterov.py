"""Nesterov's accelerated gradient."""

import math
from typing import Any, NamedTuple

from playground.maths import zeros
from playground.optimizers.base import Optimizer
from playground.optimizers.filters import Filter
from playground.optimizers.parameters import decayed, learning_rate, momentum, weight_decay


class Nesterov(Optimizer):
    """A ball that looks ahead: it feels the slope where its momentum is about to carry it.

    PyTorch's form: x is the look-ahead point itself, so the gradient is taken where x is.  For a
    constant learning rate this is v ← μv − ηg with the point moved by (1 + μ)v − μv_before.
    Stable for η < 2(1 + μ)/((1 + 2μ) λ_max), which is less than gradient descent allows.
    """

    year = 1983
    source = "Nesterov 1983, Soviet Mathematics Doklady 27:372; Sutskever et al. 2013, ICML"
    symbols = {"velocity": "b"}

    lr: float = learning_rate(0.01)
    momentum: float = momentum()
    weight_decay: float = weight_decay()

    @property
    def equations(self) -> dict[str, str]:
        return {
            **self.decayed_gradient(),
            "velocity": "<momentum> <velocity'> + <g>",
            "d": "<g> + <momentum> <velocity>",
            "x": "<x'> - <lr> <d>",
        }

    direction, memory = "<d>", "velocity"

    class State(NamedTuple):
        velocity: Any
        d: Any

    def init(self, p: Any) -> State:
        return self.State(zeros(p), zeros(p))

    def rule(self, x: Any, g: Any, state: State, lr: Any) -> tuple[Any, State]:
        g = decayed(g, self.weight_decay, x)
        velocity = self.momentum * state.velocity + g
        d = g + self.momentum * velocity
        return x - lr * d, self.State(velocity, d)

    def filter(self, t: Any = math.inf) -> Filter:
        return Filter(self.momentum, 1 + self.momentum, -self.momentum)

    def torch(self) -> str | None:
        return self.torch_line(
            "SGD", {"momentum": self.momentum, "nesterov": True}, weight_decay="weight_decay"
        )
