"""`dropout_rates(...)`: how good every dropout rate is, in closed form: why it is searched evenly.

Linear regression whose inputs are dropped with rate r (and divided by 1 − r) minimises in
expectation |y − Xw|² + r/(1 − r) Σⱼ |xⱼ|² wⱼ², a ridge penalty; so the weights of every rate are
one linear system away and nothing is random but the data.
Source: Srivastava et al. 2014, JMLR 15:1929, section 9.1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from playground.shelf import remembered

EXAMPLES, FEATURES, NOISE = 60, 40, 8.0
"""Few and noisy examples for many features: the best rate is near σ²/(σ² + n), one half."""
GOOD = 0.1
"""Share by which a good rate may be worse than the best."""


@dataclass(frozen=True, eq=False)
class Rates:
    """Expected squared error on new data for each dropout rate."""

    values: np.ndarray  # (n,)
    error: np.ndarray  # (n,)
    good: np.ndarray  # (n,): within `share` of the best

    @property
    def band(self) -> tuple[float, float]:
        """The lowest and the highest good rate; the error has one valley, so all between are."""
        inside = self.values[self.good]
        return float(inside[0]), float(inside[-1])


@remembered
def dropout_rates(
    low: float = 0.001, high: float = 0.99, count: int = 1000, share: float = GOOD, seed: int = 0
) -> Rates:
    """The rates ``(count,)`` from low to high on one data set; good is within `share` of the best.

    Standard normal features, weights 1, noise of standard deviation 8: the error on new data is
    σ² + |w − w*|² exactly.  Good is measured on the part that training can change, |w − w*|².
    """
    rng = np.random.default_rng(seed)
    x = rng.standard_normal((EXAMPLES, FEATURES))
    true = np.ones(FEATURES)
    y = x @ true + NOISE * rng.standard_normal(EXAMPLES)
    gram = x.T @ x
    rates = np.linspace(low, high, count)
    penalty = (rates / (1 - rates))[:, None, None] * np.diag(np.diag(gram))
    weights = np.linalg.solve(gram + penalty, (x.T @ y)[:, None])[..., 0]
    excess = ((weights - true) ** 2).sum(axis=1)
    return Rates(rates, NOISE**2 + excess, excess <= (1 + share) * excess.min())
