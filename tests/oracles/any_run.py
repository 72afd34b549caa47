"""Runs of any declared setting, ends of the ground included: whatever is asked of them is answered.

``python -m tests.oracles.any_run --count 3000`` draws so many and prints what raises or shows a
visitor a bare "nan"; `tests.diagnosis.test_any_run` asks a few of the same.
"""

from __future__ import annotations

import argparse
import time
import traceback
import warnings
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

import playground as pg
from playground import microscope, theory
from playground.clipping import Clipping, NoClipping
from playground.declare import Declared
from playground.diagnosis.remedies import remedies
from playground.kinds import MEMBER, REAL, WHOLE, Param
from playground.microscope import told
from playground.simulation import Run
from tests.oracles.ends import BARE, ends

SHORT, LONG = range(11), (50, 100, 200, 500)
FORMULAS = (
    "x**2 + 3*y**2 + sin(x*y)",
    "abs(x) + 2*abs(y)",
    "log(x)**2 + y**2",
    "1/x + x + y**2",
    "sqrt(x) + y**2",
    "max(0,1-x) + max(0,1-y)",
    "exp(exp(x*y))",
    "-x**2 - y**2",
    "1e12*x**100 + y",
    "x*y",
    "0*x",
    "tan(x) + y**2",
)


class Setting(NamedTuple):
    """What `simulate` is given; its repr runs in the namespace of `pg`."""

    surface: pg.Surface
    optimizer: pg.Optimizer
    start: tuple[float, float]
    steps: int
    schedule: pg.Schedule
    noise: float
    seed: int
    clip: Clipping

    def run(self) -> Run:
        return pg.simulate(**self._asdict())


def settings(seed: int) -> Iterator[Setting]:
    """Endless; the same for the same seed."""
    rng = np.random.default_rng(seed)
    while True:
        surface = member(rng, pg.Surface)
        optimizer = member(rng, pg.Optimizer)
        schedule = member(rng, pg.Schedule) if rng.random() < 0.4 else pg.Constant()
        clip = member(rng, Clipping) if rng.random() < 0.3 else NoClipping()
        steps = int(rng.choice(SHORT if rng.random() < 0.5 else LONG))
        noise = float(rng.choice([0.0, 0.0, 0.0, 1e-3, 1.0, 1000.0]))
        start = some_start(rng, surface)
        yield Setting(
            surface, optimizer, start, steps, schedule, noise, int(rng.integers(100)), clip
        )


def member(rng: np.random.Generator, family: type[Declared]) -> Any:
    """A value of a family, every parameter usual, somewhere on its slider, or at an end."""
    cls = family.all[str(rng.choice(list(family.all)))]
    if cls is pg.Formula:
        return pg.Formula(str(rng.choice(FORMULAS)))
    usual = cls()
    return usual.fitting({p.name: some_value(rng, p, family) for p in cls.params()})[0]


def some_value(rng: np.random.Generator, p: Param, family: type[Declared]) -> Any:
    chance = rng.random()
    if p.kind is MEMBER:
        return p.default if issubclass(p.family, family) else member(rng, p.family)
    if chance < 0.4:
        return p.default
    if chance < 0.7 and p.kind in (REAL, WHOLE) and p.low is not None and p.high is not None:
        if p.scale == "log" and p.low > 0:
            value = float(np.exp(rng.uniform(np.log(p.low), np.log(p.high))))
        else:
            value = float(rng.uniform(p.low, p.high))
        return round(value) if p.kind is WHOLE else float(f"{value:.4g}")
    found = ends(p)
    return found[rng.integers(len(found))] if found else p.default


def some_start(rng: np.random.Generator, surface: pg.Surface) -> tuple[float, float]:
    x0, x1, y0, y1 = surface.span
    chance = rng.random()
    if chance < 0.3:
        x, y = surface.start
    elif chance < 0.6:
        x, y = rng.uniform(x0, x1), rng.uniform(y0, y1)
    elif chance < 0.75 and (points := surface.critical_points()):
        x, y = points[rng.integers(len(points))]
    else:
        far = [0.0, 5e-324, 1e-160, 1.0, -1e6, 1e155, -1e308]
        x, y = rng.choice(far, 2)
    return float(x), float(y)


def words(run: Run, whole: bool) -> Iterator[str]:
    """All that a visitor reads of a run; `whole`: its remedies too, which are many runs."""
    found = pg.diagnose(run)
    for finding in found.findings:
        yield finding.sentence
        yield repr(finding.fix or "")
    yield found.verdict
    if whole:
        for remedy in remedies(run):
            yield remedy.sentence
            yield remedy.diagnosis.verdict
    yield from _of_the_microscope(run)
    yield theory.why_no_limit(run.optimizer) or ""
    theory.sharpness(run)
    theory.stability_limit(run.optimizer, run.surface, run.x[0], run.steps)
    theory.critical_lr(run.optimizer, run.surface, run.x[0])


def _of_the_microscope(run: Run) -> Iterator[str]:
    last = microscope.updates(run)
    microscope.arrows(run)
    for t in sorted({1, (last + 1) // 2, last}) if last else ():
        seen = microscope.look(run, t)
        yield told.update_table(seen)
        yield told.sum_of_parts(seen)
        yield from (f"{stage.name} {stage.meaning}" for stage in microscope.shares(seen))
    if last:
        yield told.how_to_read(run)
    if run.surface.minima():
        microscope.eigenmodes(run)


def faults(setting: Setting, whole: bool) -> list[str]:
    """What is wrong with what is said of a run; a warning is one."""
    found: list[str] = []
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            for text in words(setting.run(), whole):
                found += [f"says {m.group()!r}: {text[:300]}" for m in BARE.finditer(text)]
        except Exception as error:  # which is the fault that is looked for
            frames = traceback.extract_tb(error.__traceback__)
            places = [f"{f.filename}:{f.lineno} {f.line}" for f in frames if "/play" in f.filename]
            found.append(f"{type(error).__name__}: {error} at {' | '.join(places[-3:])}")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description="Ask whatever a page asks of random runs.")
    parser.add_argument("--count", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    drawn = settings(given.seed)
    wrong = 0
    for i in range(given.count):
        setting = next(drawn)
        begun = time.perf_counter()
        found = faults(setting, whole=i % 10 == 0)
        took = time.perf_counter() - begun
        wrong += bool(found)
        if found or took > 10:
            print(f"{i}: {setting} ({took:.1f} s)", *found, sep="\n    ", flush=True)
    print(f"{given.count} runs, {wrong} wrong")


if __name__ == "__main__":
    main()
