"""The surface a visitor types."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from playground.declare import param
from playground.surfaces.base import Surface
from playground.surfaces.formula.expression import parse
from playground.surfaces.formula.jets import programs
from playground.surfaces.formula.terms import Program
from playground.surfaces.formula.typeset import latex
from playground.types import Real


class Formula(Surface):
    """A landscape of your own: type any formula of x and y.

    Known are x, y, decimal numbers, ``+ - * / **``, brackets, ``pi``, ``e`` and the functions
    sin cos tan asin acos atan atan2 sinh cosh tanh exp log log2 log10 sqrt abs min max hypot
    (log is the natural one; min and max take two or more, atan2 and hypot two).  Powers are
    written ``x**2`` and bind as in mathematics: ``-x**2`` is −(x²), ``x**2**3`` is x⁸.

    Value, gradient and Hessian are exact.  Where the formula is undefined (log of a negative
    number, 0/0) they are NaN, at a pole infinite.  At a kink without a derivative, abs and hypot
    have slope 0, min and max the mean of their branches; sqrt has slope inf at 0.

    A text that is not such a formula raises `ValueError` with a sentence that points at the place.
    Limits: 500 characters, 200 numbers, names and signs, 40 nested brackets, numbers up to 1e12,
    constant exponents up to 100.
    """

    order = 1000
    span = (-3, 3, -3, 3)
    start = (-2.4, 2.2)
    source = "typed by you"

    text: str = param(
        "x**2/4 + y**2/2 + sin(2*x)*cos(y)", tex="f(x, y)", help="Any formula of x and y."
    )

    def check(self) -> None:
        object.__setattr__(self, "text", str.__str__(self.text))  # a plain str, whose repr is text
        parse(self.text)

    @property
    def formula(self) -> str:  # type: ignore[override]
        """LaTeX of f(x, y)."""
        return latex(self.text)

    def height(self, x: Real, y: Real) -> Real:
        with np.errstate(all="ignore"):
            return _programs(self.text)[0](x, y)[0]

    def slope(self, x: Real, y: Real) -> tuple[Real, Real]:
        with np.errstate(all="ignore"):
            f_x, f_y = _programs(self.text)[1](x, y)
        return f_x, f_y

    def curvature(self, x: Real, y: Real) -> tuple[Real, Real, Real]:
        with np.errstate(all="ignore"):
            f_xx, f_xy, f_yy = _programs(self.text)[2](x, y)
        return f_xx, f_xy, f_yy


@lru_cache(maxsize=128)
def _programs(text: str) -> tuple[Program, Program, Program]:
    """Kept beside the value, not in it: a formula stays text that can be copied and sent."""
    return programs(parse(text))
