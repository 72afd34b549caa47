"""The step microscope: one update of a run, term by term, and what the step is made of.

Beside it, what no single step shows: the path along the two modes of its minimum.
"""

from playground.microscope.eigenmodes import Mode, eigenmodes
from playground.microscope.look import Line, Look, look, updates
from playground.microscope.shares import Arrows, Parts, Stage, arrows, parts, shares

__all__ = [
    "Arrows",
    "Line",
    "Look",
    "Mode",
    "Parts",
    "Stage",
    "arrows",
    "eigenmodes",
    "look",
    "parts",
    "shares",
    "updates",
]
