"""Which of two runs of one problem ends lower, and by what shares."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from playground.diagnosis import lines
from playground.diagnosis.ground import Window, ground_of
from playground.simulation import Run
from playground.theory.curvature import coupled_decay

LOWER = 0.99
"""Share of what is left now that a change must get below to be called lower."""
NOTHING = 1e-6
"""Share of the drop that makes no end higher."""


@np.errstate(over="ignore")
def level(run: Run, decay: float) -> float:
    """Mean of f + ½w|x|² over the last tenth of a run; inf where it is not finite.

    decay: w, the same for runs that are compared, whatever the decay of each.
    """
    if run.finite <= run.steps:
        return math.inf
    value = float(np.mean(_loss(run, decay)[-max(run.steps // lines.TENTH, 1) :]))
    return value if math.isfinite(value) else math.inf


def _loss(run: Run, decay: float) -> np.ndarray:
    with np.errstate(all="ignore"):
        return run.f + 0.5 * decay * (run.x * run.x).sum(axis=1) if decay else run.f


@dataclass(frozen=True)
class Scale:
    """What the ends of one problem are measured by: f + ½w|x|² of the run that is to be mended."""

    decay: float
    """Coupled weight decay w of that run."""
    low: float
    """The lowest value known, or less if the run found less."""
    drop: float
    """The value at the start above it."""
    end: float
    """`level` of the run."""
    last: float
    """Its last value; infinite where noise makes it chance."""
    equal: float
    """A difference that makes two minima equal."""

    @classmethod
    def of(cls, run: Run, window: Window) -> Scale:
        decay = float(coupled_decay(run.optimizer))
        f = _loss(run, decay)
        ground = ground_of(run.surface, window, decay)
        low = float(np.fmin(ground.lowest, np.fmin.reduce(f)))
        drop, equal = float(f[0]) - low, ground.tolerance
        last = math.inf if np.any(run.problem.noise) else float(f[-1])
        return cls(decay, low, drop, level(run, decay), last, max(equal, lines.TINY))

    @property
    def unit(self) -> float:
        """What heights are shares of: the drop, or 1 where the start has none."""
        return self.drop if self.drop > self.equal else 1.0

    def share(self, left: float) -> float:
        """A height above the lowest in this unit; 0 of one that found a lower."""
        return max(left, 0.0) / self.unit

    def left(self, run: Run) -> float:
        """How far another run of the problem ends above the lowest; below 0 it found a lower."""
        return level(run, self.decay) - self.low

    def lower(self, run: Run) -> bool:
        """Whether it ends clearly lower: on average at last, and its last point as well."""
        if math.isfinite(self.last) and not _loss(run, self.decay)[-1] <= self.last:
            return False
        new, old = self.left(run), self.end - self.low
        if not math.isfinite(old):
            return math.isfinite(new)
        as_much_again = old - new > max(self.drop - old, self.equal)  # as it has fallen so far
        return new < old - (1 - LOWER) * abs(old) or (as_much_again and self.drop > old)

    def holds(self, run: Run) -> bool:
        """Whether it ends no higher than it starts, and was not thrown far above that between."""
        top = self.low + self.drop + lines.RISEN * self.unit
        never_thrown = bool((_loss(run, self.decay) <= top).all())
        return never_thrown and self.left(run) <= self.drop + self.equal

    def below(self, run: Run) -> bool:
        """Whether it ends lower at all, as what comes to rest in a high pit does by little."""
        ends_lower = _loss(run, self.decay)[-1] <= self.last
        return bool(ends_lower) and level(run, self.decay) < self.end

    def no_higher(self, run: Run) -> bool:
        new, old = self.left(run), self.end - self.low
        return math.isfinite(new) and new <= old + NOTHING * self.drop
