"""How fast the engine is, beside PyTorch and optax, in one process: ratios, not milliseconds.

    OMP_NUM_THREADS=1 python tests/benchmarks/bench_engine.py

Machines differ and are busy, so every line times both sides within the same few seconds.  Needs
torch, jax and optax; jax runs in float64.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import jax
import jax.numpy as jnp
import numpy as np
import optax
import torch

import playground as pg
from playground.simulation.ends import finish

jax.config.update("jax_enable_x64", True)
torch.set_num_threads(1)

SURFACE = pg.Rosenbrock()
START = pg.Rosenbrock.start
TARGET = 1e-3 * float(SURFACE(START))
STEPS = 500
SIDE, MAP_STEPS = 100, 300
LR, MU = np.geomspace(1e-4, 1e-1, SIDE), 1 - np.geomspace(1, 1e-3, SIDE)


def best(work: Callable[[], object], repeats: int) -> float:
    """Seconds of the fastest of some calls."""
    times = []
    for _ in range(repeats):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)


def say(name: str, ours: float, other: str, theirs: float) -> None:
    print(
        f"{name:34s} ours {ours * 1e3:9.2f} ms   {other:26s} {theirs * 1e3:12.2f} ms"
        f"   × {theirs / ours:10.1f}"
    )


def height(x, y):
    return (1 - x) ** 2 + 100 * (y - x * x) ** 2


def torch_run(rule: type[torch.optim.Optimizer], steps: int, **options: float) -> None:
    p = torch.tensor(START, dtype=torch.float64, requires_grad=True)
    optimizer = rule([p], **options)
    for _ in range(steps):
        optimizer.zero_grad()
        height(p[0], p[1]).backward()
        optimizer.step()


def optax_map(rule: Callable[..., optax.GradientTransformation]) -> Callable[..., jax.Array]:
    """Steps to the target for every pair of (learning rate, second parameter), as one program."""

    def cell(lr, second):
        optimizer, first = rule(lr, second), jnp.array(START)

        def step(carry, _):
            p, state = carry
            update, state = optimizer.update(jax.grad(lambda q: height(q[0], q[1]))(p), state, p)
            p = optax.apply_updates(p, update)
            return (p, state), height(p[0], p[1]) <= TARGET

        _, met = jax.lax.scan(step, (first, optimizer.init(first)), length=MAP_STEPS)
        return jnp.where(met.any(), met.argmax(), -1)

    return jax.jit(jax.vmap(cell))


def one_run() -> None:
    runs = {
        "Momentum": (pg.Momentum(lr=1e-3), torch.optim.SGD, {"lr": 1e-3, "momentum": 0.9}),
        "Adam": (pg.Adam(lr=0.05), torch.optim.Adam, {"lr": 0.05}),
    }
    for name, (ours, rule, options) in runs.items():
        mine = best(lambda ours=ours: pg.simulate(SURFACE, ours, steps=STEPS), 30)
        theirs = best(lambda rule=rule, o=options: torch_run(rule, STEPS, **o), 5)
        say(f"one run, {STEPS} steps, {name}", mine, "torch loop + autograd", theirs)


def one_map() -> None:
    lr, mu = (grid.ravel() for grid in np.meshgrid(LR, MU))
    maps = {
        "Momentum": (
            pg.Momentum(lr=lr, momentum=mu),
            torch.optim.SGD,
            "momentum",
            lambda lr, mu: optax.sgd(lr, momentum=mu),
        ),
        "Adam": (
            pg.Adam(lr=lr, beta1=mu),
            torch.optim.Adam,
            "betas",
            lambda lr, b1: optax.adam(lr, b1=b1),
        ),
    }
    for name, (ours, rule, second, twin) in maps.items():
        title = f"map {SIDE}×{SIDE}×{MAP_STEPS}, {name}"
        mine = best(lambda ours=ours: finish(SURFACE, ours, steps=MAP_STEPS, target=TARGET), 15)
        cells = np.random.default_rng(0).choice(SIDE * SIDE, 6, replace=False)

        def loop(rule=rule, second=second, cells=cells) -> None:
            for i in cells:
                value = float(mu[i]) if second == "momentum" else (float(mu[i]), 0.999)
                torch_run(rule, MAP_STEPS, lr=float(lr[i]), **{second: value})

        per_cell = best(loop, 2) / len(cells)
        say(title, mine, "torch, cell by cell (extr.)", per_cell * SIDE * SIDE)
        program = optax_map(twin)
        cold = best(lambda program=program: program(lr, mu).block_until_ready(), 1)
        warm = best(lambda program=program: program(lr, mu).block_until_ready(), 15)
        say(title, mine, "optax vmap + scan, cold", cold)
        say(title, mine, "optax vmap + scan, warm", warm)
        again = best(lambda ours=ours: finish(SURFACE, ours, steps=MAP_STEPS, target=TARGET), 15)
        say(title + " (again)", min(mine, again), "optax vmap + scan, warm", warm)


if __name__ == "__main__":
    one_run()
    one_map()
