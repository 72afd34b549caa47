"""AdamW: Adam with weight decay kept out of the averages."""

import math
from typing import Any, NamedTuple

import numpy as np

from playground.maths import sqrt, zeros
from playground.optimizers.base import Optimizer
from playground.optimizers.facts import corrections, divisor
from playground.optimizers.filters import Filter, average
from playground.optimizers.parameters import beta1, beta2, epsilon, learning_rate, weight_decay


class AdamW(Optimizer):
    """Adam whose weight decay shrinks the parameters directly, untouched by the division.

    In `Adam` the decay enters the gradient and is divided by its size; here x shrinks by the
    factor 1 − ηλ, with the scheduled η, and then Adam steps with the gradient at the old x.
    """

    year = 2017.9
    source = "Loshchilov & Hutter 2019, arXiv:1711.05101"
    symbols = {"m_hat": r"\hat m", "v_hat": r"\hat v"}

    lr: float = learning_rate(0.05)
    beta1: float = beta1()
    beta2: float = beta2()
    eps: float = epsilon()
    weight_decay: float = weight_decay(0.01, more=False, decoupled=True)

    @property
    def equations(self) -> dict[str, str]:
        scaled = r"\frac{<m_hat>}{\sqrt{<v_hat>} + <eps>}"
        pulled = f"({scaled} + <weight_decay> <x'>)" if np.any(self.weight_decay) else scaled
        return {
            "m": "<beta1> <m'> + (1 - <beta1>) <g>",
            "v": "<beta2> <v'> + (1 - <beta2>) <g>^2",
            "m_hat": r"\frac{<m>}{1 - <beta1>^{<t>}}",
            "v_hat": r"\frac{<v>}{1 - <beta2>^{<t>}}",
            "x": f"<x'> - <lr> {pulled}",
        }

    uncorrected = {"m_hat": "<m>", "v_hat": "<v>"}
    direction, memory, square = "<m_hat>", "m", "<v_hat>"
    terms = corrections("beta1", "beta2") | divisor(r"\sqrt{<v_hat>}")

    class State(NamedTuple):
        m: Any
        v: Any
        m_hat: Any
        v_hat: Any
        beta1_t: Any
        beta2_t: Any

    def init(self, p: Any) -> State:
        o = zeros(p)
        return self.State(o, o, o, o, 1.0, 1.0)

    def rule(self, x: Any, g: Any, state: State, lr: Any) -> tuple[Any, State]:
        m = self.beta1 * state.m + (1 - self.beta1) * g
        v = self.beta2 * state.v + (1 - self.beta2) * (g * g)
        beta1_t, beta2_t = state.beta1_t * self.beta1, state.beta2_t * self.beta2
        m_hat, v_hat = m / (1 - beta1_t), v / (1 - beta2_t)
        x = x * (1 - lr * self.weight_decay) - lr * m_hat / (sqrt(v_hat) + self.eps)
        return x, self.State(m, v, m_hat, v_hat, beta1_t, beta2_t)

    def filter(self, t: Any = math.inf) -> Filter:
        return average(self.beta1)

    def effective_lr(self, lr: Any, new: State, old: State) -> Any:
        return lr / (sqrt(new.v_hat) + self.eps)

    def torch(self) -> str | None:
        return self.torch_line(
            "AdamW", betas=("beta1", "beta2"), eps="eps", weight_decay="weight_decay"
        )
