"""A descent carried on beyond the updates it was made for."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from playground.declare import param
from playground.schedules import Constant, Schedule
from playground.simulation import Run
from playground.types import Array, Mask


class _Held(Schedule):
    """A schedule of a run of `total` updates that goes on: its last factor is kept."""

    inner: Schedule = param(Constant())
    total: int = param(0, valid="[0, inf)")

    def factor(self, t: Array, steps: Any) -> Any:
        return self.inner(np.minimum(t, max(self.total - 1, 0)), self.total)

    def scheduler(self, *_: Any) -> None:
        return None


def carried_on(run: Run, steps: int, *, held: bool) -> Run:
    """The same descents to so many updates, their own first.

    held: whether the schedule ends with the updates it was made for, and keeps its last factor.
    """
    return run.on(steps, _Held(run.schedule, run.steps) if held else run.schedule)


def first_update(holds: Mask) -> float:
    """The first update at which something holds; infinite if it never does."""
    return float(holds.argmax()) if holds.any() else math.inf


def for_the_rest(holds: Mask) -> float:
    """The first update from which on something holds at every one; infinite if at the end not."""
    out = np.flatnonzero(~holds)
    since = int(out[-1]) + 1 if out.size else 0
    return float(since) if since < len(holds) else math.inf
