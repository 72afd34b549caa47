"""Adagrad."""

import math
from typing import Any, NamedTuple

import numpy as np

from playground.declare import param
from playground.maths import sqrt, zeros
from playground.optimizers.base import Optimizer
from playground.optimizers.facts import divisor
from playground.optimizers.filters import Filter
from playground.optimizers.parameters import decayed, epsilon, learning_rate, weight_decay


class Adagrad(Optimizer):
    """Each parameter has a step of its own, shrinking with all the slopes it has ever seen.

    The sum s never falls, so neither do the steps grow again: the first one has length η, and a
    steep start is never forgotten.  ε is added to the root; the decay of η counts from t − 1.
    """

    year = 2011
    source = "Duchi, Hazan & Singer 2011, Journal of Machine Learning Research 12:2121"

    lr: float = learning_rate(0.5)
    eps: float = epsilon(1e-10)
    lr_decay: float = param(
        0.0,
        0,
        1,
        r"\gamma",
        "Divides the rate of update t by 1 + (t − 1)γ.",
        valid="[0, inf)",
        more=True,
        words="rate decay",
    )
    initial_accumulator: float = param(
        0.0,
        0,
        10,
        "s_0",
        "The sum before the first update.",
        valid="[0, inf)",
        more=True,
        words="initial sum",
    )
    weight_decay: float = weight_decay()

    @property
    def equations(self) -> dict[str, str]:
        decaying = np.any(self.lr_decay)
        rate = r"\frac{<lr>}{1 + (<t> - 1) <lr_decay>}" if decaying else "<lr>"
        return {
            **self.decayed_gradient(),
            "s": "<s'> + <g>^2",
            "x": rf"<x'> - {rate} \frac{{<g>}}{{\sqrt{{<s>}} + <eps>}}",
        }

    square = "<s>"
    terms = divisor(r"\sqrt{<s>}")

    class State(NamedTuple):
        s: Any
        t: Any

    def init(self, p: Any) -> State:
        return self.State(zeros(p) + self.initial_accumulator, 0)

    def rule(self, x: Any, g: Any, state: State, lr: Any) -> tuple[Any, State]:
        g = decayed(g, self.weight_decay, x)
        s = state.s + g * g
        rate = lr / (1 + state.t * self.lr_decay)
        return x - rate * g / (sqrt(s) + self.eps), self.State(s, state.t + 1)

    def filter(self, t: Any = math.inf) -> Filter:
        return Filter()

    def effective_lr(self, lr: Any, new: State, old: State) -> Any:
        return lr / (1 + old.t * self.lr_decay) / (sqrt(new.s) + self.eps)

    def torch(self) -> str | None:
        return self.torch_line(
            "Adagrad",
            eps="eps",
            lr_decay="lr_decay",
            weight_decay="weight_decay",
            initial_accumulator_value="initial_accumulator",
        )
