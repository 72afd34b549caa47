"""Settings drawn at random: all that a visitor may choose, ends of the ground included.

Drawn are surfaces with their parameters, formulas with kinks, poles and edges, every optimizer
with decay, every schedule, gradient noise, runs of 0 to 5 steps, starts exactly on critical
points, outside the window and outside the domain.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from scipy import optimize

import playground as pg
from tests.oracles.truth.function import Descended
from tests.oracles.truth.ground import search
from tests.oracles.truth.setting import Setting

FORMULAS = (
    "(x-{a})**2 + {b}*(y+{c})**2",
    "(x-{far})**2 + (y-{far})**2",
    "x**2 + {b}*y**2 + x*y",
    "abs(x-{a}) + {b}*abs(y)",
    "max(0,1-x) + max(0,{b}-y)",
    "max(x**2, y**2) + {c}*x",
    "sqrt(x**2 + {b}*y**2)",
    "hypot(x-{a}, {b}*y) + 0.1*x**2",
    "abs(x*y) + x**2 + y**2",
    "max(x, y)",
    "x - {b}*log(x) + y**2",
    "log(x)**2 + {b}*y**2",
    "1/x + x + {b}*y**2",
    "1/(x**2 + y**2 + 0.1) + {c}*(x**2 + y**2)",
    "sqrt(x) + 1/x + y**2",
    "x*log(x) + {b}*y**2",
    "x**1.5 + {b}*y**2",
    "(x-{a})**4 + {b}*y**2",
    "(x**2 + y**2)**2",
    "x**2*y**2 + {c}*(x**2 + y**2)",
    "(x**2-1)**2 + {b}*y**2 + 0.1*x",
    "(x**2+y-{b})**2 + (x+y**2-{a})**2",
    "exp(-x) + {b}*y**2",
    "log(1+exp(-{b}*x)) + y**2/2",
    "1 - exp(-{b}*(x**2+y**2))",
    "sin({b}*x) + y**2",
    "x**2/4 + y**2/2 + sin(2*x)*cos({b}*y)",
    "sin(x)*sin(y)",
    "x**2 - {b}*y**2",
    "x**3 - 3*x + {b}*y**2",
    "-x + {b}*y**2",
    "tanh(x)**2 + {b}*y**2",
    "log(cosh({b}*x)) + 0.1*y**2",
    "{c}*(cosh(x) + cosh(y))",
    "asin(x)**2 + y**2",
    "(1-x)**2 + {far}*(y-x**2)**2",
    "(x*y-1)**2/2",
    "-cos(x)*cos(y)*exp(-(x-{a})**2-(y-{a})**2)",
)
"""Patterns; a is about 1, b and c positive, far lies outside the window."""
LENGTHS = (20, 40, 60, 100, 150, 200, 300, 500, 800)


def settings(seed: int) -> Iterator[Setting]:
    """Endless; the same for the same seed."""
    rng = np.random.default_rng(seed)
    while True:
        yield drawn(rng)


def drawn(rng: np.random.Generator) -> Setting:
    surface = some_surface(rng)
    start = some_start(rng, surface)
    optimizer = some_optimizer(rng, surface, start)
    steps = int(rng.integers(0, 6)) if rng.random() < 0.08 else int(rng.choice(LENGTHS))
    schedule = some_schedule(rng, steps) if rng.random() < 0.25 else pg.Constant()
    noise = some_noise(rng, surface, start) if rng.random() < 0.08 else 0.0
    seed = int(rng.integers(100))
    return Setting(surface, optimizer, start, steps, schedule, noise, seed, some_extras(rng))


def some_extras(rng: np.random.Generator) -> dict[str, Any]:
    """Further arguments of `simulate`: a declared clipping of gradients, now and then."""
    if rng.random() > 0.1:
        return {}
    cuts = [cls for cls in pg.Clipping.all.values() if cls.params()]
    kind = cuts[rng.integers(len(cuts))]
    return {"clip": kind(*(rounded(float(10 ** rng.uniform(-1.5, 2))) for _ in kind.params()))}


def rounded(value: float, digits: int = 3) -> float:
    return float(f"{value:.{digits}g}")


def some_surface(rng: np.random.Generator) -> pg.Surface:
    if rng.random() < 0.35:
        return some_formula(rng)
    names = [name for name in pg.Surface.all if name != "Formula"]
    kind = pg.Surface.all[str(rng.choice(names))]
    if rng.random() < 0.6:
        return kind()
    values = {}
    for p in kind.params():
        if p.kind == "number" and p.low is not None and p.high is not None:
            low, high = float(p.low), float(p.high)
            log = p.scale == "log" and low > 0
            value = (
                np.exp(rng.uniform(np.log(low), np.log(high))) if log else rng.uniform(low, high)
            )
            values[p.name] = rounded(float(value))
    return kind(**values)


def some_formula(rng: np.random.Generator) -> pg.Surface:
    values = {
        "a": rounded(rng.uniform(0.5, 2)),
        "b": rounded(10 ** rng.uniform(-0.7, 1.3)),
        "c": rounded(10 ** rng.uniform(-1, 0.3)),
        "far": rounded(rng.uniform(4, 60)),
    }
    return pg.Formula(str(rng.choice(FORMULAS)).format(**values))


def some_start(rng: np.random.Generator, surface: pg.Surface) -> tuple[float, float]:
    """Usually inside the window and the domain; at times on a critical point, or far out."""
    chance = rng.random()
    if chance < 0.2:
        return tuple(map(float, surface.start))  # type: ignore[return-value]
    if chance < 0.28:
        q = critical_point(rng, surface)
        if q is not None:
            return q
    x0, x1, y0, y1 = surface.span
    far = 3.0 if chance > 0.95 else 1.0
    for _ in range(8):
        x = (x0 + x1) / 2 + far * (rng.random() - 0.5) * (x1 - x0)
        y = (y0 + y1) / 2 + far * (rng.random() - 0.5) * (y1 - y0)
        if np.isfinite(surface((x, y))):
            break
    return rounded(x), rounded(y)


def critical_point(rng: np.random.Generator, surface: pg.Surface) -> tuple[float, float] | None:
    """A point of zero slope from SciPy's root finder, rounded where it stays one."""
    x0, x1, y0, y1 = surface.span
    for _ in range(5):
        p = np.array([rng.uniform(x0, x1), rng.uniform(y0, y1)])
        with np.errstate(all="ignore"):
            found = optimize.root(lambda q: np.nan_to_num(surface.gradient(q)), p)
            for q in (np.round(found.x, 6) + 0.0, found.x):
                slope = np.hypot(*surface.gradient(q))
                inside = x0 <= q[0] <= x1 and y0 <= q[1] <= y1
                if inside and slope < 1e-9 * max(np.hypot(*surface.gradient(p)), 1e-12):
                    return float(q[0]), float(q[1])
    return None


def top_curvature(surface: pg.Surface, start: tuple[float, float]) -> float:
    """The largest curvature at the lowest rest, or else at the start; 1 where there is none."""
    function = Descended(surface)
    rests = search(function).rests
    for p in (*(r.x for r in rests[:1]), np.array(start)):
        values = function.eigenvalues(p)
        if np.isfinite(values).all() and values[1] > 1e-9:
            return float(values[1])
    return 1.0


def some_optimizer(
    rng: np.random.Generator, surface: pg.Surface, start: tuple[float, float]
) -> pg.Optimizer:
    """Any rule with rates from far too small to too large for the surface."""
    kind = pg.Optimizer.all[str(rng.choice(list(pg.Optimizer.all)))]
    fields = {p.name for p in kind.params()}
    options: dict[str, Any] = {}
    if "momentum" in fields and (kind.__name__ != "RMSProp" or rng.random() < 0.2):
        options["momentum"] = float(rng.choice([0.0, 0.5, 0.8, 0.9, 0.95, 0.99]))
    if "alpha" in fields:
        options["alpha"] = float(rng.choice([0.9, 0.99]))
    if "beta1" in fields and rng.random() < 0.25:
        options["beta1"] = float(rng.choice([0.0, 0.5, 0.95]))
    if "eps" in fields and rng.random() < 0.08:
        options["eps"] = float(rng.choice([1e-3, 1.0]))
    if "weight_decay" in fields and rng.random() < 0.3:
        options["weight_decay"] = float(rng.choice([0.01, 0.1, 1.0]))
    if "damping" in fields:
        rate, damping = rng.choice([0.02, 0.1, 0.5, 1.0]), rng.choice([0.0, 0.0, 1.0])
        return kind(lr=float(rate), damping=float(damping))
    x0, x1, y0, y1 = surface.span
    own = kind.effective_lr is not pg.Optimizer.effective_lr
    if own or "step_min" in fields or kind.__name__ == "Lion":
        lr = 10 ** rng.uniform(-3.5, -0.3) * float(np.hypot(x1 - x0, y1 - y0)) / 2
    else:
        reach = rng.choice([rng.uniform(-3.5, 0), rng.uniform(-0.4, 0.2), rng.uniform(0, 1)])
        lr = 2 / top_curvature(surface, start) * 10**reach
    return kind(lr=rounded(float(lr)), **options)


def some_schedule(rng: np.random.Generator, steps: int) -> pg.Schedule:
    """Any family, with lengths that fit the run."""
    kind = pg.Schedule.all[str(rng.choice(list(pg.Schedule.all)))]
    values: dict[str, Any] = {}
    for p in kind.params():
        if p.name in ("every", "period", "warmup", "at"):
            values[p.name] = int(max(steps * rng.choice([0.05, 0.2, 0.5]), 1))
        elif p.name == "milestones":
            values[p.name] = (max(steps // 2, 1), max(3 * steps // 4, 2))
        elif p.name == "gamma":
            per_step = kind.__name__ == "Exponential"
            gamma = 1 - 10 ** rng.uniform(-2.5, -1) if per_step else rng.uniform(0.1, 0.6)
            values[p.name] = rounded(float(gamma))
        elif p.name == "k":
            values[p.name] = rounded(float(10 ** rng.uniform(-2, 0)))
        elif p.name == "t0":
            values[p.name] = rounded(float(10 ** rng.uniform(0, 2)))
    return kind(**values)


def some_noise(rng: np.random.Generator, surface: pg.Surface, start: tuple[float, float]) -> float:
    slope = float(np.hypot(*surface.gradient(start)))
    return rounded(slope * 10 ** rng.uniform(-1.5, 0)) if np.isfinite(slope) else 0.0
