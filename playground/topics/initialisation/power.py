"""`power_experiment`: what c multiplied by itself once a layer does to a computer's numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from playground.networks.propagation import PRECISIONS


@dataclass(frozen=True, eq=False)
class Powers:
    """factor^0 ... factor^L in three precisions, and the first layer at which each gives out."""

    factor: float
    """What one layer multiplies by: c for c·I, n·c for an n × n matrix full of c."""
    layers: np.ndarray
    """0 ... L, ``(L+1,)``."""
    values: dict[str, np.ndarray]
    """By precision, ``(L+1,)``, each layer rounded."""
    overflow: dict[str, int | None]
    """The first layer at which the number is infinite, or None."""
    underflow: dict[str, int | None]
    """The first layer at which the number is 0, or None."""


def power_experiment(c: float = 1.5, layers: int = 150, full: int | None = None) -> Powers:
    """A linear network whose every layer is c·I, or (with `full` = n) an n × n matrix full of c.

    c·I multiplies the signal by c per layer, so 1.5 gives 1.5^150 = 2.6e26.  A matrix *full* of c
    has the eigenvalue n·c: the 2 × 2 matrix full of 1.5 grows by 3 per layer, and the one full of
    0.5 does not vanish at all.  Source: Ng, Improving Deep Neural Networks, week 1.
    """
    factor = float(c if full is None else full * c)
    values = {}
    with np.errstate(all="ignore"):
        for precision in PRECISIONS:
            steps = np.full(layers + 1, factor, dtype=precision)
            steps[0] = 1
            values[precision] = np.multiply.accumulate(steps)
    return Powers(
        factor,
        np.arange(layers + 1),
        values,
        {name: _first(np.isinf(v)) for name, v in values.items()},
        {name: _first(v == 0) for name, v in values.items()},
    )


def _first(where: np.ndarray) -> int | None:
    return int(np.argmax(where)) if where.any() else None
