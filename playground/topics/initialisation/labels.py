"""What may be said of a deep network before its training, and what it means."""

from __future__ import annotations

from playground.diagnosis.outcome import Outcome, Standing
from playground.language import mark

SYMMETRIC = Outcome(
    mark("symmetric"), mark("all units of a layer are the same"), Standing.LOST, "red"
)
DEAD = Outcome(mark("dead"), mark("a layer is silent whatever the input"), Standing.LOST, "red")
SATURATED = Outcome(mark("saturated"), mark("the last layer hardly answers"), Standing.LOST, "red")
EXPLODING = Outcome(
    mark("exploding"), mark("signal or gradient grow without bound"), Standing.LOST, "red"
)
VANISHING = Outcome(mark("vanishing"), mark("signal or gradient fade away"), Standing.LOST, "red")
GROWING = Outcome(
    mark("growing"), mark("signal or gradient grow, not yet too far"), Standing.WANTING, "orange"
)
FADING = Outcome(
    mark("fading"), mark("signal or gradient fade, not yet too far"), Standing.WANTING, "orange"
)
HEALTHY = Outcome(
    mark("healthy"), mark("signal and gradient keep their size"), Standing.GOOD, "green"
)

LABELS = (SYMMETRIC, DEAD, SATURATED, EXPLODING, VANISHING, GROWING, FADING, HEALTHY)
"""In the order in which they are asked."""

WHY = {
    ("signal", EXPLODING): mark("the outputs are huge, and so is every step"),
    ("signal", VANISHING): mark("what comes out hardly depends on what went in"),
    ("gradient", EXPLODING): mark("one step throws the first layers far away"),
    ("gradient", VANISHING): mark("the first layers learn next to nothing"),
}
"""What it means that signal or gradient are lost."""
