"""Momentum, the heavy ball."""

from typing import Any, NamedTuple

from playground.declare import param
from playground.maths import zeros
from playground.optimizers.base import Optimizer, torch_line
from playground.optimizers.parameters import learning_rate, momentum, weight_decay


class Momentum(Optimizer):
    """A ball with inertia: past steps keep pushing, along the valley and past the minimum.

    PyTorch's form: the buffer b gathers raw gradients and the learning rate multiplies it
    afterwards, so a schedule rescales the whole buffer at once.  The first buffer is the gradient
    itself, without dampening.  Stable for η < 2(1 + μ)/λ_max.
    """

    year = 1964
    source = "Polyak 1964, USSR Computational Mathematics and Mathematical Physics 4(5):1"
    symbols = {"velocity": "b"}
    equations = {
        "velocity": "<momentum> <velocity'> + (1 - <dampening>) <g>",
        "x": "<x'> - <lr> <velocity>",
    }

    lr: float = learning_rate(0.01)
    momentum: float = momentum()
    dampening: float = param(
        0.0, 0, 1, r"\tau", "How much less of each new gradient enters the buffer.",
        valid="[0, 1]", more=True,
    )  # fmt: skip
    weight_decay: float = weight_decay()

    class State(NamedTuple):
        velocity: Any
        t: Any

    def init(self, p: Any) -> State:
        return self.State(zeros(p), 0)

    def rule(self, x: Any, g: Any, state: State, lr: Any) -> tuple[Any, State]:
        g = g + self.weight_decay * x
        if state.t == 0:
            velocity = g
        else:
            velocity = self.momentum * state.velocity + (1 - self.dampening) * g
        return x - lr * velocity, self.State(velocity, state.t + 1)

    def torch(self) -> str:
        return torch_line(
            "SGD", lr=self.lr, momentum=self.momentum, dampening=self.dampening,
            weight_decay=self.weight_decay,
        )  # fmt: skip
