"""Schedules that begin with small steps."""

import numpy as np

from playground.declare import param
from playground.maths import sqrt
from playground.schedules.base import Schedule, Steps, lambda_lr, length, whole_run
from playground.types import Array, Real


class LinearWarmup(Schedule):
    """The rate grows along a line to its full size and stays there."""

    order = 10
    formula = r"s + (1 - s)\,\frac{\min(t, W)}{W}"
    source = "Goyal et al. 2017, arXiv:1706.02677"

    warmup: int = whole_run("W", "Updates until the full rate.", default=20, words="warm-up")
    start: float = param(
        0.1,
        0,
        1,
        "s",
        "Share of the rate in the first update.",
        valid="[0, 1]",
        words="first share",
    )

    def factor(self, t: Array, steps: Real) -> Real:
        warmup = length(self.warmup, steps)
        return self.start + (1 - self.start) * np.minimum(t, warmup) / warmup

    def scheduler(self, steps: Steps, lr: float | str) -> str:
        warmup = self.warmup or steps
        if self.start == 0:  # LinearLR refuses to start from nothing
            return lambda_lr(f"min(t / {warmup}, 1)")
        return f"LinearLR(optimizer, start_factor={self.start!r}, total_iters={warmup})"


class Noam(Schedule):
    """A linear warm-up, then one over the square root of time: the Transformer's schedule.

    Scaled so that the full rate is used once, in update W.  The paper's own rate is this with
    η = (d_model W)^−½.
    """

    order = 11
    formula = r"\sqrt{W}\,\min\left((t+1)^{-1/2},\ (t+1)\,W^{-3/2}\right)"
    source = "Vaswani et al. 2017, arXiv:1706.03762"

    warmup: int = whole_run("W", "Updates until the full rate.", default=20, words="warm-up")

    def factor(self, t: Array, steps: Real) -> Real:
        warmup = length(self.warmup, steps) * 1.0
        return np.minimum(sqrt(warmup / (t + 1)), (t + 1) / warmup)

    def scheduler(self, steps: Steps, lr: float | str) -> str:
        warmup = self.warmup or steps
        return lambda_lr(f"min(({warmup} / (t + 1)) ** 0.5, (t + 1) / {warmup})")
