"""Events: what happened on the way, beside the outcome."""

from __future__ import annotations

import numpy as np

from playground.diagnosis import fixes
from playground.diagnosis.evidence import Evidence
from playground.diagnosis.finding import Finding
from playground.theory.quadratic import critical_momentum
from playground.words import apart, number, percent


def events(e: Evidence) -> list[Finding]:
    """Overshoot and bursts, the larger story first; noise alone makes neither."""
    if np.any(e.run.problem.noise) or e.n < 5:
        return []
    return [finding for finding in (overshoot(e), burst(e)) if finding]


def overshoot(e: Evidence) -> Finding | None:
    """A mode crosses the minimum, stays across for three steps and more, and climbs there.

    Only inertia climbs: a rule without memory never steps along the gradient.
    """
    if e.end.eigenvalues[0] <= 0 or e.uphill <= 0.01:
        return None
    start = max(float(np.hypot(*e.modal[0])), 1e-300)
    best = (0.05, 0, 0, 0)
    for mode, z in enumerate(e.modal.T):
        if abs(z[0]) <= 0.05 * start:
            continue
        across = -z / z[0]
        peak = int(across.argmax())
        first, last = _stay(across > 0, peak)
        if across[peak] > best[0] and last - first >= 2:
            best = float(across[peak]), first, last, mode
    share, first, last, mode = best
    if not last:
        return None
    change, advice = None, ""
    if type(e.optimizer).__name__ == "Momentum":
        mu = critical_momentum(e.optimizer, float(e.end.eigenvalues[mode]))
        if 0 < mu < e.optimizer.values()["momentum"]:
            change = e.optimizer.replace(momentum=float(f"{mu:.3g}"))
            advice = f" Up to μ = (1 − √(ηλ))² = {number(mu)} it would not swing."
    return Finding(
        "overshoot",
        f"Inertia carried it past the minimum: {percent(share)} of the starting distance on the "
        f"other side, from step {first} to {last}, climbing in {percent(e.uphill)} of all steps."
        + advice,
        "swing / start",
        share,
        0.05,
        (first, last),
        change,
    )


def _stay(across: np.ndarray, peak: int) -> tuple[int, int]:
    """The unbroken stretch on the other side around the peak."""
    same = np.flatnonzero(~across)
    i = int(np.searchsorted(same, peak))
    first = int(same[i - 1]) + 1 if i else 0
    last = int(same[i]) - 1 if i < len(same) else len(across) - 1
    return first, last


def burst(e: Evidence) -> Finding | None:
    """The gradient leaps up after a quiet stretch, flipping, and falls back by itself."""
    found = _bursts(e)
    if not found:
        return None
    peak, end, height = max(found, key=lambda event: event[2])
    times = f" It happened {len(found)} times." if len(found) > 1 else ""
    first = max(peak - 20, 0)
    gauge = float(np.nanmax(e.sharpness[first : peak + 1]))
    change = fixes.brake(e)
    return Finding(
        "burst",
        f"At step {peak} the gradient burst to {number(height)} times its quiet size and calmed "
        f"down again by step {end}: {_why(e, gauge)}.{times} A rate that decays, {change!r}, "
        "counters it.",
        "|g| over its median before",
        height,
        5.0,
        (first, end),
        change,
    )


def _why(e: Evidence, gauge: float) -> str:
    if gauge > e.limit:
        measured, limit = apart(gauge, e.limit)
        return f"η·λ_max had risen to {measured}, past the limit {limit}"
    return f"it ran into steeper ground, η·λ_max up to {number(gauge)}"


def _bursts(e: Evidence) -> list[tuple[int, int, float]]:
    """Peak, end and height over the quiet |g| before, of every burst."""
    n, size, f = e.n, e.size, e.f
    if n < 20:
        return []
    flips = np.concatenate([[0], np.cumsum(e.flips)])
    t = np.arange(12, n + 1)
    top = (size[12:] >= np.maximum(size[11:-1], np.append(size[13:], 0))) & (
        flips[t] - flips[t - 6] >= 3
    )
    rise = f[12:] - np.minimum(f[2:-10], f[7:-5]) > 1e-3 * np.ptp(f)
    found: list[tuple[int, int, float]] = []
    peaks = t[top & rise]
    before = size[np.maximum(peaks[:, None] - np.arange(1, 51), 0)]
    for peak, quiet in zip(peaks, np.median(before, axis=1), strict=True):
        if size[peak] <= 5 * quiet or (found and peak <= found[-1][1]):
            continue
        peak = peak + int(size[peak : peak + 10].argmax())
        below = size[peak:] < 0.35 * size[peak]
        runs = np.convolve(below, np.ones(10), "valid") == 10 if len(below) >= 10 else np.zeros(1)
        if runs.any():
            found.append((int(peak), int(peak + runs.argmax()), float(size[peak] / quiet)))
    return found
