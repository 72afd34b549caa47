"""What an update rule really does, found out by asking `step` and `rule` alone."""

from typing import Any

import numpy as np

import playground as pg
from tests.support.laws import settings

EVERY = [o for cls in pg.Optimizer.all.values() for o in settings(cls)] + [
    pg.Momentum(dampening=0.5, weight_decay=0.2),
    pg.Momentum(dampening=1.0),
    pg.Adam(bias_correction=False, weight_decay=0.2),
    pg.AdamW(weight_decay=0.3, beta1=0.5),
    pg.RMSProp(momentum=0.9, centered=True, weight_decay=0.1),
    pg.NAdam(momentum_decay=0.0),
    pg.RAdam(beta2=0.9),
]
"""Every rule with every one of its options, and pairs of options that meet."""


def visible(optimizer: Any) -> Any:
    """The rule with an ε so large that near a minimum it divides by nothing else.

    Then its update is linear there, whatever it does to larger gradients.
    """
    return optimizer.replace(eps=1.0) if "eps" in optimizer.values() else optimizer


def decayless(optimizer: Any) -> Any:
    """The rule without its weight decay."""
    named = [p.name for p in optimizer.params() if p.role.endswith("decay")]
    return optimizer.replace(**dict.fromkeys(named, 0.0))


def driven(optimizer: Any, gradients: Any, x: float = 0.0) -> tuple[list[float], list[Any]]:
    """Points and states of one coordinate that is shown these gradients, the start first."""
    points, states = [x], [optimizer.init(x)]
    for g in gradients:
        x, state = optimizer.rule(x, float(g), states[-1], optimizer.lr)
        points.append(x)
        states.append(state)
    return points, states


def directions(optimizer: Any, points: list[float], states: list[Any]) -> np.ndarray:
    """Step over effective rate of every update ``(T,)``, decoupled decay taken out."""
    x, lr = np.array(points), optimizer.lr
    step = np.diff(x) + lr * optimizer.decoupled_decay * x[:-1]
    pairs = zip(states[1:], states[:-1], strict=True)
    rates = [float(optimizer.effective_lr(lr, new, old)) for new, old in pairs]
    return -step / np.array(rates)


def jacobian(optimizer: Any, surface: Any, i: int, t: int) -> tuple[np.ndarray, float]:
    """The linearised update of coordinate `i` at the minimum (0, 0) after `t` updates there.

    Of the point and of the memory, where the rule has one, by central differences of `step`; and
    the effective rate of that update.
    """
    p, lr, field = np.zeros(2), optimizer.lr, optimizer.memory
    state = optimizer.init(p)
    for _ in range(t):
        p, state = optimizer.step(p, state, surface, lr)
    assert not p.any(), "it does not rest at the minimum"
    h = np.zeros(2)
    h[i] = 1e-7

    def after(dx: Any, dm: Any) -> np.ndarray:
        moved = state._replace(**{field: getattr(state, field) + dm}) if field else state
        x, new = optimizer.step(p + dx, moved, surface, lr)
        return np.array([x[i], getattr(new, field)[i]] if field else [x[i]])

    pairs = [(h, 0 * h), (0 * h, h)][: 2 if field else 1]
    columns = [(after(a, b) - after(-a, -b)) / (2 * h[i]) for a, b in pairs]
    _, new = optimizer.step(p, state, surface, lr)
    rate = np.broadcast_to(optimizer.effective_lr(lr, new, state), 2)[i]
    return np.array(columns).T, float(rate)
