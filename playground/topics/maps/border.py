"""`border(...)`: where theory draws the edge of stability on a map of two parameters."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from playground.language import tr
from playground.optimizers import Optimizer
from playground.surfaces import Surface
from playground.theory import adaptive, critical_lr, why_no_limit
from playground.topics.maps.sweep import Sweep


def border(
    surface: Surface, optimizer: Optimizer, name: str, values: np.ndarray, steps: float = math.inf
) -> np.ndarray:
    """The critical learning rate at the lowest minimum for each of the values ``(n,)`` of `name`.

    limit / λ_max with the closed forms of `theory`, as it is at the end of a run of `steps`
    updates; NaN where there is none (`why_no_border`) or every rate is stable.  It holds near the
    minimum and for a constant rate: further out the surface may curve more.
    """
    minima = surface.minima()
    if not minima:
        return np.full(len(values), np.nan)
    row = optimizer.replace(**{name: values})
    limits = np.asarray(critical_lr(row, surface, np.array(tuple(minima[0])), steps), dtype=float)
    return np.broadcast_to(np.where(np.isfinite(limits), limits, np.nan), len(values))


def why_no_border(surface: Surface, optimizer: Optimizer) -> str | None:
    """Why `border` has nothing to draw, or None if it has."""
    if not surface.minima():
        return tr("The surface has no minimum, so there is nothing to be stable at.")
    if adaptive(optimizer):
        return why_no_limit(optimizer) or tr(
            "The border of an adaptive rule depends on the gradients it has seen, so that no one "
            "line can be drawn."
        )
    return why_no_limit(optimizer)


class Agreement(NamedTuple):
    """How a measured map agrees with the border drawn on it."""

    stable: float
    """Share of the cells before the border that did not diverge; NaN without such cells."""
    thrown: float
    """Share of the cells beyond the border that did not arrive; NaN without such cells."""


def agreement(measured: Sweep, edge: np.ndarray) -> Agreement:
    """Compare a map whose x is the learning rate with the border ``(ny,)`` of its rows."""
    beyond = measured.x_values > edge[:, None]
    known = np.isfinite(edge)[:, None] & np.ones_like(beyond)

    def share(good: np.ndarray, cells: np.ndarray) -> float:
        return float(good[cells].mean()) if cells.any() else np.nan

    return Agreement(
        share(measured.outcome != 2, known & ~beyond), share(measured.outcome != 0, known & beyond)
    )
