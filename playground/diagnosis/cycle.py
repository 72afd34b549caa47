"""Whether a run circles: unrest that neither shrinks nor moves on."""

from __future__ import annotations

import numpy as np

from playground.diagnosis import lines
from playground.diagnosis.motion import opposed
from playground.diagnosis.pace import Pace
from playground.diagnosis.path import norm
from playground.diagnosis.quantity import mean, once, some
from playground.diagnosis.rule import asked, never
from playground.types import Array, Mask


@once
def cycles(e: Pace) -> Mask:
    """A cycle that neither shrinks nor moves on."""
    if e.n < lines.BOUNCE_STEPS:
        return never(e)
    return asked(e, _wide, _kept_up, lambda e: _circles(e) | _repeats(e) | _gains_nothing(e))


def _wide(e: Pace) -> Mask:
    return e.amplitude > lines.CYCLE * e.travelled


def _kept_up(e: Pace) -> Mask:
    """Whether both halves of its end are as wide: a burst that has just begun or ended is none."""
    middle = -(e.fifth // 2) - 1
    halves = e.points(slice(-e.fifth - 1, middle + 1)), e.points(slice(middle, None))
    widths = [np.ptp(p, axis=1).max(axis=0) for p in halves]
    found: Mask = np.minimum(*widths) > lines.KEPT_UP * e.amplitude
    return found


def _circles(e: Pace) -> Mask:
    """About a minimum, at the scale of the step."""
    there = (e.local.low > 0) & (e.local.excess < lines.HIGH * e.fall)
    held = (e.hold > lines.HELD) & (e.hold < lines.HELD_AT_MOST)
    return there & held & (e.flipping > lines.CYCLE_FLIPS) & (e.drift < e.amplitude)


def _repeats(e: Pace) -> Mask:
    """Of any period: the last quarter of the path is as wide as the one before, and there."""
    q = e.n // lines.QUARTER
    if q < lines.SOME:
        return never(e)
    before, after = e.points(slice(-2 * q - 1, -q - 1)), e.points(slice(-q - 1, None))
    spans, middle = np.ptp(after, axis=1), mean(after, axis=1)
    a, b = np.ptp(before, axis=1).max(axis=0), spans.max(axis=0)
    still = norm(mean(before, axis=1) - middle) < lines.CYCLE_DRIFT * b
    held = np.zeros(e.count, dtype=bool)
    swing = after - middle[:, None]
    turns = np.count_nonzero(swing[:, 1:] * swing[:, :-1] < 0, axis=1)
    turning = np.where(spans[0] >= spans[1], turns[0], turns[1]) >= lines.TURNS
    if e.linear:  # a slow swing of a linear rule dies out; walls or bent ground keep one up
        held = (b > lines.BOUNCE_SHRUNK * a) & (b < lines.BOUNCE_GROWN * a)
        dies = e.each(e.optimizer.kept_velocity) ** (q / 2) < lines.HELD
        held &= (_quarter_flips(e, q) > lines.BOUNCE_FLIPS) | (dies & turning)
    if not e.linear or some(e.cut_late):
        turning &= (b > lines.CYCLE_SHRUNK * a) & (b < lines.CYCLE_GROWN * a)
        held = np.where(e.cut_late, turning, held) if e.linear else turning
    # A burst behind it is no cycle.
    return np.asarray(still & held & (e.amplitude > lines.CYCLE * b))


def _gains_nothing(e: Pace) -> Mask:
    return asked(e, no_lower, _flips_for_long, _stays_about)


def _stays_about(e: Pace) -> Mask:
    """Whether the halves of its last quarter are in one place, beside how wide it is."""
    p = e.points(slice(-(e.n // lines.QUARTER) - 1, None))
    early, late = p[:, : p.shape[1] // 2], p[:, p.shape[1] // 2 :]
    moves = norm(mean(late, axis=1) - mean(early, axis=1))
    return np.asarray(moves < lines.CYCLE_DRIFT * np.ptp(p, axis=1).max(axis=0))


def _flips_for_long(e: Pace) -> Mask:
    return np.minimum(e.flipping, _quarter_flips(e, e.n // lines.QUARTER)) > lines.FLIPPING


@once
def no_lower(e: Pace) -> Mask:
    """Whether its loss lies no lower than a quarter of the run before."""
    q = e.n // lines.QUARTER
    if e.n < lines.SOME:
        return never(e)
    before = mean(e.loss(slice(-2 * q - 1, -q))) - e.low
    now = mean(e.loss(slice(-q - 1, None))) - e.low
    found: Mask = now > lines.NO_LOWER * before
    return found


def _quarter_flips(e: Pace, q: int) -> Array:
    return np.asarray(np.count_nonzero(opposed(e.slope(slice(-q - 1, None))), axis=0) / q)
