"""RAdam: Adam that distrusts its divisor at first."""

import math
from typing import Any, NamedTuple

import numpy as np

from playground.maths import divide, sqrt, where, zeros
from playground.optimizers.base import Optimizer
from playground.optimizers.facts import corrections, divisor, otherwise
from playground.optimizers.filters import Filter, average
from playground.optimizers.parameters import (
    beta1,
    beta2,
    decayed,
    epsilon,
    learning_rate,
    weight_decay,
)


class RAdam(Optimizer):
    """Adam that divides only once it has seen enough slopes to know their size: a warm-up.

    ρ counts how many gradients v effectively averages.  While ρ ≤ 5 the step is plain momentum,
    η times the average gradient, so steep surfaces need a small η; afterwards r, which grows
    towards 1, scales Adam's step.  PyTorch's form: ε is added to the uncorrected root, the
    threshold is 5 (4 in the paper).  β₂ ≤ 2/3 never divides.
    """

    year = 2019.6
    source = "Liu et al. 2020, arXiv:1908.03265"
    symbols = {
        "m_hat": r"\hat m",
        "rho_inf": r"\rho_\infty",
        "rho": r"\rho",
        "scale": "s",
    }

    lr: float = learning_rate(0.02)
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
            "m_hat": r"\frac{<m>}{1 - <beta1>^{<t>}}",
            "rho_inf": r"\frac{2}{1 - <beta2>} - 1",
            "rho": r"<rho_inf> - \frac{2 <t> <beta2>^{<t>}}{1 - <beta2>^{<t>}}",
            "r": r"\sqrt{\frac{(<rho> - 4)(<rho> - 2) <rho_inf>}"
            r"{(<rho_inf> - 4)(<rho_inf> - 2) <rho>}}",
            "l": r"\frac{\sqrt{1 - <beta2>^{<t>}}}{\sqrt{<v>} + <eps>}",
            "scale": rf"\begin{{cases}} <r> <l> & <rho> > 5 \\ 1 & {otherwise()} \end{{cases}}",
            "x": "<x'> - <lr> <scale> <m_hat>",
        }

    uncorrected = {"m_hat": "<m>", "l": r"\frac{1}{\sqrt{<v>} + <eps>}"}
    direction, memory, square = "<m_hat>", "m", "<v>"
    terms = corrections("beta1", "beta2") | divisor(r"\sqrt{<v>}")

    class State(NamedTuple):
        m: Any
        v: Any
        m_hat: Any
        rho_inf: Any
        rho: Any
        r: Any  # NaN while ρ says that it is not defined
        l: Any  # noqa: E741  (the paper's symbol)
        scale: Any
        beta1_t: Any
        beta2_t: Any
        t: Any

    def init(self, p: Any) -> State:
        o = zeros(p)
        return self.State(o, o, o, o, o, o, o, o, 1.0, 1.0, 0)

    def rule(self, x: Any, g: Any, state: State, lr: Any) -> tuple[Any, State]:
        t = state.t + 1
        g = decayed(g, self.weight_decay, x)
        m = self.beta1 * state.m + (1 - self.beta1) * g
        v = self.beta2 * state.v + (1 - self.beta2) * (g * g)
        beta1_t, beta2_t = state.beta1_t * self.beta1, state.beta2_t * self.beta2
        m_hat = m / (1 - beta1_t)
        rho_inf, rho, r = self._rectification(t, beta2_t)
        l = sqrt(1 - beta2_t) / (sqrt(v) + self.eps)  # noqa: E741
        scale = where(rho > 5, r * l, 1.0)
        x = x - lr * scale * m_hat
        return x, self.State(m, v, m_hat, rho_inf, rho, r, l, scale, beta1_t, beta2_t, t)

    def _rectification(self, t: Any, beta2_t: Any) -> tuple[Any, Any, Any]:
        """ρ_∞, ρ and r at update t."""
        rho_inf = 2 / (1 - self.beta2) - 1
        rho = rho_inf - 2 * t * beta2_t / (1 - beta2_t)
        over, under = (rho - 4) * (rho - 2) * rho_inf, (rho_inf - 4) * (rho_inf - 2) * rho
        r = sqrt(divide(over, under))  # β₂ = 0.6 makes ρ_∞ = 4
        return rho_inf, rho, r

    @np.errstate(all="ignore")
    def start_up(self, t: Any) -> Any:
        _, rho, r = self._rectification(t, np.asarray(self.beta2**t, dtype=float))
        return np.where(rho > 5, 1 / r, np.nan)[()]

    def filter(self, t: Any = math.inf) -> Filter:
        return average(self.beta1)

    def effective_lr(self, lr: Any, new: State, old: State) -> Any:
        return lr * new.scale

    def torch(self) -> str | None:
        return self.torch_line(
            "RAdam", betas=("beta1", "beta2"), eps="eps", weight_decay="weight_decay"
        )
