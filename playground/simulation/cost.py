"""How long descents take, in seconds of a reference core: by what surface and rule compute.

A typed formula of two hundred signs costs a hundred times a bowl, so nothing is assumed of either:
the operations that each makes for one point are counted (see `playground.tally`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from playground.clipping import Clipping, NoClipping
from playground.optimizers import Optimizer
from playground.surfaces import Surface
from playground.tally import operations

OPERATION = 0.5e-9
"""Of a cheap operation on a number of an array that stays in the cache."""
LANE = 12e-9
"""Of carrying a descent of a batch through one update."""
SOLVED = 60
"""Operations in which Newton's rule solves for its step."""
STEP, ALONE = 4e-6, 50
"""Of one update of one descent on Python floats, and times as long as in a batch it computes."""
SOLVING, CALLED = 30e-6, 150
"""The same of Newton's rule, which has no road on floats."""
SURVEY = 0.5e6
"""Times as long as one point of a batch it takes to find window and minima of a surface."""


class Dear(NamedTuple):
    """Seconds for one point of one descent in a batch."""

    height: float
    slope: float
    """Of the gradient, and of the Hessian where the rule asks for it."""
    rule: float
    elementwise: bool = True

    @classmethod
    def of(cls, surface: Surface, optimizer: Optimizer, clip: Clipping = NoClipping()) -> Dear:
        height, slope, curvature = ground_operations(surface)
        rule = rule_operations(optimizer) + clip_operations(clip)
        if not optimizer.elementwise():
            slope, rule = slope + curvature, rule + SOLVED
        prices = OPERATION * height, OPERATION * slope, OPERATION * rule
        return cls(*prices, optimizer.elementwise())

    @property
    def update(self) -> float:
        """Of one update of which only the end is kept."""
        return LANE + self.slope + self.rule

    @property
    def alone(self) -> float:
        """Of one update of a single descent."""
        floats = self.elementwise
        step, times = (STEP, ALONE) if floats else (SOLVING, CALLED)
        return step + times * (self.slope + self.rule)

    @property
    def watched(self) -> float:
        """Of one update after which the height is looked at, as `finish` does."""
        return self.update + self.height


def ground_operations(surface: Surface) -> tuple[float, ...]:
    """Operations of height, gradient and Hessian at one point."""
    return _operations(_Kind(_one_of(surface)))


def rule_operations(optimizer: Optimizer) -> float:
    """Operations of one update of both coordinates."""
    return 2 * _operations(_Kind(_one_of(optimizer)))[0]


def clip_operations(clip: Clipping) -> float:
    """Operations of clipping one gradient."""
    return _operations(_Kind(_one_of(clip)))[0]


@dataclass(frozen=True, eq=False)
class _Kind:
    """A surface, rule or clipping; two that differ in numbers other than 0 alone are equal."""

    value: Surface | Optimizer | Clipping

    @property
    def key(self) -> tuple[Any, ...]:
        values = self.value.values().values()
        return type(self.value), *(v if isinstance(v, str) else bool(v) for v in values)

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Kind) and self.key == other.key


@lru_cache(1024)
def _operations(kind: _Kind) -> tuple[float, ...]:
    value = kind.value
    if isinstance(value, Surface):
        return tuple(operations(f, 2) for f in (value.height, value.slope, value.curvature))
    if isinstance(value, Clipping):
        return (operations(value.clipped, 2),)
    return (operations(lambda x, g: value.rule(x, g, value.init(x), value.lr), 2),)


def _one_of(value: Any) -> Any:
    """The first of a batch of settings, all of which compute alike."""
    return value.lanes(value.shape(), 0) if value.shape() else value


def survey_seconds(surface: Surface) -> float:
    """Of finding a surface's window and minima, once."""
    return SURVEY * OPERATION * sum(ground_operations(surface)[:2])
