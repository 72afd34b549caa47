"""Runs that leave because of the step, or step onto undefined ground."""

from __future__ import annotations

import math
from itertools import chain

import numpy as np

from playground.diagnosis import fixes, lines
from playground.diagnosis.blame import (
    INSIDE,
    OUTSIDE_AS_INSIDE,
    OUTSIDE_THE_WINDOW,
    blamed_on_decay,
    fate,
    multiplied,
    thrown_by_decay,
    to_blame,
    too_large,
    too_long,
)
from playground.diagnosis.changes import less_decay
from playground.diagnosis.edge import at_the_edge
from playground.diagnosis.finding import Finding
from playground.diagnosis.lasting import stays_without_noise
from playground.diagnosis.outcome import DIVERGED
from playground.diagnosis.pace import Pace
from playground.diagnosis.quantity import mean, median, some
from playground.diagnosis.rule import Rule, asked, never
from playground.diagnosis.say import LARGEST, compared, steepest
from playground.diagnosis.walls import no_gentler_wall
from playground.language import tr
from playground.types import Mask
from playground.words import number

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
            tr(
                "At step {} it stepped to ({}, {}), where the loss is not defined.",
                e.n + 1,
                number(x[0]),
                number(x[1]),
            ),
            (tr("step at which the loss is undefined"), e.n + 1, e.run.steps),
            (e.n, e.n + 1),
            fixes.under_the_limit(e, math.nan),
            tr("{change} stays where it is defined, over the same number of steps."),
        )
    if _at_the_bound(e):
        return _thrown_to_the_bound(e)
    size = e.size[:, 0]
    small = float(size[-1]) < lines.CALM_GONE * float(median(size)) and not e.end_outside.any()
    if (small or not e.n) and np.isnan(x).any():
        return _stopped_being_a_number(e)
    return step_to_blame(e)


def _at_the_bound(e: Pace) -> bool:
    """Whether it landed far out where the slope is 0 and the loss as low as any that is known."""
    low = bool(e.run.f[-1] <= min(e.ground.lowest, np.nanmin(e.run.f)))
    level = not e.run.gradient[-1].any() and not e.decay.item()
    return low and level and not e.ground.unbounded


def _thrown_to_the_bound(e: Pace) -> Finding:
    flat = ~np.hypot(*e.run.gradient.T).astype(bool)
    k = int(np.flatnonzero(~flat)[-1]) + 1 if not flat.all() else 0
    return fixes.finding(
        e,
        DIVERGED,
        tr(
            "Its steps led it far out, to where the loss is {}, as low as all that is known, and "
            "the slope rounds to 0: from step {} on no slope moves it.",
            number(float(e.run.f[-1])),
            k,
        ),
        (tr("|g| at the end"), 0.0, 0.0),
        (k, e.run.steps),
    )


def _stopped_being_a_number(e: Pace) -> Finding:
    size = e.last_size.item()
    ended = tr(
        "At step {} the point stopped being a number although nothing was growing: the gradient "
        "before was {}.",
        e.n + 1,
        number(size),
    )
    return fixes.finding(
        e,
        DIVERGED,
        f"{ended} {e.optimizer.breaks}".rstrip(),
        (tr("|g| before"), size, math.inf),
        (e.n, e.n + 1),
        fixes.numbers_kept(e),
        tr("{change} goes on."),
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
    if e.linear and e.surface.quadratic:  # its walls never end, whatever the other mode still wins
        return ~never(e)
    if e.linear:
        k = max(min(e.fifth, e.n // 2) // 2 * 2, 2)  # even, as heights may alternate
        late, before = (e.loss(slice(-i * k, e.n + 1 - (i - 1) * k)) for i in (1, 2))
        return np.asarray(mean(late) > mean(before))
    return (e.last_loss > e.first_loss) & (e.remaining > lines.FAR_ABOVE * e.fall)


def _flips(e: Pace) -> Mask:
    return e.flipping >= lines.ALWAYS_FLIPS


def _higher(e: Pace) -> Mask:
    k = min(e.fifth, e.n - 1)
    half = max(e.n // 2, k)
    size = e.wall_slope(slice(-half - 1, None))
    grown = size[-1] / size[-k - 1] > (1 + lines.GROWTH) ** k
    found: Mask = grown & (size[-1] > lines.AT_PEAK * size[-(e.n // 2) - 1 :].max(axis=0))
    if half >= 2 * k:  # what grows less and less settles at a bounce of one width
        now, before = size[-1] / size[-k - 1], size[-k - 1] / size[-2 * k - 1]
        found &= now > before**lines.TO_AND_FRO
    return found


def step_to_blame(e: Pace) -> Finding:
    inside = np.flatnonzero(e.outside(e.points())[:, 0] <= 0.0)
    k, where = min(int(inside[-1]), e.n) if inside.size else e.n, INSIDE
    gaps = np.flatnonzero(np.diff(inside) > 1)  # it may have been out before, and back
    entered = int(inside[gaps[-1] + 1]) if gaps.size else 0
    stretch = slice(min(entered, max(e.n - 1, 0)), k + 1)
    gauge, limit, name = to_blame(e, stretch) if e.n else (math.nan, e.limit.item(), LARGEST)
    if gauge <= limit:  # it met what throws it out only beyond the window
        gauge, limit, name = to_blame(e, slice(None))
        within = float(np.fmax.reduce(e.sharpness[stretch, 0], initial=-math.inf))
        if inside.size and gauge > max(limit, within):
            where = OUTSIDE_AS_INSIDE if within > limit else OUTSIDE_THE_WINDOW
    reason = too_long(where)
    if math.isfinite(gauge) and not math.isfinite(limit) and inside.size and where == INSIDE:
        most = number(steepest(e, inside[inside < e.n]))
        reason = tr("{}: η·λ_max was up to {} where it was inside the window", reason, most)
    if math.isfinite(limit) and gauge > limit:
        reason = too_large(where, compared(gauge, limit, name))
    if not gauge > limit and _climbs(e, stretch):
        reason = tr("Its steps lead uphill")
    changes = fixes.under_the_limit(e, gauge)
    if math.isfinite((by_decay := thrown_by_decay(e, stretch))[0]):
        gauge, limit = by_decay
        blamed = blamed_on_decay(gauge, limit)
        reason = f"{blamed[0].upper()}{blamed[1:]}"
        changes = chain(less_decay(e), fixes.under_the_limit(e, gauge, limit))
    came = fate(e, inside)
    return fixes.finding(
        e,
        DIVERGED,
        lambda: tr("{}{}, and {}.", reason, multiplied(e, gauge), came) + _without_noise(e),
        ("η·λ_max", gauge, limit),
        (k, e.n + e.left),
        changes,
        tr("{change} would hold, over the same number of steps."),
    )


def _climbs(e: Pace, updates: slice) -> bool:
    """Whether without inertia every step leads along the gradient: shorter ones would as well."""
    up = e.leads_up[updates, 0]
    return bool(up.size and up.all() and not e.optimizer.inertia)


def _without_noise(e: Pace) -> str:
    """That its noise threw it out, if the same run without it stays."""
    thrown = some(e.noise > 0) and stays_without_noise(e)
    return tr(" Without its noise the same run is not thrown out.") if thrown else ""


FIRST = (Rule(DIVERGED, gone, tell_gone),)
RULES = (Rule(DIVERGED, grows, step_to_blame),)
