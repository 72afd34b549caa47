"""What would help, in closed form where there is one: changes in the order they are tried.

Each list is a generator, so that nothing of it is computed before a sentence is read.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from playground.diagnosis import lines
from playground.diagnosis.changes import TENTH, less_decay, per_parameter, with_lr
from playground.diagnosis.finding import Advice, Diagnosis, Finding, Fix, Story
from playground.diagnosis.future import Future
from playground.diagnosis.outcome import (
    CONVERGED,
    EDGE_OF_STABILITY,
    LIMIT_CYCLE,
    LOCAL_MINIMUM,
    NOISE_FLOOR,
    OSCILLATING,
    Outcome,
    Standing,
)
from playground.diagnosis.pace import Pace
from playground.diagnosis.say import steepest_late
from playground.diagnosis.trial import Search
from playground.language import tr
from playground.optimizers.adam import Adam
from playground.schedules import Constant, Cosine
from playground.words import number

MARGIN = 0.9
"""Share of the stability limit that a suggested step uses."""
LEAST_FACTOR, MOST_FACTOR = 2.0, 10.0
"""By how much a slow step is lengthened at once."""
MOST_RELEASED = 100.0
"""By how much a collapsed step is, at most."""
BOUNCE_ROOM = 1.8
"""So far under the limit no mode flips."""
EDGE_ROOM = 1.5
"""So much sharper the ground may still become."""
INERTIA = 0.9
"""Of a ball made of plain descent."""
LONGER = 4.0
"""By how much a step is lengthened that is to reach over a rim or off a plateau."""
PULLED = 0.1
"""Share of what decay alone would move it by: it moves less where the gradient holds against it."""
KEEPS_MOVING = OSCILLATING, LIMIT_CYCLE
"""What takes the place of one of them ends neither."""


def finding(
    e: Pace,
    outcome: Outcome,
    story: Story,
    measure: tuple[str, float, float],
    steps: tuple[int, int],
    changes: Iterable[Fix] = (),
    promise: str = "",
    *,
    kept: Callable[[Diagnosis], bool] | None = None,
    because: Callable[[Fix], str] | None = None,
    lower: bool = True,
    lasting: bool | Callable[[], bool] = True,
) -> Finding:
    """A finding of one descent that names the first of `changes` that helps when it is run.

    measure: the quantity, what was measured and the line that decided.  promise: a sentence that
    begins with ``{change}``; it is said of a change only if it is `kept`, by default if what was
    found is gone.  because: what the named change tells of the cause.  lower: whether it has to
    end lower or only no higher.
    """
    if not changes or not e.run.steps:
        return Finding(outcome, story, *measure, steps, Advice(), lasting)
    if lower and outcome.standing is not Standing.LOST and pulled_back(e):
        changes, promise = (
            chain(less_decay(e), changes),
            f"{_what_decay_does(e)} {promise}",
        )
    gone = {outcome, *(KEEPS_MOVING if outcome in KEEPS_MOVING else ())}
    search = Search(
        e.run,
        e.window,
        changes,
        promise,
        kept or (lambda found: gone.isdisjoint(found.labels) and _calm(outcome, found)),
        lower,
        outcome in (*KEEPS_MOVING, NOISE_FLOOR),
        _hopeless(e),
        because,
    )
    return Finding(outcome, story, *measure, steps, search, lasting)


def _calm(outcome: Outcome, found: Diagnosis) -> bool:
    """Whether what takes the place of a bounce stands: not every other label tells that."""
    rests = found.outcome in (CONVERGED, LOCAL_MINIMUM)
    return outcome not in (*KEEPS_MOVING, EDGE_OF_STABILITY) or (rests and found.lasting)


def _hopeless(e: Pace) -> str:
    """Why no other optimizer or schedule would help, where that is certain."""
    if not math.isfinite(e.run.f[0]):
        return tr("Outside the domain no change of the rate helps; start inside.")
    points = e.points()[..., 0]
    moved = (points != points[:, :1]).any()
    if not moved and not e.size[0].item() and not e.noise.item():
        return tr("The slope at its start is exactly 0, so steps along it stay there.")
    return ""


def under_the_limit(e: Pace, gauge: float, limit: float = math.nan) -> Iterator[Fix]:
    """The step at which the measured η·λ_max stays below the limit; a tenth where none is known.

    limit: that of the gauge, where it is not the rule's own.
    """
    limit = e.limit.item() if math.isnan(limit) else limit
    share = MARGIN * limit / gauge if gauge else math.nan
    known = math.isfinite(share) and 0 < share < 1
    if known and share > TENTH * TENTH:
        yield with_lr(e, share)
    yield with_lr(e, TENTH)
    yield e.optimizer.damped()
    yield with_lr(e, TENTH * TENTH)
    if known:  # of a wall far out that it met only as it was thrown there
        yield with_lr(e, share)
    yield Cosine()
    yield per_parameter(e)
    yield with_lr(e, 1 / LEAST_FACTOR)


def numbers_kept(e: Pace) -> Iterator[Fix]:
    """More damping where something is solved, else a shorter step."""
    yield e.optimizer.damped()
    yield from under_the_limit(e, math.nan)


def brake(e: Pace) -> Iterator[Fix]:
    """A schedule that ends the bounce, or a shorter step."""
    yield Cosine()
    yield with_lr(e, TENTH)
    yield with_lr(e, 1 / LEAST_FACTOR)
    yield with_lr(e, TENTH * TENTH)
    yield e.optimizer.with_momentum(0.0)
    yield per_parameter(e)


def calmer(e: Pace) -> Iterator[Fix]:
    """The same rule with a rate that falls, or one that is shorter throughout."""
    yield Cosine()
    yield with_lr(e, 1 / LEAST_FACTOR)
    yield with_lr(e, TENTH)


def release_brake(e: Pace, fall: float) -> Iterator[Fix]:
    """Undo what shrank the step: the schedule, or the rule's own accumulation."""
    lr = e.lr[:, 0]
    if lr[-1] < 0.5 * lr.max():
        yield Constant()
    yield with_lr(e, min(fall, MOST_RELEASED))
    yield with_lr(e, MOST_FACTOR)
    yield with_lr(e, LONGER)
    yield with_lr(e, LEAST_FACTOR)
    yield per_parameter(e)
    yield with_lr(e, 1 / LEAST_FACTOR)


def faster(e: Pace, factor: float) -> Iterator[Fix]:
    """A longer step while the walls allow it, then momentum, then a step per parameter."""
    limit = e.limit.item()
    if e.adaptive or not math.isfinite(limit) or e.cut_late.item():
        yield with_lr(e, factor)
    else:
        gauge = steepest_late(e)
        room = MARGIN * limit / gauge if gauge > 0 else MOST_FACTOR
        if room > LEAST_FACTOR:
            yield with_lr(e, min(room, factor))
        if e.plain:
            yield e.optimizer.with_momentum(INERTIA)
    if e.run.schedule != Constant():
        yield Constant()
    yield per_parameter(e)
    yield with_lr(e, LEAST_FACTOR)
    yield with_lr(e, MOST_FACTOR)
    if e.flipping.item() > lines.FLIPPING or e.moved(1).item() > e.ahead.item():  # not for creeping
        yield with_lr(e, 1 / LEAST_FACTOR)
        yield with_lr(e, TENTH)


def longer_reach(e: Pace) -> Iterator[Fix]:
    """Steps whose length does not depend on how small the slope is."""
    if type(e.optimizer) is not Adam:
        yield per_parameter(e)
    yield with_lr(e, LONGER)
    yield with_lr(e, MOST_RELEASED)
    yield per_parameter(e, LONGER)
    if e.run.schedule != Constant():
        yield Constant()
    yield with_lr(e, TENTH)
    yield e.optimizer.with_momentum(INERTIA)


def inertia(e: Pace) -> Iterator[Fix]:
    """A ball that rolls on; for a ball, one that loses half as much at each step."""
    if e.run.schedule != Constant():
        yield Constant()
    kept = e.optimizer.kept_velocity
    rolling = INERTIA if e.plain else float(f"{1 - (1 - kept) / 2:.4g}")
    yield e.optimizer.with_momentum(rolling) if rolling < 1 else None
    yield with_lr(e, LONGER)
    yield per_parameter(e, LONGER)
    yield with_lr(e, MOST_FACTOR)
    yield Cosine()
    yield per_parameter(e)
    yield e.optimizer.damped()


def _what_decay_does(e: Pace) -> str:
    """Beyond η·λ = 1 it leads past the origin."""
    step = float(e.lr[-1, 0]) * float(e.optimizer.decoupled_decay)
    if step <= 1:
        return tr("Its weight decay pulls it back.")
    return tr("η times its weight decay is {}, so decay alone leads past the origin.", number(step))


def pulled_back(e: Pace) -> bool:
    """Whether decoupled decay holds the rule's step back, or alone moves it, until now."""
    decay = float(e.optimizer.decoupled_decay)
    if not decay or not e.n or Future.of(e).ended:  # with the rate its pull has ended as well
        return False
    before, after = e.points(-2)[:, 0], e.end[:, 0]
    pull = -float(e.lr[-1, 0]) * decay * before
    own = after - before - pull
    most = PULLED * math.hypot(*pull)
    return math.hypot(*(after - before)) < most or math.hypot(*own) < most
