"""What an optimizer is: one readable rule, its inner state, and the equation it implements."""

from __future__ import annotations

import re
from abc import abstractmethod
from typing import Any, ClassVar, NamedTuple, Protocol

import numpy as np

from playground.declare import Declared


class Function(Protocol):
    """What an optimizer may ask of a loss: gradient ``(P, ...)`` and Hessian ``(P, P, ...)``."""

    def gradient(self, p: Any) -> Any: ...

    def hessian(self, p: Any) -> Any: ...


class Optimizer(Declared, family=True):
    """An update rule x ← x − Δ.

    Every rule but Newton's treats each coordinate alone, so a subclass writes it once, in plain
    arithmetic: `rule(x, g, state, lr)`, where x and g are a Python float (one coordinate of one
    run) or an array ``(P, ...)`` (any number of coordinates and runs).  The state is a NamedTuple
    of the paper's symbols.
    """

    year: ClassVar[int]
    source: ClassVar[str]
    equations: ClassVar[dict[str, str]]
    """The update in LaTeX, one entry per quantity in the order of computation; the last is ``x``.

    ``<beta1>`` stands for a parameter, ``<m>`` for the state after this update, ``<m'>`` before
    it, ``<g>``, ``<x'>`` and ``<lr>`` for gradient, old point and learning rate.  The page prints
    them with symbols as the formula and with numbers as the step microscope.
    """
    symbols: ClassVar[dict[str, str]] = {}
    """LaTeX of quantities whose symbol is not their name."""

    lr: float

    def __init_subclass__(cls, **options: Any) -> None:
        cls.order = getattr(cls, "year", 0)  # menus tell the history
        super().__init_subclass__(**options)

    @abstractmethod
    def init(self, p: Any) -> Any:
        """The state before the first update at `p`, a float or an array ``(P, ...)``."""

    @abstractmethod
    def rule(self, x: Any, g: Any, state: Any, lr: Any) -> tuple[Any, Any]:
        """The next point and state from point, gradient, state and learning rate."""

    def step(self, p: Any, state: Any, f: Function, lr: Any) -> tuple[Any, Any]:
        """One update of the points `p (P, ...)` on the loss `f`: pure, nothing is changed."""
        return self.rule(p, f.gradient(p), state, lr)

    def effective_lr(self, lr: Any, new: Any, old: Any) -> Any:
        """What multiplied the direction, per parameter, in the update from state `old` to `new`."""
        return lr

    @classmethod
    def elementwise(cls) -> bool:
        """Whether the coordinates do not see each other, so that the rule runs on floats."""
        return cls.step is Optimizer.step

    @abstractmethod
    def torch(self) -> str | None:
        """The equivalent ``torch.optim`` line, or None."""

    # ---- the equation ---------------------------------------------------------------------

    @classmethod
    def symbol(cls, name: str) -> str:
        """LaTeX of a quantity: a parameter's, a state field's, or one of g, x, lr."""
        by_param = {p.name: p.tex for p in cls.params()}
        return {"lr": r"\eta_t"}.get(name) or by_param.get(name) or cls.symbols.get(name) or name

    @classmethod
    def formula(cls) -> str:
        """The update as aligned LaTeX."""
        lines = [f"{_at(cls.symbol(name), 't')} &= {cls._with_symbols(template)}"
                 for name, template in cls.equations.items()]  # fmt: skip
        return r"\begin{aligned}" + r" \\ ".join(lines) + r"\end{aligned}"

    @classmethod
    def _with_symbols(cls, template: str) -> str:
        constants = {p.name for p in cls.params()}

        def symbol(match: re.Match[str]) -> str:
            name, prime = match.groups()
            if name in constants:
                return cls.symbol(name)
            return _at(cls.symbol(name), "t-1" if prime else "t")

        return PLACEHOLDER.sub(symbol, template)


PLACEHOLDER = re.compile(r"<(\w+)('?)>")


def _at(symbol: str, time: str) -> str:
    """`symbol` with a time index, unless it carries an index or a power already."""
    return symbol if re.search(r"[_^]", symbol) else f"{symbol}_{{{time}}}"


class NoState(NamedTuple):
    """The state of a rule without memory."""


def torch_line(name: str, default_lr: float | None = None, /, **arguments: Any) -> str:
    """``torch.optim.name(params, ...)`` as text."""
    inside = ", ".join(f"{key}={value!r}" for key, value in arguments.items())
    return f"torch.optim.{name}(params, {inside})"


def as_arrays(state: Any, shape: tuple[int, ...]) -> Any:
    """The same state with every field an array of the given shape."""
    return type(state)(*(np.broadcast_to(value, shape) for value in state))
