"""A change is run before it is named: the same problem again, and which of the two ends lower."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from playground.diagnosis import lines
from playground.diagnosis.finding import Advice, Diagnosis, Fix, Judge
from playground.diagnosis.ground import Window, ground_of
from playground.diagnosis.outcome import DOWNHILL, Standing
from playground.optimizers.base import Optimizer
from playground.schedules import Constant, Schedule
from playground.simulation import Run
from playground.theory.curvature import coupled_decay
from playground.words import setting

TRIALS = 6
"""Changes that are tried at most …"""
UPDATES = 30_000
"""… as long as all of them together make no more updates; one is tried in any case."""
DRAWS = 6
"""Of the noise, over which a change to a noisy run has to help."""
LOWER = 0.99
"""Share of what is left now that a change must get below to be called lower."""
NOTHING = 1e-6
"""Share of the drop that makes no end higher."""
ENDS_LOWER = "{change} ends lower."
IN_NOISE = "{change} ends lower, on average over the last tenth of its steps."
NONE_HELPS = (
    "None of the changes that were tried ends clearly lower, both at its last step and on average "
    "over the last tenth of its steps."
)
NONE_IN_NOISE = (
    "None of the changes that were tried ends clearly lower with this noise and lower with other "
    "draws of it as well, on average over the last tenth of its steps."
)


def again(run: Run, change: Fix) -> Run:
    """The same start, noise and number of updates with a changed optimizer or schedule."""
    name = "schedule" if isinstance(change, Schedule) else "optimizer"
    return run.again(**{name: change})


# ---- which ends lower -------------------------------------------------------------------------


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


# ---- the search -------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Search:
    """Changes that may help, in the order in which they are tried, and what is said of the first.

    The first that ends lower and keeps its promise is named with it.  If none does, the first
    that ends lower all the same is named as that.
    """

    run: Run
    window: Window
    changes: Iterable[Fix]
    """None stands for one that this optimizer has not."""
    promise: str
    """A sentence in which ``{change}`` stands for the change."""
    kept: Callable[[Diagnosis], bool]
    """Whether the diagnosis of the changed run is what is promised."""
    lower: bool = True
    """Whether it has to end lower; else it is enough if it ends no higher."""
    to_rest: bool = False
    """Whether it is enough to end a little lower and to rest: there is little to win in a pit."""
    hopeless: str = ""
    """Why no change would help, if it is known."""

    because: Callable[[Fix], str] | None = None
    """What the change that is named tells of the cause: said before it."""

    def __call__(self, judge: Judge) -> Advice:
        """The advice; `judge` diagnoses a changed run."""
        if self.hopeless:
            return Advice(None, self.hopeless)
        with np.errstate(all="ignore"):
            advice = self._found(judge)
            cause = self.because(advice.change) if self.because and advice.change else ""
            return replace(advice, words=" ".join(filter(None, (cause, advice.words))))

    def _runs_off(self, found: Diagnosis) -> bool:
        """Whether it follows a fall for ever past the minima that are known."""
        decay = float(coupled_decay(self.run.optimizer))
        ground = ground_of(self.run.surface, self.window, decay)
        return found.outcome == DOWNHILL and bool(len(ground.minima))

    def _helps(self, scale: Scale, new: Run) -> bool:
        if not self.lower:
            return scale.no_higher(new)
        return scale.lower(new) or (self.to_rest and scale.below(new))

    @cached_property
    def _other_draws(self) -> list[Run]:
        """The run under other noise; what they have computed is kept for the next change."""
        seed = self.run.problem.seed
        return [self.run.again(seed=seed + i) for i in range(1, DRAWS)]

    def _by_other_draws(self, scale: Scale, change: Fix) -> bool:
        """Whether it helps on average over other noise as well: one draw may be luck."""
        if not np.any(self.run.problem.noise):
            return True
        new = np.mean([level(again(run, change), scale.decay) for run in self._other_draws])
        old = np.mean([level(run, scale.decay) for run in self._other_draws])
        return bool(new < old if self.lower else new <= old + NOTHING * scale.drop)

    def _found(self, judge: Judge) -> Advice:
        scale, second, tried = Scale.of(self.run, self.window), Advice(), 0
        refused = False
        noisy = bool(np.any(self.run.problem.noise))
        ends_lower = IN_NOISE if noisy else ENDS_LOWER
        promise = ends_lower if self.promise == ENDS_LOWER else self.promise
        seen: list[Fix] = [None, self.run.optimizer, self.run.schedule]
        for change in self.changes:
            if change in seen:
                continue
            seen.append(change)
            tried += 1
            new = again(self.run, change)
            if self._helps(scale, new) and self._by_other_draws(scale, change):
                found = judge(new)
                lost = found.outcome.standing is Standing.LOST or self._runs_off(found)
                refused |= lost
                if not lost:
                    name = named(change, self.run.optimizer)
                    if self.kept(found) and scale.holds(new):
                        return Advice(change, promise.format(change=name))
                    if self.lower and second.change is None and scale.lower(new):
                        second = Advice(change, ends_lower.format(change=name))
            if tried == TRIALS or (tried + 1) * self.run.steps > UPDATES:
                break
        endless = ground_of(self.run.surface, self.window, scale.decay).unbounded
        if second.change is None and tried and self.lower and not (endless or refused):
            return Advice(None, NONE_IN_NOISE if noisy else NONE_HELPS)
        return second


def named(change: Fix, old: Optimizer) -> str:
    """How a change begins a sentence: its new rate if nothing else differs, else the whole value.

    Either can be read back to the very value.
    """
    if isinstance(change, Optimizer) and change == old.replace(lr=change.lr):
        return f"η = {setting(change.lr)} instead of {setting(old.lr)}"
    if isinstance(change, Schedule):
        kind = "constant" if isinstance(change, Constant) else "decaying"
        return f"A {kind} rate, {change!r},"
    return repr(change)
