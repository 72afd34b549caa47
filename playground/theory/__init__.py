"""Theory: what can be known before running, and what a run is compared with.

Curvature and modes of any point, the stability limit of any rule, optimal steps, predicted rates,
ringing and noise floors near a minimum.

>>> import playground as pg
>>> bowl = pg.Bowl(kappa=100)
>>> pg.theory.modes(bowl, (0, 0)).eigenvalues.tolist()
[1.0, 100.0]

Gradient descent holds below η·λ_max = 2, momentum μ below 2(1 + μ):

>>> float(pg.theory.stability_limit(pg.GradientDescent(), bowl, (0, 0)))
2.0
>>> round(float(pg.theory.critical_lr(pg.Momentum(momentum=0.5), bowl, (0, 0))), 12)
0.03

The best step needs (κ − 1)/(κ + 1) of the distance at every update, the best momentum far less:

>>> for best in (pg.theory.optimal_gd(bowl), pg.theory.optimal_momentum(bowl)):
...     print(f"{type(best).__name__}: {pg.theory.predicted_rate(best, bowl):.4f}")
GradientDescent: 0.9802
Momentum: 0.8182
"""

from playground.theory.curvature import Modes, adaptive, modes, sharpness
from playground.theory.quadratic import (
    ModeAmplitudes,
    Ringing,
    critical_momentum,
    linear,
    mode_amplitudes,
    mode_rates,
    noise_floor,
    optimal_gd,
    optimal_momentum,
    plain,
    predicted_rate,
    ringing,
)
from playground.theory.stability import critical_lr, stability_limit, why_no_limit

__all__ = [
    "ModeAmplitudes",
    "Modes",
    "Ringing",
    "adaptive",
    "critical_lr",
    "critical_momentum",
    "linear",
    "mode_amplitudes",
    "mode_rates",
    "modes",
    "noise_floor",
    "optimal_gd",
    "optimal_momentum",
    "plain",
    "predicted_rate",
    "ringing",
    "sharpness",
    "stability_limit",
    "why_no_limit",
]
