"""What a gradient check costs, in seconds of a reference core."""

from __future__ import annotations

from playground.cost import Work
from playground.networks import MLP
from playground.networks.cost import COMPLEX, Extent

CHAPTERS, MASKED = 2.5, 0.2e-6
"""Of the chapters whose sizes nobody chooses, and of the masks of an example."""
CURVES = 23_000
"""Losses behind the curves of the network, in passes forward: the complex ones count several."""
BACKWARD = 2
"""Gradients that an update with a mistake asks for at most."""


def check_work(mlp: MLP, points: int, warm_up: int, curves: bool) -> Work:
    """Of a network on so many points, after so many updates, with or without its curves."""
    net = Extent.of(mlp)
    warming = warm_up * BACKWARD * net.gradient(points)
    checked = 2 * net.parameters * (COMPLEX * net.gradient(points) + MASKED * points)
    return Work(CHAPTERS + warming + checked + curves * CURVES * net.forward(points))
