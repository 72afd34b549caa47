"""Events: what happened on the way, beside the outcome."""

from __future__ import annotations

import math

import numpy as np

from playground.diagnosis import fixes, lines
from playground.diagnosis.blame import blamed_on_decay, thrown_by_decay
from playground.diagnosis.changes import without_swing
from playground.diagnosis.decayed import Decayed
from playground.diagnosis.finding import Finding, Fix
from playground.diagnosis.outcome import BURST, OVERSHOOT, RISE
from playground.diagnosis.path import norm
from playground.diagnosis.quantity import every, some
from playground.diagnosis.rule import Rule, never
from playground.diagnosis.say import steepest
from playground.diagnosis.swings import Swing
from playground.diagnosis.trial import again
from playground.diagnosis.way import Way
from playground.language import tr
from playground.optimizers.base import Optimizer
from playground.theory.quadratic import critical_momentum
from playground.types import Mask
from playground.words import apart, number, percent, point

# ---- overshoot --------------------------------------------------------------------------------


def swings_over(e: Way) -> Mask:
    """A mode crosses the minimum, stays across for three steps and more, and climbs there.

    Only inertia climbs: a rule without memory never steps along the gradient.
    """
    if e.n < lines.EVENT_STEPS:
        return never(e)
    holds: Mask = (e.noise == 0) & (e.local.low > 0)
    if some(holds):
        holds &= e.uphill > lines.CLIMBS
    if some(holds):
        holds &= np.array([swing is not None for swing in e.swings])
    return holds


def _seen(e: Way) -> Swing:
    """The swing of a single run of which the rule holds."""
    (swing,) = e.swings
    assert swing is not None
    return swing


def tell_overshoot(e: Way) -> Finding:
    swing = _seen(e)
    eigenvalue = (e.local.low, e.local.high)[swing.mode].item()
    change = _calmer(e, eigenvalue)
    bound = critical_momentum(e.optimizer, eigenvalue) if change else 0.0
    return fixes.finding(
        e,
        OVERSHOOT,
        lambda: _swung(e),
        (tr("swing / start"), swing.share, lines.SWING),
        (swing.first, swing.last),
        (change,) if change else (),
        tr(
            "{{change}} would not swing along {}: up to μ = (1 − √(ηλ))² = {} none does.",
            _direction(e, swing.mode),
            number(bound),
        ),
        lower=False,
    )


def _swung(e: Way) -> str:
    swing = _seen(e)
    return tr(
        "Inertia carried it past {passed}: along {direction} it swung {beyond} to the other side, "
        "{share} of the {begin} it came from, from step {first} to {last}; at {uphill} of all its "
        "steps it set out uphill.",
        passed=_passed(e),
        direction=_direction(e, swing.mode),
        beyond=number(swing.beyond),
        share=percent(swing.share),
        begin=number(swing.begin),
        first=swing.first,
        last=swing.last,
        uphill=percent(e.uphill.item()),
    )


def _passed(e: Way) -> str:
    """What the swing was about: a minimum, if it came nearer to one than it swung beyond."""
    swing = _seen(e)
    near = e.about_a_minimum.item() and e.comes_by(swing, 0)
    if near:
        return tr("the minimum")
    if not e.local.high.item() > lines.VALLEY * e.local.low.item():  # a round bowl has no valley
        round_ = e.about_a_minimum.item()
        return tr("the minimum's side") if round_ else tr("where the slope turns")
    floor = tr("the floor of its valley")
    return floor if swing.mode else tr("the minimum's place along its valley")


def _direction(e: Way, mode: int) -> str:
    """The unit vector of a mode, its larger component positive."""
    u = e.local.vectors[:, mode, 0]
    return point(u * np.sign(u[np.abs(u).argmax()]))


def _calmer(e: Way, eigenvalue: float) -> Optimizer | None:
    """The heavy ball that would not swing, if it has less momentum than this one.

    The formula is that of a quadratic; of other ground the curvature at the end says nothing.
    """
    if not e.surface.quadratic:
        return None
    calm = without_swing(e.optimizer, eigenvalue)
    return calm if calm and calm.kept_velocity < e.optimizer.kept_velocity else None


# ---- burst ------------------------------------------------------------------------------------


def bursts(e: Way) -> Mask:
    """The gradient leaps up after a quiet stretch, flipping, and falls back by itself."""
    if e.n < lines.BURST_STEPS or every(e.noise > 0):
        return never(e)
    found: Mask = (e.noise == 0) & np.array([bool(leaps) for leaps in e.leaps])
    return found


def tell_burst(e: Way) -> Finding:
    (found,) = e.leaps
    peak, end, _ = max(found, key=lambda leap: leap.height)
    before = e.size[max(peak - lines.QUIET, 0) : peak, 0]
    height = float(e.size[peak, 0] / np.median(before))
    first = max(peak - lines.BURST_REASON, 0)
    calm = peak + int((e.size[peak:, 0] < lines.CALMED * e.size[peak, 0]).argmax())
    return fixes.finding(
        e,
        BURST,
        lambda: tr(
            "At step {peak} the gradient burst to {height} times its median over the {quiet} steps "
            "before, and had fallen back below {calmed} of that by step {calm}{why}.",
            peak=peak,
            height=number(height),
            quiet=len(before),
            calmed=percent(lines.CALMED),
            calm=calm,
            why=_why(e, first, peak),
        ),
        (tr("|g| over its median before"), height, lines.BURST),
        (first, end),
        (change for change in fixes.calmer(e) if change and _lowers(e, change, first, peak)),
        tr("{{change}} keeps |g| under half of that peak from step {} on.", first),
        kept=lambda found: not {BURST, RISE} & set(found.labels) and found.lasting,
        lower=False,
    )


def _lowers(e: Way, change: Fix, first: int, peak: int) -> bool:
    """Whether the slope rises half as high at most where the burst was, and after."""
    function = Decayed(e.surface, float(e.decay[0]))  # as the slope that burst is seen
    size = norm(function.gradient(again(e.run, change).x[first:].T))
    return bool(size.max() <= lines.TO_AND_FRO * e.size[peak, 0])


def _why(e: Way, first: int, peak: int) -> str:
    """What its gauge did in the updates before the peak, from where it had been."""
    gauge, limit = steepest(e, slice(first, peak + 1)), e.limit_at(peak)
    by_decay = thrown_by_decay(e, slice(first, peak + 1))
    if math.isfinite(by_decay[0]):
        return f": {blamed_on_decay(*by_decay)}"
    before = float(np.median(e.sharpness[max(first - lines.BURST_REASON, 0) : first + 1, 0]))
    rises = e.sharpness[peak - lines.FLIPS_SEEN : peak, 0]
    measured, bound = apart(gauge, limit)
    seen = peak - first, measured, bound
    if (rises > limit).all():  # one that leaps up and down by itself tells nothing
        if before < limit:
            return tr(": in the {} steps before η·λ_max had risen to {}, past the limit {}", *seen)
        return tr(": in the {} steps before η·λ_max was up to {}, past the limit {}", *seen)
    if limit > gauge > lines.AS_PREDICTED * before:
        return tr(
            ": in the {} steps before it ran into steeper ground, η·λ_max up to {}",
            peak - first,
            number(gauge),
        )
    return ""


RULES: tuple[Rule[Way], ...] = (
    Rule(OVERSHOOT, swings_over, tell_overshoot),
    Rule(BURST, bursts, tell_burst),
)
