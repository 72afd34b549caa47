"""Two schedules one after the other, and the warm-up with a cosine made of that."""

import numpy as np

from playground.declare import param
from playground.schedules.base import Schedule, Steps, floor_factor
from playground.schedules.cosine import Cosine
from playground.schedules.warmup import LinearWarmup
from playground.types import Array, Real


class Sequence(Schedule):
    """One schedule until a given update, another from there on.

    Each counts its own updates from 0.  "The whole run" of the first is the time until the
    change, that of the second the time that is left.
    """

    order = 13
    formula = r"\begin{cases} a(t) & t < k \\ b(t - k) & t \ge k \end{cases}"

    first: Schedule = param(
        LinearWarmup(), tex="a", help="The schedule before the change.", words="first schedule"
    )
    then: Schedule = param(
        Cosine(), tex="b", help="The schedule after the change.", words="second schedule"
    )
    at: int = param(
        20,
        0,
        1000,
        "k",
        "Number of the first update after it.",
        valid="[0, inf)",
        words="update of the change",
    )

    def factor(self, t: Array, steps: Real) -> Real:
        before = self.first.factor(np.clip(t, 0, np.maximum(np.subtract(self.at, 1), 0)), self.at)
        after = self.then.factor(
            np.maximum(t - self.at, 0), np.maximum(np.subtract(steps, self.at), 0)
        )
        return np.where(t < self.at, before, after)

    def pieces(self, steps: Steps) -> list[tuple[int, Schedule, Steps]]:
        left = f"({steps} - {self.at})" if isinstance(steps, str) else max(steps - self.at, 1)
        first = [piece for piece in self.first.pieces(self.at) if piece[0] < self.at]
        return first + [(self.at + begin, s, length) for begin, s, length in self.then.pieces(left)]

    def scheduler(self, steps: Steps, lr: float | str) -> str | None:
        pieces = self.pieces(steps)
        if len(pieces) == 1:
            _, only, length = pieces[0]
            return only.scheduler(length, lr)
        if not all(schedule.joins for _, schedule, _ in pieces):
            return None
        lines = ", ".join(f"{part.torch(length, lr)}" for _, part, length in pieces)
        milestones = [begin for begin, *_ in pieces[1:]]
        return f"SequentialLR(optimizer, [{lines}], milestones={milestones})"


class WarmupCosine(Schedule):
    """A linear warm-up, then a cosine over the rest of the run: today's usual schedule.

    The same as ``Sequence(LinearWarmup(W, s), Cosine(floor=r), at=W)``; W = 0 is no warm-up.
    """

    order = 12
    formula = (
        r"\begin{cases} s + (1 - s)\,\frac{t}{W} & t < W \\"
        r" r + (1 - r)\,\tfrac12\,\left(1 + \cos\frac{\pi (t - W)}{T - W}\right) & t \ge W"
        r" \end{cases}"
    )
    source = "Goyal et al. 2017, arXiv:1706.02677; Loshchilov & Hutter 2017, arXiv:1608.03983"

    warmup: int = param(
        20,
        0,
        1000,
        "W",
        "Updates until the full rate; 0 means no warm-up.",
        valid="[0, inf)",
        words="warm-up",
    )
    start: float = param(
        0.1,
        0,
        1,
        "s",
        "Share of the rate in the first update.",
        valid="[0, 1]",
        words="first share",
    )
    floor: float = floor_factor()

    def _sequence(self) -> Sequence:
        warmup = LinearWarmup(self.warmup, self.start)
        return Sequence(warmup, Cosine(floor=self.floor), at=self.warmup)

    def factor(self, t: Array, steps: Real) -> Real:
        return self._sequence().factor(t, steps)

    def pieces(self, steps: Steps) -> list[tuple[int, Schedule, Steps]]:
        return self._sequence().pieces(steps)

    def scheduler(self, steps: Steps, lr: float | str) -> str | None:
        return self._sequence().scheduler(steps, lr)
