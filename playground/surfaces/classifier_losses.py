"""Two losses for the same two-class softmax, over its two logits; the class of x is right."""

from __future__ import annotations

import numpy as np

from playground.maths import absolute, exp, logaddexp, where
from playground.surfaces.base import Surface
from playground.types import Array, Real


class CrossEntropy(Surface):
    """The usual loss of a classifier: steep where it is wrong, level where it is right.

    x and y are the logits of the right and of the wrong class.  However wrong the start, the
    slope is close to √2, so the way back is short.  There is no minimum: the loss falls towards
    0 as x − y grows.
    """

    order = 50
    group = "Classifier losses"
    span = (-12, 12, -12, 12)
    start = (-10.0, 10.0)
    formula = r"\log\!\left(1 + e^{\,y - x}\right)"
    source = "Golik, Doetsch and Ney 2013, Interspeech, p. 1756"

    def stationary(self) -> Array:
        return np.empty((2, 0))

    def height(self, x: Real, y: Real) -> Real:
        return logaddexp(0.0, y - x)

    def slope(self, x: Real, y: Real) -> tuple[Real, Real]:
        wrong = _sigmoid(y - x)
        return -wrong, wrong

    def curvature(self, x: Real, y: Real) -> tuple[Real, Real, Real]:
        bend = _sigmoid(y - x) * _sigmoid(x - y)
        return bend, -bend, bend


class SquaredSoftmax(Surface):
    """Squared error on a classifier: level exactly where it is most wrong.

    The same softmax as for the cross-entropy: (1 − p)² for the right class plus p'² for the wrong
    one, where p' = 1 − p.  From logits (−10, 10) the slope is about 10⁻⁸ although the answer could
    not be worse, so gradient descent does not leave; the cross-entropy is steep there.
    """

    order = 51
    group = "Classifier losses"
    span = (-12, 12, -12, 12)
    start = (-4.0, 4.0)
    formula = r"\frac{2}{\left(1 + e^{\,x - y}\right)^2}"
    source = "Glorot and Bengio 2010, AISTATS, section 4.1"

    def stationary(self) -> Array:
        return np.empty((2, 0))

    def height(self, x: Real, y: Real) -> Real:
        wrong = _sigmoid(y - x)
        return 2.0 * (wrong * wrong)

    def slope(self, x: Real, y: Real) -> tuple[Real, Real]:
        wrong, right = _sigmoid(y - x), _sigmoid(x - y)
        steep = 4.0 * (wrong * wrong * right)
        return -steep, steep

    def curvature(self, x: Real, y: Real) -> tuple[Real, Real, Real]:
        wrong, right = _sigmoid(y - x), _sigmoid(x - y)
        bend = 4.0 * (wrong * wrong * right) * (2.0 - 3.0 * wrong)
        return bend, -bend, bend


def _sigmoid(d: Real) -> Real:
    """1 / (1 + e^(−d)), small values to full relative precision, without overflow."""
    e = exp(-absolute(d))
    return where(d >= 0.0, 1.0, e) / (1.0 + e)
