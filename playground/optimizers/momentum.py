"""Momentum, the heavy ball."""

import math
from typing import Any, NamedTuple

import numpy as np

from playground.declare import param
from playground.maths import zeros
from playground.optimizers.base import Optimizer
from playground.optimizers.filters import Filter
from playground.optimizers.parameters import decayed, learning_rate, momentum, weight_decay


class Momentum(Optimizer):
    """A ball with inertia: past steps keep pushing, along the valley and past the minimum.

    PyTorch's form: the velocity b gathers raw gradients and the learning rate multiplies it
    afterwards, so a schedule rescales the whole velocity at once.  The first velocity is the
    gradient itself, without dampening.  Stable for η < 2(1 + μ)/λ_max.
    """

    year = 1964
    source = "Polyak 1964, USSR Computational Mathematics and Mathematical Physics 4(5):1"
    symbols = {"velocity": "b"}

    lr: float = learning_rate(0.01)
    momentum: float = momentum()
    dampening: float = param(
        0.0,
        0,
        1,
        r"\tau",
        "How much less of each new gradient enters the velocity.",
        valid="[0, 1]",
        more=True,
    )
    weight_decay: float = weight_decay()

    @property
    def equations(self) -> dict[str, str]:
        gathered = "(1 - <dampening>) <g>" if np.any(self.dampening) else "<g>"
        return {
            **self.decayed_gradient(),
            "velocity": f"<momentum> <velocity'> + {gathered}",
            "x": "<x'> - <lr> <velocity>",
        }

    @property
    def first(self) -> dict[str, str]:
        return {"velocity": "<g>"}

    direction, memory = "<velocity>", "velocity"

    class State(NamedTuple):
        velocity: Any
        t: Any

    def init(self, p: Any) -> State:
        return self.State(zeros(p), 0)

    def rule(self, x: Any, g: Any, state: State, lr: Any) -> tuple[Any, State]:
        g = decayed(g, self.weight_decay, x)
        velocity = self.momentum * state.velocity + (1 - self.dampening) * g
        if state.t == 0:
            velocity = g
        return x - lr * velocity, self.State(velocity, state.t + 1)

    def filter(self, t: Any = math.inf) -> Filter:
        return Filter(self.momentum, 1 - self.dampening)

    def torch(self) -> str | None:
        return self.torch_line(
            "SGD",
            {"momentum": self.momentum},
            dampening="dampening",
            weight_decay="weight_decay",
        )
