"""Newton's method, the comparator that sees curvature."""

import math
import sys
from typing import Any, NamedTuple

import numpy as np

from playground.declare import param
from playground.language import tr
from playground.maths import zeros
from playground.optimizers.base import Function, Optimizer
from playground.optimizers.filters import Filter
from playground.optimizers.parameters import learning_rate


class Newton(Optimizer):
    """Jump to where the slope would vanish if the surface were the parabola it looks like here.

    With η = 1 and no damping one step solves a quadratic, however ill-conditioned.  The jump goes
    to the nearest critical point of whatever kind: where the Hessian H has a negative eigenvalue
    it runs uphill along it, so near a saddle it is drawn *into* the saddle, and near a maximum
    onto the maximum.  Damping λ solves with H + λI instead: more than the size of the most
    negative eigenvalue makes every direction downhill again, and a large λ is gradient descent
    with step η/λ.  Where H + λI is singular the step is infinite or no number at all.
    Of two parameters only.
    """

    year = 1944
    source = "Simpson 1740, Essays; damping: Levenberg 1944, Quarterly of Applied Mathematics 2:164"

    symbols = {
        "h": r"H_{ii}",
        "c": "H_{xy}",
        "a": "a_i",
        "a_other": "a_j",
        "g_other": "g_j",
        "det": "D",
    }

    lr: float = learning_rate(1.0)
    damping: float = param(
        0.0, 0, 100, r"\lambda", "Added to every eigenvalue of the Hessian.", valid="[0, inf)"
    )

    @property
    def equations(self) -> dict[str, str]:
        return {
            "d": r"(H(<x'>) + <damping> I)^{-1} <g>",
            "x": "<x'> - <lr> <d>",
        }

    @property
    def by_hand(self) -> dict[str, str]:
        """Cramer's rule for the system of two equations."""
        return {
            "a": "<h> + <damping>",
            "det": "<a> <a_other> - <c>^2",
            "d": r"\frac{<a_other> <g> - <c> <g_other>}{<det>}",
            "x": "<x'> - <lr> <d>",
        }

    direction, unscaled = "<d>", "<g>"

    class State(NamedTuple):
        d: Any

    def init(self, p: Any) -> State:
        return self.State(zeros(p))

    def step(self, p: Any, state: State, f: Function, lr: Any) -> tuple[Any, State]:
        (xx, xy), (_, yy) = f.hessian(p)
        g_x, g_y = f.gradient(p)
        xx, yy = xx + self.damping, yy + self.damping
        # Scaled by a power of two, which is exact: so no product leaves what a double holds.
        size = np.frexp(np.maximum(np.maximum(np.abs(xx), np.abs(yy)), np.abs(xy)))[1]
        xx, yy, xy = np.ldexp(xx, -size), np.ldexp(yy, -size), np.ldexp(xy, -size)
        determinant = xx * yy - xy * xy
        d = np.ldexp(np.array([yy * g_x - xy * g_y, xx * g_y - xy * g_x]) / determinant, -size)
        return self.rule(p, d, state, lr)

    def rule(self, x: Any, g: Any, state: State, lr: Any) -> tuple[Any, State]:
        """The step along an already solved direction `g`: solving needs both coordinates."""
        return x - lr * g, self.State(g)

    def filter(self, t: Any = math.inf) -> Filter:
        return Filter()

    def curvature_divisor(self, eigenvalue: Any) -> Any:
        return eigenvalue + self.damping

    def damped(self) -> Optimizer:
        return self.replace(damping=min(max(2 * self.damping, 0.1), sys.float_info.max))

    @property
    def breaks(self) -> str:
        if self.damping:
            return tr("The damped Hessian there cannot be inverted.")
        return tr("The Hessian there cannot be inverted.")

    def torch(self) -> None:
        """PyTorch has no such optimizer."""
