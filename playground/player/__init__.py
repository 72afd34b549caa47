"""The browser player: descents simulated once in Python are played in the browser.

Python packs the paths and the charts of a run into one small message (`packing`), the browser
draws them with Plotly and moves the heads by itself; no message is exchanged while it plays.
Its JavaScript is `js/`, modules that `modules` joins into one script.
What a page hands over is data: a `SurfaceMap` (the picture of the surface), `Track`s (the descents)
and `Chart`s (what is drawn over the step).  `player` shows them and tells which start was chosen.
"""

from playground.player.component import (
    GROUND,
    Gesture,
    bring,
    bring_fans,
    bring_plotly,
    make_room,
    player,
)
from playground.player.drawing import drawing, packed
from playground.player.fan import Ending, Fan, Knob, Tick
from playground.player.ground import Kind, Mark, SurfaceMap
from playground.player.learner import Learner
from playground.player.multiples import Multiples, small_multiples
from playground.player.scene import Chart, Event, Series, Threshold, Track, Vectors
from playground.player.standalone import self_contained

__all__ = [
    "GROUND",
    "Chart",
    "Ending",
    "Event",
    "Fan",
    "Gesture",
    "Kind",
    "Knob",
    "Learner",
    "Mark",
    "Multiples",
    "Series",
    "SurfaceMap",
    "Threshold",
    "Tick",
    "Track",
    "Vectors",
    "bring",
    "bring_fans",
    "bring_plotly",
    "drawing",
    "make_room",
    "packed",
    "player",
    "self_contained",
    "small_multiples",
]
