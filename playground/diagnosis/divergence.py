"""Runs that leave because of the step, or step onto undefined ground."""

from __future__ import annotations

import math

import numpy as np

from playground.diagnosis import fixes, lines
from playground.diagnosis.edge import at_the_edge
from playground.diagnosis.finding import Finding
from playground.diagnosis.lasting import stays_without_noise
from playground.diagnosis.outcome import DIVERGED
from playground.diagnosis.pace import Pace
from playground.diagnosis.path import norm
from playground.diagnosis.quantity import median, some
from playground.diagnosis.rule import Rule, asked, never
from playground.diagnosis.say import LARGEST, compared, growth_per_step, growths, steepest
from playground.diagnosis.walls import no_gentler_wall
from playground.theory.stability import stability_limit
from playground.types import Mask
from playground.words import number, steps_made

# ---- gone: undefined ground, rounding, or a step too large ------------------------------------


def gone(e: Pace) -> Mask:
    """Whether points stopped being finite or left the domain; in a map such lanes end here."""
    return np.full(e.count, e.left)


def tell_gone(e: Pace) -> Finding:
    x = e.run.x[min(e.n + 1, e.run.steps)]
    if np.isfinite(x).all() and np.abs(x).max() < e.length * lines.NEAR_GONE:
        return fixes.finding(
            e,
            DIVERGED,
            f"At step {e.n + 1} it stepped to ({number(x[0])}, {number(x[1])}), where the loss "
            "is not defined.",
            ("step at which the loss is undefined", e.n + 1, e.run.steps),
            (e.n, e.n + 1),
            fixes.under_the_limit(e, math.nan),
            "{change} stays where it is defined, in as many steps.",
        )
    size = e.size[:, 0]
    small = float(size[-1]) < lines.CALM_GONE * float(median(size)) and not e.end_outside.any()
    if small and np.isnan(x).any():
        return _stopped_being_a_number(e)
    return step_to_blame(e)


def _stopped_being_a_number(e: Pace) -> Finding:
    size = e.last_size.item()
    why = f" {e.optimizer.breaks}" if e.optimizer.breaks else ""
    return fixes.finding(
        e,
        DIVERGED,
        f"At step {e.n + 1} the point stopped being a number although nothing was growing: "
        f"the gradient before was {number(size)}.{why}",
        ("|g| before", size, math.inf),
        (e.n, e.n + 1),
        fixes.numbers_kept(e),
        "{change} goes on.",
    )


# ---- growing: the step is to blame ------------------------------------------------------------


def grows(e: Pace) -> Mask:
    """Growing without bound; not a burst at the edge of stability, which looks so as it rises."""
    holds = runaway(e) | growing_bounce(e) | thrown_up(e)
    if some(holds):
        holds[holds] = ~at_the_edge(e.part(holds))
    return holds


def runaway(e: Pace) -> Mask:
    """Gradient and loss grow, and the end is far out or far above the start."""
    return never(e) if e.n < lines.RUNAWAY_STEPS else asked(e, _far, _steepens, _unheld)


def thrown_up(e: Pace) -> Mask:
    """Thrown higher by each of a few steps that grow with the slope, no gentler wall in sight."""
    if not (e.linear and 0 < e.n < lines.RUNAWAY_STEPS):
        return never(e)
    return asked(e, _far, _each_higher, no_gentler_wall)


def _each_higher(e: Pace) -> Mask:
    grows = (np.diff(e.f, axis=0) > 0) & (np.diff(e.size, axis=0) > 0)
    return np.asarray(grows.all(axis=0))


def _far(e: Pace) -> Mask:
    far = (e.end_outside > lines.FAR_OUT) | (e.remaining > lines.FAR_ABOVE * e.fall)
    return (e.last_loss > e.first_loss) & far


def _steepens(e: Pace) -> Mask:
    size = e.size
    tail = size[-max(e.n // lines.TWENTIETH, lines.FIRST_STEPS) :]
    middle = median(size[e.n // lines.THIRD : 2 * e.n // lines.THIRD + 1])
    before = size[: len(size) - len(tail)].max(axis=0)
    found: Mask = (median(tail) > lines.STEEPER * middle) & (tail.max(axis=0) > before)
    return found


def _unheld(e: Pace) -> Mask:
    return no_gentler_wall(e) if e.clips else ~never(e)


def growing_bounce(e: Pace) -> Mask:
    """It flips at every step, each time higher, and no gentler wall is in sight."""
    return (
        never(e) if e.n < lines.BOUNCE_STEPS else asked(e, _risen, _flips, _higher, no_gentler_wall)
    )


def _risen(e: Pace) -> Mask:
    """Only steps in proportion to the slope must grow with it; others bounce higher for a while."""
    if e.linear:
        return ~never(e)
    return (e.last_loss > e.first_loss) & (e.remaining > lines.FAR_ABOVE * e.fall)


def _flips(e: Pace) -> Mask:
    return e.flipping >= lines.ALWAYS_FLIPS


def _higher(e: Pace) -> Mask:
    k = min(e.fifth, e.n - 1)
    half = max(e.n // 2, k)
    size = e.wall_slope(slice(-half - 1, None))
    grown = size[-1] / size[-k - 1] > (1 + lines.GROWTH) ** k
    found: Mask = grown & (size[-1] > lines.AT_PEAK * size[-(e.n // 2) - 1 :].max(axis=0))
    return found


def _calm_since(e: Pace, k: int, gauge: float, limit: float) -> str:
    """That its schedule has lowered the rate by as much as was too much, since when."""
    if not (e.left and e.n and limit < gauge < math.inf):
        return ""
    rate = np.ravel(e.run.lr)[: e.run.finite]  # after it left as well
    calm = np.append(-1, np.flatnonzero(rate * gauge > limit * rate[: k + 1].max()))[-1] + 1
    return f"; from step {calm + 1} on its rate is low enough" if 0 < calm < len(rate) else ""


def step_to_blame(e: Pace) -> Finding:
    inside = np.flatnonzero(e.outside(e.points())[:, 0] <= 0.0)
    last_inside = int(inside[-1]) if inside.size else 0
    k, where = min(last_inside, e.n), ""
    gaps = np.flatnonzero(np.diff(inside) > 1)  # it may have been out before, and back
    entered = int(inside[gaps[-1] + 1]) if gaps.size else 0
    stretch = slice(min(entered, max(e.n - 1, 0)), k + 1)
    gauge, limit, name = _to_blame(e, stretch) if e.n else (math.nan, e.limit.item(), LARGEST)
    if gauge <= limit:  # it met what throws it out only beyond the window
        gauge, limit, name = _to_blame(e, slice(None))
        where = "Outside the window the" if inside.size and gauge > limit else ""
    calm = _calm_since(e, k, gauge, limit)
    fate = f"the loss is {number(e.last_loss.item())} after {steps_made(e.n)} and rising"
    if e.left:
        left = f"left the window for good at step {last_inside + 1}"
        fate = f"it {left if inside.size else 'was never inside the window'}{calm}"
    reason = f"{where or 'The'} steps are too long for this surface"
    if math.isfinite(gauge) and not math.isfinite(limit):
        reason += f": η·λ_max is up to {number(gauge)}" + ("" if where else " inside the window")
    if math.isfinite(limit) and gauge > limit:
        wall = "step is too large for the steepest wall"
        reason = f"{where or 'The'} {wall}: {compared(gauge, limit, name)}"
    return fixes.finding(
        e,
        DIVERGED,
        lambda: f"{reason}, so {_grown(e, gauge, bool(calm))}, and {fate}.{_without_noise(e)}",
        ("η·λ_max", gauge, limit),
        (k, e.n + e.left),
        fixes.under_the_limit(e, gauge),
        "{change} would hold.",
    )


def _without_noise(e: Pace) -> str:
    """That its noise threw it out, if the same run without it stays."""
    thrown = some(e.noise > 0) and stays_without_noise(e)
    return " Without its noise the same run is not thrown out." if thrown else ""


def _grown(e: Pace, gauge: float, over: bool) -> str:
    """How the slope grew, or the distance where one factor tells it; whether that is over."""
    growth, late = growth_per_step(e), growths(e)
    told = gauge - 1
    as_told = told / lines.AS_PREDICTED < growth < lines.AS_PREDICTED * told
    as_told &= bool((e.lr[-lines.GROWTH_SEEN :, 0] == e.lr[-1:, 0]).all())  # of one rate
    if e.plain and e.surface.quadratic and gauge > 2 and as_told:  # else it steepens on the way
        each = "each step multiplied" if over else "each step multiplies"
        return (
            f"{each} the distance to the floor by |1 − η·λ| = {number(told)} (measured: "
            f"{number(growth)})"
        )
    if growth < 1 or e.last_size < e.size[0]:  # as where it is thrown to flat ground far out
        return "it is thrown on"
    if not math.isfinite(growth) or number(growth) == number(1.0):
        return "the slope grows"
    if late.size > 1 and late.max() <= lines.AS_PREDICTED * late.min():
        return f"the slope grows {number(growth)}-fold per step"
    step = float(e.late_size[-1, 0] / e.late_size[-2, 0])  # no one number holds
    last = number(step)
    shown = step > 1 and last != number(1.0)
    if e.plain:  # else the wall that is named is not the one along which it grows
        shown &= told / lines.AS_PREDICTED < step < lines.AS_PREDICTED * told
    return "the slope grows" + (f", {last}-fold at step {e.n}" if shown else "")


def _to_blame(e: Pace, updates: slice) -> tuple[float, float, str]:
    """The largest η·λ along the direction in which it leaves, where that is above the limit.

    With its limit and its name: along that direction it may be less than η·λ_max.
    The steepest wall on the way may be another one, along which it has long settled.  The limit
    is that of the place where the wall was met, on which the one of Newton's steps depends.
    """
    seen = np.nan_to_num(e.sharpness[updates, 0], nan=-math.inf)
    at = (updates.start or 0) + int(seen.argmax())
    limit = float(stability_limit(e.optimizer, e.surface, e.points(at)[:, 0], e.run.steps))
    if np.isnan(e.optimizer.start_up(at + 1.0)):  # a step of another kind, without this limit
        limit = math.nan
    if e.adaptive or e.n < 2:
        return steepest(e, updates), limit, LARGEST
    if e.surface.quadratic:  # its walls are the same everywhere, and the last steps show which
        updates = slice(None)
    p = e.points()[:, :, 0]
    strides = np.diff(p)
    u = (strides / np.maximum(norm(strides), lines.TINY))[:, updates]
    h = e.surface.hessian(p[:, :-1][:, updates])
    last = strides[:, -1:] / max(float(norm(strides[:, -1:]).item()), lines.TINY)
    along = np.minimum(
        *(  # of its own step, and of the one that led out
            v[0] * v[0] * h[0, 0] + 2 * v[0] * v[1] * h[0, 1] + v[1] * v[1] * h[1, 1]
            for v in (u, last)
        )
    )
    gauge = e.lr[updates, 0] * (along + e.decay[0])
    most = float(np.fmax.reduce(gauge))
    largest = steepest(e, updates)
    along_the_way = limit < most < largest * (1 - lines.ROUNDING)
    return (most, limit, "along its way out η·λ") if along_the_way else (largest, limit, LARGEST)


FIRST = (Rule(DIVERGED, gone, tell_gone),)
RULES = (Rule(DIVERGED, grows, step_to_blame),)
