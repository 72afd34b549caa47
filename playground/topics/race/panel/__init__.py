"""The controls and tabs of a race; the face other topics see."""

from playground.topics.race.panel.controls import open_race

__all__ = ["open_race"]
