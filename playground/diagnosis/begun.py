"""What is said of a run that starts at a minimum: whether it stays there."""

from __future__ import annotations

from playground.diagnosis import lines
from playground.diagnosis.pace import Pace
from playground.diagnosis.path import norm
from playground.diagnosis.quantity import some
from playground.language import tr
from playground.words import number


def begun(e: Pace, what: str, strays: float) -> str:
    """At what it starts, how far it was moved off there, and by what."""
    slope = number(float(norm(e.slope(0)).item()))
    if strays <= lines.NO_WAY * e.length:
        return tr("It starts at {} and stays there: the slope there is {}.", what, slope)
    if some(e.pull > 0) and _stirred_by_decay(e, strays):
        return tr(
            "It starts at {}: the slope there is {}; its decay pulls beside the rule, and it moves "
            "off by up to {}.",
            what,
            slope,
            number(strays),
        )
    return tr(
        "It starts at {}: the slope there is {}, but its steps lead up to {} away; at the end it "
        "is {} from there.",
        what,
        slope,
        number(strays),
        number(float(norm(e.end - e.start).item())),
    )


def _stirred_by_decay(e: Pace, strays: float) -> bool:
    """Whether without its decay it would stray half as far at most."""
    own = e.run.again(optimizer=e.optimizer.with_decoupled_decay(0.0)).x
    return bool(norm((own - own[:1]).T).max() <= lines.TO_AND_FRO * strays)
