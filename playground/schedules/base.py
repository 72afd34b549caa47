"""What a schedule is: a function of the update number, as a value.

>>> import playground as pg
>>> pg.WarmupCosine(warmup=10)([0, 5, 10, 55], steps=100).round(3).tolist()
[0.1, 0.55, 1.0, 0.5]
>>> pg.Exponential(gamma=0.5)(3, steps=100).item()
0.125
>>> pg.Cosine().torch(steps=100, lr=0.1)
'torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=100)'
"""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, ClassVar

import numpy as np

from playground.declare import Declared, param
from playground.kinds import WHOLE
from playground.types import Array, ArrayLike, Real

Steps = int | str
"""The length of a run, or the name under which a line of code knows it."""


class Schedule(Declared, family=True):
    """A factor on the learning rate: update number t = 0, 1, ... uses ``optimizer.lr * factor``.

    A length of 0 or None means "the whole run".
    """

    formula: ClassVar[str]
    source: ClassVar[str] = ""
    joins: ClassVar[bool] = True
    """Whether torch's scheduler leaves the base rate of its neighbours in a sequence alone."""

    def __post_init__(self) -> None:
        for p in self.params():
            if p.kind is WHOLE and getattr(self, p.name) is None:
                object.__setattr__(self, p.name, 0)
        super().__post_init__()

    @abstractmethod
    def factor(self, t: Array, steps: Real) -> Real:
        """The factor at update numbers t, an array of floats, in a run of `steps` updates."""

    @np.errstate(all="ignore")
    def __call__(self, t: ArrayLike, steps: int) -> Array:
        """Factors ``(...)`` for update numbers `t (...)` of a run of `steps` updates."""
        t = np.asarray(t, dtype=float)
        factor = np.asarray(self.factor(t, steps), dtype=float)
        return np.broadcast_to(factor, np.broadcast_shapes(factor.shape, t.shape))

    def torch(self, steps: Steps = "steps", lr: float | str = "lr") -> str | None:
        """The equivalent ``torch.optim.lr_scheduler`` line, or None for a batch of settings.

        `steps` and `lr` stand where torch wants the length of the run or the base rate.
        """
        line = None if self.shape() else self.scheduler(steps, lr)
        return line and f"torch.optim.lr_scheduler.{line}"

    @abstractmethod
    def scheduler(self, steps: Steps, lr: float | str) -> str | None:
        """Name and arguments of torch's scheduler."""

    def pieces(self, steps: Steps) -> list[tuple[int, Schedule, Steps]]:
        """The parts joined in this schedule: when each begins, what it is, how long its run is."""
        return [(0, self, steps)]


def length(value: Real, steps: Real) -> Array:
    """A length in updates, where 0 stands for the whole run; at least 1."""
    return np.maximum(np.where(np.equal(value, 0), steps, value), 1)


def lambda_lr(factor: str) -> str:
    """torch's scheduler of a free expression in the update number t."""
    return f"LambdaLR(optimizer, lambda t: {factor})"


def whole_run(tex: str, help: str, default: int = 0, words: str = "") -> Any:
    """Declare a length in updates."""
    help += " 0 means the whole run."
    return param(default, 0, 1000, tex, help, valid="[0, inf)", words=words)


def floor_factor() -> Any:
    return param(0.0, 0, 1, "r", "Share of the rate that remains at the bottom.", valid="[0, 1]")


class Constant(Schedule):
    """The same learning rate throughout."""

    formula = "1"

    def factor(self, t: Array, steps: Real) -> Real:
        return 1.0

    def scheduler(self, steps: Steps, lr: float | str) -> str:
        return "ConstantLR(optimizer, factor=1.0)"
