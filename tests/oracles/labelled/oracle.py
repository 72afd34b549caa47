"""Labels of runs from knowledge a diagnosis does not use.

The oracle carries the run on for up to twenty times its length, starts it again from where it
ended with fresh state or with a quarter of the rate, repeats it with other seeds, and knows all
critical points.  Where it is itself near a line between two labels it says None.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

import playground as pg
from playground.theory import adaptive, modes, sharpness, stability_limit
from tests.oracles.labelled.noise import noisy
from tests.oracles.truth.setting import Setting

FUTURE = 20
"""How many times its length a run is carried on."""


@dataclass(frozen=True)
class Oracle:
    """What will become of a run of T = `setting.steps` updates."""

    setting: Setting

    @cached_property
    def T(self) -> int:
        return self.setting.steps

    @cached_property
    def long(self) -> pg.Run:
        return replace(self.setting, steps=min(FUTURE * self.T, 30_000)).run

    @cached_property
    def x(self) -> np.ndarray:
        return self.long.x

    @cached_property
    def diagonal(self) -> float:
        x0, x1, y0, y1 = self.setting.surface.span
        return float(np.hypot(x1 - x0, y1 - y0))

    @cached_property
    def lowest(self) -> float:
        minima = self.setting.surface.minima()
        return minima[0].f if minima else float("nan")

    @cached_property
    def fall(self) -> float:
        return float(self.long.f[0] - self.lowest)

    def label(self) -> str | None:
        if self.setting.noise:
            return noisy(self.setting)
        gone = self.gone
        if gone is not None:
            return self.blown_up(gone)
        for question in (self.edge, self.plateau, self.standing, self.bounce, self.on_the_way):
            answer = question()
            if answer:
                return None if answer == "unclear" else answer
        return None

    @cached_property
    def gone(self) -> int | None:
        """The step at which the long run leaves: not finite, or 10 000 windows away."""
        run = self.long
        away = np.abs(run.x).max(axis=1) > 1e4 * self.diagonal
        away |= ~np.isfinite(run.x).all(axis=1) | ~np.isfinite(run.f)
        return int(away.argmax()) if away.any() else None

    def blown_up(self, step: int) -> str | None:
        """The run has blown up, or is about to: its gradient has been growing for some time."""
        if step <= self.T:
            return "diverged"
        size = np.hypot(*self.long.gradient[: self.T + 1].T)
        growing = size[-1] > 3 * np.median(size[: self.T // 2 + 1])
        return "diverged" if growing and step < 3 * self.T else None

    def edge(self) -> str | None:
        """The only minimum is too sharp to be stood on, and the start is not."""
        s = self.setting
        minima = s.surface.minima()
        if not isinstance(s.optimizer, pg.GradientDescent) or len(minima) != 1:
            return None
        lr = s.optimizer.lr
        at_minimum = lr * modes(s.surface, np.array(minima[0])).eigenvalues[1]
        at_start = lr * modes(s.surface, np.array(s.start)).eigenvalues[1]
        if at_minimum < 2 or not isinstance(s.surface, pg.Narrowing):
            return None
        half = self.x[self.T // 2 : self.T].T
        felt = float(np.median(lr * modes(s.surface, half).eigenvalues[1]))
        if at_minimum > 2.2 and at_start < 1.75 and 1.9 < felt < 2.2:
            return "edge_of_stability"
        return "unclear"

    def plateau(self) -> str | None:
        end, run = self.x[self.T], self.long
        remaining = float(run.f[self.T]) - self.lowest
        share = float(np.hypot(*run.gradient[self.T])) * self.diagonal / max(remaining, 1e-300)
        points = self.setting.surface.critical_points()
        near = min((np.hypot(*(end - q)) for q in points), default=np.inf)
        x0, x1, y0, y1 = self.setting.surface.span
        inside = x0 <= end[0] <= x1 and y0 <= end[1] <= y1  # outside, critical points are unknown
        if share > 0.04 or near < 0.05 * self.diagonal:
            return None
        if not inside:
            return "unclear"
        moving = np.hypot(*(self.x[2 * self.T] - end)) > 0.2 * self.diagonal
        return "plateau" if share < 0.01 and not moving else "unclear"

    def standing(self) -> str | None:
        """Near a critical point, and staying there for as long again."""
        T, x = self.T, self.x
        points = self.setting.surface.critical_points()
        if not points:
            return None
        q = min(points, key=lambda q: np.hypot(*(x[T] - q)))
        away = np.hypot(*(x[T : 2 * T] - q).T)
        if q.is_minimum:
            scale = max(np.hypot(*(x[0] - q)), 1e-3 * self.diagonal)
            if away[0] > 0.02 * scale:
                return None
            if away.max() < 0.007 * scale and np.ptp(x[T : 2 * T], axis=0).max() < 0.0015 * scale:
                poor = q.f - self.lowest > 1e-3 * self.fall
                level = q.f - self.lowest <= 1e-6 * self.fall
                return "local_minimum" if poor else "converged" if level else "unclear"
            settled = np.ptp(x[int(0.9 * T) : T + 1], axis=0).max() < 3e-3 * scale
            return "unclear" if settled or away[0] < 0.01 * scale else None
        still = np.ptp(x[T - max(T // 10, 10) : T + 1], axis=0).max() < 0.002 * self.diagonal
        if away[0] < 0.007 * self.diagonal and still and q.kind in ("saddle", "maximum"):
            return "saddle"
        return "unclear" if away[0] < 0.02 * self.diagonal else None

    def bounce(self) -> str | None:
        """Bounded motion that goes on for ever: far above the minimum, or beside it."""
        T, x, f = self.T, self.x, self.long.f

        def spread(a: int) -> float:
            return float(np.ptp(x[a : a + T], axis=0).max())

        now, later = float(np.ptp(x[T - max(T // 10, 10) : T + 1], axis=0).max()), spread(9 * T)
        if later < 1e-6 * self.diagonal:
            return self.slow_bounce(now)
        drifts = np.hypot(*(x[9 * T : 10 * T].mean(0) - x[T : 2 * T].mean(0)))
        if not 0.6 < spread(T) / later < 1.7 or not 0.5 < now / later < 1.5 or drifts > 0.2 * later:
            return None
        excess = float(np.mean(f[T : 2 * T])) - self.lowest
        limit = stability_limit(self.setting.optimizer, self.setting.surface, x[T])
        gauge = 2 * np.median(sharpness(self.long)[T // 2 : T]) / limit
        if not adaptive(self.setting.optimizer) and 1.7 < gauge < 2.4:
            return "unclear"  # a bounce between walls or the edge of stability
        if now < 3e-3 * np.hypot(*(x[T] - x[0])):
            return "unclear"
        if excess < 0.005 * self.fall:
            return "limit_cycle"
        return "oscillating" if excess > 0.02 * self.fall and self.brake_helps() else "unclear"

    def slow_bounce(self, now: float) -> str | None:
        """A bounce that will die, but has not: twenty steps take less than half of its loss."""
        T, f = self.T, self.long.f
        g = self.long.gradient[T - 10 : T + 1]
        flipping = ((g[1:] * g[:-1]).sum(axis=1) < 0).mean()
        if flipping < 0.9:
            return None
        excess = f[T] - self.lowest
        held = (f[T + 20] - self.lowest) / excess
        if held < 0.3 or excess < 0.005 * self.fall:
            return None
        clear = held > 0.6 and excess > 0.02 * self.fall
        return "oscillating" if clear and self.brake_helps() else "unclear"

    def brake_helps(self) -> bool:
        s = self.setting
        slower = replace(
            s,
            optimizer=s.optimizer.replace(lr=s.optimizer.lr / 4),
            steps=50,
            start=tuple(self.x[self.T]),
            schedule=pg.Constant(),
        )
        f = slower.run.f
        return bool(f[-1] - self.lowest < 0.5 * (self.long.f[self.T] - self.lowest))

    def on_the_way(self) -> str | None:
        """How long it still takes to come within 1 % of a minimum, and whether a restart helps."""
        T, x, minima = self.T, self.x, self.setting.surface.minima()
        if not minima or minima[0].kind == "degenerate" or not self.smooth:
            return None
        if self.setting.surface.unbounded_below and self.long.f[T] < self.lowest:
            return None
        q = min(minima, key=lambda q: np.hypot(*(x[-1] - q)))
        outside = np.hypot(*(x - q).T) > 0.01 * np.hypot(*(x[0] - q))
        last = int(np.flatnonzero(outside)[-1])
        if last < len(x) - 1 and last < 2.2 * T:
            return "in_progress" if last > 1.05 * T else None
        near = np.hypot(*(x[4 * T] - q)) < 0.05 * np.hypot(*(x[0] - q))
        if last < 6 * T or near:
            return None
        m = max(T // 10, 10)
        fresh = replace(self.setting, start=tuple(x[T]), steps=m).run.x
        covered = np.hypot(*(fresh[-1] - fresh[0]))
        going_on = np.hypot(*(x[T + m] - x[T]))
        fell = self.rate_fell
        if covered > 6 * going_on and fell > 4:
            return "step_collapse"
        return "slow" if covered < 1.7 * going_on and fell < 1.5 else None

    @cached_property
    def rate_fell(self) -> float:
        """By how much the step per gradient, along the way still to go, has fallen."""
        T, x = self.T, self.x
        minima = self.setting.surface.minima()
        q = min(minima, key=lambda q: np.hypot(*(x[-1] - q)))
        j = int(np.abs(x[T] - q).argmax())
        rate = self.long.effective_lr[:T, j]
        return float(rate[: max(T // 20, 3)].max() / rate[-1])

    @cached_property
    def smooth(self) -> bool:
        """Whether the last fifth goes one way, or swings with shrinking amplitude."""
        w = max(self.T // 5, 10)
        last = self.x[self.T - w : self.T + 1]
        path = np.hypot(*np.diff(last, axis=0).T).sum()
        straight = np.hypot(*(last[-1] - last[0])) > 0.7 * path
        rises = float((np.diff(self.long.f[self.T - w : self.T + 1]) > 0).mean())
        ball = self.setting.optimizer.values().get("momentum", 0) > 0
        return bool(straight and rises < 0.1) or ball
