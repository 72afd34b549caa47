"""A path in the eigen-coordinates of its minimum: which direction is slow, which one bounces."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from playground.schedules import Constant
from playground.simulation import Run
from playground.theory import adaptive, mode_amplitudes, modes

SAME = 0.1
"""Share by which curvature may differ from the minimum's for the prediction to hold."""
SEEN = 1e-13
"""Share of a mode's largest amplitude, and of the present distance, below which it is round-off."""
GROWN = 1e-8
"""The same share up to which round-off that grows again is still round-off."""
DIGIT = 16 * float(np.finfo(float).eps)
"""Share of the minimum's own coordinates below which a distance from it is round-off."""


@dataclass(frozen=True, eq=False)
class Mode:
    """One eigendirection of one run; T updates."""

    point: np.ndarray
    """The minimum ``(2,)`` it is counted from."""
    direction: np.ndarray
    """Unit vector ``(2,)``."""
    eigenvalue: float
    sharpness: float
    """η·λ with the base learning rate; NaN for rules with a rate per coordinate."""
    amplitude: np.ndarray
    """Signed distance along the mode ``(T+1,)``, NaN from where it is round-off or not finite."""
    predicted: float
    """Factor per step that the theory of the quadratic gives; NaN where it gives none or the path
    never sees the minimum's curvature."""
    since: int | None
    """The step from which on the path sees the minimum's curvature; None if never."""

    @property
    def flips(self) -> np.ndarray:
        """The steps at which the amplitude has just changed its sign."""
        way = np.sign(self.amplitude)
        return np.flatnonzero(way[1:] * way[:-1] < 0) + 1

    @property
    def late(self) -> np.ndarray:
        """The steps of the last quarter of what is seen; what was round-off between is no part."""
        seen = np.flatnonzero(np.abs(self.amplitude) > 0)
        seen = np.split(seen, np.flatnonzero(np.diff(seen) > 1) + 1)[-1]
        return seen[seen >= seen[0] + 0.75 * (seen[-1] - seen[0])] if seen.size else seen

    @property
    def share(self) -> float:
        """Share of the late updates that changed the sign."""
        return len(np.intersect1d(self.flips, self.late[1:])) / max(len(self.late) - 1, 1)

    @property
    def measured(self) -> float:
        """Factor per step: the slope of log |amplitude| over the late steps.

        Where the amplitude swings, the line is fitted to the highest point of each swing.  NaN
        with less than two points.
        """
        size, seen = np.abs(self.amplitude), self.late
        tops = [t for t in seen[1:-1] if size[t] >= size[t - 1] and size[t] >= size[t + 1]]
        at = np.array(tops if len(tops) >= 3 else seen)
        if len(at) < 2:
            return math.nan
        return float(np.exp(np.polyfit(at, np.log(size[at]), 1)[0]))

    @property
    def half_life(self) -> float:
        """Steps in which the amplitude halves, as measured; inf where it does not shrink."""
        rate = self.measured
        if math.isnan(rate):
            return 0.0
        return math.log(0.5) / math.log(rate) if rate < 1 else math.inf

    @property
    def line(self) -> np.ndarray:
        """The predicted size ``(T+1,)`` from `since` on, NaN before it and without prediction."""
        steps = np.arange(len(self.amplitude))
        if self.since is None or math.isnan(self.predicted):
            return np.full(len(steps), np.nan)
        with np.errstate(all="ignore"):
            line = np.abs(self.amplitude[self.since]) * self.predicted ** (steps - self.since)
        return np.where(steps >= self.since, line, np.nan)


@np.errstate(all="ignore")
def eigenmodes(run: Run) -> tuple[Mode, Mode]:
    """The two modes of the minimum nearest to the end of one descent, the flattest first.

    The predicted factor is that of the linearised rule with a constant rate, so there is none
    under a schedule, with gradient noise and for adaptive rules; nor before the last update whose
    gradient was clipped.

    Raises `ValueError` for a batch and for a surface without a minimum in its span.
    """
    found = mode_amplitudes(run)
    _, vectors = modes(run.surface, found.point)
    steady = run.schedule == Constant() and run.problem.disturbance is None
    since = _settled(run, found.eigenvalues)
    flat, steep = (
        Mode(
            found.point,
            vectors[:, i],
            float(found.eigenvalues[i]),
            math.nan if adaptive(run.optimizer) else float(run.optimizer.lr * found.eigenvalues[i]),
            _visible(found.amplitude, found.point)[:, i],
            float(found.rate[i]) if steady and since is not None else math.nan,
            since,
        )
        for i in (0, 1)
    )
    return flat, steep


def _visible(amplitude: np.ndarray, point: np.ndarray) -> np.ndarray:
    """Amplitudes ``(T+1, 2)`` with NaN where they are not finite or only round-off."""
    finite, size = np.isfinite(amplitude), np.abs(amplitude)
    largest = np.max(size, axis=0, where=finite, initial=0.0)
    at = np.arange(len(amplitude))[:, None]
    with np.errstate(all="ignore"):
        floor = SEEN * np.maximum(largest, np.max(size, axis=1, keepdims=True))
        floor = np.maximum(floor, DIGIT * np.max(np.abs(point)))
        seen = finite & (size > floor)
        since = np.maximum.accumulate(np.where(seen & (size > GROWN * largest), at, -1))
        gone = np.maximum.accumulate(np.where(seen, -1, at))
        return np.where(seen & (since > gone), amplitude, np.nan)


def _settled(run: Run, eigenvalues: np.ndarray) -> int | None:
    """The first step from which on the Hessian is close to the minimum's and nothing is clipped."""
    path = run.x[: max(run.finite, 1)].T
    with np.errstate(all="ignore"):
        gap = np.abs(modes(run.surface, path).eigenvalues - eigenvalues[:, None])
        away = np.flatnonzero(~np.all(gap <= SAME * np.abs(eigenvalues[:, None]), axis=0))
    away = np.append(away, np.flatnonzero(run.clipped))
    first = int(away.max()) + 1 if away.size else 0
    return first if first < path.shape[1] else None
