"""Outcomes of many descents at once, for maps coloured by verdict.

The same rules as `diagnose`, on arrays, with what only costs a few passes over the end of the
paths.  What needs the whole path or the optimizer's state is not told apart here: an edge of
stability counts as what it looks like (oscillating or in progress), a step collapse as slow.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np

from playground.diagnosis.ensemble import Ensemble
from playground.diagnosis.ground import Window
from playground.diagnosis.labels import OUTCOMES
from playground.diagnosis.path import DOMAIN
from playground.simulation import Run
from playground.theory.curvature import adaptive, symmetric_modes
from playground.theory.quadratic import linear


def outcomes(run: Run, window: Window | None = None) -> np.ndarray:
    """Index into `OUTCOMES` of every descent of a batch, ``(...)``."""
    window = window or run.surface.span
    x = run.x.reshape(run.steps + 1, 2, -1)
    x0, x1, y0, y1 = window
    with np.errstate(all="ignore"):
        there = np.abs(x[-1]).max(axis=0) <= DOMAIN * np.hypot(x1 - x0, y1 - y0)
        found = np.full(there.shape, OUTCOMES.index("diverged"), dtype=np.int8)
        for lanes in np.array_split(np.flatnonzero(there), 1 + there.sum() // BLOCK):
            part = Run(run.problem.take(lanes), x[:, :, lanes])
            found[lanes] = _Verdicts(part, window).label()
    return found.reshape(run.shape)


BLOCK = 2000
"""Lanes at once, so that a stretch of the path stays in the cache."""


class _Verdicts(Ensemble):
    """The rules of `diagnose`, each answering for all descents."""

    def label(self) -> np.ndarray:
        answers = [
            ("diverged", self.diverged()),
            ("noise_floor", self.noise_floor()),
            ("plateau", self.plateau()),
            *self.arrived(),
            ("saddle", self.saddle()),
            ("oscillating", self.oscillating()),
            ("limit_cycle", self.limit_cycle()),
            ("in_progress", self.in_progress()),
        ]
        return np.select(
            [answer for _, answer in answers],
            [OUTCOMES.index(label) for label, _ in answers],
            OUTCOMES.index("slow"),
        ).astype(np.int8)

    def diverged(self) -> np.ndarray:
        end, n = self.x[-1], self.n
        gone = ~(np.isfinite(end).all(axis=0) & np.isfinite(self.f1))
        gone |= np.abs(end).max(axis=0) > DOMAIN * self.length
        x0, x1, y0, y1 = self.window
        beyond = (
            np.maximum(np.maximum(x0 - end[0], end[0] - x1), np.maximum(y0 - end[1], end[1] - y1))
            / self.length
        )
        below = (self.f1 < self.ground.lowest) & (self.f1 < self.loss(self.x[-min(5, n + 1)]))
        rising = (beyond > 1) & (self.size[-1] == self.size.max(axis=0))
        gone |= below & (beyond > 0) & (rising | self.ground.unbounded)
        if n < 8:
            return gone
        third = np.moveaxis(self.x[n // 3 : 2 * n // 3 + 1 : max(n // 60, 1)], 1, 0)
        middle = np.median(np.hypot(*self.slope(third)), axis=0)
        tail = self.size[-max(n // 20, 3) :]
        far = (beyond > 1) | (self.f1 - self.low > 10 * self.fall)
        gone |= (np.median(tail, axis=0) > 3 * middle) & (self.f1 > self.f0) & far
        stride = self.x[-1] - self.x[-2]
        wall = np.abs((self.g * (stride / np.hypot(*stride))[:, None]).sum(axis=0))
        growth = (wall[-1] / wall[0]) ** (1 / self.fifth)
        grows = (growth > 1 + 1e-4) & (wall[-1] > 0.99 * wall.max(axis=0))
        return gone | (grows & (self.flipping > 0.8) & ~self._wall_softens())

    def _wall_softens(self) -> np.ndarray:
        middle, half = 0.5 * (self.x[-1] + self.x[-2]), 0.5 * (self.x[-1] - self.x[-2])
        length = np.hypot(*half)
        top = np.maximum(2.0, 10 * self.length / length)
        growth = np.maximum(self.size[-1] / self.size[-2], 1.0)
        lowest = first = None
        for share in np.linspace(0, 1, 16):
            k = top**share
            secant = (half * self.slope(middle + half * k)).sum(axis=0) / (k * length * length)
            first = secant if first is None else first
            lowest = secant if lowest is None else np.fmin(lowest, secant)
        return (lowest < first / growth * (1 - 1e-6)) | (length == 0)

    def noise_floor(self) -> np.ndarray:
        noise = np.broadcast_to(self.run.problem.noise, self.run.shape).reshape(-1)
        nothing = np.zeros(self.f1.shape, dtype=bool)
        if not noise.any() or self.n < 20:
            return nothing
        half = np.moveaxis(self.x[self.n // 2 :], 1, 0)
        g, h = self.slope(half), self.run.surface.hessian(half).mean(axis=2)
        values, vectors = symmetric_modes(h[0, 0] + self.decay, h[0, 1], h[1, 1] + self.decay)
        along = np.einsum("itn,ikn->ktn", g, vectors)
        bias = (along.mean(axis=1) ** 2 / values).sum(axis=0)
        variance = (along.var(axis=1) / values).sum(axis=0)
        lr = self.run.lr
        alive = (lr[-1] > 0.05 * lr.max(axis=0)).reshape(-1)
        calm = np.median(self.size, axis=0) <= np.where(self.flipping > 0.6, 10, 30) * noise
        return (noise > 0) & (values[0] > 0) & (bias < variance) & calm & alive

    def plateau(self) -> np.ndarray:
        left = self.f1 - self.low
        steepest = np.maximum(np.abs(self.flat), np.abs(self.steep))
        flat = (self.size[-1] * self.length < 0.02 * left) & (steepest * self.length**2 < left)
        near, _ = self._nearest(self.ground.shoulders)
        if not adaptive(self.run.optimizer) and self.n:
            flat |= self._started_flat() & (left >= 0.99 * self.fall)
        return flat | ((near <= 0.02 * self.length) & (self.amplitude <= 0.002 * self.length))

    def _started_flat(self) -> np.ndarray:
        start = self.x[0]
        h = self.run.surface.hessian(start)
        low, high = symmetric_modes(h[0, 0] + self.decay, h[0, 1], h[1, 1] + self.decay).eigenvalues
        bend = np.maximum(np.abs(low), np.abs(high)) * self.length**2
        reach = np.hypot(*self.slope(start)) * self.length
        return (reach < 0.02 * self.fall) & (bend < self.fall)

    def arrived(self) -> list[tuple[str, np.ndarray]]:
        d = self.travelled
        known = self.nearest <= 0.01 * d
        newton = (self.flat > 0) & (self.distance <= 0.01 * d)
        floor = (
            self.ground.floor & (self.across <= 0.01 * d) & (self.f1 - self.low <= 1e-4 * self.fall)
        )
        stride = np.hypot(*(self.x[-1] - self.x[max(self.n - 3, 0)]))
        close = (stride <= 1e-3 * d) & (np.minimum(self.distance, self.nearest) <= 1e-3 * d)
        stands = (
            (self.amplitude <= 2e-3 * d) | ((self.amplitude < 0.02 * d) & (self.hold < 0.9)) | close
        )
        here = (newton | known | floor) & stands
        level = np.where(known & (self.decay == 0), self.height, self.f1 - self.excess)
        margin = np.where(
            known, self.ground.tolerance, np.maximum(self.ground.tolerance, 0.01 * self.fall)
        )
        lowest = (level - self.low <= margin) | (floor & ~newton & ~known)
        return [("converged", here & lowest), ("local_minimum", here)]

    def saddle(self) -> np.ndarray:
        near, _ = self._nearest(self.ground.others)
        return (
            (self.flat < -1e-6 * np.abs(self.steep))
            & (self.amplitude < 0.01 * self.length)
            & (self.distance <= 0.01 * self.length)
            & ((near <= 0.02 * self.length) | (self.decay > 0))
        )

    def oscillating(self) -> np.ndarray:
        early = np.moveaxis(self.x[: max(self.n // 10, 1)], 1, 0)
        strong = self.size[-1] > 0.1 * np.hypot(*self.slope(early)).max(axis=0)
        high = self.excess > 0.01 * self.fall
        if linear(self.run.optimizer):
            high |= (np.abs(self.step[1]) > 0.01 * self.travelled) & (self.flipping == 1)
        alive = np.where(self.flat > 0, high, strong & (self.hold > 0.6))
        return ((self.flipping > 0.55) & alive & (self.n >= 4)) | (self.cycles & self.high)

    def limit_cycle(self) -> np.ndarray:
        return self.cycles & ~self.high

    @cached_property
    def cycles(self) -> np.ndarray:
        held = (self.hold > 0.6) & (self.hold < 1.7) & (self.amplitude > 1e-3 * self.travelled)
        there = (self.flat > 0) & (self.excess < 0.01 * self.fall)
        flips = held & there & (self.flipping > 0.3) & (self.drift < self.amplitude)
        return (flips | self.sustained) & (self.n >= 4)

    @cached_property
    def sustained(self) -> np.ndarray:
        """A cycle of any period that neither shrinks nor moves on; see `motion.sustained`."""
        q = self.n // 4
        if q < 10:
            return np.zeros(self.f1.shape, dtype=bool)
        before, after = self.x[-2 * q - 1 : -q - 1], self.x[-q - 1 :]
        a, b = np.ptp(before, axis=0).max(axis=0), np.ptp(after, axis=0).max(axis=0)
        drift = np.hypot(*(before.mean(axis=0) - after.mean(axis=0)))
        swing = after - after.mean(axis=0)
        crossings = (swing[1:] * swing[:-1] < 0).sum(axis=0)
        widest = np.ptp(after, axis=0).argmax(axis=0)
        turns = np.take_along_axis(crossings, widest[None], axis=0)[0] >= 4
        still = (drift < 0.25 * b) & (self.amplitude > 1e-3 * self.travelled)
        if linear(self.run.optimizer):
            return still & (self.flipping > 0.2) & (0.9 * a < b) & (b < 1.1 * a)
        return still & turns & (0.75 * a < b) & (b < 1.5 * a)

    @cached_property
    def high(self) -> np.ndarray:
        """Whether the last quarter hovers more than 1 % of the drop above where it leads."""
        mean = self.loss(np.moveaxis(self.x[-(self.n // 4) - 1 :], 1, 0)).mean(axis=0)
        level = np.where(self.flat > 0, self.f1 - self.excess, self.low)
        return mean - level > 0.01 * self.fall

    def _rings(self) -> np.ndarray:
        """Whether the end still swings through the goal, less and less."""
        if self.n < 10:
            return np.zeros(self.f1.shape, dtype=bool)
        path = np.hypot(*np.moveaxis(np.diff(self.x[-self.fifth - 1 :], axis=0), 1, 0)).mean(axis=0)
        goal = self.x[-1] - np.einsum("ikn,kn->in", self.vectors, self.step)
        z = np.einsum("tin,ikn->tkn", self.x[self.n // 2 :] - goal, self.vectors)
        middle = len(z) // 2
        before, after = np.abs(z[:middle]).max(axis=0), np.abs(z[middle:]).max(axis=0)
        swings = (z[:-1] * z[1:] < 0).any(axis=0) & (after > 0.01 * self.travelled)
        rings = (swings & (after < before)).any(axis=0)
        near = self.distance < np.minimum(0.3 * self.travelled, 1.5 * path * self.n)
        return rings & near & (self.flat > 0)

    def in_progress(self) -> np.ndarray:
        """Whether at the pace of the last fifth three times the steps made would do."""
        if not self.n:
            return np.ones(self.f1.shape, dtype=bool)
        w, half = self.fifth, max(self.fifth // 2, 1)
        x, target = self.x, 0.01 * self.travelled
        speed = np.hypot(*(x[-1] - x[-1 - w])) / w
        known = np.where(np.isfinite(self.nearest) & (self.decay == 0), self.nearest, 0.0)
        to_go = np.where(
            self.flat > 0, np.maximum(self.distance, known), np.where(known > 0, known, np.inf)
        )
        to_go = np.where((known > 0) & (self.distance > 2 * known), known, to_go)
        d = np.minimum(to_go, self.length)
        late = np.hypot(*(x[-1] - x[-1 - half])) / half
        early = np.hypot(*(x[-1 - half] - x[-1 - 2 * half])) / half if 2 * half <= self.n else late
        slowing = np.log(early / late) / half
        leaving = (slowing < -1e-9) & (self.flat <= -0.05 * np.abs(self.steep))
        needed = np.where(slowing > 0.2 * late / d, np.log(d / target) * d / speed, d / late)
        needed = np.where(leaving, np.log1p(d * -slowing / late) / -slowing, needed)
        if linear(self.run.optimizer):
            before = self.loss(x[-1 - w]) - self.f1 + self.excess
            goal = 0.5 * self.flat * target**2
            by_loss = np.log(self.excess / goal) * w / np.log(before / self.excess)
            by_loss = np.where(before > self.excess, by_loss, np.inf)
            binding = (self.flat > 0) & (self.excess > goal)
            needed = np.where(binding, np.maximum(needed, by_loss), needed)
        if not len(self.ground.minima):
            needed, target = self.needed_without_minimum(needed), -1.0
        return (needed <= 3 * self.n) | (d <= target) | self._rings()
