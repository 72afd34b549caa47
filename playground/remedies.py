"""What would fix it?  One-knob changes, each tried, ranked by what they achieve."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from playground.diagnosis import Diagnosis, diagnose
from playground.diagnosis.finding import number
from playground.diagnosis.ground import Window, ground_of
from playground.optimizers import Optimizer
from playground.optimizers.adam import Adam
from playground.optimizers.gradient_descent import GradientDescent
from playground.optimizers.momentum import Momentum
from playground.schedules import Constant, Cosine, LinearWarmup, Schedule
from playground.simulation import Run, simulate
from playground.theory import critical_lr, critical_momentum, modes

GOOD = ("converged",)
"""Endings that need no remedy."""


@dataclass(frozen=True)
class Remedy:
    """One changed knob and what came of it."""

    sentence: str
    optimizer: Optimizer
    schedule: Schedule
    run: Run
    diagnosis: Diagnosis
    score: float
    """Share of the drop f₀ − f* that is left at the end; smaller is better, inf if it diverged."""


def remedies(run: Run, window: Window | None = None) -> tuple[Remedy, ...]:
    """Every one-knob change that ends lower than `run` did, best first; none for a good ending.

    Tried are the fix its diagnosis suggests, half and twice the step, the step just under the
    limit, critical momentum, a decay, a warm-up and other rules, each for as many updates from
    the same start with the same noise.
    """
    diagnosis = diagnose(run, window)
    if diagnosis.outcome in GOOD or not run.steps:
        return ()
    before = _score(run, window)
    tried = {}
    for what, optimizer, schedule in _changes(run, diagnosis):
        if (optimizer, schedule) not in tried and (optimizer, schedule) != (
            run.optimizer, run.schedule,
        ):  # fmt: skip
            tried[optimizer, schedule] = _try(run, what, optimizer, schedule, window)
    better = [remedy for remedy in tried.values() if remedy.score < before]
    return tuple(sorted(better, key=lambda r: (r.diagnosis.outcome not in GOOD, r.score)))


def _try(
    run: Run, what: str, optimizer: Optimizer, schedule: Schedule, window: Window | None
) -> Remedy:
    problem = run.problem
    new = simulate(run.surface, optimizer, problem.start, run.steps, schedule, problem.noise,
                   problem.seed)  # fmt: skip
    diagnosis, score = diagnose(new, window), _score(new, window)
    after = "gone" if math.isinf(score) else f"{number(100 * score)} % of the drop left"
    label = diagnosis.outcome.replace("_", " ")
    return Remedy(f"{what}: {label}, {after}.", optimizer, schedule, new, diagnosis, score)


def _score(run: Run, window: Window | None) -> float:
    """Mean loss of the last tenth above the lowest known, as a share of the start's."""
    if run.finite <= run.steps:
        return math.inf
    low = ground_of(run.surface, window or run.surface.span).lowest
    with np.errstate(all="ignore"):
        last = float(np.mean(run.f[-max(run.steps // 10, 1) :]))
    return max(last - low, 0.0) / max(float(run.f[0]) - low, 1e-300)


def _changes(run: Run, diagnosis: Diagnosis) -> Iterator[tuple[str, Optimizer, Schedule]]:
    """A sentence, an optimizer and a schedule per change of one knob."""
    optimizer, schedule = run.optimizer, run.schedule
    lr = optimizer.lr
    for fix in (finding.fix for finding in diagnosis.findings):
        if isinstance(fix, Optimizer):
            yield f"{fix!r}", fix, schedule
        elif isinstance(fix, Schedule):
            yield f"{fix!r}", optimizer, fix
    for factor, what in ((0.5, "Half the step"), (0.1, "A tenth of the step"),
                         (2.0, "Twice the step"), (10.0, "Ten times the step")):  # fmt: skip
        yield f"{what}, η = {number(lr * factor)}", optimizer.replace(lr=lr * factor), schedule
    yield from _by_theory(run)
    if schedule != Constant():
        yield "No schedule", optimizer, Constant()
    yield "A decay, Cosine()", optimizer, Cosine()
    warmup = max(run.steps // 10, 2)
    yield f"A warm-up over {warmup} updates", optimizer, LinearWarmup(warmup=warmup)
    x0, x1, y0, y1 = run.surface.span
    reach = float(f"{math.hypot(x1 - x0, y1 - y0) / 100:.3g}")
    yield "Another rule, Adam", Adam(lr=reach), schedule
    if isinstance(optimizer, GradientDescent):
        yield "Momentum 0.9", Momentum(lr=lr, momentum=0.9), schedule
    if isinstance(optimizer, Momentum):
        yield "No momentum", GradientDescent(lr=lr), schedule


def _by_theory(run: Run) -> Iterator[tuple[str, Optimizer, Schedule]]:
    """The step just under the limit and critical momentum, at the minimum nearest to the end."""
    minima = run.surface.minima()
    if not minima:
        return
    end = run.x[max(int(run.finite), 1) - 1]
    point = np.array(min(minima, key=lambda q: math.dist(q, end)))
    critical = float(critical_lr(run.optimizer, run.surface, point))
    if math.isfinite(critical):
        under = float(f"{0.9 * critical:.3g}")
        yield (f"Just under the limit, η = {number(under)}", run.optimizer.replace(lr=under),
               run.schedule)  # fmt: skip
    flattest = float(modes(run.surface, point).eigenvalues[0])
    if isinstance(run.optimizer, Momentum) and flattest > 0:
        mu = float(f"{critical_momentum(run.optimizer, flattest):.3g}")
        calm = run.optimizer.replace(momentum=mu)
        yield f"Critical momentum, μ = {number(mu)}", calm, run.schedule
