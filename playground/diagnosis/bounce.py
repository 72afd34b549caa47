"""What is said of a bounce: where its gauge is taken, how high it lies, how it is thrown."""

from __future__ import annotations

from playground.diagnosis import lines
from playground.diagnosis.decayed import Decayed
from playground.diagnosis.future import Future
from playground.diagnosis.pace import Pace
from playground.words import number


def gauged_where(e: Pace) -> str:
    """Where the gauge is the larger, if it is not where the run ends."""
    end, across = e.gauges[:, 0]
    return "half-way across a step " if across > end and number(across) != number(end) else ""


def height_above(e: Pace) -> str:
    """How high it lies: above the minimum below it, where the ground curves up, or any known."""
    late = float(e.loss(slice(-(e.n // lines.QUARTER) - 1, None)).mean())
    if e.pull.item():  # which may keep it from where the ground leads
        return f"{number(late - e.low.item())} above the lowest that is known"
    if not e.local.low.item() > 0:
        return f"{number(e.hover.item())} above the lowest that is known"
    rest, hover = Future(e).rest, e.hover.item()
    if rest is not None:  # of a steep wall the quadratic leads elsewhere
        hover = late - float(Decayed(e.surface, e.decay.item())(rest))
    return f"{number(hover)} above where it leads"


def thrown_how(e: Pace) -> str:
    """What steps past the limit do: from wall to wall each time, or now and then."""
    if e.flipping.item() > lines.ALWAYS_FLIPS:
        heights = e.loss(slice(-e.fifth - 1, None))[:, 0] - e.low.item()
        if heights.max() > lines.AS_PREDICTED * heights.min():
            return "so each step lands on the other side, now higher, now lower"
        return "so each step lands on the other side about as high as before"
    return "so it is thrown to and fro"
