"""How large a step may be: the linearised stability limit of every rule.

A step is too large when the iterates flip from wall to wall and grow.  On the edge they flip
without growing, x_t ∝ (−1)ᵗ, and so does the gradient.  Let c be the *alternating response* of a
rule: the length of its step, over η|g|, to a gradient that flips sign at every update.  Flipping
without growing means a step of 2|x| for the gradient λx, hence η λ c = 2: the limit is **2/c**.
Rules first lose stability this way, unless they lean on the gradient *before* the present one:
then a slow swing may grow first.  Every rule states its own `Optimizer.filter`, from which both
follow; tests compare with the spectral radius of the linearised update and with the engine.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from playground.language import mark, tr
from playground.optimizers.base import Optimizer
from playground.surfaces import Surface
from playground.theory.curvature import modes

ALL_ARE_STABLE = mark(
    "With these settings a gradient that flips at every update does not move the rule, so no step "
    "is too large for it."
)


@np.errstate(all="ignore")
def stability_limit(optimizer: Optimizer, surface: Surface, x: Any, t: Any = math.inf) -> Any:
    r"""The largest η·λ_max at which the rule still settles at `x`: a pure number, not a rate.

    ==================  =====================================
    GradientDescent     2
    Momentum            2 (1 + μ) / (1 − τ), dampening τ
    Nesterov            2 (1 + μ) / (1 + 2μ): *less* than 2
    Adagrad, RMSProp …  2, times 1 + μ with momentum
    Adam and its kin    2 (1 + β₁) / (1 − β₁)
    AdamW               (2 − η w) (1 + β₁) / (1 − β₁)
    NAdam               2 (1 + β₁) / (1 + β₁ − 2 μ_t β₁), at update t (default: late)
    Newton              2 (λ_max + damping)
    Lion, Rprop         NaN
    ==================  =====================================

    Compare it with `sharpness(run)`, which measures η·λ_max in the same units: for adaptive rules
    λ_max is that of the Hessian preconditioned by the effective learning rates, frozen as they
    are at that moment; coupled weight decay counts into λ_max.  Of a run of T updates the limit
    that decides is the one at t = T.  NaN where no such number exists and inf where every step is
    stable; `why_no_limit` gives the reason.  Settings ``(N,)``, `t` and points ``(2, ...)``
    broadcast.

    Source: Polyak 1964; Lessard, Recht & Packard 2016, arXiv:1408.3595; Cohen et al. 2022,
    arXiv:2207.14484 (adaptive rules).
    """
    f = optimizer.filter(t)
    if f is None:
        return math.nan
    shrink = 1 - optimizer.lr * optimizer.decoupled_decay
    limit = _first_lost(
        (1 + shrink) * (1 + f.pole), f.now - f.before, 1 - shrink * f.pole, f.before
    )
    if not optimizer.elementwise():
        top, felt = _curvature(optimizer, surface, x)[1], _felt(optimizer, surface, x)
        limit = np.where((top > 0) & (felt > 0), limit * top / felt, math.inf)
    return limit[()]


@np.errstate(all="ignore")
def critical_lr(optimizer: Optimizer, surface: Surface, x: Any, t: Any = math.inf) -> Any:
    """The learning rate beyond which the rule is thrown out of `x`: limit / λ_max.

    Infinite where no rate throws it out, such as where the surface does not curve up.  NaN for
    adaptive rules, whose limit depends on the gradients they have seen, and for rules without a
    limit.
    """
    f = None if optimizer.adaptive() else optimizer.filter(t)
    if f is None:
        return math.nan
    w = optimizer.decoupled_decay  # which itself grows with η, so the limit is solved for η
    felt = _felt(optimizer, surface, x)
    return _first_lost(
        2 * (1 + f.pole),
        felt * (f.now - f.before) + w * (1 + f.pole),
        1 - f.pole,
        felt * f.before - w * f.pole,
    )[()]


def why_no_limit(optimizer: Optimizer) -> str | None:
    """Why `stability_limit` is no finite number for this rule, or None if it is one."""
    f = optimizer.filter()
    if f is None:
        return optimizer.without_limit
    return None if np.any((optimizer.response() > 0) | (f.before > 0)) else tr(ALL_ARE_STABLE)


def _first_lost(flip: Any, by_flip: Any, swing: Any, by_swing: Any) -> np.ndarray:
    """The smaller of flip/by_flip (a root at −1) and swing/by_swing (a pair on the unit circle).

    Neither is ever lost where what it is divided by is not positive.
    """
    return np.minimum(
        np.where(by_flip > 0, np.divide(flip, by_flip), math.inf),
        np.where(by_swing > 0, np.divide(swing, by_swing), math.inf),
    )


def _felt(optimizer: Optimizer, surface: Surface, x: Any) -> Any:
    """The largest curvature at `x` as the rule's steps feel it, coupled decay included."""
    low, high = _curvature(optimizer, surface, x)
    return np.fmax(low / optimizer.curvature_divisor(low), high / optimizer.curvature_divisor(high))


def _curvature(optimizer: Optimizer, surface: Surface, x: Any) -> tuple[Any, Any]:
    """Curvature of both modes, coupled weight decay included."""
    low, high = modes(surface, x).eigenvalues
    return low + optimizer.coupled_decay, high + optimizer.coupled_decay
