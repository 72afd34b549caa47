"""Runs that lie on flat ground: on a plateau, on a shoulder, where they began."""

from __future__ import annotations

import numpy as np

from playground.diagnosis import fixes, lines
from playground.diagnosis.finding import Finding
from playground.diagnosis.outcome import PLATEAU
from playground.diagnosis.pace import Pace
from playground.diagnosis.path import norm
from playground.diagnosis.rest import AWAY, at_a_known_minimum
from playground.diagnosis.rule import Rule, asked, never
from playground.diagnosis.say import standing_since
from playground.types import Array, Mask
from playground.words import number, percent, point


def lies_flat(e: Pace) -> Mask:
    """Whether slope and curvature would not win what remains within the whole window."""
    bend = np.maximum(np.abs(e.local.low), np.abs(e.local.high))
    return _flat(_reach(e), e.last_size, bend, e.remaining) & ~at_a_known_minimum(e)


def _reach(e: Pace) -> Array:
    """The window, and from outside the way back to it: far out even a bowl is steep ground."""
    return e.length * (1.0 + e.end_outside)


def _flat(reach: Array | float, size: Array, bend: Array, remaining: Array) -> Mask:
    gain = 0.5 * bend * reach * reach
    return (size * reach < lines.FLAT * remaining) & (gain < lines.STRAIGHT * remaining)


def _lonely(e: Pace) -> bool:
    return e.nearest.distance.item() > lines.BESIDE * e.length


def on_a_shoulder(e: Pace) -> Mask:
    return e.on_a_shoulder


def tell_shoulder(e: Pace) -> Finding:
    """Where the slope itself need not be small yet: the place is what tells."""
    away, i = e.nearest_of(e.ground.shoulders, e.end)
    share = (away / e.length).item()
    return fixes.finding(
        e,
        PLATEAU,
        f"It lies on a shoulder, {number(away.item())} from {point(e.ground.shoulders[i.item()])}: "
        f"there the slope vanishes although the loss falls on beyond. Here it is |g| = "
        f"{number(e.last_size.item())}.",
        ("way to the shoulder / window", share, lines.BESIDE),
        standing_since(e),
        fixes.longer_reach(e),
        AWAY,
    )


def never_left(e: Pace) -> Mask:
    """Whether steps in proportion to the slope have spent the run on the flat start."""
    return never(e) if e.adaptive or not e.n else asked(e, _as_high, _started_flat)


def _as_high(e: Pace) -> Mask:
    return e.remaining >= (1 - lines.NEVER_LEFT) * e.fall


def _started_flat(e: Pace) -> Mask:
    g = e.slope(0)
    first = e.local_at(e.start, g)
    reach = e.length * (1.0 + e.outside(e.start))
    return _flat(reach, norm(g), np.maximum(np.abs(first.low), np.abs(first.high)), e.fall)


def tell_flat(e: Pace) -> Finding:
    size, remaining = e.last_size.item(), e.remaining.item()
    gain = size * _reach(e).item()
    whole = "the whole window" if e.end_outside == 0 else "the way back across the whole window"
    return fixes.finding(
        e,
        PLATEAU,
        f"It lies on a plateau: the slope |g| = {number(size)} times {whole} is "
        f"{percent(gain / remaining) if remaining > 0 else number(gain)} of the loss that "
        "remains" + (", and no minimum is near." if _lonely(e) else "."),
        ("slope × window / remaining loss", gain / max(remaining, lines.TINY), lines.FLAT),
        standing_since(e),
        fixes.longer_reach(e),
        AWAY,
    )


def tell_never_left(e: Pace) -> Finding:
    done, first = 1 - (e.remaining / e.fall).item(), norm(e.slope(0)).item()
    return fixes.finding(
        e,
        PLATEAU,
        f"It has not left the plateau it started on: in {e.n} steps the loss has fallen by "
        f"{percent(done)} of what it could. Its steps are as small as the slope, {number(first)} "
        f"at first and {number(e.last_size.item())} now.",
        ("share of the drop done", done, lines.NEVER_LEFT),
        (0, e.n),
        fixes.longer_reach(e),
        AWAY,
    )


RULES = (
    Rule(PLATEAU, lies_flat, tell_flat),
    Rule(PLATEAU, on_a_shoulder, tell_shoulder),
    Rule(PLATEAU, never_left, tell_never_left),
)
