"""Adagrad as it is taught: the mean of the squares instead of their sum."""

import math
from typing import Any, NamedTuple

from playground.maths import sqrt, zeros
from playground.optimizers.base import Optimizer
from playground.optimizers.facts import divisor
from playground.optimizers.filters import Filter
from playground.optimizers.parameters import epsilon, learning_rate


class MeanSquareAdagrad(Optimizer):
    """The step is divided by the root mean square of all slopes so far, without any decay.

    The lecture form.  With the learning rate η/√t (`InverseSqrt`) it is `Adagrad` exactly.
    Without that decay a long quiet stretch makes σ small and the step long, until the step
    exceeds the stability limit and the path leaps: a burst, which enlarges σ and ends itself.
    """

    year = 2021
    source = "H.-Y. Lee 2021, Machine Learning lecture, National Taiwan University"
    symbols = {"sigma": r"\sigma"}

    lr: float = learning_rate(0.1)
    eps: float = epsilon()

    @property
    def equations(self) -> dict[str, str]:
        return {
            "s": "<s'> + <g>^2",
            "sigma": r"\sqrt{\frac{<s>}{<t>}}",
            "x": r"<x'> - <lr> \frac{<g>}{<sigma> + <eps>}",
        }

    square = r"\frac{<s>}{<t>}"
    terms = divisor("<sigma>")

    class State(NamedTuple):
        s: Any
        sigma: Any
        t: Any

    def init(self, p: Any) -> State:
        return self.State(zeros(p), zeros(p), 0)

    def rule(self, x: Any, g: Any, state: State, lr: Any) -> tuple[Any, State]:
        t = state.t + 1
        s = state.s + g * g
        sigma = sqrt(s / t)
        return x - lr * g / (sigma + self.eps), self.State(s, sigma, t)

    def filter(self, t: Any = math.inf) -> Filter:
        return Filter()

    def effective_lr(self, lr: Any, new: State, old: State) -> Any:
        return lr / (new.sigma + self.eps)

    def torch(self) -> None:
        """PyTorch has no such optimizer."""
