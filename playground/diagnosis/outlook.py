"""What is said of the run carried on: when it is there, or what becomes of it."""

from __future__ import annotations

import math

import numpy as np

from playground.diagnosis import lines
from playground.diagnosis.carried_on import first_update
from playground.diagnosis.decayed import Decayed
from playground.diagnosis.future import Future
from playground.diagnosis.led import nearest_of_floor
from playground.diagnosis.path import norm
from playground.language import tr
from playground.types import Array
from playground.words import count, number, point, steps_seen


def outlook(after: Future) -> str:
    """When it is there, from the run carried on."""
    w = float(after.e.pull[0])
    beyond = after.rest is not None and np.abs(after.rest).max() * w > 1 + lines.ROUNDING
    if beyond and math.isinf(after.comes) and (rim := held_within(after)):
        return tr("its decay keeps it from there: it {}", rim)
    if (lost := _lost(after)) is not None:
        return lost
    now = tr("it is within 1 % of the way now")
    if after.needed == 0:
        return now
    if after.e.ground.floor and math.isinf(after.comes):  # another point of it would do as well
        return tr("carried on for {} steps it is not there", count(lines.LOOK_AHEAD))
    if after.e.ground.floor and not _reaches_the_floor(after):
        above = float(after.loss[-1]) - after.e.low.item()
        return tr(
            "carried on for {} steps its loss is {} above the lowest",
            *(count(lines.LOOK_AHEAD), number(above)),
        )
    if (other := another_minimum(after)) is not None:
        return tr("carried on it goes to the minimum at {} instead", point(other))
    if (other := _heads_elsewhere(after)) is not None:
        away = norm(after.points[:, -1] - other)
        return tr(
            "carried on for {} steps it is {} from the minimum at {}",
            *(count(lines.LOOK_AHEAD), number(float(away)), point(other)),
        )
    if after.recedes:
        return tr(
            "carried on for {} steps it is {} away at last",
            *(count(lines.LOOK_AHEAD), number(after.recedes)),
        )
    if after.stops_short:
        return tr(
            "carried on for {} steps it comes no nearer than {}",
            *(count(lines.LOOK_AHEAD), number(after.nearest)),
        )
    takes = in_words(after.comes)
    if math.isinf(after.comes) and after.at_last < after.left:
        return tr("it would take {}, {} being left then", takes, number(after.at_last))
    if math.isinf(after.comes):
        return tr("it would take {}", takes)
    if after.comes == after.since:
        return tr("it would take {} more", takes)
    comes = tr("it would come by in {}", takes) if after.comes else now
    return f"{comes}{_stays(after)}"


def _reaches_the_floor(after: Future) -> bool:
    """Whether it is as near to a floor, when it is said to come by, as its height and slope tell.

    Down an edge of it they tell less than the way.
    """
    there = after.points[:, int(after.comes)]
    away = float(norm(nearest_of_floor(after.e, there) - there))
    return away <= (1 + lines.TO_AND_FRO) * after.within


def has_ended(after: Future) -> str:
    """That its schedule has ended with the run; one that fades has no end of its own."""
    return tr("its schedule has all but ended") if after.own else tr("its schedule has ended")


def end_of_schedule(after: Future) -> str:
    """The same as a sentence behind another one, where it is so."""
    if not after.ended:
        return ""
    said = has_ended(after)
    return f" {said[0].upper()}{said[1:]}."


def held_within(after: Future) -> str:
    """That decay beside a rule whose steps are of one size keeps |xᵢ| below 1/w, where it does."""
    w, reach = float(after.e.pull[0]), np.abs(after.points).max(axis=0)
    within = reach * w <= 2 - lines.AT_THE_RIM
    if not within[-(len(within) // lines.QUARTER) :].all():
        return ""
    if within.all():
        return tr("pulls every |xᵢ| to no more than about 1/λ = {}", number(1 / w))
    return tr("pulls every |xᵢ| to no more than about 1/λ = {} in the end", number(1 / w))


def _lost(after: Future) -> str | None:
    """That it leaves, the domain or for good."""
    lost = first_update(~np.isfinite(after.loss))
    gone = first_update(norm(after.points - after.points[:, :1]) > lines.DOMAIN * after.e.length)
    if math.isfinite(after.needed):
        return None
    if gone < lost:
        return tr("carried on it is out of sight in {}", in_words(gone))
    if math.isinf(lost):
        return None
    leave, leaves = _how_lost(after, int(lost))
    if after.comes < lost:
        comes = in_words(after.comes)
        return tr("it would come by in {}, and {} in {}", comes, leave, in_words(lost))
    return tr("carried on it {} in {}", leaves, in_words(lost))


def _how_lost(after: Future, k: int) -> tuple[str, str]:
    """What it does where its loss is no number, after "would" and by itself."""
    if not np.isfinite(after.points[:, k]).all():
        return tr("stop being a number"), tr("stops being a number")
    if np.isnan(after.loss[k]):
        return tr("leave the ground that is defined"), tr("leaves the ground that is defined")
    return tr("come to where its loss overflows"), tr("comes to where its loss overflows")


def _stays(after: Future) -> str:
    """What follows on coming by: that it stays, or within what.

    Nothing, where it is there at last, but has not been for long; or on a floor, which is not known
    well enough to tell that it was left.
    """
    by = bool(after.comes)  # or it is there now
    if math.isfinite(after.for_good):
        stays = tr(", and stay after {}") if by else tr(", and will stay after {}")
        return stays.format(in_words(after.for_good))
    if after.away_at_last <= lines.CLOSE * max(after.made, after.left):
        late, all_ = count(len(after.away) // lines.QUARTER), count(lines.LOOK_AHEAD)
        keeps = (
            tr(", and keep within {} in the last {} of {} steps")
            if by
            else tr(", and will keep within {} in the last {} of {} steps")
        )
        return keeps.format(number(after.away_at_last), late, all_)
    if after.e.ground.floor or math.isfinite(after.since):
        return ""
    leaves = (
        tr(", but not stay within {} steps") if by else tr(", but will not stay within {} steps")
    )
    return leaves.format(count(lines.LOOK_AHEAD))


def another_minimum(after: Future) -> Array | None:
    """Another minimum known, that it comes to at last instead, as far as is looked."""
    minima, late = after.e.ground.minima, after.points[:, -(len(after.away) // lines.QUARTER) :]
    if after.rest is None or not len(minima) or math.isfinite(after.needed):
        return None
    away = norm(late[:, :, None] - minima.T[:, None]).max(axis=0)
    near = minima[away.argmin()]
    apart = norm(near - after.rest) > lines.BESIDE * after.e.length
    there = away.min() <= lines.CLOSE * max(after.made, float(norm(near - after.e.end[:, 0])))
    return np.asarray(near) if apart and there else None


def _heads_elsewhere(after: Future) -> Array | None:
    """Another minimum known that it is nearer to at last, and still nears."""
    minima = after.e.ground.minima
    if after.rest is None or not len(minima) or math.isfinite(after.comes):
        return None
    away = norm(after.points[:, :, None] - minima.T[:, None])
    near = int(away[-1].argmin())
    apart = norm(minima[near] - after.rest) > lines.BESIDE * after.e.length
    nears = away[-1, near] <= away[-(len(away) // lines.QUARTER) :, near].min()
    return np.asarray(minima[near]) if apart and nears else None


def levels_off(after: Future) -> bool:
    """Whether far out along the way it takes the loss falls towards a level, or no more."""
    if after.stands:
        return False  # the way from here is not known
    middle = after.points.shape[1] // 2
    early, late = -np.diff(after.loss[[0, middle, -1]])
    if not late < lines.SLACKENS * early:
        return False
    last, middle = after.points[:, -1], after.points[:, middle]
    far = after.e.length * np.geomspace(1, lines.DOMAIN, 1 + lines.QUARTER)
    p = last[:, None] + ((last - middle) / norm(last - middle))[:, None] * far
    drops = -np.diff(Decayed(after.e.surface, float(after.e.decay[0]))(p))
    most = np.maximum(drops[:-1], 0) * far[0] / far[1] + np.spacing(after.e.ground.relief)
    return bool((np.abs(drops[1:]) <= most).all())


def crosses(after: Future) -> bool:
    """Whether it swings through its rest once more, by 1 % of the way, in as many updates."""
    if after.rest is None:
        return False
    p = after.points[:, : max(after.e.n, lines.SOME) + 1] - after.rest[:, None]
    z = after.e.local.vectors[..., 0].T @ p
    across = z * np.sign(z[:, :1]) < -lines.ARRIVED * max(after.made, after.left)
    return bool(across.any())


def way(after: Future) -> str:
    """What is made and what is to go, and to what, where that is not the lowest minimum known."""
    both = number(after.made), number(after.left)
    if after.e.ground.floor:
        return tr("{} made, {} from the nearest minimum", *both)
    if not after.sure and after.rest is not None:
        return tr("{} made, {} from the minimum at {}", *both, point(after.rest))
    if after.leads_higher:
        return tr("{} made, {} to go to a minimum that is not the lowest", *both)
    return tr("{} made, {} to go", *both)


def left_in_words(after: Future) -> str:
    """The way to the minimum it leads to, or else to the nearest one that is known."""
    left = number(after.left)
    if not after.sure:
        return tr("the nearest minimum known is {} away", left)
    if after.leads_higher:
        return tr("{} is left to a minimum that is not the lowest", left)
    return tr("{} is left", left)


def in_words(steps: float) -> str:
    """A number of steps from a run carried on."""
    if math.isfinite(steps):
        return steps_seen(steps)
    return tr("more than {} steps", count(lines.LOOK_AHEAD))
