"""What several sentences say of one run, and the numbers that only sentences need."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from playground.diagnosis import lines
from playground.diagnosis.finding import Finding
from playground.diagnosis.pace import Pace
from playground.diagnosis.path import norm
from playground.diagnosis.quantity import Index
from playground.language import tr
from playground.words import apart, percent

LARGEST = "η·λ_max"


def compared(gauge: float, limit: float, name: str = LARGEST) -> str:
    """η·λ_max beside its limit, with the digits that tell them apart."""
    measured, bound = apart(gauge, limit)
    if gauge > limit:
        return tr("{} = {} is above the limit {}", name, measured, bound)
    return tr("{} = {} is below the limit {}", name, measured, bound)


def steepest(e: Pace, updates: slice | Index = slice(None)) -> float:
    """The largest η·λ_max of a stretch of updates."""
    return float(np.fmax.reduce(e.sharpness[updates, 0]))


def steepest_late(e: Pace) -> float:
    """The largest η·λ_max of the last fifth, were it one step: what it met before is behind it."""
    return steepest(e, slice(-max(e.n // lines.FIFTH, 1), None))


def sharpness_now(e: Pace) -> float:
    """η·λ_max before the last update."""
    return e.sharpness[-1].item() if e.adaptive else float(e.sharpness_last.item())


def with_clipping(finding: Finding, e: Pace) -> Finding:
    """The finding, with the share of updates that clipping changed."""
    if not (e.clips and e.n):
        return finding
    known = min(int(e.run.finite), e.run.steps)  # of a run that left, after it did as well
    share = float(e.run.clipped[:known].mean())
    often = tr("The gradient was clipped in {} of the steps.", percent(share))
    said = often if share else tr("The gradient was clipped at no step.")
    return replace(finding, tale=lambda: f"{finding.story} {said}")


def beyond_limit(e: Pace) -> bool:
    """Whether the step of a rule with one rate is larger than the ground at the end allows.

    Before and after the last update: beside a kink the curvature of a single point tells nothing.
    """
    if not e.n or e.adaptive or e.cut_late.item():
        return False  # a clipped step is no longer in proportion to the slope
    return bool(min(sharpness_now(e), e.gauges[0].item()) > e.limit.item())


def growth_per_step(e: Pace) -> float:
    """Typical factor per step of |g|, or of its part that flips, over the last steps."""
    late = slice(-min(e.fifth, lines.GROWTH_SEEN) - 1, None)
    bounces = e.n >= lines.SOME and e.flipping.item() > lines.FLIPPING
    size = (e.wall_slope(late) if bounces else e.late_size[late])[:, 0]
    ratio = size[1:] / size[:-1]
    ratio = ratio[np.isfinite(ratio) & (ratio > 0)]
    ratio = ratio[len(ratio) // 2 :]  # what it begins with may be another mode
    return float(np.exp(np.log(ratio).mean())) if ratio.size else math.inf


def standing_since(e: Pace) -> tuple[int, int]:
    """The stretch at the end during which it stays within 1 % of the way."""
    away = norm(e.points() - e.end[:, None])[:, 0] > lines.ARRIVED * e.travelled.item()
    far = np.flatnonzero(away)
    return (int(far[-1]) + 1 if far.size else 0, e.n)


def kind_of_minimum(e: Pace) -> str:
    """What may be claimed of the lowest minimum known."""
    proven = e.ground.knowledge.lowest == "minimum" and e.ground.knowledge.proven
    heights = e.ground.heights
    equal = int((heights - heights.min() <= e.ground.tolerance).sum()) if len(heights) else 0
    if equal > 1 and not e.ground.floor:
        if not proven:
            return tr("one of the {} lowest minima that were found", equal)
        if not e.surface.holds_lowest:  # of a typed formula there may be more
            return tr("one of the lowest minima")
        return tr("one of the {} lowest minima", equal)
    if proven:
        alone = e.surface.holds_lowest or e.surface.is_convex()
        return tr("the lowest minimum") if alone else tr("a lowest minimum")
    if len(e.ground.minima) <= 1:
        return tr("the only minimum known")
    if equal > 1:
        return tr("a lowest minimum that was found")
    return tr("the lowest minimum that was found")
