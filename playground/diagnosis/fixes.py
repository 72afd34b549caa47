"""What would help, in closed form where there is one: changes in the order they are tried.

Each list is a generator, so that nothing of it is computed before a sentence is read.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from decimal import ROUND_DOWN, Context

from playground.diagnosis.finding import Advice, Diagnosis, Finding, Fix, Story
from playground.diagnosis.outcome import LIMIT_CYCLE, OSCILLATING, Outcome
from playground.diagnosis.pace import Pace
from playground.diagnosis.say import steepest_late
from playground.diagnosis.trial import Search
from playground.optimizers.adam import Adam
from playground.optimizers.adamw import AdamW
from playground.optimizers.base import Optimizer
from playground.schedules import Constant, Cosine
from playground.theory.quadratic import critical_momentum, recursion

MARGIN = 0.9
"""Share of the stability limit that a suggested step uses."""
TENTH = 0.1
"""Of the step, where no limit is known."""
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
REACH = 100
"""Adaptive steps that cross the window."""
PULLED = 0.1
"""Share of what decay alone would move it by: it moves less where the gradient holds against it."""
DOWN = Context(prec=2, rounding=ROUND_DOWN)
"""How a suggested setting is rounded."""
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
    lower: bool = True,
    lasting: bool = True,
) -> Finding:
    """A finding of one descent that names the first of `changes` that helps when it is run.

    measure: the quantity, what was measured and the line that decided.  promise: a sentence that
    begins with ``{change}``; it is said of a change only if it is `kept`, by default if what was
    found is gone.  lower: whether the change has to end lower or only no higher.
    """
    if not changes or not e.run.steps:
        return Finding(outcome, story, *measure, steps, Advice(), lasting)
    if lower and pulled_back(e):
        changes, promise = (
            _less_decay(e),
            f"Its weight decay pulls it back: no rate helps. {promise}",
        )
    gone = {outcome, *(KEEPS_MOVING if outcome in KEEPS_MOVING else ())}
    search = Search(
        e.run,
        e.window,
        changes,
        promise,
        kept or (lambda found: gone.isdisjoint(found.labels)),
        lower,
        _hopeless(e),
    )
    return Finding(outcome, story, *measure, steps, search, lasting)


def _hopeless(e: Pace) -> str:
    """Why no other optimizer or schedule would help, where that is certain."""
    if not math.isfinite(e.run.f[0]):
        return "Outside the domain no change of the rate helps; start inside."
    points = e.points()[..., 0]
    moved = (points != points[:, :1]).any()
    if not moved and not e.size[0].item() and not e.noise.item():
        return "The slope is exactly zero: nothing but noise moves it."
    return ""


def under_the_limit(e: Pace, gauge: float) -> Iterator[Fix]:
    """The step at which the measured η·λ_max stays below the limit; a tenth where none is known."""
    share = MARGIN * e.limit.item() / gauge if gauge else math.nan
    if math.isfinite(share) and 0 < share < 1:
        yield _with_lr(e, share)
    yield _with_lr(e, TENTH)
    yield e.optimizer.damped()
    yield _with_lr(e, TENTH * TENTH)
    yield Cosine()
    yield _per_parameter(e)
    yield _with_lr(e, 1 / LEAST_FACTOR)


def numbers_kept(e: Pace) -> Iterator[Fix]:
    """More damping where something is solved, else a shorter step."""
    yield e.optimizer.damped()
    yield from under_the_limit(e, math.nan)


def brake(e: Pace) -> Iterator[Fix]:
    """A schedule that ends the bounce, or a shorter step."""
    yield Cosine()
    yield _with_lr(e, TENTH)
    yield _with_lr(e, 1 / LEAST_FACTOR)
    yield _with_lr(e, TENTH * TENTH)
    yield e.optimizer.with_momentum(0.0)
    yield _per_parameter(e)


def calmer(e: Pace) -> Iterator[Fix]:
    """The same rule with a rate that falls, or one that is shorter throughout."""
    yield Cosine()
    yield _with_lr(e, 1 / LEAST_FACTOR)
    yield _with_lr(e, TENTH)


def release_brake(e: Pace, fall: float) -> Iterator[Fix]:
    """Undo what shrank the step: the schedule, or the rule's own accumulation."""
    lr = e.lr[:, 0]
    if lr[-1] < 0.5 * lr.max():
        yield Constant()
    yield _with_lr(e, min(fall, MOST_RELEASED))
    yield _with_lr(e, MOST_FACTOR)
    yield _with_lr(e, LONGER)
    yield _with_lr(e, LEAST_FACTOR)
    yield _per_parameter(e)
    yield _with_lr(e, 1 / LEAST_FACTOR)


def faster(e: Pace, factor: float) -> Iterator[Fix]:
    """A longer step while the walls allow it, then momentum, then a step per parameter."""
    limit = e.limit.item()
    if e.adaptive or not math.isfinite(limit):
        yield _with_lr(e, factor)
    else:
        gauge = steepest_late(e)
        room = MARGIN * limit / gauge if gauge > 0 else MOST_FACTOR
        if room > LEAST_FACTOR:
            yield _with_lr(e, min(room, factor))
        if e.plain:
            yield e.optimizer.with_momentum(INERTIA)
    if not isinstance(e.run.schedule, Constant):
        yield Constant()
    yield _per_parameter(e)
    yield _with_lr(e, LEAST_FACTOR)
    yield _with_lr(e, MOST_FACTOR)
    yield _with_lr(e, 1 / LEAST_FACTOR)
    yield _with_lr(e, TENTH)


def longer_reach(e: Pace) -> Iterator[Fix]:
    """Steps whose length does not depend on how small the slope is."""
    if type(e.optimizer) is not Adam:
        yield _per_parameter(e)
    yield _with_lr(e, LONGER)
    yield _with_lr(e, MOST_RELEASED)
    yield _per_parameter(e, LONGER)
    if not isinstance(e.run.schedule, Constant):
        yield Constant()
    yield _with_lr(e, TENTH)
    yield e.optimizer.with_momentum(INERTIA)


def inertia(e: Pace) -> Iterator[Fix]:
    """A ball that rolls on; for a ball, one that loses half as much at each step."""
    kept = e.optimizer.kept_velocity
    rolling = INERTIA if e.plain else float(f"{1 - (1 - kept) / 2:.4g}")
    yield e.optimizer.with_momentum(rolling) if rolling < 1 else None
    yield _with_lr(e, LONGER)
    yield _per_parameter(e, LONGER)
    yield _with_lr(e, MOST_FACTOR)
    yield _per_parameter(e)
    yield e.optimizer.damped()


def pulled_back(e: Pace) -> bool:
    """Whether decoupled decay holds the rule's step back, or alone moves it."""
    decay = float(e.optimizer.decoupled_decay)
    if not decay or not e.n:
        return False
    before, after = e.points(-2)[:, 0], e.end[:, 0]
    pull = -float(e.lr[-1, 0]) * decay * before
    own = after - before - pull
    most = PULLED * math.hypot(*pull)
    return math.hypot(*(after - before)) < most or math.hypot(*own) < most


def _less_decay(e: Pace) -> Iterator[Fix]:
    """Against a decay that pulls beside the rule no rate helps, only less of it."""
    yield e.optimizer.with_decoupled_decay(float(f"{e.optimizer.decoupled_decay * TENTH:.3g}"))
    yield e.optimizer.with_decoupled_decay(0.0)


def _per_parameter(e: Pace, longer: float = 1.0) -> Fix:
    """Adam with steps that cross the window; it keeps the decay that is in use."""
    old, lr = e.optimizer, rounded_down(longer * e.length / REACH)
    if decay := float(old.decoupled_decay):
        return AdamW(lr=lr, weight_decay=decay)
    return Adam(lr=lr, weight_decay=float(old.coupled_decay))


def without_swing(optimizer: Optimizer, eigenvalue: float) -> Optimizer | None:
    """A heavy ball with the largest momentum that does not swing at this curvature.

    None for rules that are no heavy ball: theirs is another recursion.
    """
    r = recursion(optimizer, eigenvalue)
    if not (r.d > 0 and r.theta == 0):
        return None
    calm = float(f"{critical_momentum(optimizer, eigenvalue):.3g}")
    return optimizer.with_momentum(calm) if 0 < calm < 1 else None


def _with_lr(e: Pace, factor: float) -> Fix:
    """The same rule with a step so many times as long."""
    lr = e.optimizer.lr * factor
    return e.optimizer.replace(lr=rounded_down(lr)) if 0 < lr < math.inf else None


def rounded_down(value: float) -> float:
    """Two digits, rounded down, so that a step stays below the limit it was made for."""
    return float(DOWN.create_decimal(repr(float(value))))
