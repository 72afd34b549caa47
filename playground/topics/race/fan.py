"""The fan of a knob: one batch over its positions, judged by the rules that judge every run."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import numpy as np

from playground import theory
from playground.declare import Declared
from playground.diagnosis import EVENTS, OUTCOMES, Diagnosis, Finding, outcomes
from playground.diagnosis.outcome import Outcome, Standing
from playground.figures.theme import CELLS
from playground.kinds import REAL, Param
from playground.language import spoken_now, tr
from playground.optimizers import Optimizer
from playground.optimizers.parameters import spaced_values
from playground.player import Ending, Event, Fan, Knob, Tick
from playground.player.packing import digest
from playground.shelf import remembered
from playground.simulation import Run
from playground.surfaces import Surface
from playground.topics.race.race import Race, Runner
from playground.topics.race.tuning import record_of
from playground.words import capital, indexed

RATE = "lr"
POSITIONS = 96
FEWEST = 12
UPDATES = 40_000
"""Positions times steps, so that a long run's fan costs no more than a short one's."""
WORDS = 12
STOP = re.compile(r"[:.](?:\s|$)")


def knobs(race: Race, runner: Runner) -> list[Knob]:
    """What can be turned at a runner in the player: its numbers, the learning rate first."""
    around, rule = surroundings(race, runner), runner.optimizer
    return [knob(around, race.conditions.steps, rule, p) for p in turnable(rule)]


def knob(around: str, steps: int, optimizer: Optimizer, p: Param) -> Knob:
    """What can be turned; `around` are the surroundings."""
    return Knob(
        value=getattr(optimizer, p.name),
        count=how_many(steps),
        fan=_name(around, optimizer, p),
        **dial(p),
    )


def dials(surface: Surface) -> list[Knob]:
    """What can be turned at a surface; every turn asks Python, as the ground changes as well."""
    found = turnable(surface)
    return [Knob(value=getattr(surface, p.name), count=POSITIONS, fan="", **dial(p)) for p in found]


@remembered
def dial(p: Param) -> dict[str, Any]:
    """What a knob of a parameter always is."""
    low, high = (float(end) if np.isfinite(end) else None for end in p.valid.bounds)
    first, last = spaced_values(p, 2).tolist()
    return {
        "param": p.name,
        "symbol": p.short,
        "label": p.words,
        "ends": (first, last),
        "scale": p.scale,
        "digits": digits(p),
        "valid": (low, high, *p.valid.closed),
        "allowed": REAL.allowed(p),
    }


def turnable(declared: Declared) -> list[Param]:
    """The parameters that are one real number with a range."""
    found = [p for p in declared.params() if p.kind is REAL and p.low is not None]
    return sorted(found, key=lambda p: p.name != RATE)


def how_many(steps: int) -> int:
    """Positions of a knob, fewer for long runs."""
    return min(POSITIONS, max(FEWEST, UPDATES // max(steps, 1)))


def positions(p: Param, count: int) -> np.ndarray:
    """The values of a knob's positions ``(count,)``, ascending, in digits that can be read."""
    return np.array([float(f"{value:.{digits(p)}g}") for value in spaced_values(p, count)])


def digits(p: Param) -> int:
    """Digits of a position: the memories of a decay scale differ late."""
    return 6 if p.scale == "decay" else 4


def surroundings(race: Race, runner: Runner) -> str:
    """All that the fans of a runner are made of, but for its optimizer."""
    return repr((race.surface, race.begin, race.conditions, runner.schedule, runner.clip))


def name_of(race: Race, runner: Runner, p: Param) -> str:
    """The name of a fan: a digest of all it is made of."""
    return _name(surroundings(race, runner), runner.optimizer, p)


def _name(around: str, optimizer: Optimizer, p: Param) -> str:
    others = {name: value for name, value in optimizer.values().items() if name != p.name}
    of = f"{around} {type(optimizer).__name__} {others} {p.name}"
    return digest(f"{spoken_now()} {of}".encode())  # it tells in words how its lanes end


def message(race: Race, slot: str, param: str) -> bytes | None:
    """The bytes of a fan; None where the race has no such runner, or he no such knob."""
    runner = dict(race.entries()).get(slot)
    found = turnable(runner.optimizer) if runner else []
    p = next((p for p in found if p.name == param), None)
    if runner is None or p is None:
        return None
    # All but the knob's own value.
    still = replace(runner, optimizer=runner.optimizer.replace(**{p.name: p.default}))
    return _message(name_of(race, runner, p), replace(race, runners=(still,)), p)


@remembered
def _message(name: str, race: Race, p: Param) -> bytes:
    return fan_of(name, race, p).message()


def fan_of(name: str, race: Race, p: Param) -> Fan:
    """The fan of the parameter p of the only runner of a race."""
    ((_, runner),) = race.entries()
    values = positions(p, how_many(race.conditions.steps))
    swept = replace(runner, optimizer=runner.optimizer.replace(**{p.name: values}))
    run = race.sweep(swept)
    return Fan(
        name,
        race.surface.span,
        values,
        run.x,
        drawn_loss(run),
        bounded(race.surface),
        hot=unstable(gauge_share(run)),
        endings=[ending(OUTCOMES[i]) for i in outcomes(run)],
        ticks=named_positions(run, p, values),
    )


def ending(outcome: Outcome, words: str = "") -> Ending:
    """How the player tells an ending: by the words of its run, or by what the outcome means."""
    said = indexed(words or outcome.meaning)
    return Ending(outcome.noun, f"{capital(said)}.", CELLS[outcome.colour])


def brief(found: Diagnosis) -> Ending:
    """The verdict of a run in one short sentence."""
    return in_short(found.findings[0])


def in_short(found: Finding) -> Ending:
    """An outcome that was found in one short sentence: its story as far as its first stop."""
    story = STOP.split(found.story, 1)[0]
    return ending(found.label, story if len(story.split()) <= WORDS else story.split(",")[0])


def gauge_share(run: Run) -> np.ndarray:
    """η·λ over the limit of the rule before every update ``(T, ...)``; NaN where there is none."""
    limit = theory.stability_limit(run.optimizer, run.surface, run.x[0], run.steps)
    with np.errstate(all="ignore"):
        share: np.ndarray = theory.sharpness(run) / np.where(np.isfinite(limit), limit, np.nan)
    return share


def unstable(share: np.ndarray) -> np.ndarray:
    """Whether an update was above the stability limit, by its share of it."""
    return share > 1


def bounded(surface: Surface) -> bool:
    """Whether the first chart shows the excess above the lowest minimum, over the logarithm."""
    return bool(np.isfinite(surface.lowest()))


def drawn_loss(run: Run) -> np.ndarray:
    """What the first chart shows of a run: the excess, or the loss where nothing bounds it."""
    return run.excess if bounded(run.surface) else run.f


def flagged_stretches(flags: np.ndarray) -> list[tuple[int, int]]:
    """The stretches [first, end) of the updates ``(T,)`` that are flagged."""
    edges = np.flatnonzero(np.diff(flags.astype(np.int8), prepend=0, append=0)).tolist()
    return list(zip(edges[::2], edges[1::2], strict=True))


def happened(found: Diagnosis) -> list[Event]:
    """What the player marks on its way: the events, and the end of what is gone."""
    events = [f for f in found.findings if f.label in EVENTS]
    gone = [f for f in found.findings[:1] if f.label.standing is Standing.LOST]
    return [Event(*f.steps, f.label.noun) for f in events] + [
        Event(f.steps[1], f.steps[1], f.label.noun) for f in gone
    ]


def named_positions(run: Run, p: Param, values: np.ndarray) -> list[Tick]:
    """The positions that have a name: the best that was tried, and of a rate what theory knows."""
    best = record_of(run, values).best
    found = [] if best is None else [Tick(float(values[best]), tr("best tried"))]
    point = nearest_minimum(run)
    if p.name != RATE or point is None:
        return found
    optimizer = run.optimizer.replace(lr=1.0)
    limit = float(theory.critical_lr(optimizer, run.surface, point, run.steps))
    return found + [Tick(limit, tr("limit"))] * bool(np.isfinite(limit) and limit > 0)


def nearest_minimum(run: Run) -> np.ndarray | None:
    """The minimum nearest to the start, which all lanes share; None where there is none."""
    minima = np.array(run.surface.minima()).reshape(-1, 2)
    if not len(minima):
        return None
    start = run.x[0].reshape(2, -1)[:, 0]
    nearest: np.ndarray = minima[np.argmin(np.hypot(*(minima - start).T))]
    return nearest
