"""Labelled runs over all surfaces and optimizers: ``python -m tests.oracles.labelled.make [seed]``.

Prints JSON of settings and labels; runs on which the oracle is unsure are dropped, and no label
takes more than its share.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np

import playground as pg
from playground.theory import critical_lr
from tests.oracles.labelled.oracle import Oracle
from tests.oracles.truth.setting import Setting

LEFT_OUT = {"Formula"}
SHARE = 20
"""Most runs a label may take."""


def written(setting: Setting, label: str) -> dict[str, Any]:
    def value(thing: Any) -> list[Any]:
        return [type(thing).__name__, thing.changed()]

    return {
        "surface": value(setting.surface),
        "optimizer": value(setting.optimizer),
        "schedule": value(setting.schedule),
        "start": setting.start,
        "steps": setting.steps,
        "noise": setting.noise,
        "seed": setting.seed,
        "label": label,
    }


def read(case: dict[str, Any]) -> Setting:
    def value(family: Any, thing: list[Any]) -> Any:
        return family.all[thing[0]](**thing[1])

    return Setting(
        value(pg.Surface, case["surface"]),
        value(pg.Optimizer, case["optimizer"]),
        tuple(case["start"]),
        case["steps"],
        value(pg.Schedule, case["schedule"]),
        case["noise"],
        case["seed"],
    )


def rounded(number: float) -> float:
    return float(f"{number:.4g}")


def settings(rng: np.random.Generator) -> Iterator[Setting]:
    """Surfaces and optimizers of the register, with starts, rates and lengths at random."""
    while True:
        if rng.random() < 0.3:
            yield rare(rng)
            continue
        surface = some_surface(rng)
        optimizer = some_optimizer(rng, surface)
        yield Setting(
            surface,
            optimizer,
            some_start(rng, surface),
            int(rng.choice([40, 60, 100, 150, 300, 500, 800])),
            some_schedule(rng),
            some_noise(rng, surface),
            int(rng.integers(100)),
        )


def rare(rng: np.random.Generator) -> Setting:
    """Settings that lead to outcomes which chance seldom meets."""
    steps, seed = int(rng.choice([200, 400, 800])), int(rng.integers(100))
    match int(rng.integers(6)):
        case 0:  # soft walls and a step too large
            surface = pg.Canyon(a=rounded(rng.uniform(0.02, 0.4)), b=rounded(rng.uniform(4, 12)))
            over = rng.uniform(1.1, 2.8)
            kind = pg.Optimizer.all[str(rng.choice(["GradientDescent", "Momentum", "Nesterov"]))]
            lr = float(critical_lr(kind(), surface, np.zeros(2))) * over
            return Setting(surface, kind(lr=rounded(lr)), some_start(rng, surface), steps)
        case 1:  # a valley too sharp to stand in
            lr = rounded(rng.uniform(0.09, 0.12))
            start = rounded(rng.uniform(-1, 0.5)), 0.1
            return Setting(pg.Narrowing(), pg.GradientDescent(lr=lr), start, 4000)
        case 2 | 3:  # noise on a convex bowl
            surface = some_surface(rng)
            while len(surface.minima()) != 1:
                surface = some_surface(rng)
            optimizer = some_optimizer(rng, surface)
            while "Rprop" in repr(optimizer):
                optimizer = some_optimizer(rng, surface)
            return Setting(
                surface,
                optimizer,
                some_start(rng, surface),
                steps,
                noise=some_noise(rng, surface, always=True),
                seed=seed,
            )
        case 4:  # rules whose last steps are as long as the first
            surface = some_surface(rng)
            x0, x1, y0, y1 = surface.span
            lr = rounded(10 ** rng.uniform(-2.5, -1) * np.hypot(x1 - x0, y1 - y0) / 2)
            optimizer = (
                pg.RMSProp(lr=lr, alpha=0.9, first_gradient=True)
                if rng.random() < 0.5
                else pg.Lion(lr=lr)
            )
            return Setting(surface, optimizer, some_start(rng, surface), steps)
    surface = pg.Surface.all[str(rng.choice(["Hole", "Geman", "SquaredSoftmax"]))]()  # flat rims
    return Setting(surface, some_optimizer(rng, surface), some_start(rng, surface), steps)


def some_surface(rng: np.random.Generator) -> pg.Surface:
    name = str(rng.choice([name for name in pg.Surface.all if name not in LEFT_OUT]))
    kind = pg.Surface.all[name]
    if name == "Bowl":
        return kind(kappa=rounded(10 ** rng.uniform(0.3, 2.5)), angle=rounded(rng.uniform(-90, 90)))
    return kind()


def some_start(rng: np.random.Generator, surface: pg.Surface) -> tuple[float, float]:
    if rng.random() < 0.2:
        return surface.start
    x0, x1, y0, y1 = surface.span
    x, y = rng.uniform(x0, x1), rng.uniform(y0, y1)
    if rng.random() < 0.15:
        saddles = [q for q in surface.critical_points() if not q.is_minimum]
        if saddles:
            x, y = saddles[rng.integers(len(saddles))] + 1e-5 * rng.standard_normal(2)
            return float(x), float(y)
    return rounded(x), rounded(y)


def some_optimizer(rng: np.random.Generator, surface: pg.Surface) -> pg.Optimizer:
    kind = pg.Optimizer.all[str(rng.choice(list(pg.Optimizer.all)))]
    options: dict[str, Any] = {}
    fields = {p.name for p in kind.params()}
    if "momentum" in fields:
        options["momentum"] = float(rng.choice([0.5, 0.8, 0.9, 0.95, 0.99]))
    if "alpha" in fields:
        options |= {"alpha": float(rng.choice([0.9, 0.99])), "momentum": 0.0}
    if "beta1" in fields and rng.random() < 0.2:
        options["beta1"] = 0.5
    if kind is pg.Newton:
        rate, damping = rng.choice([0.02, 0.1, 0.5, 1.0]), rng.choice([0.0, 1.0])
        return kind(lr=float(rate), damping=float(damping))
    x0, x1, y0, y1 = surface.span
    own = rng.uniform(-3.5, -0.3)
    lr = 10**own * float(np.hypot(x1 - x0, y1 - y0)) / 2
    optimizer = kind(lr=lr, **options)
    minima = surface.minima()
    at = np.array(minima[0]) if minima else np.array(surface.start)
    critical = critical_lr(optimizer, surface, at)
    if np.isfinite(critical):
        reach = rng.choice([rng.uniform(-3.5, 0), rng.uniform(-0.3, 0.15)])
        lr = critical * 10**reach
    return optimizer.replace(lr=rounded(float(lr)))


def some_schedule(rng: np.random.Generator) -> pg.Schedule:
    match int(rng.integers(12)):
        case 0:
            return pg.Exponential(gamma=rounded(1 - 10 ** rng.uniform(-2.5, -1)))
        case 1:
            return pg.InverseTime(k=rounded(10 ** rng.uniform(-2, 0)))
        case 2:
            return pg.StepDecay(every=30, gamma=0.3)
    return pg.Constant()


def some_noise(rng: np.random.Generator, surface: pg.Surface, always: bool = False) -> float:
    if not always and rng.random() > 0.15:
        return 0.0
    return rounded(float(np.hypot(*surface.gradient(surface.start))) * 10 ** rng.uniform(-1.5, 0))


def labelled(seed: int, count: int) -> Iterator[dict[str, Any]]:
    rng = np.random.default_rng(seed)
    taken: Counter[str] = Counter()
    for attempt, setting in enumerate(settings(rng)):
        if attempt == count:
            return
        label = Oracle(setting).label()
        if label and taken[label] < SHARE:
            taken[label] += 1
            yield written(setting, label)


if __name__ == "__main__":
    seed, count = int(sys.argv[1]), int(sys.argv[2])
    cases = list(labelled(seed, count))
    print("[" + ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases) + "]")
    print(Counter(case["label"] for case in cases), file=sys.stderr)
