"""Runs that the edge of stability holds up."""

from __future__ import annotations

import numpy as np

from playground.diagnosis import fixes, lines
from playground.diagnosis.finding import Finding
from playground.diagnosis.outcome import EDGE_OF_STABILITY
from playground.diagnosis.pace import Pace
from playground.diagnosis.path import norm
from playground.diagnosis.quantity import median, once
from playground.diagnosis.rule import Rule, asked, never
from playground.language import tr
from playground.types import Array, Mask
from playground.words import number


@once
def at_the_edge(e: Pace) -> Mask:
    """The curvature has risen to what the step allows, and stays there.

    Of rules with one rate only: an adaptive rule brings its own preconditioned sharpness to the
    limit wherever it circles (Cohen et al. 2022), which is a limit cycle and said there.
    """
    if e.adaptive or e.n < lines.EDGE_STEPS:
        return never(e)
    return asked(e, _has_a_limit, _still_sloping, _hovers_at_the_limit, _hovers_still, _got_sharper)


def _has_a_limit(e: Pace) -> Mask:
    # clipped, no rule is linear
    return np.asarray(np.isfinite(e.limit) & ~e.at_a_tip & ~e.cut_late)


def _still_sloping(e: Pace) -> Mask:
    first = norm(e.slope(slice(0, e.fifth)))
    return median(e.late_size[1:]) > lines.EDGE_ALIVE * median(first)


def _hovers_at_the_limit(e: Pace) -> Mask:
    found: Mask = _near_the_limit(e, e.hovers) & (e.sharpness.max(axis=0) > e.limit)
    return found


def _hovers_still(e: Pace) -> Mask:
    """Whether it does so in the last fifth too: what only passes the limit has not felt it yet."""
    return _near_the_limit(e, median(e.sharpness[-e.fifth :]))


def _near_the_limit(e: Pace, gauge: Array) -> Mask:
    share = gauge / e.limit
    found: Mask = (share > lines.EDGE_BELOW) & (share < lines.EDGE_ABOVE)
    return found


def _got_sharper(e: Pace) -> Mask:
    """The ground became sharper, not only the rate larger by a schedule.

    Ground that curves down both ways, and up again, is that of another pit: it was thrown there.
    One dip on ground that was as sharp before and after it is no beginning either.
    """
    curvature = e.sharpness / e.lr
    begun = curvature[: max(e.n // lines.FIFTH, 1)]
    sharper = begun.min(axis=0) * median(e.lr[e.n // 2 :]) < lines.EDGE_BEGINS * e.limit
    sharper &= median(begun) < median(curvature[e.n // 2 :])
    found: Mask = sharper & (e.sharpness.min(axis=0) > 0)
    return found


def tell_edge(e: Pace) -> Finding:
    half, curvature = e.n // 2, (e.sharpness / e.lr)[:, 0]
    begin = int(curvature[: max(e.n // lines.FIFTH, 1)].argmin())
    early, late = float(curvature[begin]), float(median(curvature[half:]))
    hovers, limit = e.hovers.item(), e.limit.item()
    return fixes.finding(
        e,
        EDGE_OF_STABILITY,
        tr(
            "The ground became sharper along the way, λ_max from {early} before step {step} to "
            "{late}, the median of the second half: there η·λ_max is {gauge} in the median, the "
            "limit is {limit}.",
            early=number(early),
            step=begin + 1,
            late=number(late),
            gauge=number(hovers),
            limit=number(limit),
        ),
        (tr("η·λ_max, median of the second half"), hovers, limit),
        (half, e.n),
        fixes.under_the_limit(e, fixes.EDGE_ROOM * limit),
        tr("{change} gets there."),
    )


RULES = (Rule(EDGE_OF_STABILITY, at_the_edge, tell_edge),)
