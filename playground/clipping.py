"""Gradient clipping as values: what is done to a gradient before the optimizer sees it.

It stands between the loss and the rule, as in PyTorch's loop of backward, clip and step, so it
acts on any optimizer.  The gradient that is clipped has its noise; coupled weight decay is added
by the rule, which is after clipping.

>>> import playground as pg
>>> pg.ClipNorm(max_norm=1.0).clipped(3.0, -4.0)
(0.599999880000024, -0.799999840000032)
>>> pg.ClipValue(clip_value=1.0).clipped(3.0, -0.5)
(1.0, -0.5)
>>> pg.ClipNorm(max_norm=1.0).torch()
'torch.nn.utils.clip_grad_norm_(params, max_norm=1.0)'
"""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, ClassVar

import numpy as np

from playground.declare import Declared, param
from playground.maths import maximum, minimum, sqrt
from playground.types import Array, Real


class Clipping(Declared, family=True):
    """A map of gradients to gradients of at most a given size."""

    formula: ClassVar[str]
    source: ClassVar[str] = ""

    equation: ClassVar[str] = "<g>"
    """The gradient that the rule sees as the equations of the optimizers are written: ``<g>`` and
    ``<g_other>`` are the own and the other coordinate of the one that was clipped."""

    @abstractmethod
    def clipped(self, g_x: Real, g_y: Real) -> tuple[Real, Real]:
        """Both coordinates after clipping, floats or arrays ``(...)`` with the same bits."""

    @abstractmethod
    def all_of(self, g: Array) -> Array:
        """The gradient of any number of parameters, ``(P, ...)``, clipped."""

    def torch(self) -> str | None:
        """The equivalent line of PyTorch, or None for a batch of settings."""
        return None if self.shape() else self.call()

    @abstractmethod
    def call(self) -> str:
        """Name and arguments of PyTorch's function, or a comment where none is called."""


class NoClipping(Clipping):
    """The gradient as it is."""

    formula = "g"

    def clipped(self, g_x: Real, g_y: Real) -> tuple[Real, Real]:
        return g_x, g_y

    def all_of(self, g: Array) -> Array:
        return g

    def call(self) -> str:
        return "# the gradient is not clipped"


class ClipNorm(Clipping):
    """A gradient longer than c is shortened to length c; its direction stays.

    Both coordinates are multiplied by c/(‖g‖₂ + 10⁻⁶), or by 1 where that is more.  No step of
    plain descent is then longer than ηc, so a step too large for the curvature ends in a bounce
    and not at infinity.  Near a minimum gradients are shorter than c, and the stability limit is
    that of the rule alone.
    """

    order = 1
    formula = r"g \cdot \min\left(1,\ \frac{c}{\lVert g \rVert_2 + 10^{-6}}\right)"
    source = "Pascanu, Mikolov & Bengio 2013, arXiv:1211.5063; PyTorch"
    equation = r"<g> \cdot \min(1, \frac{<max_norm>}{\sqrt{(<g>)^2 + (<g_other>)^2} + 10^{-6}})"

    max_norm: float = param(
        1.0,
        1e-3,
        1e3,
        "c",
        "The longest gradient that is let through.",
        scale="log",
        words="longest gradient",
    )

    def clipped(self, g_x: Real, g_y: Real) -> tuple[Real, Real]:
        # The root of the sum and not `hypot`: where squares overflow, PyTorch's norm is inf too.
        share = self._share(g_x * g_x + g_y * g_y)
        return g_x * share, g_y * share

    def all_of(self, g: Array) -> Array:
        return g * self._share((g * g).sum(axis=0))

    def _share(self, square: Any) -> Any:
        """What a gradient of this squared norm is multiplied by."""
        return minimum(self.max_norm / (sqrt(square) + 1e-6), 1.0)

    def call(self) -> str:
        return f"torch.nn.utils.clip_grad_norm_(params, max_norm={self.max_norm!r})"


class ClipValue(Clipping):
    """Each coordinate is held between −c and c by itself, so the direction may turn.

    A gradient that is long in one coordinate alone is bent towards the others.  No step of plain
    descent is longer than ηc in any coordinate.
    """

    order = 2
    formula = r"\min\left(\max\left(g,\ -c\right),\ c\right)"
    source = "Mikolov 2012, PhD thesis, Brno University of Technology; PyTorch"
    equation = r"\min(\max(<g>, -<clip_value>), <clip_value>)"

    clip_value: float = param(
        1.0,
        1e-3,
        1e3,
        "c",
        "The largest coordinate that is let through.",
        scale="log",
        words="largest coordinate",
    )

    def clipped(self, g_x: Real, g_y: Real) -> tuple[Real, Real]:
        low = -self.clip_value
        return (
            minimum(maximum(g_x, low), self.clip_value),
            minimum(maximum(g_y, low), self.clip_value),
        )

    def all_of(self, g: Array) -> Array:
        return np.clip(g, -self.clip_value, self.clip_value)

    def call(self) -> str:
        return f"torch.nn.utils.clip_grad_value_(params, clip_value={self.clip_value!r})"
