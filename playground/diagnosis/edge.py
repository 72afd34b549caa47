"""Runs that noise or the edge of stability holds up."""

from __future__ import annotations

import numpy as np

from playground.diagnosis import fixes, lines
from playground.diagnosis.finding import Finding
from playground.diagnosis.outcome import CONVERGED, EDGE_OF_STABILITY, IN_PROGRESS, NOISE_FLOOR
from playground.diagnosis.pace import Pace
from playground.diagnosis.path import norm
from playground.diagnosis.quantity import median, once
from playground.diagnosis.rule import Rule, asked, never
from playground.types import Array, Mask
from playground.words import apart, number, percent

# ---- noise ------------------------------------------------------------------------------------


@once
def judged_by_noise(e: Pace) -> Mask:
    """Whether noise is what decides: it is there, as large as the gradients, and the rate alive.

    After a decay of the rate, where it came to rest is for the other rules.
    """
    return asked(e, _noisy, _alive, _calm, _curves_up) if e.n >= lines.NOISE_STEPS else never(e)


def _noisy(e: Pace) -> Mask:
    return e.noise > 0


def _alive(e: Pace) -> Mask:
    found: Mask = e.lr[-1] > lines.RATE_ALIVE * e.lr.max(axis=0)
    return found


def _calm(e: Pace) -> Mask:
    bounces = e.flipping > lines.NOISE_FLIPS
    most = np.where(bounces, lines.NOISE_BOUNCING, lines.NOISE_GRADIENT)
    return median(e.late_size[1:]) <= most * e.noise


def _curves_up(e: Pace) -> Mask:
    found: Mask = ~np.isnan(e.shares[0])
    return found


def on_the_floor(e: Pace) -> Mask:
    return asked(e, judged_by_noise, lambda e: e.shares[0] < e.shares[1])


def arrived_in_noise(e: Pace) -> Mask:
    return asked(e, judged_by_noise, lambda e: e.hover_of_half < lines.NOISE_ARRIVED * e.fall)


def tell_floor(e: Pace) -> Finding:
    bias, variance = e.shares[:, 0].tolist()
    begin = "It has reached the floor that gradient noise sets"
    if (e.hover_of_half > e.first_loss - e.low).all():
        begin = "Gradient noise has lifted it above its start"
    return fixes.finding(
        e,
        NOISE_FLOOR,
        f"{begin}: over the second half the loss hovers {number(e.hover_of_half.item())} above "
        f"the lowest. {_owed(bias, variance)} More steps will not help.",
        ("loss owed to the mean gradient", bias, variance),
        (e.n // 2, e.n),
        fixes.brake(e),
        "{change} gets below it.",
    )


def tell_noise_arrived(e: Pace) -> Finding:
    share = (e.hover_of_half / e.fall).item()
    return Finding(
        CONVERGED,
        f"It has arrived in spite of the noise: only {percent(share)} of the drop is left.",
        "share of the drop left",
        share,
        lines.NOISE_ARRIVED,
        (e.n // 2, e.n),
    )


def tell_descent(e: Pace) -> Finding:
    bias, variance = e.shares[:, 0].tolist()
    quarter = e.n // lines.QUARTER
    before, now = e.loss(slice(-2 * quarter, -quarter)), e.loss(slice(-quarter, None))
    begin = "It is still under way, though its loss no longer falls"
    if now.mean() < before.mean():
        begin = "It is still on its way down"
        if e.last_loss.item() > e.first_loss.item():
            end, then = apart(e.last_loss.item(), e.first_loss.item())
            begin = f"Its loss, {end}, is above the {then} of its start, and on its way down"
    return Finding(
        IN_PROGRESS,
        f"{begin}. {_owed(bias, variance)}",
        "loss owed to the mean gradient",
        bias,
        variance,
        (e.n // 2, e.n),
    )


def _owed(bias: float, variance: float) -> str:
    """The two as shares of their sum: on ground that is no quadratic it is not the whole loss."""
    (part, share), (rest, _) = sorted(
        {"their mean": bias, "noise": variance}.items(), key=lambda item: item[1]
    )
    return (
        f"Of the loss that its gradients stand for, {percent(share / (bias + variance))} is owed "
        f"to {part}, the rest to {rest}."
    )


# ---- edge of stability ------------------------------------------------------------------------


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
    """
    early = (e.sharpness / e.lr)[: max(e.n // lines.FIFTH, 1)].min(axis=0)
    sharper = early * median(e.lr[e.n // 2 :]) < lines.EDGE_BEGINS * e.limit
    found: Mask = sharper & (e.sharpness.min(axis=0) > 0)
    return found


def tell_edge(e: Pace) -> Finding:
    half, curvature = e.n // 2, (e.sharpness / e.lr)[:, 0]
    early = float(curvature[: max(e.n // lines.FIFTH, 1)].min())
    hovers, limit = e.hovers.item(), e.limit.item()
    uneven = " but uneven" if (np.diff(e.f[half:, 0]) > 0).any() else ""
    return fixes.finding(
        e,
        EDGE_OF_STABILITY,
        f"The ground became sharper along the way, λ_max from {number(early)} to "
        f"{number(float(median(curvature[half:])))}, until the step just fits: η·λ_max hovers "
        f"at {number(hovers)}, the limit is {number(limit)}. The loss is bounded{uneven}, "
        "and sharper ground ahead stays out of reach until the step is smaller.",
        ("η·λ_max, median of the second half", hovers, limit),
        (half, e.n),
        fixes.under_the_limit(e, fixes.EDGE_ROOM * limit),
        "{change} gets there.",
    )


RULES = (
    Rule(NOISE_FLOOR, on_the_floor, tell_floor),
    Rule(CONVERGED, arrived_in_noise, tell_noise_arrived),
    Rule(IN_PROGRESS, judged_by_noise, tell_descent),
    Rule(EDGE_OF_STABILITY, at_the_edge, tell_edge),
)
