"""Trainings that learn: as far as noise or the edge lets them, at rest, bouncing, under way.

Here the rules ask; `telling` puts what they found into words.
"""

from __future__ import annotations

import math

import numpy as np

from playground.topics.network import lines
from playground.topics.network.lost import diverged
from playground.topics.network.signs import Signs


def at_the_noise_floor(s: Signs) -> bool:
    alive = s.trace.lr[-1] >= lines.RATE_ALIVE * s.trace.lr.max()
    batch = bool(s.trace.settings.batch)
    return bool(batch and alive and s.noise >= lines.NOISE and s.fall <= lines.NOISE_FALL)


def late_half(s: Signs) -> np.ndarray:
    """η·λ_max in the second half of its measurements, in units in which the limit is 2."""
    return s.gauge[len(s.gauge) // 2 :]


def hovers(s: Signs) -> float:
    """About where it is in that half: its median."""
    return float(np.median(late_half(s)))


def at_the_edge(s: Signs) -> bool:
    n = len(s.gauge)
    if s.trace.settings.batch or n < lines.GAUGES or s.quiet < lines.EDGE_ALIVE:
        return False
    begins = s.gauge[: n // lines.FIFTH].min() < lines.EDGE_BEGINS
    return bool(begins and s.gauge.max() > 2 and lines.EDGE_BELOW < hovers(s) < lines.EDGE_ABOVE)


# ---- at rest ----------------------------------------------------------------------------------


def at_rest(s: Signs) -> bool:
    return s.quiet <= lines.QUIET and abs(s.fall) <= lines.REST_FALL


def at_a_saddle(s: Signs) -> bool:
    left = at_rest(s) and s.f[-1] > lines.UNLEARNT * s.f[0]
    return bool(left and s.lowest_curvature < -lines.BENDS_DOWN)


# ---- bouncing ---------------------------------------------------------------------------------


def late_gauge(s: Signs) -> float:
    """The median of the last fifth of its measurements; NaN where there are none."""
    return float(np.median(s.gauge[-len(s.gauge) // lines.FIFTH :])) if len(s.gauge) else math.nan


def bounces(s: Signs) -> bool:
    too_large = len(s.gauge) > lines.GAUGES and late_gauge(s) > 2
    alive = s.quiet > lines.STRONG or too_large
    settled = s.fall <= lines.REST_FALL
    return not s.trace.settings.batch and s.flips > lines.FLIPS and settled and alive


def above_the_limit(s: Signs) -> float:
    """Share of its measurements that are above the limit; 0 where there are too few."""
    return float(np.mean(s.gauge > 2)) if len(s.gauge) > lines.GAUGES else 0.0


def is_thrown(s: Signs) -> bool:
    settled = s.fall <= lines.REST_FALL
    return not s.trace.settings.batch and settled and above_the_limit(s) > lines.ABOVE


# ---- under way --------------------------------------------------------------------------------


def pace(s: Signs) -> float:
    """Updates that halving the loss takes, as a share of those that were made."""
    return s.halving / max(s.last, 1)


def under_way(s: Signs) -> bool:
    return pace(s) <= lines.SLOW


# ---- the event --------------------------------------------------------------------------------


def leapt(s: Signs) -> bool:
    return s.leap[1] >= lines.BURST and not diverged(s)
