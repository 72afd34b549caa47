"""Two looks at a trained network: the plane of its path, and two of its weights alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from playground.clipping import Clipping, NoClipping
from playground.language import tr
from playground.optimizers import Optimizer
from playground.schedules import Schedule
from playground.topics.network.cost import AROUND, MAPPED
from playground.topics.network.landscape import Plane, path_plane, random_plane
from playground.topics.network.training import Trace

SMALLEST = 0.2
"""Margin of a map at least: a network that stands still has ground around it too."""


@dataclass(frozen=True, eq=False)
class View:
    """The plane of the path as a map, and how far it is from the truth."""

    plane: Plane
    coordinates: np.ndarray
    """The whole path seen from the plane, ``(2, T+1)``."""
    explained: np.ndarray
    """Share of the path's spread along each direction, ``(2,)``."""
    shown: np.ndarray
    """Loss of the plane below every point of the path, ``(T+1,)``."""
    error: np.ndarray
    """What the map shows minus the true loss, ``(T+1,)``."""
    window: tuple[float, float, float, float]
    heights: np.ndarray
    """Losses ``(n, n)`` on a grid of the window."""
    kept: int
    """The number of leading points that the plane was made for."""


def path_view(trace: Trace, count: int = MAPPED, margin: float = 0.2) -> View:
    """The plane of the path's two principal directions; a path that blows up leaves the map.

    The map is made of the updates before the loss comes to ten times that of the start.
    """
    calm = (trace.loss <= 10 * trace.loss[0])[: trace.finite]
    kept = trace.finite if calm.all() else int(np.argmin(calm))
    known = np.minimum(np.arange(max(kept, 3)), trace.finite - 1)
    if kept < 3:  # thrown out at once: the plane of the first two steps, seen from the start
        known = known[::-1]
    with np.errstate(all="ignore"):
        seen = path_plane(trace.objective, trace.p[known])
        coordinates = seen.plane.project(trace.p.T)
        shown = np.asarray(trace.objective(seen.plane.points(*coordinates)))
        error = shown - trace.loss
    inside = coordinates[:, : max(kept, 1)]
    low, high = inside.min(axis=1), inside.max(axis=1)
    pad = max(margin * float((high - low).max()), SMALLEST)
    x0, x1, y0, y1 = (float(v) for v in (low[0] - pad, high[0] + pad, low[1] - pad, high[1] + pad))
    a, b = np.linspace(x0, x1, count), np.linspace(y0, y1, count)
    heights = seen.plane.heights(trace.objective, a, b)
    return View(
        seen.plane,
        coordinates,
        seen.explained,
        shown,
        error,
        (x0, x1, y0, y1),
        heights,
        max(kept, 1),
    )


@dataclass(frozen=True, eq=False)
class Around:
    """A random plane through the end, its directions as large as the weights of each unit."""

    along: np.ndarray
    """Coordinates of both directions, ``(n,)``; 1 is a change as large as the weights."""
    heights: np.ndarray
    """Losses ``(n, n)``."""
    t: int
    """The update after which it was taken."""
    loss: float


def around_the_end(trace: Trace, seed: int = 0, count: int = AROUND) -> Around:
    """The loss about the end in a filter-normalised random plane.

    The end is the last point whose loss is below ten times that of the start.
    """
    calm = (trace.loss <= 10 * trace.loss[0])[: trace.finite]
    t = int(np.flatnonzero(calm)[-1]) if calm.any() else 0
    along = np.linspace(-1, 1, count)
    with np.errstate(all="ignore"):
        plane = random_plane(trace.mlp, trace.p[t], seed)
        heights = plane.heights(trace.objective, along, along)
    return Around(along, heights, t, float(trace.loss[t]))


class Weight:
    """Where a parameter lies: layer, unit, and which input it weighs; ``input`` 0 is the bias."""

    def __init__(self, layer: int, unit: int, input: int) -> None:
        self.layer, self.unit, self.input = layer, unit, input

    def index(self, trace: Trace) -> int:
        """Its place in p."""
        marks = trace.mlp.unpack(np.arange(trace.mlp.size))
        w, b = marks[self.layer - 1]
        return int(b[self.unit - 1] if not self.input else w[self.unit - 1, self.input - 1])

    def __str__(self) -> str:
        if not self.input:
            return tr("the bias of unit {} in layer {}", self.unit, self.layer)
        place = self.input, self.unit, self.layer
        return tr("the weight from input {} to unit {} in layer {}", *place)


@dataclass(frozen=True, eq=False)
class TwoWeights:
    """Two parameters of a training in the form of a `Run`, which the microscope reads.

    No rule here lets one parameter see another, so two of them with their gradients are a descent
    of their own: the rule is run again on what it saw, and gives the recorded path again.
    """

    trace: Trace
    index: tuple[int, int]

    shape: tuple[int, ...] = ()
    clip: Clipping = NoClipping()

    @property
    def problem(self) -> TwoWeights:
        return self

    @property
    def optimizer(self) -> Optimizer:
        return self.trace.settings.optimizer

    @property
    def schedule(self) -> Schedule:
        return self.trace.settings.schedule

    @property
    def steps(self) -> int:
        return self.trace.steps

    @property
    def finite(self) -> int:
        return self.trace.finite

    @property
    def lr(self) -> np.ndarray:
        return self.trace.lr

    @cached_property
    def x(self) -> np.ndarray:
        """The two parameters, ``(T+1, 2)``."""
        return self.trace.p[:, list(self.index)]

    @cached_property
    def seen(self) -> np.ndarray:
        """Their gradient as the optimizer saw it, ``(T, 2)``."""
        return self.trace.clipped[:, list(self.index)]

    @cached_property
    def gradient(self) -> np.ndarray:
        """Their gradient on all examples, ``(T+1, 2)``; where it is clipped, what is left of it."""
        if not self.noisy:
            return np.concatenate([self.seen, np.full((1, 2), np.nan)])
        return self.trace.objective.gradient(self.trace.p.T)[list(self.index)].T

    @cached_property
    def disturbance(self) -> np.ndarray | None:
        """What the batch adds to the gradient, ``(T, 2)``; None where that is not told apart."""
        return self.seen - self.gradient[:-1] if self.noisy else None

    @property
    def noisy(self) -> bool:
        """Whether gradients are of a batch and whole: clipped ones are no sum of two parts."""
        return bool(self.trace.settings.batch) and self.trace.settings.clip == NoClipping()

    @cached_property
    def state(self) -> Any:
        """The optimizer's memory of the two, each field ``(T+1, 2)``, made anew."""
        return self._replay[1]

    @cached_property
    def _replay(self) -> tuple[np.ndarray, Any]:
        """The path ``(T+1, 2)`` that the rule takes from the recorded gradients, and its states."""
        p, rule = self.x[0], self.optimizer
        points, states = [p], [rule.init(p)]
        with np.errstate(all="ignore"):
            for g, lr in zip(self.seen, self.lr, strict=True):
                p, state = rule.rule(p, g, states[-1], lr)
                points.append(p)
                states.append(state)
        fields = (
            np.array([np.broadcast_to(v, 2) for v in field], dtype=float)
            for field in zip(*states, strict=True)
        )
        return np.array(points), type(states[0])(*fields)

    @cached_property
    def effective_lr(self) -> np.ndarray:
        """What multiplied the direction of each, ``(T, 2)``."""
        kind = type(self.state)
        new, old = kind(*(v[1:] for v in self.state)), kind(*(v[:-1] for v in self.state))
        with np.errstate(all="ignore"):
            rate = self.optimizer.effective_lr(self.lr[:, None], new, old)
        return np.broadcast_to(rate, (self.steps, 2))
