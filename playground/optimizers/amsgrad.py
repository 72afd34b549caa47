"""AMSGrad: Adam that never forgets the largest slope."""

import math
from typing import Any, NamedTuple

from playground.maths import maximum, sqrt, zeros
from playground.optimizers.base import Optimizer
from playground.optimizers.facts import corrections, divisor
from playground.optimizers.filters import Filter, average
from playground.optimizers.parameters import (
    beta1,
    beta2,
    decayed,
    epsilon,
    learning_rate,
    weight_decay,
)


class AMSGrad(Optimizer):
    """Adam whose divisor never falls, so that a rare large slope is not forgotten.

    PyTorch's form: w is the largest uncorrected v so far, and is corrected afterwards.  The paper
    has no bias correction; other libraries take the maximum of the corrected v.
    """

    year = 2018
    source = "Reddi, Kale & Kumar 2018, arXiv:1904.09237"
    symbols = {"m_hat": r"\hat m", "w_hat": r"\hat w"}

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
            "v": "<beta2> <v'> + (1 - <beta2>) <g>^2",
            "w": r"\max(<w'>, <v>)",
            "m_hat": r"\frac{<m>}{1 - <beta1>^{<t>}}",
            "w_hat": r"\frac{<w>}{1 - <beta2>^{<t>}}",
            "x": r"<x'> - <lr> \frac{<m_hat>}{\sqrt{<w_hat>} + <eps>}",
        }

    uncorrected = {"m_hat": "<m>", "w_hat": "<w>"}
    direction, memory, square = "<m_hat>", "m", "<w_hat>"
    terms = corrections("beta1", "beta2") | divisor(r"\sqrt{<w_hat>}")

    class State(NamedTuple):
        m: Any
        v: Any
        w: Any
        m_hat: Any
        w_hat: Any
        beta1_t: Any
        beta2_t: Any

    def init(self, p: Any) -> State:
        o = zeros(p)
        return self.State(o, o, o, o, o, 1.0, 1.0)

    def rule(self, x: Any, g: Any, state: State, lr: Any) -> tuple[Any, State]:
        g = decayed(g, self.weight_decay, x)
        m = self.beta1 * state.m + (1 - self.beta1) * g
        v = self.beta2 * state.v + (1 - self.beta2) * (g * g)
        w = maximum(state.w, v)
        beta1_t, beta2_t = state.beta1_t * self.beta1, state.beta2_t * self.beta2
        m_hat, w_hat = m / (1 - beta1_t), w / (1 - beta2_t)
        x = x - lr * m_hat / (sqrt(w_hat) + self.eps)
        return x, self.State(m, v, w, m_hat, w_hat, beta1_t, beta2_t)

    def filter(self, t: Any = math.inf) -> Filter:
        return average(self.beta1)

    def effective_lr(self, lr: Any, new: State, old: State) -> Any:
        return lr / (sqrt(new.w_hat) + self.eps)

    def torch(self) -> str | None:
        return self.torch_line(
            "Adam",
            {"amsgrad": True},
            betas=("beta1", "beta2"),
            eps="eps",
            weight_decay="weight_decay",
        )
