"""Whether N descents get there in time, seen by going on where an estimate is not sure."""

from __future__ import annotations

import numpy as np

from playground.diagnosis import lines
from playground.diagnosis.carried_on import carried_on
from playground.diagnosis.pace import Pace
from playground.diagnosis.path import norm
from playground.diagnosis.quantity import some
from playground.diagnosis.rest import at_a_minimum
from playground.types import Mask


def soon_at_a_minimum(e: Pace) -> Mask:
    """Whether three times the updates made would do, at its pace and the rates to come."""
    share = e.needed / (e.n * np.maximum(e.rates_to_come.mean, lines.TINY))
    soon: Mask = share <= lines.SLOW
    if e.linear and e.surface.quadratic and not e.clips:  # the roots of its recursion tell
        return soon
    unsure = (share > lines.SURELY_SOON) & (share < lines.SURELY_SLOW)
    if not some(unsure):
        return soon
    for held in (True, False):
        which = unsure & (e.goes_on != held)
        if some(which):
            soon[which] = _gets_there(e.part(which), soon[which], held=held)
    return soon


def _gets_there(e: Pace, estimated: Mask, *, held: bool) -> Mask:
    """The same of the descents carried on, for all that time or as far as is looked.

    estimated: what is taken of those that do not stay finite, and of those that do not come to
    rest but bounce in the end.
    """
    time = int(lines.SLOW) * e.n
    k = min(time, lines.LOOK_FURTHER)
    run = carried_on(e.own, e.n + k, held=held)
    later = Pace(run, e.window, run.steps)
    finite = np.isfinite(later.end).all(axis=0)
    rest = later.ground.minima[later.nearest.number].T
    came = norm(later.points(slice(e.n, None)) - rest[:, None]).min(axis=0)
    there = at_a_minimum(later) | (came <= lines.ARRIVED * e.travelled)
    if k < time:
        there |= k + later.needed <= time * e.rates_to_come.mean
    else:
        there |= estimated & (later.flipping > lines.FLIPPING)
    return np.where(finite, there, estimated)
