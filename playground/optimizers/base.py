"""What an optimizer is: one readable rule, its inner state, and the equation it implements."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Callable
from typing import Any, ClassVar, NamedTuple, Protocol

import numpy as np

from playground.optimizers.facts import _Facts
from playground.optimizers.parameters import COUPLED, DECOUPLED, MOMENTUM


class Function(Protocol):
    """What an optimizer may ask of a loss: gradient ``(P, ...)`` and Hessian ``(P, P, ...)``."""

    def gradient(self, p: Any) -> Any: ...

    def hessian(self, p: Any) -> Any: ...


class Optimizer(_Facts, family=True):
    """An update rule x ← x − Δ.

    Every rule but Newton's treats each coordinate alone, so a subclass writes it once, in plain
    arithmetic: `rule(x, g, state, lr)`, where x and g are a Python float (one coordinate of one
    run) or an array ``(P, ...)`` (any number of coordinates and runs).  The state is a NamedTuple
    of the paper's symbols.
    """

    year: ClassVar[float]
    """When it was published; a fraction orders those of one year."""
    source: ClassVar[str]
    symbols: ClassVar[dict[str, str]] = {}
    """LaTeX of quantities whose symbol is not their name."""

    def __init_subclass__(cls, **options: Any) -> None:
        cls.order = getattr(cls, "year", 0)  # menus tell the history
        super().__init_subclass__(**options)

    @abstractmethod
    def init(self, p: Any) -> Any:
        """The state before the first update at `p`, a float or an array ``(P, ...)``."""

    @abstractmethod
    def rule(self, x: Any, g: Any, state: Any, lr: Any) -> tuple[Any, Any]:
        """The next point and state from point, gradient, state and learning rate."""

    def remembers(self) -> int:
        """How many numbers a coordinate its state holds."""
        return len(self.init(0.0))

    def step(self, p: Any, state: Any, f: Function, lr: Any) -> tuple[Any, Any]:
        """One update of the points `p (P, ...)` on the loss `f`: pure, nothing is changed."""
        return self.rule(p, f.gradient(p), state, lr)

    def with_momentum(self, mu: float) -> Optimizer | None:
        """The same rule with momentum μ, or None where it has none."""
        name = self.named(MOMENTUM)
        return self.replace(**{name: mu}) if name else None

    def with_decoupled_decay(self, w: float) -> Optimizer | None:
        """The same rule with decay w beside it, or None where it has none."""
        name = self.named(DECOUPLED)
        return self.replace(**{name: w}) if name else None

    def damped(self) -> Optimizer | None:
        """The same rule with more damping of its solve, or None where nothing is solved."""
        return None

    @classmethod
    def elementwise(cls) -> bool:
        """Whether the coordinates do not see each other, so that the rule runs on floats."""
        return cls.step is Optimizer.step

    # ---- the equation ---------------------------------------------------------------------

    @property
    @abstractmethod
    def equations(self) -> dict[str, str]:
        """The update in LaTeX for these settings, in the order of computation; the last is ``x``.

        One entry per quantity: a field of the state, ``x``, or ``g`` where weight decay changes
        the gradient.  ``<beta1>`` stands for a parameter, ``<m>`` for the state after this update,
        ``<m'>`` before it, ``<g>``, ``<x'>`` and ``<lr>`` for gradient, old point and scheduled
        learning rate, ``<t>`` for the number of the update, 1, 2, ...  Printed with symbols it is
        the formula, with numbers the step microscope.
        A rule without options writes a plain dictionary.
        """

    @property
    def first(self) -> dict[str, str]:
        """The equations that read differently at the first update."""
        return {}

    @property
    def by_hand(self) -> dict[str, str]:
        """The equations as they are worked out one coordinate after the other.

        The same, unless the coordinates see each other; then ``<a_other>`` is the a of the other
        coordinate, ``<h>`` the own entry on the diagonal of the Hessian and ``<c>`` the one beside
        it.
        """
        return self.equations

    def decayed_gradient(self) -> dict[str, str]:
        """The equation of coupled ("L2") weight decay, where it is in use."""
        used = np.any(self.coupled_decay)
        return {"g": f"<g> + <{self.named(COUPLED)}> <x'>"} if used else {}

    def written(self, show: Callable[[str, bool], str]) -> dict[str, str]:
        """The right sides of the equations with ``show(name, before)`` for every placeholder."""

        def shown(match: re.Match[str]) -> str:
            return show(match[1], match[2] == "'")

        return {name: PLACEHOLDER.sub(shown, text) for name, text in self.equations.items()}

    def formula(self) -> str:
        """The update as aligned LaTeX, with the lines that these settings use."""
        lines = []
        for name, right in self.written(self.timed_symbol).items():
            becomes = r"\leftarrow" if f"<{name}>" in self.equations[name] else "="
            lines.append(f"{self.timed_symbol(name)} &{becomes} {right}")
        return r"\begin{aligned}" + r" \\ ".join(lines) + r"\end{aligned}"

    @classmethod
    def timed_symbol(cls, name: str, before: bool = False) -> str:
        """The symbol with its time: after this update, or before it; constants have none."""
        constants = {"t", *(p.name for p in cls.params())} - {"lr"}
        symbol = cls.symbol(name)
        return symbol if name in constants else _at(symbol, "t-1" if before else "t")

    @classmethod
    def symbol(cls, name: str) -> str:
        """LaTeX of a quantity: a parameter's, a state field's, or one of g, x, lr."""
        by_param = {p.name: p.tex for p in cls.params()}
        return {"lr": r"\eta_t"}.get(name) or by_param.get(name) or cls.symbols.get(name) or name

    # ---- the same in PyTorch --------------------------------------------------------------

    @abstractmethod
    def torch(self) -> str | None:
        """The equivalent ``torch.optim`` line, or None."""

    def torch_line(
        self, name: str, given: dict[str, Any] | None = None, /, **fields: str | tuple[str, ...]
    ) -> str | None:
        """``torch.optim.name(params, lr=..., ...)``, or None for a batch of settings.

        `given` arguments are printed as they are.  `fields` says which of our fields torch's
        arguments are; our defaults are torch's, so those that are unchanged are left out.
        """
        if self.shape():
            return None
        values, changed = self.values(), self.changed()
        arguments = {"lr": self.lr, **(given or {})}
        for argument, field in fields.items():
            names = (field,) if isinstance(field, str) else field
            if any(n in changed for n in names):
                pair = tuple(values[n] for n in names)
                arguments[argument] = pair[0] if isinstance(field, str) else pair
        inside = ", ".join(f"{key}={value!r}" for key, value in arguments.items())
        return f"torch.optim.{name}(params, {inside})"


PLACEHOLDER = re.compile(r"<(\w+)('?)>")


def _at(symbol: str, time: str) -> str:
    """`symbol` with a time index, unless it carries an index or a power already."""
    return symbol if re.search(r"[_^]", symbol) else f"{symbol}_{{{time}}}"


class NoState(NamedTuple):
    """The state of a rule without memory."""
