"""What is true of a rule: what theory, diagnosis and microscope know of it, they know from here.

A rule says in its own file how its direction is made of gradients, what pulls it to zero, which of
its quantities are direction, memory and square, and why it has no limit if it has none.  The tests
compare every claim with what its `step` really does, so one that is wrong or forgotten is told.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from typing import Any, ClassVar, NamedTuple

import numpy as np

from playground.declare import Declared
from playground.language import mark, tr
from playground.optimizers.filters import Filter, Recursion
from playground.optimizers.parameters import COUPLED, DECOUPLED, MOMENTUM


class Term(NamedTuple):
    """A part of an equation with a line of its own under the microscope."""

    text: str
    """As it stands in the equations."""
    symbol: str
    """LaTeX, with placeholders."""
    noun: str
    """In English."""

    @property
    def words(self) -> str:
        """Its noun, as the visitor reads it."""
        return tr(self.noun)


def corrections(*betas: str) -> dict[str, Term]:
    """1 − βᵗ of each named memory: what an average that starts at zero is divided by."""
    return {
        f"correction_{beta}": Term(
            f"1 - <{beta}>^{{<t>}}", f"c_{{<{beta}>}}", mark("Bias correction")
        )
        for beta in betas
    }


def divisor(root: str) -> dict[str, Term]:
    """A root and the ε beside it, by which the direction is divided."""
    return {"divisor": Term(f"{root} + <eps>", "d_t", mark("Divisor"))}


def otherwise() -> str:
    """The last condition of cases, in LaTeX."""
    return r"\text{" + tr("otherwise") + "}"


class _Facts(Declared):
    """The facts of an `Optimizer`, with what holds for a rule that claims nothing."""

    lr: float

    def effective_lr(self, lr: Any, new: Any, old: Any) -> Any:
        """What multiplied the direction, per parameter, in the update from state `old` to `new`."""
        return lr

    @classmethod
    def adaptive(cls) -> bool:
        """Whether the rule has a step of its own for every parameter."""
        return cls.effective_lr is not _Facts.effective_lr

    reads_rate_once: ClassVar[bool] = False
    """Whether only the first update reads the rate, so that no schedule changes what follows."""

    def filter(self, t: Any = math.inf) -> Filter | None:
        """How the direction is made of the gradients at update `t`, start-up forgotten.

        None for rules that are not linear in it: then `no_limit` says why.
        """
        return None

    no_limit: ClassVar[str] = mark("No closed form of the limit of this rule is known here.")
    """Why there is no stability limit, for rules without a `filter`; in English."""

    @property
    def without_limit(self) -> str:
        """The same as the visitor reads it."""
        return tr(self.no_limit)

    def curvature_divisor(self, eigenvalue: Any) -> Any:
        """What the direction along an eigenvector of curvature λ is divided by; Newton's λ."""
        return 1.0

    def start_up(self, t: Any) -> Any:
        """By what the steps of update `t` (1, 2, ...) would have to be multiplied to be as late
        ones are: √(1 − αᵗ) where an average of squares starts at zero and is not corrected.  NaN
        of a step of another kind, in proportion to the slope, which tells nothing of late ones.
        """
        return 1.0

    @classmethod
    @cache
    def named(cls, role: str) -> str | None:
        """The name of the parameter with a role, such as `parameters.MOMENTUM`."""
        return next((p.name for p in cls.params() if p.role == role), None)

    def played(self, role: str) -> Any:
        """The value of the parameter with a role; 0 without one."""
        name = self.named(role)
        return getattr(self, name) if name else 0.0

    @property
    def coupled_decay(self) -> Any:
        """w of the decay that is added to the gradient: the rule descends f + ½ w |x|²."""
        return self.played(COUPLED)

    @property
    def decoupled_decay(self) -> Any:
        """w of the decay that shrinks x by 1 − ηw beside the rule."""
        return self.played(DECOUPLED)

    def response(self, t: Any = math.inf) -> Any:
        """The alternating response c: |d|/|g| under a gradient that flips; NaN without a filter."""
        f = self.filter(t)
        return math.nan if f is None else f.alternating

    def recursion(self, eigenvalue: Any) -> Recursion:
        """The recursion of one mode of curvature λ; NaN for rules without one rate of their own.

        x_{t+1} = s x_t − η d_t with s = 1 − ηw under decoupled decay w, and d filtered of
        g_t = λ x_t + n_t.
        """
        f = None if self.adaptive() else self.filter()
        if f is None:
            return Recursion(math.nan, math.nan, math.nan, math.nan)
        curvature = eigenvalue + self.coupled_decay
        rate = self.lr / self.curvature_divisor(curvature)
        shrink, reach = 1 - self.lr * self.decoupled_decay, rate * curvature
        return Recursion(
            shrink + f.pole - reach * f.now,
            shrink * f.pole + reach * f.before,
            rate * f.now,
            np.divide(f.before, f.now) if np.any(f.before) else 0.0,
        )

    # ---- what may be changed ----------------------------------------------------------------

    @property
    def kept_velocity(self) -> Any:
        """μ, the share of the velocity that is kept at each step; 0 of a rule without inertia."""
        return self.played(MOMENTUM)

    @property
    def inertia(self) -> Any:
        """Whether what it has been shown for long carries it on, against a slope if need be."""
        f = self.filter()
        return self.memory is not None if f is None else f.pole != 0

    @property
    def breaks(self) -> str:
        """Why its numbers may end although nothing grows, in a sentence; empty if they do not."""
        return ""

    # ---- in the symbols of the equations ---------------------------------------------------

    terms: ClassVar[Mapping[str, Term]] = {}
    """Parts of the equations that deserve lines of their own under the microscope."""
    uncorrected: ClassVar[dict[str, str]] = {}
    """What the equations would be without bias correction, where there is one to leave out."""

    @property
    def direction(self) -> str:
        """What `effective_lr` multiplies: the step is −effective_lr · direction, decay aside."""
        return "<g>"

    @property
    def unscaled(self) -> str:
        """The direction before any scaling, where `effective_lr` does not tell (signs, a solve)."""
        return self.direction

    @property
    def memory(self) -> str | None:
        """The field of the state that carries past gradients into the direction."""
        return None

    @property
    def square(self) -> str | None:
        """The mean, sum or maximum of squared gradients whose root divides the step."""
        return None
