"""Initialisations: the distribution from which the weights of a layer are drawn."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import ClassVar

import numpy as np

from playground.declare import Declared, param

Draw = Callable[[np.ndarray], np.ndarray]


def uniform(normal: np.ndarray) -> np.ndarray:
    """Numbers even on (−√3, √3), of variance 1: √3 (2Φ(z) − 1) of standard normal z."""
    from scipy.special import ndtr

    return np.asarray(3**0.5 * (2 * ndtr(normal) - 1))


def rotation(normal: np.ndarray) -> np.ndarray:
    """Q of the QR decomposition with a positive diagonal of R; rows are orthonormal if fewer."""
    q, r = np.linalg.qr(normal if normal.shape[0] >= normal.shape[1] else normal.T)
    q = q * np.sign(np.diag(r))
    return q if q.shape == normal.shape else q.T


class Initialisation(Declared, family=True):
    """Weights ``W (n_out, n_in)`` of a layer z = W a + b; biases start at 0.

    A subclass writes `variance(n_in, n_out)`, the variance of one weight; the weights are that
    many standard deviations of numbers of variance 1, which `drawn` makes of standard normal
    ones, so that initialisations can be compared on the very same draw.
    """

    formula: ClassVar[str]
    source: ClassVar[str] = ""
    notable: ClassVar[dict[str, float]] = {}
    """Parameters that are worth being seen beside the defaults."""

    @staticmethod
    def drawn(normal: np.ndarray) -> np.ndarray:
        """Numbers of variance 1 made of standard normal ones; by default these themselves."""
        return normal

    @abstractmethod
    def variance(self, n_in: int, n_out: int) -> float:
        """Var W_ij of a layer with `n_in` inputs and `n_out` units."""

    def scale(self, n_in: int, n_out: int) -> float:
        """What `drawn` is multiplied by."""
        return float(np.sqrt(self.variance(n_in, n_out)))

    def shaped(self, normal: np.ndarray) -> np.ndarray:
        """The weights ``(n_out, n_in)`` made of standard normal numbers of that shape."""
        n_out, n_in = normal.shape
        return self.scale(n_in, n_out) * self.drawn(normal)

    def weights(self, n_in: int, n_out: int, rng: np.random.Generator) -> np.ndarray:
        """Weights ``(n_out, n_in)`` drawn from `rng`."""
        return self.shaped(rng.standard_normal((n_out, n_in)))


class Zeros(Initialisation):
    """All weights 0: every unit of a layer computes the same and learns the same, for ever."""

    order = 0
    formula = r"W_{ij} = 0"

    def variance(self, n_in: int, n_out: int) -> float:
        return 0.0


class Normal(Initialisation):
    """One spread for every layer, however many inputs it has: 0.01 vanishes, 1 saturates."""

    order = 1
    formula = r"\operatorname{Var} W_{ij} = \sigma^2"
    notable = {"std": 1.0}

    std: float = param(
        0.01,
        1e-3,
        3,
        r"\sigma",
        "Standard deviation of a weight.",
        scale="log",
        valid="[0, 1e20]",
        words="standard deviation",
    )

    def variance(self, n_in: int, n_out: int) -> float:
        return self.std**2


class LeCun(Initialisation):
    """Variance 1/n_in: a sum of n_in unit-variance terms keeps variance 1."""

    order = 2
    called = "LeCun"  # Yann LeCun writes his name as one word
    formula = r"\operatorname{Var} W_{ij} = \frac{1}{n_\mathrm{in}}"
    source = "LeCun et al. 1998, Efficient BackProp, section 4.6"

    def variance(self, n_in: int, n_out: int) -> float:
        return 1 / n_in


class Xavier(Initialisation):
    """A compromise: 1/n_in would keep the signal, 1/n_out the gradient.

    The sum n_in + n_out, not the product that is sometimes printed: with 2/(n_in n_out) every
    layer would shrink the signal by the number of its units.
    """

    order = 3
    formula = r"\operatorname{Var} W_{ij} = \frac{2}{n_\mathrm{in} + n_\mathrm{out}}"
    source = "Glorot & Bengio 2010, AISTATS"

    def variance(self, n_in: int, n_out: int) -> float:
        return 2 / (n_in + n_out)


class He(Initialisation):
    """Twice LeCun's variance, which makes up for the half that ReLU throws away."""

    order = 5
    formula = r"\operatorname{Var} W_{ij} = \frac{2}{n_\mathrm{in}}"
    source = "He et al. 2015, arXiv:1502.01852"

    def variance(self, n_in: int, n_out: int) -> float:
        return 2 / n_in


class XavierUniform(Xavier):
    """Xavier's variance, drawn evenly between ±√(6/(n_in + n_out)), as Keras does by default."""

    order = 4
    formula = r"W_{ij} \sim U\!\left(\pm\sqrt{\frac{6}{n_\mathrm{in} + n_\mathrm{out}}}\right)"
    drawn = staticmethod(uniform)


class HeUniform(He):
    """He's variance, drawn evenly between ±√(6/n_in): `torch.nn.init.kaiming_uniform_`."""

    order = 6
    formula = r"W_{ij} \sim U\!\left(\pm\sqrt{\frac{6}{n_\mathrm{in}}}\right)"
    drawn = staticmethod(uniform)


class PyTorchDefault(Initialisation):
    """What `torch.nn.Linear` starts with: even between ±1/√n_in, a third of LeCun's variance.

    PyTorch draws the biases from the same range; here they start at 0, as everywhere.  It calls
    kaiming_uniform_ with a = √5, whose gain of √(2/(1 + a²)) leaves Var = 1/(3 n_in).
    """

    order = 7
    called = "PyTorch default"  # PyTorch is one word
    formula = (
        r"W_{ij} \sim U\!\left(\pm\frac{1}{\sqrt{n_\mathrm{in}}}\right),\quad"
        r"\operatorname{Var} W_{ij} = \frac{1}{3 n_\mathrm{in}}"
    )
    source = "PyTorch 2, torch.nn.Linear.reset_parameters"
    drawn = staticmethod(uniform)

    def variance(self, n_in: int, n_out: int) -> float:
        return 1 / (3 * n_in)


class Orthogonal(Initialisation):
    """A rotation times a gain: without an activation every length is kept exactly.

    Q of the QR decomposition of a normal matrix, with the signs that make it uniform among
    rotations; rows or columns are orthonormal where the layer is not square.
    """

    order = 8
    formula = r"W^\top W = g^2 I"
    source = "Saxe, McClelland & Ganguli 2014, arXiv:1312.6120"
    drawn = staticmethod(rotation)
    notable = {"gain": 1.4142}

    gain: float = param(
        1.0, 0.1, 3, "g", "Factor on the rotation; √2 suits ReLU.", valid="(0, 1e20]"
    )

    def variance(self, n_in: int, n_out: int) -> float:
        return self.gain**2 / max(n_in, n_out)

    def scale(self, n_in: int, n_out: int) -> float:
        return self.gain


class FreeVariance(Initialisation):
    """Variance c/n_in with c of your choice: slide from vanishing to exploding."""

    order = 9
    formula = r"\operatorname{Var} W_{ij} = \frac{c}{n_\mathrm{in}}"
    source = "Poole et al. 2016, arXiv:1606.05340 (where c is σ_w²)"

    c: float = param(
        1.0,
        0.1,
        10,
        "c",
        "Variance of a weight times the number of inputs.",
        scale="log",
        valid="[0, 1e40]",
        words="variance factor",
    )

    def variance(self, n_in: int, n_out: int) -> float:
        return self.c / n_in
