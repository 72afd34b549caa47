"""What a deep network's first breath and its training cost, in seconds of a reference core."""

from __future__ import annotations

from typing import Any

from playground.cost import Work
from playground.networks.cost import OPERATION, Extent, dearness
from playground.networks.draws import MANY
from playground.networks.initialisations import Initialisation, rotation
from playground.networks.training import between_moments, moments_of
from playground.topics.initialisation.verdict import MOMENTS, TRIED

LAYER, UNIT, PRODUCT = 200e-6, 25e-9, 0.07e-9
"""Of the calls of a layer that is passed through, and of its every unit and weight for an input."""
DRAWN, SHAPED, ROTATED = 10e-9, 25e-9, 150e-12
"""Of every weight: to draw it, to shape it, and, times the width, to make it part of a rotation."""
DRAWS = 3
"""Times that a layer is drawn which is not kept: forward, to find the way back, and back."""
NODE = 6144 * 1.5e-9
"""Of an operation of the activation in a layer's theory, over the nodes of its integral."""
THEORIES = 15
"""Times that the theory is asked for: of this initialisation, and of every one."""


def first_breath(s: Any, width: int) -> Work:
    """Theory, and one pass forward and back, of the settings of the page at that width."""
    weights = s.depth * width**2
    of_a_weight = PRODUCT * s.samples + DRAWN * (DRAWS if weights > MANY else 1)
    if s.initialisation.drawn is not Initialisation.drawn:
        of_a_weight += 2 * SHAPED
    if s.initialisation.drawn is rotation:
        of_a_weight += 2 * ROTATED * width
    dear = dearness(s.activation)
    units = s.depth * width * s.samples
    seconds = s.depth * (LAYER + THEORIES * NODE * (2 + dear))
    seconds += weights * of_a_weight + units * (UNIT + 2 * OPERATION * dear)
    return Work(seconds, 8 * min(weights, MANY))


def training_work(s: Any, width: int) -> Work:
    """A training at that width, all rates side by side, and the verdict on it."""
    sizes = s.depth * width * (width + 1) + width + 1, s.depth * width + 1, s.depth + 1
    net = Extent(*sizes, s.activation, len(TRIED))
    moments = moments_of(s.steps, between_moments(s.steps, MOMENTS))
    seconds = s.steps * net.update(s.samples) + moments * net.moment(s.samples)
    return Work(seconds, held=net.held) + first_breath(s, width)


def affordable_width(s: Any) -> int:
    """The largest width up to the network's own whose training fits; 1 at least."""
    if training_work(s, s.width).fits:
        return s.width
    low, high = 1, s.width
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if training_work(s, middle).fits else (low, middle)
    return low
