"""The scenes: named races that each make one phenomenon visible with the numbers of the theory."""

from playground.topics.race.scenes import adaptive, learning, obstacles, steps
from playground.topics.race.scenes.scene import Scene
from playground.topics.race.scenes.steps import OPENING

SCENES: dict[str, Scene] = {
    **steps.SCENES,
    **obstacles.SCENES,
    **adaptive.SCENES,
    **learning.SCENES,
}
"""Slug → scene, in the order of the course."""

__all__ = ["OPENING", "SCENES", "Scene"]
