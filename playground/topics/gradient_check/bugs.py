"""Gradient checks of a small network, with mistakes to switch on.

Everything is central differences in float64 unless said otherwise.  Source: CS231n notes
"Neural Networks 3"; Ng, Improving Deep Neural Networks, week 1.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from playground.declare import param
from playground.language import mark, tr
from playground.networks.activations import Activation, Tanh
from playground.networks.initialisations import Initialisation, Xavier
from playground.networks.loss import Loss
from playground.networks.mlp import MLP
from playground.topics.gradient_check.check import Check, numerical_gradient, relative_error
from playground.words import setting

Gradient = Callable[[Loss, Any], np.ndarray]
TOO_LARGE = 1.1
"""The factor of the mistake that is one."""
SCALED = f"factor {setting(TOO_LARGE)}"


class _SlopeOne(Activation):
    """An activation whose author forgot to multiply by φ′ on the way back."""

    formula = r"\varphi"
    base: Activation = param(Tanh(), help="The activation on the way forward.")

    def value(self, z: Any) -> Any:
        return self.base.value(z)

    def slope(self, z: Any, a: Any) -> Any:
        return np.ones_like(z)


def _no_derivative(loss: Loss, p: Any) -> np.ndarray:
    wrong = replace(loss.mlp, activation=_SlopeOne(loss.mlp.activation))
    return replace(loss, mlp=wrong).gradient(p)


def _changed(change: Callable[[list[Any]], None]) -> Gradient:
    """The right gradient with `change` made to the data's part, layers [[∂W, ∂b], ...]."""

    def gradient(loss: Loss, p: Any) -> np.ndarray:
        of_data = replace(loss, weight_decay=0.0).gradient(p)
        layers = [[w.copy(), b.copy()] for w, b in loss.mlp.unpack(of_data)]
        change(layers)
        changed = loss.mlp.pack([(w, b) for w, b in layers])
        return changed + loss.weight_decay * loss.mlp.is_weight * p

    return gradient


def _no_bias(layers: list[Any]) -> None:
    layers[0][1][:] = 0


def _sign(layers: list[Any]) -> None:
    layers[0][0] *= -1


def _transposed(layers: list[Any]) -> None:
    w = layers[0][0]
    layers[0][0] = w.T.reshape(w.shape)  # the right numbers in the wrong places


def _too_large(layers: list[Any]) -> None:
    layers[0][0] *= TOO_LARGE


def _penalty(times: float) -> Gradient:
    """The gradient with the regulariser's λW added `times` more."""

    def gradient(loss: Loss, p: Any) -> np.ndarray:
        return loss.gradient(p) + times * loss.weight_decay * loss.mlp.is_weight * p

    return gradient


@dataclass(frozen=True)
class Bug:
    """A mistake in back-propagation and the sentence that names it."""

    told: str
    """The sentence in English; ``{}`` stands for `TOO_LARGE`."""
    gradient: Gradient

    @property
    def sentence(self) -> str:
        """In the language of the visitor."""
        return tr(self.told, setting(TOO_LARGE))


BUGS: dict[str, Bug] = {
    "none": Bug(mark("Back-propagation as it should be."), lambda loss, p: loss.gradient(p)),
    "activation derivative": Bug(mark("The factor φ′(z) was forgotten."), _no_derivative),
    "missing bias": Bug(mark("The first layer's bias has no gradient."), _changed(_no_bias)),
    "sign": Bug(mark("The first layer's weights have the wrong sign."), _changed(_sign)),
    "transpose": Bug(
        mark("The first layer's gradient is stored transposed."), _changed(_transposed)
    ),
    SCALED: Bug(mark("The first layer's gradient is multiplied by {}."), _changed(_too_large)),
    "regulariser doubled": Bug(mark("½λ‖W‖² was differentiated to 2λW."), _penalty(1.0)),
    "regulariser forgotten": Bug(mark("λW is missing from the gradient."), _penalty(-1.0)),
}


def small_network(
    activation: Activation = Tanh(),
    sizes: tuple[int, ...] = (4, 8, 3),
    n: int = 10,
    regulariser: float = 0.0,
    seed: int = 0,
    initialisation: Initialisation = Xavier(),
) -> tuple[Loss, np.ndarray]:
    """A softmax network on n normal points with random classes, and its first parameters (P,).

    `regulariser` is the λ of λ/(2n) Σ‖W‖², as in the lecture notes.
    """
    rng = np.random.default_rng((seed, n))
    mlp = MLP(sizes, activation, "softmax")
    inputs, classes = rng.standard_normal((n, sizes[0])), rng.integers(sizes[-1], size=n)
    return mlp.loss_on(inputs, classes, regulariser / n), mlp.init(initialisation, seed)


@dataclass(frozen=True, eq=False)
class NetworkCheck(Check):
    """A check that also says which block of parameters differs."""

    mlp: MLP

    @property
    def blocks(self) -> dict[str, float]:
        """Relative error of W₁, b₁, W₂, ...: where to look for the mistake."""
        pairs = zip(self.mlp.unpack(self.analytic), self.mlp.unpack(self.numerical), strict=True)
        return {
            f"{name}{layer}": relative_error(a, b)
            for layer, (right, left) in enumerate(pairs, start=1)
            for name, a, b in zip("Wb", right, left, strict=True)
        }


def check_network(
    bug: str, loss: Loss, p: Any, h: float = 1e-5, method: str = "central"
) -> NetworkCheck:
    """Check the gradient that a network with that bug (a name of `BUGS`) would report at `p (P,)`.

    Computed in the precision of p.
    """
    numerical = numerical_gradient(loss, p, h, method)
    return NetworkCheck(BUGS[bug].gradient(loss, p), numerical, loss.mlp)
