"""How signal and gradient survive a deep network at its first breath: theory and measurement.

Two numbers per layer decide: the mean square of the pre-activations on the way forward and of
their gradients on the way back.  `theory` is instant, `propagate` builds the network.
Source: Glorot & Bengio 2010; He et al. 2015; Poole et al. 2016; Schoenholz et al. 2017.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from playground.giving_way import giving_way
from playground.networks.activations import Activation
from playground.networks.draws import propagated_weights
from playground.networks.initialisations import Initialisation
from playground.shelf import remembered

SATURATED = 1 - 0.99**2
"""A unit is saturated where its slope is below this share of the slope at 0: |tanh z| > 0.99."""

PRECISIONS = ("float16", "float32", "float64")


def widths(depth: int, width: int | tuple[int, ...]) -> tuple[int, ...]:
    """The sizes ``(L+1,)`` of inputs and layers: `depth` layers of one width, or as given."""
    return (width,) * (depth + 1) if isinstance(width, int) else tuple(width)


@dataclass(frozen=True, eq=False)
class Flow:
    """Signal and gradient of an L-layer network, layer by layer."""

    forward: np.ndarray
    """Mean square of the pre-activations z of layers 1 ... L, ``(L,)``."""
    backward: np.ndarray
    """Mean square of ∂f/∂z of layers 1 ... L where the last one's is 1, ``(L,)``."""

    @property
    def forward_factor(self) -> float:
        """What one layer multiplies the signal's mean square by, (q_L/q_1)^(1/(L−1))."""
        return _rate(self.forward[0], self.forward[-1], len(self.forward) - 1)

    @property
    def backward_factor(self) -> float:
        """What one layer multiplies the gradient's mean square by, (g_1/g_L)^(1/(L−1))."""
        return _rate(self.backward[-1], self.backward[0], len(self.backward) - 1)


def _rate(first: float, last: float, layers: int) -> float:
    with np.errstate(all="ignore"):
        return float(np.exp((np.log(last) - np.log(first)) / layers)) if layers else 1.0


@remembered
def theory(
    depth: int, width: int | tuple[int, ...], activation: Activation, initialisation: Initialisation
) -> Flow:
    """Mean-field prediction for inputs of unit variance: what infinitely wide layers would do.

    Forward q_1 = n σ², q_{l+1} = n σ² E[φ(√q_l ξ)²]; backward g_l = n σ² E[φ′(√q_l ξ)²] g_{l+1},
    with ξ standard normal, σ² the variance of the weight between, n its number of inputs on the
    way forward and of outputs on the way back.  Numbers beyond 1e308 are inf.
    """
    sizes = widths(depth, width)
    variance = [initialisation.variance(n, m) for n, m in pairwise(sizes)]
    q, slopes, second = np.empty(len(variance)), np.empty(len(variance)), 1.0
    with np.errstate(all="ignore"):
        for layer, (n, var) in enumerate(zip(sizes, variance, strict=False)):
            q[layer] = n * var * second
            second, slopes[layer] = activation.moments(q[layer])
        factors = np.array(sizes[2:]) * variance[1:] * slopes[:-1]
        backward = np.append(np.cumprod(factors[::-1])[::-1], 1.0)
    return Flow(q, backward)


@dataclass(frozen=True, eq=False)
class Propagation(Flow):
    """The same measured on one network, with what its units look like."""

    sizes: tuple[int, ...]
    activation: Activation
    initialisation: Initialisation
    precision: str
    saturated: np.ndarray
    """Share of activations where the slope is below 2 % of that at 0, ``(L,)``; else 0."""
    silent: np.ndarray
    """Share of units with slope 0 for every sample, ``(L,)``."""
    edges: np.ndarray
    """Bins of the histograms, the same for every layer, ``(B+1,)``."""
    histogram: np.ndarray
    """Share of a layer's activations in every bin, ``(L, B)``; what is missing from 1 is outside
    the bins, or not a number."""

    @property
    def theory(self) -> Flow:
        return theory(0, self.sizes, self.activation, self.initialisation)


def propagate(
    depth: int,
    width: int | tuple[int, ...],
    activation: Activation,
    initialisation: Initialisation,
    *,
    samples: int = 64,
    seed: int = 0,
    precision: str = "float32",
    bins: int = 40,
) -> Propagation:
    """Send standard normal inputs forward and a standard normal gradient back.

    `width` is one number or all ``depth + 1`` sizes (then `depth` is not used).  Arithmetic is
    that of `precision`, with its overflow and underflow: float32 flushes numbers below 1e-38 to 0
    as GPUs do, float16 stores in half and multiplies in single precision as tensor cores do.  All
    initialisations share the same random numbers and differ in scale and `drawn` only.

    Raises `ValueError` for sizes or samples below 1 and for an unknown precision.
    """
    sizes = _checked(widths(depth, width), samples, precision)
    rng = np.random.default_rng((seed, samples))
    dtype = np.float64 if precision == "float64" else np.float32
    signal = rng.standard_normal((samples, sizes[0])).astype(dtype)
    forward, slopes, look = [], [], _Look(activation, bins)
    with np.errstate(all="ignore"):
        for w in giving_way(propagated_weights(sizes, seed, initialisation, dtype)):
            z = _stored(signal @ w.T, precision)
            signal = _stored(activation.value(z), precision)
            slopes.append(activation.slope(z, signal))
            forward.append(_mean_square(z))
            look.at(signal, slopes[-1])
        gradient = rng.standard_normal((samples, sizes[-1])).astype(dtype)
        backward = [_mean_square(gradient)]
        way_back = giving_way(propagated_weights(sizes, seed, initialisation, dtype, -1))
        for w, slope in zip(way_back, slopes[-2::-1], strict=False):
            gradient = _stored((gradient @ w) * slope, precision)
            backward.insert(0, _mean_square(gradient))
    return Propagation(
        np.array(forward),
        np.array(backward) / backward[-1],
        sizes,
        activation,
        initialisation,
        precision,
        *look.arrays(),
    )


def _checked(sizes: tuple[int, ...], samples: int, precision: str) -> tuple[int, ...]:
    if len(sizes) < 2 or min(sizes) < 1 or samples < 1:
        raise ValueError(f"depth, width and samples must be at least 1; got {sizes}, {samples}.")
    if precision not in PRECISIONS:
        raise ValueError(f"precision must be one of {', '.join(PRECISIONS)}; got {precision!r}.")
    return sizes


def _mean_square(x: np.ndarray) -> float:
    """Mean square, summed in double precision; inf as soon as one number is not finite."""
    with np.errstate(all="ignore"):
        total = float(np.einsum("ij,ij->", x, x, dtype=np.float64))
    return total / x.size if np.isfinite(total) else np.inf


def _stored(x: np.ndarray, precision: str) -> np.ndarray:
    """`x` as memory of that precision would give it back."""
    if precision == "float16":
        return x.astype(np.float16).astype(np.float32)
    if precision == "float32":
        x[np.abs(x) < np.finfo(np.float32).tiny] = 0  # denormal numbers cost fifty times as much
    return x


class _Look:
    """Collects what the activations of each layer look like."""

    def __init__(self, activation: Activation, bins: int) -> None:
        self.activation, self.bins = activation, bins
        self.edges = np.empty(0)
        self.rows: list[tuple[float, float, np.ndarray]] = []

    def at(self, a: np.ndarray, slope: np.ndarray) -> None:
        """One layer: activations and slopes ``(samples, n)``."""
        if not self.rows:
            self.edges = np.linspace(*self._range(a), self.bins + 1)
        flat = SATURATED * float(self.activation.derivative(0.0))
        saturated = float((slope < flat).mean()) if self.activation.saturates else 0.0
        silent = float((slope == 0).all(axis=0).mean())
        finite = a[np.isfinite(a)]
        counts, _ = np.histogram(finite, self.bins, (self.edges[0], self.edges[-1]))
        self.rows.append((saturated, silent, counts / a.size))

    def _range(self, a: np.ndarray) -> tuple[float, float]:
        if self.activation.saturates:
            ends = self.activation(np.array([-40.0, 40.0]))
            return float(ends[0]), float(ends[1])
        reach = 4 * _mean_square(a) ** 0.5
        reach = reach if 0 < reach < np.inf else 1.0
        return max(float(a.min()), -reach) if np.isfinite(a).all() else -reach, reach

    def arrays(self) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        saturated, silent, histogram = zip(*self.rows, strict=True)
        return np.array(saturated), np.array(silent), self.edges, np.array(histogram)
