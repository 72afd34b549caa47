"""RMSProp."""

import math
from typing import Any, NamedTuple

import numpy as np

from playground.declare import param
from playground.language import tr
from playground.maths import sqrt, zeros
from playground.optimizers.base import Optimizer
from playground.optimizers.facts import divisor
from playground.optimizers.filters import Filter
from playground.optimizers.parameters import (
    decayed,
    epsilon,
    kept,
    learning_rate,
    momentum,
    weight_decay,
)


class RMSProp(Optimizer):
    """Each step is divided by the recent size of the slope, so old slopes are forgotten.

    PyTorch's form: ε is added to the root, and v starts at 0 without bias correction, so the
    first step has length η/√(1 − α).  `first_gradient` starts v at the first squared gradient
    instead (the lecture form): the first step then has length η.  `centered` divides by the
    standard deviation; its root may turn NaN where round-off makes v < m².  The velocity of
    `momentum` gathers divided gradients, the learning rate multiplies it afterwards.
    """

    year = 2012.1
    source = "Tieleman & Hinton 2012, Neural Networks for Machine Learning, lecture 6.5"
    symbols = {"sigma": r"\sigma", "velocity": "b"}

    lr: float = learning_rate(0.01)
    alpha: float = kept(
        0.99,
        r"\alpha",
        "Memory of the average squared gradient v.",
        words="memory of the squared gradient",
    )
    eps: float = epsilon()
    momentum: float = momentum(0.0, more=True)
    centered: bool = param(
        False,
        help="Divide by the standard deviation of the gradient, not its size.",
        more=True,
        words="centred",
    )
    weight_decay: float = weight_decay()
    first_gradient: bool = param(
        False,
        help="Start v at the first squared gradient instead of at zero.",
        more=True,
        words="start at the first gradient",
    )

    @property
    def equations(self) -> dict[str, str]:
        lines = {**self.decayed_gradient(), "v": "<alpha> <v'> + (1 - <alpha>) <g>^2"}
        if self.centered:
            lines["m"] = "<alpha> <m'> + (1 - <alpha>) <g>"
        lines["sigma"] = r"\sqrt{<v> - <m>^2}" if self.centered else r"\sqrt{<v>}"
        divided = r"\frac{<g>}{<sigma> + <eps>}"
        if np.any(self.momentum):
            lines["velocity"] = f"<momentum> <velocity'> + {divided}"
            divided = "<velocity>"
        return {**lines, "x": f"<x'> - <lr> {divided}"}

    @property
    def first(self) -> dict[str, str]:
        return {"v": "<g>^2"} if self.first_gradient else {}

    @property
    def direction(self) -> str:
        return "(<sigma> + <eps>) <velocity>" if np.any(self.momentum) else "<g>"

    @property
    def memory(self) -> str | None:
        return "velocity" if np.any(self.momentum) else None

    square = "<sigma>^2"
    terms = divisor("<sigma>")

    class State(NamedTuple):
        v: Any
        m: Any  # 0 unless centered
        sigma: Any
        velocity: Any
        t: Any

    def init(self, p: Any) -> State:
        o = zeros(p)
        return self.State(o, o, o, o, 0)

    def rule(self, x: Any, g: Any, state: State, lr: Any) -> tuple[Any, State]:
        g = decayed(g, self.weight_decay, x)
        v, m = self.alpha * state.v + (1 - self.alpha) * (g * g), state.m
        if self.first_gradient and state.t == 0:
            v = g * g
        if self.centered:
            m = self.alpha * m + (1 - self.alpha) * g
        sigma = sqrt(v - m * m)
        velocity = self.momentum * state.velocity + g / (sigma + self.eps)
        return x - lr * velocity, self.State(v, m, sigma, velocity, state.t + 1)

    def filter(self, t: Any = math.inf) -> Filter:
        return Filter(self.momentum)

    def effective_lr(self, lr: Any, new: State, old: State) -> Any:
        return lr / (new.sigma + self.eps)

    def start_up(self, t: Any) -> Any:
        return 1.0 if self.first_gradient else np.sqrt(1 - self.alpha**t)

    @property
    def breaks(self) -> str:
        if not self.centered:
            return ""
        return tr("The centred second moment v − m² has become slightly negative by rounding.")

    def torch(self) -> str | None:
        if self.first_gradient:
            return None
        return self.torch_line(
            "RMSprop",
            alpha="alpha",
            eps="eps",
            momentum="momentum",
            centered="centered",
            weight_decay="weight_decay",
        )
