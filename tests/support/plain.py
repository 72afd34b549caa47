"""What several oracles share: the bowl as a matrix."""

import numpy as np


def bowl(kappa, angle=0.0):
    """The Hessian of a turned bowl ``(2, 2)``: its gradient at p is the product with p."""
    c, s = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    turn = np.array([[c, -s], [s, c]])
    return turn @ np.diag([1.0, kappa]) @ turn.T
