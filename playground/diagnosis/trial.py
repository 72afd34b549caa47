"""A change is run before it is named: the same problem again, and which of the two ends lower."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from playground.diagnosis import lines
from playground.diagnosis.carried_on import carried_on
from playground.diagnosis.finding import Advice, Diagnosis, Fix, Judge
from playground.diagnosis.ground import Window, ground_of
from playground.diagnosis.outcome import DOWNHILL, Standing
from playground.diagnosis.scale import NOTHING, Scale, level
from playground.language import mark, tr
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
COMES_BACK = 0.9
"""Share of the distance it had got to, below which it comes back."""
ENDS_LOWER = mark("{change} ends lower.")
AWAY = mark("{change} gets away.")
"""Promises that a search knows by their text: they are handed over as they are."""
IN_NOISE = mark("{change} ends lower, on average over the last tenth of its steps.")
NONE_HELPS = mark(
    "None of the changes that were tried ends clearly lower, both at its last step and on average "
    "over the last tenth of its steps."
)
NONE_IN_NOISE = mark(
    "None of the changes that were tried ends clearly lower with this noise and lower with other "
    "draws of it as well, on average over the last tenth of its steps."
)


def again(run: Run, change: Fix) -> Run:
    """The same start, noise and number of updates with a changed optimizer or schedule."""
    name = "schedule" if isinstance(change, Schedule) else "optimizer"
    return run.again(**{name: change})


def trials_of(steps: int, noisy: bool) -> int:
    """How many runs a search makes at most for one run of so many updates."""
    tried = min(TRIALS, max(1, UPDATES // max(steps, 1)))
    return tried * DRAWS + DRAWS - 1 if noisy else tried


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

    def _stays_away(self, new: Run) -> bool:
        """Whether what gets away comes no nearer again to where the run stands, for as long again.

        On its way to the same place it is not there yet either.
        """
        if AWAY not in self.promise:
            return True
        on, late = carried_on(new, 2 * new.steps, held=True), max(new.steps // lines.TENTH, 1)
        away = np.hypot(*(on.x - self.run.x[-1]).T)
        then, later = away[: new.steps + 1][-late:].mean(), away[-late:].mean()
        return bool(later >= COMES_BACK * then)

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
        ends_lower = tr(IN_NOISE if noisy else ENDS_LOWER)
        promise = self.promise.replace(ENDS_LOWER, ends_lower).replace(AWAY, tr(AWAY))
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
                    if self.kept(found) and scale.holds(new) and self._stays_away(new):
                        return Advice(change, promise.format(change=name))
                    if self.lower and second.change is None and scale.lower(new):
                        second = Advice(change, ends_lower.format(change=name))
            if tried == TRIALS or (tried + 1) * self.run.steps > UPDATES:
                break
        endless = ground_of(self.run.surface, self.window, scale.decay).unbounded
        if second.change is None and tried and self.lower and not (endless or refused):
            return Advice(None, tr(NONE_IN_NOISE if noisy else NONE_HELPS))
        return second


def named(change: Fix, old: Optimizer) -> str:
    """How a change begins a sentence: its new rate if nothing else differs, else the whole value.

    Either can be read back to the very value.
    """
    if isinstance(change, Optimizer) and change == old.replace(lr=change.lr):
        return tr("η = {} instead of {}", setting(change.lr), setting(old.lr))
    if change == Constant():
        return tr("A constant rate, {!r},", change)
    if isinstance(change, Schedule):
        return tr("A decaying rate, {!r},", change)
    return repr(change)
