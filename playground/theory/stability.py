"""How large a step may be: the linearised stability limit of every rule.

A step is too large when the iterates flip from wall to wall and grow.  On the edge they flip
without growing, x_t ∝ (−1)ᵗ, and so does the gradient.  Let c be the *alternating response* of a
rule: the length of its step, over η|g|, to a gradient that flips sign at every update.  Flipping
without growing means a step of 2|x| for the gradient λx, hence η λ c = 2: the limit is **2/c**.
All rules below first lose stability this way; tests compare with the spectral radius of the
linearised update, with the rule itself driven by a flipping gradient, and with the engine.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from playground.optimizers.base import Optimizer
from playground.surfaces import Surface
from playground.theory.curvature import adaptive, coupled_decay, modes


def stability_limit(optimizer: Optimizer, surface: Surface, x: Any, t: float = math.inf) -> Any:
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
    are at that moment; coupled weight decay counts into λ_max.  NaN where no such number exists;
    `why_no_limit` gives the reason.

    Source: Polyak 1964; Lessard, Recht & Packard 2016, arXiv:1408.3595; Cohen et al. 2022,
    arXiv:2207.14484 (adaptive rules).
    """
    if type(optimizer).__name__ == "Newton":
        top = modes(surface, x).eigenvalues[1]
        return 2 * (top + optimizer.values()["damping"])
    return _limit(optimizer, t)


def critical_lr(optimizer: Optimizer, surface: Surface, x: Any) -> Any:
    """The learning rate beyond which the rule is thrown out of `x`: limit / λ_max.

    Infinite where the surface does not curve up.  NaN for adaptive rules, whose limit depends on
    the gradients they have seen, and for rules without a limit.
    """
    if adaptive(optimizer):
        return math.nan
    curvature = modes(surface, x).eigenvalues[1] + coupled_decay(optimizer)
    with np.errstate(all="ignore"):
        limit = stability_limit(optimizer, surface, x) / curvature
    return np.where(curvature > 0, limit, math.inf)[()]


def why_no_limit(optimizer: Optimizer) -> str | None:
    """Why `stability_limit` is NaN for this rule, or None if it is a number."""
    kind = _kind(optimizer, WITHOUT_LIMIT)
    if kind:
        return WITHOUT_LIMIT[kind]
    if type(optimizer).__name__ == "Newton" or _kind(optimizer, RESPONSE):
        return None
    return "No closed form of the limit of this rule is known here."


def _limit(optimizer: Optimizer, t: float) -> Any:
    kind = _kind(optimizer, RESPONSE)
    if kind is None:
        return math.nan
    limit = 2 / RESPONSE[kind](optimizer, t)
    return limit * (1 - optimizer.lr * _decoupled(optimizer) / 2)


def _kind(optimizer: Optimizer, table: dict[str, Any]) -> str | None:
    """The rule's name in the table; a subclass counts as what it is derived from."""
    return next((c.__name__ for c in type(optimizer).__mro__ if c.__name__ in table), None)


def _decoupled(optimizer: Optimizer) -> Any:
    """Decay that multiplies x by 1 − η w at each update, which brings the flip nearer."""
    return getattr(optimizer, "weight_decay", 0.0) if type(optimizer).__name__ == "AdamW" else 0.0


def _ema(optimizer: Any, t: float) -> Any:
    """An average m = β₁ m + (1 − β₁) g sees (1 − β₁)/(1 + β₁) of a flipping gradient."""
    return (1 - optimizer.beta1) / (1 + optimizer.beta1)


def _nadam(optimizer: Any, t: float) -> Any:
    """(1 − μ_t) g + μ_{t+1} m with μ_t = β₁ (1 − ½ 0.96^{tψ}), P_t ≈ 0."""
    late = 0.0 if t == math.inf else 0.96 ** (t * optimizer.momentum_decay)
    mu = optimizer.beta1 * (1 - 0.5 * late)
    return 1 - mu + mu * _ema(optimizer, t)


def _own_step(optimizer: Any, t: float) -> Any:
    return 1 / (1 + getattr(optimizer, "momentum", 0.0))


RESPONSE: dict[str, Callable[[Any, float], Any]] = {
    "GradientDescent": lambda o, t: 1.0,
    "Momentum": lambda o, t: (1 - o.dampening) / (1 + o.momentum),
    "Nesterov": lambda o, t: (1 + 2 * o.momentum) / (1 + o.momentum),
    "Adagrad": _own_step,
    "MeanSquareAdagrad": _own_step,
    "RMSProp": _own_step,
    "Adadelta": _own_step,
    "Adam": _ema,
    "AdamW": _ema,
    "AMSGrad": _ema,
    "Adamax": _ema,
    "RAdam": _ema,
    "NAdam": _nadam,
}
"""Alternating response c by the name of the rule."""

WITHOUT_LIMIT = {
    "Lion": "Lion's steps have the length η whatever the gradient, so it has no linear limit: "
    "it always ends in a bounce whose size is set by η.",
    "Rprop": "Rprop adapts its step by signs alone: after a flip it halves the step, so it has "
    "no limit to cross.",
}
