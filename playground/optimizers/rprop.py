"""Rprop: only the sign of the slope counts."""

from typing import Any, NamedTuple

import numpy as np

from playground.declare import param
from playground.language import mark, tr
from playground.maths import maximum, minimum, sign, where, zeros
from playground.optimizers.base import Optimizer
from playground.optimizers.facts import otherwise
from playground.optimizers.parameters import learning_rate


class Rprop(Optimizer):
    """Only the sign of the slope counts; each step grows until the sign changes, then shrinks.

    PyTorch's form (iRprop⁻): after a change of sign that coordinate waits for one update, and the
    length of its step is kept in the next.  η is the length of the first step and nothing else,
    so a schedule has no effect after the first update.  Made for full batches: noise flips signs.
    """

    year = 1993
    source = "Riedmiller & Braun 1993, IEEE International Conference on Neural Networks:586"
    symbols = {"delta": r"\Delta", "direction": r"\bar g"}

    lr: float = learning_rate(0.01)
    eta_minus: float = param(
        0.5,
        0.1,
        0.99,
        r"\eta^-",
        "What shrinks a step after its slope changed sign.",
        valid="(0, 1)",
        more=True,
        words="minus factor",
    )
    eta_plus: float = param(
        1.2,
        1.01,
        2,
        r"\eta^+",
        "What lengthens a step while its slope keeps its sign.",
        valid="(1, inf)",
        words="plus factor",
    )
    step_min: float = param(
        1e-6,
        1e-12,
        1,
        r"\Delta_{\mathrm{min}}",
        "The shortest step.",
        scale="log",
        valid="[0, inf)",
        more=True,
        words="shortest step",
    )
    step_max: float = param(
        50.0,
        0.01,
        100,
        r"\Delta_{\mathrm{max}}",
        "The longest step.",
        scale="log",
        more=True,
        words="longest step",
    )

    def check(self) -> None:
        if np.any(np.asarray(self.step_min) > self.step_max):
            said = tr("Rprop: step_min must be at most step_max = {!r}.", self.step_max)
            raise ValueError(said)

    @property
    def equations(self) -> dict[str, str]:
        return {
            "s": r"\operatorname{sign}(<g> \cdot <direction'>)",
            "delta": r"\min(\max(<delta'> \begin{cases} <eta_plus> & <s> > 0 \\ "
            r"<eta_minus> & <s> < 0 \\ 1 & <s> = 0 \end{cases}, <step_min>), <step_max>)",
            "direction": rf"\begin{{cases}} 0 & <s> < 0 \\ <g> & {otherwise()} \end{{cases}}",
            "x": r"<x'> - <delta> \operatorname{sign}(<direction>)",
        }

    @property
    def first(self) -> dict[str, str]:
        return {"delta": self.equations["delta"].replace("<delta'>", "<lr>")}

    direction, unscaled = r"\operatorname{sign}(<direction>)", "<direction>"
    reads_rate_once = True
    no_limit = mark(
        "Rprop adapts its step by signs alone: after a flip it halves the step, so it has no limit "
        "to cross."
    )

    class State(NamedTuple):
        s: Any
        delta: Any
        direction: Any  # the gradient, or 0 where the coordinate waits
        t: Any

    def init(self, p: Any) -> State:
        return self.State(zeros(p), zeros(p), zeros(p), 0)

    def rule(self, x: Any, g: Any, state: State, lr: Any) -> tuple[Any, State]:
        before = lr if state.t == 0 else state.delta
        s = sign(g * state.direction)
        factor = where(s > 0, self.eta_plus, where(s < 0, self.eta_minus, 1.0))
        delta = minimum(maximum(before * factor, self.step_min), self.step_max)
        direction = where(s < 0, 0.0, g)
        x = x - delta * sign(direction)
        return x, self.State(s, delta, direction, state.t + 1)

    def effective_lr(self, lr: Any, new: State, old: State) -> Any:
        return new.delta

    def torch(self) -> str | None:
        return self.torch_line(
            "Rprop", etas=("eta_minus", "eta_plus"), step_sizes=("step_min", "step_max")
        )
