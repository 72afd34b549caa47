"""Adamax: Adam with the largest slope instead of the mean square."""

import math
from typing import Any, NamedTuple

from playground.maths import absolute, maximum, zeros
from playground.optimizers.base import Optimizer
from playground.optimizers.facts import corrections
from playground.optimizers.filters import Filter, average
from playground.optimizers.parameters import (
    beta1,
    beta2,
    decayed,
    epsilon,
    learning_rate,
    weight_decay,
)


class Adamax(Optimizer):
    """Adam that divides by the largest recent slope instead of the root of a mean square.

    Of the two averages only m is biased towards zero, so only m is corrected.  PyTorch's form: ε
    stands inside the maximum.
    """

    year = 2014.95
    source = "Kingma & Ba 2015, section 7.1, arXiv:1412.6980"
    symbols = {"m_hat": r"\hat m", "beta1_t": r"\beta_1^t"}

    lr: float = learning_rate(0.05)
    beta1: float = beta1()
    beta2: float = beta2()
    eps: float = epsilon()
    weight_decay: float = weight_decay()

    @property
    def equations(self) -> dict[str, str]:
        return {
            **self.decayed_gradient(),
            "m": "<beta1> <m'> + (1 - <beta1>) <g>",
            "u": r"\max(<beta2> <u'>, |<g>| + <eps>)",
            "m_hat": r"\frac{<m>}{1 - <beta1>^{<t>}}",
            "x": r"<x'> - <lr> \frac{<m_hat>}{<u>}",
        }

    uncorrected = {"m_hat": "<m>"}
    direction, memory, square = "<m_hat>", "m", "<u>^2"
    terms = corrections("beta1")

    class State(NamedTuple):
        m: Any
        u: Any
        m_hat: Any
        beta1_t: Any

    def init(self, p: Any) -> State:
        o = zeros(p)
        return self.State(o, o, o, 1.0)

    def rule(self, x: Any, g: Any, state: State, lr: Any) -> tuple[Any, State]:
        g = decayed(g, self.weight_decay, x)
        m = self.beta1 * state.m + (1 - self.beta1) * g
        u = maximum(self.beta2 * state.u, absolute(g) + self.eps)
        beta1_t = state.beta1_t * self.beta1
        m_hat = m / (1 - beta1_t)
        return x - lr * m_hat / u, self.State(m, u, m_hat, beta1_t)

    def filter(self, t: Any = math.inf) -> Filter:
        return average(self.beta1)

    def effective_lr(self, lr: Any, new: State, old: State) -> Any:
        return lr / new.u

    def torch(self) -> str | None:
        return self.torch_line(
            "Adamax", betas=("beta1", "beta2"), eps="eps", weight_decay="weight_decay"
        )
