"""What is said of bounces and cycles: where the gauge is taken, how high they lie, and why."""

from __future__ import annotations

import math

import numpy as np

from playground.diagnosis import lines
from playground.diagnosis.changes import same_but_shorter
from playground.diagnosis.finding import Fix
from playground.diagnosis.future import Future
from playground.diagnosis.motion import spread_of
from playground.diagnosis.outlook import in_words
from playground.diagnosis.pace import Pace
from playground.diagnosis.path import norm
from playground.language import tr
from playground.schedules import Schedule
from playground.types import Array
from playground.words import apart, number, point, steps_made


def gauged_where(e: Pace) -> str:
    """Where the gauge is the larger, if it is not where the run ends."""
    end, across = e.gauges[:, 0]
    larger = across > end and number(across) != number(end)
    return tr("half-way across a step ") if larger else ""


def loss_of_late(e: Pace) -> str:
    """How high it lies, beside the lowest minimum known where the surface has a lowest point."""
    late = float(e.loss(slice(-max(e.n // lines.QUARTER, 1), None)).mean())
    if e.ground.unbounded or not len(e.ground.heights):
        return tr("over its last quarter its loss is {} on average", number(late))
    mean, lowest = apart(late, e.ground.but_rounding(float(e.ground.heights.min())))
    return tr(
        "over its last quarter its loss is {} on average, at the lowest minimum known it is {}",
        mean,
        lowest,
    )


def crosses_too_steep(e: Pace) -> bool:
    """Whether η·λ is above the limit along its last step as well, there or half-way across.

    The steepest mode may be one along which it has long settled.
    """
    end, before = e.end, e.points(-2)
    places = np.stack([end, 0.5 * (end + before)], axis=1)
    along = e.along(places, (end - before)[:, None], slice(e.n - 1, e.n))
    return bool(along.max() > e.limit.item())


def turned_round(e: Pace) -> str:
    """How often steps past the limit land where the slope points back."""
    turns = round(e.flipping.item() * e.fifth)
    return tr("and at {} of its last {} the gradient turned round", turns, steps_made(e.fifth))


def moves(e: Pace, where: str = "") -> str:
    """How it moves, and where it bounces: what hardly ever turns round does not."""
    bounces = e.flipping.item() > lines.FLIPPING
    return tr("It bounces{}", where) if bounces else tr("It keeps moving")


def keeps_bouncing(e: Pace) -> str:
    slope = number(e.last_size.item())
    return tr("{}: {}, and |g| = {}: not a critical point.", moves(e), loss_of_late(e), slope)


def narrows(e: Pace) -> bool:
    """Whether it is narrower in as many updates again, and half as wide at last or less."""
    after, now = Future.of(e), e.amplitude.item()
    at_last = spread_of(after.points[:, -e.tail :, None])[0].item()
    return after.width < now and at_last <= lines.TO_AND_FRO * now


def dies_away(e: Pace) -> bool:
    """Whether nearly nothing of it is left in the last quarter of what is looked at."""
    after = Future.of(e)
    late = after.points[:, -(after.points.shape[1] // lines.QUARTER) :, None]
    return bool(spread_of(late)[0].item() <= lines.DIED * e.amplitude.item())


def why_it_bounces(e: Pace, change: Fix) -> str:
    """What a change that helps tells of the cause: that the steps were too long.

    In noise a slower run may only be lower because it is not yet as far.
    """
    if e.noise.item():
        return ""
    shorter = isinstance(change, Schedule) or same_but_shorter(e.optimizer, change)
    return tr("Its steps are too long for the valley.") if shorter and not narrows(e) else ""


# ---- a cycle ------------------------------------------------------------------------------------


def circling(e: Pace) -> str:
    """About what, within what, why that is kept up, and when the run carried on is there."""
    what, centre = _centre(e)
    late = slice(-e.fifth - 1, None)
    within = number(float(norm(e.points(late) - centre[:, None]).max()))
    after = Future.of(e)
    there = ""
    if math.isfinite(after.for_good):
        there = tr(", within 1 % of its way's length")
        if after.for_good:
            there = tr("; carried on it is there in {}", in_words(after.for_good))
    return tr(
        "It keeps moving about {}: within {} of it over the last {}{}.",
        what,
        within,
        steps_made(e.fifth),
        there or _kept_up_by(e),
    )


def _centre(e: Pace) -> tuple[str, Array]:
    """What it moves about: the one minimum there, or the middle of its last points ``(2, 1)``."""
    even = e.tail // 2 * 2  # of a bounce between two points the middle
    centre = e.points(slice(-even, None)).mean(axis=1)
    near = e.nearest_of(e.ground.minima, centre)
    there = norm(e.ground.minima.T - centre) <= e.amplitude
    if np.count_nonzero(there) != 1:
        return point(centre[:, 0]), centre
    higher = e.ground.heights[near.number].item() - e.ground.tolerance
    what = tr("a minimum") if higher > e.low.item() else tr("the minimum")
    if higher > e.ground.heights.min():
        what = tr("a minimum that is not the lowest")
    return what, e.ground.minima[near.number].T


def _kept_up_by(e: Pace) -> str:
    hovers = e.hovers.item() if e.adaptive else math.nan
    if _hovers_at_its_limit(e, hovers):
        return tr(
            "; η·λ_max is {} in the median of the second half, the limit is {} (adaptive edge of "
            "stability)",
            number(hovers),
            number(e.limit.item()),
        )
    kept = _keep_their_length(e, e.fifth) and _keep_their_length(e, 2 * e.fifth)
    return tr(", as its steps hardly shrink") if kept else ""


def _keep_their_length(e: Pace, many: int) -> bool:
    """Whether the last of so many steps are hardly shorter than the first of them."""
    strides = norm(np.diff(e.points(slice(-many - 1, None))[..., 0]))
    q = max(len(strides) // lines.QUARTER, 1)
    return bool(strides[-q:].max() > lines.SLACKENS * strides[:q].max())


def _hovers_at_its_limit(e: Pace, hovers: float) -> bool:
    """Whether η·λ_max keeps to the limit by itself: no ramp past it, and no clipped step."""
    late = np.array_split(e.sharpness[e.n // 2 :, 0], 2)
    seen = np.array([hovers, *(np.median(part) for part in late)]) / e.limit.item()
    near = (seen > lines.EDGE_BELOW) & (seen < lines.EDGE_ABOVE)
    return bool(near.all() and not e.cut_late.item())
