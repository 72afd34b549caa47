"""Runs that lie on flat ground: on a plateau, on a shoulder, where they began."""

from __future__ import annotations

import math

import numpy as np

from playground.diagnosis import fixes, lines
from playground.diagnosis.finding import Finding
from playground.diagnosis.future import Future
from playground.diagnosis.outcome import PLATEAU
from playground.diagnosis.outlook import in_words
from playground.diagnosis.pace import Pace
from playground.diagnosis.path import norm
from playground.diagnosis.rest import at_a_known_minimum
from playground.diagnosis.rule import Rule, asked, never
from playground.diagnosis.say import standing_since
from playground.diagnosis.trial import AWAY, ENDS_LOWER
from playground.language import tr
from playground.types import Array, Mask
from playground.words import number, percent, point


def lies_flat(e: Pace) -> Mask:
    """Whether slope and curvature would not win what remains within the whole window."""
    return asked(e, _gains_little, lambda e: ~(at_a_known_minimum(e) | _crosses(e)))


def _gains_little(e: Pace) -> Mask:
    bend = np.maximum(np.abs(e.local.low), np.abs(e.local.high))
    return _flat(_reach(e), e.last_size, bend, e.remaining)


def _crosses(e: Pace) -> Mask:
    """Whether steps that do not shrink with the slope carry it across all the same."""
    moves, ahead = e.moved(e.fifth), max(e.fifth, lines.QUIET)
    far = e.moved(1) * ahead > lines.CROSSES * e.length
    found: Mask = far & (e.moved(1) * e.fifth > lines.HELD * moves)
    return found


def _reach(e: Pace) -> Array:
    """The window, and from outside the way back to it: far out even a bowl is steep ground."""
    return e.length * (1.0 + e.end_outside)


def _flat(reach: Array | float, size: Array, bend: Array, remaining: Array) -> Mask:
    gain = 0.5 * bend * reach * reach
    return (size * reach < lines.FLAT * remaining) & (gain < lines.STRAIGHT * remaining)


def on_a_shoulder(e: Pace) -> Mask:
    return e.on_a_shoulder


def tell_shoulder(e: Pace) -> Finding:
    """Where the slope itself need not be small yet: the place is what tells."""
    away, i = e.nearest_of(e.ground.shoulders, e.end)
    share = (away / e.length).item()
    return fixes.finding(
        e,
        PLATEAU,
        tr(
            "It lies on a shoulder, {} from {}: there the slope vanishes although the loss falls "
            "on beyond. Here it is |g| = {}.",
            *(number(away.item()), point(e.ground.shoulders[i.item()])),
            number(e.last_size.item()),
        ),
        ("way to the shoulder / window", share, lines.BESIDE),
        standing_since(e),
        fixes.longer_reach(e),
        _away(e),
    )


def _away(e: Pace) -> str:
    """What is promised: of a few steps no more than that they end lower, on the same flat."""
    return AWAY if e.n >= lines.SOME else ENDS_LOWER


def never_left(e: Pace) -> Mask:
    """Whether steps in proportion to the slope have spent the run on the flat start."""
    return never(e) if not (e.linear and e.n) else asked(e, _as_high, _still_inside, _started_flat)


def _as_high(e: Pace) -> Mask:
    return e.remaining >= (1 - lines.NEVER_LEFT) * e.fall


def _still_inside(e: Pace) -> Mask:
    """Whether it was thrown nowhere: it is in the window, and no higher than it began."""
    return np.asarray((e.end_outside == 0) & (e.remaining <= e.fall))


def _started_flat(e: Pace) -> Mask:
    g = e.slope(0)
    first = e.local_at(e.start, g)
    reach = e.length * (1.0 + e.outside(e.start))
    return _flat(reach, norm(g), np.maximum(np.abs(first.low), np.abs(first.high)), e.fall)


def tell_flat(e: Pace) -> Finding:
    size, remaining = e.last_size.item(), e.remaining.item()
    gain = size * _reach(e).item()
    if not size and e.end_outside == 0:
        return _where_nothing_moves(e)
    inside = e.end_outside == 0
    whole = tr("the whole window") if inside else tr("the way back across the whole window")
    return fixes.finding(
        e,
        PLATEAU,
        lambda: (
            tr(
                "It lies on a plateau: the slope |g| = {} times {} is {} of the loss that remains.",
                *(number(size), whole),
                percent(gain / remaining) if remaining > 0 else number(gain),
            )
            + _thrown_there(e)
            + _gets_away(e)
        ),
        ("slope × window / remaining loss", gain / max(remaining, lines.TINY), lines.FLAT),
        standing_since(e),
        fixes.longer_reach(e),
        _away(e),
    )


def _where_nothing_moves(e: Pace) -> Finding:
    return fixes.finding(
        e,
        PLATEAU,
        tr(
            "The slope is exactly 0 here and the ground flat to second order, though it is no "
            "minimum: no step leads away."
        ),
        ("slope × window / remaining loss", 0.0, lines.FLAT),
        standing_since(e),
        fixes.longer_reach(e),
        _away(e),
    )


def _gets_away(e: Pace) -> str:
    """That it is on its way all the same, where the run carried on comes to a minimum."""
    after = Future.of(e)
    if not 0 < after.needed < math.inf:
        return ""
    return tr(" Carried on it is at a minimum in {}.", in_words(after.needed))


def _thrown_there(e: Pace) -> str:
    """That it was thrown out there, where its loss had been lower on the way."""
    low = e.f[:, 0].min()
    if (
        e.end_outside.item() <= lines.FAR_OUT
        or e.last_loss.item() - low <= lines.HIGH * e.fall.item()
    ):
        return ""
    best = int(e.f[:, 0].argmin())
    return tr(" It was thrown there: its loss had been {} at step {}.", number(float(low)), best)


def tell_never_left(e: Pace) -> Finding:
    done, first = 1 - (e.remaining / e.fall).item(), norm(e.slope(0)).item()
    return fixes.finding(
        e,
        PLATEAU,
        tr(
            "It has not left the plateau it started on: in {} steps the loss has fallen by {} of "
            "what it could. Its steps are as small as the slope, {} at first and {} now.",
            *(e.n, percent(done), number(first), number(e.last_size.item())),
        ),
        ("share of the drop done", done, lines.NEVER_LEFT),
        (0, e.n),
        fixes.longer_reach(e),
        _away(e),
    )


RULES = (
    Rule(PLATEAU, lies_flat, tell_flat),
    Rule(PLATEAU, on_a_shoulder, tell_shoulder),
    Rule(PLATEAU, never_left, tell_never_left),
)
