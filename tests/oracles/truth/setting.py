"""Everything that determines a run, as a value that can be changed, continued and written down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

import playground as pg
from playground.declare import param


class _Held(pg.Schedule):
    """A schedule of a run of `total` updates that goes on: afterwards its last factor is kept."""

    inner: pg.Schedule = param(pg.Constant())
    total: int = param(0, valid="[0, inf)")

    def factor(self, t: Any, steps: Any) -> Any:
        return self.inner(np.minimum(t, max(self.total - 1, 0)), self.total)

    def scheduler(self, *_: Any) -> None:
        return None


@dataclass(frozen=True)
class Setting:
    """The arguments of one `simulate`."""

    surface: pg.Surface
    optimizer: pg.Optimizer
    start: tuple[float, float]
    steps: int
    schedule: pg.Schedule = field(default_factory=pg.Constant)
    noise: float = 0.0
    seed: int = 0
    extras: Mapping[str, Any] = field(default_factory=dict, hash=False)
    """Further arguments that `simulate` may know, such as a declared clipping of gradients."""

    @cached_property
    def run(self) -> pg.Run:
        return pg.simulate(
            self.surface,
            self.optimizer,
            self.start,
            self.steps,
            self.schedule,
            self.noise,
            self.seed,
            **self.extras,
        )

    def change(self, **changes: Any) -> Setting:
        return replace(self, **changes)

    def changed_by(self, fix: Any) -> Setting:
        """With the optimizer or the schedule that a finding names."""
        name = "optimizer" if isinstance(fix, pg.Optimizer) else "schedule"
        return self.change(**{name: fix})

    def longer(self, steps: int) -> pg.Run:
        """The same descent going on: its first points are those of `run`, bit for bit.

        A schedule made for the length of the run has ended: its last factor is kept.  One that
        has a length of its own goes on.
        """
        steps = max(steps, self.steps)
        t = np.arange(steps)  # the first factors alone may be the same
        own = np.array_equal(self.schedule(t, self.steps), self.schedule(t, steps))
        schedule = self.schedule if own else _Held(self.schedule, self.steps)
        return self.change(steps=steps, schedule=schedule).run

    @property
    def ended(self) -> bool:
        """Whether the schedule is made for the length of the run and has ended near zero."""
        factors = self.schedule(np.arange(max(self.steps, 1)), self.steps)
        return bool(factors[-1] < 0.02 * factors.max())

    def __str__(self) -> str:
        parts = [repr(self.surface), repr(self.optimizer), f"start={self.start}", f"T={self.steps}"]
        if self.schedule != pg.Constant():
            parts.append(repr(self.schedule))
        if self.noise:
            parts.append(f"noise={self.noise}, seed={self.seed}")
        parts += [f"{name}={value!r}" for name, value in self.extras.items()]
        return ", ".join(parts)


def setting_of(run: pg.Run) -> Setting:
    """The setting of a single run."""
    problem = run.problem
    x, y = problem.start.tolist()
    return Setting(
        run.surface,
        run.optimizer,
        (x, y),
        run.steps,
        run.schedule,
        float(problem.noise),
        int(problem.seed),
        {"clip": run.clip} if problem.clips else {},
    )
