"""The references themselves: torch's optimizers and schedulers, optax's Lion, in float64.

Gradients come from automatic differentiation of the formulas in `cases`, not from our package.
"""

from collections.abc import Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch
from torch.optim import lr_scheduler

from tests.oracles.golden.cases import SCHEDULES, STEPS, Case
from tests.oracles.golden.surfaces import SURFACES


@contextmanager
def float64() -> Any:
    """Torch keeps NAdam's running product in the default dtype."""
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    try:
        yield
    finally:
        torch.set_default_dtype(before)


def scheduler(optimizer: Any, schedule: str) -> Any:
    """Torch's scheduler, from our own text in `cases`."""
    names = {"o": optimizer, "LR": optimizer.param_groups[0]["lr"], **vars(lr_scheduler)}
    return eval(SCHEDULES[schedule][1], names)


def descend(cases: Sequence[Case], steps: int = STEPS) -> np.ndarray:
    """Torch's trajectories ``(K, T+1, 2, S)`` of K cases that share their S surfaces.

    Each case has an optimizer and a tensor of its own, one column per surface; torch's optimizers
    are element-wise.  Only the gradient of all is taken in one go, for speed.
    """
    surfaces = cases[0].surfaces
    with float64():
        start = torch.tensor(np.array([SURFACES[s][1] for s in surfaces]).T)
        points = [start.clone() for _ in cases]
        optimizers = [
            getattr(torch.optim, case.theirs)([p], foreach=False, **case.arguments)
            for p, case in zip(points, cases, strict=True)
        ]
        schedulers = [scheduler(o, c.schedule) for o, c in zip(optimizers, cases, strict=True)]
        x = [torch.stack(points).numpy()]
        for t in range(steps):
            together = torch.stack(points).requires_grad_()
            loss = sum(
                SURFACES[s][2](torch, together[:, 0, i], together[:, 1, i]).sum()
                for i, s in enumerate(surfaces)
            )
            (gradient,) = torch.autograd.grad(loss, together)
            for p, g, optimizer, line in zip(points, gradient, optimizers, schedulers, strict=True):
                if t:
                    line.step()
                p.grad = g
                optimizer.step()
            x.append(torch.stack(points).numpy())
    return np.array(x).swapaxes(0, 1)


def rates(schedule: str, lr: float = 0.3, steps: int = STEPS) -> np.ndarray:
    """Learning rate of every update under torch's scheduler, ``(T,)``."""
    with float64():
        optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=lr)
        line = scheduler(optimizer, schedule)
        rates = [optimizer.param_groups[0]["lr"]]
        for _ in range(steps - 1):
            optimizer.step()
            line.step()
            rates.append(optimizer.param_groups[0]["lr"])
    return np.array(rates)


def lion(case: Case, steps: int = STEPS) -> np.ndarray:
    """Optax's trajectories of Lion ``(T+1, 2, S)`` on all surfaces, under torch's rates."""
    import jax
    import optax

    with jax.enable_x64(True):
        lr = jax.numpy.array(rates(case.schedule, case.arguments["learning_rate"], steps))
        optimizer = optax.lion(**{**case.arguments, "learning_rate": lambda count: lr[count]})

        def loss(p: Any) -> Any:
            columns = enumerate(case.surfaces)
            return sum(SURFACES[s][2](jax.numpy, p[0, i], p[1, i]) for i, s in columns)

        def update(carry: Any, _: None) -> Any:
            p, state = carry
            change, state = optimizer.update(jax.grad(loss)(p), state, p)
            p = optax.apply_updates(p, change)
            return (p, state), p

        start = jax.numpy.array([SURFACES[s][1] for s in case.surfaces]).T
        _, x = jax.lax.scan(update, (start, optimizer.init(start)), length=steps)
        return np.concatenate([np.asarray(start)[None], np.asarray(x)])
