"""The race: runners on one surface, as a value and as a link.  The face other topics see."""

from playground.topics.race.fan import in_short
from playground.topics.race.link import read, write
from playground.topics.race.race import SLOTS, Conditions, Race, Runner, diagnosis, race_of
from playground.topics.race.scenes import OPENING, SCENES, Scene

__all__ = [
    "OPENING",
    "SCENES",
    "SLOTS",
    "Conditions",
    "Race",
    "Runner",
    "Scene",
    "diagnosis",
    "in_short",
    "race_of",
    "read",
    "write",
]
