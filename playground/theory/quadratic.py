"""What happens near a minimum, in closed form: rates, ringing, noise floors, optimal steps.

Along an eigenvector of curvature λ the rules with one learning rate are second-order recursions
x_{t+1} = a x_t − d x_{t−1} + noise, whose characteristic roots z² − a z + d = 0 tell everything:
|z| is the factor per step, arg z the angle of the oscillation per step.  The numbers come from the
rule itself, `Optimizer.recursion`.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from playground.optimizers import Optimizer
from playground.optimizers.filters import Recursion
from playground.optimizers.gradient_descent import GradientDescent
from playground.optimizers.momentum import Momentum
from playground.simulation import Run
from playground.surfaces import Surface
from playground.theory.curvature import modes


class Ringing(NamedTuple):
    """How each mode swings, every field ``(2,)``, flattest mode first."""

    period: np.ndarray
    """Steps per full swing; inf where the mode creeps in without crossing."""
    decay: np.ndarray
    """Factor per step of the amplitude."""
    overshoot: np.ndarray
    """First swing to the other side, as a share of the start."""


@np.errstate(all="ignore")
def optimal_gd(surface: Surface, x: Any = None) -> GradientDescent:
    """The fastest gradient descent near a minimum: η = 2/(λ_min + λ_max), rate (κ−1)/(κ+1).

    The minimum is the lowest one unless a point `x (2,)` is given.
    """
    low, high = _convex_eigenvalues(surface, x)
    return GradientDescent(lr=2 / (low + high))


@np.errstate(all="ignore")
def optimal_momentum(surface: Surface, x: Any = None) -> Momentum:
    """The fastest heavy ball near a minimum: both modes critically damped, rate (√κ−1)/(√κ+1).

    η = (2/(√λ_min + √λ_max))², μ = ((√κ − 1)/(√κ + 1))².  Polyak 1964.
    """
    low, high = np.sqrt(_convex_eigenvalues(surface, x))
    return Momentum(lr=(2 / (low + high)) ** 2, momentum=((high - low) / (high + low)) ** 2)


@np.errstate(all="ignore")
def critical_momentum(optimizer: Optimizer, eigenvalue: Any) -> Any:
    """The largest heavy-ball μ that does not swing at curvature λ: (1 − √(ηλ))².

    η is what multiplies each new gradient, dampening included.
    """
    gain = optimizer.recursion(eigenvalue).gain
    return (1 - np.sqrt(np.minimum(gain * eigenvalue, 1.0))) ** 2


def predicted_rate(optimizer: Optimizer, surface: Surface, x: Any = None) -> float:
    """Factor by which the distance to the minimum shrinks per step, in the slowest mode.

    Above 1 the iterates grow.  NaN for adaptive rules, whose step follows the gradients and which
    therefore have no fixed rate.
    """
    return float(np.max(mode_rates(optimizer, surface, x)))


@np.errstate(all="ignore")
def mode_rates(optimizer: Optimizer, surface: Surface, x: Any = None) -> np.ndarray:
    """Factor per step of each mode ``(2,)``, flattest first: |1 − ηλ|, √μ, ... or NaN."""
    pairs = [roots(optimizer, value) for value in _eigenvalues(surface, x)]
    return np.array([np.maximum(np.abs(z), np.abs(w)) for z, w in pairs])


@np.errstate(all="ignore")
def ringing(optimizer: Optimizer, surface: Surface, x: Any = None) -> Ringing:
    """Period, decay and first overshoot of each mode.

    A complex pair √d·e^{±iφ} swings with period 2π/φ and decays by √d per step; released at rest
    it first reaches √d^{π/φ} of the start on the other side.  A negative real root flips at every
    step (period 2) and reaches |z|.
    """
    swings = [_swing(*roots(optimizer, value)) for value in _eigenvalues(surface, x)]
    return Ringing(*np.array(swings).T)


def noise_floor(optimizer: Optimizer, surface: Surface, noise: float, x: Any = None) -> np.ndarray:
    """Stationary variance of each mode ``(2,)`` under gradient noise of standard deviation σ.

    Gradient descent ησ²/(λ(2−ηλ)); heavy ball ησ²(1+μ)/(λ(1−μ)(2(1+μ)−ηλ)); in general the
    variance of the ARMA(2,1) process of `Recursion`.  NaN where the rule has no such form or is
    not stable.
    """
    floors = []
    for value in _eigenvalues(surface, x):
        a, d, gain, theta = recursion(optimizer, value)
        stable = (np.abs(d) < 1) & (np.abs(a) < 1 + d)
        with np.errstate(all="ignore"):
            spread = (1 + d) * (1 + theta**2) + 2 * theta * a
            floor = (gain * noise) ** 2 * spread / ((1 - d) * ((1 + d) ** 2 - a**2))
        floors.append(np.where(stable, floor, math.nan))
    return np.array(floors)


class ModeAmplitudes(NamedTuple):
    """A path in the eigen-coordinates of the minimum it is nearest to at its end."""

    point: np.ndarray
    """The minimum ``(2,)``."""
    eigenvalues: np.ndarray
    """Curvature of each mode ``(2,)``, flattest first."""
    amplitude: np.ndarray
    """Signed distance along each mode ``(T+1, 2)``."""
    rate: np.ndarray
    """Predicted factor per step of each mode ``(2,)``; NaN for adaptive rules."""


def mode_amplitudes(run: Run) -> ModeAmplitudes:
    """The path of one descent seen along the two modes of its minimum.

    Raises `ValueError` for a batch and for a surface without a minimum in its span.
    """
    if run.shape:
        raise ValueError("modes are of one descent: take one with run[index] first.")
    minima = run.surface.minima()
    if not minima:
        raise ValueError(f"{run.surface!r} has no minimum in its span.")
    end = run.x[max(run.finite, 1) - 1]
    point = np.array(min(minima, key=lambda q: math.dist(q, end)))
    eigenvalues, vectors = modes(run.surface, point)
    with np.errstate(all="ignore"):
        amplitude = (run.x - point) @ vectors
    return ModeAmplitudes(
        point, eigenvalues, amplitude, mode_rates(run.optimizer, run.surface, point)
    )


def recursion(optimizer: Optimizer, eigenvalue: Any) -> Recursion:
    """The recursion of one mode of curvature λ; NaN for rules that are not linear in it."""
    with np.errstate(all="ignore"):
        return optimizer.recursion(eigenvalue)


def linear(optimizer: Optimizer) -> bool:
    """Whether the rule is linear in the gradient at one rate everywhere.

    Then it has one recursion near a minimum, whatever the surface; Newton's depends on the Hessian.
    """
    filtered = optimizer.filter() is not None
    return filtered and not optimizer.adaptive() and optimizer.elementwise()


def plain(optimizer: Optimizer) -> bool:
    """Whether every step is −η times the gradient of the loss and nothing else."""
    f = optimizer.filter()
    decays = np.any(optimizer.coupled_decay) or np.any(optimizer.decoupled_decay)
    return linear(optimizer) and f is not None and f.plain and not decays


@np.errstate(all="ignore")
def roots(optimizer: Optimizer, eigenvalue: Any) -> tuple[Any, Any]:
    """The characteristic roots of one mode, complex numbers."""
    a, d, *_ = recursion(optimizer, eigenvalue)
    root = np.sqrt(np.asarray(a * a / 4 - d, dtype=complex))[()]
    return a / 2 + root, a / 2 - root


def _swing(z: complex, w: complex) -> tuple[float, float, float]:
    decay = max(abs(z), abs(w))
    if math.isnan(decay):
        return math.nan, math.nan, math.nan
    if abs(z.imag) > 1e-12:
        angle = abs(math.atan2(z.imag, z.real))
        return 2 * math.pi / angle, decay, abs(z) ** (math.pi / angle)
    if abs(min(z.real, w.real)) == decay and min(z.real, w.real) < 0:
        return 2.0, decay, decay
    return math.inf, decay, 0.0


def _convex_eigenvalues(surface: Surface, x: Any) -> np.ndarray:
    values = _eigenvalues(surface, x)
    if not values[0] > 0:
        raise ValueError(
            f"{surface!r} does not curve up in every direction there (λ = {values[0]:g}), so no "
            "step is optimal."
        )
    return values


def _eigenvalues(surface: Surface, x: Any) -> np.ndarray:
    """Eigenvalues ``(2,)`` at `x`, or at the lowest minimum."""
    if x is None:
        minima = surface.minima()
        if not minima:
            raise ValueError(f"{surface!r} has no minimum in its span: say at which point.")
        x = np.array(minima[0])
    return modes(surface, np.asarray(x, dtype=float)).eigenvalues
