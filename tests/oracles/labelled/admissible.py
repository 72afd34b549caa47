"""Which outcomes a run may be given, from what becomes of it and from the ground beneath.

Each question adds to what is admissible, with its reason, and may close the case.  Near a line
between two outcomes both are admitted; where more than three are left the oracle is unsure.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

import playground as pg
from playground.diagnosis import OUTCOMES
from playground.theory import sharpness, stability_limit
from tests.oracles.labelled.seeds import noisy
from tests.oracles.truth.facts import Facts
from tests.oracles.truth.flow import root_beside


def _named(*parts: str) -> frozenset[str]:
    """The declared outcomes whose names contain one of the parts."""
    return frozenset(label for label in OUTCOMES if any(part in label for part in parts))


DOWNHILL = _named("downhill", "unbounded", "endless", "forever", "bottomless") or {"diverged"}
"""Running down for ever on a function without a floor; its own outcome where one is declared."""
OUTSIDE = _named("domain", "undefined", "outside") or {"diverged"}
"""The start, or a step, where the function has no value."""


@dataclass
class Admissible:
    """The outcomes that may be told of one run."""

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

    # ---- the questions ------------------------------------------------------------------------

    def outside(self) -> bool:
        """A start where loss or slope is not finite."""
        if self.facts.born_outside:
            return self.close("no finite loss or slope at the start", *OUTSIDE)
        return False

    def unmoved(self) -> bool:
        """No update was made, or none that moved it: the slope is zero but for rounding."""
        t = self.facts
        stirred = np.hypot(*(t.x[: t.last + 1] - t.x[0]).T).max()
        near = stirred < (1e-2 if self._rounding_moves else 1e-6) * t.L
        if t.T and not (self.still_slope and near and t.gone is None):
            return False
        at_rest = self.still_slope and self._what_it_stands_at(t.x[0])
        if t.T and stirred > 1e-6 * t.L:
            return self.close("only rounding moves it off its rest", *at_rest, "limit_cycle")
        if t.T == 0:
            return self.close("no update was made", "in_progress", *(at_rest or ()))
        return self.close("it starts at rest and stays", *(at_rest or ("plateau", "saddle")))

    @property
    def _rounding_moves(self) -> bool:
        """A rule that divides by the slope makes whole steps of what is only rounding."""
        rests = self._what_it_stands_at(self.facts.x[0])
        return self.still_slope and "saddle" not in rests

    @cached_property
    def still_slope(self) -> bool:
        """Whether the slope at the start is rounding, against that a hundredth of a window away."""
        t = self.facts
        around = t.x[0][:, None] + 0.01 * t.L * np.array([[1, -1, 0, 0], [0, 0, 1, -1]])
        usual = np.nanmax(np.hypot(*t.F.gradient(around)), initial=1e-300)
        return bool(t.size[0] <= 1e-12 * usual)

    def _what_it_stands_at(self, p: np.ndarray) -> tuple[str, ...]:
        t = self.facts
        low, high = t.F.eigenvalues(p)
        if low < -1e-9 * abs(high):
            return ("saddle",)
        distance, rest = t.known.nearest(p)
        if rest is not None and (distance < 1e-3 * t.L or abs(rest.f - t.F(p)) < 1e-12):
            return self._height(rest.f)
        if t.rest is not None and np.hypot(*(t.rest.x - p)) < 1e-3 * t.L:
            return self._height(t.rest.f)
        return ("plateau", "saddle")

    def _height(self, f: float) -> tuple[str, ...]:
        """At a minimum of this height: the lowest, or one that is not; unknown far out."""
        t = self.facts
        above = f - t.low
        scale = max(t.fall, abs(float(t.F(t.F.centre)) - t.low) * 1e-6, 1e-12)
        if above <= 1e-7 * scale:
            return ("converged", "local_minimum") if t.known.unbounded else ("converged",)
        inside = [r.f for r in t.known.rests if self._in_window(r.x)]
        clear = inside and f - min(inside) > 2e-2 * t.fall
        return ("local_minimum",) if clear else ("converged", "local_minimum")

    def _in_window(self, p: np.ndarray) -> bool:
        x0, x1, y0, y1 = self.facts.setting.surface.span
        return bool(x0 <= p[0] <= x1 and y0 <= p[1] <= y1)

    def gone(self) -> bool:
        """Left for good, within the run or soon after."""
        t = self.facts
        if t.gone is None:
            return False
        falling = t.known.unbounded and t.f[t.gone - 1] < t.in_window and self._downhill(t.gone - 1)
        if t.gone <= t.T:
            if falling:
                return self.close("it ran down a function without a floor", "diverged", *DOWNHILL)
            point = t.x[t.gone]
            calm = np.isfinite(point).all() and np.abs(point - t.F.centre).max() < 100 * t.L
            why = "stepped out of the domain" if calm else "left for good"
            return self.close(f"{why} at {t.gone}", "diverged", *(OUTSIDE if calm else ()))
        if falling:
            labels = {"in_progress", "slow"} if self._in_window(t.end) else {"diverged"}
            return self.close("it runs down a function without a floor", *labels, *DOWNHILL)
        size = t.size[: t.T + 1]
        growing = size[-1] > 3 * np.median(size[: t.T // 2 + 1]) and t.f[t.T] > t.f[0]
        if growing and t.gone < 3 * t.T:
            sure = t.f[t.T] - t.low > 10 * t.fall
            more = () if sure else ("oscillating",)
            return self.close(f"grows, and is gone by {t.gone}", "diverged", *more)
        self.admit(f"gone by {t.gone}, later", "diverged", "oscillating")
        return False

    def _downhill(self, last: int) -> bool:
        """Whether the loss has only fallen lately."""
        k = max(last // 5, 3)
        return bool(np.all(np.diff(self.facts.f[max(last - k, 0) : last + 1]) < 0))

    def at_saddle(self) -> bool:
        t = self.facts
        q = root_beside(t.F, t.end, 0.02 * t.L)
        if q is None or not t.F.eigenvalues(q)[0] < -1e-7 * abs(t.F.eigenvalues(q)[1]):
            return False
        away = float(np.hypot(*(q - t.end)))
        still = t.spread(t.T - t.tenth, t.T)
        if away < 0.006 * t.L and still < 0.002 * t.L and t.T >= 5:
            return self.close(f"stands {away:.2g} from a saddle", "saddle")
        if still < 0.02 * t.L:
            self.admit(f"{away:.2g} from a saddle, still moving", "saddle")
        return False

    def standing(self) -> bool:
        """At a minimum, and staying there for as long again."""
        t = self.facts
        if t.rest is None:
            return False
        coming = t.after(max(t.T, 50))
        strays = float(np.hypot(*(coming - t.rest.x).T).max())
        poor_scale = 0.02 if t.T < 10 else 0.012
        if t.distance > poor_scale * t.way:
            return False
        labels = self._height(t.rest.f)
        near = t.distance < 0.007 * t.way
        recent = t.spread(t.T - max(t.T // 20, min(10, t.T)), t.T)
        excess = float(t.f[t.T]) - t.rest.f
        if self._flat_around():
            self.admit("a dent in a plateau", "plateau")
        if near and recent < 1.5e-3 * t.way:
            later = () if strays < 0.02 * t.way else ("limit_cycle", "oscillating", "diverged")
            return self.close(f"stands {t.distance:.2g} from a minimum", *labels, *later)
        if strays < 0.03 * t.way or excess < 1e-4 * t.fall:
            self.admit(f"{t.distance:.2g} from a minimum, strays {strays:.2g}", *labels)
        if (
            excess < 1e-4 * t.fall
            and t.f[t.T : 2 * t.T].max(initial=-np.inf) < t.rest.f + 1e-3 * t.fall
        ):
            return self.close("moves along the floor", *labels, "in_progress", "limit_cycle")
        return False

    def _flat_around(self) -> bool:
        """Whether even the curvature of the place would win nothing of what remains elsewhere."""
        t = self.facts
        bend = 0.5 * float(np.abs(t.curvatures).max()) * t.L**2
        return bool(bend < 0.5 * (float(t.f[t.T]) - t.low))

    def bounce(self) -> bool:
        """Bounded motion that goes on, far above the minimum or beside it."""
        t = self.facts
        if t.gone is not None or t.T < 4:
            return self._bounce_to_be()
        now = t.spread(t.T - t.tenth, t.T)
        later = t.spread(9 * t.T, 10 * t.T)
        soon = t.spread(t.T, 2 * t.T)
        if later < 1e-7 * t.L or not 0.25 < soon / later < 4 or now < 1e-4 * t.way:
            return self._dying()
        before, after = (t.x[a * t.T : (a + 1) * t.T].mean(axis=0) for a in (1, 9))
        drift = float(np.hypot(*(after - before)))
        excess = (float(np.mean(t.f[t.T : 2 * t.T])) - self._under) / t.fall
        held = 0.6 < soon / later < 1.7 and 0.5 < now / later < 2 and drift < 0.2 * later
        kinds = self._edge(excess)
        if held:
            return self.close(f"bounces on, {excess:.2g} of the drop above", *kinds)
        if t.flips > 0.3:
            self.admit(f"bounces, {excess:.2g} above, but changes", *kinds)
        return self._dying()

    @property
    def _under(self) -> float:
        """The height of the minimum about which it bounces."""
        t = self.facts
        return t.rest.f if t.rest is not None else t.low

    def _edge(self, excess: float) -> tuple[str, ...]:
        """By height a bounce or a cycle; at the limit of a rule with one rate, the edge."""
        t = self.facts
        kinds = ["oscillating"] if excess > 0.004 else []
        kinds += ["limit_cycle"] if excess < 0.03 else []
        if type(t.setting.optimizer).effective_lr is pg.Optimizer.effective_lr and t.T >= 40:
            gauge = float(np.median(sharpness(t.setting.run)[t.T // 2 :]))
            limit = float(stability_limit(t.setting.optimizer, t.setting.surface, t.end, t.T))
            if 0.85 < gauge / limit < 1.2:
                kinds.append("edge_of_stability")
        return tuple(kinds)

    def _bounce_to_be(self) -> bool:
        t = self.facts
        if t.flips > 0.5 and t.T >= 2:
            self.admit("flips", "oscillating", "diverged" if t.gone else "in_progress")
        return False

    def _dying(self) -> bool:
        """A bounce that will die: how much of its loss twenty steps take."""
        t = self.facts
        if t.flips < 0.5 or t.rest is None:
            return False
        excess = float(t.f[t.T]) - self._under
        if excess < 1e-4 * t.fall:
            return False
        after = float(np.nanmin(t.f[min(t.T + 20, len(t.f) - 1)])) - self._under
        held = after / max(excess, 1e-300)
        if t.flips > 0.9 and held > 0.6 and excess > 0.02 * t.fall:
            return self.close(f"a bounce that keeps {held:.2g} in 20 steps", "oscillating")
        self.admit(f"flips, keeps {held:.2g} in 20 steps", "oscillating")
        return False

    def plateau(self) -> bool:
        """So flat that slope times window is nothing beside what remains, and staying."""
        t = self.facts
        remaining = float(t.f[t.T]) - max(t.low, t.in_window if t.box else -np.inf)
        share = float(t.size[t.T]) * t.L / max(remaining, 1e-300)
        at_rest = t.rest is not None and t.distance < 0.05 * t.L
        if share > 0.04 or remaining < 0.05 * t.fall or at_rest:
            return self._never_left()
        moved = float(np.hypot(*(t.x[min(2 * t.T, len(t.x) - 1)] - t.end)))
        if share < 0.012 and moved < 0.1 * t.L:
            self.admit(f"slope × window is {share:.2g} of what remains", "plateau")
            return True
        return self.admit(f"slope × window is {share:.2g} of what remains", "plateau")

    def _never_left(self) -> bool:
        t = self.facts
        flat = t.size[0] * t.L < 0.03 * t.fall
        if flat and t.f[t.T] - t.low > 0.95 * t.fall:
            return self.admit("it has hardly left the flat ground of its start", "plateau")
        return False

    def on_the_way(self) -> bool:
        """How long it still takes to come within 1 % of a minimum, or to do 99 % of the drop."""
        t = self.facts
        if t.rest is None or (t.box and t.f[t.T] < t.in_window):
            return self._falling_on()
        target = t.rest.x
        final = t.x[-1] if t.gone is None else t.end
        if np.hypot(*(final - target)) > 0.05 * t.way:  # it ends somewhere else, or not yet
            _, other = t.known.nearest(final)
            target = other.x if other is not None else final
        later = t.spread(9 * t.T, 10 * t.T) if t.gone is None else 0.0
        radius = max(0.01 * t.way, later if later < 0.2 * t.way else 0.0)
        away = np.hypot(*(t.x - target).T) > radius
        if radius > 0.01 * t.way and not away[t.T :].any():
            return self.close("at the scale of its bounce", "in_progress", *self._edge(0.01))
        return self._paced(away)

    def _falling_on(self) -> bool:
        t = self.facts
        if t.known.unbounded:
            labels = ("in_progress", "slow", *DOWNHILL)
            far = not self._in_window(t.end) and t.f[t.T] < t.in_window
            return self.close("no floor below", *labels, *(("diverged",) if far else ()))
        if t.box and t.f[t.T] < t.in_window:
            labels = ("in_progress", "slow", "diverged", *DOWNHILL)
            return self.close("only its decay stops it, far out", *labels)
        if not t.known.fades:
            return self.close(
                "falls on, nowhere", "in_progress", "slow", "step_collapse", "plateau"
            )
        return self._paced((t.f - min(t.low, t.known.infimum)) > 0.01 * t.fall)

    def _paced(self, away: np.ndarray) -> bool:
        """The first step from which it is there, and stays for a while, against the steps made."""
        t = self.facts
        stay = max(t.T, 50)
        count = np.append(0, np.cumsum(away))  # how often it was away before each step
        there = np.flatnonzero(count[stay + 1 :] == count[1:-stay])
        there = there[there >= t.T - 1]
        ratio = (int(there[0]) - t.T) / max(t.T, 1) if len(there) else np.inf
        slow = self._slow()
        if self._swings:
            self.admit("a ball that swings", "in_progress", "oscillating")
        if t.T <= 10:
            self.admit("a few steps tell little of the pace", "in_progress")
        if ratio < 1.5:
            return self.close(f"arrives after {max(ratio, 0):.2g} more runs", "in_progress")
        if ratio > 5:
            return self.close(f"needs {ratio:.2g} more runs", *slow)
        return self.close(f"needs {ratio:.2g} more runs", "in_progress", *slow)

    @property
    def _swings(self) -> bool:
        """Whether inertia carries it to and fro: its next steps lead far, and hardly anywhere."""
        t = self.facts
        if not t.setting.optimizer.values().get("momentum"):
            return False
        points = t.after(max(t.T, 30))
        path = float(np.hypot(*np.diff(points, axis=0).T).sum())
        return path > 3 * float(np.hypot(*(points[-1] - points[0])))

    def _slow(self) -> tuple[str, ...]:
        """Slow, or collapsed: whether the same rule, begun afresh, is faster from here."""
        t = self.facts
        fell = self._rate_fell
        m = max(t.T // 10, 10)
        now = t.setting.change(start=tuple(map(float, t.end)), steps=m, schedule=pg.Constant())
        fresh = now.run.x
        covered = float(np.hypot(*(fresh[-1] - fresh[0])))
        going_on = float(np.hypot(*(t.x[min(t.T + m, len(t.x) - 1)] - t.end)))
        if fell > 3 and covered > 6 * going_on and not t.box:
            return ("step_collapse",)
        if fell < 1.4 and covered < 1.7 * going_on:
            return ("slow",)
        return ("slow", "step_collapse")

    @cached_property
    def _rate_fell(self) -> float:
        t = self.facts
        if t.T < 2:
            return 1.0
        target = t.rest.x if t.rest is not None else t.x[-1]
        j = int(np.abs(t.end - target).argmax())
        with np.errstate(all="ignore"):
            rate = t.setting.run.effective_lr[: t.T, j]
            fell = float(np.nanmedian(rate[: max(t.T // 5, 1)]) / rate[-1])
        return fell if np.isfinite(fell) else np.inf


QUESTIONS: tuple[Callable[[Admissible], bool], ...] = (
    Admissible.outside,
    Admissible.unmoved,
    Admissible.gone,
    Admissible.standing,
    Admissible.at_saddle,
    Admissible.plateau,
    Admissible.bounce,
    Admissible.on_the_way,
)
"""In the order in which they are asked; the first that closes the case is the last."""


def admissible(facts: Facts) -> Admissible:
    """The outcomes that the run of these facts may be given."""
    found = Admissible(facts)
    with np.errstate(all="ignore"):
        if facts.setting.noise:
            reason, labels = noisy(facts)
            found.admit(reason, *labels)
            return found
        next((ask for ask in QUESTIONS if ask(found)), None)
    return found
