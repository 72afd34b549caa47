"""Declarations that several optimizers share: each symbol keeps one meaning, range and ground."""

from typing import Any

import numpy as np

from playground import glossary
from playground.declare import param
from playground.glossary import BETA_1, BETA_2, LEARNING_RATE, STABILISER, WEIGHT_DECAY, Concept
from playground.kinds import Param
from playground.types import Array


def learning_rate(default: float) -> Any:
    return param(
        default,
        1e-4,
        1.0,
        LEARNING_RATE,
        scale="log",
    )


COUPLED, DECOUPLED, MOMENTUM = "coupled decay", "decoupled decay", "momentum"
"""Roles of parameters: what theory knows them by, under whatever name."""


def weight_decay(default: float = 0.0, more: bool = True, decoupled: bool = False) -> Any:
    """A pull towards zero: coupled joins the gradient, decoupled shrinks x by 1 − ηλ beside it."""
    return param(
        default,
        0,
        1,
        WEIGHT_DECAY,
        valid="[0, inf)",
        more=more,
        role=DECOUPLED if decoupled else COUPLED,
    )


def kept(
    default: float,
    tex: str | Concept,
    help: str = "",
    more: bool = False,
    role: str = "",
    words: str = "",
) -> Any:
    """The share of a running quantity that is kept at each step."""
    return param(
        *(default, 0, 0.9999, tex, help),
        scale="decay",
        valid="[0, 1)",
        words=words,
        more=more,
        role=role,
    )


def momentum(default: float = 0.9, more: bool = False) -> Any:
    return kept(default, glossary.MOMENTUM, more=more, role=MOMENTUM)


def beta1() -> Any:
    return kept(0.9, BETA_1)


def beta2(default: float = 0.999) -> Any:
    return kept(default, BETA_2)


def epsilon(default: float = 1e-8) -> Any:
    return param(
        default,
        1e-12,
        1.0,
        STABILISER,
        scale="log",
        valid="[0, inf)",
        more=True,
    )


def decayed(g: Any, weight_decay: Any, x: Any) -> Any:
    """The gradient with coupled ("L2") weight decay, g + λx; no work where λ is plainly 0."""
    return g if type(weight_decay) is float and weight_decay == 0.0 else g + weight_decay * x


LONGEST_MEMORY = 0.999
"""The last value of a decay scale, which 1 itself would not have."""


def spaced_values(p: Param, count: int) -> Array:
    """Values of a parameter over the range of its control ``(count,)``, spaced by its scale.

    Even steps of the value on a linear scale, of its logarithm on a log scale, and of log(1 − β)
    on a decay scale, because 0.9, 0.99 and 0.999 are what differs there.
    """
    assert p.low is not None
    assert p.high is not None
    if p.scale == "log":
        return np.geomspace(p.low, p.high, count)
    if p.scale == "decay":
        return 1 - np.geomspace(1 - p.low, 1 - min(p.high, LONGEST_MEMORY), count)
    return np.linspace(p.low, p.high, count)
