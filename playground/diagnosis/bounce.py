"""What is said of bounces and cycles: where the gauge is taken, how high they lie, and why."""

from __future__ import annotations

import math

import numpy as np

from playground.diagnosis import lines
from playground.diagnosis.changes import same_but_shorter
from playground.diagnosis.finding import Fix
from playground.diagnosis.future import Future
from playground.diagnosis.motion import spread_of
from playground.diagnosis.outlook import in_words, outlook
from playground.diagnosis.pace import Pace
from playground.diagnosis.path import norm
from playground.diagnosis.quantity import some
from playground.diagnosis.say import compared, steepest_late
from playground.schedules import Schedule
from playground.types import Array
from playground.words import number, point


def gauged_where(e: Pace) -> str:
    """Where the gauge is the larger, if it is not where the run ends."""
    end, across = e.gauges[:, 0]
    return "half-way across a step " if across > end and number(across) != number(end) else ""


def height_above(e: Pace) -> str:
    """How high it lies: above a higher minimum that it leads to, or above the lowest known."""
    late = float(e.loss(slice(-(e.n // lines.QUARTER) - 1, None)).mean())
    if not len(e.ground.minima):
        return f"at a loss of {number(late)}"
    known = "that is known" if e.ground.lowest <= e.low.item() else "it has met"
    after = Future.of(e)
    # Decay may keep it from where the ground leads, and what bends down leads anywhere.
    below = after.rest if e.local.low.item() > 0 and not e.pull.item() else None
    if below is None or after.level is None or not after.leads_higher:
        return f"{number(late - e.low.item())} above the lowest {known}"
    return f"{number(late - after.level)} above the minimum at {point(below)}"


def crosses_too_steep(e: Pace) -> bool:
    """Whether η·λ is above the limit along its last step as well, there or half-way across.

    The steepest mode may be one along which it has long settled.
    """
    end, before = e.end, e.points(-2)
    places = np.stack([end, 0.5 * (end + before)], axis=1)
    along = e.along(places, (end - before)[:, None], slice(e.n - 1, e.n))
    return bool(along.max() > e.limit.item())


def thrown_how(e: Pace) -> str:
    """What steps past the limit do: from wall to wall each time, or now and then."""
    if e.flipping.item() > lines.ALWAYS_FLIPS:
        return "so each step lands on the other side"
    return "so it is thrown to and fro"


def keeps_bouncing(e: Pace) -> str:
    return (
        f"It {_bounces_on(e)}, on average {height_above(e)}, and |g| = "
        f"{number(e.last_size.item())}: not a "
        f"critical point.{_as_it_dies_out(e)}{_without_noise(e)}"
    )


def _bounces_on(e: Pace) -> str:
    return "still bounces" if narrows(e) else "keeps bouncing"


def _as_it_dies_out(e: Pace) -> str:
    if not _dies_out(e):
        return ""
    return f" It dies out slowly, as {compared(e.gauge.item(), e.limit.item())}."


def _without_noise(e: Pace) -> str:
    """That it is noise that throws it about, if the same run without it is calm."""
    if not some(e.noise > 0):
        return ""
    own = spread_of(e.points(slice(e.n // 2, None)))[0].item()
    calm = e.quiet.spread.item() < lines.OWED_TO_NOISE * own
    return " Without its noise it would hardly move." if calm else ""


def _dies_out(e: Pace) -> bool:
    """Whether the bounce of a linear rule below its limit is over when it is carried on."""
    below = e.linear and max(e.gauge.item(), steepest_late(e)) <= e.limit.item() < math.inf
    return bool(below) and dies_away(e)


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
    """What a change that helps tells of the cause: that the steps were too long."""
    shorter = isinstance(change, Schedule) or same_but_shorter(e.optimizer, change)
    return "Its steps are too long for the valley." if shorter and not narrows(e) else ""


# ---- a cycle ------------------------------------------------------------------------------------


def circling(e: Pace) -> str:
    slows = e.lr[-1, 0] < e.lr[-e.fifth - 1 :, 0].max() or e.rates_to_come.mean.item() < 1
    after = Future.of(e)
    comes_in = _comes_in(e)
    nears = after.away_at_last < lines.SLACKENS * float(after.away[: e.fifth].max()) or comes_in
    what = "a minimum that is not the lowest" if after.leads_higher else "the minimum"
    what += "" if slows or nears else " without coming closer"
    even = e.tail // 2 * 2  # of a bounce between two points the middle
    centre = e.points(slice(-even, None)).mean(axis=1)
    near = e.nearest_of(e.ground.minima, centre)
    if near.distance.item() <= e.amplitude.item():
        centre = e.ground.minima[near.number].T
    else:
        q = e.n // lines.QUARTER
        before, now = (
            float(e.loss(stretch).mean()) - e.low.item()
            for stretch in (slice(-2 * q - 1, -q), slice(-q - 1, None))
        )
        risen = "higher" if now > lines.WIDER * before else "hardly lower"
        what = f"{point(centre[:, 0])}, its loss {risen} than before"
    before, now = (
        float(norm(e.points(stretch) - centre[:, None]).max())
        for stretch in (slice(-2 * e.fifth - 1, -e.fifth), slice(-e.fifth - 1, None))
    )
    grows = not some(e.noise > 0) and after.width > e.amplitude.item()
    if grows and now > lines.WIDER * before:
        return f"It circles {what}, wider and wider: lately up to {number(now)} away."
    begin = f"It circles {what}: within {number(now)} of it over the last {e.fifth} steps"
    if comes_in:
        return f"{begin}, nearer and nearer; {outlook(after)}."
    why = "" if nears and not slows else _why_it_circles(e, slows)
    why = f", {why}" if why else ""
    if math.isfinite(after.for_good):
        there = f"carried on it is there in {in_words(after.for_good)}"
        why = f"; {there}" if after.for_good else ", within 1 % of its way's length"
    return f"{begin}{why}."


def _comes_in(e: Pace) -> bool:
    """Whether its way to the minimum nearest to its end has halved, and still shrinks."""
    if not len(e.ground.minima):
        return False
    q = e.ground.minima[e.nearest.number[0]]
    away = norm(e.points(slice(-2 * e.fifth, None))[..., 0] - q[:, None])
    return _shrunk(away) < lines.TO_AND_FRO and _shrunk(away[-e.fifth :]) < lines.SLACKENS


def _shrunk(sizes: Array) -> float:
    """The largest of the last quarter of some, over that of the first."""
    q = max(len(sizes) // lines.QUARTER, 1)
    return float(sizes[-q:].max() / max(sizes[:q].max(), lines.TINY))


def _why_it_circles(e: Pace, slows: bool) -> str:
    if some(e.noise > 0):
        return "as its steps shrink no further, and noise keeps them from settling"
    if slows:
        return "as its steps shrink no faster than its schedule"
    hovers = e.hovers.item() if e.adaptive else math.nan
    if _hovers_at_its_limit(e, hovers):
        return (
            f"with η·λ_max hovering at {number(hovers)}, the limit is {number(e.limit.item())} "
            "(adaptive edge of stability)"
        )
    strides = norm(np.diff(e.points(slice(-2 * e.fifth - 1, None))[..., 0]))
    return "as its steps shrink no further" if _shrunk(strides) > lines.SLACKENS else ""


def _hovers_at_its_limit(e: Pace, hovers: float) -> bool:
    """Whether η·λ_max keeps to the limit by itself: no ramp past it, and no clipped step."""
    late = np.array_split(e.sharpness[e.n // 2 :, 0], 2)
    seen = np.array([hovers, *(np.median(part) for part in late)]) / e.limit.item()
    near = (seen > lines.EDGE_BELOW) & (seen < lines.EDGE_ABOVE)
    return bool(near.all() and not e.cut_late.item())
