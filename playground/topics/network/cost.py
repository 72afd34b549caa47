"""What one real network costs: its training, what is measured on the way, and its landscape."""

from __future__ import annotations

from typing import Any

from playground.cost import Work
from playground.networks.cost import COMPLEX, Extent

GAUGED, AROUND, MAPPED = 80, 41, 49
"""Updates at which the sharpness is measured; points along a side of both pictures."""
PRODUCTS = 10
"""Hessian-vector products of one sharpness, which begins with the vector of the one before."""
TRIED = 4
"""Changes that are tried at most before one is named."""
PATHS = 3
"""Times that the loss is asked for along the path: true, in its plane, and of the whole path."""
SINGULAR = 0.5e-9
"""Seconds of the plane of a path, times its points, parameters and the fewer of them."""
NUMBER = 32
"""Bytes that are kept of every parameter after every update: it, its gradient, and copies."""


def network_work(s: Any) -> Work:
    """What the settings of the page ask for."""
    net, n, points = Extent.of(s.mlp), s.examples, s.steps + 1
    update = net.update(min(s.batch or n, n))
    training = points * (update + net.moment(n, n) + TRIED * (update + net.moment(n)))
    sharpness = min(GAUGED, s.steps) * PRODUCTS * COMPLEX * net.gradient(n)
    pictures = (MAPPED**2 + AROUND**2 + PATHS * points) * net.forward(n)
    plane = SINGULAR * points * net.parameters * min(points, net.parameters)
    seconds = training + sharpness + pictures + plane
    return Work(seconds, NUMBER * points * net.parameters)
