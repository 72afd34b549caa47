"""The controls and tabs of a race; the face other topics see."""

from playground.topics.race.panel.controls import open_race
from playground.topics.race.panel.inset import inset

__all__ = ["inset", "open_race"]
