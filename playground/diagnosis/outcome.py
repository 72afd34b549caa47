"""What may be said about a run: one declared value per label, read by all that show or rank it."""

from __future__ import annotations

from enum import Enum
from typing import Self

from playground.language import mark, tr


class Standing(Enum):
    """How an ending is to be taken."""

    GOOD = "arrived: nothing to mend"
    HEALTHY = "as good as the noise or the number of steps allows"
    WANTING = "it could end better, so a remedy is looked for"
    LOST = "the run is gone"
    NEUTRAL = "neither well nor badly: an event, or a fall that no setting would stop"


class Outcome(str):
    """A label, and all that is known of it wherever it is shown; as a string it is its name."""

    standing: Standing
    colour: str
    """Of its cells on a map, by its name in the theme; each outcome has its own."""
    badge: str
    """Colour of its badge in the theme's own names."""
    too_large: bool
    """Whether a step beyond the limit brings it about."""
    shown: str
    """What a visitor reads, where it is not the name: in English, translated by `noun`."""
    _meaning: str

    def __new__(
        cls,
        name: str,
        meaning: str,
        standing: Standing,
        badge: str,
        colour: str = "",
        too_large: bool = False,
        shown: str = "",
    ) -> Self:
        self = super().__new__(cls, name)
        self._meaning, self.standing, self.badge = meaning, standing, badge
        self.colour, self.too_large, self.shown = colour, too_large, shown
        return self

    def __reduce__(self) -> tuple[type[Outcome], tuple[object, ...]]:  # a string has no arguments
        facts = self._meaning, self.standing, self.badge, self.colour
        return Outcome, (self.name, *facts, self.too_large, self.shown)

    @property
    def name(self) -> str:
        return str(self)

    @property
    def noun(self) -> str:
        """As the visitor reads it."""
        return tr(self.shown or self.replace("_", " "))

    @property
    def meaning(self) -> str:
        """What it says, for the reference and the hover of a map."""
        return tr(self._meaning)

    @property
    def wanting(self) -> bool:
        """Whether something may be looked for that ends better."""
        return self.standing in (Standing.WANTING, Standing.LOST)

    @property
    def good(self) -> bool | None:
        """Whether it needs no remedy; False where all is lost, None between."""
        if self.standing in (Standing.GOOD, Standing.HEALTHY):
            return True
        return False if self.standing is Standing.LOST else None


DIVERGED = Outcome(
    "diverged",
    "the point left for good, or loss and gradient grow without bound",
    Standing.LOST,
    "red",
    "apricot",
    too_large=True,
)
DOWNHILL = Outcome(
    "diverged",
    mark("it follows a surface that is unbounded below down for ever: nothing to mend"),
    Standing.NEUTRAL,
    "gray",
    "apricot",
    shown=mark("downhill for ever"),
)
"""Of the label `diverged`, whose sentence blames the surface; shown as what it is.

It is not in `LABELS`, so its words are marked.
"""
OUTSIDE = Outcome(
    "diverged",
    mark("it starts where the function is not defined: no step can be made"),
    Standing.NEUTRAL,
    "gray",
    "apricot",
    shown=mark("outside the domain"),
)
"""Of the label `diverged` as well: no setting is to blame."""
NOISE_FLOOR = Outcome(
    "noise_floor",
    "as low as the gradient noise lets it: the mean gradient no longer matters",
    Standing.HEALTHY,
    "green",
    "brown",
)
EDGE_OF_STABILITY = Outcome(
    "edge_of_stability",
    "the curvature rose until the step just fits, and hovers there",
    Standing.WANTING,
    "orange",
    "violet",
)
CONVERGED = Outcome(
    "converged", "it stands at the lowest known minimum", Standing.GOOD, "green", "navy"
)
LOCAL_MINIMUM = Outcome(
    "local_minimum",
    "it stands at a minimum that is not the lowest",
    Standing.WANTING,
    "orange",
    "sky",
)
SADDLE = Outcome(
    "saddle",
    "it stands where the slope vanishes but a way down remains",
    Standing.WANTING,
    "orange",
    "pink",
)
OSCILLATING = Outcome(
    "oscillating",
    "it bounces between the walls, far above the minimum: not a critical point",
    Standing.WANTING,
    "orange",
    "mustard",
    too_large=True,
)
LIMIT_CYCLE = Outcome(
    "limit_cycle",
    "it circles a minimum at the scale of its step and comes no closer",
    Standing.WANTING,
    "orange",
    "straw",
)
PLATEAU = Outcome(
    "plateau",
    "the slope is too small to get anywhere, far from any minimum",
    Standing.WANTING,
    "orange",
    "soot",
)
STEP_COLLAPSE = Outcome(
    "step_collapse",
    "the effective step has shrunk on the way and the rest would take too long",
    Standing.WANTING,
    "orange",
    "sage",
)
SLOW = Outcome(
    "slow", "the step is too small for this curvature", Standing.WANTING, "orange", "mint"
)
IN_PROGRESS = Outcome("in_progress", "healthy, not finished", Standing.HEALTHY, "blue", "grey")
OVERSHOOT = Outcome(
    "overshoot",
    "inertia carried it past the minimum and uphill on the other side",
    Standing.NEUTRAL,
    "violet",
)
BURST = Outcome(
    "burst",
    "after a quiet stretch the gradient leapt up, and the method recovered by itself",
    Standing.NEUTRAL,
    "violet",
)
LEFT_SADDLE = Outcome(
    "left_saddle",
    "it lingered at a saddle, where the slope vanishes, and left it along the way down",
    Standing.NEUTRAL,
    "violet",
)
CATAPULT = Outcome(
    "catapult",
    "too large a step for the sharp ground of the start threw it to flatter ground",
    Standing.NEUTRAL,
    "violet",
)
RISE = Outcome(
    "rise", "the loss rose far above its start on the way and came back", Standing.NEUTRAL, "violet"
)
REBOUND = Outcome(
    "rebound",
    "the schedule raised the rate again, and the loss rose with it",
    Standing.NEUTRAL,
    "violet",
)

OUTCOMES = (
    *(DIVERGED, NOISE_FLOOR, EDGE_OF_STABILITY, CONVERGED, LOCAL_MINIMUM, SADDLE, OSCILLATING),
    *(LIMIT_CYCLE, PLATEAU, STEP_COLLAPSE, SLOW, IN_PROGRESS),
)
"""Exactly one holds for a run; in the order of their importance."""
EVENTS = (OVERSHOOT, BURST, LEFT_SADDLE, CATAPULT, RISE, REBOUND)
"""Any number may have happened on the way."""
LABELS = (*OUTCOMES, *EVENTS)
MEANING = {label: label.meaning for label in LABELS}
"""In the language of the source."""
