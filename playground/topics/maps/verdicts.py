"""`verdicts(...)`: the outcome that the diagnosis gives each of many descents."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from playground.clipping import Clipping, NoClipping
from playground.diagnosis import outcomes
from playground.optimizers import Optimizer
from playground.schedules import Constant, Schedule
from playground.simulation import simulate
from playground.surfaces import Surface

POINTS = 600_000
"""Points of paths held in memory at once, 10 MB."""


def verdicts(
    surface: Surface,
    optimizer: Optimizer,
    start: Any = None,
    steps: int = 200,
    schedule: Schedule = Constant(),
    progress: Callable[[float], object] | None = None,
    clip: Clipping = NoClipping(),
) -> np.ndarray:
    """Index into `diagnosis.OUTCOMES` of every descent, of the batch shape of `simulate`.

    A map needs the whole paths here, so they are made and judged a few thousand at a time.
    """
    start = np.asarray(surface.start if start is None else start, dtype=float)
    shape = np.broadcast_shapes(start.shape[1:], optimizer.shape(), schedule.shape())
    starts = np.stack([np.broadcast_to(row, shape).reshape(-1) for row in start])
    count = starts.shape[1]
    found = np.empty(count, dtype=np.int8)
    size = max(1, POINTS // (steps + 1))
    for first in range(0, count, size):
        lanes = slice(first, first + size)
        some = optimizer.lanes(shape, lanes), starts[:, lanes], steps, schedule.lanes(shape, lanes)
        found[lanes] = outcomes(simulate(surface, *some, clip=clip))
        if progress is not None:
            progress(min(1.0, (first + size) / count))
    return found.reshape(shape)
