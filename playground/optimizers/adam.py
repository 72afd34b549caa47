"""Adam: momentum with a step of its own for every parameter."""

import math
from typing import Any, NamedTuple

import numpy as np

from playground.declare import param
from playground.maths import sqrt, zeros
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


class Adam(Optimizer):
    """Momentum whose step is divided, per parameter, by the recent size of the gradient.

    Both averages start at zero; dividing by 1 − βᵗ corrects that bias, so the first step has
    length η in every coordinate.  ε is added to the corrected root (Algorithm 1 of the paper).
    """

    year = 2014.9
    source = "Kingma & Ba 2015, arXiv:1412.6980"
    symbols = {"m_hat": r"\hat m", "v_hat": r"\hat v"}

    lr: float = learning_rate(0.05)
    beta1: float = beta1()
    beta2: float = beta2()
    eps: float = epsilon()
    weight_decay: float = weight_decay()
    bias_correction: bool = param(
        True,
        help="Divide both averages by 1 − βᵗ; without it the first steps are too long.",
    )

    @property
    def equations(self) -> dict[str, str]:
        return {
            **self.decayed_gradient(),
            "m": "<beta1> <m'> + (1 - <beta1>) <g>",
            "v": "<beta2> <v'> + (1 - <beta2>) <g>^2",
            "m_hat": r"\frac{<m>}{1 - <beta1>^{<t>}}" if self.bias_correction else "<m>",
            "v_hat": r"\frac{<v>}{1 - <beta2>^{<t>}}" if self.bias_correction else "<v>",
            "x": r"<x'> - <lr> \frac{<m_hat>}{\sqrt{<v_hat>} + <eps>}",
        }

    uncorrected = {"m_hat": "<m>", "v_hat": "<v>"}
    direction, memory, square = "<m_hat>", "m", "<v_hat>"
    terms = corrections("beta1", "beta2") | divisor(r"\sqrt{<v_hat>}")

    class State(NamedTuple):
        m: Any
        v: Any
        m_hat: Any
        v_hat: Any
        beta1_t: Any  # β₁ᵗ, carried because a power per step is dear on arrays
        beta2_t: Any

    def init(self, p: Any) -> State:
        o = zeros(p)
        return self.State(o, o, o, o, 1.0, 1.0)

    def rule(self, x: Any, g: Any, state: State, lr: Any) -> tuple[Any, State]:
        g = decayed(g, self.weight_decay, x)
        m = self.beta1 * state.m + (1 - self.beta1) * g
        v = self.beta2 * state.v + (1 - self.beta2) * (g * g)
        beta1_t, beta2_t = state.beta1_t * self.beta1, state.beta2_t * self.beta2
        m_hat, v_hat = m, v
        if self.bias_correction:
            m_hat, v_hat = m / (1 - beta1_t), v / (1 - beta2_t)
        x = x - lr * m_hat / (sqrt(v_hat) + self.eps)
        return x, self.State(m, v, m_hat, v_hat, beta1_t, beta2_t)

    def filter(self, t: Any = math.inf) -> Filter:
        return average(self.beta1)

    def effective_lr(self, lr: Any, new: State, old: State) -> Any:
        return lr / (sqrt(new.v_hat) + self.eps)

    def start_up(self, t: Any) -> Any:
        return 1.0 if self.bias_correction else np.sqrt(1 - self.beta2**t)

    def torch(self) -> str | None:
        if not self.bias_correction:
            return None
        return self.torch_line(
            "Adam", betas=("beta1", "beta2"), eps="eps", weight_decay="weight_decay"
        )
