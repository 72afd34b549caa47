"""Theory: what can be known before running, and what a run is compared with.

Curvature and modes of any point, the stability limit of any rule, optimal steps, predicted rates,
ringing and noise floors near a minimum.
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
