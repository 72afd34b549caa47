"""NAdam: Adam with Nesterov's look ahead."""

import math
from typing import Any, NamedTuple

import numpy as np

from playground.declare import param
from playground.maths import power, sqrt, zeros
from playground.optimizers.base import Optimizer
from playground.optimizers.facts import corrections, divisor
from playground.optimizers.filters import Filter
from playground.optimizers.parameters import (
    beta1,
    beta2,
    decayed,
    epsilon,
    learning_rate,
    weight_decay,
)


class NAdam(Optimizer):
    """Adam that looks ahead: the newest slope counts as if the next step knew it already.

    With Dozat's schedule of the momentum, μ_t = β₁(1 − ½·0.96^(tψ)), whose running product Π
    corrects the bias.  The simplified form of other libraries has no such schedule.
    """

    year = 2016
    source = "Dozat 2016, Incorporating Nesterov Momentum into Adam, ICLR Workshop"
    symbols = {
        "v_hat": r"\hat v",
        "mu": r"\mu",
        "mu_next": r"\mu_{t+1}",
        "product": r"\Pi",
        "m_bar": r"\bar m",
    }

    lr: float = learning_rate(0.05)
    beta1: float = beta1()
    beta2: float = beta2()
    eps: float = epsilon()
    momentum_decay: float = param(
        0.004,
        0,
        0.1,
        r"\psi",
        "How soon the momentum rises from half of β₁ to all of it.",
        valid="[0, inf)",
        more=True,
    )
    weight_decay: float = weight_decay()

    @property
    def equations(self) -> dict[str, str]:
        return {
            **self.decayed_gradient(),
            "m": "<beta1> <m'> + (1 - <beta1>) <g>",
            "v": "<beta2> <v'> + (1 - <beta2>) <g>^2",
            "v_hat": r"\frac{<v>}{1 - <beta2>^{<t>}}",
            "mu": r"<beta1> (1 - \tfrac12 \cdot 0.96^{<t> <momentum_decay>})",
            "mu_next": r"<beta1> (1 - \tfrac12 \cdot 0.96^{(<t> + 1) <momentum_decay>})",
            "product": r"<product'> <mu>",
            "m_bar": r"\frac{(1 - <mu>) <g>}{1 - <product>}"
            r" + \frac{<mu_next> <m>}{1 - <product> <mu_next>}",
            "x": r"<x'> - <lr> \frac{<m_bar>}{\sqrt{<v_hat>} + <eps>}",
        }

    uncorrected = {"v_hat": "<v>", "m_bar": "(1 - <mu>) <g> + <mu_next> <m>"}
    direction, memory, square = "<m_bar>", "m", "<v_hat>"
    terms = corrections("beta2") | divisor(r"\sqrt{<v_hat>}")

    class State(NamedTuple):
        m: Any
        v: Any
        v_hat: Any
        mu: Any
        mu_next: Any
        product: Any  # μ₁ μ₂ ... μ_t
        m_bar: Any
        beta2_t: Any
        t: Any

    def init(self, p: Any) -> State:
        o = zeros(p)
        return self.State(
            m=o, v=o, v_hat=o, mu=o, mu_next=self._mu(1), product=1.0, m_bar=o, beta2_t=1.0, t=0
        )

    def rule(self, x: Any, g: Any, state: State, lr: Any) -> tuple[Any, State]:
        t = state.t + 1
        g = decayed(g, self.weight_decay, x)
        m = self.beta1 * state.m + (1 - self.beta1) * g
        v = self.beta2 * state.v + (1 - self.beta2) * (g * g)
        beta2_t = state.beta2_t * self.beta2
        v_hat = v / (1 - beta2_t)
        mu, mu_next = state.mu_next, self._mu(t + 1)
        product = state.product * mu
        m_bar = (1 - mu) * g / (1 - product) + mu_next * m / (1 - product * mu_next)
        x = x - lr * m_bar / (sqrt(v_hat) + self.eps)
        return x, self.State(m, v, v_hat, mu, mu_next, product, m_bar, beta2_t, t)

    def _mu(self, t: Any) -> Any:
        return self.beta1 * (1 - 0.5 * power(0.96, t * self.momentum_decay))

    def filter(self, t: Any = math.inf) -> Filter:
        """(1 − μ_t) g + μ_t m, once the products Π that correct the bias have vanished."""
        # A schedule that stands still has no late momentum: 0 · ∞ is not asked.
        with np.errstate(over="ignore"):  # an exponent beyond all numbers: the factor is 0
            mu = self._mu(np.where(np.equal(self.momentum_decay, 0), 0.0, t))
        return Filter(self.beta1, 1 - self.beta1 * mu, (mu - 1) * self.beta1)

    def effective_lr(self, lr: Any, new: State, old: State) -> Any:
        return lr / (sqrt(new.v_hat) + self.eps)

    def torch(self) -> str | None:
        return self.torch_line(
            "NAdam",
            betas=("beta1", "beta2"),
            eps="eps",
            momentum_decay="momentum_decay",
            weight_decay="weight_decay",
        )
