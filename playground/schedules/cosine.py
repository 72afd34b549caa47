"""Schedules built of half cosines: one fall, falls with restarts, up and down once."""

import numpy as np

from playground.declare import param
from playground.maths import cos
from playground.schedules.base import Schedule, Steps, floor_factor, length, whole_run
from playground.types import Array, Real


def _fall(share: Real, floor: Real) -> Real:
    """Half a cosine from 1 to `floor` as `share` of the way goes from 0 to 1."""
    return floor + (1 - floor) * 0.5 * (1 + cos(np.pi * share))


def _eta_min(floor: float, lr: float | str) -> str:
    return f", eta_min={floor!r} * {lr}" if floor else ""


class Cosine(Schedule):
    """Half a cosine from the full rate down to a floor.

    The floor is reached at t = T, one update after the last of T; a longer run rises again.
    """

    order = 7
    formula = r"r + (1 - r)\,\tfrac12\,\left(1 + \cos\frac{\pi t}{T}\right)"
    source = "Loshchilov & Hutter 2017, arXiv:1608.03983"

    period: int = whole_run("T", "Updates until the floor.")
    floor: float = floor_factor()

    def factor(self, t: Array, steps: Real) -> Real:
        return _fall(t / length(self.period, steps), self.floor)

    def scheduler(self, steps: Steps, lr: float | str) -> str:
        T_max = self.period or steps
        return f"CosineAnnealingLR(optimizer, T_max={T_max}{_eta_min(self.floor, lr)})"


class CosineRestarts(Schedule):
    """A cosine fall that jumps back to the full rate, each time with a longer period.

    Cycle i lasts T·kⁱ updates.  The floor itself is never used: the restart comes instead.
    """

    order = 8
    formula = r"r + (1 - r)\,\tfrac12\,\left(1 + \cos\frac{\pi (t - t_i)}{T k^i}\right)"
    source = "Loshchilov & Hutter 2017, arXiv:1608.03983"

    period: int = whole_run("T", "Updates until the first restart.", default=50)
    multiply: int = param(
        2,
        1,
        4,
        "k",
        "How many times longer each cycle is.",
        valid="[1, inf)",
        words="growth of the cycles",
    )
    floor: float = floor_factor()

    def factor(self, t: Array, steps: Real) -> Real:
        cycle = length(self.period, steps)
        # Equal cycles are counted at once; growing ones one by one, of which there are few.
        begin = np.where(np.equal(self.multiply, 1), t // cycle * cycle, 0.0)
        while np.any(over := t >= begin + cycle):
            begin, cycle = begin + over * cycle, np.where(over, cycle * self.multiply, cycle)
        return _fall((t - begin) / cycle, self.floor)

    def scheduler(self, steps: Steps, lr: float | str) -> str:
        return (
            f"CosineAnnealingWarmRestarts(optimizer, T_0={self.period or steps}, "
            f"T_mult={self.multiply}{_eta_min(self.floor, lr)})"
        )


class OneCycle(Schedule):
    """Up to the peak rate and down to almost nothing, once, over the whole run.

    Of a run of T updates the rate climbs from peak/d₀ until t = pT − 1 and falls to
    peak/(d₀ d₁) at t = T − 1; with three phases it first falls as it rose, until t = 2pT − 2.
    Beyond T the last value is held, where PyTorch raises.  PyTorch also cycles the momentum
    unless told not to; only the learning rate is scheduled here.
    """

    order = 9
    formula = r"\tfrac{1}{d_0} \nearrow 1 \searrow \tfrac{1}{d_0 d_1}"
    source = "Smith & Topin 2018, arXiv:1708.07120"
    joins = False  # torch's overwrites the base rate

    peak: float = param(1.0, 0.1, 10, "", "Peak rate as a multiple of η.", valid="(0, inf)")
    pct_start: float = param(
        0.3,
        0,
        1,
        "p",
        "Share of the run spent climbing.",
        valid="[0, 1]",
        words="share of the climb",
    )
    div_factor: float = param(
        25.0,
        1,
        100,
        "d_0",
        "Peak over first rate.",
        scale="log",
        words="peak over first rate",
    )
    final_div_factor: float = param(
        1e4,
        1,
        1e5,
        "d_1",
        "First over last rate.",
        scale="log",
        more=True,
        words="first over last rate",
    )
    anneal: str = param(
        "cos",
        help="Shape of the phases.",
        choices=("cos", "linear"),
        more=True,
        words="shape of the phases",
    )
    three_phase: bool = param(
        False,
        help="Fall back to the first rate before the final fall.",
        more=True,
        words="three phases",
    )

    def factor(self, t: Array, steps: Real) -> Real:
        last = np.maximum(steps, 1) - 1.0
        t = np.minimum(t, last)
        first = self.peak / self.div_factor
        end = first / self.final_div_factor
        top = self.pct_start * (last + 1) - 1
        rise = self._phase(t, 0.0, top, first, self.peak)
        if not self.three_phase:
            return np.where(t <= top, rise, self._phase(t, top, last, self.peak, end))
        fall = self._phase(t, top, 2 * top, self.peak, first)
        decay = self._phase(t, 2 * top, last, first, end)
        return np.where(t <= top, rise, np.where(t <= 2 * top, fall, decay))

    def _phase(self, t: Array, begin: Real, end: Real, low: Real, high: Real) -> Real:
        """From `low` at t = `begin` to `high` at t = `end`; `high` where there is no time."""
        room = np.greater(end, begin)
        share = np.where(room, (t - begin) / np.where(room, end - begin, 1.0), 1.0)
        if self.anneal == "linear":
            return low + (high - low) * share
        return high + (low - high) * 0.5 * (1 + cos(np.pi * share))

    def scheduler(self, steps: Steps, lr: float | str) -> str:
        arguments = {
            "max_lr": f"{lr}" if self.peak == 1 else f"{self.peak!r} * {lr}",
            "total_steps": steps,
            "cycle_momentum": False,
        }
        changed = self.changed()  # our defaults are torch's
        arguments |= {
            {"anneal": "anneal_strategy"}.get(name, name): repr(value)
            for name, value in changed.items()
            if name != "peak"
        }
        inside = ", ".join(f"{name}={value}" for name, value in arguments.items())
        return f"OneCycleLR(optimizer, {inside})"
