"""Adadelta."""

import math
from typing import Any, NamedTuple

from playground.maths import sqrt, zeros
from playground.optimizers.base import Optimizer
from playground.optimizers.filters import Filter
from playground.optimizers.parameters import decayed, epsilon, kept, learning_rate, weight_decay


class Adadelta(Optimizer):
    """Step as far as you recently stepped, over how steep it recently was: no rate to choose.

    The ratio of the two averages carries the unit of x, so the paper has no learning rate; η
    scales the result.  ε stands inside both roots and alone sets the length of the first steps,
    about √(ε/(1 − ρ)): expect a slow start.  The average u of squared steps is used before it
    is updated.
    """

    year = 2012.9
    source = "Zeiler 2012, arXiv:1212.5701"

    lr: float = learning_rate(1.0)
    rho: float = kept(
        0.9,
        r"\rho",
        "Memory of both averages, of squared slopes and steps.",
        words="memory of both averages",
    )
    eps: float = epsilon(1e-6)
    weight_decay: float = weight_decay()

    @property
    def equations(self) -> dict[str, str]:
        return {
            **self.decayed_gradient(),
            "v": "<rho> <v'> + (1 - <rho>) <g>^2",
            "d": r"\frac{\sqrt{<u'> + <eps>}}{\sqrt{<v> + <eps>}} <g>",
            "u": "<rho> <u'> + (1 - <rho>) <d>^2",
            "x": "<x'> - <lr> <d>",
        }

    square = "<v>"

    class State(NamedTuple):
        v: Any
        d: Any
        u: Any

    def init(self, p: Any) -> State:
        o = zeros(p)
        return self.State(o, o, o)

    def rule(self, x: Any, g: Any, state: State, lr: Any) -> tuple[Any, State]:
        g = decayed(g, self.weight_decay, x)
        v = self.rho * state.v + (1 - self.rho) * (g * g)
        d = sqrt(state.u + self.eps) / sqrt(v + self.eps) * g
        u = self.rho * state.u + (1 - self.rho) * (d * d)
        return x - lr * d, self.State(v, d, u)

    def filter(self, t: Any = math.inf) -> Filter:
        return Filter()

    def effective_lr(self, lr: Any, new: State, old: State) -> Any:
        return lr * sqrt(old.u + self.eps) / sqrt(new.v + self.eps)

    def torch(self) -> str | None:
        return self.torch_line("Adadelta", rho="rho", eps="eps", weight_decay="weight_decay")
