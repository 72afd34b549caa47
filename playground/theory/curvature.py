"""Curvature: eigenvalues and modes of the Hessian, and how sharp a step finds the surface."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from playground.maths import arctan2, cos, hypot, sin
from playground.optimizers.base import Optimizer
from playground.simulation import Run
from playground.surfaces import Surface


class Modes(NamedTuple):
    """Eigenvalues ``(2, ...)``, ascending, and unit eigenvectors: ``vectors[:, i]`` is the i-th."""

    eigenvalues: np.ndarray
    vectors: np.ndarray


def modes(surface: Surface, x: Any) -> Modes:
    r"""How strongly the surface curves at `x (2, ...)`, and along which two directions.

    The eigenvalues of the symmetric Hessian [[a, b], [b, c]] in closed form,
    λ = (a + c)/2 ∓ √(((a − c)/2)² + b²), with eigenvectors at the angle ½ atan2(2b, a − c).
    """
    hessian = surface.hessian(x)
    return symmetric_modes(hessian[0, 0], hessian[0, 1], hessian[1, 1])


def symmetric_modes(a: Any, b: Any, c: Any) -> Modes:
    """Modes of [[a, b], [b, c]], elementwise."""
    with np.errstate(all="ignore"):
        mean, radius = 0.5 * (a + c), hypot(0.5 * (a - c), b)
        angle = 0.5 * arctan2(2 * b, a - c)
        u, v = cos(angle), sin(angle)
        u = np.where((b == 0) & (c > a), 0.0, u)  # the angle of an axis is rounded
        return Modes(np.stack([mean - radius, mean + radius]), np.array([[-v, u], [u, v]]))


def sharpness(run: Run) -> np.ndarray:
    """η·λ_max at every update, ``(T, ...)``: what the stability limit is compared with.

    λ_max is the largest eigenvalue of D^½ H D^½, where H is the Hessian of the loss that the
    optimizer descends (weight decay that is coupled adds its w·1) at the point before the update
    and D = diag(`run.effective_lr`) is what multiplied each coordinate.  For rules with one
    learning rate this is η_t·λ_max(H); for adaptive ones it is the preconditioned sharpness of
    Cohen et al. 2022, arXiv:2207.14484.  Negative where the surface curves down everywhere.
    """
    hessian = surface_hessian(run)
    if adaptive(run.optimizer):
        rate = np.moveaxis(run.effective_lr, 1, 0)
    else:
        rate = np.broadcast_to(run.lr, (2, *run.lr.shape))
    with np.errstate(all="ignore"):
        a, c = rate[0] * hessian[0, 0], rate[1] * hessian[1, 1]
        b = np.sqrt(rate[0] * rate[1]) * hessian[0, 1]
        top: np.ndarray = 0.5 * (a + c) + hypot(0.5 * (a - c), b)
    return top


@np.errstate(all="ignore")
def surface_hessian(run: Run) -> np.ndarray:
    """Hessian ``(2, 2, T, ...)`` before every update, coupled weight decay included."""
    hessian = run.surface.hessian(np.moveaxis(run.x[:-1], 1, 0))
    decay = coupled_decay(run.optimizer)
    if np.any(decay):
        hessian[0, 0] += decay
        hessian[1, 1] += decay
    return hessian


def adaptive(optimizer: Optimizer) -> bool:
    """Whether the rule has a step of its own for every parameter."""
    return optimizer.adaptive()


def coupled_decay(optimizer: Optimizer) -> Any:
    """Weight decay w that is added to the gradient: the optimizer descends f + ½ w |x|².

    Decoupled decay (AdamW, Lion) shrinks the parameters beside the rule and counts as none.
    """
    return optimizer.coupled_decay
