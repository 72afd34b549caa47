"""Gradient descent."""

import math
from typing import Any

from playground.optimizers.base import NoState, Optimizer
from playground.optimizers.filters import Filter
from playground.optimizers.parameters import decayed, learning_rate, weight_decay


class GradientDescent(Optimizer):
    """Step straight downhill, by a fixed multiple of the slope.

    On a quadratic each eigendirection shrinks by 1 − ηλ per step: stable for η < 2/λ_max, and
    the flattest direction sets the time.
    """

    year = 1847
    source = "Cauchy 1847, Comptes Rendus de l'Académie des Sciences 25:536"

    lr: float = learning_rate(0.0199)
    weight_decay: float = weight_decay()

    @property
    def equations(self) -> dict[str, str]:
        return {**self.decayed_gradient(), "x": "<x'> - <lr> <g>"}

    def init(self, p: Any) -> NoState:
        return NoState()

    def rule(self, x: Any, g: Any, state: NoState, lr: Any) -> tuple[Any, NoState]:
        g = decayed(g, self.weight_decay, x)
        return x - lr * g, state

    def filter(self, t: Any = math.inf) -> Filter:
        return Filter()

    def with_momentum(self, mu: float) -> Optimizer:
        """A heavy ball."""
        from playground.optimizers.momentum import Momentum

        return Momentum(self.lr, mu, weight_decay=self.weight_decay)

    def torch(self) -> str | None:
        return self.torch_line("SGD", weight_decay="weight_decay")
