"""What would fix it?  One-knob changes, each tried, ranked by what they achieve."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from playground.clipping import ClipNorm, Clipping
from playground.diagnosis import Diagnosis, diagnose, lines
from playground.diagnosis.changes import REACH, TENTH, rounded_down, without_swing
from playground.diagnosis.fixes import INERTIA, MARGIN
from playground.diagnosis.ground import Window
from playground.diagnosis.outcome import Standing
from playground.diagnosis.scale import LOWER, Scale
from playground.language import mark, tr
from playground.optimizers import Optimizer
from playground.optimizers.adam import Adam
from playground.schedules import Constant, Cosine, LinearWarmup, Schedule
from playground.simulation import Run
from playground.theory import critical_lr, modes
from playground.words import number, percent, setting

NOTHING = 1e-9
"""Share of the drop that is called nothing."""
FACTORS = {
    0.5: mark("Half the step, η = {}"),
    TENTH: mark("A tenth of the step, η = {}"),
    2.0: mark("Twice the step, η = {}"),
    10.0: mark("Ten times the step, η = {}"),
}
FIRST = 3
"""The change that teaches is among so many."""


@dataclass(frozen=True)
class Remedy:
    """One changed knob and what came of it."""

    sentence: str
    optimizer: Optimizer
    schedule: Schedule
    run: Run
    diagnosis: Diagnosis
    score: float
    """Height of the end above the lowest, decay counted as the run to be mended counts it.

    As a share of the drop f₀ − f* where the start has one; inf if it diverged.
    """


def remedies(run: Run, window: Window | None = None) -> tuple[Remedy, ...]:
    """Every one-knob change that ends lower than `run` did, best first; none for a good ending.

    Tried are the step just under the limit, the fix its diagnosis suggests, half and twice the
    step, critical momentum, a decay, a warm-up, other rules and after too large a step clipping,
    each for as many updates from the same start with the same noise.  Good endings come before
    healthy ones, lower before higher; a change that itself ends badly is offered only if no other
    ends better.
    """
    diagnosis = diagnose(run, window)
    if _is_good(diagnosis) or not run.steps:
        return ()
    scale = Scale.of(run, window or run.surface.span)
    before = LOWER * scale.share(scale.end - scale.low)
    seen, tried = {(run.optimizer, run.schedule)}, []
    for what, optimizer, schedule in _changes(run, diagnosis):
        if (optimizer, schedule) not in seen:
            seen.add((optimizer, schedule))
            new = run.again(optimizer=optimizer, schedule=schedule)
            tried.append(_judged(new, what, window, scale))
    if diagnosis.outcome.too_large and not run.problem.clips:
        for clip in _short_steps(run):
            what = tr("Clipping, {!r}", clip)
            tried.append(_judged(run.again(clip=clip), what, window, scale))
    better = sorted((r for r in tried if r.score < before), key=_rank)
    under = _under_the_limit(run) if diagnosis.outcome.too_large else None
    lesson = under, run.schedule, run.clip
    teaches = [r for r in better if (r.optimizer, r.schedule, r.run.clip) == lesson]
    offered = [r for r in better if _rank(r)[0] < 2] or better
    if teaches and teaches[0] not in offered[:FIRST]:
        offered = [r for r in offered if r is not teaches[0]]
        offered.insert(FIRST - 1, teaches[0])
    return tuple(offered)


def _rank(remedy: Remedy) -> tuple[int, float]:
    """Arrived, healthy or neither; then by what is left."""
    healthy = remedy.diagnosis.outcome.standing is Standing.HEALTHY
    return (0 if _is_good(remedy.diagnosis) else 1 if healthy else 2), remedy.score


def _is_good(diagnosis: Diagnosis) -> bool:
    """Arrived, and not about to be thrown out again."""
    return diagnosis.outcome.standing is Standing.GOOD and diagnosis.lasting


def _short_steps(run: Run) -> Iterator[Clipping]:
    """Clipping under which a step of plain descent is at most a hundredth of the window."""
    x0, x1, y0, y1 = run.surface.span
    longest = math.hypot(x1 - x0, y1 - y0) / REACH / run.optimizer.lr
    if 0 < longest < math.inf:  # such a step is no number where the rate is at an end of them
        yield ClipNorm(max_norm=rounded_down(longest))


def _judged(new: Run, what: str, window: Window | None, scale: Scale) -> Remedy:
    diagnosis = diagnose(new, window)
    gone = diagnosis.outcome.standing is Standing.LOST
    left = math.inf if gone else scale.left(new)
    sentence = f"{what}: {diagnosis.outcome.noun}, {_after(left, scale)}."
    return Remedy(sentence, new.optimizer, new.schedule, new, diagnosis, scale.share(left))


def _after(left: float, scale: Scale) -> str:
    """What is left, as a share of the drop where it is one."""
    if math.isinf(left):
        return tr("gone")
    if not left > NOTHING * scale.unit:
        return tr("nothing of the drop left") if scale.drop > scale.equal else tr("nothing left")
    if not scale.drop > scale.equal or left > scale.drop:
        return tr("{} above the lowest", number(left))
    return tr("{} of the drop left", percent(left / scale.drop))


def _changes(run: Run, diagnosis: Diagnosis) -> Iterator[tuple[str, Optimizer, Schedule]]:
    """A sentence, an optimizer and a schedule per change of one knob."""
    optimizer, schedule = run.optimizer, run.schedule
    lr = optimizer.lr
    yield from _by_theory(run)
    for fix in (finding.fix for finding in diagnosis.findings):
        if isinstance(fix, Optimizer):
            yield f"{fix!r}", fix, schedule
        elif isinstance(fix, Schedule):
            yield f"{fix!r}", optimizer, fix
    for factor, what in FACTORS.items():
        new = float(f"{lr * factor:.3g}")
        if 0 < new < math.inf:
            yield tr(what, setting(new)), optimizer.replace(lr=new), schedule
    if schedule != Constant():
        yield tr("No schedule"), optimizer, Constant()
    yield tr("A decay, {!r}", Cosine()), optimizer, Cosine()
    warmup = max(run.steps // lines.TENTH, 2)
    yield tr("A warm-up over {} updates", warmup), optimizer, LinearWarmup(warmup=warmup)
    x0, x1, y0, y1 = run.surface.span
    reach = rounded_down(math.hypot(x1 - x0, y1 - y0) / REACH)
    yield tr("Another rule, Adam with η = {}", setting(reach)), Adam(lr=reach), schedule
    if rolling := optimizer.with_momentum(0.0 if optimizer.kept_velocity else INERTIA):
        rolls = tr("Momentum {}", setting(INERTIA))
        yield tr("No momentum") if optimizer.kept_velocity else rolls, rolling, schedule


def _by_theory(run: Run) -> Iterator[tuple[str, Optimizer, Schedule]]:
    """The step just under the limit and critical momentum, at the minimum nearest to the end."""
    if (under := _under_the_limit(run)) is not None:
        yield tr("Just under the limit, η = {}", setting(under.lr)), under, run.schedule
    if (point := _minimum_below(run)) is None:
        return
    flattest = float(modes(run.surface, point).eigenvalues[0])
    calm = without_swing(run.optimizer, flattest) if flattest > 0 else None
    if calm is not None:
        mu = setting(calm.kept_velocity)
        yield tr("Critical momentum, μ = {}", mu), calm, run.schedule


def _under_the_limit(run: Run) -> Optimizer | None:
    """The same rule just under the limit at the minimum nearest to the end."""
    if (point := _minimum_below(run)) is None:
        return None
    critical = float(critical_lr(run.optimizer, run.surface, point, run.steps))
    under = rounded_down(MARGIN * critical)
    # A wall of infinite curvature leaves no step at all.
    return run.optimizer.replace(lr=under) if 0 < under < math.inf else None


def _minimum_below(run: Run) -> np.ndarray | None:
    """The minimum nearest to the end; None without one."""
    minima, end = run.surface.minima(), run.x[max(int(run.finite), 1) - 1]
    return np.array(min(minima, key=lambda q: math.dist(q, end))) if minima else None
