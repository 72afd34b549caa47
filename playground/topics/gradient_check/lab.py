"""One gradient check under conditions of your choice, and whether it tells the truth."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from playground.language import mark, tr
from playground.networks.activations import Activation, Tanh
from playground.networks.dropout import masks
from playground.networks.initialisations import Initialisation, Xavier
from playground.networks.loss import Loss
from playground.shelf import remembered
from playground.surfaces.formula import Formula
from playground.topics.gradient_check.bugs import BUGS, NetworkCheck, small_network
from playground.topics.gradient_check.check import (
    THRESHOLDS,
    ExpSin,
    numerical_gradient,
    relative_error,
)
from playground.topics.gradient_check.traps import crossing_parameters

ALARM = THRESHOLDS[1][0]
"""A relative error above this is taken for a mistake: from here on a check says suspicious."""
HIDDEN = THRESHOLDS[0][0]
"""A mistake that changes the gradient by less than this cannot be seen at the point."""
KEEP, RATE = 0.8, 0.5
"""Share of hidden units kept by dropout, and the learning rate of the warm-up."""
VERDICTS = (
    *(mark("caught"), mark("passes"), mark("missed"), mark("false alarm")),
    *(mark("no mistake"), mark("nothing to compare")),
)
"""What a check may do."""
DROPOUT = ("off", "frozen mask", "fresh masks")


@dataclass(frozen=True, eq=False)
class Examination:
    """What the check says, and what is true."""

    check: NetworkCheck
    bug: str
    truth: float
    """Relative distance of the reported gradient from the right one: what a perfect check finds."""
    crossing: float
    """Share of the first layer's parameters whose step ±h moves a unit across z = 0."""
    harmless: bool
    """Whether the mistake changes no gradient of this network, wherever it stands."""
    noise: float
    """Length of a numerical gradient that is nothing but rounding."""

    @property
    def verdict(self) -> str:
        """One of `VERDICTS`."""
        if self.harmless:
            return "no mistake"
        with np.errstate(over="ignore"):  # a warm-up that diverged leaves gradients without end
            lengths = map(np.linalg.norm, (self.check.analytic, self.check.numerical))
            if max(lengths) <= self.noise:
                return "nothing to compare"
        if self.bug == "none":
            return "false alarm" if self.check.error > ALARM else "passes"
        return "caught" if self.check.error > ALARM else "missed"


@np.errstate(all="ignore")  # a warm-up may diverge, and a difference be too small for a quotient
def examine(
    bug: str = "none",
    activation: Activation = Tanh(),
    initialisation: Initialisation = Xavier(),
    *,
    points: int = 10,
    regulariser: float = 1.0,
    h: float = 1e-5,
    method: str = "central",
    precision: str = "float64",
    dropout: str = "off",
    warm_up: int = 0,
    seed: int = 0,
) -> Examination:
    """Check the gradient of a 4-8-3 softmax network that has the mistake `bug` (of `BUGS`).

    `warm_up` updates of gradient descent are made with the reported gradient first, in float64.
    `dropout`: off, one frozen mask, or fresh masks at every evaluation of the loss.
    """
    loss, p = small_network(
        activation, n=points, regulariser=regulariser, seed=seed, initialisation=initialisation
    )
    for _ in range(warm_up):
        p = p - RATE * BUGS[bug].gradient(loss, p)
    fresh = _Fresh(loss, seed)
    once = loss if dropout == "off" else fresh.drawn()
    right, f = once.gradient(p), fresh if dropout == "fresh masks" else once
    p = p.astype(precision)
    reported = BUGS[bug].gradient(once, p)
    check = NetworkCheck(reported, numerical_gradient(f, p, h, method), loss.mlp)
    value = abs(float(once(p)))
    noise = 4 * float(np.finfo(precision).eps) * value / h * np.sqrt(p.size)
    return Examination(
        check,
        bug,
        relative_error(reported, right),
        _crossing(loss, p, h),
        bug != "none" and _harmless(bug, once, seed),
        float(noise),
    )


def _harmless(bug: str, loss: Loss, seed: int) -> bool:
    """Whether the mistake makes no difference to the gradient at weights of usual size."""
    p = loss.mlp.init(Xavier(), seed + 1)
    return bool(np.array_equal(BUGS[bug].gradient(loss, p), loss.gradient(p)))


class _Fresh:
    """The loss under masks that are drawn anew for every parameter vector it is asked about."""

    def __init__(self, loss: Loss, seed: int) -> None:
        self.loss, self.rng, self.draw = loss, np.random.default_rng(seed), masks(loss.mlp, KEEP)

    def drawn(self) -> Loss:
        return replace(self.loss, masks=self.draw(len(self.loss.inputs), self.rng))

    def __call__(self, p: Any) -> np.ndarray:
        return np.array([self.drawn()(column) for column in np.transpose(p)])


def _crossing(loss: Loss, p: Any, h: float) -> float:
    return float(crossing_parameters(loss, p, h).mean())


@dataclass(frozen=True)
class Typed:
    """A function of x and y with the derivatives somebody worked out by hand.

    An empty text stands for the exact derivative.  Raises `ValueError` for a text that is no
    formula.
    """

    f: str
    dfdx: str = ""
    dfdy: str = ""

    def __post_init__(self) -> None:
        Formula(self.f)
        for text in (self.dfdx, self.dfdy):
            _derivative(text or "0")

    def __call__(self, p: Any) -> Any:
        return Formula(self.f)(p)

    def exact(self, p: Any) -> np.ndarray:
        """The gradient ``(2, ...)`` without a mistake."""
        return np.asarray(Formula(self.f).gradient(p))

    def gradient(self, p: Any) -> np.ndarray:
        """The gradient ``(2, ...)`` as typed."""
        both = zip((self.dfdx, self.dfdy), self.exact(p), strict=True)
        return np.array([_derivative(text)(p) if text else exact for text, exact in both])


@remembered
def as_typed(f: str, dfdx: str, dfdy: str) -> Typed:
    """What was typed, read once: every change of any setting asks whether it is a formula."""
    return Typed(f, dfdx, dfdy)


def _derivative(text: str) -> Callable[[Any], Any]:
    """A formula of x and y, or a number, which a derivative may be although a landscape may not.

    Raises `ValueError` for a text that is neither.
    """
    try:
        number = float(text)
    except ValueError:
        return Formula(text)
    if not np.isfinite(number):
        raise ValueError(tr("A derivative must be a formula or a finite number, not “{}”.", text))
    return lambda p: np.full(np.shape(p)[1:], number)


@dataclass(frozen=True)
class Asymptotes:
    """What bends and what rounding costs a difference quotient, to leading order in h."""

    slope: float
    second: float
    third: float
    value: float
    """f and its first three derivatives along the direction."""

    def truncation(self, h: Any, method: str) -> Any:
        """Relative error |f″|h/2 (forward), |f‴|h²/6 (central, complex), over 2|f′|."""
        if method == "forward":
            return np.abs(self.second) * h / 2 / (2 * np.abs(self.slope))
        return np.abs(self.third) * h * h / 6 / (2 * np.abs(self.slope))

    def roundoff(self, h: Any, method: str, precision: str) -> Any:
        """Two values, each rounded by at most half a unit in the last place: ε|f|/h at most."""
        eps = float(np.finfo(precision).eps) if method != "complex" else 0.0
        noise = eps * np.abs(self.value) / np.sqrt(6)  # standard deviation of the difference
        return noise / (h if method == "forward" else 2 * h) / (2 * np.abs(self.slope))

    def best_h(self, h: Any, method: str, precision: str) -> float:
        """The step of `h (H,)` at which the sum of both is least; NaN where it has no value."""
        total = self.truncation(h, method) + self.roundoff(h, method, precision)
        return float(h[np.nanargmin(total)]) if np.isfinite(total).any() else np.nan


def asymptotes(f: Any = None, p: Any = None) -> Asymptotes:
    """The derivatives of f along its gradient at `p (P,)`, from differences of exact gradients."""
    f = ExpSin() if f is None else f
    p = np.array([ExpSin.point]) if p is None else np.asarray(p, dtype=float)
    with np.errstate(all="ignore"):  # a neighbour may lie outside the domain
        g, d = np.asarray(f.gradient(p)), 1e-3
        v = g / np.linalg.norm(g)
        before, here, after = (float(v @ np.asarray(f.gradient(p + k * d * v))) for k in (-1, 0, 1))
        return Asymptotes(
            here, (after - before) / (2 * d), (after - 2 * here + before) / d**2, float(f(p))
        )
