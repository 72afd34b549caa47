"""Whether what has arrived will stay, and what is said of it if not."""

from __future__ import annotations

from playground.diagnosis import lines
from playground.diagnosis.future import Future
from playground.diagnosis.pace import Pace
from playground.diagnosis.say import beyond_limit, compared, growths, held, sharpness_now


def leaves_again(e: Pace) -> bool:
    """Whether a bounce that has begun to grow will throw it out.

    The limit of a rule that adapts its steps moves: of it this is seen by going on.
    """
    if not e.adaptive:
        return beyond_limit(e)
    late = growths(e)[-lines.FIRST_STEPS :]
    grows = len(late) == lines.FIRST_STEPS and bool((late > 1).all())
    return grows and sharpness_now(e) > e.limit.item() and not Future(e).stays


def warning(e: Pace) -> str:
    return (
        f" It will not stay: {compared(sharpness_now(e), e.limit.item())}, so the least bounce "
        f"grows from here on{held(e)}."
    )
