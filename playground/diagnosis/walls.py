"""Whether a bounce meets walls, further out, that are gentle enough to hold it."""

from __future__ import annotations

import numpy as np

from playground.diagnosis import lines
from playground.diagnosis.pace import Pace
from playground.diagnosis.path import norm
from playground.types import Mask


def no_gentler_wall(e: Pace) -> Mask:
    """Whether the bounce meets no amplitude at which a step just reaches across.

    Half the last stride is the amplitude A.  The bounce stops growing where the slope over the
    distance from the middle, |g(kA)|/(kA), has fallen by the factor by which it is too steep now.
    """
    a, b = e.points(-2), e.end
    middle, half = 0.5 * (a + b), 0.5 * (b - a)
    length = norm(half)
    # A clipped gradient grows no further, so its bounce is held, however far out.
    far = lines.DOMAIN if e.clips else lines.WALLS_SEEN
    top = np.maximum(2.0, far * e.length / length)
    k = np.exp(np.log(top) * np.linspace(0, 1, lines.WALLS)[:, None])
    g = e.surface.gradient(middle[:, None] + half[:, None] * k)
    if e.clips:
        g = np.stack(e.own.clip.clipped(g[0], g[1]))
    slope = (half[0] * g[0] + half[1] * g[1]) / length + e.decay * length * k
    secant = slope / (k * length)
    growth = np.maximum(e.last_size / e.late_size[-2], 1.0)
    found: Mask = (length > 0) & ~(
        np.fmin.reduce(secant) < secant[0] / growth * (1 - lines.ROUNDING)
    )
    return found
