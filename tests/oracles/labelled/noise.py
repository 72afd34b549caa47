"""Labels of noisy runs: from other seeds, from twice the time, and from the run without noise."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

import playground as pg
from playground.theory import modes
from tests.oracles.truth.setting import Setting


def noisy(s: Setting) -> str | None:
    """Twelve other seeds, as long and twice as long, and the run without noise."""
    minima = s.surface.minima()
    if len(minima) != 1:
        return None
    lowest = minima[0].f
    runs = pg.simulate(
        s.surface, s.optimizer, s.start, 2 * s.steps, s.schedule, s.noise, np.arange(100, 112)
    )
    still = replace(s, noise=0.0).run
    fall = float(s.run.f[0] - lowest)
    excess = runs.f - lowest
    a = float(np.mean(excess[int(0.8 * s.steps) : s.steps]))
    b = float(np.mean(excess[int(1.8 * s.steps) :]))
    quiet = float(np.mean(still.f[int(0.8 * s.steps) :])) - lowest
    if not np.isfinite(a + b):
        return None
    bias, variance = _shares(runs, s.steps)
    stationary = 0.75 < a / b < 1.33 and a > 20 * quiet and a > 5e-4 * fall
    if stationary and variance > 3 * bias:
        return "noise_floor"
    if a > 3 * b and quiet > 0.9 * a and a > 0.01 * fall and bias > 3 * variance:
        return "in_progress"
    return None


def _shares(runs: pg.Run, steps: int) -> tuple[float, float]:
    """What mean and variance of the gradient over all seeds cost at the minimum."""
    eigenvalues, vectors = modes(runs.surface, np.array(runs.surface.minima()[0]))
    late = runs.gradient[int(0.8 * steps) : steps]
    along = np.einsum("tin,ik->ktn", late, vectors).reshape(2, -1)
    return (
        float((along.mean(axis=1) ** 2 / eigenvalues).sum()),
        float((along.var(axis=1) / eigenvalues).sum()),
    )
