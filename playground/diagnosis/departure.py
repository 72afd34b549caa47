"""Runs that leave though no setting is to blame: falls for ever, starts outside the domain."""

from __future__ import annotations

import numpy as np

from playground.diagnosis import lines
from playground.diagnosis.decayed import Decayed
from playground.diagnosis.endless import taken_off
from playground.diagnosis.finding import Finding
from playground.diagnosis.future import Future
from playground.diagnosis.outcome import DOWNHILL, OUTSIDE
from playground.diagnosis.outlook import has_ended, held_within, levels_off
from playground.diagnosis.pace import Pace
from playground.diagnosis.path import norm
from playground.diagnosis.quantity import some
from playground.diagnosis.rule import Rule, asked, never
from playground.language import tr
from playground.types import Array, Mask
from playground.words import count, number, point

# ---- falling for ever: the surface is to blame ------------------------------------------------


def falls_forever(e: Pace) -> Mask:
    """Far out, below everything in the window, and still going down.

    Of a surface that is not known to be unbounded (a typed formula) it takes a run that is gone,
    or a whole window away with a slope that still grows.
    """
    if e.ground.knowledge.proven and not e.ground.unbounded:
        return never(e)
    if e.ground.unbounded or e.left:
        return asked(e, _below, _decays, _moves_on, _falls_on)
    return asked(e, _below, _steepest_far_out, _decays, _falls_on)


def _below(e: Pace) -> Mask:
    if e.left and e.n:
        return np.full(e.count, _left_downhill(e))
    before = e.loss(-min(lines.LOOK_BACK, e.n + 1))
    return (e.last_loss < e.ground.lowest) & (e.last_loss < before) & (e.end_outside > 0)


def _left_downhill(e: Pace) -> bool:
    """Whether the step by which a run left the window for good led down, and so did the next."""
    inside = np.flatnonzero(e.outside(e.points())[:, 0] <= 0)
    k = int(inside[-1]) + 1 if inside.size else 1
    f = e.f[k - 1 : k + 2, 0]
    down = f.size > 1 and (np.diff(f) < 0).all()
    return bool(down and np.nanmin(e.f) < e.ground.lowest)


def _moves_on(e: Pace) -> Mask:
    """Whether it is no bounce in one place, which may be lower from time to time as well."""
    return (e.flipping <= lines.FLIPPING) | (e.drift > e.amplitude)


def _falls_on(e: Pace) -> Mask:
    """Whether coupled decay does not turn it, as far out as is looked along its last step."""
    if not e.decays or e.n < 1:
        return ~never(e)
    stride = e.end - e.points(-2)
    u = stride / np.maximum(norm(stride), lines.TINY)
    far = e.length * np.geomspace(1, lines.DOMAIN, lines.WALLS)[:, None]
    loss = Decayed(e.surface, e.decay)(e.end[:, None] + u[:, None] * far)
    found: Mask = ~(loss[-1] > np.fmin.reduce(loss))
    return found


def _decays(e: Pace) -> Mask:
    """Whether its decoupled decay pulls inwards: beyond ηλ = 2 it throws outwards by itself."""
    if not e.n:
        return ~never(e)
    found: Mask = e.lr[-1] * e.pull <= lines.DECAY_HOLDS
    return found


def _steepest_far_out(e: Pace) -> Mask:
    found: Mask = (e.end_outside > lines.FAR_OUT) & (e.last_size == e.size.max(axis=0))
    return found


def surface_to_blame(e: Pace) -> Finding:
    below = e.ground.lowest - float(np.nanmin(e.f))
    first = int((e.outside(e.points()) > 0)[:, 0].argmax())
    return Finding(
        DOWNHILL,
        lambda: _followed_down(e),
        tr("loss below the lowest of a lattice of the window"),
        below,
        0.0,
        (first, e.n),
    )


def _followed_down(e: Pace) -> str:
    known = tr("As far as it was followed the surface is unbounded below")
    if e.ground.unbounded and e.ground.knowledge.proven:
        known = tr("The surface is unbounded below")
    begin, after = tr("It follows the surface down"), Future.of(e)
    held = _held_here(e, after)
    stops = not (e.left or after.ended) and after.stands
    if after.ended:
        rate = number(e.lr[-1].item())
        begin = tr("It followed the surface down, and {}, its rate is {}", has_ended(after), rate)
    elif held:
        begin = tr("It followed the surface down to about where its decay holds it")
    elif not (_decay_stops(e) or some(e.noise > 0) or stops or (not e.left and levels_off(after))):
        begin = tr("It follows the surface down without end")
    end = "" if held else _end_of_it(e, after if stops else None)
    if e.left and np.nanmax(e.f[int(np.nanargmin(e.f)) :]) > e.first_loss.item():
        begin, end = tr("It left down the surface, and was thrown up again far out"), ""
    return f"{begin}: {_loss_at(e)}. {known}{end}."


def _held_here(e: Pace, after: Future) -> bool:
    """Whether its decay lets it fall no further, or no more than next to nothing."""
    if not e.pull.item() or e.left or some(e.noise > 0):
        return False
    still = float(e.last_loss.item() - np.fmin.reduce(after.loss))
    return still <= lines.ARRIVED * float(e.first_loss.item() - e.last_loss.item())


def _loss_at(e: Pace) -> str:
    if not e.left:
        return tr("the loss is {}", number(e.last_loss.item()))
    k = int(np.nanargmin(e.f))
    return tr("at step {} the loss was {}", k, number(e.f[k, 0]))


def _decay_stops(e: Pace) -> bool:
    """Whether decay pulls beside the rule, or behind a gradient that clipping bounds."""
    return some(e.pull + e.decay * e.clips > 0)


def _end_of_it(e: Pace, stop: Future | None) -> str:
    """What would end the fall; stop: what comes, if it comes to stand where it is level."""
    if some(e.noise > 0):  # which may turn it
        return ""
    if e.pull.item():
        held = held_within(Future.of(e))
        return tr("; decay {}", held) if held else f"; {taken_off(e)}"
    caught = len(e.ground.minima) or len(e.ground.shoulders)  # where a shorter step may be
    if caught or _decay_stops(e):
        return _comes_only(stop) if stop else ""
    more = _comes_only(stop) if stop else _no_setting(e)
    return tr(", so this is not the step's fault{}", more)


def _comes_only(stop: Future) -> str:
    there, steps = point(stop.points[:, -1]), count(lines.LOOK_AHEAD)
    return tr(", though carried on for {} steps it comes only to {}", steps, there)


def _no_setting(e: Pace) -> str:
    if e.decay.item():
        return tr(" and no shorter step would stop it")
    if Future.of(e).ended:
        return tr(" and no step size would find a lowest point")
    return tr(" and no step size would stop it")


# ---- a start without a value -------------------------------------------------------------------


def starts_outside(e: Pace) -> Mask:
    """Whether the loss of the start is not defined; such lanes of a map are gone as well."""
    return np.full(e.count, e.left and e.n == 0 and not np.isfinite(e.f[0]).all())


def tell_outside(e: Pace) -> Finding:
    p = e.run.x[0]
    return Finding(
        OUTSIDE,
        tr(
            "The start {} is outside the domain: the function has no value there, so no step can "
            "be made and no setting helps.",
            point(p),
        )
        + _inside(e, p),
        tr("finite loss at the start"),
        0.0,
        1.0,
        (0, 0),
    )


def _inside(e: Pace, p: Array) -> str:
    """The nearest place of a lattice of the window that has a value and a slope."""
    x0, x1, y0, y1 = e.window
    grid = np.array(np.meshgrid(np.linspace(x0, x1, lines.RIM), np.linspace(y0, y1, lines.RIM)))
    grid = grid.reshape(2, -1)
    defined = np.isfinite(e.surface(grid)) & np.isfinite(e.surface.gradient(grid)).all(axis=0)
    if not defined.any():
        return ""
    near = grid[:, defined]
    nearest = near[:, norm(near - p[:, None]).argmin()]
    return tr(" It has one at {}: start there.", point(nearest))


RULES = (
    Rule(OUTSIDE, starts_outside, tell_outside),
    Rule(DOWNHILL, falls_forever, surface_to_blame),
)
