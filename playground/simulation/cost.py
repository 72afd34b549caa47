"""How long descents take, in seconds of a reference core: by what surface and rule compute.

A typed formula of two hundred signs costs a hundred times a bowl, so nothing is assumed of either:
the operations that each makes for one point are counted (see `playground.tally`).
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

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
SURVEY = 0.5e6
"""Times as long as one point of a batch it takes to find window and minima of a surface."""


class Dear(NamedTuple):
    """Seconds for one point of one descent in a batch."""

    height: float
    slope: float
    """Of the gradient, and of the Hessian where the rule asks for it."""
    rule: float

    @classmethod
    def of(cls, surface: Surface, optimizer: Optimizer, clip: Clipping = NoClipping()) -> Dear:
        height, slope, curvature = ground_operations(surface)
        clipped = operations(clip.clipped, 2)
        rule = rule_operations(optimizer) + clipped
        if not optimizer.elementwise():
            slope, rule = slope + curvature, rule + SOLVED
        return cls(*(OPERATION * n for n in (height, slope, rule)))

    @property
    def update(self) -> float:
        """Of one update of which only the end is kept."""
        return LANE + self.slope + self.rule

    @property
    def watched(self) -> float:
        """Of one update after which the height is looked at, as `finish` does."""
        return self.update + self.height


@lru_cache(1024)
def ground_operations(surface: Surface) -> tuple[float, float, float]:
    """Operations of height, gradient and Hessian at one point."""
    height, slope, curvature = surface.height, surface.slope, surface.curvature
    return operations(height, 2), operations(slope, 2), operations(curvature, 2)


@lru_cache(1024)
def rule_operations(optimizer: Optimizer) -> float:
    """Operations of one update of both coordinates."""

    def update(x: object, g: object) -> object:
        return optimizer.rule(x, g, optimizer.init(x), optimizer.lr)

    return 2 * operations(update, 2)


def survey_seconds(surface: Surface) -> float:
    """Of finding a surface's window and minima, once."""
    return SURVEY * OPERATION * sum(ground_operations(surface)[:2])
