"""How a rule makes its direction of the gradients, and what follows near a minimum.

Apart from what scales it, every rule without signs walks along a direction d that is linear in the
gradients g it has seen.  All of them fit one form,

    d_t = pole · d_{t−1} + now · g_t + before · g_{t−1},

and these three numbers hold what the theory of the quadratic wants to know: the largest stable
step, the recursion of each mode, its rate, its ringing and its floor under noise.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np


class Filter(NamedTuple):
    """d_t = pole d_{t−1} + now g_t + before g_{t−1}; numbers or arrays of any one shape.

    Plain descent is the default; the heavy ball's buffer has the pole μ.
    """

    pole: Any = 0.0
    now: Any = 1.0
    before: Any = 0.0

    @property
    def alternating(self) -> Any:
        """c = (now − before)/(1 + pole): |d|/|g| under a gradient that flips at every update."""
        return (self.now - self.before) / (1 + self.pole)

    @property
    def plain(self) -> bool:
        """Whether the direction is the present gradient and nothing else."""
        return all(np.all(a == b) for a, b in zip(self, Filter(), strict=True))


def average(beta: Any) -> Filter:
    """The running average m_t = β m_{t−1} + (1 − β) g_t."""
    return Filter(beta, 1 - beta)


class Recursion(NamedTuple):
    """One mode near a minimum: x_{t+1} = a x_t − d x_{t−1} − gain (n_t + θ n_{t−1}).

    n is noise on the gradient.  The roots of z² − a z + d are the factors per step.
    """

    a: Any
    d: Any
    gain: Any
    theta: Any
