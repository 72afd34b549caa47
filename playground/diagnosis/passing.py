"""Events on the way: a saddle that was left, a loss that came back, a rate raised again."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from playground.diagnosis import lines
from playground.diagnosis.blame import blamed_on_decay, thrown_by_decay
from playground.diagnosis.endless import named_point
from playground.diagnosis.finding import Finding
from playground.diagnosis.outcome import CATAPULT, LEFT_SADDLE, REBOUND, RISE
from playground.diagnosis.pace import Pace
from playground.diagnosis.path import norm
from playground.diagnosis.quantity import once
from playground.diagnosis.rule import Rule, asked, never
from playground.diagnosis.say import compared, sharpness_now
from playground.diagnosis.way import Way
from playground.language import tr
from playground.types import Array, Mask
from playground.words import apart, number

# ---- a saddle that was left ---------------------------------------------------------------------


class Stay(NamedTuple):
    """The stretch that one descent spent at a saddle."""

    first: int
    last: int
    number: int


def _stay(e: Pace) -> Stay | None:
    """The longest stretch at a saddle that it has left, lower than that; of a single run."""
    stays = []
    for i, q in enumerate(e.ground.others):
        away = norm(e.points() - q[:, None, None])[:, 0] / e.length
        near = np.flatnonzero(away <= lines.BESIDE)
        for stretch in np.split(near, np.flatnonzero(np.diff(near) > 1) + 1):
            if near.size and away[stretch].min() <= lines.AT_CRITICAL and stretch[-1] < e.n:
                stays.append(Stay(int(stretch[0]), int(stretch[-1]), i))
    stays = [s for s in stays if s.last - s.first >= max(lines.LINGERS * e.n, lines.SOME)]
    strides = norm(np.diff(e.points()[:, :, 0]))
    stays = [s for s in stays if _slower_than_after(strides, s)]
    best = max(stays, key=lambda s: s.last - s.first, default=None)
    if best is None:
        return None
    late = slice(-(e.n // lines.QUARTER) - 1, None)
    away = norm(e.points(late) - e.ground.others[best.number][:, None, None]).min() / e.length
    lower = bool((e.f[late, 0] < e.f[best.last, 0]).all())
    left = away > lines.BESIDE or not e.noise[0]  # noise alone leads about it
    return best if lower and left else None


def _slower_than_after(strides: Array, stay: Stay) -> bool:
    """Whether it lingered: what goes on at its pace, or slows down, only passes."""
    here = strides[stay.first : stay.last]
    after = strides[stay.last : 2 * stay.last - stay.first]
    return bool(here.mean() < after.mean())


def left_a_saddle(e: Pace) -> Mask:
    long = not e.left and e.n >= lines.SOME
    return np.full(e.count, long and _stay(e) is not None)


def tell_left(e: Pace) -> Finding:
    stay = _stay(e)
    assert stay is not None  # the rule held
    spent = stay.last - stay.first
    where, slope = e.ground.others[stay.number], float(e.size[stay.first : stay.last + 1, 0].min())
    return Finding(
        LEFT_SADDLE,
        tr(
            "It lingered near {} from step {} to {}, where |g| was down to {}, and left it along "
            "the way down.",
            *(named_point(e, where), stay.first, stay.last, number(slope)),
        ),
        "steps spent at the saddle",
        spent,
        max(lines.LINGERS * e.n, lines.SOME),
        (stay.first, stay.last),
    )


# ---- a loss that rose and came back -------------------------------------------------------------


def _top(e: Pace) -> tuple[int, float]:
    """Step of the highest loss, and how many drops it is above the start."""
    top = int(np.nanargmax(e.f[:, 0]))
    return top, ((e.f[top] - e.first_loss) / e.fall).item()


def _thrown(e: Pace) -> bool:
    late = max(min(e.tail, e.n // lines.QUARTER), 1)
    back = bool((e.loss(slice(-late, None)) < e.first_loss).all())
    return bool(e.n and not e.left and back and _top(e)[1] > lines.THROWN)


def _landed_flatter(e: Pace) -> bool:
    """Whether a step too large for the start is small enough for where it landed, unshortened."""
    if e.adaptive or not math.isfinite(e.limit.item()):
        return False
    start, end = float(e.sharpness_first.item()), sharpness_now(e)
    thrown = int(np.diff(e.f[: _top(e)[0] + 1, 0]).argmax())  # before the step that led highest
    # The limit of Newton's steps is that of the place.
    if not (start > e.limit_at(0) and e.sharpness[thrown, 0] > e.limit_at(thrown)):
        return False
    first, last = e.lr[0, 0], e.lr[-1, 0]
    fits = end * max(first, last) < e.limit.item() * last
    flatter = end * first < lines.EDGE_BEGINS * start * last
    return bool(start > e.limit.item() > end and fits and flatter)


def catapulted(e: Pace) -> Mask:
    return asked(e, _rose, lambda e: np.full(e.count, _landed_flatter(e)))


def rose(e: Pace) -> Mask:
    return asked(e, _rose, lambda e: np.full(e.count, not _landed_flatter(e)))


@once
def _rose(e: Pace) -> Mask:
    return np.full(e.count, not (e.noise > 0).any() and _thrown(e))


def tell_catapult(e: Pace) -> Finding:
    top, drops = _top(e)
    start, end = float(e.sharpness_first.item()), sharpness_now(e)
    return Finding(
        CATAPULT,
        tr(
            "A catapult: on the sharp ground of its start {}, so the loss rose from {} to {} at "
            "step {}, until it was thrown to flatter ground, where η·λ_max is {}.",
            *(compared(start, e.limit.item()), number(e.first_loss.item())),
            *(number(e.f[top, 0]), top, number(end)),
        ),
        "rise above the start / drop",
        drops,
        lines.THROWN,
        (0, top),
    )


def tell_rise(e: Pace) -> Finding:
    top, drops = _top(e)
    return Finding(
        RISE,
        lambda: tr(
            "On the way its loss rose to {}, at step {}, after {} at its start, and came back{}.",
            *(number(e.f[top, 0]), top, number(e.first_loss.item()), _why_up(e, top)),
        ),
        "rise above the start / drop",
        drops,
        lines.THROWN,
        (0, top),
    )


def _why_up(e: Pace, top: int) -> str:
    low = np.flatnonzero(e.f[: top + 1, 0] <= e.f[0, 0])[-1]  # where the climb to the top begins
    at = int(low + np.argmax(np.diff(e.f[low : top + 1, 0])))  # of the largest rise
    p = e.points()[:, :, 0]
    alone = [e.surface(np.where(axis, p[:, top], p[:, 0])) for axis in np.eye(2, dtype=bool)]
    rates = e.rates(slice(e.n))[:, int(np.argmax(alone)), 0]  # of the coordinate that led up
    scheduled = e.lr[:, 0]
    alone_up = e.f[at + 1, 0] > lines.TO_AND_FRO * e.f[top, 0]  # and not a hump before the climb
    then, later = float(rates[at]), float(np.median(rates))
    if (most := float(scheduled[:top].max())) > lines.RETURNS * scheduled[0]:
        return tr(": its schedule had raised the rate to {}", number(most))
    if e.adaptive and then > lines.RETURNS * later and at < lines.SOME and alone_up:
        return tr(
            ": the effective rate at step {}, {}, is {} times its median",
            *(at + 1, number(then), number(then / later)),
        )
    by_decay = thrown_by_decay(e, slice(at, at + 1))
    if math.isfinite(by_decay[0]):
        return f": {blamed_on_decay(*by_decay)}"
    step = slice(at, at + 1)
    along = e.along(e.points(step), e.points(slice(at + 1, at + 2)) - e.points(step), step).item()
    if math.isfinite(limit := e.limit_at(at)) and along > limit:
        return f": {compared(float(e.sharpness[at, 0]), limit)}"
    return tr(": its step at step {} led uphill", at + 1) if e.leads_up[at, 0] else ""


# ---- a rate that returned -----------------------------------------------------------------------


class Return(NamedTuple):
    """A rise of the scheduled rate after a fall, and of the loss with it."""

    low: int
    high: int


def _return(e: Pace) -> Return | None:
    """The return of the rate that raised the loss most; of a single run."""
    rate, f = e.lr[:, 0], e.f[:, 0]
    falls = np.flatnonzero(rate[1:] > rate[:-1]) if e.n > 1 else np.zeros(0, dtype=int)
    best, most = None, lines.RISE * float(np.ptp(f))
    starts = falls[np.diff(falls, prepend=-lines.SOME) > 1]  # each once, where a rise begins
    ends = falls[np.diff(falls, append=e.n + lines.SOME) > 1] + 1
    again = np.append(starts, e.n)[1:].tolist()  # from where on another rise is to blame
    for low, high, after in zip(starts.tolist(), ends.tolist(), again, strict=True):
        fell = rate[low] * lines.RETURNS < rate[: low + 1].max()
        if not fell or rate[high] < lines.RETURNS * rate[low]:
            continue
        top = low + 1 + int(np.argmax(f[low + 1 : min(high + lines.SOME, after + 2)]))
        if f[top] - f[low + 1] > most:
            best, most = Return(low, top), f[top] - f[low + 1]
    return best


def rebounds(e: Pace) -> Mask:
    if e.left or e.n < lines.SOME or (e.noise > 0).any():
        return never(e)
    return np.full(e.count, _return(e) is not None)


def tell_rebound(e: Pace) -> Finding:
    found = _return(e)
    assert found is not None  # the rule held
    rate, f = e.lr[:, 0], e.f[:, 0]
    high = float(rate[found.low : found.high].max())
    losses = apart(float(f[found.low + 1]), float(f[found.high]))
    return Finding(
        REBOUND,
        tr(
            "From step {} its schedule raised the rate again, from {} to {}: the loss rose from {} "
            "to {} at step {}.",
            *(found.low + 1, number(float(rate[found.low])), number(high), *losses, found.high),
        ),
        "rise of the loss / range",
        float((f[found.high] - f[found.low + 1]) / np.ptp(f)),
        lines.RISE,
        (found.low + 1, found.high),
    )


RULES: tuple[Rule[Way], ...] = (
    Rule(LEFT_SADDLE, left_a_saddle, tell_left),
    Rule(CATAPULT, catapulted, tell_catapult),
    Rule(RISE, rose, tell_rise),
    Rule(REBOUND, rebounds, tell_rebound),
)
