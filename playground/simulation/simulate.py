"""`simulate(...) -> Run`: any number of descents at once, every inner quantity remembered.

One descent runs on Python floats, a batch on arrays ``(2, N)``; both call the same rule and agree
bit for bit.  Points are never clipped: a run that diverges runs to inf and nan.
"""

from __future__ import annotations

from playground.clipping import Clipping, NoClipping
from playground.optimizers import Optimizer
from playground.schedules import Constant, Schedule
from playground.simulation.problem import Problem
from playground.simulation.run import Run, run_of
from playground.surfaces import Surface
from playground.types import ArrayLike


def simulate(
    surface: Surface,
    optimizer: Optimizer,
    start: ArrayLike | None = None,
    steps: int = 200,
    schedule: Schedule = Constant(),
    noise: ArrayLike = 0.0,
    seed: ArrayLike = 0,
    clip: Clipping = NoClipping(),
) -> Run:
    """Descend `steps` times from `start (2, ...)` and remember everything.

    The batch shape ``...`` is what `start`, every array-valued parameter, `noise` and `seed`
    broadcast to.  `noise` is the standard deviation of Gaussian gradient noise per coordinate: the
    optimizer sees ``gradient + noise * default_rng(seed).standard_normal((steps, 2))[t]`` at step
    t, so lanes that share a seed share their noise.  `clip` acts on that sum, never on a Hessian.

    Raises `ValueError` for a start that is not finite or has no two coordinates, for steps that
    are not a whole number of at least 0 and for negative noise.

    >>> import playground as pg
    >>> run = pg.simulate(pg.Bowl(kappa=100), pg.Momentum(lr=0.01), start=(-3, 1), steps=200)
    >>> run.x.shape, bool(run.f[-1] < 1e-6)
    ((201, 2), True)

    An array-valued parameter makes a sweep: here the last rate is just above 2/κ.

    >>> sweep = pg.simulate(pg.Bowl(kappa=100), pg.GradientDescent(lr=[0.01, 0.0199, 0.0201]))
    >>> sweep.x.shape, (sweep.f[-1] < sweep.f[0]).tolist()
    ((201, 2, 3), [True, True, False])
    """
    return run_of(Problem.checked(surface, optimizer, start, steps, schedule, noise, seed, clip))
