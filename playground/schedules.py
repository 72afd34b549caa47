"""Learning-rate schedules as values: a schedule is a function of the update number."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, ClassVar

import numpy as np

from playground.declare import Declared, param


class Schedule(Declared, family=True):
    """A factor on the learning rate: update number t = 0, 1, ... uses ``optimizer.lr * factor``.

    A length of 0 means "the whole run".
    """

    formula: ClassVar[str]
    source: ClassVar[str] = ""

    @abstractmethod
    def factor(self, t: Any, steps: int) -> Any:
        """The factor at update numbers t, an array of floats, in a run of `steps` updates."""

    def __call__(self, t: Any, steps: int) -> Any:
        """Factors ``(...)`` for update numbers `t (...)` of a run of `steps` updates."""
        t = np.asarray(t, dtype=float)
        factor = np.asarray(self.factor(t, steps), dtype=float)
        return np.broadcast_to(factor, np.broadcast_shapes(factor.shape, t.shape))

    @abstractmethod
    def torch(self, steps: int | str = "steps", lr: float | str = "lr") -> str | None:
        """The equivalent ``torch.optim.lr_scheduler`` line, or None.

        `steps` and `lr` stand where torch wants the length of the run or the base rate.
        """


class Constant(Schedule):
    """The same learning rate throughout."""

    formula = "1"

    def factor(self, t: Any, steps: int) -> Any:
        return 1.0

    def torch(self, steps: int | str = "steps", lr: float | str = "lr") -> str | None:
        return "torch.optim.lr_scheduler.ConstantLR(optimizer, factor=1.0)"


class Cosine(Schedule):
    """Half a cosine from the full rate down to a floor."""

    order = 6
    formula = r"r + (1 - r)\,\tfrac12\,(1 + \cos\frac{\pi t}{T})"
    source = "Loshchilov & Hutter 2017, arXiv:1608.03983"

    period: int = param(
        0, 0, 1000, "T", "Updates until the floor; 0 means the whole run.", valid="[0, inf)"
    )
    floor: float = param(0.0, 0, 1, "r", "Share of the rate that remains.", valid="[0, 1]")

    def factor(self, t: Any, steps: int) -> Any:
        period = np.where(np.equal(self.period, 0), steps, self.period)
        return self.floor + (1 - self.floor) * 0.5 * (1 + np.cos(np.pi * t / period))

    def torch(self, steps: int | str = "steps", lr: float | str = "lr") -> str | None:
        return (
            f"torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max={self.period or steps}, "
            f"eta_min={self.floor!r} * {lr})"
        )
