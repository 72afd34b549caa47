"""One run before the oracle: what may be said of it so far, and what many questions ask."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

import playground as pg
from playground.diagnosis import OUTCOMES
from playground.theory import sharpness, stability_limit
from tests.oracles.truth.facts import Facts


def _named(*parts: str) -> frozenset[str]:
    """The declared outcomes whose names contain one of the parts."""
    return frozenset(label for label in OUTCOMES if any(part in label for part in parts))


DOWNHILL = _named("downhill", "unbounded", "endless", "forever", "bottomless") or {"diverged"}
"""Running down for ever on a function without a floor; its own outcome where one is declared."""
OUTSIDE = _named("domain", "undefined", "outside") or {"diverged"}
"""The start, or a step, where the function has no value."""


@dataclass
class Case:
    """The outcomes that may be told of one run, with reasons."""

    facts: Facts
    labels: set[str] = field(default_factory=set)
    reasons: list[str] = field(default_factory=list)

    def admit(self, reason: str, *labels: str) -> bool:
        """Always False, so that a question that only admits does not close the case."""
        self.labels |= set(labels)
        self.reasons.append(reason)
        return False

    def close(self, reason: str, *labels: str) -> bool:
        self.admit(reason, *labels)
        return True

    @cached_property
    def sure(self) -> bool:
        return 0 < len(self.labels & set(OUTCOMES)) <= 3

    @cached_property
    def still_slope(self) -> bool:
        """Whether the slope at the start is rounding, against that a hundredth of a window away."""
        t = self.facts
        around = t.x[0][:, None] + 0.01 * t.L * np.array([[1, -1, 0, 0], [0, 0, 1, -1]])
        usual = np.nanmax(np.hypot(*t.F.gradient(around)), initial=1e-300)
        return bool(t.size[0] <= 1e-12 * usual)

    def stands_at(self, p: np.ndarray) -> tuple[str, ...]:
        t = self.facts
        low, high = t.F.eigenvalues(p)
        if low < -1e-9 * abs(high):
            return ("saddle",) if low < -1e-3 * abs(high) else ("saddle", "plateau")
        distance, rest = t.known.nearest(p)
        if rest is not None and (distance < 1e-3 * t.L or abs(rest.f - t.F(p)) < 1e-12):
            return self.height(rest.f)
        if t.rest is not None and np.hypot(*(t.rest.x - p)) < 1e-3 * t.L:
            return self.height(t.rest.f)
        return ("plateau", "saddle")

    def height(self, f: float) -> tuple[str, ...]:
        """At a minimum of this height: the lowest, or one that is not; unknown far out."""
        t = self.facts
        above = f - t.low
        relief = abs(float(t.F(t.F.centre)) - t.low)
        scale = max(t.fall, relief * 1e-6 if np.isfinite(relief) else 0.0, 1e-12)
        if above <= 1e-7 * scale:
            return ("converged", "local_minimum") if t.known.unbounded else ("converged",)
        inside = [r.f for r in t.known.rests if self.in_window(r.x)]
        clear = inside and f - min(inside) > 2e-2 * t.fall
        return ("local_minimum",) if clear else ("converged", "local_minimum")

    def in_window(self, p: np.ndarray) -> bool:
        x0, x1, y0, y1 = self.facts.setting.surface.span
        return bool(x0 <= p[0] <= x1 and y0 <= p[1] <= y1)

    def bounce_kinds(self, excess: float) -> tuple[str, ...]:
        """By height a bounce or a cycle; at the limit of a rule with one rate, the edge."""
        t = self.facts
        kinds = ["oscillating"] if excess > 0.002 else []
        kinds += ["limit_cycle"] if excess < 0.03 else []
        if type(t.setting.optimizer).effective_lr is pg.Optimizer.effective_lr and t.T >= 40:
            gauge = float(np.median(sharpness(t.setting.run)[t.T // 2 :]))
            limit = float(stability_limit(t.setting.optimizer, t.setting.surface, t.end, t.T))
            if 0.85 < gauge / limit < 1.2:
                kinds.append("edge_of_stability")
        return tuple(kinds)

    @property
    def under(self) -> float:
        """The height of the minimum about which it bounces."""
        t = self.facts
        return t.rest.f if t.rest is not None else t.low
