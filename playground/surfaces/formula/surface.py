"""The surface a visitor types."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from playground.declare import param
from playground.language import mark
from playground.surfaces.base import Surface
from playground.surfaces.formula.answer import understood
from playground.surfaces.formula.expression import parse
from playground.surfaces.formula.jets import programs
from playground.surfaces.formula.shape import is_polynomial, shape
from playground.surfaces.formula.terms import Program
from playground.surfaces.formula.typeset import latex
from playground.surfaces.formula.window import propose_start, propose_window, to_window
from playground.surfaces.landscape import Window
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
    Limits: 500 characters, 200 numbers, names and signs, 40 nested brackets, numbers up to 10¹²,
    constant exponents up to 100.  The error is a `FormulaError`: it names all slips and holds the
    corrected line.

    The window is proposed: ±3, grown to the lowest minimum that is found and cut to where the
    formula is defined; ``window="-5,10,0,15"`` gives another one (x from −5 to 10,
    y from 0 to 15).
    """

    order = 1000
    source = mark("typed by you")
    holds_lowest = False

    text: str = param(
        "x**2/4 + y**2/2 + sin(2*x)*cos(y)",
        tex="f(x, y)",
        help="Any formula of x and y.",
        words="formula",
    )

    window: str = param(
        "",
        tex=r"[x_0, x_1] \times [y_0, y_1]",
        help="The window to look at, as x0, x1, y0, y1; left empty, one is proposed.",
    )

    def __post_init__(self) -> None:
        if isinstance(self.window, (tuple, list)):  # as a `span` or the window of a diagnosis is
            object.__setattr__(self, "window", ",".join(map(str, self.window)))
        super().__post_init__()

    def check(self) -> None:
        object.__setattr__(self, "text", str.__str__(self.text))  # a plain str, whose repr is text
        understood(self.text)
        given = to_window(self.window)
        object.__setattr__(self, "window", ",".join(map(_short, given)) if given else "")

    @property
    def span(self) -> Window:  # type: ignore[override]
        """The given window, else a proposed one."""
        return to_window(self.window) or _proposed(self)

    @property
    def start(self) -> tuple[float, float]:  # type: ignore[override]
        """A place near the rim of the window where value and gradient are finite."""
        return _start(self)

    @property
    def formula(self) -> str:  # type: ignore[override]
        """LaTeX of f(x, y)."""
        return latex(self.text)

    def lower_bound(self) -> float:
        return shape(parse(self.text)).low

    def is_convex(self) -> bool:
        root = parse(self.text)
        if shape(root).convex:
            return True
        curvature = _programs(self.text)[2]
        if not (curvature.is_constant and is_polynomial(root)):
            return False
        f_xx, f_xy, f_yy = curvature(0.0, 0.0)
        return bool(f_xx >= 0 and f_yy >= 0 and f_xx * f_yy >= f_xy * f_xy)

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


@lru_cache(maxsize=128)
def _proposed(surface: Formula) -> Window:
    return propose_window(surface)


@lru_cache(maxsize=256)
def _start(surface: Formula) -> tuple[float, float]:
    return propose_start(surface, surface.span)


def _short(number: float) -> str:
    return f"{number:g}" if float(f"{number:g}") == number else repr(number)
